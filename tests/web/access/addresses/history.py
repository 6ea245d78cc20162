"""A participant's history, and who has read."""

from uuid import UUID

from innpass.domain.access.fields import field
from tests.web.access.address import ADMIN, ALL, LEADERS, Address, person
from tests.web.access.town import ABROAD, HIDDEN, OPEN, STAFF

READERS = frozenset(
    user
    for user, (role, _) in STAFF.items()
    if any(holder.role is role for holder in field("history").readers)
)
NOBODYS = {"act": UUID(int=7)}

ADDRESSES = [
    Address("history:history", READERS, person(OPEN), notes_reading=True, about="open"),
    Address(
        "history:history",
        READERS,
        person(OPEN),
        query="?felt=programme.adviser&side=1",
        notes_reading=True,
        about="one field",
    ),
    Address(
        "history:history",
        ALL,
        person(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "history:history",
        ALL,
        person(ABROAD),
        status=404,
        notes_reading=True,
        about="abroad",
    ),
    Address(
        "history:take_back",
        READERS,
        person(OPEN),
        method="post",
        data=NOBODYS,
        status=404,
        about="open",
    ),
    Address(
        "history:take_back",
        ALL,
        person(HIDDEN),
        method="post",
        data=NOBODYS,
        status=404,
        about="hidden",
    ),
    Address(
        "history:take_back",
        ALL,
        person(ABROAD),
        method="post",
        data=NOBODYS,
        status=404,
        about="abroad",
    ),
    Address("history:readings", LEADERS | {ADMIN}, person(OPEN), notes_reading=True, about="open"),
    Address("history:readings", LEADERS | {ADMIN}, person(HIDDEN), status=404, about="hidden"),
    Address("history:readings", LEADERS | {ADMIN}, person(ABROAD), status=404, about="abroad"),
]
