"""The law."""

from uuid import UUID

from tests.web.access.address import ADMIN, ADVISER, ALL, NAV, SUPERVISOR, Address

# Those who read why somebody falls short: not the learning centre.
READERS = {SUPERVISOR, ADVISER, NAV, "leader", "leader_nav"}

ADDRESSES = [
    # What the law says is no secret; who falls short of it is told elsewhere.
    Address("regulations:register", ALL, shows_people=False),
    Address("regulations:readings", ALL, shows_people=False),
    Address("regulations:reading", {ADMIN}, lambda _: ["leave_weeks"], shows_people=False),
    Address(
        "regulations:reading",
        {ADMIN},
        lambda _: ["leave_weeks"],
        method="post",
        data={"answer": "1", "reason": ""},
        status=422,
        shows_people=False,
        about="without a reason",
    ),
    Address(
        "regulations:reading",
        {ADMIN},
        lambda _: ["leave_weeks"],
        method="post",
        data={"answer": "1", "reason": "Avklart med statsforvalteren"},
        status=302,
        shows_people=False,
        about="otherwise",
    ),
    # A number of the law is no reading.
    Address(
        "regulations:reading", {ADMIN}, lambda _: ["minimum_hours"], status=404, about="number"
    ),
    Address("regulations:suppose", READERS, shows_people=False),
    Address(
        "regulations:suppose",
        READERS,
        method="post",
        data={"act": "number", "number": "minimum_hours", "value": "20"},
        status=302,
        about="another number",
    ),
    Address(
        "regulations:suppose",
        READERS,
        method="post",
        data={"act": "text", "text": "intl-8-1-lov-2025-35", "first_day": "i går"},
        status=422,
        shows_people=False,
        about="no day",
    ),
    # What somebody asked is that somebody's alone (tests/web/regulations/test_supposing.py).
    Address("regulations:outcome", READERS | {ADMIN}, lambda _: [UUID(int=7)], status=404),
    Address("regulations:outcome_workbook", READERS, lambda _: [UUID(int=7)], status=404),
    Address("regulations:topic", ALL, lambda _: ["work_oriented_hours"], shows_people=False),
    Address("regulations:topic", ALL, lambda _: ["nothing"], status=404, about="unknown"),
    Address("regulations:standings", READERS, lambda _: ["work_oriented_hours"]),
    Address("regulations:standings", READERS, lambda _: ["nothing"], status=404, about="unknown"),
    Address(
        "regulations:reading",
        {ADMIN},
        lambda _: ["leave_weeks"],
        method="post",
        data={"act": "look", "answer": "1", "reason": "Avklart med statsforvalteren"},
        status=302,
        shows_people=False,
        about="what it would change",
    ),
]
