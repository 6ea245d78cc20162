"""What is to be done next in a case, whose it is, and by when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from innpass.domain.access.roles import Role
from innpass.domain.journey.facts import CaseFacts, PlacementFacts
from innpass.domain.journey.place import WITHOUT_HANDOVER, has_ended, is_over, is_running
from innpass.domain.journey.rules import Rules, rules_at
from innpass.domain.journey.today import Today, shift, shift_months
from innpass.domain.sheets.fields import EndGoal, EndReason

BELOW = "below"  # law.assessment.Verdict: the journey knows no law
MET = "met"
DAYS_PER_WEEK = 7


class Code(StrEnum):
    """What is to be done, weightiest first: that decides between equal deadlines."""

    HOURS_BELOW = "hours_below"
    ENDED_WITHOUT_HANDOVER = "ended_without_handover"
    END_NOT_RECORDED = "end_not_recorded"
    FIND_PLACEMENT = "find_placement"
    EVALUATION_VISIT = "evaluation_visit"
    EVALUATION_BOOKED = "evaluation_booked"
    PLACEMENT_ENDS = "placement_ends"
    REVIEW_PLAN = "review_plan"
    HANDOVER = "handover"
    HANDOVER_BOOKED = "handover_booked"
    INFO_MEETING = "info_meeting"
    INFO_MEETING_BOOKED = "info_meeting_booked"
    CONTACT = "contact"
    SHEET_NEXT_STEP = "sheet_next_step"
    MISSING_FACTS = "missing_facts"
    END_REASON_MISSING = "end_reason_missing"


class Reason(StrEnum):
    """Why it is to be done then. Sentences stand in ``sentences.yml``."""

    DEMAND = "demand"
    WEEKS_AFTER_FIRST_DAY = "weeks_after_first_day"
    DATE_IN_SHEET = "date_in_sheet"
    NOTHING_FOLLOWS = "nothing_follows"
    BEFORE_END = "before_end"
    END_PASSED = "end_passed"
    REGISTER = "register"
    NO_HANDOVER = "no_handover"
    PLAN_SAYS = "plan_says"
    LONG_SINCE_CONTACT = "long_since_contact"
    STATUS_UNKNOWN = "status_unknown"
    WORDS_IN_SHEET = "words_in_sheet"


StepValue: TypeAlias = "date | int | str | tuple[str, ...] | None"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to be done.

    Attributes:
        code: what.
        due: by when; ``None`` where no day follows from what is known.
        owner_role: whose it is; ``None`` where the sheet names somebody of no known role.
        owner_name: the name, where it is known.
        values: the named places of the sentences.
        reason: why, with the same named places.
    """

    code: Code
    due: date | None
    owner_role: Role | None
    owner_name: str | None
    values: tuple[tuple[str, StepValue], ...]
    reason: Reason


_PRIORITY = {code: number for number, code in enumerate(Code)}


def _owned(
    facts: CaseFacts, role: Role, code: Code, reason: Reason, due: date | None, **values: StepValue
) -> NextStep:
    names = {
        Role.PROGRAMME_ADVISER: facts.adviser,
        Role.PRACTICE_SUPERVISOR: facts.supervisor,
        Role.NAV_ADVISER: facts.nav_adviser,
    }
    return NextStep(code, due, role, names[role], tuple(sorted(values.items())), reason)


_Steps: TypeAlias = Iterator[NextStep]


