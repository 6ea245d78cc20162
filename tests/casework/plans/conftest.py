"""A person, and one who may turn out to be the same."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant


@pytest.fixture
def amina(db: None) -> Iterator[Participant]:
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        yield Participant.objects.create(municipality=lillevik, name="Amina")


@pytest.fixture
def second(amina: Participant) -> Participant:
    person: Participant = Participant.objects.create(
        municipality=amina.municipality, name="Amina Haddad"
    )
    return person
