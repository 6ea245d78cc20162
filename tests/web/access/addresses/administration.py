"""The administration."""

from collections.abc import Mapping
from typing import Any

from tests.web.access.address import ADMIN, ADVISER, ALL, LEADERS, NAV, Address
from tests.web.access.town import HIDDEN, OPEN, Town

MARKERS = {ADVISER, NAV} | LEADERS  # who may mark a protected address


def open_person(town: Town) -> Mapping[str, Any]:
    return {"deltaker": town.people[OPEN.number]}


def keep_one(town: Town) -> Mapping[str, Any]:
    assert town.ready
    return {"file": str(town.ready.pk), "act": "keep", "new_day": "2000-01-01", "reason": "Klage"}


ADDRESSES = [
    Address("administration:fields", ALL, shows_people=False),
    Address("administration:protection", MARKERS),
    Address("administration:protection", MARKERS, data=open_person, about="open"),
    Address(
        "administration:protection",
        MARKERS,
        method="post",
        data={"act": "search", "words": HIDDEN.family, "search": HIDDEN.family},
        about="search for the hidden one",
    ),
    Address("administration:files", {ADMIN}),
    Address("administration:intakes", {ADMIN}),
    Address(
        "administration:intakes",
        {ADMIN},
        method="post",
        data={"act": "delete", "reason": "Klage"},
        status=422,
        about="none chosen",
    ),
    Address(
        "administration:files", {ADMIN}, method="post", data=keep_one, status=422, about="too late"
    ),
]
