"""A participant: open, protected, of another municipality, of none."""

from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    ALL,
    CASEWORKERS,
    LEADERS,
    NAV,
    Address,
    person,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN

TEAM = CASEWORKERS | LEADERS

ADDRESSES = [
    Address("participant:participant", ALL, person(OPEN), notes_reading=True, about="open"),
    Address(
        "participant:participant",
        ALL,
        person(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "participant:participant",
        ALL,
        person(ABROAD),
        status=404,
        notes_reading=True,
        about="abroad",
    ),
    Address("participant:participant", ALL, lambda _: [UUID(int=7)], status=404, about="nobody"),
    Address(
        "participant:reveal_identifier",
        {ADVISER, NAV},
        person(OPEN),
        method="post",
        data={"identifier": "fnr"},
        reveals=True,
        notes_reading=True,
        about="open",
    ),
    Address(
        "participant:reveal_identifier",
        {ADVISER},
        person(OPEN),
        method="post",
        data={"identifier": "duf"},
        reveals=True,
        notes_reading=True,
        about="open, DUF",
    ),
    Address(
        "participant:reveal_identifier",
        ALL,
        person(HIDDEN),
        method="post",
        data={"identifier": "fnr"},
        status=404,
        for_named=200,
        reveals=True,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "participant:reveal_identifier",
        ALL,
        person(ABROAD),
        method="post",
        data={"identifier": "fnr"},
        status=404,
        reveals=True,
        notes_reading=True,
        about="abroad",
    ),
    Address(
        "participant:rules",
        TEAM,
        person(OPEN),
        query="?dag=2026-06-30",
        notes_reading=True,
        about="open",
    ),
    Address(
        "participant:rules",
        TEAM,
        person(OPEN),
        query="?dag=i%20fjor",
        notes_reading=True,
        about="open, no date",
    ),
    Address(
        "participant:rules",
        TEAM,
        person(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "participant:rules", TEAM, person(ABROAD), status=404, notes_reading=True, about="abroad"
    ),
]
