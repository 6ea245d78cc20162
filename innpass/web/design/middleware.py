"""The frame around every page, worked out only if a page draws it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from innpass.casework.imports.retention import count_due
from innpass.casework.intake.retention import count_due_terms
from innpass.domain.access.policy import may_review_files
from innpass.domain.access.roles import ROLE_NAMES, Actor
from innpass.exchange.clock import today
from innpass.web.design.chrome import Chrome
from innpass.web.design.menu import menu_of

BODIES = {
    "refugee": _("flyktningtjenesten"),
    "nav": _("Nav"),
    "learning": _("voksenopplæringen"),
}


def chrome_of(request: HttpRequest) -> Chrome:
    """Return the frame for whoever is signed in, or the empty one."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return Chrome(today=today())
    roles = ", ".join(sorted(ROLE_NAMES[role] for role in actor.roles)).capitalize()
    reviews = may_review_files(actor)
    files_due = count_due(on=today()) if reviews else 0
    intakes_due = count_due_terms(on=today()) if reviews else 0
    return Chrome(
        user_name=actor.name,
        role=f"{roles}, {BODIES.get(actor.body or '', '')}",
        municipality=str(request.municipality),  # type: ignore[attr-defined]
        menu=menu_of(actor, to_review=files_due + intakes_due),
        files_due=files_due,
        intakes_due=intakes_due,
        today=today(),
    )


class ChromeMiddleware:
    """Set ``request.chrome``; asks the database only when a page draws the frame."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.chrome = SimpleLazyObject(lambda: chrome_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
