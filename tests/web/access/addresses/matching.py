"""Matching: for one participant, one place and everybody; profiles, CVs and presentations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.web.access.address import ADVISER, LEADER, NAV, SUPERVISOR, Address, person
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

WRITE = {SUPERVISOR, ADVISER}
READ = WRITE | {LEADER}
SHOWN_CV = READ | {NAV, "leader_nav"}
NOBODY = UUID(int=8)
_LIVES = ((OPEN, 200, 200), (HIDDEN, 404, 200), (ABROAD, 404, 404))


def place(town: Town) -> list[Any]:
    return [town.matching["place"]]


def both(life: Life) -> Callable[[Town], list[Any]]:
    """Name a person and the place."""
    return lambda town: [town.people[life.number], town.matching["place"]]


def case(life: Life) -> Callable[[Town], list[Any]]:
    return lambda town: [town.cases[life.number]]


def sent(life: Life) -> Callable[[Town], list[Any]]:
    def named(town: Town) -> list[Any]:
        sending = town.matching.get(f"sent-{life.number}", NOBODY)
        return [town.cases[life.number], sending]

    return named


def run(town: Town) -> list[Any]:
    return [town.matching["run"]]


def everybody(
    name: str, may: set[str], of: Callable[[Life], Callable[[Town], list[Any]]], query: str = ""
) -> list[Address]:
    """Ask for a page of the open, the hidden and the foreign person."""
    return [
        Address(
            f"matching:{name}",
            may,
            of(life),
            query=query,
            status=status,
            for_named=named,
            notes_reading=True,
            about=" ".join((life.given, query)),
        )
        for life, status, named in _LIVES
    ]


def posted(
    name: str,
    status: int,
    of: Callable[[Life], Callable[[Town], list[Any]]],
    about: str = "",
    **data: Any,
) -> list[Address]:
    """Send something about the open and the hidden person."""
    return [
        Address(
            f"matching:{name}",
            WRITE,
            of(life),
            method="post",
            data=data,
            status=got,
            for_named=status,
            about=f"{life.given} {about}",
        )
        for life, got in ((OPEN, status), (HIDDEN, 404))
    ]


def hers(name: str, *, may: set[str] = WRITE, method: str = "get", **more: Any) -> Address:
    """Name what the named adviser alone asked for."""
    return Address(f"matching:{name}", may, run, method=method, status=404, **more)


ADDRESSES = [
    Address("matching:start", READ),
    Address("matching:start", READ, query="?fra=x&om=y&side=z", about="odd"),
    Address("matching:start", READ, query="?om=30&side=7", about="later"),
    Address("matching:travel", WRITE),
    Address(
        "matching:travel",
        WRITE,
        method="post",
        data={"longest_travel": "45", "first_day": "1.8.2026"},
        status=302,
    ),
    Address(
        "matching:travel",
        WRITE,
        method="post",
        data={"longest_travel": "1", "first_day": "snart"},
        status=422,
        about="odd",
    ),
    Address("matching:ask", WRITE, method="post", status=302),
    hers("run", may=READ, for_named=200),
    hers("stop", method="post", for_named=302),
    hers("take", method="post", for_named=302),
    hers("take", method="post", for_named=302, data={"one": "x"}, about="one"),
    Address("matching:place", READ, place),
    Address("matching:place", READ, place, query="?om=60&vis=alle", about="later"),
    Address("matching:place", READ, lambda town: [NOBODY], status=404, about="nowhere"),
    *everybody("person", READ, person),
    *everybody("person", READ, person, query="?om=30&vis=alle"),
    *everybody("profile", WRITE, person),
    *everybody("cv", SHOWN_CV, person),
    *everybody("presentation", SHOWN_CV, case),
    *everybody("presentation", SHOWN_CV, case, query="?navn=none"),
    *everybody("sent", SHOWN_CV, sent),
    *everybody("advice", READ, case),
    *posted("lock", 302, both),
    *posted("unlock", 302, person),
    *posted("refuse", 302, both),
    *posted("profile", 422, person, about="wrong", goal="ingen slike"),
    *posted("cv", 422, person, about="wrong", experience="nr 12345678901"),
    *posted("cv", 422, person, about="consent", act="consent", given_on="i morgen tidlig"),
    *posted("presentation", 422, case, about="empty", shows="none", text=""),
    *posted("presentation", 422, case, about="sent", act="send", recipient="", sent_on="x"),
    *posted("choose", 302, both, about="because", reason="Kjenner stedet"),
]
