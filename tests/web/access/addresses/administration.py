"""The administration."""

from collections.abc import Mapping
from typing import Any

from tests.web.access.address import ADVISER, ALL, LEADERS, NAV, Address
from tests.web.access.town import HIDDEN, OPEN, Town

MARKERS = {ADVISER, NAV} | LEADERS  # who may mark a protected address


def open_person(town: Town) -> Mapping[str, Any]:
    return {"deltaker": town.people[OPEN.number]}


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
]
