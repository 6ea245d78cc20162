"""Whose cases a report is to hold, and which period."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.casework.inspection.services import MOST_PEOPLE
from innpass.domain.sheets.dates import read_date
from innpass.web.design.forms import DayInput, DesignRenderer

LARGEST_SEED = 2_147_483_647
_NOT_A_DAY = _("Skriv datoen som 30.06.2026.")


class _Day(forms.CharField):
    """A day in any usual way of writing it."""

    def clean(self, value: Any) -> date:
        """Read it.

        Raises:
            ValidationError: it is missing or no day.
        """
        found = read_date(super().clean(value))
        if not found or not isinstance(found.value, date):
            raise forms.ValidationError(_NOT_A_DAY)
        return found.value


def _day(label: Any) -> _Day:
    return _Day(
        label=label,
        max_length=40,
        widget=DayInput(),
        error_messages={"required": _NOT_A_DAY},
    )


class ReportForm(forms.Form):
    """Ask for a report."""

    default_renderer = DesignRenderer

    whom = forms.ChoiceField(
        label=_("Hvem skal være med?"),
        choices=[
            ("all", _("Alle som var i programmet i perioden")),
            ("sample", _("Et tilfeldig utvalg av dem")),
            ("person", _("Én deltaker")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem som skal være med.")},
    )
    size = forms.IntegerField(
        label=_("Antall i utvalget"),
        help_text=_("Bare for et tilfeldig utvalg."),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
    )
    seed = forms.IntegerField(
        label=_("Frø for trekningen"),
        help_text=_("Et tall. Samme frø trekker de samme igjen. Tomt: Innpass finner et."),
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
    )
    name = forms.CharField(
        label=_("Navn på deltakeren"),
        help_text=_("Bare for én deltaker."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    first_day = _day(_("Fra og med"))
    last_day = _day(_("Til og med"))

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs, and for a period that ends after it begins."""
        data = super().clean() or {}
        if data.get("whom") == "sample" and not data.get("size") and "size" not in self.errors:
            self.add_error("size", _("Skriv hvor mange som skal trekkes."))
        if data.get("whom") == "person" and not data.get("name", "").strip():
            self.add_error("name", _("Skriv navnet på deltakeren."))
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Siste dag må være etter første dag."))
        return data
