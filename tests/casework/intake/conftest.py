"""A term of Lillevik that is being prepared, and people who may start in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope

from innpass.casework.intake.models import IntakeTerm
from innpass.casework.intake.services import save_term
from tests.casework.intake.people import TERM
from tests.factories.cast import RAGNHILD, Town, make_town


@pytest.fixture(scope="module")
def staffed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Lillevik with its staff and nobody else, made once for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_town()
        transaction.set_rollback(True)


@pytest.fixture
def town(staffed: Town, db: None) -> Iterator[Town]:
    """The town; what a test does to it is undone."""
    with scope(municipality=staffed.municipality):
        yield staffed


@pytest.fixture
def term(town: Town) -> IntakeTerm:
    """August 2026, in groups of two or three."""
    return save_term(values=TERM, by=town.actor(RAGNHILD))


@pytest.fixture
def october(town: Town) -> IntakeTerm:
    """The term after it."""
    later = {"name": "Oktober", "first_day": date(2026, 10, 12), "cut_off": date(2026, 9, 25)}
    return save_term(values={**TERM, **later}, by=town.actor(RAGNHILD))
