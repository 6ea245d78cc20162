"""Setting and lifting the mark of a protected address."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.web.design.forms import DesignRenderer

_REASON_MISSING = {"required": _("Skriv hvorfor. Begrunnelsen står i loggen.")}


class SearchForm(forms.Form):
    """Find the person to mark."""

    default_renderer = DesignRenderer

    search = forms.CharField(
        label=_("Finn deltakeren"),
        help_text=_("Skriv navnet, eller deler av det."),
        max_length=100,
        error_messages={"required": _("Skriv navnet på den du leter etter.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SetForm(forms.Form):
    """Mark a person: who, who may see the person from now on, and why."""

    default_renderer = DesignRenderer

    participant = forms.ChoiceField(
        label=_("Deltaker"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hvem som skal merkes."),
            "invalid_choice": _("Velg en av deltakerne i listen."),
        },
    )
    named = forms.MultipleChoiceField(
        label=_("Hvem skal se deltakeren?"),
        help_text=_("Du er alltid med selv. Alle andre slutter å se deltakeren med en gang."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("For eksempel hvilket vedtak merket bygger på. Skriv ikke adressen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages=_REASON_MISSING,
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        staff: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["named"].choices = list(staff)  # type: ignore[attr-defined]
        if not staff:
            del self.fields["named"]


class LiftForm(forms.Form):
    """Lift a mark, with the reason. Each mark's form has its own names for its controls."""

    default_renderer = DesignRenderer

    mark = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Hvorfor oppheves merket?"),
        help_text=_("Deltakeren blir synlig for alle i de tre tjenestene igjen."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages=_REASON_MISSING,
    )

    @classmethod
    def of(cls, mark: UUID, data: Any = None) -> "LiftForm":
        """Return the form of a mark, filled with what was posted where that is given."""
        return cls(data, initial={"mark": mark}, auto_id=f"lift_{mark}_%s")
