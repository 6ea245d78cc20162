"""The lists of periods and tests: adding, correcting, withdrawing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from innpass.casework.organisations.queries import operator
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Absence, Clock, Decision, Element, Enrolment, Leave
from innpass.casework.reconciliation.entering_rows import add_detail, held
from innpass.casework.training.models import LanguageTest
from innpass.domain.sheets.records import TableKind
from innpass.web.entering import details
from tests.factories.cast import LIV, PER, RAGNHILD, Town
from tests.web.entering.test_people import as_shown, controls_of

pytestmark = pytest.mark.django_db

PLACEMENT = {
    "placement.kind": "municipal",
    "placement.unit": "Solbakken barnehage",
    "placement.area": "Oppvekst",
    "placement.first_day": "2.3.2026",
    "placement.last_day": "29.5.26",
    "placement.hours_per_week": "22,5",
    "placement.extended": "nei",
    "placement.evaluation_visit": "",
    "placement.contract": "",
}
SAID = [
    (
        "timer",
        {
            "activity.kind": "nav_measure",
            "activity.first_day": "2.3.2026",
            "activity.last_day": "1.3.2026",
            "activity.hours_per_week": "12",
        },
        "activity.last_day",
        "er før første dag",
    ),
    (
        "timer",
        {
            "activity.kind": "nav_measure",
            "activity.first_day": "2.3.2026",
            "activity.last_day": "",
            "activity.hours_per_week": "99",
        },
        "activity.hours_per_week",
        "tall fra 0 til 60",
    ),
    ("permisjon", {"leave.first_day": "2.3.2026"}, "leave.last_day", "Skriv siste dag"),
    ("fravaer", {"absence.first_day": "2.3.2026"}, "absence.last_day", "Skriv siste dag"),
    (
        "fravaer",
        {"absence.first_day": "4.3.2026", "absence.last_day": "2.3.2026"},
        "absence.last_day",
        "Siste dag er før første dag",
    ),
    ("vedtak", {"decision.day": "2.3.2026"}, "decision.kind", "Velg hva vedtaket gjelder"),
    ("vedtak", {"decision.kind": "stop"}, "decision.day", "Skriv vedtaksdato"),
    (
        "vedtak",
        {
            "decision.kind": "leave",
            "decision.day": "2.3.2026",
            "decision.first_day": "9.3.2026",
            "decision.last_day": "8.3.2026",
        },
        "decision.last_day",
        "Gjelder til er før gjelder fra",
    ),
    ("norskprove", {"test.date": "4.5.2026", "test.goal": "B7"}, "test.goal", "Velg en av"),
    ("norskprove", {"test.goal": "B1"}, "test.date", "Skriv datoen for prøven"),
    ("praksis", {"placement.unit": "Kiwi"}, "placement.kind", "Velg om arbeidsgiveren"),
]


def listed(town: Town, slug: str) -> str:
    return reverse("entering:details", args=[town.people("Amina").pk, slug])


def adding(town: Town, slug: str) -> str:
    return reverse("entering:add", args=[town.people("Amina").pk, slug])


def test_a_placement_is_added_corrected_withdrawn_and_brought_back(town: Town) -> None:
    browser = town.browser(PER)

    answer = browser.post(adding(town, "praksis"), PLACEMENT)

    assert answer["Location"] == listed(town, "praksis")
    added = Placement.objects.get(employer__name="Solbakken barnehage")
    assert (added.hours_per_week, added.extended) == (22.5, False)
    line = next(
        line
        for line in browser.get(listed(town, "praksis")).context["page"].lines
        if line.title == "Solbakken barnehage"
    )
    assert line.when == "2. mar. 2026 – 29. mai 2026"

    page = browser.get(line.href)
    browser.post(line.href, as_shown(page, **{"placement.last_day": "30.6.2026"}))
    corrected = Placement.objects.get(employer__name="Solbakken barnehage")
    assert f"{corrected.last_day:%d.%m}" == "30.06"

    without = browser.post(line.href, {"act": "withdraw", "reason": " "})
    assert without.status_code == 422
    assert "Skriv hvorfor" in without.content.decode()
    answer = browser.post(line.href, {"act": "withdraw", "reason": "Ført på feil person"})
    assert not Placement.objects.filter(employer__name="Solbakken barnehage").exists()

    message = list(get_messages(answer.wsgi_request))[-1]
    browser.post(reverse("entering:undo", args=[message.extra_tags.removeprefix("act ")]))
    assert Placement.objects.filter(employer__name="Solbakken barnehage").exists()


@pytest.mark.parametrize(("slug", "typed", "field", "said"), SAID)
def test_what_is_wrong_is_said_beside_the_field(
    town: Town, slug: str, typed: dict[str, str], field: str, said: str
) -> None:
    browser = town.browser(LIV if slug == "norskprove" else RAGNHILD)
    counted = (Element, Leave, LanguageTest, Placement)
    before = [model.objects.count() for model in counted]

    answer = browser.post(adding(town, slug), typed)

    assert answer.status_code == 422
    assert said in controls_of(answer)[field].problem
    assert [control.text for name, control in controls_of(answer).items() if name in typed] == [
        text for name, text in typed.items()
    ]
    assert [model.objects.count() for model in counted] == before


def test_each_kind_is_added(town: Town) -> None:
    adviser, teacher = town.browser(RAGNHILD), town.browser(LIV)

    adviser.post(
        adding(town, "permisjon"),
        {
            "leave.first_day": "2.3.26",
            "leave.last_day": "6.3.26",
            "leave.kind": "long_illness",
            "leave.reason": "Sykdom",
        },
    )
    adviser.post(
        adding(town, "vedtak"),
        {"decision.kind": "stop", "decision.day": "9.3.26", "decision.reason": "Ikke møtt"},
    )
    teacher.post(
        adding(town, "fravaer"),
        {"absence.first_day": "9.3.26", "absence.last_day": "9.3.26", "absence.kind": "child_ill"},
    )
    adviser.post(
        adding(town, "timer"),
        {
            "activity.kind": "trade_course",
            "activity.first_day": "2.3.2026",
            "activity.hours_per_week": "7,5",
        },
    )
    teacher.post(
        adding(town, "norskprove"),
        {"test.date": "4.5.2026", "test.goal": "A2", "test.reached": "ja", "test.reading": "B1"},
    )

    assert Leave.objects.get(reason="Sykdom").participant == town.people("Amina")
    assert Leave.objects.get(reason="Sykdom").kind == "long_illness"
    assert Decision.objects.get(kind="stop").reason == "Ikke møtt"
    assert Absence.objects.get(kind="child_ill").participant == town.people("Amina")
    course = Element.objects.get(kind="trade_course")
    assert (course.hours_per_week, course.last_day) == (7.5, None)
    assert LanguageTest.objects.get(goal="A2", reached=True).reading == "B1"


def test_a_correction_of_what_somebody_else_corrected_meanwhile_is_a_choice(town: Town) -> None:
    adviser, teacher = town.browser(RAGNHILD), town.browser(LIV)
    (line, *_rest) = adviser.get(listed(town, "timer")).context["page"].lines
    before = teacher.get(line.href)
    hours = "activity.hours_per_week"
    adviser.post(line.href, as_shown(adviser.get(line.href), **{hours: "20"}))

    late = teacher.post(line.href, as_shown(before, **{hours: "18"}))

    assert late.status_code == 409
    conflict = controls_of(late)[hours].conflict
    assert (conflict.value, conflict.by) == ("20", "Ragnhild Moe")
    sent = as_shown(late) | {f"theirs.{hours}": "1", f"choose.{hours}": "mine"}
    assert teacher.post(line.href, sent).status_code == 302
    assert Element.objects.filter(participant=town.people("Amina"), hours_per_week=18).exists()


def test_known_places_are_offered_but_not_where_only_a_hidden_person_was(town: Town) -> None:
    browser = town.browser(PER)
    browser.post(adding(town, "praksis"), PLACEMENT)

    def offered() -> Any:
        where = reverse("entering:add", args=[town.people("Bohdan").pk, "praksis"])
        return controls_of(browser.get(where))["placement.unit"].suggestions

    assert "Solbakken barnehage" in offered()
    town.protect("Amina", by=RAGNHILD)
    assert "Solbakken barnehage" not in offered()


def test_the_list_takes_as_many_queries_whatever_its_length(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    browser = town.browser(PER)
    for day in range(1, 6):
        browser.post(adding(town, "praksis"), PLACEMENT | {"placement.first_day": f"{day}.3.2026"})
    with django_assert_max_num_queries(26):
        browser.get(listed(town, "praksis"))


AWAY = {"leave.first_day": "2.3.26", "leave.last_day": "6.3.26", "leave.kind": "long_illness"}
CLASHES = [
    ("permisjon", AWAY, "Akkurat dette er ført fra før"),
    (
        "permisjon",
        {"leave.first_day": "6.3.26", "leave.last_day": "9.3.26"},
        "Dagene overlapper permisjonen 2. mar. 2026 – 6. mar. 2026",
    ),
    (
        "fravaer",
        {"absence.first_day": "3.3.26", "absence.last_day": "3.3.26"},
        "Dagene overlapper permisjonen 2. mar. 2026 – 6. mar. 2026",
    ),
    (
        "permisjon",
        {"leave.first_day": "2.3.20", "leave.last_day": "6.3.20"},
        "Dette begynner før programmet, som starter",
    ),
    (
        "fravaer",
        {"absence.first_day": "2.3.31", "absence.last_day": "2.3.31"},
        "Dette begynner etter programmet, som er planlagt til",
    ),
    (
        "timer",
        {
            "activity.kind": "trade_course",
            "activity.first_day": "2.3.2026",
            "activity.last_day": "",
            "activity.hours_per_week": "7,5",
        },
        "Akkurat dette er ført fra før",
    ),
]


@pytest.mark.parametrize(("slug", "said", "sentence"), CLASHES)
def test_what_clashes_with_what_is_known_is_said_and_changes_nothing(
    town: Town, slug: str, said: dict[str, str], sentence: str
) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(adding(town, "permisjon"), AWAY)
    browser.post(adding(town, "timer"), CLASHES[-1][1])
    before = [Leave.objects.count(), Absence.objects.count(), Element.objects.count()]

    answer = browser.post(adding(town, slug), said)

    assert answer.status_code == 422
    (problem,) = [each.problem for each in controls_of(answer).values() if each.problem]
    assert problem.startswith(sentence)
    assert [Leave.objects.count(), Absence.objects.count(), Element.objects.count()] == before
    assert {name: controls_of(answer)[name].text for name in said} == said


@pytest.mark.parametrize(("planned", "until"), [("30.4", "31.5"), ("31.5", "30.4"), ("31.5", "")])
def test_days_until_the_later_of_the_planned_end_and_the_laws_are_true(
    town: Town, planned: str, until: str
) -> None:
    def day(said: str) -> date | None:
        return date(2026, *map(int, said.split(".")[::-1])) if said else None

    amina = town.people("Amina")
    Enrolment.objects.filter(participant=amina).update(planned_last_day=day(planned))
    Clock.objects.filter(participant=amina).update(programme_until=day(until))

    def status(first: str) -> int:
        said = AWAY | {"leave.first_day": first, "leave.last_day": "9.6.2026"}
        code: int = town.browser(RAGNHILD).post(adding(town, "permisjon"), said).status_code
        return code

    assert status("1.6.2026") == 422
    assert status("31.5.2026") == 302


def test_a_teacher_who_may_not_know_of_the_laws_end_is_not_told_of_the_planned_one(
    town: Town,
) -> None:
    Enrolment.objects.update(planned_last_day=date(2026, 2, 1))
    said = {"absence.first_day": "3.3.26", "absence.last_day": "3.3.26"}

    assert town.browser(LIV).post(adding(town, "fravaer"), said).status_code == 302


def test_what_somebody_else_enters_first_is_seen_before_anything_is_saved(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"leave.first_day": date(2026, 3, 6), "leave.last_day": date(2026, 3, 9)}

    @contextmanager
    def held_after_another(person: Any) -> Iterator[None]:
        add_detail(person, TableKind.LEAVE, said, by=operator(town.municipality))
        with held(person):
            yield

    monkeypatch.setattr(details, "held", held_after_another)
    answer = town.browser(RAGNHILD).post(adding(town, "permisjon"), AWAY)

    assert answer.status_code == 422
    assert Leave.objects.count() == 1


def test_leave_that_clashes_already_can_be_put_right_and_its_kind_is_asked_for(town: Town) -> None:
    browser, amina = town.browser(RAGNHILD), town.people("Amina")
    for first, last in ((2, 6), (6, 9), (10, 11)):
        said = {
            "leave.first_day": date(2026, 3, first),
            "leave.last_day": date(2026, 3, last),
        }
        add_detail(amina, TableKind.LEAVE, said, by=operator(town.municipality))
    page = browser.get(listed(town, "permisjon"))
    assert page.content.decode().count("Slag mangler") == 3
    lines = page.context["page"].lines
    assert ["Overlapper" in " ".join(line.more) for line in lines] == [False, True, True]

    href = lines[-1].href
    browser.post(href, as_shown(browser.get(href), **{"leave.kind": "long_illness"}))

    assert Leave.objects.filter(kind="long_illness").count() == 1
    assert browser.get(listed(town, "permisjon")).content.decode().count("Slag mangler") == 2
