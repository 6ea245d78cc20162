"""What day it is. The only place that looks at the clock for days."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return today in the municipality's time zone, or the pinned day of a demo (INNPASS_TODAY)."""
    return settings.INNPASS_TODAY or timezone.localdate()
