"""Zahra, in practice on two days that her workplace has, and a group that she is meant for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.models import TeachingGroup, Timetable
from innpass.casework.timetable.services import Hand, keep_week
from innpass.casework.training.models import Schooling
from innpass.domain.planning.reasons import Weekday
from tests.factories.cast import RAGNHILD, Town
from tests.factories.people import EmployerFactory, ParticipantFactory, settle
from tests.factories.weeks import WEEK, group, open_on

THEN = f"?uke={WEEK}"
Stays = tuple[tuple[Weekday, int, int], ...]
STAYS: Stays = ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930))


@dataclass
class Centre:
    """Zahra's learning centre and workplace, in a town with staff."""

    town: Town
    zahra: Participant
    norwegian: TeachingGroup
    employer: Employer

    def participant(self, name: str) -> Participant:
        """Make somebody else of the same class and workplace."""
        made: Any = ParticipantFactory(
            municipality=self.town.municipality, name=name, placement__employer=self.employer
        )
        Schooling.objects.create(
            municipality=self.town.municipality, participant=made, class_name="Norsk A1"
        )
        settle([made])
        return made

    def keep(
        self,
        person: Participant | None = None,
        *,
        stays: Stays = STAYS,
        expected: UUID | None = None,
    ) -> Timetable:
        """Put a week of the group and some stays in force."""
        return keep_week(
            participant=person or self.zahra,
            week=WEEK,
            hand=Hand(frozenset({self.norwegian.pk}), stays),
            only_this_week=False,
            reason="",
            expected=expected,
            by=self.town.actor(RAGNHILD),
        )

    def href(self, name: str, *arguments: object) -> str:
        """Return an address in the week that is planned; of Zahra where nobody is named."""
        return reverse(f"timetable:{name}", args=arguments or [self.zahra.pk]) + THEN


@pytest.fixture
def centre(town: Town) -> Centre:
    here = town.municipality
    employer: Any = EmployerFactory(municipality=here, name="Solbakken barnehage")
    open_on(employer, days=(3, 4))
    zahra: Any = ParticipantFactory(municipality=here, name="Zahra", placement__employer=employer)
    Schooling.objects.create(municipality=here, participant=zahra, class_name="Norsk A1")
    settle([zahra])
    return Centre(town, zahra, group(here), employer)
