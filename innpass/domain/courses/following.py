"""Where in which model somebody is on a day: what was chosen, or what we suggest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.domain.courses.choosing import NoSuchPart, alternative_for, model_for, phase_of
from innpass.domain.courses.model import Alternative, CourseModel, Phase, Step, WeekTemplate
from innpass.domain.periods import Period, add_months, joined

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Version:
    """A model as it stood from a day.

    Attributes:
        number: 0 is the model as Innpass ships it.
        made_on: the day it was made; ``None`` where it ships. It holds for who begins from then.
    """

    model: CourseModel
    number: int = 0
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decided for a person, from ``first_day`` on, until the next choice."""

    first_day: date
    key: str
    number: int
    track: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """Days on which a person has another week than the ordinary one; ``last_day`` is inclusive.

    Attributes:
        alternative: one that the cell offers; empty where ``template`` says the week itself.
    """

    first_day: date
    last_day: date | None
    alternative: str
    template: WeekTemplate | None
    reason: str

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a person.

    Attributes:
        start: the first day of the programme.
        track: the track that the learning centre says; empty where nobody says.
        away: leave. Months that somebody is away are no months of the model.
    """

    start: date | None
    track: str = ""
    away: tuple[Period, ...] = ()
    choices: tuple[Choice, ...] = ()
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True)
class CoursePlace:
    """Where somebody is on a day.

    Attributes:
        track: the id of the track; empty where nobody says which, or the model has none such.
        begins: the day the steps are counted from.
        step: the month or week it is, from 1.
        days_away: days of leave since it began, which the steps leave out.
        phase: ``None`` once all phases are over.
        alternative: the week the cell gives; ``None`` without a track, and where the right to
            tuition is used up.
        template: the week that holds: that of the deviation where there is one.
        next_on: the first day of the next phase, as leave is known today.
        choice: what was decided; ``None`` where this is what we suggest.
        deviation: the one that holds on the day.
        is_elsewhere: the cell does not offer the week of the deviation, so the ordinary holds.
    """

    version: Version
    track: str
    begins: date
    step: int
    phase: Phase | None
    days_away: int = 0
    following: Phase | None = None
    next_on: date | None = None
    alternative: Alternative | None = None
    template: WeekTemplate | None = None
    choice: Choice | None = None
    deviation: Deviation | None = None
    is_elsewhere: bool = False


def steps_begun(first_day: date, on: date, *, step: Step, away: Iterable[Period] = ()) -> int:
    """Count the months (or weeks) begun from ``first_day`` to ``on``, both inclusive; 0 before it.

    Days away are left out. Somebody away from the very first day is in the first step.

    Example:
        >>> leave = Period(date(2026, 2, 1), date(2026, 2, 28))
        >>> steps_begun(date(2026, 1, 1), date(2026, 3, 31), step=Step.MONTH, away=[leave])
        3
    """
    if on < first_day:
        return 0
    begun = first_day + _days_away(away, first_day, on)
    if step is Step.WEEK:
        return max(1, (on - begun).days // DAYS_OF_A_WEEK + 1)
    months = (on.year - begun.year) * 12 + on.month - begun.month
    return max(1, months + (add_months(begun, months) <= on))


def day_of_step(
    first_day: date, number: int, *, step: Step, away: Iterable[Period] = ()
) -> date | None:
    """Give the first day of a step; ``None`` where leave without an end comes before it."""
    periods = tuple(away)
    found = _after(first_day, number - 1, step)
    while True:
        if any(p.last_day is None and p.first_day <= found for p in periods):
            return None
        moved = _after(first_day + _days_away(periods, first_day, found), number - 1, step)
        if moved == found:
            return found
        found = moved


def _after(first_day: date, steps: int, step: Step) -> date:
    if step is Step.WEEK:
        return first_day + timedelta(weeks=steps)
    return add_months(first_day, steps)


def _days_away(away: Iterable[Period], first_day: date, on: date) -> timedelta:
    days = timedelta(0)
    for period in joined(away):
        first = max(period.first_day, first_day)
        last = on if period.last_day is None else min(period.last_day, on)
        if first <= last:
            days += last - first + timedelta(days=1)
    return days


def latest(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Give the latest version of each model: the latest intake first, weeks after months."""
    found: dict[str, Version] = {}
    for version in versions:
        key = version.model.id
        if key not in found or found[key].number < version.number:
            found[key] = version
    order = sorted(found.values(), key=lambda each: each.model.first_day, reverse=True)
    return tuple(sorted(order, key=lambda each: each.model.step is Step.WEEK))


