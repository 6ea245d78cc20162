"""The report for the state supervisor."""

from uuid import UUID

from tests.web.access.address import LEADER, Address

NOBODY = UUID(int=7)
ASKED = {"whom": "sample", "size": "2", "first_day": "2026-01-01", "last_day": "2026-06-30"}

ADDRESSES = [
    Address("inspection:reports", {LEADER}),
    Address("inspection:reports", {LEADER}, method="post", data=ASKED, status=302),
    Address("inspection:reports", {LEADER}, method="post", status=422, about="nothing chosen"),
    Address(
        "inspection:download", {LEADER}, lambda _: [NOBODY, "pdf"], status=404, about="unknown"
    ),
]
