"""Who asks: every view begins here."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor

NOWHERE = "Brukeren din er ikke knyttet til noen tjeneste i kommunen. Be en administrator om hjelp."


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, with the eyes of today's memberships.

    Raises:
        PermissionDenied: the user works nowhere today; the message says whom to ask.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise PermissionDenied(NOWHERE)
    return actor


class MayNotMiddleware:
    """Turn a refusal of the policy into a 403 page that carries its sentence."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest):  # type: ignore[no-untyped-def]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Re-raise ``MayNot`` as what Django answers 403 to."""
        if isinstance(exception, MayNot):
            raise PermissionDenied(str(exception)) from exception
