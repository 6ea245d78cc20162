"""What the database knows about its own tables, by which it chooses between indexes."""

from contextlib import suppress

from django.db import OperationalError, connection

_ROWS_LOOKED_AT = 1000


def note_sizes() -> None:
    """Let SQLite look at samples of its tables again, in a tenth of a second.

    Without it SQLite takes a municipality for a handful of rows, and reads them all where another
    index would lead straight to the few that are wanted. PostgreSQL sees to it by itself. While
    somebody else writes for long, it is left for another time.
    """
    if connection.vendor == "sqlite":
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
