"""Somebody who began in September 2025 on track 2, and one who may turn out to be the same."""

from collections.abc import Iterator
from datetime import date

import pytest
from django_scopes import scope

from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.models import Schooling


def pupil(like: Participant, name: str, *, start: date, track: int | None = 2) -> Participant:
    """Somebody else of the same municipality."""
    tenant = like.municipality
    person: Participant = Participant.objects.create(municipality=tenant, name=name)
    Enrolment.objects.create(municipality=tenant, participant=person, first_day=start)
    if track:
        Schooling.objects.create(municipality=tenant, participant=person, track=track)
    return person


@pytest.fixture
def amina(db: None) -> Iterator[Participant]:
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        person = Participant(municipality=lillevik, name="Amina")
        person.save()
        Enrolment.objects.create(
            municipality=lillevik, participant=person, first_day=date(2025, 9, 1)
        )
        Schooling.objects.create(municipality=lillevik, participant=person, track=2)
        yield person
