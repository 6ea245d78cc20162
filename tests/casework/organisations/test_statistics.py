import pytest
from django.db import OperationalError, connection

from innpass.casework.organisations.services import make_municipality
from innpass.casework.organisations.statistics import note_sizes


@pytest.mark.sqlite
def test_sqlite_knows_how_many_rows_an_index_has(db: None) -> None:
    make_municipality(name="Lillevik", by=None)
    note_sizes()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stat FROM sqlite_stat1 WHERE tbl = 'organisations_organisation' "
            "AND idx LIKE '%%municipality_id%%'"
        )
        assert all(stat.startswith("3 ") for (stat,) in cursor.fetchall())


@pytest.mark.sqlite
def test_it_waits_for_another_time_while_somebody_writes(db: None) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    with connection.execute_wrapper(locked):
        note_sizes()


@pytest.mark.postgresql
def test_postgresql_knows_at_once_how_many_rows_a_table_has(db: None) -> None:
    make_municipality(name="Lillevik", by=None)
    note_sizes()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE relname = 'organisations_organisation'"
        )
        assert cursor.fetchall() == [(3,)]
