"""Cells are saved against what stood on the screen, and nothing typed is lost."""

import json
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import CellEdit
from innpass.casework.organisations.queries import operator
from innpass.casework.overview.columns import COLUMN_OF_FIELD, may_edit
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering_rows import add_detail
from innpass.domain.sheets.fields import SKILLS
from innpass.domain.sheets.records import TableKind
from innpass.exchange.clock import today
from tests.factories.cast import LEA, LIV, ODD, PER, RAGNHILD, Town

# What the cells of a placement and a test are about.
DETAILS: dict[TableKind, dict[str, Any]] = {
    TableKind.PLACEMENT: {
        "placement.kind": "private",
        "placement.unit": "Kiwi",
        "placement.first_day": date(2026, 3, 2),
    },
    TableKind.TEST: {"test.date": date(2026, 5, 4), "test.goal": "A2"},
}


def sent(person: Participant, field: str, text: str, seen: str = "") -> dict[str, str]:
    return {"person": str(person.pk), "field": field, "text": text, "seen": seen}


def save(town: Town, who: str, *changes: dict[str, str]) -> dict[str, Any]:
    answer = town.browser(who).post(
        reverse("overview:save_cells"), {"changes": json.dumps(changes)}
    )
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def enrolment(person: Participant) -> Enrolment:
    found: Enrolment = Enrolment.objects.get(participant=person)
    return found


def row_of(html: str, person: Participant) -> str:
    (row,) = [each for each in html.split("<tr") if f'data-person="{person.pk}"' in each]
    return " ".join(row.split("</tr>")[0].split())


def test_a_cell_is_saved_and_the_row_comes_back_as_the_page_shows_it(town: Town) -> None:
    amina = town.people("Amina")

    told = save(town, PER, sent(amina, "last_contact", "1.6.26"))

    assert enrolment(amina).last_contact == date(2026, 6, 1)
    assert (told["left"], "Siste kontakt «01.06.2026»" in told["said"]) == ([], True)
    page = town.browser(PER).get(reverse("overview:overview"), {"vis": "alle"}).content.decode()
    assert row_of(told["rows"], amina) == row_of(page, amina)


def test_today_can_be_typed_as_people_say_it(town: Town) -> None:
    amina = town.people("Amina")

    told = save(town, PER, sent(amina, "last_contact", "i går"))

    assert told["left"] == []
    assert enrolment(amina).last_contact == today() - timedelta(days=1)


A_DATE, A_NAME, A_LEVEL = "Skriv hele datoen", "Skriv et navn", "Skriv et nivå fra A1 til C2"
TOO_LONG = "x" * 400
# Something wrong for every field of every cell that can be edited.
WRONG: dict[str, list[tuple[str, str]]] = {
    "name": [("", "må ha et navn"), ("12345", A_NAME)],
    "activity.hours_per_week": [
        ("99", "et tall fra 0 til 60"),
        ("-3", "et tall fra 0 til 60"),
        ("ca. 15", "et tall fra 0 til 60"),
        ("mye", "et tall fra 0 til 60"),
    ],
    "placement.unit": [(TOO_LONG, "for lang")],
    "placement.first_day": [("engang", A_DATE), ("1.1.1815", A_DATE)],
    "placement.last_day": [("31.6.2026", A_DATE), ("uke 34", A_DATE)],
    "next_step": [(TOO_LONG, "for lang")],
    "next_step_owner": [("12345", A_NAME)],
    "next_step_due": [("snart", A_DATE)],
    "last_contact": [("snart", A_DATE), ("1.7.2026", "kan ikke være fram i tid")],
    "programme.start": [("99.99.2026", A_DATE)],
    "programme.planned_end": [("31.02.2027", A_DATE)],
    "programme.actual_end": [("22,5", A_DATE)],
    "programme.track": [("99 timer", "Skriv et helt tall"), ("99999", "Skriv et helt tall")],
    "programme.class_name": [(TOO_LONG, "for lang")],
    **{f"level.{skill}": [("B3", A_LEVEL), ("D1", A_LEVEL)] for skill in SKILLS},
    "test.date": [("30.2.2026", A_DATE)],
    "test.goal": [("B3", A_LEVEL)],
    "test.reached": [("kanskje", "Skriv ja eller nei")],
    "programme.adviser": [("12345", A_NAME)],
    "programme.supervisor": [("12345", A_NAME)],
    "nav.adviser": [("12345", A_NAME)],
    "teacher": [("12345", A_NAME)],
    "ids.visma_refugee": [("12345678901", "Skriv nummeret"), ("31002", "Nummeret")],
    "ids.visma_learning": [("12345678901", "Skriv nummeret")],
    "ids.socio": [("abc", "Skriv nummeret")],
    "nav.handover": [("tull", A_DATE)],
}


