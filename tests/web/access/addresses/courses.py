"""The course models, and who is on which."""

from uuid import UUID

from tests.web.access.address import (
    ADMIN,
    ADVISER,
    ALL,
    CASEWORKERS,
    LEADERS,
    TEACHER,
    Address,
    person,
)
from tests.web.access.town import ABROAD, HIDDEN, OPEN

TEAM = CASEWORKERS | LEADERS
EDITORS = {TEACHER, "leader_learning", ADMIN}
WRITERS = {ADVISER, TEACHER}
NOBODY = UUID(int=7)

ADDRESSES = [
    # How weeks are planned is about nobody.
    Address("courses:models", ALL, shows_people=False),
    Address("courses:model", ALL, lambda _: ["autumn-2025"], shows_people=False),
    Address("courses:model", ALL, lambda _: ["none"], status=404, about="unknown"),
    Address("courses:new", EDITORS, shows_people=False),
    Address("courses:new", EDITORS, method="post", status=422, shows_people=False, about="empty"),
    Address("courses:frame", EDITORS, lambda _: ["autumn-2025"], shows_people=False),
    Address(
        "courses:frame",
        EDITORS,
        lambda _: ["autumn-2025"],
        method="post",
        status=422,
        shows_people=False,
        about="empty",
    ),
    Address("courses:cell", EDITORS, lambda _: ["autumn-2025", "a", "1"], shows_people=False),
    Address(
        "courses:cell",
        EDITORS,
        lambda _: ["autumn-2025", "a", "1"],
        method="post",
        status=422,
        shows_people=False,
        about="empty",
    ),
    Address("courses:person", TEAM, person(OPEN), notes_reading=True, about="open"),
    Address(
        "courses:person",
        TEAM,
        person(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address("courses:person", TEAM, person(ABROAD), status=404, notes_reading=True, about="abroad"),
    *(
        address
        for name in ("choose", "deviate")
        for address in (
            Address(f"courses:{name}", WRITERS, person(OPEN), notes_reading=True, about="open"),
            Address(
                f"courses:{name}",
                WRITERS,
                person(OPEN),
                method="post",
                data={"first_day": "i fjor"},
                status=422,
                about="no day",
            ),
            Address(
                f"courses:{name}",
                WRITERS,
                person(HIDDEN),
                method="post",
                data={"first_day": "i fjor"},
                status=404,
                for_named=422,
                about="hidden",
            ),
            Address(
                f"courses:{name}",
                WRITERS,
                person(ABROAD),
                status=404,
                notes_reading=True,
                about="abroad",
            ),
        )
    ),
    *(
        Address(
            f"courses:correct_{name}",
            WRITERS,
            lambda town: [town.people[OPEN.number], NOBODY],
            method=method,
            status=404,
            about="none such",
        )
        for name in ("choice", "deviation")
        for method in ("get", "post")
    ),
    Address("courses:placing", WRITERS),
    Address(
        "courses:placing",
        WRITERS,
        method="post",
        data={"termin": "2025-08", "act": "preview"},
        about="preview",
    ),
    Address(
        "courses:placing",
        WRITERS,
        method="post",
        data={"termin": "2025-08", "act": "choose"},
        status=302,
        about="nobody ticked",
    ),
    # What one act did is cut to whom the viewer may see (tests/web/courses/test_placing.py).
    Address("courses:placed", WRITERS, lambda _: [NOBODY], status=404),
    Address("courses:take_back", WRITERS, lambda _: [NOBODY], method="post", status=404),
]
