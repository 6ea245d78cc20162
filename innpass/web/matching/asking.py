"""From which day somebody looks, as it stands in an address."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from innpass.casework.matching.weeks import usual_start
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.dates import read_date
from innpass.web.design.templatetags.design import day as day_words
from innpass.web.matching.pages import WeekChoice

_AHEAD = timedelta(days=2 * 366)
AFTER = (30, 60, 90)  # days


def monday_asked(query: Mapping[str, str], *, on: date) -> date:
    """Return the Monday of the week an address asks for; the usual start otherwise.

    ``fra`` is a day, ``om`` a number of days ahead. What cannot be meant is as if it was not asked.
    """
    typed = query.get("fra", "").strip()
    found = read_date(typed[:40]) if typed else None
    day = found.value if found and isinstance(found.value, date) else None
    ahead = query.get("om", "")
    if day is None and ahead in {str(each) for each in AFTER}:
        day = on + timedelta(days=int(ahead))
    if day is None or not on - timedelta(days=7) <= day <= on + _AHEAD:
        return usual_start(on)
    return IsoWeek.of(day).monday


def week_choice(monday: date, *, on: date, href: str = "") -> WeekChoice:
    """Describe from when somebody looks; with ``href`` also the days ahead that can be chosen."""
    words = _("uke %(week)s, fra %(day)s") % {
        "week": IsoWeek.of(monday).number,
        "day": day_words(monday),
    }
    sooner = []
    if href:
        usual = usual_start(on)
        sooner.append((_("Så snart som mulig"), href, monday == usual))
        for days in AFTER:
            there = IsoWeek.of(on + timedelta(days=days)).monday
            label = _("Om %(days)s dager") % {"days": days}
            sooner.append((label, f"{href}?om={days}", monday == there != usual))
    return WeekChoice(monday, words, tuple(sooner))


def said(monday: date) -> str:
    """Return the part of an address that asks for a Monday."""
    return f"?fra={monday.isoformat()}"
