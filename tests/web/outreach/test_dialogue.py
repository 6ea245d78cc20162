"""One line of dialogue: by name, by Enter on the employer's page, and nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.outreach.models import DialogueLine
from innpass.casework.placements.models import Employer
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LEA, NINA, ODD, Town

pytestmark = pytest.mark.django_db
LINE = {"text": "Ringte om plass", "kind": "call", "on": "30.06.2026"}


def href(name: str, *args: Any) -> str:
    return reverse(f"outreach:{name}", args=args)


def said() -> list[tuple[str, str]]:
    return list(DialogueLine.objects.values_list("employer__name", "text"))


@pytest.mark.parametrize("typed", ["Elva skole", " elva  SKOLE ", "elva"])
def test_a_line_finds_its_employer_by_name(town: Town, units: list[Employer], typed: str) -> None:
    answer = town.browser(ODD).post(href("dialogue"), {**LINE, "employer": typed, "from": "board"})

    assert answer["Location"] == href("board")
    assert said() == [("Elva skole", "Ringte om plass")]


def test_where_several_are_meant_one_is_chosen_and_nothing_is_typed_again(
    town: Town, units: list[Employer]
) -> None:
    nina = town.browser(NINA)

    answer = nina.post(href("dialogue"), {**LINE, "employer": "n", "kind": "visit"})

    quick = answer.context["page"].quick
    names = {one.label for one in quick.candidates}
    assert answer.status_code == 422
    assert {"Bakken barnehage", "Renhold nord", "Havnekafeen AS"} <= names
    page = answer.content.decode()
    assert 'value="Ringte om plass"' in page
    assert '<option value="visit" selected>' in page
    chosen = next(one.value for one in quick.candidates if one.label == "Renhold nord")
    nina.post(href("dialogue"), {**LINE, "employer": "n", "chosen": chosen})
    assert said() == [("Renhold nord", "Ringte om plass")]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"employer": "Finnes ikke"}, "Vi fant ingen arbeidsgiver som heter det"),
        ({"employer": ""}, "Vi fant ingen arbeidsgiver som heter det"),
        ({"employer": "\x00"}, "Vi fant ingen arbeidsgiver som heter det"),
        ({"text": ""}, "Skriv kort hva dere snakket om"),
        ({"text": "Om 178388 00033"}, "fødselsnummer"),
        ({"on": "01.07.2026"}, "Dagen er ikke kommet ennå"),
        ({"on": "snart"}, "Skriv datoen som"),
        ({"kind": ""}, "Velg fra listen"),
    ],
)
def test_what_cannot_be_kept_stays_typed(
    town: Town, units: list[Employer], changed: dict[str, str], told: str
) -> None:
    form = {**LINE, "employer": "Elva skole", **changed}

    answer = town.browser(NINA).post(href("dialogue"), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'value="{form["text"]}"' in page or not form["text"]
    assert said() == []


def test_on_the_employers_page_one_text_is_enough(town: Town, units: list[Employer]) -> None:
    nina, where = town.browser(NINA), href("employer", units[1].pk)
    form = nina.get(where).context["page"].quick.form
    usual = {name: form[name].value() for name in ("kind", "on")}
    assert usual == {"kind": "call", "on": TODAY}

    part = nina.post(where, LINE, headers={"HX-Request": "true"})
    whole = nina.get(where)

    assert part.status_code == 200
    text = part.content.decode()
    assert "<html" not in text
    assert 'data-announce="Lagret i dialogen."' in text
    for html in (text, whole.content.decode()):
        assert "Ringte om plass" in html
        assert "Sist i kontakt: <b>i dag</b>" in html
    assert part.headers["Vary"].count("HX-Request") == 1
    assert nina.post(where, LINE)["Location"] == where  # without a script


def test_only_the_writer_is_offered_to_correct(town: Town, units: list[Employer]) -> None:
    where = href("employer", units[0].pk)
    town.browser(NINA).post(where, LINE)
    line = DialogueLine.objects.get()

    assert href("line", line.pk) in town.browser(NINA).get(where).content.decode()
    assert href("line", line.pk) not in town.browser(KARI).get(where).content.decode()
    assert town.browser(KARI).get(href("line", line.pk)).status_code == 403
    changed = {**LINE, "text": "Var der", "kind": "visit", "version": "1"}
    assert town.browser(NINA).post(href("line", line.pk), changed)["Location"] == where
    assert said() == [("Bakken barnehage", "Var der")]
    town.browser(NINA).post(href("line", line.pk), {"act": "delete"})
    assert said() == []


def test_those_not_heard_of_for_long_come_first(town: Town, units: list[Employer]) -> None:
    nina = town.browser(NINA)
    for unit, days in ((units[0], 3), (units[1], 40)):
        on = f"{TODAY - timedelta(days=days):%d.%m.%Y}"
        nina.post(href("employer", unit.pk), {**LINE, "on": on})

    def shown(**query: str) -> list[tuple[str, int | None]]:
        page = nina.get(href("dialogue"), query).context["page"]
        names = {each.name for each in units}
        return [(one.name, one.days) for one in page.employers if one.name in names]

    assert shown() == [
        ("Havnekafeen AS", None),
        ("Renhold nord", None),
        ("Elva skole", 40),
        ("Bakken barnehage", 3),
    ]
    assert shown(vis="lenge", omrade="Oppvekst") == [("Elva skole", 40)]
    assert shown(vis="urort") == [("Havnekafeen AS", None), ("Renhold nord", None)]
    assert shown(q="BAKK") == [("Bakken barnehage", 3)]


def test_the_list_comes_in_pages_that_a_phone_can_hold(town: Town, units: list[Employer]) -> None:
    for number in range(25):
        Employer.objects.create(
            municipality=town.municipality, kind="municipal", name=f"Enhet {number:02}"
        )
    browser = town.browser(NINA)

    first = browser.get(href("dialogue")).context["page"]
    second = browser.get(href("dialogue") + "?side=2").context["page"]

    assert len(first.employers) == 20
    names = [one.name for one in (*first.employers, *second.employers)]
    assert len(names) == len(set(names)) == first.paging.total > 25


def test_the_leader_reads_and_writes_nothing(town: Town, units: list[Employer]) -> None:
    town.browser(NINA).post(href("employer", units[0].pk), LINE)
    lea = town.browser(LEA)

    page = lea.get(href("dialogue"))

    assert "Ringte om plass" in page.content.decode()
    assert page.context["page"].quick is None
    form = {**LINE, "employer": "Elva skole"}
    assert lea.post(href("dialogue"), form).status_code == 403


@pytest.mark.parametrize("name", ["board", "dialogue"])
def test_pages_take_as_many_queries_however_much_was_said(
    town: Town, units: list[Employer], name: str
) -> None:
    nina = town.browser(NINA)
    nina.post(href("employer", units[0].pk), LINE)
    nina.get(href(name))
    with CaptureQueriesContext(connection) as few:
        nina.get(href(name))
    for at in range(15):
        made = Employer.objects.create(
            municipality=town.municipality, kind="private", name=f"Firma {at}"
        )
        DialogueLine.objects.create(
            municipality=town.municipality,
            employer=made,
            kind="call",
            on=TODAY,
            by=town.users[NINA],
            text="x",
        )

    with CaptureQueriesContext(connection) as many:
        nina.get(href(name))

    assert len(many) == len(few)
