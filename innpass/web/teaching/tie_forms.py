"""The forms of what ties a participant."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.ties import MOST_APPOINTMENTS, AppointmentRow, TieValues
from innpass.domain.sheets.fields import Activity
from innpass.web.design.fields import (
    DAY_CHOICES,
    DayField,
    DesignForm,
    HoursField,
    TimesField,
    as_day,
    as_hours,
    as_times,
)
from innpass.web.design.words import capitalised, in_words
from innpass.web.teaching.forms import SPARE, row_count

if TYPE_CHECKING:
    from innpass.casework.timetable.models import Appointment, Availability, Locality

_CHOOSE = {"invalid_choice": gettext_lazy("Velg fra listen."), "required": gettext_lazy("Velg.")}
_ANY, _SOME = "any", "some"


class _DaysField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=DAY_CHOICES,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages=_CHOOSE,
            **kwargs,
        )


class TiesForm(DesignForm):
    """Home, child care and days at the workplace, with the appointments in ``rows_of``."""

    home = forms.ChoiceField(
        label=gettext_lazy("Bor i"),
        required=False,
        error_messages=_CHOOSE,
        help_text=gettext_lazy("En del av kommunen, aldri adressen."),
    )
    care = forms.ChoiceField(
        label=gettext_lazy("Barnepass i"), required=False, error_messages=_CHOOSE
    )
    care_time = TimesField(
        label=gettext_lazy("Barnepasset er åpent"),
        required=False,
        help_text=gettext_lazy("Når barna kan leveres og må hentes, som 07.30–16.00."),
    )
    care_days = _DaysField(label=gettext_lazy("Dager med barnepass"))
    stays = forms.ChoiceField(
        label=gettext_lazy("Dager på arbeidsplassen"),
        choices=[
            (_ANY, gettext_lazy("Alle dager arbeidsstedet tar imot deltakere")),
            (_SOME, gettext_lazy("Bare dagene som er avtalt")),
        ],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    stay_days = _DaysField(label=gettext_lazy("Avtalte dager"))
    shortest_stay = HoursField(label=gettext_lazy("Korteste dag, timer"), required=False)
    longest_stay = HoursField(label=gettext_lazy("Lengste dag, timer"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        stored: "Availability | None",
        appointments: "Sequence[Appointment]",
        places: "Iterable[Locality]",
        on: date,
    ) -> None:
        super().__init__(data, initial=_initial_of(stored))
        names = [(str(each.pk), each.name) for each in places]
        self.fields["home"].choices = [("", _("Vet ikke")), *names]  # type: ignore[attr-defined]
        self.fields["care"].choices = [("", _("Ingen barnepass")), *names]  # type: ignore[attr-defined]
        self.rows = min(row_count(data, len(appointments) + SPARE), MOST_APPOINTMENTS)
        self.appointment_forms = tuple(
            AppointmentForm(
                data,
                prefix=f"a{at}",
                places=names,
                initial=_appointment(appointments[at])
                if at < len(appointments)
                else {"first_day": as_day(on)},
            )
            for at in range(self.rows)
        )

    def is_valid(self) -> bool:
        """Say whether all of it can be read."""
        return all([super().is_valid(), *(each.is_valid() for each in self.filled)])

    def clean(self) -> dict[str, Any] | None:
        """Ask which days are agreed, where only some are."""
        said = super().clean()
        if self.cleaned_data.get("stays") == _SOME and not self.cleaned_data.get("stay_days"):
            self.add_error("stay_days", _("Velg dagene som er avtalt."))
        return said

    @property
    def filled(self) -> tuple["AppointmentForm", ...]:
        """The rows that are appointments, or were."""
        return tuple(each for each in self.appointment_forms if each.is_filled)

    @property
    def values(self) -> TieValues:
        """What was typed of the ties."""
        said = self.cleaned_data
        start, end = said["care_time"] or (None, None)
        return TieValues(
            home_id=_pk(said["home"]),
            care_id=_pk(said["care"]),
            care_start=start,
            care_end=end,
            care_days=tuple(said["care_days"]),
            stay_days=tuple(said["stay_days"]) if said["stays"] == _SOME else None,
            shortest_stay=said["shortest_stay"] or None,
            longest_stay=said["longest_stay"] or None,
        )

    @property
    def appointments(self) -> list[AppointmentRow]:
        """What was typed of the appointments."""
        return [each.row for each in self.filled]


class AppointmentForm(DesignForm):
    """An appointment. An emptied name takes it away."""

    pk = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = forms.CharField(label=gettext_lazy("Avtale"), required=False, max_length=80)
    day = forms.ChoiceField(label=gettext_lazy("Dag"), choices=DAY_CHOICES, error_messages=_CHOOSE)
    time = TimesField(
        label=gettext_lazy("Fra og til"),
        error_messages={"required": gettext_lazy("Skriv fra og til, som 14.00–15.30.")},
    )
    locality = forms.ChoiceField(label=gettext_lazy("Sted"), required=False, error_messages=_CHOOSE)
    activity = forms.ChoiceField(
        label=gettext_lazy("Del av programmet"), required=False, error_messages=_CHOOSE
    )
    first_day = DayField(
        label=gettext_lazy("Første dag"),
        error_messages={"required": gettext_lazy("Skriv den første dagen, som 10.08.2026.")},
    )
    last_day = DayField(label=gettext_lazy("Siste dag"), required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locality"].choices = [("", _("Hjemme")), *places]  # type: ignore[attr-defined]
        self.fields["activity"].choices = [  # type: ignore[attr-defined]
            ("", _("Nei")),
            *(
                (each.value, capitalised(in_words("activity.kind", each.value)))
                for each in Activity
                if each is not Activity.PRACTICE
            ),
        ]

    @property
    def is_filled(self) -> bool:
        """Say whether the row is an appointment, or was one."""
        if not self.is_bound:
            return bool(self.initial.get("name"))
        return any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in ("pk", "name", "time")
        )

    @property
    def is_gone(self) -> bool:
        """Say whether a stored one is to be taken away."""
        return not str(self.data.get(self.add_prefix("name"), "")).strip()

    def clean(self) -> dict[str, Any] | None:
        """Ask for a name of a row with times; nothing of one that goes."""
        said = super().clean()
        if self.is_gone and self.cleaned_data.get("pk"):
            self._errors = type(self.errors)()
        elif self.is_gone:
            self.add_error("name", _("Skriv hva avtalen er, for eksempel «fysioterapi»."))
        return said

    @property
    def row(self) -> AppointmentRow:
        """What was typed."""
        said = self.cleaned_data
        if self.is_gone:
            return AppointmentRow(
                said["pk"], said.get("version") or 0, "", 0, 0, 1, None, "", date.min, None, True
            )
        return AppointmentRow(
            pk=said["pk"],
            version=said["version"] or 0,
            name=said["name"],
            day=int(said["day"]),
            start=said["time"][0],
            end=said["time"][1],
            locality_id=_pk(said["locality"]),
            activity=said["activity"],
            first_day=said["first_day"],
            last_day=said["last_day"],
        )


def _pk(text: str) -> UUID | None:
    return UUID(text) if text else None


def _initial_of(stored: "Availability | None") -> dict[str, Any]:
    if stored is None:
        return {"stays": _ANY}
    return {
        "home": str(stored.home_id or ""),
        "care": str(stored.care_id or ""),
        "care_time": as_times(stored.care_start, stored.care_end),
        "care_days": stored.care_days,
        "stays": _ANY if stored.stay_days is None else _SOME,
        "stay_days": stored.stay_days or [],
        "shortest_stay": as_hours(stored.shortest_stay),
        "longest_stay": as_hours(stored.longest_stay),
    }


def _appointment(row: "Appointment") -> dict[str, Any]:
    return {
        "pk": row.pk,
        "version": row.version,
        "name": row.name,
        "day": str(row.day),
        "time": as_times(row.start, row.end),
        "locality": str(row.locality_id or ""),
        "activity": row.activity,
        "first_day": as_day(row.first_day),
        "last_day": as_day(row.last_day),
    }
