"""Placement cases: the board, one case, its steps, its agreement and the signatures."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from innpass.casework.agreements.models import Signature
from tests.web.access.address import (
    ADMIN,
    ADVISER,
    BUT_ADMIN,
    CASEWORKERS,
    COORDINATOR,
    LEADERS,
    SUPERVISOR,
    Address,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

TEAM = CASEWORKERS | LEADERS
WRITE = {SUPERVISOR, ADVISER}
NOBODY = UUID(int=7)
_LIVES = ((OPEN, 200, 200), (HIDDEN, 404, 200), (ABROAD, 404, 404))


def of(life: Life, *more: Any) -> Callable[[Town], list[Any]]:
    return lambda town: [town.cases[life.number], *more]


def scan(life: Life) -> Callable[[Town], list[Any]]:
    def named(town: Town) -> list[Any]:
        with scopes_disabled():
            of_case = Signature.objects.filter(agreement__case=town.cases[life.number])
            return [town.cases[life.number], of_case.get().pk]

    return named


def everybody(
    name: str, may: frozenset[str] | set[str], *more: Any, query: str = ""
) -> list[Address]:
    """Ask for a page of the open, the hidden and the foreign person."""
    return [
        Address(
            f"agreements:{name}",
            may,
            of(life, *more),
            query=query,
            status=status,
            for_named=named,
            notes_reading=True,
            about=" ".join((life.given, *map(str, more))),
        )
        for life, status, named in _LIVES
    ]


def posted(name: str, status: int, *more: Any, **data: Any) -> list[Address]:
    """Send something about the open and the hidden person."""
    return [
        Address(
            f"agreements:{name}",
            WRITE,
            of(life, *more),
            method="post",
            data=data,
            status=got,
            for_named=status,
            about=" ".join((life.given, *map(str, more), *data)),
        )
        for life, got in ((OPEN, status), (HIDDEN, 404))
    ]


ADDRESSES = [
    Address("agreements:board", BUT_ADMIN),
    Address(
        "agreements:board", BUT_ADMIN, query="?hvem=alle&steg=x&venter=y&slutter=z", about="odd"
    ),
    Address("agreements:board", BUT_ADMIN, query="?hvem=alle&venter=participant", about="waiting"),
    Address("agreements:board", BUT_ADMIN, query="?hvem=alle&steg=running", about="running"),
    Address("agreements:terms", {COORDINATOR, ADMIN}),
    Address("agreements:terms", {COORDINATOR, ADMIN}, method="post", status=422),
    Address(
        "agreements:terms",
        {COORDINATOR, ADMIN},
        method="post",
        data={"dated": "30.06.2026", "nb": "Skade\nMeldes samme dag.", "version": "0"},
        status=302,
        about="kept",
    ),
    Address("agreements:propose", WRITE),
    Address("agreements:propose", WRITE, method="post", data={"sok": "Celine"}, about="sought"),
    Address("agreements:propose", WRITE, query="?deltaker=x", status=404, about="nobody"),
    Address(
        "agreements:propose",
        WRITE,
        query=f"?deltaker={NOBODY}",
        method="post",
        status=404,
        about="nobody",
    ),
    Address("agreements:adopt", WRITE, method="post", status=302),
    *everybody("case", BUT_ADMIN),
    *everybody("step", WRITE, "presented"),
    *posted("step", 422, "presented"),
    *posted("step", 422, "presented", on="30.06.2026", version="1"),
    Address("agreements:step", WRITE, of(OPEN, "x"), status=404, about="odd"),
    *posted("demand", 302),
    *posted("demand", 302, demand="clothing", seen_on="30.06.2026"),
    *everybody("expectations", WRITE),
    *posted("expectations", 422),
    *posted("expectations", 302, given_on="30.06.2026", how="norwegian", version="1"),
    *everybody("end", WRITE),
    *posted("end", 422),
    # There is no ending to put right: one is sent back to the case, which says so.
    *(
        Address(
            "agreements:correct_end",
            WRITE,
            of(life),
            status=302 if status == 200 else status,
            for_named=302 if named == 200 else named,
            about=life.given,
        )
        for life, status, named in _LIVES
    ),
    *posted("correct_end", 422),
    *everybody("withdraw", WRITE),
    *posted("withdraw", 422),
    *everybody("write", WRITE),
    *posted("write", 422),
    *posted("discard", 302, version="1"),
    *everybody("lift", WRITE),
    *posted("lift", 422),
    *everybody("sign", WRITE, "participant"),
    *everybody("sign", WRITE, "employer", query="?maate=on_paper"),
    *everybody("sign", WRITE, "supervisor", query="?maate=on_behalf"),
    *posted("sign", 422, "participant"),
    *everybody("thanks", WRITE),
    *everybody("paper", TEAM, query="?versjon=1&sprak=uk"),
    *(
        Address(
            "agreements:scan",
            TEAM,
            scan(life),
            status=status,
            for_named=named,
            notes_reading=True,
            about=life.given,
        )
        for life, status, named in _LIVES
    ),
]
