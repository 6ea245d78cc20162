"""The frame around every page, worked out only if a page draws it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from innpass.casework.imports.retention import count_due
from innpass.casework.intake.queries import count_unseen_absences
from innpass.casework.reconciliation.disagreements import count_waiting
from innpass.domain.access.policy import (
    Act,
    may,
    may_import,
    may_read,
    may_review_files,
    may_see_questions,
    may_see_results,
    may_set_protection,
)
from innpass.domain.access.roles import ROLE_NAMES, Actor
from innpass.exchange.clock import today
from innpass.web.design.chrome import Chrome

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
    waiting = count_waiting(actor)
    may_see_intake = may_read(actor, "intake.term")
    return Chrome(
        user_name=actor.name,
        role=f"{roles}, {BODIES.get(actor.body or '', '')}",
        municipality=str(request.municipality),  # type: ignore[attr-defined]
        open_questions=waiting.questions,
        open_disagreements=waiting.disagreements,
        may_import=may_import(actor),
        may_see_deadlines=may_read(actor, "clock.programme_until"),
        may_see_timetables=may_read(actor, "timetable.week"),
        may_see_questions=may_see_questions(actor),
        may_see_results=may_see_results(actor),
        may_see_intake=may_see_intake,
        unseen_absences=count_unseen_absences(actor) if may_see_intake else 0,
        may_see_registration=may(actor, Act.SEE_REGISTRATION),
        may_inspect=may(actor, Act.INSPECT),
        may_see_attendance=may_read(actor, "attendance.minutes"),
        files_due=count_due(on=today()) if may_review_files(actor) else 0,
        may_administer=may(actor, Act.CHANGE_SETTINGS) or may_set_protection(actor),
        today=today(),
    )


class ChromeMiddleware:
    """Set ``request.chrome``; asks the database only when a page draws the frame."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.chrome = SimpleLazyObject(lambda: chrome_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
