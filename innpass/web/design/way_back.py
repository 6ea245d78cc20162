"""The way back to the list as it was left: filters, order and page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# A cookie and not the session, so that reading the list never writes to the database.
_COOKIE = "list"


def remember(response: HttpResponse, *, list_href: str) -> HttpResponse:
    """Keep the list's address until the browser closes. No address holds a participant's name."""
    response.set_signed_cookie(_COOKIE, list_href, httponly=True, samesite="Lax")
    return response


def list_href(request: HttpRequest) -> str:
    """Return the list's address as it was left, or the plain one."""
    home = reverse("overview:overview")
    kept = str(request.get_signed_cookie(_COOKIE, default=home))
    return kept if kept.split("?")[0] == home else home
