"""The forms of a model: its frame, and a new one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.domain.courses.model import CourseModel, Phase, Track
from innpass.domain.sheets.dates import read_date
from innpass.web.design.forms import DesignRenderer

SPARE = 1  # empty rows below those that are filled
MOST_ROWS = 12  # blocks of a week, weeks of a cell, tracks and phases of a model


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


class DesignForm(forms.Form):
    """A form with the look of Designsystemet."""

    default_renderer = DesignRenderer


def typed_day(text: str) -> date | None:
    """Read a day as ``DayField`` does; ``None`` where it is empty or cannot be understood."""
    try:
        return DayField(required=False).clean(text)
    except forms.ValidationError:
        return None


def as_day(day: date | None) -> str:
    """Write a day as it stands in its field."""
    return f"{day:%d.%m.%Y}" if day else ""


class ReasonForm(DesignForm):
    """Why a model is changed."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy(
            "Står ved versjonen, så andre forstår den. Skriv ikke om deltakere."
        ),
        max_length=500,
        error_messages={"required": gettext_lazy("Skriv hvorfor modellen endres.")},
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9999)


class TrackForm(DesignForm):
    """A track of a model; an empty name is none."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    name = forms.CharField(label=gettext_lazy("Spor"), required=False, max_length=40)
    rights_months = forms.IntegerField(
        label=gettext_lazy("Rett i måneder"),
        required=False,
        min_value=1,
        max_value=120,
        error_messages={
            "invalid": gettext_lazy("Skriv et helt tall, eller la feltet stå tomt."),
            "min_value": gettext_lazy("Retten må vare minst én måned."),
            "max_value": gettext_lazy("Skriv 120 eller mindre."),
        },
    )


class PhaseForm(DesignForm):
    """A phase of a model, which lasts so many months (or weeks); an empty name is none."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    name = forms.CharField(label=gettext_lazy("Fase"), required=False, max_length=60)
    length = forms.IntegerField(
        label=gettext_lazy("Måneder"),
        required=False,
        min_value=1,
        max_value=60,
        error_messages={
            "invalid": gettext_lazy("Skriv et helt tall, for eksempel 6."),
            "min_value": gettext_lazy("En fase varer minst én."),
            "max_value": gettext_lazy("Skriv 60 eller mindre."),
        },
    )
    is_in_programme = forms.BooleanField(
        label=gettext_lazy("Introduksjonsprogrammet varer fortsatt"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask how long a named phase lasts."""
        said = super().clean()
        is_silent = self.cleaned_data.get("length") is None and "length" not in self.errors
        if self.cleaned_data.get("name") and is_silent:
            self.add_error("length", _("Skriv hvor lenge fasen varer, for eksempel 6."))
        return said


class IntakeForm(ReasonForm):
    """The name of a model, and who follows it."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=120,
        error_messages={"required": gettext_lazy("Skriv et navn på modellen.")},
    )
    first_day = DayField(
        label=gettext_lazy("Gjelder dem som begynner fra"),
        error_messages={"required": gettext_lazy("Skriv den første dagen, som 01.08.2026.")},
    )
    last_day = DayField(
        label=gettext_lazy("Gjelder dem som begynner til"),
        help_text=gettext_lazy("Tom så lenge modellen er i bruk."),
        required=False,
    )
    field_order: Sequence[str] = ("name", "first_day", "last_day", "reason")


class NewModelForm(IntakeForm):
    """A new model that begins as a copy of another."""

    source = forms.ChoiceField(
        label=gettext_lazy("Begynn med en kopi av"),
        error_messages={"invalid_choice": gettext_lazy("Velg en av modellene i listen.")},
    )
    field_order = ("source", "name", "first_day", "last_day", "reason")

    def __init__(
        self, data: Any, *, sources: Sequence[CourseModel], source: str, first_day: date
    ) -> None:
        super().__init__(
            data, initial={"source": source, "first_day": as_day(first_day), "expected": 0}
        )
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (each.id, each.name) for each in sources
        ]


class FrameForm(IntakeForm):
    """The frame of a model: intake, tracks and phases."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, model: CourseModel, expected: int
    ) -> None:
        super().__init__(
            data,
            initial={
                "name": model.name,
                "first_day": as_day(model.first_day),
                "last_day": as_day(model.last_day),
                "expected": expected,
            },
        )
        self.model = model
        self.tracks = tuple(
            TrackForm(
                data,
                prefix=f"track-{place}",
                initial=_track_initial(model.tracks, place),
            )
            for place in range(row_count(data, "tracks", len(model.tracks) + 1))
        )
        self.phases = tuple(
            PhaseForm(
                data,
                prefix=f"phase-{place}",
                initial=_phase_initial(model.phases, place),
            )
            for place in range(row_count(data, "phases", len(model.phases) + SPARE))
        )
        if model.step.value == "week":
            for each in self.phases:
                each.fields["length"].label = _("Uker")

    def is_valid(self) -> bool:
        """Say whether all of it can be read."""
        parts = [*self.tracks, *self.phases]
        return all([super().is_valid(), *(each.is_valid() for each in parts)])

    @property
    def new_tracks(self) -> tuple[Track, ...]:
        """The tracks as typed."""
        rows = [each.cleaned_data for each in self.tracks if each.cleaned_data["name"]]
        known = {each.id for each in self.model.tracks}
        taken = {row["id"] for row in rows if row["id"] in known}
        found = []
        for row in rows:
            key = row["id"] if row["id"] in known else _free_number(taken | known)
            taken.add(key)
            found.append(Track(key, row["name"], row["rights_months"]))
        return tuple(found)

    @property
    def new_phases(self) -> tuple[Phase, ...]:
        """The phases as typed, one after the other from the first step."""
        rows = [each.cleaned_data for each in self.phases if each.cleaned_data["name"]]
        known = {each.id for each in self.model.phases}
        taken = {row["id"] for row in rows if row["id"] in known}
        found, first = [], 1
        for row in rows:
            key = row["id"] if row["id"] in known else _free_number(taken | known)
            taken.add(key)
            last = first + row["length"] - 1
            found.append(
                Phase(key, row["name"], first, last, is_in_programme=row["is_in_programme"])
            )
            first = last + 1
        return tuple(found)


def row_count(data: Mapping[str, Any] | None, name: str, otherwise: int) -> int:
    """Return how many rows a form has: as posted, and more where that was asked for."""
    text = str(data.get(name, "")) if data is not None else ""
    count = int(text) if text.isdecimal() and len(text) < 4 else otherwise
    if data is not None and data.get("act") == f"more:{name}":
        count += 1
    return max(1, min(count, MOST_ROWS))


def _track_initial(tracks: Sequence[Track], place: int) -> dict[str, Any]:
    if place >= len(tracks):
        return {}
    each = tracks[place]
    return {"id": each.id, "name": each.name, "rights_months": each.rights_months}


def _phase_initial(phases: Sequence[Phase], place: int) -> dict[str, Any]:
    if place >= len(phases):
        return {}
    each = phases[place]
    return {
        "id": each.id,
        "name": each.name,
        "length": each.last - each.first + 1,
        "is_in_programme": each.is_in_programme,
    }


def _free_number(taken: set[str]) -> str:
    n = 1
    while str(n) in taken:
        n += 1
    return str(n)
