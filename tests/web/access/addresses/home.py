"""The front page; the demo's, which signs one in by a click."""

from tests.web.access.address import ALL, Address

ADDRESSES = [
    Address("home:front", ALL, is_public=True),
    Address("home:sign_in_as", set(), method="post", data={"persona": "unknown"}, is_public=True),
]
