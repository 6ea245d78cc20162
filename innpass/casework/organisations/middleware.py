"""Every request runs in the signed-in user's municipality, or in none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_scopes import scope

from innpass.casework.organisations.queries import actor_for
from innpass.exchange.clock import today


class TenantMiddleware:
    """Set ``request.actor`` and ``request.municipality`` and scope all queries to the latter.

    Membership is read at each request, so a change of role bites at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = None
        if request.user.is_authenticated:
            found = actor_for(request.user, on=today())
        if found is None:
            request.actor = request.municipality = None  # type: ignore[attr-defined]
            return self.get_response(request)
        request.actor, request.municipality = found  # type: ignore[attr-defined]
        with scope(municipality=found[1]):
            return self.get_response(request)
