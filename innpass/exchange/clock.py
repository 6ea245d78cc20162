"""What day it is, and how much of it has passed. The only place that asks the clock for days."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return today in the municipality's time zone, or the pinned day of a demo (INNPASS_TODAY)."""
    return settings.INNPASS_TODAY or timezone.localdate()


def minute_of(day: date) -> int:
    """Return the minutes that have passed of a day; 0 where it is not today, or today is pinned."""
    now = timezone.localtime()
    return now.hour * 60 + now.minute if day == now.date() and day == today() else 0
