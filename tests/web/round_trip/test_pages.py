"""Exporting in the municipality's own layout, and what the page of a sheet that came back shows."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import BatchStatus, ImportBatch, Way
from innpass.casework.jobs.running import run_one
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.services import preview_import
from innpass.casework.round_trip.models import SheetReturn
from tests.casework.reconciliation import little
from tests.casework.round_trip.editing import Cells, edit, put
from tests.factories.cast import ADA, KARI, LIV, NINA, RAGNHILD, Town

pytestmark = pytest.mark.django_db
AMINA, BOHDAN, CELINE = "Amina Haddad", "Bohdan Kovalenko", "Celine Mukendi"


@pytest.fixture(autouse=True)
def _the_shared_sheet(town: Town) -> None:
    town.take_in({"oversikt.xlsx": little.overview()})


def export(town: Town, who: str = RAGNHILD) -> bytes:
    browser = town.browser(who)
    (form,) = browser.get(reverse("round_trip:form")).context["page"].forms
    answer = browser.post(reverse("round_trip:export"), {"form": form.pk})
    assert answer["Content-Disposition"].startswith('attachment; filename="oversiktsark-')
    content: bytes = answer.content
    return content


def come_back(town: Town, content: bytes, change: Any, who: str = RAGNHILD) -> ImportBatch:
    def on_sheet(sheets: dict[str, Cells]) -> None:
        change(sheets["2026"])

    batch = town.receive({"redigert.xlsx": edit(content, on_sheet)}, by=who)
    preview_import(batch=batch, by=town.actor(who))
    batch.refresh_from_db()
    return batch


def address(batch: ImportBatch, view: str = "returned") -> str:
    return reverse(f"round_trip:{view}", args=[batch.files.get().pk])


def enter(browser: Client, batch: ImportBatch, chosen: dict[str, str] | None = None) -> str:
    """Have the sheet entered, and return what its page says then."""
    answer = browser.post(address(batch, "apply"), chosen or {})
    assert answer["Location"] == address(batch)
    assert run_one(worker="w")
    said: str = browser.get(address(batch)).content.decode()
    return said


def shown(town: Town, batch: ImportBatch, who: str = RAGNHILD) -> Any:
    return town.browser(who).get(address(batch)).context["page"]


def advisers(rows: Cells) -> None:
    put(rows, AMINA, "Programrådgiver", "Nora Vik")
    put(rows, BOHDAN, "Planlagt slutt", date(2027, 6, 30))


def test_an_import_that_is_one_such_sheet_leads_to_what_was_edited(town: Town) -> None:
    batch = come_back(town, export(town), advisers)

    answer = town.browser(RAGNHILD).get(reverse("imports:batch", args=[batch.pk]))

    assert answer["Location"] == address(batch)
    page = shown(town, batch)
    assert [(person.name, len(person.lines)) for person in page.edits] == [(AMINA, 1), (BOHDAN, 1)]
    assert (page.edits[0].lines[0].before, page.edits[0].lines[0].after) == (
        "Hege Nygård",
        "Nora Vik",
    )


def test_applying_closes_the_import_and_taking_back_opens_the_edits_again(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)

    enter(browser, batch)

    batch.refresh_from_db()
    assert batch.status == BatchStatus.APPLIED
    assert Enrolment.objects.get(participant=town.people("Amina")).adviser == "Nora Vik"
    page = shown(town, batch)
    assert (page.edit_total, page.same, page.applied[0].cells) == (0, 2, 2)
    said = browser.post(
        reverse("round_trip:take_back", args=[SheetReturn.objects.get().pk]), follow=True
    )
    assert "er tatt tilbake" in said.content.decode()
    assert Enrolment.objects.get(participant=town.people("Amina")).adviser == "Hege Nygård"
    assert (shown(town, batch).edit_total, shown(town, batch).applied[0].may_take_back) == (
        2,
        False,
    )


def test_a_conflict_is_chosen_on_the_page(town: Town) -> None:
    content = export(town)
    enter_values(
        [Wanted(town.people("Amina").pk, "programme.adviser", "Siri Dal")],
        municipality_id=town.municipality.pk,
        by=town.actor(RAGNHILD),
        way=Way.CELL,
    )
    batch = come_back(town, content, advisers)
    (conflict,) = shown(town, batch).conflicts
    assert (conflict.before, conflict.now, conflict.after) == (
        "Hege Nygård",
        "Siri Dal",
        "Nora Vik",
    )
    browser = town.browser(RAGNHILD)

    kept = enter(browser, batch, {f"cell-{conflict.id}": "keep"})
    assert "1 celle er endret i Innpass i mellomtiden og står urørt." in kept
    enter(browser, batch, {f"cell-{conflict.id}": conflict.seen})

    assert Enrolment.objects.get(participant=town.people("Amina")).adviser == "Nora Vik"


def test_what_somebody_may_not_read_shows_neither_in_the_file_nor_on_the_page(town: Town) -> None:
    town.take_in({"o2.xlsx": little.overview(changes={little.AMINA: {"Merknad": "Zhemmelig"}})})
    forms = town.browser(LIV).get(reverse("round_trip:form")).context["page"].forms
    answer = town.browser(LIV).post(reverse("round_trip:export"), {"form": forms[0].pk})

    def remark(rows: Cells) -> None:
        put(rows, AMINA, "Merknad", "Zendret")

    assert b"Zhemmelig" not in answer.content
    whole = town.browser(RAGNHILD).post(reverse("round_trip:export"), {"form": forms[0].pk}).content
    batch = come_back(town, whole, remark)
    said = town.browser(LIV).get(address(batch)).content.decode()
    assert "Zendret" not in said
    assert "Zhemmelig" not in said
    assert "Zendret" in town.browser(RAGNHILD).get(address(batch)).content.decode()


def test_a_person_hidden_since_is_not_named(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    town.protect("Amina", named=(RAGNHILD,))

    said = town.browser(KARI).get(address(batch)).content.decode()

    assert "Haddad" not in said
    assert "Nora Vik" not in said
    assert "noen du ikke kan se nå" in said


def test_a_form_that_is_none_is_refused_with_a_sentence(town: Town) -> None:
    for form in ("", "x", "11111111-2222-4333-8444-555555555555"):
        answer = town.browser(RAGNHILD).post(reverse("round_trip:export"), {"form": form})

        assert answer.status_code == 422
        assert "Velg hvilket oversiktsark" in answer.content.decode()


def test_who_may_export_and_who_may_import(town: Town) -> None:
    batch = come_back(town, export(town), advisers)

    assert town.browser(NINA).get(reverse("round_trip:form")).status_code == 200
    assert town.browser(ADA).get(reverse("round_trip:form")).status_code == 403
    assert town.browser(NINA).get(address(batch)).status_code == 403
    assert town.browser(NINA).post(address(batch, "apply")).status_code == 403


def test_the_page_asks_as_often_whatever_was_edited(town: Town) -> None:
    content = export(town)

    def one(rows: Cells) -> None:
        put(rows, AMINA, "Programrådgiver", "Nora Vik")

    def many(rows: Cells) -> None:
        advisers(rows)
        put(rows, CELINE, "Programrådgiver", "Nora Vik")
        put(rows, CELINE, "Merknad", "Ringer")

    asked = []
    for change in (one, many):
        batch = come_back(town, content, change)
        shown(town, batch)
        with CaptureQueriesContext(connection) as queries:
            shown(town, batch)
        asked.append(len(queries))

    assert asked[0] == asked[1]
