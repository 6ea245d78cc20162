"""A placement that runs, for tests of what employers see and say of it."""

from datetime import date
from typing import Any
from uuid import uuid4

from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from tests.factories.cast import PER, Town

TODAY = date(2026, 6, 30)  # a Tuesday
FIRST, LAST = date(2026, 6, 1), date(2026, 8, 31)
MONDAY_AND_TUESDAY = [[0, 480, 900], [1, 480, 900]]


def running_case(
    town: Town, name: str = "Amina", *, employer: str = "Solbakken sykehjem", **content: Any
) -> PlacementCase:
    """Return a placement that all have agreed on, Mondays and Tuesdays from 8 to 15."""
    return agreed(town.people(name), by=town.users[PER], employer=employer, **content)


def agreed(
    person: Participant, *, by: Any, employer: str = "Solbakken sykehjem", **content: Any
) -> PlacementCase:
    """Return a placement of somebody at an employer that no sheet names."""
    at = Employer.objects.get_or_create(
        municipality=person.municipality, kind="municipal", name=employer
    )[0]
    case: PlacementCase = PlacementCase.objects.create(
        municipality=person.municipality,
        participant=person,
        employer=at,
        kind="municipal_practice",
        proposed_on=date(2026, 5, 4),
        supervisor=by,
        row=uuid4(),
    )
    values = {
        "number": 1,
        "kind": "made",
        "made_on": date(2026, 5, 20),
        "employer_name": at.name,
        "first_day": FIRST,
        "last_day": LAST,
        "days": MONDAY_AND_TUESDAY,
        "minutes_per_week": 840,
        "tasks": "Gjøre klar mat og dekke bord",
        "goals": ["experience", "language"],
        "goal_text": "Bli trygg i samtaler med beboere",
        "contacts": {"supervisor": {"name": str(by), "phone": "40 00 00 00", "email": ""}},
        "in_force_at": "2026-05-28T10:00:00Z",
        **content,
    }
    AgreementVersion.objects.create(municipality=person.municipality, case=case, **values)
    return case
