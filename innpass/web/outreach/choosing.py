"""Choosing employers by area, kind, and whether anybody has been in touch."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.outreach.queries import Candidate
from innpass.web.design.templatetags.design import day
from innpass.web.outreach.pages import CandidateLine, Choice
from innpass.web.outreach.words import KINDS, TOUCHES, since

_LONG_AGO = 180  # days: from here on a date says more than how many days
# What one may look at; the first is all of them.
SHOWS = {
    "": gettext_lazy("Alle"),
    "urort": gettext_lazy("Ingen har vært i kontakt"),
    "ny": gettext_lazy("Nye enheter: ingen deltaker har vært der"),
    "uten-plass": gettext_lazy("Uten plass nå"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which employers are looked at; empty parts leave nobody out."""

    area: str = ""
    kind: str = ""
    shows: str = ""
    typed: str = ""

    @classmethod
    def sent(cls, data: Mapping[str, str]) -> "Filter":
        """Read it from an address; what is none of the choices is left out."""
        return cls(
            area=data.get("omrade", "")[:120],
            kind=kind if (kind := data.get("slag", "")) in KINDS else "",
            shows=shows if (shows := data.get("vis", "")) in SHOWS else "",
            typed=" ".join(data.get("q", "").split())[:120],
        )

    @property
    def is_used(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.area or self.kind or self.shows or self.typed)

    def fits(self, one: Candidate) -> bool:
        """Say whether an employer is looked at."""
        return (
            (not self.area or one.area == self.area)
            and (not self.kind or one.employer.kind == self.kind)
            and self.typed.casefold() in one.employer.name.casefold()
            and {
                "urort": one.is_untouched,
                "ny": one.is_new,
                "uten-plass": not one.has_place,
            }.get(self.shows, True)
        )


def area_choices(found: Iterable[Candidate], chosen: str) -> tuple[Choice, ...]:
    """Return the service areas to choose among."""
    names = sorted({one.area for one in found if one.area}, key=str.casefold)
    return (
        Choice("", _("Alle områder"), not chosen),
        *(Choice(name, name, name == chosen) for name in names),
    )


def kind_choices(chosen: str) -> tuple[Choice, ...]:
    """Return the kinds of employers to choose among."""
    return (
        Choice("", _("Alle"), not chosen),
        *(Choice(value, str(label), value == chosen) for value, label in KINDS.items()),
    )


def show_choices(chosen: str) -> tuple[Choice, ...]:
    """Return what one may look at."""
    return tuple(Choice(value, str(label), value == chosen) for value, label in SHOWS.items())


def notes_of(one: Candidate) -> tuple[str, ...]:
    """Say that an employer is new, or that nobody was ever in touch."""
    new = (
        (_("Ny enhet") if one.employer.kind == "municipal" else _("Ny bedrift"))
        if one.is_new
        else ""
    )
    untouched = _("Ingen kontakt før") if one.is_untouched else ""
    return tuple(filter(None, (new, untouched)))


def touch_words(one: Candidate, on: date) -> str:
    """Say when somebody was last in touch, and how."""
    if one.touch is None:
        return _("Ingen kontakt ført")
    is_long_ago = (on - one.touch.on).days > _LONG_AGO
    when = day(one.touch.on) if is_long_ago else since(one.touch.on, on)
    return f"{when}, {TOUCHES[one.touch.kind]}"


def candidate_lines(
    found: Iterable[Candidate], *, on: date, but: Collection[UUID] = ()
) -> tuple[CandidateLine, ...]:
    """Write employers as lines to choose among."""
    return tuple(
        CandidateLine(
            id=str(one.employer.pk),
            name=one.employer.name,
            area=one.area,
            kind=str(KINDS.get(one.employer.kind, "")),
            touch=touch_words(one, on),
            notes=notes_of(one),
        )
        for one in found
        if one.employer.pk not in but
    )


def uuids(texts: Iterable[str]) -> list[UUID]:
    """Read the ids among some texts; what is none is passed over."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
