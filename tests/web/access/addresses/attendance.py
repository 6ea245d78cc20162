"""Who came: a day, a group's session, a workplace's day, a person, and whom to follow up."""

from datetime import date
from typing import Any

from tests.web.access.address import (
    ADVISER,
    CASEWORKERS,
    LEADER,
    LEADERS,
    SUPERVISOR,
    TEACHER,
    Address,
    person,
)
from tests.web.access.attended import START, THEN
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Town

READ = CASEWORKERS | LEADERS
NOTE = {SUPERVISOR, ADVISER, TEACHER}
LIMITS = {"percent": "80", "row": "3", "from": "1.1.2030"}
LATER = date(2026, 7, 9)


def session(town: Town) -> list[Any]:
    return [town.weeks["group"], THEN, START]


def never(town: Town) -> list[Any]:
    return [town.weeks["group"], THEN, START + 1]


def stay(town: Town) -> list[Any]:
    return [town.weeks["employer"], LATER]


def hidden_stay(town: Town) -> list[Any]:
    return [town.weeks["hidden_employer"], LATER]


def tapped(town: Town) -> dict[str, str]:
    pk = town.people[OPEN.number]
    return {f"s-{pk}": "borte", f"k-{pk}": "doctors_note", f"v-{pk}": "1"}


ADDRESSES = [
    Address("attendance:day", READ, query=f"?dag={THEN}"),
    Address("attendance:day", READ, query="?dag=tull", about="odd"),
    Address("attendance:group", READ, session),
    Address("attendance:group", NOTE, session, method="post", data=tapped, status=302),
    Address("attendance:group", READ, never, status=404, about="no such session"),
    Address("attendance:workplace", READ, stay),
    Address("attendance:workplace", NOTE, stay, method="post", status=302),
    Address("attendance:workplace", READ, hidden_stay, status=404, for_named=200, about="hidden"),
    *(
        Address(
            "attendance:person",
            READ,
            person(life),
            status=200 if life is OPEN else 404,
            for_named=404 if life is ABROAD else 200,
            notes_reading=True,
            about=about,
        )
        for life, about in ((OPEN, "open"), (HIDDEN, "hidden"), (ABROAD, "abroad"))
    ),
    Address(
        "attendance:suggest_absence",
        {ADVISER, TEACHER},
        person(OPEN),
        method="post",
        data={"day": "2026-06-22"},
        status=302,
    ),
    Address(
        "attendance:suggest_absence",
        {ADVISER, TEACHER},
        person(HIDDEN),
        method="post",
        status=404,
        for_named=302,
        about="hidden",
    ),
    Address("attendance:follow_up", {ADVISER, TEACHER, LEADER}),
    Address("attendance:follow_up", {ADVISER, TEACHER}, method="post", data=LIMITS, status=302),
]
