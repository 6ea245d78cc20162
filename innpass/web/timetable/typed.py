"""Reading the form of a week that somebody makes by hand; nothing that was typed is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from innpass.casework.timetable.queries import PlannedBlock
from innpass.casework.timetable.services import LONGEST_REASON, Hand
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.sentences import clock_text
from innpass.domain.planning.solution import Block as Slot
from innpass.domain.planning.solution import Part
from innpass.web.timetable.weeks import read_clock

_LONGEST = 40  # of what is typed in a field for a time


@dataclass(frozen=True, slots=True)
class TypedStay:
    """A day's fields as typed, with what is wrong with them."""

    start: str = ""
    end: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TypedWeek:
    """A week as it stands in the form.

    Attributes:
        stays: by day of the week.
        hand: what can be understood of it.
        expected: the timetable on which it builds; ``None`` where there was none.
    """

    groups: frozenset[UUID]
    stays: Mapping[int, TypedStay]
    hand: Hand
    only_this_week: bool
    reason: str
    expected: UUID | None

    @property
    def problems(self) -> tuple[str, ...]:
        """What cannot be understood."""
        return tuple(each.problem for each in self.stays.values() if each.problem)


def of_blocks(
    blocks: Iterable[PlannedBlock], *, only_this_week: bool, expected: UUID | None
) -> TypedWeek:
    """Fill the form with a week in force."""
    known = list(blocks)
    return _filled(
        {each.group for each in known if each.group},
        [(int(each.day), each.start, each.end) for each in known if each.part is Part.PRACTICE],
        only_this_week=only_this_week,
        expected=expected,
    )


def of_slots(slots: Iterable[Slot], *, expected: UUID | None) -> TypedWeek:
    """Fill the form with a week that was proposed."""
    known = list(slots)
    return _filled(
        {UUID(each.what) for each in known if each.part is Part.COURSE},
        [(int(each.day), each.start, each.end) for each in known if each.part is Part.PRACTICE],
        only_this_week=False,
        expected=expected,
    )


def read(data: QueryDict) -> TypedWeek:
    """Read what was posted; what is no id is left out."""
    groups = frozenset(pk for pk in (_id(text) for text in data.getlist("group")) if pk is not None)
    stays: dict[int, TypedStay] = {}
    understood = []
    for day in Weekday:
        start, end = (data.get(f"{which}-{int(day)}", "")[:_LONGEST] for which in ("start", "end"))
        if not start.strip() and not end.strip():
            continue
        times, problem = _times(start, end)
        stays[int(day)] = TypedStay(start, end, problem)
        if times is not None:
            understood.append((day, *times))
    return TypedWeek(
        groups=groups,
        stays=stays,
        hand=Hand(groups, tuple(understood)),
        only_this_week=data.get("scope") == "only",
        reason=data.get("reason", "").replace("\x00", "").strip()[:LONGEST_REASON],
        expected=_id(data.get("expected", "")),
    )


def _times(start: str, end: str) -> tuple[tuple[int, int] | None, str]:
    """Read from and to; otherwise say what is wrong."""
    for typed in (start, end):
        if not typed.strip():
            return None, _("Skriv både når dagen begynner og når den slutter.")
        if read_clock(typed) is None:
            return None, _(
                "Vi forstår ikke «%(typed)s» som et klokkeslett. Skriv det som 08.30."
            ) % {"typed": typed.strip()}
    first, last = read_clock(start), read_clock(end)
    if first is None or last is None or last <= first:
        return None, _("Slutten må komme etter starten, samme dag.")
    return (first, last), ""


def _filled(
    groups: Iterable[UUID],
    stays: Iterable[tuple[int, int, int]],
    *,
    only_this_week: bool,
    expected: UUID | None,
) -> TypedWeek:
    known = list(stays)
    chosen = frozenset(groups)
    return TypedWeek(
        groups=chosen,
        stays={day: TypedStay(clock_text(start), clock_text(end)) for day, start, end in known},
        hand=Hand(chosen, tuple((Weekday(day), start, end) for day, start, end in known)),
        only_this_week=only_this_week,
        reason="",
        expected=expected,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
