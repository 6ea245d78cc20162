"""The forms of a group: its sessions, and when it ends."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.groups import MOST_SESSIONS, GroupValues, Meeting
from innpass.domain.sheets.fields import Activity
from innpass.web.design.fields import (
    DAY_CHOICES,
    DayField,
    DesignForm,
    TimesField,
    as_day,
    as_times,
    whole,
)
from innpass.web.design.words import capitalised, in_words

if TYPE_CHECKING:
    from innpass.casework.timetable.models import (
        GroupSession,
        Locality,
        Room,
        TeachingGroup,
    )

from innpass.web.teaching.forms import CHOOSE, MISSING_DAY, SPARE, choose, row_count

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


class GroupForm(DesignForm):
    """What a group is, and its sessions in ``sessions``."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=80,
        error_messages={"required": gettext_lazy("Skriv hva gruppa heter.")},
    )
    activity = forms.ChoiceField(label=gettext_lazy("Kurs"), error_messages=CHOOSE)
    level = forms.ChoiceField(
        label=gettext_lazy("Nivå"),
        required=False,
        error_messages=CHOOSE,
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
        error_messages=CHOOSE | {"required": gettext_lazy("Velg et sted.")},
    )
    capacity = whole(gettext_lazy("Plasser"), least=1, most=500)
    unit = forms.ChoiceField(label=gettext_lazy("Timene er"), error_messages=CHOOSE)
    first_day = DayField(label=gettext_lazy("Første dag"), error_messages=MISSING_DAY)
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
        choose(self, "unit", units.items())
        where = [(str(each.pk), each.name) for each in places]
        if group is None and len(where) > 1:  # the first by name would be kept unseen
            where.insert(0, ("", _("Velg sted")))
        choose(self, "locality", where)
        choose(
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
    day = forms.ChoiceField(label=gettext_lazy("Dag"), choices=DAY_CHOICES, error_messages=CHOOSE)
    time = TimesField(
        label=gettext_lazy("Fra og til"),
        error_messages={"required": gettext_lazy("Skriv fra og til, som 08.30–12.00.")},
    )
    lessons = whole(gettext_lazy("Timer"), least=1, most=20)
    room = forms.ChoiceField(label=gettext_lazy("Rom"), required=False, error_messages=CHOOSE)

    def __init__(self, *args: Any, rooms: "Sequence[Room]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
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
