"""Groups, rooms, places and workplaces, which are about nobody; and what ties a participant."""

from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    CASEWORKERS,
    LEADERS,
    SUPERVISOR,
    TEACHER,
    Address,
    person,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN

TEAM = CASEWORKERS | LEADERS
GROUPS = {ADVISER, TEACHER, "leader_learning"}
WORKPLACES = {ADVISER, SUPERVISOR}
NOBODY = UUID(int=7)

ADDRESSES = [
    Address("teaching:groups", TEAM),
    Address("teaching:workplaces", TEAM),
    *(
        address
        for name, may in (
            ("new_group", GROUPS),
            ("rooms", GROUPS),
            ("breaks", GROUPS),
            ("places", WORKPLACES),
            ("rules", WORKPLACES),
        )
        for address in (
            Address(f"teaching:{name}", may, shows_people=False),
            Address(
                f"teaching:{name}",
                may,
                method="post",
                data={"r0-first_day": "i fjor", "rows": "1", "r0-name": "x" * 99},
                status=422,
                shows_people=False,
                about="faulty",
            ),
        )
    ),
    *(
        Address(f"teaching:{name}", may, lambda _: [NOBODY], method=method, status=404)
        for name, may in (
            ("group", GROUPS),
            ("end_group", GROUPS),
            ("workplace", WORKPLACES),
        )
        for method in ("get", "post")
    ),
    Address("teaching:ties", WORKPLACES, person(OPEN), notes_reading=True, about="open"),
    Address(
        "teaching:ties",
        WORKPLACES,
        person(OPEN),
        method="post",
        data={"care_time": "hele dagen"},
        status=422,
        about="faulty",
    ),
    *(
        Address(
            "teaching:ties",
            WORKPLACES,
            person(HIDDEN),
            method=method,
            data={"care_time": "hele dagen"} if method == "post" else {},
            status=404,
            for_named=named,
            notes_reading=method == "get",
            about="hidden",
        )
        for method, named in (("get", 200), ("post", 422))
    ),
    Address(
        "teaching:ties", WORKPLACES, person(ABROAD), status=404, notes_reading=True, about="abroad"
    ),
]
