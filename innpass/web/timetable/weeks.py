"""Weeks and times of day as they stand in addresses, in fields and in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.domain.periods import IsoWeek
from innpass.domain.planning.sentences import clock_text
from innpass.web.design.templatetags.design import day as day_words
from innpass.web.design.words import listed

DAYS = (
    *(gettext_lazy("mandag"), gettext_lazy("tirsdag"), gettext_lazy("onsdag")),
    *(gettext_lazy("torsdag"), gettext_lazy("fredag"), gettext_lazy("lørdag")),
    gettext_lazy("søndag"),
)
SHORT_DAYS = (
    *(gettext_lazy("man."), gettext_lazy("tir."), gettext_lazy("ons."), gettext_lazy("tor.")),
    *(gettext_lazy("fre."), gettext_lazy("lør."), gettext_lazy("søn.")),
)
WORKDAYS = 5
_ONE = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:\s*[.:,]\s*(\d{2})|(\d{2}))?", re.IGNORECASE)
_MINUTES_PER_DAY = 24 * 60


def week_asked(query: Mapping[str, str], *, on: date) -> IsoWeek:
    """Return the week an address asks for, as ``uke=2026-W34``; the one of ``on`` otherwise."""
    try:
        week = IsoWeek.parse(query.get("uke", ""))
    except ValueError:
        return IsoWeek.of(on)
    return week if _FIRST_YEAR <= week.year <= _LAST_YEAR else IsoWeek.of(on)


def before(week: IsoWeek) -> IsoWeek:
    """Return the week before."""
    return IsoWeek.of(week.monday - _ONE)


def week_words(week: IsoWeek) -> str:
    """Name a week: ``uke 34``."""
    return _("uke %(number)s") % {"number": week.number}


def span_words(first: date, last: date) -> str:
    """Write the days of a week as ``17.–23. aug. 2026``.

    Example:
        >>> span_words(date(2026, 8, 17), date(2026, 8, 23))
        '17.–23. aug. 2026'
    """
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def time_words(start: int, end: int) -> str:
    """Write when something is: ``08.30–12.00``."""
    return f"{clock_text(start)}–{clock_text(end)}"


def read_clock(text: str) -> int | None:
    """Read a time of day, however it is written; ``None`` where it is none.

    Example:
        >>> [read_clock(each) for each in ("8", "08.30", "8:30", "kl. 0830", "24.00", "halv ni")]
        [480, 510, 510, 510, 1440, None]
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    found = 60 * hour + minute
    return found if minute < 60 and found <= _MINUTES_PER_DAY else None


def until_words(first: date, last: date | None) -> str:
    """Say in which weeks a timetable holds: ``fra uke 34 til den blir byttet``."""
    since = IsoWeek.of(first)
    if last is None:
        return _("fra uke %(week)s til den blir byttet") % {"week": since.number}
    until = IsoWeek.of(last)
    if until == since:
        return _("bare uke %(week)s") % {"week": since.number}
    return _("fra uke %(first)s til og med uke %(last)s") % {
        "first": since.number,
        "last": until.number,
    }


@dataclass(frozen=True, slots=True)
class Endings:
    """What of a timetable is over while it holds: names by their last day, in order.

    Attributes:
        is_all: nothing of it goes on.
    """

    names: Mapping[date, Sequence[str]]
    is_all: bool


def holds_words(
    first: date, last: date | None, *, is_replaced: bool, endings: Endings | None = None
) -> str:
    """Say in which weeks a timetable holds, what ends before, and that another one takes its place.

    Example:
        >>> holds_words(date(2026, 8, 17), date(2026, 8, 30), is_replaced=True)
        'fra uke 34 til og med uke 35; fra uke 36 gjelder en annen'
    """
    names = {
        day: listed(list(each))
        for day, each in (endings.names if endings else {}).items()
        if first <= day and (last is None or IsoWeek.of(day).sunday < last)
    }
    words = until_words(first, last)
    if endings and endings.is_all and names and len(names) == len(endings.names):
        day, what = max(names.items())
        del names[day]
        said = {"week": IsoWeek.of(first).number, "day": day_words(day), "what": what}
        words = _("fra uke %(week)s til %(day)s: %(what)s slutter da") % said
    for day, what in names.items():
        words += "; " + _("%(what)s bare til %(day)s") % {"what": what, "day": day_words(day)}
    if last is None or not is_replaced:
        return words
    after = _("fra uke %(week)s gjelder en annen") % {"week": IsoWeek.of(last).next().number}
    return f"{words}; {after}"


def would_hold(
    week: IsoWeek,
    timetables: Iterable[tuple[UUID, date, date | None]],
    *,
    only_this_week: bool = False,
    endings: Endings | None = None,
) -> str:
    """Say in which weeks one made for a week would hold: until one that is planned already begins.

    Args:
        timetables: the person's, each with its first and last day.
    """
    if only_this_week:
        return until_words(week.monday, week.sunday)
    later = min((first for _pk, first, _ in timetables if first > week.monday), default=None)
    last = later and later - _ONE
    return holds_words(week.monday, last, is_replaced=True, endings=endings)