def test_something_is_wrong_for_every_field_that_can_be_edited() -> None:
    assert set(WRONG) == set(COLUMN_OF_FIELD)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [(field, *each) for field, some in WRONG.items() for each in some],
)
def test_what_is_wrong_is_said_beside_the_cell_and_not_saved(
    town: Town, field: str, text: str, sentence: str
) -> None:
    amina = town.people("Amina")
    for table, values in DETAILS.items():
        add_detail(amina, table, values, by=operator(town.municipality))
    edits = CellEdit.objects.count()
    who = next(each for each in (RAGNHILD, LIV, ODD) if may_edit(town.actor(each), field))
    form = form_of(town, who, amina, COLUMN_OF_FIELD[field])

    told = save(town, who, sent(amina, field, text, form[field]))
    page = town.browser(who).post(
        reverse("overview:cell", args=[amina.pk, COLUMN_OF_FIELD[field]]), form | {field: text}
    )

    assert (told["act"], told["left"][0]["code"]) == ("", "problem")
    assert sentence in told["left"][0]["sentence"]
    (beside,) = [each for each in page.context["page"].fields if each.field.name == field]
    assert (page.status_code, beside.text) == (422, text)
    assert sentence in beside.problem
    assert sentence in unescape(page.content.decode())
    assert CellEdit.objects.count() == edits


def test_what_is_not_ones_to_write_is_said(town: Town) -> None:
    told = save(town, LIV, sent(town.people("Amina"), "programme.adviser", "Kari Lunde"))
    assert "Du har ikke lov" in told["left"][0]["sentence"]


def test_a_number_of_somebody_else_is_refused(town: Town) -> None:
    amina, bohdan = town.people("Amina"), town.people("Bohdan")
    numbers = {
        person: person.identifiers.get(kind="visma_refugee").plain for person in (amina, bohdan)
    }

    told = save(town, RAGNHILD, sent(amina, "ids.visma_refugee", numbers[bohdan], numbers[amina]))

    assert "Nummeret" in told["left"][0]["sentence"]
    assert amina.identifiers.get(kind="visma_refugee").plain == numbers[amina]


def test_of_a_cell_with_something_wrong_nothing_is_saved(town: Town) -> None:
    amina = town.people("Amina")

    told = save(town, PER, sent(amina, "next_step", "Ring"), sent(amina, "next_step_due", "snart"))

    assert [each["field"] for each in told["left"]] == ["next_step_due"]
    assert enrolment(amina).next_step == ""


def test_the_second_gets_both_values_and_who(town: Town) -> None:
    amina = town.people("Amina")
    before = enrolment(amina).supervisor
    save(town, RAGNHILD, sent(amina, "programme.supervisor", "Nora Vik", before))

    told = save(town, PER, sent(amina, "programme.supervisor", "Odd Berg", before))

    (left,) = told["left"]
    assert (left["code"], left["theirs"]) == ("conflict", "Nora Vik")
    assert "Ragnhild Moe endret dette til «Nora Vik»" in left["sentence"]
    assert enrolment(amina).supervisor == "Nora Vik"
    save(town, PER, sent(amina, "programme.supervisor", "Odd Berg", left["theirs"]))
    assert enrolment(amina).supervisor == "Odd Berg"


def test_what_a_script_sends_must_be_what_ours_sends(town: Town) -> None:
    for text in ("", "{}x", "[1]", '[{"person": "x"}]', "[" * 100_000):
        answer = town.browser(PER).post(reverse("overview:save_cells"), {"changes": text})
        assert answer.status_code == 422
        assert "Last siden på nytt" in answer.json()["sentence"]


def test_undo_brings_back_what_stood_there(town: Town) -> None:
    amina = town.people("Amina")
    before = enrolment(amina).supervisor
    told = save(town, PER, sent(amina, "programme.supervisor", "Nora Vik", before))

    answer = town.browser(PER).post(
        reverse("overview:undo"),
        {"act": told["act"], "person": str(amina.pk)},
        headers={"accept": "application/json"},
    )

    assert answer.json()["said"].startswith("Angret")
    assert enrolment(amina).supervisor == before
    again = town.browser(PER).post(
        reverse("overview:undo"), {"act": told["act"]}, headers={"accept": "application/json"}
    )
    assert again.json()["sentence"] == "Dette er alt tatt tilbake."


