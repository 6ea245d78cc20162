"""Work-oriented hours: the requirement, the weeks, one week explained, and the projection.

Source: integreringsforskriften § 43h første ledd; integreringsloven § 14 a tredje ledd.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from innpass.domain.law.assessment import (
    EarlyWarning,
    Projection,
    Requirement,
    RequirementAnswer,
    Span,
    Verdict,
    WeekAssessment,
)
from innpass.domain.law.columns import columns_of, week_of
from innpass.domain.law.facts import Fact, HoursRow, PersonFacts
from innpass.domain.law.judging import VERDICTS
from innpass.domain.law.law import THE_LAW, Law, full_time_hours, law_of
from innpass.domain.law.reasons import Hours, Reason, rounded_up
from innpass.domain.law.requirement import requirement_for
from innpass.domain.law.rules.work_oriented import TOPIC
from innpass.domain.law.weeks import Block, Weeks, assess_columns
from innpass.domain.periods import WEEKDAYS_PER_WEEK, IsoWeek, covered_weekdays
from innpass.domain.sheets.fields import Activity

__all__ = [
    "assess_week",
    "assess_weeks",
    "counted_activities",
    "full_time_hours",
    "project",
    "requirement_for",
    "spans",
]


def assess_weeks(people: Sequence[PersonFacts], *, on: date, law: Law = THE_LAW) -> Weeks:
    """Judge every week of every person, from the week of the start to the week of the end.

    Args:
        people: facts, in any order; the answer keeps it.
        on: the day of asking; it marks planned weeks and closes programmes without a known end.
        law: how the law is read.

    Reading:
        docs/law/average.md, docs/law/weeks.md, and what they refer to.
    """
    return Weeks(tuple(assess_columns(columns_of(people, on=on, law=law))), on=on)


def spans(people: Sequence[PersonFacts], *, on: date, law: Law = THE_LAW) -> list[list[Span]]:
    """Give each person's runs of equal weeks, the form in which verdicts are stored."""
    return assess_weeks(people, on=on, law=law).spans()


def assess_week(
    facts: PersonFacts, week: IsoWeek, *, on: date, law: Law = THE_LAW
) -> WeekAssessment | None:
    """Judge and explain one week of one person; ``None`` outside the programme.

    Without a first day of the programme the answer is unknown, for every week.
    """
    answer = requirement_for(facts, law=law)
    weeks = assess_weeks([facts], on=on, law=law)
    if answer.text is None:
        return _assessment(facts, answer, week, law, on=on, verdict=Verdict.UNKNOWN, average=None)
    if (place := weeks.place(0, week)) is None:
        return None
    block, row, column = place
    average = float(block.average[row, column])
    return _assessment(
        facts,
        answer,
        week,
        law,
        on=on,
        verdict=VERDICTS[block.verdict[row, column]],
        average=None if np.isnan(average) else average,
    )


def project(facts: PersonFacts, *, on: date, law: Law = THE_LAW) -> Projection:
    """Say how the mean stands, how it ends if the plans hold, and warn early.

    The early warning is a mean of the latest counted weeks and no legal measure.

    Reading:
        docs/law/average.md.
    """
    answer = requirement_for(facts, law=law)
    (block,) = assess_weeks([facts], on=on, law=law).blocks
    n_weeks = int(block.n_weeks[0])
    minimum = answer.requirement.hours_per_week if answer.requirement else None
    so_far = _rows_until(block, on)
    counted_so_far = int(block.counted[so_far - 1, 0]) if so_far else 0
    counted_to_end = int(block.counted[n_weeks - 1, 0]) if n_weeks else 0
    average_so_far = _average(block, so_far) if counted_so_far else None
    average_to_end = _average(block, n_weeks) if counted_to_end else None
    verdict = _verdict_at_end(block, n_weeks, answer)
    to_come = counted_to_end - counted_so_far
    needed = None
    if minimum is not None and to_come and (average_so_far is not None or not counted_so_far):
        done = (average_so_far or 0.0) * counted_so_far
        needed = max(0.0, (minimum * counted_to_end - done) / to_come)
    missing = _missing(facts, answer, law) if verdict is Verdict.UNKNOWN else ()
    return Projection(
        verdict_at_end=verdict,
        counted_so_far=counted_so_far,
        average_so_far=average_so_far,
        counted_to_end=counted_to_end,
        average_to_end=average_to_end,
        needed_per_week=needed,
        early_warning=_early_warning(block, so_far, facts, minimum, law),
        missing=missing,
        reasons=_projection_reasons(facts, verdict, answer, average_to_end, needed, missing, law),
    )


