"""Somebody at a workplace: what tests of following up begin with."""

from datetime import date, timedelta

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up.cases import case_for
from innpass.casework.placements.models import Placement
from innpass.casework.reconciliation.entering_rows import add_detail
from innpass.domain.sheets.records import TableKind, Value
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import PER, Town

UNIT = "Solbakken sykehjem"


def ago(days: int) -> date:
    """Return the day so many days before the day of the tests; negative for a day to come."""
    return TODAY - timedelta(days=days)


def stay(
    town: Town,
    name: str = "Amina",
    *,
    begun: int = 40,
    left: int | None = 60,
    unit: str = UNIT,
) -> Placement:
    """Let somebody be at a workplace as a sheet would tell; days from today."""
    person = town.people(name)
    values: dict[str, Value] = {
        "placement.kind": "municipal",
        "placement.unit": unit,
        "placement.first_day": ago(begun),
        "placement.last_day": None if left is None else ago(-left),
        "placement.hours_per_week": 15.0,
    }
    row = add_detail(person, TableKind.PLACEMENT, values, by=town.actor(PER))
    found: Placement = Placement.objects.get(participant=person, row_id=row)
    return found


def followed_case(town: Town, name: str = "Amina", **days: int) -> PlacementCase:
    """Return the case of somebody's stay."""
    return case_for(stay(town, name, **days), by=town.actor(PER), on=TODAY)  # type: ignore[arg-type]
