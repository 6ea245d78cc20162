"""The forms of rooms, places, breaks, rules and workplaces."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.keeping import DAYS
from innpass.casework.timetable.places import Hours, Row
from innpass.web.design.fields import (
    DayField,
    DesignForm,
    HoursField,
    TimesField,
    as_day,
    as_hours,
    as_times,
    whole,
)
from innpass.web.design.words import capitalised

if TYPE_CHECKING:
    from innpass.casework.timetable.models import (
        Locality,
        Opening,
        PlanningRules,
        Room,
        SchoolBreak,
        Workplace,
    )

SPARE = 2  # empty rows below those that are filled
MOST_ROWS = 200
CHOOSE = {"invalid_choice": gettext_lazy("Velg fra listen."), "required": gettext_lazy("Velg.")}
MISSING_DAY = {"required": gettext_lazy("Skriv den første dagen, som 10.08.2026.")}


def row_count(data: Mapping[str, Any] | None, otherwise: int) -> int:
    """Return how many rows a form has: as posted, and more where that was asked for."""
    text = str(data.get("rows", "")) if data is not None else ""
    count = int(text) if text.isdecimal() and len(text) < 4 else otherwise
    if data is not None and data.get("act") == "more":
        count += SPARE
    return max(1, min(count, MOST_ROWS))


class _RowForm(DesignForm):
    """A row of a list that is kept whole: an emptied name takes it away."""

    pk = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = forms.CharField(label=gettext_lazy("Navn"), required=False, max_length=60)
    columns: tuple[str, ...] = ("name",)

    @property
    def is_filled(self) -> bool:
        """Say whether there is something in the row."""
        return any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in ("pk", *self.columns)
        )

    @property
    def is_gone(self) -> bool:
        """Say whether a stored row is to be taken away."""
        return not str(self.data.get(self.add_prefix("name"), "")).strip()

    def clean(self) -> dict[str, Any] | None:
        """Ask for a name of a row with something else in it; nothing of one that goes."""
        said = super().clean()
        if self.is_gone and self.cleaned_data.get("pk"):
            self._errors = type(self.errors)()
        elif self.is_gone:
            self.add_error("name", _("Skriv et navn."))
        return said

    @property
    def row(self) -> Row:
        """What was typed."""
        said = self.cleaned_data
        values = None if self.is_gone else {name: said[name] for name in self.columns}
        return Row(said["pk"], said["version"] or 0, values)

    @property
    def cells(self) -> list[Any]:
        """The fields beside the name."""
        return [self[name] for name in self.columns if name != "name"]


class RoomForm(_RowForm):
    """A room."""

    capacity = whole(gettext_lazy("Plasser"), least=1, most=500, initial=16)
    locality_id = forms.ChoiceField(label=gettext_lazy("Sted"), error_messages=CHOOSE)
    columns = ("name", "capacity", "locality_id")

    def __init__(self, *args: Any, places: "Sequence[Locality]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "locality_id", [(str(each.pk), each.name) for each in places])

    @property
    def is_filled(self) -> bool:
        """Say whether there is something in the row; the place alone is nothing."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("pk", "name"))

    def clean_locality_id(self) -> UUID:
        """Read the place."""
        return UUID(self.cleaned_data["locality_id"])

    @staticmethod
    def initial_of(row: "Room") -> dict[str, Any]:
        """Return what stands in the row of a room."""
        return {"name": row.name, "capacity": row.capacity, "locality_id": str(row.locality_id)}


class PlaceForm(_RowForm):
    """A place."""

    @staticmethod
    def initial_of(row: "Locality") -> dict[str, Any]:
        """Return what stands in the row of a place."""
        return {"name": row.name}


class BreakForm(_RowForm):
    """A break."""

    first_day = DayField(label=gettext_lazy("Første dag"), error_messages=MISSING_DAY)
    last_day = DayField(
        label=gettext_lazy("Siste dag"),
        error_messages={"required": gettext_lazy("Skriv den siste dagen, som 11.10.2026.")},
    )
    columns = ("name", "first_day", "last_day")

    @staticmethod
    def initial_of(row: "SchoolBreak") -> dict[str, Any]:
        """Return what stands in the row of a break."""
        return {
            "name": row.name,
            "first_day": as_day(row.first_day),
            "last_day": as_day(row.last_day),
        }


