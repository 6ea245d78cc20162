"""Which term, and which model: what the preview of many is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.domain.courses.deciding import reason_faults
from innpass.domain.courses.faults import sentence
from innpass.domain.courses.following import Version
from innpass.exchange.clock import today
from innpass.web.courses.forms import DayField, DesignForm, as_day
from innpass.web.design.course_words import version_words


class TermForm(DesignForm):
    """A term, and where they are to be put: on what we suggest, or on one version."""

    termin = forms.ChoiceField(
        label=gettext_lazy("Begynte i"),
        error_messages={
            "required": gettext_lazy("Velg måneden de begynte."),
            "invalid_choice": gettext_lazy("Velg en av månedene i listen."),
        },
    )
    modell = forms.ChoiceField(
        label=gettext_lazy("Sett dem på"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Velg en av modellene i listen.")},
    )
    fra = DayField(label=gettext_lazy("Fra (når de flyttes)"), required=False)
    hvorfor = forms.CharField(
        label=gettext_lazy("Hvorfor (når de flyttes)"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        terms: Mapping[str, str],
        versions: Sequence[Version],
    ) -> None:
        super().__init__(data, initial={"fra": as_day(today())})
        self.versions = versions
        self.fields["termin"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg måned")),
            *terms.items(),
        ]
        self.fields["modell"].choices = [  # type: ignore[attr-defined]
            ("", _("Modellen Innpass foreslår for hver")),
            *(
                (f"{each.model.id}:{each.number}", f"{each.model.name}, {version_words(each)}")
                for each in versions
            ),
        ]

    def clean_hvorfor(self) -> str:
        """Refuse a long number here, once, and not for each of those who would be moved."""
        reason: str = self.cleaned_data["hvorfor"]
        for fault in reason_faults(reason):
            raise forms.ValidationError(sentence(fault))
        return reason

    def clean(self) -> dict[str, Any] | None:
        """Ask for a day and a reason where people are moved."""
        said = super().clean()
        if self.cleaned_data.get("modell"):
            if not self.cleaned_data.get("fra") and "fra" not in self.errors:
                self.add_error("fra", _("Skriv dagen de flyttes fra."))
            if not self.cleaned_data.get("hvorfor") and "hvorfor" not in self.errors:
                self.add_error("hvorfor", _("Skriv hvorfor de flyttes."))
        return said

    @property
    def target(self) -> Version | None:
        """The version they are to be moved to; ``None`` where each gets what we suggest."""
        asked = self.cleaned_data["modell"]
        return next((v for v in self.versions if f"{v.model.id}:{v.number}" == asked), None)
