"""How stretches of time are written on every screen: days, months, how far away a day is."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_DAYS_IN_YEAR = 365


def days_text(days: int) -> str:
    """Write a number of days."""
    return ngettext("%(days)s dag", "%(days)s dager", days) % {"days": days}


def months_text(months: int) -> str:
    """Write a number of months."""
    return ngettext("%(months)s måned", "%(months)s måneder", months) % {"months": months}


def months_or_days(months: int | None, days: int | None) -> str:
    """Write whole months, or days where there is not one; nothing where it is not known."""
    if months is None or days is None:
        return ""
    return months_text(months) if months else days_text(days)


def ago_text(days: int) -> str:
    """Write how long ago a day was: in days up to a year, and in whole years from there on.

    Example:
        >>> ago_text(12), ago_text(3 * 365 + 20)
        ('for 12 dager siden', 'for 3 år siden')
    """
    years = days // _DAYS_IN_YEAR
    time = ngettext("%(years)s år", "%(years)s år", years) % {"years": years}
    return _("for %(days)s siden") % {"days": time if years else days_text(days)}


def days_away(day: date | None, *, on: date) -> str:
    """Write how far a day lies ahead or back; nothing for no day.

    Example:
        >>> days_away(date(2026, 7, 2), on=date(2026, 6, 30))
        'om 2 dager'
    """
    if day is None:
        return ""
    days = (day - on).days
    if days == 0:
        return _("i dag")
    if days < 0:
        return ago_text(-days)
    return _("om %(days)s") % {"days": days_text(days)}
