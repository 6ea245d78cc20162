"""Fields for times of day, hours and days, read however they are written."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.keeping import DAYS, time_text
from innpass.domain.sheets.dates import read_date
from innpass.web.design.forms import DesignRenderer
from innpass.web.design.templatetags.design import number
from innpass.web.design.words import capitalised

_CLOCK = r"(?:kl\.?\s*)?(\d{1,2})(?:\s*[.:]?\s*(\d{2}))?"
_TIMES = re.compile(rf"{_CLOCK}\s*(?:-|–|—|til)\s*{_CLOCK}", re.IGNORECASE)
_MINUTES_PER_DAY = 24 * 60
_MOST_HOURS = 24.0
DAY_CHOICES = [(str(at), capitalised(name)) for at, name in enumerate(DAYS)]


def read_times(text: str) -> tuple[int, int] | None:
    """Read two times of a day as minutes after midnight; ``None`` where they are none.

    Example:
        >>> read_times("08.30–12.00"), read_times("8 - 15:30"), read_times("kl. 0830 til 1200")
        ((510, 720), (480, 930), (510, 720))
        >>> read_times("formiddag"), read_times("8.75-9")
        (None, None)
    """
    match = _TIMES.fullmatch(text.strip())
    if match is None:
        return None
    hours = [int(each or 0) for each in match.groups()]
    start, end = 60 * hours[0] + hours[1], 60 * hours[2] + hours[3]
    is_clock = max(hours[1], hours[3]) < 60 and max(start, end) <= _MINUTES_PER_DAY
    return (start, end) if is_clock else None


class TimesField(forms.CharField):
    """When something begins and ends on a day, in one field that can be pasted into."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            widget=forms.TextInput(
                attrs={"placeholder": "08.30–12.00", "autocomplete": "off", "size": 12}
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> tuple[int, int] | None:
        """Read the times.

        Raises:
            ValidationError: they cannot be understood, or end before they start.
        """
        typed = super().clean(value)
        if not typed:
            return None
        found = read_times(typed)
        if found is None:
            raise forms.ValidationError(
                _("Vi forstår ikke «%(typed)s». Skriv fra og til, som 08.30–12.00."),
                params={"typed": typed},
            )
        if found[1] <= found[0]:
            raise forms.ValidationError(_("Slutten må komme etter starten, samme dag."))
        return found


class DayField(forms.CharField):
    """A day, in any usual way of writing it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            widget=forms.TextInput(
                attrs={"placeholder": _("dd.mm.åååå"), "autocomplete": "off", "size": 12}
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        """Read the day.

        Raises:
            ValidationError: it cannot be understood.
        """
        typed = super().clean(value)
        if not typed:
            return None
        found = read_date(typed)
        if not found or not isinstance(found.value, date):
            raise forms.ValidationError(
                _("Vi forstår ikke «%(typed)s» som en dato. Skriv den som 30.06.2026."),
                params={"typed": typed},
            )
        return found.value


class HoursField(forms.CharField):
    """A length in hours, such as ``7,5``; its value is in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=10,
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6}
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> int | None:
        """Read the hours.

        Raises:
            ValidationError: they are no number from 0 to 24.
        """
        typed = super().clean(value)
        if not typed:
            return None
        try:
            hours = float(typed.replace(",", ".").removesuffix("t").strip())
        except ValueError:
            hours = -1.0
        if not 0 <= hours <= _MOST_HOURS:
            raise forms.ValidationError(_("Skriv timer som et tall fra 0 til 24, som 7,5."))
        return round(60 * hours)


def whole(label: Any, *, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    """Make a field for a whole number, with sentences that say what it may be."""
    told = {
        "invalid": gettext_lazy("Skriv et helt tall, for eksempel 16."),
        "min_value": gettext_lazy("Skriv %(limit_value)s eller mer."),
        "max_value": gettext_lazy("Skriv %(limit_value)s eller mindre."),
        "required": gettext_lazy("Skriv et tall."),
    }
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=told, **kwargs
    )


def as_times(start: int | None, end: int | None) -> str:
    """Write two times of a day as they stand in their field; nothing where there are none."""
    return "" if start is None or end is None else time_text(start, end)


def as_day(day: date | None) -> str:
    """Write a day as it stands in its field."""
    return f"{day:%d.%m.%Y}" if day else ""


def as_hours(minutes: int | None) -> str:
    """Write minutes as hours as they stand in their field."""
    return "" if minutes is None else number(minutes / 60)


class DesignForm(forms.Form):
    """A form with the look of Designsystemet."""

    default_renderer = DesignRenderer
