"""Words of the intake: child care, attendance, bookings, sessions and times."""

from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.domain.intake.problem import ChildCare
from innpass.domain.intake.sentences import clock_text
from innpass.web.intake.pages import HasTime

CHILD_CARE: dict[str, Any] = {
    ChildCare.UNKNOWN: gettext_lazy("Ikke kjent"),
    ChildCare.NOT_NEEDED: gettext_lazy("Trenger ikke"),
    ChildCare.ALL_DAY: gettext_lazy("Hele dagen"),
    ChildCare.MORNING: gettext_lazy("Bare før kl. 12"),
    ChildCare.AFTERNOON: gettext_lazy("Bare etter kl. 12"),
}
CAME: dict[str, Any] = {
    "came": gettext_lazy("Møtte"),
    "stayed_away": gettext_lazy("Møtte ikke"),
    "excused": gettext_lazy("Meldte fra"),
    "invited": gettext_lazy("Ikke ført"),
}
BOOKING: dict[str, Any] = {
    "": gettext_lazy("Må bestilles"),
    "ordered": gettext_lazy("Bestilt"),
    "confirmed": gettext_lazy("Bekreftet"),
    "cancelled": gettext_lazy("Avbestilt"),
    "moved": gettext_lazy("Må bestilles på nytt"),
}


def weekday_and_day(day: date) -> str:
    """Write a day with its weekday: ``mandag 10. august``."""
    return formats.date_format(day, "l j. F")


def time_span(start: int, end: int) -> str:
    """Write when something lasts: ``kl. 09.00–10.30``; minutes after midnight."""
    return _("kl. %(start)s–%(end)s") % {"start": clock_text(start), "end": clock_text(end)}


def session_label(session: HasTime) -> str:
    """Name a session by its day and time."""
    return f"{weekday_and_day(session.day)} {time_span(session.start, session.end)}"


def spoken(language: str, needs_interpreter: bool | None) -> str:
    """Say which language somebody speaks, and whether an interpreter is needed."""
    if not language:
        return _("Trenger tolk, språket mangler") if needs_interpreter else _("Ikke kjent")
    if needs_interpreter:
        return _("%(language)s, med tolk") % {"language": language}
    return language


def days_to(day: date, on: date) -> str:
    """Say how far ahead a day is."""
    days = (day - on).days
    if days == 0:
        return _("i dag")
    if days < 0:
        return ngettext("for %(n)s dag siden", "for %(n)s dager siden", -days) % {"n": -days}
    return ngettext("om %(n)s dag", "om %(n)s dager", days) % {"n": days}
