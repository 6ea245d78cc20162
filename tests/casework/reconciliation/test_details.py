"""A person's periods, and where each is corrected or withdrawn."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from innpass.casework.imports.models import SourceRow
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.reconciliation.details import (
    detail_at,
    details_of,
    last_words,
    withdraw_detail,
)
from innpass.casework.reconciliation.entering import stamp
from innpass.casework.reconciliation.entering_rows import add_detail, enter_in_row
from innpass.casework.reconciliation.taking_back import take_back
from innpass.domain.sheets.records import TableKind
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview()})


def amina() -> Participant:
    found: Participant = Participant.objects.get(identifiers__plain=AMINA)
    return found


def test_an_imported_activity_is_corrected_in_its_row(municipality: Municipality) -> None:
    (activity,) = details_of(amina(), TableKind.ACTIVITY)
    name = "activity.hours_per_week"

    enter_in_row(
        activity.row,
        {activity.name_in_row(name): 20.0},
        by=operator(municipality),
        seen={name: stamp(activity.own[name])},
    )

    (activity,) = details_of(amina(), TableKind.ACTIVITY)
    assert activity.values[name] == 20
    assert name in last_words(activity.row, [name])


def add(municipality: Municipality, table: TableKind, **values: Any) -> UUID:
    return add_detail(
        amina(),
        table,
        {f"{table}.{name}": value for name, value in values.items()},
        by=operator(municipality),
    )


def test_each_kind_is_found_again_with_its_values(municipality: Municipality) -> None:
    leave = add(
        municipality,
        TableKind.LEAVE,
        first_day=date(2026, 3, 2),
        last_day=date(2026, 3, 20),
        reason="Foreldrepermisjon",
    )
    test = add(municipality, TableKind.TEST, date=date(2026, 5, 4), goal="A2", reached=True)

    assert detail_at(amina(), TableKind.LEAVE, row=leave, group=None).values == {  # type: ignore[union-attr]
        "leave.first_day": date(2026, 3, 2),
        "leave.last_day": date(2026, 3, 20),
        "leave.kind": None,
        "leave.reason": "Foreldrepermisjon",
    }
    found = detail_at(amina(), TableKind.TEST, row=test, group=None)
    assert found is not None
    assert (found.values["test.goal"], found.values["test.reached"]) == ("A2", True)
    assert detail_at(amina(), TableKind.TEST, row=leave, group=None) is None


def test_a_placement_told_of_twice_is_withdrawn_everywhere_and_comes_back(
    municipality: Municipality,
) -> None:
    before = details_of(amina(), TableKind.PLACEMENT)
    person_row = SourceRow.objects.get(
        kind=TableKind.PERSON, link__participant=amina(), owner="refugee"
    )
    by = operator(municipality)
    cells: dict[str, Any] = {
        "kind": "municipal",
        "unit": "Solbakken barnehage",
        "first_day": date(2026, 3, 2),
        "last_day": date(2026, 5, 29),
    }
    enter_in_row(person_row.pk, {f"placements.0.{n}": v for n, v in cells.items()}, by=by)
    add(municipality, TableKind.PLACEMENT, **cells)
    found = details_of(amina(), TableKind.PLACEMENT)
    assert len(found) == len(before) + 1
    (solbakken,) = [d for d in found if d.values["placement.unit"] == "Solbakken barnehage"]
    assert len(solbakken.told_in) == 2

    act = uuid4()
    withdraw_detail(solbakken, by=by, reason="Ført på feil person", act_id=act)

    assert not Placement.objects.filter(employer__name="Solbakken barnehage").exists()
    take_back(act, municipality_id=municipality.pk, by=by)
    assert Placement.objects.filter(employer__name="Solbakken barnehage").count() == 1


def test_a_placement_among_a_persons_columns_is_known_by_its_group(
    municipality: Municipality,
) -> None:
    row = SourceRow.objects.get(kind=TableKind.PERSON, link__participant=amina(), owner="refugee")
    by = operator(municipality)
    enter_in_row(
        row.pk,
        {"placements.1.kind": "private", "placements.1.unit": "Kiwi Torget"},
        by=by,
    )

    (kiwi,) = [
        each
        for each in details_of(amina(), TableKind.PLACEMENT)
        if each.values["placement.unit"] == "Kiwi Torget"
    ]
    assert (kiwi.row, kiwi.group) == (row.pk, 1)
    assert kiwi.name_in_row("placement.unit") == "placements.1.unit"
    withdraw_detail(kiwi, by=by, reason="Ble ikke noe av", act_id=uuid4())
    assert not Placement.objects.filter(employer__name="Kiwi Torget").exists()
