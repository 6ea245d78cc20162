"""What others changed since one last looked."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from innpass.casework.overview.models import SavedView
from innpass.casework.overview.saved_views import choose_columns, views_of
from innpass.casework.overview.visits import (
    PAUSE,
    changed_columns,
    changes_since,
    mark_all_seen,
    note_visit,
)
from tests.factories.cast import LIV, NINA, PER, RAGNHILD, Town

NOW = timezone.now()


def looks(town: Town, *, now: datetime) -> datetime | None:
    """Let Per look at the list; returns when his visit before this one ended."""
    per = town.actor(PER)
    return note_visit(views_of(per).visit, actor=per, now=now)


def test_a_visit_ends_with_a_pause_and_the_next_begins(town: Town) -> None:
    per = town.actor(PER)

    assert looks(town, now=NOW) is None
    assert looks(town, now=NOW + timedelta(minutes=5)) is None
    later = NOW + timedelta(minutes=6) + PAUSE
    assert looks(town, now=later) == NOW + timedelta(minutes=5)
    assert looks(town, now=later + timedelta(minutes=5)) == NOW + timedelta(minutes=5)

    mark_all_seen(per, now=later + timedelta(minutes=6))
    assert looks(town, now=later + timedelta(minutes=7)) == later + timedelta(minutes=6)
    choose_columns(["step"], by=per)
    assert looks(town, now=later + timedelta(minutes=8)) == later + timedelta(minutes=6)
    assert SavedView.objects.count() == 1


def test_who_chose_columns_before_looking_has_a_first_visit(town: Town) -> None:
    choose_columns(["step"], by=town.actor(PER))

    assert looks(town, now=NOW) is None
    assert looks(town, now=NOW + timedelta(minutes=1) + PAUSE) == NOW
    assert views_of(town.actor(PER)).columns == ("step",)


def test_whoever_only_looks_writes_nothing_for_some_minutes(town: Town) -> None:
    where = reverse("overview:overview")
    town.browser(PER).get(where)

    with CaptureQueriesContext(connection) as asked:
        for address in ("", "?sorter=navn", "?vis=alle"):
            town.browser(PER).get(where + address)

    words = {each["sql"].split()[0] for each in asked}
    assert "SELECT" in words
    assert not words & {"INSERT", "UPDATE", "DELETE"}


def change_supervisor(town: Town) -> None:
    """Let Ragnhild change who supervises Amina."""
    changes = [
        {
            "person": str(town.people("Amina").pk),
            "field": "programme.supervisor",
            "text": "Nora Vik",
            "seen": town.people("Amina").enrolment.supervisor,
        }
    ]
    town.browser(RAGNHILD).post(reverse("overview:save_cells"), {"changes": json.dumps(changes)})


@pytest.fixture
def since(town: Town) -> datetime:
    """Let Ragnhild change who supervises Amina; return a moment before."""
    before = timezone.now()
    change_supervisor(town)
    return before


def test_others_see_a_mark_and_oneself_none(town: Town, since: datetime) -> None:
    amina = town.people("Amina").pk

    def marks(name: str) -> object:
        return changed_columns([amina], since=since, actor=town.actor(name)).get(amina)

    assert marks(PER) == frozenset({"supervisor"})
    assert marks(LIV) == frozenset({"supervisor"})
    assert marks(RAGNHILD) is None
    assert marks(NINA) is None  # who may not read what stood there before
    assert changed_columns([amina], since=None, actor=town.actor(PER)) == {}
    assert changes_since(since, actor=town.actor(NINA)) == []
    (told,) = changes_since(since, actor=town.actor(PER))
    assert (told.field, told.after, told.by) == (
        "programme.supervisor",
        "Nora Vik",
        town.users[RAGNHILD].pk,
    )


def test_the_list_marks_what_others_changed(town: Town) -> None:
    where = reverse("overview:overview")
    for name in (PER, RAGNHILD):
        town.browser(name).get(where)
    SavedView.objects.update(seen_until=timezone.now())

    def marks(name: str) -> dict[str, str]:
        rows = town.browser(name).get(where).context["page"].rows
        return {row.name.split()[0]: row.changed for row in rows}

    assert marks(PER) == {"Amina": "", "Bohdan": "", "Celine": ""}
    change_supervisor(town)
    assert marks(PER) == {"Amina": "supervisor", "Bohdan": "", "Celine": ""}
    assert marks(RAGNHILD) == {"Amina": "", "Bohdan": "", "Celine": ""}
    town.protect("Amina", named=(RAGNHILD,))
    assert marks(PER) == {"Bohdan": "", "Celine": ""}


def test_a_hidden_person_changes_for_nobody_else(town: Town, since: datetime) -> None:
    town.protect("Amina", named=(RAGNHILD,))
    assert changes_since(since, actor=town.actor(PER)) == []
