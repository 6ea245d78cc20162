"""How often one address may ask for what is not there: guessing must lead nowhere, slowly."""

from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 20  # in vain, from one address
SECONDS = 5 * 60


def is_over(request: HttpRequest) -> bool:
    """Say whether the address has asked in vain too often; whoever is let in is never asked."""
    return int(cache.get(_key(request), 0)) >= MOST


def count(request: HttpRequest) -> None:
    """Count something asked in vain."""
    key = _key(request)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it went out of date between the two
            cache.set(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    """Name the address without keeping it."""
    address = str(get_adapter().get_client_ip(request))
    return f"doors:{sha256(address.encode()).hexdigest()}"
