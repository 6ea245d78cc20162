"""The course models."""

from tests.web.access.address import ALL, Address

ADDRESSES = [
    # How weeks are planned is about nobody.
    Address("courses:models", ALL, shows_people=False),
]
