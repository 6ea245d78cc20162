"""What the database knows about its own tables, by which it chooses between indexes."""

from contextlib import suppress

from django.apps import apps
from django.db import OperationalError, connection

from innpass.casework.organisations.models import MunicipalityModel

_ROWS_LOOKED_AT = 1000


def note_sizes() -> None:
    """Let the database look at samples of its tables again, in some tenths of a second.

    Without it a database takes a municipality for a handful of rows, and reads them all where an
    index would lead straight to the few that are wanted. PostgreSQL would see to it by itself, but
    up to a minute after the import. While somebody else writes for long in SQLite, it is left for
    another time.
    """
    if connection.vendor == "sqlite":
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
        return
    tables = [m._meta.db_table for m in apps.get_models() if issubclass(m, MunicipalityModel)]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
