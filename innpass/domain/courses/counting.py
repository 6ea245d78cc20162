"""The hours of a week: as stated, as the programme counts them, and what is still to be filled."""

from dataclasses import dataclass

from innpass.domain.courses.model import Block, Unit, WeekTemplate
from innpass.domain.sheets.fields import Activity


@dataclass(frozen=True, slots=True)
class Measure:
    """The law's numbers, handed in by whoever asks.

    Attributes:
        full_time: hours of a full week.
        work_oriented: least work-oriented hours of a week.
        lesson_hours: hours of the programme that a lesson counts as.
        oriented: the activities that count as work-oriented.
        months_before: fewest completed months of the programme before any such hours are asked.
    """

    full_time: float
    work_oriented: float
    lesson_hours: float
    oriented: frozenset[Activity]
    months_before: int = 0


@dataclass(frozen=True, slots=True)
class BlockHours:
    """The hours of a block: as stated, and counted; ``None`` where nobody says how many."""

    block: Block
    stated: float | None
    counted: float | None
    is_work_oriented: bool


@dataclass(frozen=True, slots=True)
class WeekHours:
    """What a week adds up to.

    Attributes:
        counted: hours of the programme, of the blocks that say how many.
        as_clock_hours: the same if every stated hour were a clock hour.
        work_oriented: of ``counted``, what is work-oriented.
        is_open: a block does not say how many, so the sums are the least they can be.
        missing: hours up to full time, at least 0.
        missing_work_oriented: work-oriented hours up to the least, at least 0.
        above: hours above full time, at least 0.
    """

    blocks: tuple[BlockHours, ...]
    counted: float
    as_clock_hours: float
    work_oriented: float
    is_open: bool
    missing: float
    missing_work_oriented: float
    above: float


def week_hours(template: WeekTemplate, measure: Measure) -> WeekHours:
    """Add up a week.

    Example: 16 lessons, 2 lessons and 15 clock hours are 37.5 hours of the programme where a lesson
    counts as 1.25, and 33 hours if all were clock hours.
    """
    blocks = tuple(_hours(block, measure) for block in template.blocks)
    counted = sum(each.counted or 0 for each in blocks)
    oriented = sum(each.counted or 0 for each in blocks if each.is_work_oriented)
    return WeekHours(
        blocks=blocks,
        counted=counted,
        as_clock_hours=sum(each.stated or 0 for each in blocks),
        work_oriented=oriented,
        is_open=any(each.stated is None for each in blocks),
        missing=max(0.0, measure.full_time - counted),
        missing_work_oriented=max(0.0, measure.work_oriented - oriented),
        above=max(0.0, counted - measure.full_time),
    )


def _hours(block: Block, measure: Measure) -> BlockHours:
    stated = block.hours
    factor = measure.lesson_hours if block.unit is Unit.LESSON else 1
    return BlockHours(
        block=block,
        stated=stated,
        counted=None if stated is None else stated * factor,
        is_work_oriented=block.activity in measure.oriented,
    )
