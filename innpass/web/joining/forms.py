"""Finding the other person, and the reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.web.design.forms import DesignRenderer


class SearchForm(forms.Form):
    """Find the person to compare with."""

    default_renderer = DesignRenderer

    search = forms.CharField(
        label=_("Finn den andre"),
        help_text=_("Skriv navnet, eller deler av det."),
        max_length=100,
        error_messages={"required": _("Skriv navnet på den du leter etter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReasonForm(forms.Form):
    """Why; asked before two are joined and before rows are parted."""

    default_renderer = DesignRenderer

    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Hvordan vet du det? Begrunnelsen står i historikken."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": _("Skriv hvorfor, så de andre forstår hva som skjedde.")},
    )


class SureForm(ReasonForm):
    """Why, and that one is sure: asked where two are plainly different people."""

    is_sure = forms.BooleanField(
        label=_("Jeg er sikker på at det er samme person, selv om dette er forskjellig"),
        error_messages={"required": _("Kryss av hvis du er sikker, eller velg en annen.")},
    )

    field_order = ("is_sure", "reason")


def uuids(values: Any) -> set[UUID]:
    """Return the ids among what was posted; what is none is left out."""
    found = set()
    for value in values:
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return found
