"""Weeks: a person's, a group's, a workplace's and everybody's."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    CASEWORKERS,
    LEADERS,
    SUPERVISOR,
    TEACHER,
    Address,
    person,
)
from tests.web.access.planned_weeks import WEEK
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Town

READ = CASEWORKERS | LEADERS
WRITE = {SUPERVISOR, ADVISER, TEACHER}
THEN = f"?uke={WEEK}"


def of(name: str) -> Callable[[Town], list[Any]]:
    """Name a row of the town's weeks in the address."""
    return lambda town: [town.weeks[name]]


def kept(town: Town) -> dict[str, str]:
    """Send the week that stands, as the form has it."""
    return {
        "act": "keep",
        "group": str(town.weeks["group"]),
        "start-3": "08.00",
        "end-3": "15.30",
        "expected": str(town.weeks["timetable"]),
    }


def hers(name: str, *, method: str = "get", named: int = 302, **more: Any) -> Address:
    """Name what the named adviser alone asked for."""
    where = of("proposed") if "week" in name else of("proposal")
    return Address(name, WRITE, where, method=method, status=404, for_named=named, **more)


ADDRESSES = [
    Address("timetable:caseload", READ),
    Address("timetable:caseload", READ, query=THEN, about="planned"),
    Address("timetable:caseload", READ, query="?uke=x&liste=y&gruppe=z&side=w", about="odd"),
    Address("timetable:search", READ, method="post", data={"search": "nobody"}, status=302),
    Address("timetable:week", READ, person(OPEN), query=THEN, notes_reading=True, about="open"),
    Address(
        "timetable:week",
        READ,
        person(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        query=THEN,
        about="hidden",
    ),
    Address(
        "timetable:week",
        READ,
        person(ABROAD),
        status=404,
        query=THEN,
        notes_reading=True,
        about="abroad",
    ),
    Address("timetable:edit", WRITE, person(OPEN), query=THEN, notes_reading=True, about="open"),
    Address("timetable:edit", WRITE, person(OPEN), method="post", query=THEN, about="looked at"),
    Address(
        "timetable:edit",
        WRITE,
        person(OPEN),
        method="post",
        query=THEN,
        data=kept,
        status=302,
        about="kept",
    ),
    Address(
        "timetable:edit",
        WRITE,
        person(OPEN),
        method="post",
        query=THEN,
        data={"act": "keep"},
        status=409,
        about="outdated",
    ),
    Address(
        "timetable:edit",
        WRITE,
        person(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "timetable:edit", WRITE, person(ABROAD), status=404, notes_reading=True, about="abroad"
    ),
    Address("timetable:propose", WRITE, person(OPEN), method="post", query=THEN, status=302),
    Address(
        "timetable:propose",
        WRITE,
        person(HIDDEN),
        method="post",
        status=404,
        for_named=302,
        about="hidden",
    ),
    Address("timetable:withdraw", WRITE, of("timetable"), notes_reading=True),
    Address(
        "timetable:withdraw",
        WRITE,
        of("hidden_timetable"),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "timetable:withdraw",
        WRITE,
        of("timetable"),
        method="post",
        data={"fra": str(WEEK), "grunn": "Feil gruppe"},
        status=302,
    ),
    Address(
        "timetable:withdraw",
        WRITE,
        of("hidden_timetable"),
        method="post",
        data={"fra": str(WEEK), "grunn": "Feil gruppe"},
        status=404,
        for_named=302,
        about="hidden",
    ),
    hers("timetable:proposed_week", named=200, notes_reading=True),
    hers("timetable:take_week", method="post"),
    Address("timetable:propose_all", WRITE, method="post", query=THEN, status=302),
    hers("timetable:proposal", named=200),
    hers("timetable:stop", method="post"),
    hers("timetable:take", method="post"),
    hers("timetable:take", method="post", data={"act": "all"}, about="all"),
    Address("timetable:group", READ, of("group"), query=THEN),
    Address("timetable:group", READ, lambda _: [UUID(int=7)], status=404, about="unknown"),
    Address("timetable:workplace", READ, of("employer"), query=THEN),
    Address(
        "timetable:workplace",
        READ,
        of("hidden_employer"),
        query=THEN,
        status=404,
        for_named=200,
        about="hidden",
    ),
]