def suggested(versions: Iterable[Version], start: date) -> Version | None:
    """Give the version that one who began on ``start`` follows if nobody chooses another.

    Only what was made by that day is asked, so no edit moves anybody who had begun. Where no model
    as it stood then takes that day in, an older version that did holds still, and only at last one
    that was made afterwards, the first: nobody loses a model to an edit of its intake.
    """
    made: list[Version] = []
    later: list[Version] = []
    for each in versions:
        (made if each.made_on is None or each.made_on <= start else later).append(each)
    older = sorted(made, key=_made, reverse=True)
    for some in (latest(made), older, sorted(later, key=_made)):
        for each in some:
            if model_for([each.model], start):
                return each
    return None


def _made(version: Version) -> tuple[date, int]:
    return version.made_on or date.min, version.number


def track_in(model: CourseModel, track: str) -> str:
    """Give the track if the model has it, or the only one it has; else empty."""
    ids = [each.id for each in model.tracks]
    if track in ids:
        return track
    return ids[0] if len(ids) == 1 else ""


def course_place(life: Life, versions: Sequence[Version], *, on: date) -> CoursePlace | None:
    """Say where somebody is on a day; ``None`` where there is no model, or it has not begun."""
    choice = _choice_on(life.choices, on)
    if choice is not None:
        version = version_of(versions, choice.key, choice.number)
    else:
        version = suggested(versions, life.start) if life.start else None
    if version is None:
        return None
    model = version.model
    begins = _begins(life, model, choice)
    if begins is None:
        return None
    step = steps_begun(begins, on, step=model.step, away=life.away)
    if step < 1:
        return None
    track = track_in(model, choice.track if choice else life.track)
    try:
        phase = phase_of(model, step)
    except NoSuchPart:
        return CoursePlace(version, track, begins, step, None, choice=choice)
    following = phase_of(model, phase.last + 1) if phase.last < model.steps else None
    deviation = next((each for each in life.deviations if each.period.contains(on)), None)
    alternative, template, is_elsewhere = _week(model, track, step, deviation)
    return CoursePlace(
        version=version,
        track=track,
        begins=begins,
        step=step,
        phase=phase,
        days_away=_days_away(life.away, begins, on).days,
        following=following,
        next_on=day_of_step(begins, following.first, step=model.step, away=life.away)
        if following
        else None,
        alternative=alternative,
        template=template,
        choice=choice,
        deviation=deviation,
        is_elsewhere=is_elsewhere,
    )


def version_of(versions: Iterable[Version], key: str, number: int) -> Version | None:
    """Give a version by its key and number; ``None`` where there is none such."""
    return next((v for v in versions if v.model.id == key and v.number == number), None)


def _choice_on(choices: Iterable[Choice], on: date) -> Choice | None:
    begun = [each for each in choices if each.first_day <= on]
    return max(begun, key=lambda each: each.first_day) if begun else None


def _begins(life: Life, model: CourseModel, choice: Choice | None) -> date | None:
    """Months are those of the programme; weeks are those of the class, from when it was joined."""
    if choice is None or (model.step is Step.MONTH and life.start):
        return life.start
    joined_on = choice.first_day
    earlier = (each for each in life.choices if each.first_day <= joined_on)
    for each in sorted(earlier, key=lambda each: each.first_day, reverse=True):
        if each.key != choice.key:
            break
        joined_on = each.first_day
    return joined_on


def _week(
    model: CourseModel, track: str, step: int, deviation: Deviation | None
) -> tuple[Alternative | None, WeekTemplate | None, bool]:
    if deviation and deviation.template:
        return None, deviation.template, False
    if not track:
        return None, None, False
    ordinary = alternative_for(model, track, step)
    if deviation is None:
        return ordinary, ordinary.template if ordinary else None, False
    try:
        other = alternative_for(model, track, step, deviation.alternative)
    except NoSuchPart:
        return ordinary, ordinary.template if ordinary else None, True
    return other, other.template if other else None, False