# The form, without a script


def form_of(town: Town, who: str, person: Participant, column: str) -> dict[str, str]:
    page = town.browser(who).get(reverse("overview:cell", args=[person.pk, column]))
    shown = page.context["page"]
    return {"seen": shown.seen, **{each.field.name: each.text for each in shown.fields}}


def test_the_form_saves_and_offers_to_undo(town: Town) -> None:
    amina = town.people("Amina")
    where = reverse("overview:cell", args=[amina.pk, "last_contact"])
    form = form_of(town, PER, amina, "last_contact")

    answer = town.browser(PER).post(where, form | {"last_contact": "1.6.2026"}, follow=True)

    assert enrolment(amina).last_contact == date(2026, 6, 1)
    assert "Lagret: Amina" in answer.content.decode()
    assert "Angre" in answer.content.decode()
    again = town.browser(PER).get(reverse("overview:overview"))
    assert "Lagret: Amina" not in again.content.decode()


def test_the_form_keeps_no_control_characters(town: Town) -> None:
    amina = town.people("Amina")
    form = form_of(town, PER, amina, "next_step") | {"next_step": "Ring\x00 Nav\x1b"}

    town.browser(PER).post(reverse("overview:cell", args=[amina.pk, "next_step"]), form)

    assert enrolment(amina).next_step == "Ring Nav"


def test_the_form_keeps_what_was_typed_beside_the_sentence(town: Town) -> None:
    amina = town.people("Amina")
    where = reverse("overview:cell", args=[amina.pk, "next_step"])
    form = form_of(town, PER, amina, "next_step")

    answer = town.browser(PER).post(where, form | {"next_step": "Ring", "next_step_due": "snart"})

    assert answer.status_code == 422
    fields = {each.field.name: each for each in answer.context["page"].fields}
    assert (fields["next_step"].text, fields["next_step_due"].text) == ("Ring", "snart")
    assert "Skriv hele datoen" in fields["next_step_due"].problem


def test_the_form_shows_both_values_and_lets_one_choose(town: Town) -> None:
    amina = town.people("Amina")
    where = reverse("overview:cell", args=[amina.pk, "supervisor"])
    form = form_of(town, PER, amina, "supervisor")
    before = enrolment(amina).supervisor
    save(town, RAGNHILD, sent(amina, "programme.supervisor", "Nora Vik", before))
    mine = {"programme.supervisor": "Odd Berg"}

    answer = town.browser(PER).post(where, form | mine)

    shown = answer.context["page"]
    (field,) = shown.fields
    assert (answer.status_code, field.text, field.theirs) == (422, "Odd Berg", "Nora Vik")
    assert "Ragnhild Moe" in field.problem
    town.browser(PER).post(where, {"seen": shown.seen} | mine)
    assert enrolment(amina).supervisor == "Odd Berg"


def test_nobody_edits_what_the_role_may_not(town: Town) -> None:
    amina = town.people("Amina")
    for who, column, status in (
        (LIV, "supervisor", 403),
        (ODD, "last_contact", 200),
        (LEA, "last_contact", 403),
        (PER, "nonsense", 404),
        (PER, "step", 404),
    ):
        answer = town.browser(who).get(reverse("overview:cell", args=[amina.pk, column]))
        assert answer.status_code == status, (who, column)


def test_a_hidden_person_is_not_there(town: Town) -> None:
    amina = town.people("Amina")
    town.protect("Amina", named=(RAGNHILD,))

    answer = town.browser(PER).get(reverse("overview:row", args=[amina.pk]))
    told = save(town, PER, sent(amina, "last_contact", "1.6.26"))

    assert answer.status_code == 404
    assert "Amina" not in json.dumps(told)
    assert told["left"][0]["sentence"] == "Vi fant ingen deltaker her som du kan se."


def test_saving_one_cell_takes_a_bounded_number_of_queries(town: Town) -> None:
    amina = town.people("Amina")
    changes = json.dumps([sent(amina, "last_contact", "1.6.26")])
    browser = town.browser(PER)  # to sign in is no part of saving
    with CaptureQueriesContext(connection) as caught:
        browser.post(reverse("overview:save_cells"), {"changes": changes})
    assert len(caught) < 100
