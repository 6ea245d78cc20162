"""Weeks taken out: calendar files, secret addresses, and paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    ALL,
    CASEWORKERS,
    LEADERS,
    SUPERVISOR,
    TEACHER,
    Address,
)
from tests.web.access.attended import THEN
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

READ = CASEWORKERS | LEADERS
WRITE = {SUPERVISOR, ADVISER, TEACHER}
NOBODY = UUID(int=7)
WEEK = f"?uke={THEN.isocalendar().year}-W{THEN.isocalendar().week}"
BOKMAL = {"sprak": "nb"}


def of(life: Life, *more: Any) -> Callable[[Town], list[Any]]:
    return lambda town: ["deltaker", town.people[life.number], *more]


def week(life: Life, language: str) -> Callable[[Town], list[Any]]:
    return lambda town: [town.people[life.number], language]


def the(whose: str, name: str, *more: Any) -> Callable[[Town], list[Any]]:
    return lambda town: [whose, town.weeks[name], *more]


def secret(town: Town) -> list[Any]:
    return [town.calendar]


# Each is asked about somebody all may see, somebody hidden, and somebody of another municipality.
_LIVES = ((OPEN, 200, 200), (HIDDEN, 404, 200), (ABROAD, 404, 404))

ADDRESSES = [
    *(
        Address(
            f"calendars:{name}",
            READ,
            of(life),
            status=status,
            for_named=named,
            notes_reading=True,
            about=life.given,
        )
        for name in ("calendar", "file")
        for life, status, named in _LIVES
    ),
    *(
        Address(
            f"calendars:{name}",
            READ,
            week(life, language),
            query=WEEK,
            status=status,
            for_named=named,
            notes_reading=True,
            about=f"{life.given} {language}",
        )
        for name, language in (("paper", "nb"), ("paper", "ar"), ("pdf", "uk"))
        for life, status, named in _LIVES
    ),
    *(
        Address(f"calendars:{name}", READ, the(whose, row), about=whose)
        for name in ("calendar", "file")
        for whose, row in (("gruppe", "group"), ("arbeidssted", "employer"))
    ),
    Address("calendars:make", WRITE, of(OPEN), method="post", data=BOKMAL),
    Address("calendars:make", WRITE, of(OPEN), method="post", status=422, about="no language"),
    Address(
        "calendars:make",
        WRITE,
        of(HIDDEN),
        method="post",
        data=BOKMAL,
        status=404,
        for_named=422,
        about="hidden",
    ),
    Address("calendars:make", WRITE, the("gruppe", "group"), method="post", data=BOKMAL, about="g"),
    Address("calendars:revoke", WRITE, of(OPEN, NOBODY), method="post", status=302),
    Address(
        "calendars:revoke",
        WRITE,
        of(HIDDEN, NOBODY),
        method="post",
        status=404,
        for_named=302,
        about="hidden",
    ),
    # Whoever has the address is let in, signed in or not.
    Address("calendars:subscription", ALL, secret, is_public=True, shows_people=False),
]
