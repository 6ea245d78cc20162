"""Where a case is among the guide's eight steps, and by which evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from innpass.domain.journey.facts import CaseFacts, PlacementFacts
from innpass.domain.journey.rules import Rules, rules_at
from innpass.domain.journey.today import Today, shift, shift_months
from innpass.domain.sheets.fields import EndGoal, EndReason

# Those who leave the programme for one of these are not handed over to Nav.
WITHOUT_HANDOVER = frozenset({EndReason.WORK, EndReason.EDUCATION, EndReason.MOVED})


class Step(IntEnum):
    """The steps of the guide «Fra kommunal praksis til ordinært arbeid»."""

    MAPPING = 1
    CV = 2
    WORK_LIFE_COURSE = 3
    PREPARATION = 4
    MATCHING = 5
    PRACTICE = 6
    JOB_SEEKING = 7
    CLOSING = 8


class State(StrEnum):
    """How far a step has come."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    UNKNOWN = "unknown"  # the sheets do not carry it
    SKIPPED = "skipped"  # its time is past, and the sheets, which would carry it, show no trace


class Evidence(StrEnum):
    """What the state of a step rests on. Sentences stand in ``sentences.yml``."""

    NOT_IN_SHEETS = "not_in_sheets"
    END_GOAL = "end_goal"
    NO_END_GOAL = "no_end_goal"
    BEFORE_START = "before_start"
    NO_START = "no_start"
    COURSE = "course"
    NO_COURSE_YET = "no_course_yet"
    NO_COURSE = "no_course"
    PLACEMENT = "placement"
    NO_PLACEMENT_YET = "no_placement_yet"
    NO_PLACEMENT = "no_placement"
    EDUCATION_GOAL = "education_goal"
    PLACEMENT_WITHOUT_DATES = "placement_without_dates"
    PLACEMENT_COMING = "placement_coming"
    PLACEMENT_RUNNING = "placement_running"
    PLACEMENTS_OVER = "placements_over"
    CONTRACT = "contract"
    ENDED_TO_WORK = "ended_to_work"
    EVALUATED = "evaluated"
    NOT_EVALUATED = "not_evaluated"
    CLOSING_BEGUN = "closing_begun"
    CLOSING_LATER = "closing_later"
    HANDED_OVER = "handed_over"
    ENDED_ELSEWHERE = "ended_elsewhere"
    NOT_HANDED_OVER = "not_handed_over"


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of one case.

    Attributes:
        step: which of the eight.
        state: how far it has come.
        day: the day that belongs to it, past or to come; ``None`` where no day is known.
        evidence: what the state rests on.
    """

    step: Step
    state: State
    day: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case is.

    Attributes:
        step: the furthest step that is begun or done; the first where none is.
        steps: all eight, in order. Several may be going on at once.
    """

    step: Step
    steps: tuple[StepState, ...]


_Answer = tuple[State, date | None, Evidence]


def has_ended(facts: CaseFacts, today: Today) -> bool:
    """Say whether the programme's actual last day is past."""
    return facts.actual_end is not None and today.has_passed(facts.actual_end)


def is_over(placement: PlacementFacts, today: Today) -> bool:
    """Say whether the placement's last day is past."""
    return placement.last_day is not None and today.has_passed(placement.last_day)


def is_running(placement: PlacementFacts, today: Today) -> bool:
    """Say whether the placement has begun, as far as is known, and is not over."""
    return (
        placement.is_dated
        and (placement.first_day is None or today.has_reached(placement.first_day))
        and not is_over(placement, today)
    )


