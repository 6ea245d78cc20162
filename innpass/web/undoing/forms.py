"""Undoing an import: for whom, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.web.design.forms import DesignRenderer


class UndoForm(forms.Form):
    """The reason, and for whom where somebody has changed something since."""

    default_renderer = DesignRenderer

    others = forms.BooleanField(required=False, initial=True)
    people = forms.MultipleChoiceField(
        label=_("Angre også for"),
        help_text=_("Det som er endret siden, går tapt for dem du velger."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Velg blant personene i listen.")},
    )
    reason = forms.CharField(
        label=_("Hvorfor angres importen?"),
        help_text=_("Begrunnelsen står i historikken til alle det gjelder."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": _("Skriv hvorfor, så de andre forstår hva som skjedde.")},
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], others: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["others"].label = others
        if not people:
            del self.fields["people"]
            del self.fields["others"]
