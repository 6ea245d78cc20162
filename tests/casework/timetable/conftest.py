"""Amina, in practice on two days that her workplace has, and a group that she is meant for."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django_scopes import scope

from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.training.models import Schooling
from innpass.domain.access.roles import Actor
from tests.factories.people import EmployerFactory, ParticipantFactory, settle
from tests.factories.weeks import group, open_on


@dataclass
class Centre:
    """Amina's learning centre and workplace, and who acts."""

    amina: Participant
    norwegian: TeachingGroup
    employer: Employer
    by: Actor

    def participant(self, name: str) -> Participant:
        """Make somebody else of the same class and workplace."""
        made = ParticipantFactory.create(
            municipality=self.amina.municipality, name=name, placement__employer=self.employer
        )
        in_class(made)
        return made


def in_class(person: Participant, name: str = "Norsk A1") -> None:
    Schooling.objects.create(municipality=person.municipality, participant=person, class_name=name)


@pytest.fixture
def centre(db: None) -> Iterator[Centre]:
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        employer = EmployerFactory.create(municipality=lillevik, name="Solbakken barnehage")
        open_on(employer, days=(3, 4))
        amina = ParticipantFactory.create(
            municipality=lillevik, name="Amina", placement__employer=employer
        )
        in_class(amina)
        settle([amina])
        yield Centre(amina, group(lillevik), employer, operator(lillevik))
