"""What was said as saved is what holds, also where several rows tell of the same."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.details import details_of
from innpass.casework.reconciliation.entering import Wanted
from innpass.casework.reconciliation.entering_cells import enter_cells
from innpass.casework.reconciliation.entering_rows import add_detail, enter_in_row
from innpass.casework.reconciliation.present import present_details
from innpass.casework.reconciliation.taking_back import take_back
from innpass.domain.sheets.records import TableKind
from innpass.exchange.clock import today
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in, workbook
from tests.casework.reconciliation.little import AMINA

PLACED = {"kind": "private", "unit": "Kiwi", "first_day": date(2026, 3, 2)}
TESTED = {"date": date(2026, 5, 4), "goal": "A2", "reached": True}
UNTIL = {"last_day": date(2026, 12, 18)}


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    twice = workbook(
        little.refugee_people((AMINA,)),
        ("Timeplan", [row for _n in range(2) for row in little.schedule((AMINA,))[1]]),
    )
    take_in(municipality, {"a.xlsx": twice})


def amina() -> Participant:
    found: Participant = Participant.objects.get(identifiers__plain=AMINA)
    return found


def add(municipality: Municipality, table: TableKind, values: dict[str, Any]) -> UUID:
    named = {f"{table}.{name}": value for name, value in values.items()}
    return add_detail(amina(), table, named, by=operator(municipality))


def add_to_person_row(municipality: Municipality, values: dict[str, Any]) -> None:
    row = amina().row_links.get(row__kind=TableKind.PERSON, row__owner="refugee").row_id
    cells = {f"placements.0.{name}": value for name, value in values.items()}
    enter_in_row(row, cells, by=operator(municipality))


CASES = [
    ("activity.hours_per_week", 20.0, [], []),
    ("test.goal", "B1", [TESTED, TESTED], []),
    ("test.reached", False, [TESTED, TESTED | {"reached": None}], []),
    ("placement.unit", "Rema", [PLACED, PLACED], []),
    ("placement.first_day", date(2026, 4, 7), [PLACED, PLACED], []),
    ("placement.last_day", date(2026, 12, 18), [PLACED, PLACED], []),
    ("placement.last_day", None, [PLACED | UNTIL, PLACED | UNTIL], []),
    ("placement.last_day", None, [PLACED | UNTIL], [PLACED | UNTIL]),
    ("placement.last_day", None, [PLACED], [PLACED | UNTIL]),
    ("placement.last_day", None, [PLACED | UNTIL], [PLACED | {"last_day": date(2026, 12, 21)}]),
    ("placement.last_day", date(2026, 11, 2), [PLACED, PLACED], [PLACED | UNTIL]),
    ("placement.unit", "Rema", [PLACED | UNTIL], [PLACED | UNTIL]),
]


@pytest.mark.parametrize(("field", "value", "entered", "in_columns"), CASES)
def test_what_was_said_as_saved_is_what_holds(
    municipality: Municipality,
    field: str,
    value: Any,
    entered: list[dict[str, Any]],
    in_columns: list[dict[str, Any]],
) -> None:
    kind = TableKind(field.partition(".")[0])
    for values in entered:
        add(municipality, kind, values)
    for values in in_columns:
        add_to_person_row(municipality, values)
    by = operator(municipality)
    before = [each.values for each in details_of(amina(), kind)]
    assert len(before) == 1
    act = uuid4()

    (outcome,) = enter_cells(
        [Wanted(amina().pk, field, value)], municipality_id=municipality.pk, by=by, act_id=act
    )

    assert outcome.code == "saved"
    (holds,) = details_of(amina(), kind)
    assert holds.values[field] == value
    assert present_details([amina()], on=today())[amina().pk][kind].value(field) == value
    take_back(act, municipality_id=municipality.pk, by=by)
    assert [each.values for each in details_of(amina(), kind)] == before


def test_hours_are_saved_beside_what_decides_whether_they_count(municipality: Municipality) -> None:
    """The cell means what stood on the screen, also where the act itself changes that."""
    pk = amina().pk
    mark = present_details([amina()], on=today())[pk][TableKind.ACTIVITY].mark
    wanted = [
        Wanted(pk, "programme.start", date(2026, 12, 1)),
        Wanted(pk, "activity.hours_per_week", 20.0, about=mark),
    ]

    outcomes = enter_cells(wanted, municipality_id=municipality.pk, by=operator(municipality))

    assert [each.code for each in outcomes] == ["saved", "saved"]
    (holds,) = details_of(amina(), TableKind.ACTIVITY)
    assert holds.values["activity.hours_per_week"] == 20
