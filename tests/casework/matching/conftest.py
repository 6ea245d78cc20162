"""Lillevik's staff, people who look for a place, and places that take them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scope

from innpass.casework.employers.models import PracticePlace
from innpass.casework.matching.models import WorkProfile
from innpass.casework.participants.models import Participant
from innpass.casework.training.models import Schooling
from innpass.domain.access.roles import Actor
from tests.factories.cast import PER, RAGNHILD, Town, make_town
from tests.factories.people import EmployerFactory, ParticipantFactory

TODAY = date(2026, 6, 30)
MONDAY = date(2026, 7, 20)


@dataclass
class Office:
    """Where places are found for people."""

    town: Town
    supervisor: Actor
    adviser: Actor
    made: int = 0

    def seeker(self, name: str, *, level: str = "A2", **profile: Any) -> Participant:
        """Make somebody in the programme without a place, with a level and a profile.

        Each has waited a day less than the one before.
        """
        self.made += 1
        made: Participant = ParticipantFactory.create(
            municipality=self.town.municipality,
            name=name,
            given_name=name.split()[0],
            family_name=name.partition(" ")[2],
            placement=None,
            element=None,
            enrolment__first_day=date(2026, 1, 5) + timedelta(days=self.made),
        )
        Schooling.objects.create(
            municipality=made.municipality, participant=made, listening=level, speaking=level
        )
        if profile:
            WorkProfile.objects.create(municipality=made.municipality, participant=made, **profile)
        return made

    def place(self, employer: str = "Solbakken barnehage", **values: Any) -> PracticePlace:
        """Make a place for one, of any level, every day from 8 to 15.30."""
        at = EmployerFactory.create(municipality=self.town.municipality, name=employer)
        made: PracticePlace = PracticePlace.objects.create(
            municipality=self.town.municipality,
            employer=at,
            **{
                "name": f"Plass ved {employer}",
                "weekdays": [0, 1, 2, 3, 4],
                "offered_from": date(2026, 1, 1),
                **values,
            },
        )
        return made


@pytest.fixture
def office(db: None, settings: Any) -> Iterator[Office]:
    settings.INNPASS_TODAY = TODAY
    town = make_town()
    with scope(municipality=town.municipality):
        yield Office(town, town.actor(PER), town.actor(RAGNHILD))
