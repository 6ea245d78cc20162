"""Joining and parting participants."""

from tests.web.access.address import ADVISER, SUPERVISOR, Address, person
from tests.web.access.town import ABROAD, HIDDEN, OPEN

OWNERS = {SUPERVISOR, ADVISER}  # of the case

ADDRESSES = [
    address
    for act in ("join", "part")
    for address in (
        Address(f"joining:{act}", OWNERS, person(OPEN), notes_reading=True, about="open"),
        Address(
            f"joining:{act}",
            OWNERS,
            person(HIDDEN),
            status=404,
            for_named=200,
            notes_reading=True,
            about="hidden",
        ),
        Address(
            f"joining:{act}",
            OWNERS,
            person(ABROAD),
            status=404,
            notes_reading=True,
            about="abroad",
        ),
    )
] + [
    Address(
        "joining:join",
        OWNERS,
        person(OPEN),
        method="post",
        data={"act": "search", "search": HIDDEN.family},
        about="search for the hidden one",
    ),
    Address(
        "joining:join",
        OWNERS,
        person(OPEN),
        query=f"?med={'0' * 31}7",
        status=404,
        about="with nobody",
    ),
    Address(
        "joining:join",
        OWNERS,
        person(OPEN),
        method="post",
        data=lambda town: {
            "act": "join",
            "other": town.people[HIDDEN.number],
            "reason": "Samme",
            "is_sure": "on",
        },
        status=404,
        for_named=302,
        about="with the hidden one",
    ),
    Address(
        "joining:part",
        OWNERS,
        person(OPEN),
        method="post",
        data={"reason": "To"},
        status=422,
        about="no row",
    ),
]
