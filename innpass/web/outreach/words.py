"""Words of asking employers: answers, kinds, days and times, each with its look."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.outreach.codes import Answer, Coming, Usefulness, Wish
from innpass.web.design.lengths import ago_text

KINDS = {
    "municipal": gettext_lazy("Enhet i kommunen"),
    "private": gettext_lazy("Privat bedrift"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How something is shown as a tag: words, an icon, a colour."""

    label: Any
    icon: str
    colour: str


ANSWERS = {
    Answer.YES.value: Look(gettext_lazy("Ja"), "CheckmarkCircle", "success"),
    Answer.LATER.value: Look(gettext_lazy("Kanskje senere"), "Clock", "info"),
    Answer.NO.value: Look(gettext_lazy("Nei"), "MinusCircle", "neutral"),
    "": Look(gettext_lazy("Ikke svart"), "Hourglass", "neutral"),
}
DUE = Look(gettext_lazy("Purres nå"), "ExclamationmarkTriangle", "warning")
UNSENT = Look(gettext_lazy("Ikke sendt ennå"), "Hourglass", "neutral")
COMING = {
    Coming.YES.value: Look(gettext_lazy("Kommer"), "CheckmarkCircle", "success"),
    Coming.NO.value: Look(gettext_lazy("Kommer ikke"), "MinusCircle", "neutral"),
    "": Look(gettext_lazy("Ikke svart"), "Hourglass", "neutral"),
}
CAME = {
    True: Look(gettext_lazy("Møtte"), "CheckmarkCircle", "success"),
    False: Look(gettext_lazy("Møtte ikke"), "XMark", "neutral"),
    None: Look(gettext_lazy("Ikke ført"), "Hourglass", "neutral"),
}
EVENTS: dict[str, tuple[Any, str]] = {
    "letter": (gettext_lazy("Spurt"), "Upload"),
    "reminder": (gettext_lazy("Purret"), "Upload"),
    "reply": (gettext_lazy("Svarte"), "CheckmarkCircle"),
    "invited": (gettext_lazy("Invitert"), "Calendar"),
    "came": (gettext_lazy("Møtte"), "PersonGroup"),
    "stayed_away": (gettext_lazy("Møtte ikke"), "XMark"),
    "place": (gettext_lazy("Ny plass"), "Briefcase"),
    "call": (gettext_lazy("Telefon"), "HandShakeHeart"),
    "email": (gettext_lazy("E-post"), "HandShakeHeart"),
    "visit": (gettext_lazy("Besøk"), "HandShakeHeart"),
    "meeting": (gettext_lazy("Møte"), "HandShakeHeart"),
}
TOUCHES = {
    "call": gettext_lazy("telefon"),
    "email": gettext_lazy("e-post"),
    "visit": gettext_lazy("besøk"),
    "meeting": gettext_lazy("møte"),
    "reply": gettext_lazy("svarte på kampanje"),
    "came": gettext_lazy("kom på møte"),
}


def feedback_words(usefulness: str, wish: str, text: str) -> str:
    """Write what an employer thought of a meeting in one line; nothing where it said nothing."""
    parts = [
        str(Usefulness(usefulness).label) if usefulness else "",
        str(Wish(wish).label) if wish else "",
        text,
    ]
    return ". ".join(part[:1].upper() + part[1:] for part in parts if part)


def seats_text(seats: int) -> str:
    """Count places: ``1 plass``, ``12 plasser``."""
    return ngettext("%(n)s plass", "%(n)s plasser", seats) % {"n": seats}


def employers_text(count: int) -> str:
    """Count employers."""
    return ngettext("%(n)s arbeidsgiver", "%(n)s arbeidsgivere", count) % {"n": count}


def since(day: date | None, on: date) -> str:
    """Say how long ago a day was: ``i dag``, ``for 12 dager siden``; ``aldri`` for none."""
    if day is None:
        return _("aldri")
    days = (on - day).days
    return ago_text(days) if days > 0 else _("i dag")


def with_reply_by(text: str, day: date | None, *, on: date) -> str:
    """Add to a letter of a day when the answer is wanted, unless that is past or said already."""
    if day is None or day < on:
        return text
    told = formats.date_format(day, "j. F Y")
    with_month, _space, _year = told.rpartition(" ")
    forms = "|".join(map(re.escape, (with_month, f"{day:%d.%m.}", f"{day.day}.{day.month}.")))
    if re.search(rf"(?<!\d)(?:{forms})", text, re.IGNORECASE):
        return text
    return f"{text}\n\n" + _("Svar oss innen %(day)s.") % {"day": told}


def clock(minutes: int) -> str:
    """Write a time of the day: ``11.30``."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def when(day: date, start: int, end: int) -> str:
    """Write a day and its times: ``torsdag 4. juni 2026 kl. 11.30–13.00``."""
    said = formats.date_format(day, "l j. F Y")
    return _("%(day)s kl. %(start)s–%(end)s") % {
        "day": said,
        "start": clock(start),
        "end": clock(end),
    }
