"""The forms of groups, rooms, places, breaks, rules and workplaces."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.groups import MOST_SESSIONS, GroupValues, Meeting
from innpass.casework.timetable.keeping import DAYS
from innpass.casework.timetable.places import Hours, Row
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
    whole,
)
from innpass.web.design.words import capitalised, in_words

if TYPE_CHECKING:
    from innpass.casework.timetable.models import (
        GroupSession,
        Locality,
        Opening,
        PlanningRules,
        Room,
        SchoolBreak,
        TeachingGroup,
        Workplace,
    )

SPARE = 2  # empty rows below those that are filled
MOST_ROWS = 200
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
# What a lesson lasts and counts as: courses of Norwegian are counted with preparation (75 minutes).
UNITS = {
    "45-75": gettext_lazy("undervisningstimer på 45 minutter som regnes som 75"),
    "60-60": gettext_lazy("klokketimer på 60 minutter"),
}
_COURSES = (
    *(Activity.NORWEGIAN, Activity.VOCATIONAL_NORWEGIAN, Activity.WORK_LIFE_COURSE),
    *(Activity.TRADE_COURSE, Activity.NAV_MEASURE, Activity.OTHER),
)
_CHOOSE = {"invalid_choice": gettext_lazy("Velg fra listen."), "required": gettext_lazy("Velg.")}
_MISSING_DAY = {"required": gettext_lazy("Skriv den første dagen, som 10.08.2026.")}


def row_count(data: Mapping[str, Any] | None, otherwise: int) -> int:
    """Return how many rows a form has: as posted, and more where that was asked for."""
    text = str(data.get("rows", "")) if data is not None else ""
    count = int(text) if text.isdecimal() and len(text) < 4 else otherwise
    if data is not None and data.get("act") == "more":
        count += SPARE
    return max(1, min(count, MOST_ROWS))


class GroupForm(DesignForm):
    """What a group is, and its sessions in ``sessions``."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=80,
        error_messages={"required": gettext_lazy("Skriv hva gruppa heter.")},
    )
    activity = forms.ChoiceField(label=gettext_lazy("Kurs"), error_messages=_CHOOSE)
    level = forms.ChoiceField(
        label=gettext_lazy("Nivå"),
        required=False,
        error_messages=_CHOOSE,
        choices=[("", gettext_lazy("Alle nivåer")), *((each, each) for each in LEVELS)],
    )
    trade = forms.CharField(
        label=gettext_lazy("Bransje"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Som «renhold» eller «helse og barnehage», når kurset er for én bransje. Da blir det "
            "foreslått for dem som har praksis i den. Tom når det er for alle."
        ),
    )
    teacher = forms.CharField(label=gettext_lazy("Lærer"), required=False, max_length=120)
    locality = forms.ChoiceField(
        label=gettext_lazy("Sted"),
        error_messages=_CHOOSE | {"required": gettext_lazy("Velg et sted.")},
    )
    capacity = whole(gettext_lazy("Plasser"), least=1, most=500)
    unit = forms.ChoiceField(label=gettext_lazy("Timene er"), error_messages=_CHOOSE)
    first_day = DayField(label=gettext_lazy("Første dag"), error_messages=_MISSING_DAY)
    last_day = DayField(
        label=gettext_lazy("Siste dag"),
        required=False,
        help_text=gettext_lazy("Tom så lenge gruppa går."),
    )
    class_name = forms.CharField(
        label=gettext_lazy("Klasse i arkene"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("De som står med denne klassen, blir foreslått for gruppa."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        group: "TeachingGroup | None",
        stored: "Sequence[GroupSession]",
        places: "Iterable[Locality]",
        rooms: "Sequence[Room]",
        first_day: str = "",
    ) -> None:
        super().__init__(data, initial=_initial_of(group, first_day))
        units: dict[str, Any] = dict(UNITS)
        if group is not None and _unit_of(group) not in units:
            told = {"minutes": group.lesson_minutes, "counted": group.counted_minutes}
            text = _("timer på %(minutes)s minutter som regnes som %(counted)s")
            units[_unit_of(group)] = text % told
        _choose(self, "unit", units.items())
        where = [(str(each.pk), each.name) for each in places]
        if group is None and len(where) > 1:  # the first by name would be kept unseen
            where.insert(0, ("", _("Velg sted")))
        _choose(self, "locality", where)
        _choose(
            self,
            "activity",
            [(str(each), capitalised(in_words("activity.kind", each.value))) for each in _COURSES],
        )
        self.rows = min(row_count(data, len(stored) + SPARE), MOST_SESSIONS)
        self.sessions = tuple(
            SessionForm(
                data,
                prefix=f"s{at}",
                rooms=rooms,
                initial=_session(stored[at]) if at < len(stored) else {},
            )
            for at in range(self.rows)
        )
        for at, each in enumerate(self.sessions, start=1):
            each.called = _("Økt %(number)s") % {"number": at}
            if each.is_bound and not each.is_filled:  # a spare row is no mistake
                each._errors = ErrorDict()  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        """Say whether all of it can be read."""
        return all([super().is_valid(), *(each.is_valid() for each in self.filled)])

    @property
    def filled(self) -> tuple["SessionForm", ...]:
        """The rows that are sessions."""
        return tuple(each for each in self.sessions if each.is_filled)

    @property
    def values(self) -> GroupValues:
        """What was typed of the group."""
        said = self.cleaned_data
        minutes, counted = (int(each) for each in said["unit"].split("-"))
        return GroupValues(
            name=said["name"],
            activity=said["activity"],
            level=said["level"],
            trade=said["trade"],
            class_name=said["class_name"],
            locality_id=UUID(said["locality"]),
            capacity=said["capacity"],
            lesson_minutes=minutes,
            counted_minutes=counted,
            teacher=said["teacher"],
            first_day=said["first_day"],
            last_day=said["last_day"],
        )

    @property
    def meetings(self) -> list[Meeting]:
        """What was typed of the sessions."""
        return [each.meeting for each in self.filled]


class SessionForm(DesignForm):
    """A session of a group, ``called`` by its number. A row without times and lessons is none."""

    called = ""
    day = forms.ChoiceField(label=gettext_lazy("Dag"), choices=DAY_CHOICES, error_messages=_CHOOSE)
    time = TimesField(
        label=gettext_lazy("Fra og til"),
        error_messages={"required": gettext_lazy("Skriv fra og til, som 08.30–12.00.")},
    )
    lessons = whole(gettext_lazy("Timer"), least=1, most=20)
    room = forms.ChoiceField(label=gettext_lazy("Rom"), required=False, error_messages=_CHOOSE)

    def __init__(self, *args: Any, rooms: "Sequence[Room]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self,
            "room",
            [
                ("", _("Uten rom")),
                *((str(each.pk), f"{each.name} ({each.capacity})") for each in rooms),
            ],
        )

    @property
    def is_filled(self) -> bool:
        """Say whether the row is a session; day and room alone are none."""
        if self.is_bound:
            names = ("time", "lessons")
            return any(str(self.data.get(self.add_prefix(each), "")).strip() for each in names)
        return bool(self.initial)

    @property
    def meeting(self) -> Meeting:
        """What was typed."""
        said = self.cleaned_data
        room = UUID(said["room"]) if said["room"] else None
        start, end = said["time"]
        return Meeting(int(said["day"]), start, end, said["lessons"], room)


class EndForm(DesignForm):
    """When a group meets for the last time."""

    last_day = DayField(
        label=gettext_lazy("Siste dag"),
        error_messages={"required": gettext_lazy("Skriv den siste dagen, som 18.12.2026.")},
    )


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
    locality_id = forms.ChoiceField(label=gettext_lazy("Sted"), error_messages=_CHOOSE)
    columns = ("name", "capacity", "locality_id")

    def __init__(self, *args: Any, places: "Sequence[Locality]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "locality_id", [(str(each.pk), each.name) for each in places])

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

    first_day = DayField(label=gettext_lazy("Første dag"), error_messages=_MISSING_DAY)
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

    locality = forms.ChoiceField(label=gettext_lazy("Sted"), error_messages=_CHOOSE)

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
        _choose(
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


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def _unit_of(group: "TeachingGroup") -> str:
    return f"{group.lesson_minutes}-{group.counted_minutes}"


def _initial_of(group: "TeachingGroup | None", first_day: str) -> dict[str, Any]:
    if group is None:
        return {"first_day": first_day, "capacity": 16}
    return {
        "name": group.name,
        "activity": group.activity,
        "level": group.level,
        "trade": group.trade,
        "teacher": group.teacher,
        "locality": str(group.locality_id),
        "capacity": group.capacity,
        "unit": _unit_of(group),
        "first_day": as_day(group.first_day),
        "last_day": as_day(group.last_day),
        "class_name": group.class_name,
    }


def _session(row: "GroupSession") -> dict[str, Any]:
    return {
        "day": str(row.day),
        "time": as_times(row.start, row.end),
        "lessons": row.lessons,
        "room": str(row.room_id or ""),
    }
