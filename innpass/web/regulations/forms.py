"""Choosing how a silent text is read, and asking what if the law were another."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.law.supposing import (
    CannotSuppose,
    Supposition,
    begins_after,
    numbers,
    passed_texts,
    suppose,
    topics_of,
    value_now,
)
from innpass.domain.law.words import (
    part_words,
    reading_answer,
    reading_answers,
    title,
    unit_words,
)
from innpass.domain.sheets.dates import read_date
from innpass.web.design.forms import DayInput, DesignRenderer
from innpass.web.design.templatetags.design import day, number
from innpass.web.design.words import capitalised

MOST = 1000  # that a number may be supposed to be


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
        return (
            f"{words.rstrip('.')} {_('(slik Innpass leser den)')}" if place == self.ours else words
        )

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


class TextForm(forms.Form):
    """Suppose that a passed text were in force from a day."""

    default_renderer = DesignRenderer

    text = forms.ChoiceField(
        label=_("Hvilken tekst?"),
        error_messages={
            "required": _("Velg en tekst."),
            "invalid_choice": _("Velg en av tekstene i listen."),
        },
    )
    first_day = forms.CharField(
        label=_("I kraft fra"),
        help_text=_("Velg en dag som har vært for å se hvem av dagens deltakere den hadde nådd."),
        widget=DayInput(),
        max_length=40,
        error_messages={"required": _("Velg en dag.")},
    )

    def __init__(self, data: Any = None, *, law: Law, on: date) -> None:
        self.law = law
        super().__init__(data, auto_id="text_%s")
        self.initial["first_day"] = on
        self.fields["text"].choices = [  # type: ignore[attr-defined]
            (text.rule, f"{title(text.topic)}: {text.source.paragraph if text.source else ''}")
            for text in passed_texts(law)
        ]

    def clean_first_day(self) -> date:
        """Read the day in any usual way of writing it."""
        typed = self.cleaned_data["first_day"]
        found = read_date(typed)
        if not found or not isinstance(found.value, date):
            raise forms.ValidationError(
                _("Vi forstår ikke «%(typed)s» som en dato. Skriv den som 30.06.2026."),
                params={"typed": typed},
            )
        return found.value

    def clean(self) -> dict[str, Any] | None:
        """Ask for a day after the text that this one follows."""
        cleaned = super().clean()
        text, first_day = self.cleaned_data.get("text"), self.cleaned_data.get("first_day")
        if text and first_day:
            after = begins_after(self.law, text)
            if after and first_day <= after:
                self.add_error(
                    "first_day",
                    _("Velg en dag etter %(day)s. Da begynner teksten den følger etter.")
                    % {"day": day(after)},
                )
        return cleaned

    @property
    def supposition(self) -> Supposition:
        """Return what is supposed."""
        return Supposition(text=self.cleaned_data["text"], first_day=self.cleaned_data["first_day"])


class NumberForm(forms.Form):
    """Suppose that a number of the law were another. Nothing is stored of it but the question."""

    default_renderer = DesignRenderer

    number = forms.ChoiceField(
        label=_("Hvilket tall?"),
        error_messages={
            "required": _("Velg et tall."),
            "invalid_choice": _("Velg et av tallene i listen."),
        },
    )
    value = forms.CharField(
        label=_("Hva om det var"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8}),
        max_length=12,
        error_messages={"required": _("Skriv et tall, for eksempel 20.")},
    )

    def __init__(self, data: Any = None, *, law: Law) -> None:
        self.law = law
        super().__init__(data, auto_id="number_%s")
        groups: dict[str, list[tuple[str, str]]] = {}
        for name in numbers(law):
            topics = topics_of(law, Supposition(number=name))
            groups.setdefault(title(topics[0]), []).append((name, self._label(name)))
        self.fields["number"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg et tall")),
            *groups.items(),
        ]

    def _label(self, name: str) -> str:
        whole, _dot, part = name.partition(".")
        parameter = self.law.parameter(whole)
        term = capitalised(parameter.term) + (f": {part_words(part)}" if part else "")
        now = number(value_now(self.law, name))
        return f"{term} ({_('nå')} {now} {unit_words(parameter)})"

    def clean_value(self) -> float:
        """Read a number that the law could have."""
        typed = self.cleaned_data["value"]
        try:
            value = float(typed.replace(",", ".").replace(" ", ""))
        except ValueError:
            raise forms.ValidationError(
                _("Vi forstår ikke «%(typed)s» som et tall. Skriv for eksempel 20."),
                params={"typed": typed},
            ) from None
        if not 0 <= value <= MOST:
            raise forms.ValidationError(
                _("Skriv et tall fra 0 til %(most)s."), params={"most": MOST}
            )
        return value

    def clean(self) -> dict[str, Any] | None:
        """Ask for a whole number where the law has one, and for another than it has."""
        cleaned = super().clean()
        if self.cleaned_data.get("number") and "value" in self.cleaned_data:
            what = self.supposition
            if what.value == value_now(self.law, what.number):
                self.add_error("value", _("Det er tallet loven har nå. Skriv et annet."))
                return cleaned
            try:
                suppose(self.law, what)
            except CannotSuppose:
                self.add_error("value", _("Skriv et helt tall."))
        return cleaned

    @property
    def supposition(self) -> Supposition:
        """Return what is supposed."""
        return Supposition(number=self.cleaned_data["number"], value=self.cleaned_data["value"])
