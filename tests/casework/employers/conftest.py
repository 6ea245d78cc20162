"""Lillevik with its staff, two service areas, a kindergarten, a school and a bakery."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django_scopes import scope

from innpass.casework.employers.models import PracticePlace, ServiceArea
from innpass.casework.employers.offers import PlaceValues, keep_place
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.domain.access.roles import Actor
from tests.factories.cast import NINA, Town, make_town
from tests.factories.people import TODAY, ParticipantFactory


@dataclass
class Map:
    """What the tests stand in; Nina is the coordinator, who keeps it."""

    town: Town
    upbringing: ServiceArea
    culture: ServiceArea
    kindergarten: Employer
    school: Employer
    bakery: Employer

    @property
    def nina(self) -> Actor:
        return self.town.actor(NINA)

    def offer(self, employer: Employer, name: str = "Assistent", **values: Any) -> PracticePlace:
        """Let an employer offer a place since the spring."""
        typed = {"offered_from": date(2026, 5, 4), "confirmed_on": TODAY, **values}
        return keep_place(
            employer=employer,
            place=None,
            values=PlaceValues(name=name, **typed),
            expected=0,
            by=self.nina,
        )

    def participant(
        self, name: str, at: Employer | None, last_day: date | None = date(2026, 7, 10)
    ) -> Participant:
        """Let somebody be in practice since February."""
        made: Participant = ParticipantFactory.create(
            municipality=self.town.municipality,
            name=name,
            given_name=name,
            placement=None,
        )
        if at is not None:
            made.placements.create(
                municipality=self.town.municipality,
                kind=at.kind,
                employer=at,
                first_day=date(2026, 2, 2),
                last_day=last_day,
            )
        return made


@pytest.fixture(scope="module")
def staffed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Lillevik with its staff and nobody else, made once for a module."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_town()
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


@pytest.fixture
def the_map(staffed: Town, db: None) -> Iterator[Map]:
    """The map; what a test does to it is undone."""
    staffed.clients.clear()
    municipality = staffed.municipality
    with scope(municipality=municipality):
        yield Map(
            staffed,
            *(
                ServiceArea.objects.create(municipality=municipality, name=name, employees=1000)
                for name in ("Oppvekst", "Kultur")
            ),
            *(
                Employer.objects.create(municipality=municipality, kind=kind, name=name, area=area)
                for kind, name, area in (
                    ("municipal", "Bakken barnehage", "Oppvekst"),
                    ("municipal", "Elva skole", "Oppvekst"),
                    ("private", "Nordvind Bakeri AS", ""),
                )
            ),
        )
