"""A week as a calendar: days as columns, hours as rows, blocks where they belong.

A calendar is a list of days with a list of blocks each, and reads so on a narrow screen and aloud;
classes say where a block stands in the wide one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.domain.periods import IsoWeek
from innpass.domain.planning.sentences import hours_text
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import Activity
from innpass.web.design.templatetags.design import number
from innpass.web.design.words import capitalised
from innpass.web.timetable.weeks import DAYS, WORKDAYS, time_words

_HOUR = 60
_OPENS, _CLOSES = 7, 16  # the hours that a calendar shows at least
_STEP = 5  # minutes to which the drawing is true
_MOST_LANES = 4
_ROOMY = 105  # minutes from which a block has room for all its lines

# ``data-color`` of Designsystemet for each activity; praksis is green wherever it is drawn.
COLOURS: Mapping[Activity | None, str] = {
    Activity.NORWEGIAN: "info",
    Activity.VOCATIONAL_NORWEGIAN: "brand2",
    Activity.PRACTICE: "success",
    Activity.WORK_LIFE_COURSE: "brand1",
    Activity.TRADE_COURSE: "brand1",
    Activity.NAV_MEASURE: "accent",
    Activity.PART_TIME_WORK: "success",
    Activity.OTHER: "accent",
    None: "neutral",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be drawn: a block of a week, as its viewer may know it.

    Attributes:
        where: place and room; empty where nobody says.
        minutes: what it counts as; ``None`` where that is not to be told.
        lessons: how many, where it is a course.
        change: ``added``, ``removed`` or ``moved`` in a proposal; empty where it is as it was.
        href: where it leads.
    """

    day: int
    start: int
    end: int
    part: Part
    activity: Activity | None
    name: str
    where: str = ""
    minutes: int | None = None
    lessons: int | None = None
    change: str = ""
    href: str = ""

    @property
    def how(self) -> str:
        """How it is counted, in words; empty where it does not count."""
        if not self.minutes:
            return ""
        if self.lessons:
            return lessons_words(self.lessons, self.minutes)
        return _("klokketimer")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its place in the drawing.

    Attributes:
        lane, lanes: of those at the same time, which from 1, and how many.
        is_off: it does not take place that day; the day says why.
        is_movable: it can be dragged.
    """

    entry: Entry
    lane: int
    lanes: int
    is_off: bool
    is_movable: bool

    @property
    def time(self) -> str:
        """When it is, in words."""
        return time_words(self.entry.start, self.entry.end)

    @property
    def colour(self) -> str:
        """The colour of its activity."""
        return COLOURS[self.entry.activity]

    @property
    def counted(self) -> str:
        """What it counts as, in words; empty where it does not count."""
        return hours_text(self.entry.minutes) if self.entry.minutes else ""

    @property
    def is_short(self) -> bool:
        """Whether there is room for a line or two alone."""
        return self.entry.end - self.entry.start < _ROOMY

    @property
    def classes(self) -> str:
        """The classes that say where it stands (``hours.css``)."""
        start, end = _rounded(self.entry.start), _rounded(self.entry.end)
        return (
            f"h{start // _HOUR} m{start % _HOUR} eh{end // _HOUR} em{end % _HOUR}"
            f" l{self.lane} of{self.lanes}"
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A day.

    Attributes:
        off: why no group meets; empty where they do.
        is_closed: a public day off: nobody is anywhere.
        counted: what the day counts as, in words.
    """

    number: int
    name: str
    on: date
    is_today: bool
    off: str
    is_closed: bool
    counted: str
    blocks: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A week drawn.

    Attributes:
        opens, closes: whole hours that are shown.
        is_editable: some of its blocks can be dragged.
    """

    label: str
    opens: int
    closes: int
    columns: tuple[Column, ...]
    is_editable: bool = False

    @property
    def hours(self) -> range:
        """The hours beside it."""
        return range(self.opens, self.closes)

    @property
    def days(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not any(each.blocks for each in self.columns)


def draw(
    entries: Iterable[Entry],
    *,
    week: IsoWeek,
    today: date,
    off: Mapping[date, str],
    label: str,
    is_editable: bool = False,
    hours: tuple[int, int] | None = None,
) -> Calendar:
    """Lay blocks out in a week.

    Args:
        off: days on which no group meets, with why; "" on a public day off.
        is_editable: stays at a workplace can be dragged.
        hours: minutes between which the calendar shows, too, so that two can be compared.
    """
    known = sorted(entries, key=lambda each: (each.day, each.start, each.end, each.name))
    last = max([WORKDAYS - 1, *(each.day for each in known)])
    opens, closes = _span([(each.start, each.end) for each in known] + ([hours] if hours else []))
    return Calendar(
        label=label,
        opens=opens,
        closes=closes,
        columns=tuple(
            _column(
                number,
                [each for each in known if each.day == number],
                week.monday + timedelta(days=number),
                today=today,
                off=off,
                is_editable=is_editable,
            )
            for number in range(last + 1)
        ),
        is_editable=is_editable,
    )


def span_of(*several: Sequence[Entry]) -> tuple[int, int] | None:
    """Return from when to when some weeks last together; ``None`` where they are empty."""
    every = [each for entries in several for each in entries]
    if not every:
        return None
    return min(each.start for each in every), max(each.end for each in every)


def _column(
    number: int,
    entries: Sequence[Entry],
    on: date,
    *,
    today: date,
    off: Mapping[date, str],
    is_editable: bool,
) -> Column:
    is_closed = off.get(on) == ""
    why = _("offentlig fridag") if is_closed else off.get(on, "")
    counted = sum(each.minutes or 0 for each in entries)
    return Column(
        number=number,
        name=capitalised(str(DAYS[number])),
        on=on,
        is_today=on == today,
        off=why,
        is_closed=is_closed,
        counted=hours_text(counted) if counted else "",
        blocks=tuple(
            replace(
                each,
                is_off=is_closed or (bool(why) and each.entry.part is Part.COURSE),
                is_movable=is_editable and each.entry.part is Part.PRACTICE,
            )
            for each in _lanes(entries)
        ),
    )


def _lanes(entries: Sequence[Entry]) -> list[Placed]:
    """Give those that overlap a lane each; they have gone through in order of time."""
    found: list[Placed] = []
    cluster: list[tuple[Entry, int]] = []
    ends: list[int] = []  # when each lane of the cluster is free again

    def close() -> None:
        many = min(len(ends), _MOST_LANES)
        found.extend(
            Placed(each, min(lane, many), many, is_off=False, is_movable=False)
            for each, lane in cluster
        )
        cluster.clear()
        ends.clear()

    for each in entries:
        if ends and each.start >= max(ends):
            close()
        free = next((lane for lane, end in enumerate(ends) if end <= each.start), None)
        if free is None:
            ends.append(each.end)
            free = len(ends) - 1
        else:
            ends[free] = each.end
        cluster.append((each, free + 1))
    close()
    return found


def _span(times: Sequence[tuple[int, int]]) -> tuple[int, int]:
    opens = min([_OPENS, *(start // _HOUR for start, _ in times)])
    closes = max([_CLOSES, *(-(-end // _HOUR) for _, end in times)])
    return opens, closes


def _rounded(minutes: int) -> int:
    return minutes // _STEP * _STEP


def lessons_words(lessons: int, minutes: int) -> str:
    """Say how lessons are counted: ``6 undervisningstimer × 75 min``.

    Args:
        minutes: what they count as altogether.
    """
    if not lessons:
        return ""
    return ngettext(
        "%(lessons)s undervisningstime × %(minutes)s min",
        "%(lessons)s undervisningstimer × %(minutes)s min",
        lessons,
    ) % {"lessons": lessons, "minutes": number(minutes / lessons)}
