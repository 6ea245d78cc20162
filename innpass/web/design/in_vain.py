"""How often one address may ask for what is not there: guessing must lead nowhere, slowly."""

from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 20  # in vain at one door, from one address
SECONDS = 5 * 60


def is_over(request: HttpRequest, *, door: str) -> bool:
    """Say whether the address has asked in vain too often.

    Args:
        door: where it asks; each is counted apart.
    """
    return int(cache.get(_key(request, door), 0)) >= MOST


def count(request: HttpRequest, *, door: str) -> None:
    """Count something asked in vain."""
    key = _key(request, door)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it went out of date between the two
            cache.set(key, 1, SECONDS)


def _key(request: HttpRequest, door: str) -> str:
    """Name the address without keeping it."""
    address = str(get_adapter().get_client_ip(request))
    return f"{door}:{sha256(address.encode()).hexdigest()}"
