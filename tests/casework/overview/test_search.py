"""Searching the grid: whom words find, the same on both databases, and the index that helps."""

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.postgres.operations import TrigramExtension
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.models import Q
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.overview import queries
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.queries import Selection, selected
from innpass.casework.overview.services import refresh_rows
from innpass.casework.overview.trigrams import TRIGGERS, drop_index, make_index
from innpass.casework.participants.models import Identifier, Participant
from innpass.domain.access.roles import Actor
from tests.factories.people import TODAY

pytestmark = pytest.mark.django_db

NAMES = {
    "Oleksandr Shevchenko": "Олександр Шевченко",
    "Zoë Ångström-Müller": "",
    "Li Bo": "李博",
    "Amina Haddad": "أمينة حداد",
    "Shoma Sana": "",
    "Soma Sana": "",
}
ALL, NOBODY = set(NAMES), set[str]()
OLEKSANDR, ZOE, LI, AMINA, SHOMA, SOMA = NAMES

# words, whom they find
FOUND = [
    ("shev", {OLEKSANDR}),
    ("SHEVCHENKO", {OLEKSANDR}),
    ("Sjevtsjenko", {OLEKSANDR}),
    ("aleksander shev", {OLEKSANDR}),
    ("Шевченко", {OLEKSANDR}),
    ("Олександр", {OLEKSANDR}),
    ("zoe", {ZOE}),
    ("ZOË", {ZOE}),
    ("ångstrom", {ZOE}),
    ("Angstrom-Muller", {ZOE}),
    ("ü", {ZOE}),
    ("李", {LI}),
    ("amin", {AMINA}),
    ("أمينة", {AMINA}),
    # One letter or two stand in no index.
    ("l", {OLEKSANDR, ZOE, LI}),
    ("bo", {LI}),
    ("li bo", {LI}),
    ("o shev", {OLEKSANDR}),
    ("sh", {OLEKSANDR, SHOMA}),
    # A sound that takes two letters is another than its first letter.
    ("sana", {SHOMA, SOMA}),
    ("sjoma", {SHOMA}),
    ("soma", {SOMA}),
    # Numbers, and parts of them.
    ("42", {OLEKSANDR, AMINA}),
    ("4201", {OLEKSANDR}),
    ("amina 42", {AMINA}),
    ("amina 4201", NOBODY),
    ("v-4202", {AMINA}),
    # What other searches take for signs of their own means nothing here.
    ("%", ALL),
    ("_", ALL),
    ("*", ALL),
    ('"', ALL),
    ("sh%v", {OLEKSANDR}),
    ("s_ana", {SHOMA, SOMA}),
    ("shev*", {OLEKSANDR}),
    ('"shev"', {OLEKSANDR}),
    ("shev OR amina", NOBODY),
    ("search:shev", NOBODY),
    ("\\shev'); --", {OLEKSANDR}),
    ("xyzzy", NOBODY),
    ("a" * 100, NOBODY),
]


@pytest.fixture
def lillevik() -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        people = {
            name: Participant.objects.create(municipality=made, name=name, native_name=native)
            for name, native in NAMES.items()
        }
        for name, number in ((OLEKSANDR, "4201"), (AMINA, "V-4202")):
            Identifier.objects.create(
                municipality=made, participant=people[name], kind="visma_refugee", plain=number
            )
        write(made, *people.values())
        yield made


def write(municipality: Municipality, *people: Participant) -> None:
    refresh_rows(participants=[p.pk for p in people], municipality=municipality, on=TODAY)


def found(words: str, actor: Actor) -> set[str]:
    rows = selected(Selection(group="all", search=words), actor=actor, on=TODAY)
    return set(rows.values_list("name", flat=True))


@pytest.mark.parametrize(("words", "names"), FOUND)
def test_words_find_the_same_people_on_both_databases(
    words: str, names: set[str], lillevik: Municipality
) -> None:
    assert found(words, operator(lillevik)) == names


