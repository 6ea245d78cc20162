"""What is written, and how little: rows keep their ids, unchanged people are left alone."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.imports.models import Question, RowState, SourceRow
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element, Enrolment, StatusSpan
from innpass.casework.reconciliation.cards import told_apart
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import Table, take_in, workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE

JUNE, JULY = "flyktning juni.xlsx", "flyktning juli.xlsx"


def practice(areas: dict[str, str | None], **cells: Any) -> Table:
    """The refugee department's list of practice, all at one unit."""
    return "Praksis", [
        {
            "Visma-nr": number,
            "Navn": little.name_of(number),
            "Type": "Kommunal",
            "Tjenesteområde": area,
            "Enhet/bedrift": "Solsikken",
            "Fra": date(2026, 2, 2),
            "Til": date(2026, 8, 2),
            "Forlenget": "Nei",
            "Timer per uke": 15,
            **cells,
        }
        for number, area in areas.items()
    ]


def changed(preview: dict[str, Any]) -> dict[str, list[str]]:
    return {entry["name"]: list(entry["changes"]) for entry in preview["changed_people"]}


# The service area of a placement


AREAS = {AMINA: "Barnehage", BOHDAN: "Oppvekst", CELINE: None}


def test_each_placement_keeps_the_area_that_its_row_states(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": workbook(little.refugee_people(), practice(AREAS))})

    stated = Placement.objects.values_list("participant__given_name", "area", "employer__name")
    assert set(stated) == {
        ("Amina", "Barnehage", "Solsikken"),
        ("Bohdan", "Oppvekst", "Solsikken"),
        ("Celine", "", "Solsikken"),
    }
    assert Employer.objects.count() == 1


def test_an_unrelated_import_changes_no_placement(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": workbook(little.refugee_people(), practice(AREAS))})
    before = set(Placement.objects.values_list("pk", "version"))

    for number in (AMINA, BOHDAN):
        preview = take_in(municipality, {f"nav {number}.xlsx": little.nav([number])})
        assert changed(preview) == {little.name_of(number): ["ids.socio"]}

    assert set(Placement.objects.values_list("pk", "version")) == before


def test_an_employers_area_is_the_one_most_placements_state(municipality: Municipality) -> None:
    people = little.refugee_people()
    take_in(municipality, {JUNE: workbook(people, practice(AREAS))})
    assert Employer.objects.get().area == "Barnehage"  # of two alike, the first in the alphabet

    take_in(municipality, {JULY: workbook(people, practice({**AREAS, CELINE: "Oppvekst"}))})

    assert Employer.objects.get().area == "Oppvekst"


def test_an_area_without_a_unit_is_kept(municipality: Municipality) -> None:
    table = practice({AMINA: "Barnehage", BOHDAN: "Oppvekst"}, **{"Enhet/bedrift": "Uavklart"})
    table[1][0]["Enhet/bedrift"] = None  # type: ignore[index]
    take_in(municipality, {"a.xlsx": workbook(little.refugee_people(), table)})

    preview = take_in(municipality, {"nav.xlsx": little.nav([CELINE])})

    assert list(changed(preview)) == ["Celine Mukendi"]
    amina = Placement.objects.get(participant__given_name="Amina")
    assert (amina.area, amina.employer) == ("Barnehage", None)


# A newer version of the same content


def written() -> dict[str, Any]:
    """Everything derived, with versions where there are any."""
    models = (Participant, Enrolment, Element, Placement, OverviewRow)
    found = {model.__name__: set(model.objects.values_list("pk", "version")) for model in models}
    found["spans"] = set(StatusSpan.objects.values_list("pk", flat=True))
    return found


def test_values_that_stand_in_other_rows_now_are_only_told_so(municipality: Municipality) -> None:
    people, weeks, places = little.refugee_people(), little.schedule(), practice(AREAS)
    take_in(municipality, {JUNE: workbook(people, weeks, places)})
    before = written()

    preview = take_in(municipality, {JULY: workbook(people, ("Timeplan 2026", weeks[1]), places)})

    assert preview["files"][0]["replaces"] == [JUNE]
    assert written() == before
    current = set(SourceRow.objects.filter(state=RowState.CURRENT).values_list("pk", flat=True))
    for model in (Element, Placement):
        assert set(model.objects.values_list("row_id", flat=True)) <= current


def test_only_whoever_changed_is_written(municipality: Municipality) -> None:
    take_in(municipality, {JUNE: little.refugee()})
    before = written()

    take_in(municipality, {JULY: little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    after = written()
    bohdan = Participant.objects.get(given_name="Bohdan")
    assert after["Participant"] == before["Participant"]
    assert after["Enrolment"] - before["Enrolment"] == {
        (Enrolment.objects.get(participant=bohdan).pk, 2)
    }
    assert {pk for pk, _ in after["Element"]} == {pk for pk, _ in before["Element"]}


def test_rows_alike_are_told_apart_whatever_order_they_come_in() -> None:
    rows = [("practice", 15, "b"), ("practice", 15, "a"), ("course", 4, "c")]

    expected = {("practice", 15, 0): "a", ("practice", 15, 1): "b", ("course", 4, 0): "c"}
    assert told_apart(rows) == told_apart(reversed(rows)) == expected


# Questions

DOUBTFUL = {"Fra": "avklares"}


def asking(numbers: list[str], **cells: Any) -> bytes:
    return workbook(
        little.refugee_people(),
        little.schedule(changes={number: {**DOUBTFUL, **cells} for number in numbers}),
    )


@pytest.mark.parametrize("closing", [True, False])
def test_questions_are_written_as_often_for_many_as_for_few(
    closing: bool, municipality: Municipality
) -> None:
    def queries(numbers: list[str]) -> int:
        take_in(municipality, {"flyktning 1.xlsx": asking(numbers)})
        assert Question.objects.filter(closed_at=None).count() == len(numbers)
        after = little.refugee() if closing else asking(numbers, **{"Timer per uke": 8})
        with CaptureQueriesContext(connection) as asked:
            take_in(municipality, {"flyktning 2.xlsx": after})
        return sum("imports_question" in query["sql"] for query in asked)

    assert queries([AMINA]) == queries([AMINA, BOHDAN, CELINE])


def test_a_question_asked_again_is_asked_as_it_stands_now(municipality: Municipality) -> None:
    """Which days a date without a year can be depends on the programme, told by another file."""
    meetings: dict[str, dict[str, Any]] = {
        AMINA: {"Infomøte": "12.3.", "Start": None},
        **{number: {"Infomøte": "01.03.2026"} for number in (BOHDAN, CELINE)},
    }
    shared = little.overview(changes=meetings)
    days = {"Programstart": date(2024, 1, 8), "Planlagt slutt": date(2027, 1, 7)}
    take_in(municipality, {"oversikt.xlsx": shared})
    question = Question.objects.get(field="nav.info_meeting")
    first = list(question.possible)
    take_in(municipality, {JUNE: little.refugee([AMINA])})
    question.refresh_from_db()
    assert question.closed_because == "settled"

    take_in(municipality, {JULY: little.refugee([AMINA], {AMINA: days})})

    question.refresh_from_db()
    assert (question.closed_at, question.closed_because) == (None, "")
    assert question.possible != first
    assert question.possible == ["2024-03-12", "2025-03-12", "2026-03-12"]
