"""The questions."""

from tests.web.access.address import CASEWORKERS, LEADERS, Address

ADDRESSES = [Address("questions:questions", CASEWORKERS | LEADERS)]
