"""The shared overview."""

import json
from typing import Any
from uuid import uuid4

from tests.web.access.address import (
    ADVISER,
    ALL,
    BUT_ADMIN,
    CASEWORKERS,
    LEADERS,
    NAV,
    SUPERVISOR,
    Address,
    person,
)
from tests.web.access.town import HIDDEN, OPEN, Town


def changed(town: Town) -> dict[str, str]:
    """A cell of a person everybody sees, and one of a person hidden from most."""
    people = [town.people[life.number] for life in (OPEN, HIDDEN)]
    texts = [
        {"person": str(pk), "field": "next_step", "text": "Ring", "seen": "x"} for pk in people
    ]
    return {"changes": json.dumps(texts)}


def pasted(town: Town) -> dict[str, object]:
    people = [str(town.people[life.number]) for life in (OPEN, HIDDEN)]
    return {"person": people, "first": "next_step", "text": "Ring\nRing"}


def many(town: Town) -> dict[str, object]:
    people = [str(town.people[life.number]) for life in (OPEN, HIDDEN)]
    return {"person": people, "who": "marked", "field": "next_step", "text": "Ring"}


def nothing_there(town: Town) -> list[Any]:
    """Name a view that nobody has."""
    return [uuid4()]


ADDRESSES = [
    Address("overview:overview", ALL),
    Address("overview:overview", ALL, query="?sorter=behov&vis=alle", about="by need"),
    Address("overview:search", ALL, method="post", data={"search": "x"}, status=302),
    Address("overview:export", BUT_ADMIN, query="?vis=alle"),
    Address("overview:row", CASEWORKERS, person(OPEN)),
    Address(
        "overview:row", CASEWORKERS, person(OPEN), method="post", status=302, about="as it was"
    ),
    Address("overview:row", CASEWORKERS, person(HIDDEN), status=404, for_named=200, about="hidden"),
    Address(
        "overview:cell",
        {ADVISER, SUPERVISOR, NAV},
        lambda town: [*person(OPEN)(town), "last_contact"],
    ),
    Address(
        "overview:cell",
        {ADVISER, SUPERVISOR, NAV},
        lambda town: [*person(OPEN)(town), "last_contact"],
        method="post",
        data={"seen": json.dumps({"last_contact": "1.1.1999"}), "last_contact": "tull"},
        status=422,
        about="wrong",
    ),
    Address("overview:names", CASEWORKERS),
    Address("overview:save_cells", CASEWORKERS, method="post", data=changed),
    Address("overview:paste", CASEWORKERS, method="post", data=pasted),
    Address("overview:bulk", CASEWORKERS, method="post", data=many),
    Address(
        "overview:bulk", CASEWORKERS, method="post", data={"who": "all"}, about="all on the list"
    ),
    Address("overview:apply", CASEWORKERS, method="post", data=changed, status=409),
    Address("overview:undo", CASEWORKERS, method="post", data={"act": str(uuid4())}, status=302),
    Address("overview:changes", CASEWORKERS | LEADERS),
    Address("overview:changes", CASEWORKERS | LEADERS, method="post", status=302, about="all seen"),
    Address("overview:columns", BUT_ADMIN),
    Address("overview:columns", BUT_ADMIN, method="post", status=422, about="none"),
    Address(
        "overview:columns",
        BUT_ADMIN,
        query="?utvalg=besok",
        method="post",
        data={"column": ["teacher", "step"], "shown": ["teacher"]},
        status=302,
        about="chosen",
    ),
    Address("overview:views", ALL),
    Address("overview:new_view", ALL, query="?utvalg=besok"),
    Address(
        "overview:new_view",
        ALL,
        query="?utvalg=besok",
        method="post",
        data={"name": "Besøk", "shared": "1"},
        status=302,
        about="saved",
    ),
    Address("overview:start", ALL, method="post", data={"view": ""}, status=302),
    # Whose a view is, and who opens it, is told in tests/web/overview/test_views.py.
    Address("overview:view", ALL, nothing_there, status=404),
    Address("overview:view", ALL, nothing_there, method="post", status=404, about="renamed"),
    Address("overview:delete_view", ALL, nothing_there, method="post", status=404),
    Address("overview:update_view", ALL, nothing_there, method="post", status=404),
]
