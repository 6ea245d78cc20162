"""Choosing what columns mean: kept for sheets of the same form, and the import is read anew."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.imports.models import BatchStatus, ColumnChoice, ImportBatch
from innpass.casework.jobs.running import run_one
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.services import apply_import, preview_import
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import workbook
from tests.factories.cast import ADA, KARI, LIV, PER, RAGNHILD, Town

pytestmark = pytest.mark.django_db
ODD_HEADINGS = {
    little.AMINA: {"Kolonne1": "Nora Vik", "Diverse": date(2026, 5, 4)},
    little.BOHDAN: {"Kolonne1": "Lars Dal", "Diverse": date(2026, 5, 5)},
}


def odd_sheet(**more: Any) -> bytes:
    """The refugee department's people with two columns that say nothing."""
    _name, rows = little.refugee_people((little.AMINA, little.BOHDAN))
    usual = [{**row, "Praksisveileder": None} for row in rows]
    odd = [{**row, **ODD_HEADINGS[str(row["Visma-nr"])], **more} for row in usual]
    return workbook(("Deltakere", odd))


def ready(town: Town, content: bytes | None = None, by: str = RAGNHILD) -> ImportBatch:
    batch = town.receive({"flyktning august.xlsx": content or odd_sheet()}, by=by)
    preview_import(batch=batch, by=town.actor(by))
    batch.refresh_from_db()
    return batch


def address(batch: ImportBatch) -> str:
    return reverse("mapping:columns", args=[batch.files.get().pk])


def shown(town: Town, batch: ImportBatch, who: str = RAGNHILD) -> dict[str, Any]:
    page = town.browser(who).get(address(batch)).context["page"]
    return {column.heading: column for table in page.tables for column in table.columns}


def choose(browser: Client, batch: ImportBatch, column: Any, value: str) -> Any:
    return browser.post(address(batch), {column.name: value})


def test_each_column_shows_what_it_was_understood_as_with_samples(town: Town) -> None:
    columns = shown(town, ready(town))

    assert columns["Programstart"].understood == "Programstart"
    assert columns["Programstart"].samples == ("05.01.2026",)
    assert (columns["Kolonne1"].understood, columns["Kolonne1"].samples) == (
        "brukes ikke",
        ("Nora Vik", "Lars Dal"),
    )


def test_a_choice_is_kept_and_the_import_read_anew(town: Town) -> None:
    batch = ready(town)
    browser = town.browser(RAGNHILD)

    answer = choose(browser, batch, shown(town, batch)["Kolonne1"], "programme.supervisor")

    assert answer["Location"] == reverse("imports:batch", args=[batch.pk])
    batch.refresh_from_db()
    assert batch.status == BatchStatus.RECEIVED
    while run_one(worker="test"):
        pass
    batch.refresh_from_db()
    assert batch.preview
    changed = {each["name"]: each["changes"] for each in batch.preview["changed_people"]}
    assert changed["Amina Haddad"]["programme.supervisor"][1] == "Nora Vik"
    apply_import(batch=batch, by=town.actor(RAGNHILD))
    assert Enrolment.objects.get(participant=town.people("Amina")).supervisor == "Nora Vik"


def test_next_month_the_choice_is_applied_by_itself_and_can_be_ended(town: Town) -> None:
    batch = ready(town)
    browser = town.browser(RAGNHILD)
    choose(browser, batch, shown(town, batch)["Kolonne1"], "programme.supervisor")

    later = ready(town, odd_sheet(**{"Omfang (%)": 50}))
    column = shown(town, later)["Kolonne1"]
    assert (column.chosen, column.chosen_by) == ("Praksisveileder", "Ragnhild Moe")
    assert "etter kommunens valg" in browser.get(address(later)).content.decode().lower()
    choose(browser, later, column, "auto")

    assert ColumnChoice.objects.get().ended_by == town.users[RAGNHILD]
    assert shown(town, ready(town, odd_sheet(**{"Omfang (%)": 60})))["Kolonne1"].chosen == ""


def test_choosing_what_was_understood_anyway_changes_nothing(town: Town) -> None:
    batch = ready(town)
    form = {column.name: "auto" for column in shown(town, batch).values()}

    answer = town.browser(RAGNHILD).post(address(batch), form, follow=True)

    assert "Ingen kolonner fikk ny betydning" in answer.content.decode()
    assert not ColumnChoice.objects.exists()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.READY


