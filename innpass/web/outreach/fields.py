"""Fields that read days, counts and choices, with sentences that say what to write."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.domain.sheets.dates import read_date
from innpass.web.design.forms import DayInput, DesignRenderer

_NOT_A_DAY = _("Skriv datoen som 30.06.2026.")
_NOT_A_TIME = _("Skriv klokkeslettet som 11.30.")
_CHOOSE = _("Velg fra listen.")
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:\s*[.:]?\s*(\d{2}))?", re.IGNORECASE)
_MINUTES_PER_DAY = 24 * 60


class DesignForm(forms.Form):
    """A form with the look of Designsystemet."""

    default_renderer = DesignRenderer


class DayField(forms.CharField):
    """A day, in any usual way of writing it."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, error_messages={"required": _NOT_A_DAY}, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Read it.

        Raises:
            ValidationError: it is no day.
        """
        typed = super().clean(value)
        if not typed:
            return None
        found = read_date(typed)
        if not found or not isinstance(found.value, date):
            raise forms.ValidationError(_NOT_A_DAY)
        return found.value


class ClockField(forms.CharField):
    """A time of the day; its value is minutes after midnight."""

    widget = forms.TextInput(attrs={"placeholder": "11.30", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, error_messages={"required": _NOT_A_TIME}, **kwargs)

    def clean(self, value: Any) -> int | None:
        """Read it.

        Raises:
            ValidationError: it is no time of a day.
        """
        typed = super().clean(value)
        if not typed:
            return None
        match = _CLOCK.fullmatch(typed.strip())
        minutes = 60 * int(match[1]) + int(match[2] or 0) if match else _MINUTES_PER_DAY
        if match is None or int(match[2] or 0) > 59 or minutes >= _MINUTES_PER_DAY:
            raise forms.ValidationError(_NOT_A_TIME)
        return minutes

    def prepare_value(self, value: Any) -> Any:
        """Write minutes as they are typed."""
        return f"{value // 60:02d}.{value % 60:02d}" if isinstance(value, int) else value


def line(label: Any, *, most: int, told: Any = "", **kwargs: Any) -> forms.CharField:
    """Make a field for one line of text; ``told`` is said where it is needed and empty."""
    required = bool(told)
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        error_messages={
            "required": told,
            "max_length": _("Skriv kortere: høyst %(limit_value)s tegn."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **kwargs,
    )


def text_area(
    label: Any, *, most: int, rows: int, told: Any = "", **kwargs: Any
) -> forms.CharField:
    """Make a field for several lines of text."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(told),
        error_messages={
            "required": told,
            "max_length": _("Skriv kortere: høyst %(limit_value)s tegn."),
        },
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


def count(label: Any, *, most: int, **kwargs: Any) -> forms.IntegerField:
    """Make a field for a whole number from 1; all that may be wrong is told in one sentence."""
    told = _("Skriv et helt tall fra 1 til %(most)s.") % {"most": most}
    codes = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        error_messages=dict.fromkeys(codes, told),
        **kwargs,
    )


def choice(
    label: Any, choices: Iterable[tuple[str, Any]], *, told: Any = _CHOOSE, **kwargs: Any
) -> forms.ChoiceField:
    """Make a field to choose one of a list."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        error_messages={"required": told, "invalid_choice": _CHOOSE},
        **kwargs,
    )


def upper(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Write choices with a large first letter."""
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in choices]
