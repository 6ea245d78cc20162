"""Employers' ways in: the staff's pages, and those that need no account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    ALL,
    CASEWORKERS,
    LEADER,
    LEADERS,
    NAV,
    SUPERVISOR,
    Address,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

READ = CASEWORKERS | LEADERS
WRITE = {SUPERVISOR, ADVISER}
ABOUT_NAV = {SUPERVISOR, ADVISER, NAV, LEADER, "leader_nav"}
NOBODY = UUID(int=7)
GIVEN = {"on": "30.06.2026", "way": "meeting"}
_LIVES = ((OPEN, 200, 200), (HIDDEN, 404, 200), (ABROAD, 404, 404))


def of(life: Life, *more: Any) -> Callable[[Town], list[Any]]:
    return lambda town: [town.cases[life.number], *more]


def language(code: str) -> Callable[[Town], list[Any]]:
    return lambda town: [code]


def secret(town: Town) -> list[Any]:
    return [town.invitation]


def page(town: Town) -> list[Any]:
    return [NOBODY]


ADDRESSES = [
    *(
        Address(
            "doors:case",
            READ,
            of(life),
            status=status,
            for_named=named,
            notes_reading=True,
            about=life.given,
        )
        for life, status, named in _LIVES
    ),
    Address("doors:make", WRITE, of(OPEN), method="post", data={"for": "leader"}),
    Address("doors:make", WRITE, of(OPEN), method="post", status=422, about="nobody"),
    Address(
        "doors:make",
        WRITE,
        of(HIDDEN),
        method="post",
        data={"for": "leader"},
        status=404,
        for_named=422,
        about="hidden",
    ),
    Address("doors:withdraw", WRITE, of(OPEN, NOBODY), method="post", status=302),
    Address(
        "doors:withdraw",
        WRITE,
        of(HIDDEN, NOBODY),
        method="post",
        status=404,
        for_named=302,
        about="hidden",
    ),
    Address("doors:code", WRITE, of(OPEN, NOBODY), method="post", status=422),
    Address(
        "doors:code",
        WRITE,
        of(HIDDEN, NOBODY),
        method="post",
        status=404,
        for_named=422,
        about="hidden",
    ),
    *(
        Address(
            f"doors:{name}",
            READ,
            of(life),
            status=status,
            for_named=named,
            notes_reading=name == "papers",
            about=life.given,
        )
        for name in ("papers", "pack_pdf")
        for life, status, named in _LIVES
    ),
    Address("doors:give_pack", WRITE, of(OPEN), method="post", data=GIVEN, status=302),
    Address("doors:give_pack", WRITE, of(OPEN), method="post", status=422, about="no day"),
    Address(
        "doors:give_pack",
        WRITE,
        of(HIDDEN),
        method="post",
        data=GIVEN,
        status=404,
        for_named=302,
        about="hidden",
    ),
    *(
        Address("doors:expectations", READ, language(code), about=code)
        for code in ("nb", "uk", "ar", "en")
    ),
    # Nav's schemes around a placement, which the teacher is told nothing of.
    *(
        Address(
            "agreements:schemes",
            ABOUT_NAV,
            of(life),
            status=status,
            for_named=named,
            notes_reading=True,
            about=life.given,
        )
        for life, status, named in _LIVES
    ),
    *(
        Address(
            "agreements:scheme",
            WRITE | {NAV},
            of(life, "wage_subsidy"),
            status=status,
            for_named=named,
            notes_reading=True,
            about=life.given,
        )
        for life, status, named in _LIVES
    ),
    Address(
        "agreements:scheme",
        WRITE | {NAV},
        of(OPEN, "mentor"),
        method="post",
        data={"state": "discussed", "on": "30.06.2026", "version": "0"},
        status=302,
    ),
    Address("agreements:scheme", WRITE | {NAV}, of(OPEN, "nothing"), status=404, about="no such"),
    # Whoever has the link is let in, signed in or not; without the key nothing is behind a page.
    Address("doors:invitation", ALL, secret, is_public=True),
    Address("doors:invitation", ALL, secret, method="post", status=302, is_public=True),
    Address("doors:employer", ALL, page, status=404, is_public=True),
    Address("doors:pack", ALL, page, status=404, is_public=True),
    Address("doors:confirm", ALL, page, method="post", status=404, is_public=True),
    Address("doors:speak", ALL, page, method="post", status=404, is_public=True),
    Address("doors:leave", ALL, page, method="post", is_public=True),
]
