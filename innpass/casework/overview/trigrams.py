"""An index of every three letters in a row, so that a search reads the few rows that can match.

It only narrows down: whether a row matches is asked of the row itself, in the same words on both
databases (``queries.matching``). PostgreSQL has such an index of its own (``pg_trgm``) and finds it
by itself. In SQLite it is a table of the kind FTS5, which knows each row by a whole number and is
kept in step by triggers. It holds which letters stand in a row but not in which order, so that it
tells nobody's name.
"""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.db.models.expressions import RawSQL

from innpass.casework.overview.spellings import spelling

LETTERS = 3  # shorter words are in no index
TRIGGERS = ("overview_searched_added", "overview_searched_changed", "overview_searched_removed")

_NUMBER = "(SELECT number FROM overview_searched WHERE row_id = {row}.id)"
_LEARN = f"""
    INSERT INTO overview_trigrams (rowid, search, spellings)
    VALUES ({_NUMBER.format(row="new")}, new.search, new.spellings);
"""  # noqa: S608 - only names of ours
_FORGET = f"""
    INSERT INTO overview_trigrams (overview_trigrams, rowid, search, spellings)
    VALUES ('delete', {_NUMBER.format(row="old")}, old.search, old.spellings);
"""  # noqa: S608
_DROP = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS),
    "DROP TABLE IF EXISTS overview_trigrams",
    "DROP TABLE IF EXISTS overview_searched",
)
_MAKE = (
    # A row's own rowid would not do: SQLite may change it when it tidies up the file.
    "CREATE TABLE overview_searched (number integer PRIMARY KEY, row_id char(32) NOT NULL UNIQUE)",
    """CREATE VIRTUAL TABLE overview_trigrams
    USING fts5(search, spellings, content='', detail=none, columnsize=0, tokenize='trigram')""",
    f"""CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON overview_overviewrow BEGIN
    INSERT INTO overview_searched (row_id) VALUES (new.id);{_LEARN}END""",  # noqa: S608
    f"""CREATE TRIGGER {TRIGGERS[1]} AFTER UPDATE OF search, spellings ON overview_overviewrow
    WHEN old.search <> new.search OR old.spellings <> new.spellings BEGIN{_FORGET}{_LEARN}END""",
    f"""CREATE TRIGGER {TRIGGERS[2]} AFTER DELETE ON overview_overviewrow BEGIN{_FORGET}
    DELETE FROM overview_searched WHERE row_id = old.id;END""",  # noqa: S608
    "INSERT INTO overview_searched (row_id) SELECT id FROM overview_overviewrow",
    """INSERT INTO overview_trigrams (rowid, search, spellings)
    SELECT number, search, spellings
    FROM overview_searched JOIN overview_overviewrow ON id = row_id""",
)


def make_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make SQLite's index from the rows there are. A step of migrations (``RunPython``).

    Django alters a column in SQLite by making the table anew, whereby its triggers go: a migration
    that alters ``OverviewRow`` takes this step again at its end.
    """
    if schema_editor.connection.vendor == "sqlite":
        for statement in (*_DROP, *_MAKE):
            schema_editor.execute(statement)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take SQLite's index away: ``make_index`` backwards."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _DROP:
            schema_editor.execute(statement)


def narrowed(words: Sequence[str]) -> Q:
    """Return a condition that leaves out most rows without all the words, and none with them.

    A word stands in a row's ``search``, or its key in ``spellings``.
    """
    asked = [
        f"({_letters_of(word)}) OR ({_letters_of(spelling(word))})"
        for word in words
        if len(word) >= LETTERS
    ]
    if connection.vendor != "sqlite" or not asked:
        return Q()
    found = RawSQL(
        "SELECT row_id FROM overview_searched WHERE number IN"
        " (SELECT rowid FROM overview_trigrams WHERE overview_trigrams MATCH %s)",
        [" AND ".join(f"({either})" for either in asked)],
    )
    return Q(pk__in=found)


def _letters_of(text: str) -> str:
    """Return the question for every three letters of a text, in the words of FTS5."""
    threes = (text[at : at + LETTERS] for at in range(len(text) - LETTERS + 1))
    return " AND ".join(f'"{three}"' for three in threes)
