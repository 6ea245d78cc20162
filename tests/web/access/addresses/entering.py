"""The forms by hand: about the open, the protected, and one of another municipality."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django_scopes import scope

from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.details import details_of
from innpass.domain.sheets.records import TableKind
from tests.web.access.address import (
    ADMIN,
    ADVISER,
    ALL,
    CASEWORKERS,
    COORDINATOR,
    NAV,
    SUPERVISOR,
    TEACHER,
    Address,
    person,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

# Who may write something on each form, and what a form of periods requires.
PARTS: dict[str, frozenset[str] | set[str]] = {
    "oppfolging": CASEWORKERS,
    "hvem": {ADVISER, NAV, TEACHER},
    "program": {ADVISER, TEACHER},
    "innhold": {ADVISER, TEACHER},
    "kontakter": CASEWORKERS,
    "norsk": {ADVISER, TEACHER},
}
DETAILS = {
    "praksis": ({SUPERVISOR, ADVISER}, TableKind.PLACEMENT),
    "timer": ({ADVISER, TEACHER, NAV}, TableKind.ACTIVITY),
    "permisjon": ({ADVISER}, TableKind.LEAVE),
    "fravaer": ({ADVISER, TEACHER}, TableKind.ABSENCE),
    "vedtak": ({ADVISER}, TableKind.DECISION),
    "norskprove": ({TEACHER}, TableKind.TEST),
}


def of(life: Life, slug: str) -> Any:
    return lambda town: [town.people[life.number], slug]


def first_of(kind: TableKind, slug: str, life: Life = OPEN) -> Any:
    """Name the open person's first period of a kind, as if it were that of ``life``."""

    def named(town: Town) -> list[Any]:
        with scope(municipality=town.municipality):
            participant = Participant.objects.get(pk=town.people[OPEN.number])
            return [town.people[life.number], slug, details_of(participant, kind)[0].row]

    return named


def typed_hidden(town: Town) -> Mapping[str, Any]:
    return {"given_name": HIDDEN.given, "family_name": HIDDEN.family, "birth_date": "26.10.1979"}


def plan_addresses() -> list[Address]:
    found = []
    for life, about, status in (
        (OPEN, "open", 200),
        (HIDDEN, "hidden", 404),
        (ABROAD, "abroad", 404),
    ):
        named = life is HIDDEN
        found += [
            Address(
                name,
                ALL - {COORDINATOR, ADMIN},
                person(life),
                status=status,
                notes_reading=True,
                about=about,
                for_named=200 if named else None,
            )
            for name in ("entering:plan", "entering:plan_pdf")
        ]
        after = 302 if life is OPEN else 404
        found += [
            Address(
                name,
                {ADVISER},
                person(life),
                method=method,
                status=after,
                about=about,
                for_named=302 if named else None,
            )
            for name, method in (
                ("entering:plan_form", "get"),
                ("entering:plan_form", "post"),
                ("entering:plan_agree", "post"),
                ("entering:plan_discard", "post"),
                ("entering:plan_start", "post"),
            )
        ]
    return found


def addresses() -> list[Address]:
    found = [
        Address("entering:new_person", {ADVISER}, shows_people=False),
        Address("entering:new_person", {ADVISER}, method="post", status=422, about="nothing"),
        Address(
            "entering:new_person",
            {ADVISER},
            method="post",
            data={
                "given_name": "Ny",
                "family_name": "Deltaker",
                "ids.visma_refugee": f"4240{HIDDEN.number}",
            },
            status=422,
            about="with a hidden person's number",
        ),
        Address(
            "entering:alike",
            {ADVISER},
            method="post",
            data=typed_hidden,
            about="the hidden one",
        ),
        Address("entering:keep_draft", ALL, method="post", status=422),
        Address("entering:undo", ALL, lambda _: [UUID(int=7)], method="post", status=404),
    ]
    found += plan_addresses()
    for slug, may in PARTS.items():
        found += [
            Address(
                "entering:part", may, of(OPEN, slug), notes_reading=True, about=f"{slug}, open"
            ),
            Address(
                "entering:part",
                may,
                of(HIDDEN, slug),
                status=404,
                for_named=200 if ADVISER in may else None,
                notes_reading=True,
                about=f"{slug}, hidden",
            ),
            Address(
                "entering:part",
                may,
                of(ABROAD, slug),
                status=404,
                notes_reading=True,
                about=f"{slug}, abroad",
            ),
            Address(
                "entering:part",
                may,
                of(HIDDEN, slug),
                method="post",
                status=404,
                for_named=302 if ADVISER in may else None,
                about=f"{slug}, hidden",
            ),
        ]
    for slug, (may, kind) in DETAILS.items():
        found += [
            Address(
                "entering:details", may, of(OPEN, slug), notes_reading=True, about=f"{slug}, open"
            ),
            Address(
                "entering:details",
                may,
                of(HIDDEN, slug),
                status=404,
                for_named=200 if ADVISER in may else None,
                notes_reading=True,
                about=f"{slug}, hidden",
            ),
            Address("entering:add", may, of(OPEN, slug), notes_reading=True, about=f"{slug}, open"),
            Address(
                "entering:add",
                may,
                of(OPEN, slug),
                method="post",
                status=422,
                about=f"{slug}, nothing typed",
            ),
            Address(
                "entering:add",
                may,
                of(ABROAD, slug),
                method="post",
                status=404,
                about=f"{slug}, abroad",
            ),
            Address(
                "entering:detail",
                may,
                first_of(kind, slug),
                notes_reading=True,
                about=f"{slug}, open",
            ),
            Address(
                "entering:detail",
                may,
                first_of(kind, slug, HIDDEN),
                status=404,
                about=f"{slug}, as of another person",
            ),
            Address(
                "entering:detail",
                may,
                first_of(kind, slug),
                method="post",
                data={"act": "withdraw"},
                status=422,
                about=f"{slug}, withdrawn without a reason",
            ),
        ]
    return found


ADDRESSES = addresses()
