"""The law."""

from tests.web.access.address import ADMIN, ALL, Address

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
    Address("regulations:topic", ALL, lambda _: ["work_oriented_hours"], shows_people=False),
    Address("regulations:topic", ALL, lambda _: ["nothing"], status=404, about="unknown"),
]
