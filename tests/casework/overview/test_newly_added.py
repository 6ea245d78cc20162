"""The newly added stand on top of the usual order for a week, and nowhere else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django_scopes import scope

from innpass.casework.imports.models import ImportBatch
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.overview import queries
from innpass.casework.overview.building import build_rows
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.queries import Selection, ordered, rows_for
from innpass.casework.overview.services import refresh_due, refresh_rows
from innpass.casework.participants.models import Participant

pytestmark = pytest.mark.django_db
FIRST_IMPORT = date(2026, 6, 1)
ADDED = date(2026, 6, 24)


@pytest.fixture
def lillevik() -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def add(municipality: Municipality, name: str, on: date) -> Participant:
    """Somebody who came into the list on a day, with a row of that day."""
    made: Participant = Participant.objects.create(municipality=municipality, name=name)
    Participant.objects.filter(pk=made.pk).update(
        created_at=datetime(*on.timetuple()[:3], 9, tzinfo=UTC)
    )
    refresh_rows(participants=[made.pk], municipality=municipality, on=on)
    return made


def apply_first_import(municipality: Municipality) -> None:
    moment = datetime(*FIRST_IMPORT.timetuple()[:3], 8, tzinfo=UTC)
    ImportBatch.objects.create(
        municipality=municipality, status="applied", created_at=moment, applied_at=moment
    )


def in_order(municipality: Municipality, **selection: object) -> list[str]:
    chosen = Selection(group="all", **selection)  # type: ignore[arg-type]
    rows = rows_for(operator(municipality))
    return [row.name for row in ordered(rows, chosen)]


def test_the_new_stand_first_for_a_week(lillevik: Municipality) -> None:
    apply_first_import(lillevik)
    add(lillevik, "Bohdan", FIRST_IMPORT)
    add(lillevik, "Amina", FIRST_IMPORT)
    zoe = add(lillevik, "Zoe", ADDED)
    assert in_order(lillevik) == ["Zoe", "Amina", "Bohdan"]

    last = ADDED + timedelta(days=6)
    assert [row.is_new for row in build_rows([zoe.pk], on=last)] == [True]
    assert refresh_due(municipality=lillevik, on=last) == 0
    assert in_order(lillevik) == ["Zoe", "Amina", "Bohdan"]

    assert refresh_due(municipality=lillevik, on=last + timedelta(days=1)) == 1
    assert in_order(lillevik) == ["Amina", "Bohdan", "Zoe"]
    assert OverviewRow.objects.get(participant=zoe).changes_on is None


@pytest.mark.parametrize(
    "selection", [{"sort": "name"}, {"sort": "need", "descending": True}, {"sort": "hours"}]
)
def test_an_order_that_was_asked_for_is_kept(
    lillevik: Municipality, selection: dict[str, object]
) -> None:
    apply_first_import(lillevik)
    add(lillevik, "Amina", FIRST_IMPORT)
    add(lillevik, "Zoe", ADDED)
    assert in_order(lillevik, **selection) == ["Amina", "Zoe"]


def test_nobody_is_new_by_the_first_import(lillevik: Municipality) -> None:
    add(lillevik, "Amina", FIRST_IMPORT)
    assert not OverviewRow.objects.get().is_new
    apply_first_import(lillevik)
    add(lillevik, "Zoe", FIRST_IMPORT)
    assert not OverviewRow.objects.filter(is_new=True).exists()


def test_the_usual_order_is_read_from_its_index(lillevik: Municipality) -> None:
    """PostgreSQL, which reads few rows without an index, is asked to use one all the same."""
    rows = queries.selected(Selection(), actor=operator(lillevik), on=ADDED)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;"
                "SET LOCAL enable_sort = off"
            )
    plan = ordered(rows, Selection()).values("pk")[:50].explain()
    assert "overview_need" in plan
    assert "TEMP B-TREE" not in plan
    if connection.vendor == "sqlite":
        assert "USING COVERING INDEX overview_need" in plan
