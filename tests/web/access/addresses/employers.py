"""The map of employers, which is about nobody; an employer's page names who is there."""

from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    BUT_ADMIN,
    COORDINATOR,
    SUPERVISOR,
    Address,
    Arguments,
)
from tests.web.access.town import Town

KEEPERS = {SUPERVISOR, ADVISER, COORDINATOR}
NOBODY = UUID(int=9)


def at(which: str, *more: UUID) -> Arguments:
    """Name an employer in the address: where the open or the hidden person is."""
    return lambda town: [town.weeks[which], *more]


def unit(town: Town) -> list[UUID]:
    return [town.weeks["employer"]]


ADDRESSES = [
    Address("employers:map", BUT_ADMIN),
    Address("employers:map", BUT_ADMIN, query="?slag=bedrifter&vis=ny&sok=z&side=7", about="asked"),
    Address("employers:endings", BUT_ADMIN, query="?innen=90"),
    Address("employers:ask_again", BUT_ADMIN, query="?hvem=mine"),
    Address("employers:employer", BUT_ADMIN, unit),
    Address(
        "employers:employer",
        BUT_ADMIN,
        at("hidden_employer"),
        status=404,
        for_named=200,
        about="hidden",
    ),
    *(
        Address(
            f"employers:{name}",
            KEEPERS,
            method=method,
            status=status,
            data={"r0-name": "", "r0-employees": "mange", "first_day": "i fjor"}
            if method == "post"
            else {},
        )
        for name in ("areas", "move", "rules", "new")
        for method, status in (("get", 200), ("post", 422))
    ),
    *(
        Address(
            f"employers:{name}",
            KEEPERS,
            unit,
            method=method,
            status=status,
            data={"closed_on": "i fjor"} if method == "post" else {},
        )
        for name in ("edit", "join", "municipal_contact", "new_contact", "new_place")
        for method, status in (("get", 200), ("post", 422))
    ),
    *(
        Address(f"employers:{name}", KEEPERS, unit, method="post", status=302)
        for name in ("confirm", "part")
    ),
    *(
        Address(
            f"employers:{name}",
            KEEPERS,
            at("hidden_employer"),
            method=method,
            data={"closed_on": "i fjor"} if method == "post" else {},
            status=404,
            for_named=named,
            about="hidden",
        )
        for name, method, named in (
            *((name, "get", 200) for name in ("edit", "join", "municipal_contact")),
            *((name, "get", 200) for name in ("new_contact", "new_place")),
            *((name, "post", 302) for name in ("confirm", "part")),
        )
    ),
    *(
        Address(f"employers:{name}", KEEPERS, at("employer", NOBODY), method=method, status=404)
        for name in ("contact", "place", "end_place")
        for method in ("get", "post")
    ),
]