def _earliest(days: list[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _mapping(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    """The adviser's mapping ends in a final goal, so the goal is the evidence."""
    if facts.end_goal is not None:
        return State.DONE, None, Evidence.END_GOAL
    if facts.start is not None and not today.has_reached(facts.start):
        return State.NOW, facts.start, Evidence.BEFORE_START
    return State.UNKNOWN, None, Evidence.NO_END_GOAL


def _not_in_sheets(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    return State.UNKNOWN, None, Evidence.NOT_IN_SHEETS


def _work_life_course(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    course = facts.work_life_course
    if course is not None:
        if not today.has_reached(course.first_day):
            return State.LATER, course.first_day, Evidence.COURSE
        if course.last_day is not None and today.has_passed(course.last_day):
            return State.DONE, course.last_day, Evidence.COURSE
        return State.NOW, course.first_day, Evidence.COURSE
    if facts.start is None:
        return State.UNKNOWN, None, Evidence.NO_START
    if today.has_reached(shift_months(facts.start, rules.work_life_course_window)):
        return State.SKIPPED, None, Evidence.NO_COURSE
    return State.LATER, None, Evidence.NO_COURSE_YET


def search_from(facts: CaseFacts, rules: Rules) -> date | None:
    """Give the day on which the search for a place begins: some weeks before it is needed.

    It is needed when the law demands hours; without a demand, when the months of the work-life
    course are past.
    """
    needed = facts.counts_from
    if needed is None and facts.start is not None:
        needed = shift_months(facts.start, rules.work_life_course_window)
    return None if needed is None else shift(needed, -rules.find_placement_before)


def _without_placement(facts: CaseFacts, today: Today) -> _Answer:
    if facts.end_goal not in (None, EndGoal.WORK):
        return State.SKIPPED, None, Evidence.EDUCATION_GOAL
    if has_ended(facts, today):
        return State.SKIPPED, None, Evidence.NO_PLACEMENT
    return State.LATER, None, Evidence.NO_PLACEMENT_YET


def _matching(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    if facts.placements:
        day = _earliest([placement.first_day for placement in facts.placements])
        return State.DONE, day, Evidence.PLACEMENT
    state, day, evidence = _without_placement(facts, today)
    begins = search_from(facts, rules)
    if state is State.LATER and begins is not None and today.has_reached(begins):
        return State.NOW, facts.counts_from, Evidence.NO_PLACEMENT_YET
    return state, day, evidence


def _practice(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    if not facts.placements:
        return _without_placement(facts, today)
    running = [one for one in facts.placements if is_running(one, today)]
    if running and has_ended(facts, today):  # goes on elsewhere, or nobody wrote its last day
        return State.DONE, facts.actual_end, Evidence.PLACEMENTS_OVER
    if running:
        return State.NOW, _earliest([one.first_day for one in running]), Evidence.PLACEMENT_RUNNING
    coming = [one for one in facts.placements if one.is_dated and not is_over(one, today)]
    if coming:
        return State.LATER, _earliest([one.first_day for one in coming]), Evidence.PLACEMENT_COMING
    ends = [one.last_day for one in facts.placements if one.last_day is not None]
    if ends:
        return State.DONE, max(ends), Evidence.PLACEMENTS_OVER
    return State.UNKNOWN, None, Evidence.PLACEMENT_WITHOUT_DATES


def _job_seeking(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    """Job seeking is in no sheet; its outcome is, and so is the visit after which it begins."""
    if facts.has_work:
        return State.DONE, _earliest([one.contract for one in facts.placements]), Evidence.CONTRACT
    if has_ended(facts, today):
        if facts.end_reason is EndReason.WORK:
            return State.DONE, facts.actual_end, Evidence.ENDED_TO_WORK
        return State.UNKNOWN, None, Evidence.NOT_IN_SHEETS
    visits = [
        one.evaluation_visit
        for one in facts.placements
        if one.evaluation_visit is not None and today.has_reached(one.evaluation_visit)
    ]
    if visits:
        return State.NOW, min(visits), Evidence.EVALUATED
    ends = [one.last_day for one in facts.placements if is_over(one, today)]
    if ends:
        return State.NOW, _earliest(ends), Evidence.PLACEMENTS_OVER
    if not facts.placements:
        return _without_placement(facts, today)
    return State.LATER, None, Evidence.NOT_EVALUATED


def _closing(facts: CaseFacts, today: Today, rules: Rules) -> _Answer:
    held = facts.handover
    if held is not None and not today.has_reached(held):
        held = None
    if has_ended(facts, today):
        if held is not None:
            return State.DONE, held, Evidence.HANDED_OVER
        if facts.end_reason in WITHOUT_HANDOVER:
            return State.DONE, facts.actual_end, Evidence.ENDED_ELSEWHERE
        return State.NOW, facts.actual_end, Evidence.NOT_HANDED_OVER
    if held is not None:
        return State.NOW, held, Evidence.HANDED_OVER
    met = facts.info_meeting is not None and today.has_reached(facts.info_meeting)
    end = facts.end
    near = end is not None and today.has_reached(shift(end, -rules.closing_before))
    if met or near:
        return State.NOW, end, Evidence.CLOSING_BEGUN
    return State.LATER, end, Evidence.CLOSING_LATER


_STEPS: dict[Step, Callable[[CaseFacts, Today, Rules], _Answer]] = {
    Step.MAPPING: _mapping,
    Step.CV: _not_in_sheets,
    Step.WORK_LIFE_COURSE: _work_life_course,
    Step.PREPARATION: _not_in_sheets,
    Step.MATCHING: _matching,
    Step.PRACTICE: _practice,
    Step.JOB_SEEKING: _job_seeking,
    Step.CLOSING: _closing,
}
_BEGUN = (State.DONE, State.NOW)


def place_at(facts: CaseFacts, today: Today) -> Place:
    """Say where the case is on the day asked about; see ``place``."""
    rules = rules_at(today)
    steps = tuple(StepState(step, *answer(facts, today, rules)) for step, answer in _STEPS.items())
    reached = [one.step for one in steps if one.state in _BEGUN]
    return Place(step=max(reached, default=Step.MAPPING), steps=steps)


def place(facts: CaseFacts, *, on: date) -> Place:
    """Say where the case is among the eight steps.

    What no sheet carries (the CV, the reading before practice) is unknown, never guessed as done.
    """
    return place_at(facts, Today(on))