class RowsForm:
    """All rows of a list, and some empty ones."""

    def __init__(
        self,
        form: type[_RowForm],
        stored: Sequence[Any],
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> None:
        self.rows = row_count(data, len(stored) + SPARE)
        self.forms = tuple(
            form(
                data,
                prefix=f"r{at}",
                initial={
                    "pk": stored[at].pk,
                    "version": stored[at].version,
                    **form.initial_of(stored[at]),  # type: ignore[attr-defined]
                }
                if at < len(stored)
                else {},
                **kwargs,
            )
            for at in range(self.rows)
        )

    @property
    def filled(self) -> tuple[_RowForm, ...]:
        """The rows with something in them."""
        return tuple(each for each in self.forms if each.is_filled)

    def is_valid(self) -> bool:
        """Say whether every filled row can be read."""
        found = [each.is_valid() for each in self.filled]  # each of them, for its own errors
        return all(found)


class WayForm(DesignForm):
    """How long it takes between two places; empty leaves it to the rules."""

    minutes = whole(gettext_lazy("Minutter"), least=0, most=600, required=False)

    def __init__(self, *args: Any, label: str, pair: tuple[UUID, UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].label = label
        self.fields["minutes"].widget.attrs["size"] = 4
        self.pair = pair

    @property
    def is_sent(self) -> bool:
        """Say whether the field was on the screen."""
        return self.add_prefix("minutes") in self.data


class RulesForm(DesignForm):
    """What is planned by where nobody says otherwise."""

    rest_minutes = HoursField(
        label=gettext_lazy("Hviletid, timer"),
        help_text=gettext_lazy("Fra siste økt én dag til første økt neste dag."),
        error_messages={"required": gettext_lazy("Skriv timer, for eksempel 11.")},
    )
    way_minutes = whole(
        gettext_lazy("Reisetid, minutter"),
        least=0,
        most=600,
        help_text=gettext_lazy("Mellom to steder uten egen reisetid."),
    )
    opening = TimesField(
        label=gettext_lazy("Åpningstid"),
        help_text=gettext_lazy("For arbeidssteder som ikke har oppgitt noe."),
        error_messages={"required": gettext_lazy("Skriv fra og til, som 08.00–16.00.")},
    )
    shortest_stay = HoursField(
        label=gettext_lazy("Korteste dag på arbeidsplassen, timer"),
        error_messages={"required": gettext_lazy("Skriv timer, for eksempel 3.")},
    )
    longest_stay = HoursField(
        label=gettext_lazy("Lengste dag på arbeidsplassen, timer"),
        error_messages={"required": gettext_lazy("Skriv timer, for eksempel 7,5.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, rules: "PlanningRules") -> None:
        super().__init__(
            data,
            initial={
                "rest_minutes": as_hours(rules.rest_minutes),
                "way_minutes": rules.way_minutes,
                "opening": as_times(rules.opening_start, rules.opening_end),
                "shortest_stay": as_hours(rules.shortest_stay),
                "longest_stay": as_hours(rules.longest_stay),
            },
        )

    @property
    def values(self) -> dict[str, int]:
        """What was typed, in minutes."""
        said = dict(self.cleaned_data)
        said["opening_start"], said["opening_end"] = said.pop("opening")
        return said

    def clean_shortest_stay(self) -> int:
        """Ask for more than nothing."""
        minutes: int = self.cleaned_data["shortest_stay"]
        if not minutes:
            raise forms.ValidationError(_("Skriv mer enn 0 timer."))
        return minutes


class OpeningForm(DesignForm):
    """When a workplace takes participants on a day of the week; empty where it does not."""

    time = TimesField(required=False)
    seats = whole(gettext_lazy("Plasser"), least=1, most=99, required=False)

    def __init__(self, *args: Any, day: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["time"].label = capitalised(DAYS[day])

    def clean(self) -> dict[str, Any] | None:
        """Ask for the seats of a day that it is open."""
        said = super().clean()
        if self.errors:
            return said
        time, seats = self.cleaned_data.get("time"), self.cleaned_data.get("seats")
        if time and seats is None:
            self.add_error("seats", _("Skriv hvor mange det er plass til."))
        elif seats is not None and not time:
            self.add_error("time", _("Skriv fra og til, som 08.00–15.30, eller ta bort plassene."))
        return said


class WorkplaceForm(DesignForm):
    """Where a workplace is, and when it takes participants, in ``days``."""

    locality = forms.ChoiceField(label=gettext_lazy("Sted"), error_messages=CHOOSE)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        workplace: "Workplace | None",
        openings: "Sequence[Opening]",
        places: "Iterable[Locality]",
    ) -> None:
        super().__init__(
            data, initial={"locality": str(workplace.locality_id) if workplace else ""}
        )
        choose(
            self,
            "locality",
            [("", _("Velg")), *((str(each.pk), each.name) for each in places)],
        )
        known = {each.day: each for each in openings}
        self.days = tuple(
            OpeningForm(
                data,
                prefix=f"d{day}",
                day=day,
                initial={
                    "time": as_times(known[day].start, known[day].end),
                    "seats": known[day].seats,
                }
                if day in known
                else {},
            )
            for day in range(7)
        )

    def is_valid(self) -> bool:
        """Say whether all of it can be read."""
        return all([super().is_valid(), *(each.is_valid() for each in self.days)])

    @property
    def hours(self) -> list[Hours]:
        """What was typed of the days."""
        return [
            _hours(each.day, each.cleaned_data) for each in self.days if each.cleaned_data["time"]
        ]


def _hours(day: int, said: Mapping[str, Any]) -> Hours:
    start, end = said["time"]
    return Hours(day, start, end, said["seats"])


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Let a field of a form be one of some choices, each a value with its words."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]