def test_a_column_is_left_out(town: Town) -> None:
    batch = ready(town)
    choose(town.browser(RAGNHILD), batch, shown(town, batch)["Omfang (%)"], "ingen")
    while run_one(worker="test"):
        pass

    assert ColumnChoice.objects.get().field == ""
    assert shown(town, batch)["Omfang (%)"].chosen == "brukes ikke"


def test_a_meaning_that_is_not_offered_is_refused_with_a_sentence(town: Town) -> None:
    batch = ready(town)
    column = shown(town, batch)["Kolonne1"]

    answer = town.browser(RAGNHILD).post(address(batch), {column.name: "leave.reason"}, follow=True)

    assert "Velg en av betydningene på listen" in answer.content.decode()
    assert not ColumnChoice.objects.exists()


def test_nobody_reads_a_column_by_calling_it_something_else(town: Town) -> None:
    content = workbook(
        ("Elever", [{**row, "Merknad": "Zhemmelig", "Klasse": "2B"} for row in _pupils()])
    )
    batch = ready(town, content, by=LIV)
    columns = shown(town, batch, LIV)

    assert (columns["Merknad"].name, columns["Merknad"].samples) == ("", ())
    assert columns["Merknad"].note == "Verdiene vises ikke for deg."
    page = town.browser(LIV).get(address(batch))
    assert "Zhemmelig" not in page.content.decode()
    place = list(columns).index("Merknad")
    refused = town.browser(LIV).post(address(batch), {f"column-0-{place}": "programme.class_name"})
    assert refused.status_code == 403
    assert not ColumnChoice.objects.exists()


def _pupils() -> list[dict[str, Any]]:
    return [
        {"Visma-nr": f"7{number}", "Navn": little.name_of(number), "Spor": 2, "Lytte": "A2"}
        for number in (little.AMINA, little.BOHDAN)
    ]


def test_identity_numbers_and_hidden_people_are_in_no_sample(town: Town) -> None:
    content = odd_sheet(**{"Fødselsnummer/D-nummer": "17838800033"})
    batch = ready(town, content)
    town.protect("Amina", named=(RAGNHILD,))

    said = town.browser(KARI).get(address(batch)).content.decode()

    assert "17838800033" not in said
    assert "Haddad" not in said
    assert "Nora Vik" not in said
    assert "Lars Dal" in said


def test_a_hidden_person_in_another_spelling_is_in_no_sample(town: Town) -> None:
    """With neither her number nor her birth date, and the name as another body would write it."""
    written = {"Fornavn": "Aminah", "Fødselsdato": None, "Visma-nr": None}
    _name, rows = little.refugee_people((little.AMINA, little.BOHDAN))
    odd = [{**row, **ODD_HEADINGS[str(row["Visma-nr"])], "Praksisveileder": None} for row in rows]
    batch = ready(town, workbook(("Deltakere", [{**odd[0], **written}, odd[1]])))
    town.protect("Amina", named=(RAGNHILD,))

    said = town.browser(KARI).get(address(batch)).content.decode()

    assert "Aminah" not in said
    assert "Nora Vik" not in said
    assert "Lars Dal" in said


def test_who_may_not_apply_sees_why_and_chooses_nothing(town: Town) -> None:
    batch = ready(town)

    assert town.browser(ADA).get(address(batch)).status_code == 403
    assert town.browser(PER).get(address(batch)).status_code == 200
    page = town.browser(LIV).get(address(batch)).context["page"]
    assert (page.may_choose, bool(page.problem)) == (False, True)
    assert town.browser(LIV).post(address(batch), {}).status_code == 403


def test_an_applied_import_is_no_longer_changed(town: Town) -> None:
    batch = ready(town)
    column = shown(town, batch)["Kolonne1"]
    apply_import(batch=batch, by=town.actor(RAGNHILD))

    choose(town.browser(RAGNHILD), batch, column, "programme.supervisor")

    assert not ColumnChoice.objects.exists()
    assert not town.browser(RAGNHILD).get(address(batch)).context["page"].may_choose
