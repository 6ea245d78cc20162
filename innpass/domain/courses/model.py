"""A course model: phases in months (or weeks), tracks, and a week for each phase and track."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from innpass.domain.sheets.fields import Activity


class Unit(StrEnum):
    """What an hour of a week is: it is stored with every hour, and never guessed from it."""

    LESSON = "lesson"  # 45 minutes of tuition
    CLOCK_HOUR = "clock_hour"  # 60 minutes


class Form(StrEnum):
    """When and where a course is given."""

    DAY = "day"
    ON_TOP = "on_top"  # by day, on a day that the week already has
    EVENING = "evening"
    NET = "net"
    EVENING_OR_NET = "evening_or_net"


class Step(StrEnum):
    """What the phases of a model are counted in."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Block:
    """What a part of the week is spent on.

    Args:
        activity: the activity; ``None`` where the text leaves open which ("jobb/praksis").
        hours_per_day: hours of each of its days, in ``unit``; empty where nobody says how many.
        unit: lessons or clock hours.
        hours_at_most: the upper end where a range of hours a week is stated; ``None`` elsewhere.
        levels: the levels of the course (CEFR).
        form: by day, in the evening or on the net; only what is given by day takes a day.
        text: in plain Norwegian, where the activity alone does not say it.
    """

    activity: Activity | None
    hours_per_day: tuple[float, ...] = ()
    unit: Unit = Unit.CLOCK_HOUR
    hours_at_most: float | None = None
    levels: tuple[str, ...] = ()
    form: Form = Form.DAY
    text: str = ""

    @property
    def hours(self) -> float | None:
        """The hours of a week in the block's own unit; ``None`` where nobody says."""
        return sum(self.hours_per_day) if self.hours_per_day else None

    @property
    def days(self) -> int:
        """How many days of the week it takes."""
        return len(self.hours_per_day) if self.form is Form.DAY else 0


@dataclass(frozen=True, slots=True)
class WeekTemplate:
    """The week of a cell.

    Attributes:
        rest_is_programme: what is left of full time is filled with other parts of the programme.
    """

    blocks: tuple[Block, ...]
    rest_is_programme: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the weeks that a cell offers.

    Attributes:
        says: the guide's words, word for word.
        from_step: the first step of the model it is for; ``None`` where it is for the whole phase.
        replaces: what it stands in place of, in words; empty where it is no exception.
        reading: what is our reading of the words, and why.
    """

    id: str
    name: str
    says: str
    template: WeekTemplate
    from_step: int | None = None
    replaces: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a phase holds for tracks that share it.

    ``alternatives`` is empty where the right to tuition is used up; ``says`` then tells so.
    """

    phase: str
    tracks: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """Steps of a model, both inclusive, the first is 1.

    Attributes:
        is_in_programme: the introduction programme still runs; the law's hours are asked only then.
    """

    id: str
    name: str
    first: int
    last: int
    is_in_programme: bool


@dataclass(frozen=True, slots=True)
class Track:
    """Those of like expected progress (spor), and the right in months that the source names."""

    id: str
    name: str
    rights_months: int | None = None


@dataclass(frozen=True, slots=True)
class CourseModel:
    """A model of phases, tracks and weeks.

    Attributes:
        first_day, last_day: who begins in these days follows it, inclusive; ``last_day`` is
            ``None`` for the one that is still in use.
        source: where it stands.
        says: words of the source about the whole model, word for word.
        readings: what is our reading of it, and why.
    """

    id: str
    name: str
    first_day: date
    last_day: date | None
    step: Step
    source: str
    tracks: tuple[Track, ...]
    phases: tuple[Phase, ...]
    cells: tuple[Cell, ...]
    says: str = ""
    readings: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many months, or weeks, it lasts in all."""
        return max((phase.last for phase in self.phases), default=0)
