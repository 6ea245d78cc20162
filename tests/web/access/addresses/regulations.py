"""The law."""

from tests.web.access.address import ALL, Address

ADDRESSES = [
    # What the law says is no secret; who falls short of it is told elsewhere.
    Address("regulations:register", ALL, shows_people=False),
    Address("regulations:topic", ALL, lambda _: ["work_oriented_hours"], shows_people=False),
    Address("regulations:topic", ALL, lambda _: ["nothing"], status=404, about="unknown"),
]
