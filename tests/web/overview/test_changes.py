"""What others changed since one last looked."""

import json
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from innpass.casework.overview.models import Visit
from innpass.casework.overview.visits import (
    PAUSE,
    changed_columns,
    changes_since,
    mark_all_seen,
    note_visit,
)
from tests.factories.cast import LIV, NINA, PER, RAGNHILD, Town

NOW = timezone.now()


def test_a_visit_ends_with_a_pause_and_the_next_begins(town: Town) -> None:
    per = town.actor(PER)

    assert note_visit(per, now=NOW) is None
    assert note_visit(per, now=NOW + timedelta(minutes=5)) is None
    later = NOW + timedelta(minutes=6) + PAUSE
    assert note_visit(per, now=later) == NOW + timedelta(minutes=5)
    assert note_visit(per, now=later + timedelta(minutes=5)) == NOW + timedelta(minutes=5)

    mark_all_seen(per, now=later + timedelta(minutes=6))
    assert note_visit(per, now=later + timedelta(minutes=7)) == later + timedelta(minutes=6)
    assert Visit.objects.count() == 1


@pytest.fixture
def since(town: Town) -> datetime:
    """Let Ragnhild change who supervises Amina; return a moment before."""
    before = timezone.now()
    changes = [
        {
            "person": str(town.people("Amina").pk),
            "field": "programme.supervisor",
            "text": "Nora Vik",
            "seen": town.people("Amina").enrolment.supervisor,
        }
    ]
    town.browser(RAGNHILD).post(reverse("overview:save_cells"), {"changes": json.dumps(changes)})
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


def test_a_hidden_person_changes_for_nobody_else(town: Town, since: datetime) -> None:
    town.protect("Amina", named=(RAGNHILD,))
    assert changes_since(since, actor=town.actor(PER)) == []
