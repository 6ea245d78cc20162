"""Forms of the intake: a term, a session, somebody's needs, and moving somebody."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from innpass.domain.sheets.dates import read_date
from innpass.web.design.forms import DayInput, DesignRenderer
from innpass.web.intake.words import CHILD_CARE

_NOT_A_DAY = _("Skriv datoen som 30.06.2026.")
_REASON_HELP = _("Vises for flyktningtjenesten. Skriv ikke mer enn nødvendig.")
_MINUTES = _("Skriv minutter fra 15 til 480, for eksempel 90.")
_PLACES = _("Skriv et helt tall fra 1 til 500, for eksempel 20.")
_PEOPLE = _("Skriv et helt tall fra 1 til 100, for eksempel 15.")
YES_NO = (("", _("Ikke kjent")), ("ja", _("Ja")), ("nei", _("Nei")))


class _Day(forms.CharField):
    """A day in any usual way of writing it."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, error_messages={"required": _NOT_A_DAY}, **kwargs)

    def clean(self, value: Any) -> date:
        """Read it.

        Raises:
            ValidationError: it is missing or no day.
        """
        found = read_date(super().clean(value))
        if not found or not isinstance(found.value, date):
            raise forms.ValidationError(_NOT_A_DAY)
        return found.value


class _Count(forms.IntegerField):
    """A whole number; all that may be wrong with it is told in one sentence."""

    def __init__(self, told: Any, least: int, most: int, **kwargs: Any) -> None:
        codes = ("required", "invalid", "min_value", "max_value")
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages=dict.fromkeys(codes, told),
            **kwargs,
        )


class TermForm(forms.Form):
    """A term: its days, and how large its groups are."""

    default_renderer = DesignRenderer

    name = forms.CharField(
        label=_("Navn på terminen"),
        help_text=_("For eksempel Høst 2026."),
        max_length=60,
        error_messages={"required": _("Skriv et navn, for eksempel Høst 2026.")},
    )
    first_day = _Day(label=_("Første dag i programmet"))
    cut_off = _Day(label=_("Siste dag for å bli med"))
    smallest_group = _Count(_PEOPLE, 1, 100, label=_("Færrest i en gruppe"))
    largest_group = _Count(_PEOPLE, 1, 100, label=_("Flest i en gruppe"))
    session_minutes = _Count(_MINUTES, 15, 480, label=_("Inntakssamtalen varer, minutter"))

    def clean(self) -> dict[str, Any]:
        """Ask for days and sizes that can be."""
        data = super().clean() or {}
        first, cut_off = data.get("first_day"), data.get("cut_off")
        if first and cut_off and cut_off > first:
            self.add_error(
                "cut_off", _("Siste dag for å bli med kan ikke være etter første dag i programmet.")
            )
        small, large = data.get("smallest_group"), data.get("largest_group")
        if small and large and small > large:
            self.add_error("largest_group", _("Flest kan ikke være mindre enn færrest."))
        return data


class SessionForm(forms.Form):
    """A session: when, where and who."""

    default_renderer = DesignRenderer

    day = _Day(label=_("Dag"))
    start = forms.TimeField(
        label=_("Begynner"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"],
        error_messages={
            "required": _("Skriv klokkeslettet som 09.00."),
            "invalid": _("Skriv klokkeslettet som 09.00."),
        },
    )
    minutes = _Count(_MINUTES, 15, 480, label=_("Varer, minutter"))
    place = forms.CharField(label=_("Sted og rom"), required=False, max_length=120)
    capacity = _Count(_PLACES, 1, 500, label=_("Plasser i rommet"), required=False)
    leader = forms.ChoiceField(label=_("Leder samtalen"), required=False)
    supervisor = forms.ChoiceField(
        label=_("Praksisveileder som er med"),
        help_text=_("Veilederen bør være der og fortelle om praksis."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        leaders: Sequence[tuple[str, str]],
        supervisors: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", _("Ingen ennå"))
        self.fields["leader"].choices = [nobody, *leaders]  # type: ignore[attr-defined]
        self.fields["supervisor"].choices = [nobody, *supervisors]  # type: ignore[attr-defined]

    @property
    def start_minute(self) -> int:
        """When it begins, in minutes after midnight."""
        start: time = self.cleaned_data["start"]
        return start.hour * 60 + start.minute


class NeedsForm(forms.Form):
    """Language, interpreter and child care of one person."""

    default_renderer = DesignRenderer

    language = forms.CharField(
        label=_("Språk personen snakker best"),
        help_text=_("Skriv språket på norsk, for eksempel ukrainsk."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off"}),
    )
    needs_interpreter = forms.ChoiceField(label=_("Trenger tolk"), choices=YES_NO, required=False)
    child_care = forms.ChoiceField(
        label=_("Barnepass"), choices=list(CHILD_CARE.items()), required=False
    )

    def clean_language(self) -> str:
        """Write a language as all others are: in small letters, with single spaces."""
        return " ".join(self.cleaned_data["language"].split()).lower()

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of ``services.DESCRIBED``."""
        return _needs(self.cleaned_data)

    @property
    def shown(self) -> dict[str, Any]:
        """What stood in the form when it was opened, by the same names; empty: not known."""
        return _needs({name: self.data.get(f"was-{name}", "") for name in self.fields})

    def beside(self, known: Mapping[str, str]) -> "NeedsForm":
        """Give the form as it was filled in, but with what others have changed meanwhile."""
        shown = {name: self.data.get(f"was-{name}", "") for name in known}
        sent = {name: self.data.get(name, "") for name in known}
        return NeedsForm(initial={n: sent[n] if known[n] == shown[n] else known[n] for n in known})


def _needs(data: Mapping[str, Any]) -> dict[str, Any]:
    yes_no = {"ja": True, "nei": False}
    return {**data, "needs_interpreter": yes_no.get(data["needs_interpreter"])}


class MoveForm(forms.Form):
    """Move somebody to another term, or out of this one."""

    default_renderer = DesignRenderer

    into = forms.ChoiceField(label=_("Flytt til"), required=False)
    reason = forms.CharField(
        label=_("Hvorfor"),
        help_text=_REASON_HELP,
        max_length=300,
        error_messages={"required": _("Skriv hvorfor.")},
    )

    def __init__(self, *args: Any, terms: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            ("", _("Ingen termin: skal ikke begynne")),
            *terms,
        ]


class AddForm(forms.Form):
    """Take somebody in by hand."""

    default_renderer = DesignRenderer

    name = forms.CharField(
        label=_("Navn på deltakeren"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Skriv navnet på deltakeren.")},
    )
    reason = forms.CharField(
        label=_("Hvorfor i denne terminen"),
        help_text=_REASON_HELP,
        max_length=300,
        error_messages={"required": _("Skriv hvorfor.")},
    )
