"""Following up: the board and its lists, one person, visits, contracts, attests, the rhythm."""

from collections.abc import Iterator
from typing import Any

from tests.web.access.address import (
    ADVISER,
    CASEWORKERS,
    COORDINATOR,
    LEADER,
    LEADERS,
    NAV,
    SUPERVISOR,
    TEACHER,
    Address,
    person,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

TEAM = CASEWORKERS | LEADERS
FOLLOWS = {SUPERVISOR, ADVISER}
NOTES = {SUPERVISOR, ADVISER, NAV}
NOT_TEACHING = {SUPERVISOR, ADVISER, NAV, LEADER, "leader_nav"}

CALL = {"way": "phone", "text": "Alt bra", "day": "29.06.2026"}
JOB = {"kind": "firm_visit", "day": "29.06.2026", "employer": "Kiwi", "channel": "", "text": ""}
LACK = {"kind": "skill", "text": "", "owner": "participant", "owner_name": "", "due": ""}
SAID = {
    "day": "29.06.2026",
    "told": "",
    "internal": "",
    "version": "1",
    "participant-given_by": "orally",
    "participant-interpreter": "none",
    "employer-given_by": "orally",
}
TERMS = {
    "employer": "Kiwi",
    "kind": "temporary",
    "percent": "60",
    "first_day": "01.07.2026",
    "last_day": "",
}
OFTEN = {
    "first_after": "28",
    "window": "7",
    "interval": "42",
    "language_after": "",
    "without_contact": "14",
    "holds_from": "01.07.2026",
}


def row(name: str, life: Life = OPEN) -> Any:
    """Name something of a person in the address."""
    return lambda town: [town.followed[life.number][name]]


def new_visit(kind: str, life: Life = OPEN) -> Any:
    return lambda town: [town.people[life.number], town.cases[life.number], kind]


def case(life: Life) -> Any:
    return lambda town: [town.cases[life.number]]


def named(slug: str) -> Any:
    return lambda town: [slug]


def no_place(town: Town) -> list[Any]:
    return [town.people[OPEN.number], town.people[OPEN.number], "evaluation"]


def for_all(
    name: str, may: set[str] | frozenset[str], arguments: Any, **values: Any
) -> Iterator[Address]:
    """Declare an address for a person all may see, for one who is hidden, and one elsewhere."""
    status = values.pop("status", 200)
    # Whether it is theirs to do shows only where the visit is: whose it is decides its kind.
    unseen = {*may, *values.pop("not_yet", ())}
    for life, about in ((OPEN, "open"), (HIDDEN, "hidden"), (ABROAD, "abroad")):
        yield Address(
            name,
            may if life is OPEN else unseen,
            arguments(life),
            status=status if life is OPEN else 404,
            for_named=404 if life is ABROAD else status,
            about=f"{values.get('method', 'get')} {about}",
            **values,
        )


def of(name: str) -> Any:
    return lambda life: row(name, life)


ADDRESSES = [
    Address("follow_up:board", TEAM),
    Address("follow_up:board", TEAM, query="?hvem=alle", about="all"),
    *(
        Address("follow_up:list", TEAM, named(slug), query="?hvem=alle", about=slug)
        for slug in ("besok", "slutter", "uten-kontakt", "under-kravet", "venter")
    ),
    Address("follow_up:list", TEAM, named("tull"), status=404, about="odd"),
    Address("follow_up:contracts", TEAM | {COORDINATOR}),
    Address("follow_up:rhythm", {SUPERVISOR, COORDINATOR}),
    Address("follow_up:rhythm", {SUPERVISOR, COORDINATOR}, method="post", data=OFTEN, status=302),
    Address("follow_up:rhythm", {SUPERVISOR, COORDINATOR}, method="post", status=422, about="odd"),
    *for_all("follow_up:person", TEAM, person, notes_reading=True),
    *for_all("follow_up:panel", TEAM, person, notes_reading=True),
    *for_all("follow_up:contact", NOTES, person, method="post", data=CALL, status=302),
    *for_all("follow_up:job_seeking", NOTES, person, method="post", data=JOB, status=302),
    *for_all("follow_up:name_missing", NOTES, person, method="post", data=LACK, status=302),
    Address("follow_up:contact", NOTES, person(OPEN), method="post", status=422, about="empty"),
    *for_all(
        "follow_up:new_visit",
        FOLLOWS,
        lambda life: new_visit("evaluation", life),
        notes_reading=True,
    ),
    Address("follow_up:new_visit", FOLLOWS, no_place, status=404, about="no such place"),
    Address("follow_up:new_visit", {TEACHER, *FOLLOWS}, new_visit("language"), notes_reading=True),
    Address("follow_up:new_visit", TEAM, new_visit("tull"), status=404, about="odd"),
    *for_all(
        "follow_up:new_visit",
        FOLLOWS,
        lambda life: new_visit("evaluation", life),
        method="post",
        data=SAID,
        status=302,
    ),
    *for_all("follow_up:visit", TEAM, of("visit"), notes_reading=True),
    *for_all(
        "follow_up:visit",
        FOLLOWS,
        of("visit"),
        method="post",
        data=SAID,
        status=302,
        not_yet={TEACHER},
    ),
    *for_all(
        "follow_up:call_off",
        FOLLOWS,
        of("booked"),
        method="post",
        data={"because": "Sykdom", "version": "1"},
        status=302,
        not_yet={TEACHER},
    ),
    *for_all("follow_up:missing", NOTES, of("missing"), notes_reading=True),
    *for_all(
        "follow_up:missing",
        NOTES,
        of("missing"),
        method="post",
        data={"act": "close", "close-closed": "done", "close-closed_text": "", "version": "1"},
        status=302,
    ),
    *for_all("follow_up:reply", NOTES, of("job"), notes_reading=True),
    *for_all(
        "follow_up:reply",
        NOTES,
        of("job"),
        method="post",
        data={"reply": "no", "version": "1"},
        status=302,
    ),
    *for_all("follow_up:contract", FOLLOWS, person, notes_reading=True),
    *for_all("follow_up:contract", FOLLOWS, person, method="post", data=TERMS, status=302),
    *for_all("follow_up:take_contract_back", FOLLOWS, of("contract"), notes_reading=True),
    *for_all(
        "follow_up:take_contract_back",
        FOLLOWS,
        of("contract"),
        method="post",
        data={"because": "Feil person", "version": "1"},
        status=302,
    ),
    *for_all(
        "follow_up:check",
        NOTES,
        of("contract"),
        method="post",
        data={"months": "3", "is_there": "ja"},
        status=302,
    ),
    *for_all("follow_up:attest", NOT_TEACHING, case, notes_reading=True),
    *for_all(
        "follow_up:attest",
        FOLLOWS,
        case,
        method="post",
        data={"tasks": "Vask", "learned": "", "words": "", "version": "1"},
        status=302,
    ),
    *for_all("follow_up:sign_attest", FOLLOWS, case, notes_reading=True),
    *for_all(
        "follow_up:sign_attest",
        FOLLOWS,
        case,
        method="post",
        data={"name": "", "version": "1"},
        status=422,  # nobody has signed it
    ),
    *for_all("follow_up:attest_thanks", FOLLOWS, case),
    *for_all("follow_up:attest_pdf", NOT_TEACHING, of("attest"), notes_reading=True),
    *for_all("follow_up:attest_scan", NOT_TEACHING, of("attest"), notes_reading=True),
]
