from collections.abc import Callable, Iterator

import pytest
from django_scopes import scope

from innpass.casework.jobs import registry
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.domain.access.roles import Actor


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    """A municipality whose scope the test runs in."""
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


@pytest.fixture
def by(municipality: Municipality) -> Actor:
    return operator(municipality)


@pytest.fixture(autouse=True)
def _no_other_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the jobs that Innpass itself knows."""
    monkeypatch.setattr(registry, "_functions", {})
    monkeypatch.setattr(registry, "_periods", {})


@pytest.fixture
def does() -> Iterator[Callable[[registry.JobFunction], str]]:
    """Register a function for this test alone; return the kind of job it does."""
    registered: list[str] = []

    def register(function: registry.JobFunction, minutes: int | None = None) -> str:
        kind = f"trial.{len(registered)}"
        registered.append(kind)
        registry.job(kind)(function)
        if minutes is not None:
            registry.every(minutes=minutes)(function)
        return kind

    yield register
    for kind in registered:
        registry.forget(kind)
