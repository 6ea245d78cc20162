"""Eight people write at once, each in a process of its own: no edit is lost, and nobody errs."""

import os
import subprocess
import sys
from ast import literal_eval
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
WRITERS, EDITS = 8, 38

SEED = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django_scopes import scope
from innpass.casework.organisations.services import make_municipality
from tests.casework.reconciliation import importing, little
made = make_municipality(name="Lillevik", by=None)
with scope(municipality=made):
    importing.take_in(made, {"a.xlsx": little.refugee(), "skole.xlsx": little.learning()})
"""
LOOK = """
import django; django.setup()
from django_scopes import scopes_disabled
from innpass.casework.imports.models import CellEdit
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.cards import stored_cards, value_of
with scopes_disabled():
    people = {p.pk: p for p in Participant.objects.all()}
    cards = stored_cards(list(people.values()))
    last = {}
    for edit in CellEdit.objects.select_related("row__link").order_by("said_at", "pk"):
        cell = (edit.row.link.participant_id, edit.field)
        if cell in last:
            assert edit.before == last[cell], ("overwritten unseen", edit.before, last[cell])
        last[cell] = edit.value
    for (pk, field), value in last.items():
        assert value_of(cards[pk], field) == value, (field, value)
    print(CellEdit.objects.count())
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database of its own of the kind the tests run on, empty; its address."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'writers.sqlite3'}"
        return
    given = {**settings.DATABASES["default"], **connection.get_connection_params()}
    name = f"writers_{uuid4().hex[:8]}"
    server = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as postgres:
        postgres.execute(f"CREATE DATABASE {name}")
        address = os.environ["INNPASS_DATABASE_URL"]
        head, _, tail = address.rpartition("/")
        query = f"?{tail.partition('?')[2]}" if "?" in tail else ""
        yield f"{head}/{name}{query}"
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(database: str, *arguments: str) -> "subprocess.Popen[str]":
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "innpass.config.settings.dev",
        "INNPASS_DATABASE_URL": database,
        "INNPASS_TODAY": "2026-06-30",
    }
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def said(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err[-2000:]
    return out


def test_eight_writers_lose_nothing(database: str) -> None:
    said(start(database, "-c", SEED))

    writer = "tests.casework.reconciliation.writers"
    writers = [start(database, "-m", writer, str(n), str(EDITS)) for n in range(WRITERS)]
    told = sum((Counter(literal_eval(said(each))) for each in writers), Counter())

    assert told["saved"] == WRITERS * EDITS
    assert set(told) <= {"saved", "changed_meanwhile"}
    assert told["changed_meanwhile"] > 0  # three people, four fields: they did meet
    assert int(said(start(database, "-c", LOOK))) == WRITERS * EDITS