def _evaluation(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """Each placement under way or to come is to be visited once, after about four weeks."""
    for one in facts.placements:
        if is_over(one, today) or _has_begun_work(one, today):
            continue
        step = _visit(facts, one, today, rules)
        if step is not None:
            yield step


def _has_begun_work(placement: PlacementFacts, today: Today) -> bool:
    if placement.contract is None:
        return placement.has_contract
    return today.has_reached(placement.contract)


def _visit(
    facts: CaseFacts, placement: PlacementFacts, today: Today, rules: Rules
) -> NextStep | None:
    role = Role.PRACTICE_SUPERVISOR
    booked = placement.evaluation_visit
    if booked is not None:
        if today.has_reached(booked):
            return None
        return _owned(
            facts, role, Code.EVALUATION_BOOKED, Reason.DATE_IN_SHEET, booked, unit=placement.unit
        )
    if placement.first_day is None:
        return None
    due = shift(placement.first_day, rules.evaluation_visit_after)
    if placement.last_day is not None:
        due = min(due, placement.last_day)
    return _owned(
        facts,
        role,
        Code.EVALUATION_VISIT,
        Reason.WEEKS_AFTER_FIRST_DAY,
        due,
        unit=placement.unit,
        first_day=placement.first_day,
        weeks=round(rules.evaluation_visit_after / DAYS_PER_WEEK),
    )


def _find_placement(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """Hours that are met in another way need no place; a placement of unknown days may be one."""
    begins = facts.counts_from
    if begins is None or facts.placements or facts.verdict == MET:
        return
    if today.has_reached(shift(begins, -rules.find_placement_before)):
        yield _owned(
            facts,
            Role.PRACTICE_SUPERVISOR,
            Code.FIND_PLACEMENT,
            Reason.DEMAND,
            begins,
            counts_from=begins,
        )


def _placement_ends(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """A placement without a last day, or without any, may be what follows."""
    if not facts.placements or facts.has_work:
        return
    last: tuple[date, str | None] | None = None
    for one in facts.placements:
        if one.last_day is None:
            return
        if last is None or one.last_day > last[0]:
            last = one.last_day, one.unit
    if last is not None and today.has_reached(shift(last[0], -rules.placement_ends_before)):
        yield _owned(
            facts,
            Role.PRACTICE_SUPERVISOR,
            Code.PLACEMENT_ENDS,
            Reason.NOTHING_FOLLOWS,
            last[0],
            unit=last[1],
            last_day=last[0],
        )


def _hours_below(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    if facts.verdict == BELOW:
        begins = facts.counts_from or facts.start
        yield _owned(
            facts,
            Role.PROGRAMME_ADVISER,
            Code.HOURS_BELOW,
            Reason.DEMAND,
            begins,
            counts_from=begins,
        )


def _missing_facts(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    if facts.missing_facts:
        yield _owned(
            facts,
            Role.PROGRAMME_ADVISER,
            Code.MISSING_FACTS,
            Reason.STATUS_UNKNOWN,
            facts.start,
            missing=facts.missing_facts,
        )


def _contact(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """Only while a placement runs, and only where the sheets tell when the last contact was."""
    last = facts.last_contact
    if last is None or not any(is_running(one, today) for one in facts.placements):
        return
    due = shift(last, rules.contact_within)
    if today.has_reached(due):
        yield _owned(
            facts,
            Role.PRACTICE_SUPERVISOR,
            Code.CONTACT,
            Reason.LONG_SINCE_CONTACT,
            due,
            last_contact=last,
        )


def _info_meeting(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """All take part in it before the end; who has been handed over needs it no more."""
    role = Role.PROGRAMME_ADVISER
    booked, end = facts.info_meeting, facts.end
    if booked is not None:
        if not today.has_reached(booked):
            yield _owned(facts, role, Code.INFO_MEETING_BOOKED, Reason.DATE_IN_SHEET, booked)
        return
    if end is None or (facts.handover is not None and today.has_reached(facts.handover)):
        return
    if today.has_reached(shift(end, -rules.closing_before)):
        due = shift(end, -rules.info_meeting_due_before)
        yield _owned(facts, role, Code.INFO_MEETING, Reason.BEFORE_END, due, end=end)


def _handover_booked(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    if facts.handover is not None and not today.has_reached(facts.handover):
        yield _owned(
            facts, Role.NAV_ADVISER, Code.HANDOVER_BOOKED, Reason.DATE_IN_SHEET, facts.handover
        )


def _handover(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """For those without work at the end; who goes on to school is not handed over."""
    end = facts.end
    if facts.handover is not None or end is None or facts.has_work:
        return
    if facts.end_goal not in (None, EndGoal.WORK) or facts.end_reason in WITHOUT_HANDOVER:
        return
    if today.has_reached(shift(end, -rules.handover_opens_before)):
        yield _owned(facts, Role.NAV_ADVISER, Code.HANDOVER, Reason.BEFORE_END, end, end=end)


def _review_plan(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """The plan in force names the day by which it is assessed again."""
    due = facts.plan_review
    if due is not None and today.has_reached(shift(due, -rules.plan_review_before)):
        yield _owned(
            facts,
            Role.PROGRAMME_ADVISER,
            Code.REVIEW_PLAN,
            Reason.PLAN_SAYS,
            due,
            review_on=due,
        )


def _end_not_recorded(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    end = facts.planned_end
    if facts.actual_end is None and end is not None and today.has_passed(end):
        yield _owned(
            facts, Role.PROGRAMME_ADVISER, Code.END_NOT_RECORDED, Reason.END_PASSED, end, end=end
        )


def _end_reason_missing(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    if facts.actual_end is not None and facts.end_reason is None:
        yield _owned(
            facts,
            Role.PROGRAMME_ADVISER,
            Code.END_REASON_MISSING,
            Reason.REGISTER,
            shift_months(facts.actual_end, rules.end_reason_within),
            end=facts.actual_end,
            months=rules.end_reason_within,
        )


def _ended_without_handover(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    """Asked for half a year: later Nav has the person, or somebody has forgotten the sheet."""
    end = facts.actual_end
    if end is None or facts.handover is not None or facts.has_work:
        return
    if facts.end_reason not in (None, EndReason.NAV):
        return
    if not today.has_passed(shift(end, rules.ended_follow_up)):
        yield _owned(
            facts,
            Role.NAV_ADVISER,
            Code.ENDED_WITHOUT_HANDOVER,
            Reason.NO_HANDOVER,
            end,
            end=end,
        )


def _sheet_next_step(facts: CaseFacts, today: Today, rules: Rules) -> _Steps:
    if not facts.sheet_next_step:
        return
    owner = facts.sheet_next_step_owner
    yield NextStep(
        Code.SHEET_NEXT_STEP,
        facts.sheet_next_step_due,
        _role_of(owner, facts),
        owner,
        (("text", facts.sheet_next_step),),
        Reason.WORDS_IN_SHEET,
    )


def _role_of(name: str | None, facts: CaseFacts) -> Role | None:
    """Find whose name it is among the case's four; ``None`` where it is none or two of them."""
    if name is None:
        return None
    named = {
        Role.PRACTICE_SUPERVISOR: facts.supervisor,
        Role.PROGRAMME_ADVISER: facts.adviser,
        Role.TEACHER: facts.teacher,
        Role.NAV_ADVISER: facts.nav_adviser,
    }
    sought = name.strip().casefold()
    roles = [role for role, other in named.items() if other and other.strip().casefold() == sought]
    return roles[0] if len(roles) == 1 else None


_Rule: TypeAlias = Callable[[CaseFacts, Today, Rules], _Steps]

_WHILE_IT_RUNS: tuple[_Rule, ...] = (
    _hours_below,
    _end_not_recorded,
    _find_placement,
    _evaluation,
    _placement_ends,
    _review_plan,
    _handover,
    _handover_booked,
    _info_meeting,
    _contact,
    _sheet_next_step,
    _missing_facts,
)
_AFTER_THE_END: tuple[_Rule, ...] = (
    _ended_without_handover,
    _handover_booked,
    _sheet_next_step,
    _end_reason_missing,
)


def _urgency(step: NextStep) -> tuple[bool, date, int, str]:
    return (step.due is None, step.due or date.max, _PRIORITY[step.code], str(step.values))


def next_steps_at(facts: CaseFacts, today: Today) -> tuple[NextStep, ...]:
    """List what is open on the day asked about; see ``next_steps``."""
    rules = rules_at(today, facts.own_rules)
    asked = _AFTER_THE_END if has_ended(facts, today) else _WHILE_IT_RUNS
    found = [step for rule in asked for step in rule(facts, today, rules)]
    found.sort(key=_urgency)
    # What people have agreed goes first until its deadline has passed: they know the case.
    found.sort(key=lambda step: not _is_agreed(step, today))
    return tuple(found)


def _is_agreed(step: NextStep, today: Today) -> bool:
    is_theirs = step.code is Code.SHEET_NEXT_STEP and step.due is not None
    return is_theirs and not today.has_passed(step.due or date.max)


def next_steps(facts: CaseFacts, *, on: date) -> tuple[NextStep, ...]:
    """List everything open in the case.

    Returns:
        What people have agreed, until its deadline; then earliest deadline first, the weightier
        first on one day, those without a deadline last.
    """
    return next_steps_at(facts, Today(on))