def counted_activities(start: date, *, law: Law = THE_LAW) -> frozenset[Activity]:
    """Return the activities whose hours count for one whose programme started on ``start``.

    Reading:
        docs/law/work-oriented.md.
    """
    counts = law_of(law, law.text_for(TOPIC, start)).value("work_oriented_activities")
    return frozenset(Activity(name) for name, is_counted in counts.items() if is_counted)


def _assessment(
    facts: PersonFacts,
    answer: RequirementAnswer,
    week: IsoWeek,
    law: Law,
    *,
    on: date,
    verdict: Verdict,
    average: float | None,
) -> WeekAssessment:
    counted, not_counted = _activities(facts, answer, week, law)
    requirement = answer.requirement
    work_hours = sum(hours for _, hours in counted)
    is_planned = week.monday > on
    missing = _missing(facts, answer, law) if verdict is Verdict.UNKNOWN else ()
    reason = _week_reason(verdict, requirement, average, is_planned, missing)
    return WeekAssessment(
        week=week,
        verdict=verdict,
        is_planned=is_planned,
        hours=work_hours,
        total_hours=work_hours + sum(hours for _, hours, _ in not_counted),
        average=average,
        minimum=requirement.hours_per_week if requirement else None,
        counts_from=requirement.counts_from if requirement else None,
        counted=counted,
        not_counted=not_counted,
        text=answer.text,
        missing=missing,
        reasons=((reason,) if reason else ())
        + (() if missing and not answer.is_known else answer.reasons),
        warnings=requirement.warnings if requirement else (),
    )


def _activities(
    facts: PersonFacts, answer: RequirementAnswer, week: IsoWeek, law: Law
) -> tuple[tuple[tuple[Activity, float], ...], tuple[tuple[Activity, float, str], ...]]:
    if answer.text is None:
        return (), ()
    values = law_of(law, answer.text)
    flags = values.value("work_oriented_activities")
    whole_weeks: bool = values.value("partly_covered_weeks") == "whole_week"
    sums: dict[Activity, float] = {}
    for row in facts.hours:
        if share := _hours_in(row, week, whole_weeks=whole_weeks):
            sums[row.activity] = sums.get(row.activity, 0.0) + share
    counted = tuple((activity, hours) for activity, hours in sums.items() if flags[activity])
    not_counted = tuple(
        (activity, hours, f"not_counted.{activity}")
        for activity, hours in sums.items()
        if not flags[activity]
    )
    return counted, not_counted


def _hours_in(row: HoursRow, week: IsoWeek, *, whole_weeks: bool) -> float:
    covered = covered_weekdays(row.period, week)
    if covered and whole_weeks:
        covered = WEEKDAYS_PER_WEEK
    return (row.hours_per_week or 0.0) * covered / WEEKDAYS_PER_WEEK


def _missing(facts: PersonFacts, answer: RequirementAnswer, law: Law) -> tuple[Fact, ...]:
    if answer.text is None:
        return answer.missing
    flags = law_of(law, answer.text).value("work_oriented_activities")
    if any(row.hours_per_week is None and flags[row.activity] for row in facts.hours):
        return (*answer.missing, Fact.HOURS_PER_WEEK)
    return answer.missing