@pytest.mark.parametrize(("words", "names"), FOUND)
def test_whoever_may_read_less_finds_no_more(
    words: str, names: set[str], lillevik: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ("search_name", "search_native", "search_unit", "visma_refugee")
    monkeypatch.setattr(queries, "searchable", lambda actor: parts)
    assert found(words, operator(lillevik)) == names

    monkeypatch.setattr(queries, "searchable", lambda actor: ("search_unit",))
    assert found(words, operator(lillevik)) == (ALL if names == ALL else NOBODY)


@pytest.mark.parametrize(("words", "names"), FOUND)
def test_the_index_leaves_nobody_out(
    words: str, names: set[str], lillevik: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names above are the answer of the rows themselves, too."""
    monkeypatch.setattr(queries, "narrowed", lambda words: Q())

    assert found(words, operator(lillevik)) == names


def test_the_index_follows_what_changes(lillevik: Municipality) -> None:
    by = operator(lillevik)
    amina = Participant.objects.get(name=AMINA)
    amina.name, amina.native_name = "Yasmin Kaya", ""
    amina.save_version(expected=amina.version, fields=("name", "native_name"))

    write(lillevik, amina)
    assert (found("haddad", by), found("kaya", by)) == (NOBODY, {"Yasmin Kaya"})

    write(lillevik, amina)  # the same again
    assert found("jasmin", by) == {"Yasmin Kaya"}

    OverviewRow.objects.filter(participant=amina).update(search="noe annet", spellings="")
    assert (found("kaya", by), found("annet", by)) == (NOBODY, {"Yasmin Kaya"})

    OverviewRow.objects.filter(participant=amina).delete()
    assert found("annet", by) == NOBODY
    assert found("shev", by) == {OLEKSANDR}

    write(lillevik, amina)
    assert found("kaya", by) == {"Yasmin Kaya"}


def test_another_municipality_is_never_searched(lillevik: Municipality) -> None:
    other = make_municipality(name="Storevik", by=None)
    with scope(municipality=other):
        amina = Participant.objects.create(municipality=other, name="Amina Nilsen")
        write(other, amina)
        assert found("amina", operator(other)) == {"Amina Nilsen"}
    assert found("amina", operator(lillevik)) == {AMINA}


def test_the_index_is_there_after_all_migrations() -> None:
    """In SQLite a migration that alters ``OverviewRow`` must end with ``trigrams.make_index``."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'overview_overviewrow'"
            )
            assert sorted(name for (name,) in cursor.fetchall()) == sorted(TRIGGERS)
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'overview_trigrams'")
            assert "gin (search gin_trgm_ops, spellings gin_trgm_ops)" in cursor.fetchone()[0]


@pytest.mark.parametrize("words", ["shev", "aleksander", "amina"])
def test_a_search_goes_by_the_index(words: str, lillevik: Municipality) -> None:
    """For group keys and sounds, too: PostgreSQL's index knows letters and digits alone."""
    if connection.vendor == "sqlite":
        rows = selected(Selection(group="all", search=words), actor=operator(lillevik), on=TODAY)
        assert "overview_trigrams" in rows.explain()
        return
    (word,) = queries.sought(words)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        rows = OverviewRow._base_manager.filter(queries.matching(word, actor=operator(lillevik)))
        assert rows.explain().count("Bitmap Index Scan on overview_trigrams") == 2


def test_an_index_made_again_knows_every_row(lillevik: Municipality) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps its index whatever happens to the table
    with connection.cursor() as cursor:
        editor: Any = SimpleNamespace(connection=connection, execute=cursor.execute)
        drop_index(None, editor)  # type: ignore[arg-type]
        OverviewRow.objects.filter(name=LI).delete()

        make_index(None, editor)  # type: ignore[arg-type]

    assert found("shev", operator(lillevik)) == {OLEKSANDR}
    write(lillevik, Participant.objects.get(name=LI), Participant.objects.get(name=SOMA))
    assert found("sana", operator(lillevik)) == {SHOMA, SOMA}


def test_a_database_that_refuses_the_extension_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: Any) -> None:
        raise DatabaseError("permission denied to create extension")

    monkeypatch.setattr(TrigramExtension, "database_forwards", refuse)
    migration = import_module("innpass.casework.overview.migrations.0009_trigrams")

    with pytest.raises(CommandError, match=r"CREATE EXTENSION pg_trgm.*permission denied"):
        migration.Trigrams().database_forwards("overview", None, None, None)
