from collections.abc import Iterator

import pytest
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.services import make_municipality


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    """A municipality whose scope the test runs in."""
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made
