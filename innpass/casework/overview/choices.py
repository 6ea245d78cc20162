"""The values that filters of the grid can take, found without reading every row."""

from typing import Any

from django.db import connection

from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Actor

# The filters that offer the values there are; each is a column with an index of its own.
OFFERED = ("supervisor", "adviser", "term", "class_name", "track")
_BEFORE_ALL: dict[str, Any] = {"track": -1}  # of text: the empty text, which is no choice

# From each value the index leads to the next: as many steps as values, however many rows.
_VALUES_OF = """
{name}_values (value) AS (
    SELECT * FROM (SELECT {column} FROM {table}
        WHERE municipality_id = %s AND {column} > %s AND participant_id NOT IN ({protected})
        ORDER BY {column} LIMIT 1) AS first_value
    UNION ALL
    SELECT (SELECT {column} FROM {table}
        WHERE municipality_id = %s AND {column} > value AND participant_id NOT IN ({protected})
        ORDER BY {column} LIMIT 1)
    FROM {name}_values WHERE value IS NOT NULL
)"""


def offered_choices(*, actor: Actor) -> dict[str, list[str]]:
    """Return the values each filter can take, in order, in one query.

    People with a protected address offer nothing, not even to those who may see them.
    """
    hidden = Participant.objects.filter(is_protected=True).values("pk")  # raises without a scope
    protected, of_protected = hidden.query.sql_with_params()
    municipality = OverviewRow._meta.get_field("municipality").get_db_prep_value(
        actor.municipality_id, connection
    )
    parts, selects, params = [], [], []
    for name in OFFERED:
        parts.append(
            _VALUES_OF.format(
                name=name,
                column=connection.ops.quote_name(name),
                table=connection.ops.quote_name(OverviewRow._meta.db_table),
                protected=protected,
            )
        )
        params += [municipality, _BEFORE_ALL.get(name, ""), *of_protected]
        params += [municipality, *of_protected]
        selects.append(
            f"SELECT '{name}', CAST(value AS text) FROM {name}_values WHERE value IS NOT NULL"  # noqa: S608
        )
    offered: dict[str, list[str]] = {name: [] for name in OFFERED}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH RECURSIVE {','.join(parts)} {' UNION ALL '.join(selects)}", params)
        for name, value in cursor.fetchall():
            offered[name].append(value)
    return {name: sorted(values) for name, values in offered.items()}
