"""A sheet that is applied twice enters nothing twice, and nothing over what came meanwhile."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.imports.models import BatchStatus, ImportBatch
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.reconciliation.entering_rows import add_detail
from innpass.casework.reconciliation.taking_back import take_back
from innpass.casework.round_trip.models import SheetReturn
from innpass.casework.round_trip.queries import ENTERED_ALREADY, Returned, returns_of
from innpass.casework.round_trip.services import apply_returned, compare_returned
from innpass.domain.sheets.records import TableKind
from tests.casework.reconciliation import little
from tests.casework.round_trip.editing import Cells, edit, put
from tests.casework.round_trip.test_round_trip import (
    AMINA,
    BOHDAN,
    come_back,
    export,
    on_sheet,
    take_in_all,
)


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in_all(municipality)


def practice(rows: Cells) -> None:
    put(rows, BOHDAN, "Kommunal enhet", "Skolen")
    put(rows, BOHDAN, "Fra", date(2026, 3, 2))


def units() -> list[Any]:
    return [str(each.employer) for each in Placement.objects.filter(participant__name=BOHDAN)]


def test_a_new_row_becomes_one_person_however_often_it_is_applied(
    municipality: Municipality,
) -> None:
    by = operator(municipality)

    def change(rows: Cells) -> None:
        rows.append(["Daria Savenko"])

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    (new,) = returned.comparison(by).new_rows
    act = apply_returned(returned, by=by, new_people=[new.id]).act

    again = apply_returned(returned, by=by, new_people=[new.id])

    assert (again.act, again.new_people) == (None, 0)
    assert Participant.objects.filter(name="Daria Savenko").count() == 1
    assert [row.obstacle for row in returned.comparison(by).new_rows] == [ENTERED_ALREADY]
    assert act
    take_back(act, municipality_id=municipality.pk, by=by)
    assert [row.obstacle for row in returned.comparison(by).new_rows] == [""]


def test_a_new_period_is_one_however_often_it_is_applied(municipality: Municipality) -> None:
    by = operator(municipality)
    returned = come_back(municipality, edit(export(municipality), on_sheet(practice)))

    assert apply_returned(returned, by=by).cells == 2
    assert apply_returned(returned, by=by).act is None

    assert units() == ["Skolen"]


def test_a_period_entered_meanwhile_is_a_conflict(municipality: Municipality) -> None:
    by = operator(municipality)
    returned = come_back(municipality, edit(export(municipality), on_sheet(practice)))
    add_detail(
        Participant.objects.get(name=BOHDAN),
        TableKind.PLACEMENT,
        {"placement.unit": "Biblioteket", "placement.kind": "municipal"},
        by=by,
    )

    found = returned.comparison(by)
    applied = apply_returned(returned, by=by)

    assert [(each.now, each.after) for each in found.conflicts] == [
        ("Biblioteket", "Skolen"),
        (None, date(2026, 3, 2)),
    ]
    assert (applied.act, applied.left, units()) == (None, 2, ["Biblioteket"])
    apply_returned(returned, by=by, overrule={each.id: each.seen for each in found.conflicts})
    assert units() == ["Skolen"]


def test_a_sheet_of_which_nothing_could_stand_was_not_applied(municipality: Municipality) -> None:
    by = operator(municipality)

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Visma flyktning", little.BOHDAN)

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    applied = apply_returned(returned, by=by)

    assert (applied.act, applied.cells, len(applied.refused)) == (None, 0, 1)
    assert not SheetReturn.objects.exists()
    batch = ImportBatch.objects.get(files=returned.file)
    assert batch.status != BatchStatus.APPLIED


def test_what_was_taken_back_elsewhere_is_taken_back_here(municipality: Municipality) -> None:
    by = operator(municipality)
    returned = come_back(municipality, edit(export(municipality), on_sheet(practice)))
    act = apply_returned(returned, by=by).act
    assert act
    assert [each.taken_back_at for each in returns_of(returned.file)] == [None]

    take_back(act, municipality_id=municipality.pk, by=by)

    assert [each.taken_back_at is not None for each in returns_of(returned.file)] == [True]


def test_an_emptied_name_is_said_to_be_left(municipality: Municipality) -> None:
    def change(rows: Cells) -> None:
        put(rows, AMINA, "Navn", None)

    found = come_back(municipality, edit(export(municipality), on_sheet(change))).comparison(
        operator(municipality)
    )

    assert found.edits == []
    assert [each.sentence for each in found.unread] == [
        "En deltaker må ha et navn. Navnet står urørt."
    ]


def test_a_sheet_is_compared_before_others_must_wait_and_again_where_they_wrote(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = operator(municipality)
    returned = come_back(municipality, edit(export(municipality), on_sheet(practice)))
    compared = compare_returned(returned, by=by)
    with monkeypatch.context() as patch:
        patch.delattr(Returned, "comparison")
        assert apply_returned(returned, by=by, compared=compared).cells == 2

    again = apply_returned(returned, by=by, compared=compared)

    assert (again.act, again.cells) == (None, 0)
    assert units() == ["Skolen"]
