"""Which end goals (sluttmål) are open to whom."""

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Duty, not_bound, unknown
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import age_on
from innpass.domain.sheets.fields import EndGoal

_FOR_SCHOOLED = (EndGoal.HIGHER_EDUCATION, EndGoal.VOCATIONAL_REQUALIFICATION)
_FOR_OTHERS = (EndGoal.UPPER_SECONDARY, EndGoal.PARTS_OF_UPPER_SECONDARY, EndGoal.TRADE)
_WHOLE_UPPER_SECONDARY = (EndGoal.UPPER_SECONDARY, EndGoal.TRADE)


@DUTIES.rule("intl-13-1-2021")
def acts_before_2026(facts: PersonFacts, law: LawAt) -> Duty:
    """Judge nothing: the former wording is not held.

    Source:
        integreringsloven §§ 13 and 14 as they read until 31 December 2025.

    Reading:
        docs/law/end-goal.md.
    """
    return not_bound(Reason("not_held.older_text", (("day", law.day),)))


@DUTIES.rule("intl-37c-2-goal")
def former_37c_goal(facts: PersonFacts, law: LawAt) -> Duty:
    """Leave work and higher education to the schooled with collective protection.

    Source:
        integreringsloven § 37 c andre ledd as it read until 31 December 2025.

    Reading:
        docs/law/end-goal.md.
    """
    if facts.end_goal is None:
        return unknown(Fact.END_GOAL)
    if facts.upper_secondary is None:
        return unknown(Fact.UPPER_SECONDARY)
    if not facts.upper_secondary:
        return not_bound(Reason("not_held.older_text", (("day", law.day),)))
    goal = (("goal", facts.end_goal),)
    if facts.end_goal in (*_FOR_OTHERS, EndGoal.VOCATIONAL_REQUALIFICATION):
        return Duty(breaches=(Reason("end_goal.not_for_schooled", goal),))
    return Duty(reasons=(Reason("end_goal.open", goal),))


@DUTIES.rule("intl-13-14-goal")
def acts_13_and_14(facts: PersonFacts, law: LawAt) -> Duty:
    """Open each goal by schooling and age; work is open to everybody.

    Source:
        integreringsloven § 13 første ledd and § 14 første og tredje ledd.

    Reading:
        docs/law/end-goal.md.
    """
    goal = facts.end_goal
    if goal is None:
        return unknown(Fact.END_GOAL)
    named = (("goal", goal),)
    day = decided_on(facts) or facts.start
    age = age_on(day, facts.birth_date) if day and facts.birth_date else None
    breaches = []
    if goal in _FOR_SCHOOLED and facts.upper_secondary is False:
        breaches.append(Reason("end_goal.not_for_others", named))
    if goal in _FOR_OTHERS and facts.upper_secondary:
        breaches.append(Reason("end_goal.not_for_schooled", named))
    ceiling: int = law.value("work_goal_above_age")
    if goal is not EndGoal.WORK and age is not None and age > ceiling:
        breaches.append(Reason("end_goal.work_above_age", (("age", age), ("ceiling", ceiling))))
    missing = []
    if goal in (*_FOR_SCHOOLED, *_FOR_OTHERS) and facts.upper_secondary is None:
        missing.append(Fact.UPPER_SECONDARY)
    if goal is not EndGoal.WORK and age is None:
        missing.append(Fact.BIRTH_DATE if day else Fact.DECISION_DAY)
    reasons = [Reason("end_goal.open", named)]
    below: int = law.value("upper_secondary_goal_below_age")
    is_young = age is not None and age < below and facts.upper_secondary is False
    if is_young and goal not in _WHOLE_UPPER_SECONDARY:
        reasons.append(Reason("end_goal.young", (("below", below),)))
    if breaches:
        return Duty(breaches=tuple(breaches))
    return Duty(missing=tuple(missing), reasons=() if missing else tuple(reasons))
