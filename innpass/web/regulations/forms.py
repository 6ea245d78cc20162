"""Choosing how a silent text is read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.law.words import reading_answer, reading_answers
from innpass.web.design.forms import DesignRenderer


class ReadingForm(forms.Form):
    """One of the answers the engine knows, and why. Answers are named by their place."""

    default_renderer = DesignRenderer

    answer = forms.ChoiceField(
        label=_("Hvordan skal dere lese teksten?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg et av svarene."),
            "invalid_choice": _("Velg et av svarene i listen."),
        },
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Den står på siden og i loggen. Skriv ikke navn eller numre på deltakere."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Skriv hvorfor. Begrunnelsen står i loggen.")},
    )

    def __init__(self, *args: Any, name: str, law: Law, **kwargs: Any) -> None:
        self.answers = reading_answers(name, law)
        self.here = self.answers.index(law.reading(name))
        self.ours = self.answers.index(THE_LAW.reading(name))
        super().__init__(*args, **kwargs)
        self.initial["answer"] = str(self.here)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (str(place), self._label(name, place)) for place in range(len(self.answers))
        ]

    def _label(self, name: str, place: int) -> str:
        words = reading_answer(name, self.answers[place])
        return f"{words.rstrip('.')} {_('(slik Innpass leser den)')}" if place == self.ours else words

    def clean_answer(self) -> Any:
        """Ask for another answer than the one that holds."""
        place = int(self.cleaned_data["answer"])
        if place == self.here:
            raise forms.ValidationError(_("Teksten leses alt slik. Velg et annet svar."))
        return place

    @property
    def value(self) -> Any:
        """Return the chosen reading; ``None`` is the one that Innpass ships."""
        place = self.cleaned_data["answer"]
        return None if place == self.ours else self.answers[place]
