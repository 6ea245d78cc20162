"""Signing in and out. Whoever is signed in is sent on from the sign-in page."""

from tests.web.access.address import ALL, Address

ADDRESSES = [
    Address("account_login", ALL, status=302, is_public=True),
    Address("account_logout", ALL, is_public=True),
    Address("account_change_password", ALL),
    Address("account_set_password", ALL, status=302, about="with one already"),
    Address("account_reauthenticate", ALL),
]