def _week_reason(
    verdict: Verdict,
    requirement: Requirement | None,
    average: float | None,
    is_planned: bool,
    missing: tuple[Fact, ...],
) -> Reason | None:
    planned = ".planned" if is_planned else ""
    if verdict is Verdict.UNKNOWN:
        return Reason("week.unknown", (("facts", missing),))
    if verdict is Verdict.EXCLUDED:
        return Reason(f"week.excluded{planned}")
    if verdict is Verdict.NO_REQUIREMENT:
        return None
    if requirement is None or (average is None and verdict is not Verdict.NOT_YET):
        return Reason(f"week.{verdict}_whatever_is_missing")
    if verdict is Verdict.NOT_YET or average is None:
        return Reason("week.not_yet", (("day", requirement.counts_from),))
    values = (
        ("average", Hours(average)),
        ("minimum", Hours(requirement.hours_per_week)),
        ("day", requirement.counts_from),
    )
    return Reason(f"week.{verdict}{planned}", values)


def _rows_until(block: Block, on: date) -> int:
    """Count the rows up to and including the week of ``on``, inside the programme."""
    weeks = week_of(on) - int(block.first_week[0]) + 1
    return min(max(weeks, 0), int(block.n_weeks[0]))


def _average(block: Block, rows: int) -> float | None:
    average = float(block.average[rows - 1, 0])
    return None if np.isnan(average) else average


def _verdict_at_end(block: Block, n_weeks: int, answer: RequirementAnswer) -> Verdict:
    """Give the verdict of the last week that is no leave; a programme of leave has not begun."""
    if not answer.is_known:
        return VERDICTS[int(block.verdict[n_weeks - 1, 0])] if n_weeks else Verdict.UNKNOWN
    if answer.requirement is None:
        return Verdict.NO_REQUIREMENT
    verdicts = (VERDICTS[int(code)] for code in block.verdict[:n_weeks, 0][::-1])
    judged = (verdict for verdict in verdicts if verdict is not Verdict.EXCLUDED)
    return next(judged, Verdict.NOT_YET)


def _early_warning(
    block: Block, so_far: int, facts: PersonFacts, minimum: float | None, law: Law
) -> EarlyWarning | None:
    if facts.start is None or minimum is None:
        return None
    window: int = law.at(facts.start).value("early_warning_weeks")
    counted = np.diff(block.counted[:so_far, 0], prepend=0) > 0
    rows = np.nonzero(counted)[0][-window:]
    latest = block.hours_at((rows, np.zeros_like(rows)))
    if not len(latest):
        return None
    average = float(latest.mean())
    tolerance: float = law.at(facts.start).value("tolerance")
    is_below = average < minimum - tolerance
    code = "early_warning.below" if is_below else "early_warning.met"
    values = (
        ("weeks", len(latest)),
        ("average", Hours(average)),
        ("minimum", Hours(minimum)),
    )
    return EarlyWarning(len(latest), average, is_below, Reason(code, values))


def _projection_reasons(
    facts: PersonFacts,
    verdict: Verdict,
    answer: RequirementAnswer,
    average: float | None,
    needed: float | None,
    missing: tuple[Fact, ...],
    law: Law,
) -> tuple[Reason, ...]:
    if verdict is Verdict.UNKNOWN:
        return (Reason("week.unknown", (("facts", missing),)),)
    if answer.requirement is None or average is None:
        return answer.reasons
    values = (
        ("average", Hours(average)),
        ("minimum", Hours(answer.requirement.hours_per_week)),
    )
    reasons = [Reason(f"projection.{verdict}", values)]
    if verdict is Verdict.BELOW and needed is not None:
        reasons.append(Reason("projection.needed", (("hours", Hours(rounded_up(needed))),)))
        if facts.start and needed > (full_time := full_time_hours(start=facts.start, law=law)):
            reasons.append(Reason("projection.above_full_time", (("hours", Hours(full_time)),)))
    return tuple(reasons)
