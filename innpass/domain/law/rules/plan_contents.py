"""What the integration plan in force must hold, and the reasons it must give."""

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, not_bound, unknown
from innpass.domain.law.facts import Fact, PersonFacts, PlanFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.plan import PlanContent
from innpass.domain.law.reasons import Reason


@DUTIES.rule("intl-15-3")
def act_15_contents(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask the plan in force for everything that a plan must hold at the least.

    Source:
        integreringsloven § 15 tredje ledd.

    Reading:
        docs/law/plan-contents.md.
    """
    plan = plan_in_force(facts)
    if plan is None:
        return _no_plan(facts, tuple(_amount(content, None) for content in PlanContent))
    amounts = tuple(
        _amount(content, 1 if content in plan.contents else 0) for content in PlanContent
    )
    whole = all(content in plan.contents for content in PlanContent)
    code = "plan_contents.whole" if whole else "plan_contents.lacks"
    return Duty(amounts=amounts, reasons=(_told(code, plan),))


@DUTIES.rule("intl-15-4")
def act_15_reasons(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask the plan in force for a reason of each element towards work or education.

    Source:
        integreringsloven § 15 fjerde ledd.

    Reading:
        docs/law/plan-contents.md.
    """
    plan = plan_in_force(facts)
    if plan is None:
        return _no_plan(facts, (Amount("plan_reasons", None, Unit.TIMES, least=1),))
    if not plan.to_be_reasoned:
        return not_bound(_told("plan_reasons.none", plan))
    reasoned = Amount("plan_reasons", plan.reasoned, Unit.TIMES, least=plan.to_be_reasoned)
    code = "plan_reasons.lacks" if reasoned.is_short else "plan_reasons.given"
    return Duty(amounts=(reasoned,), reasons=(_told(code, plan),))


@DUTIES.rule("intl-15-3-2021")
def former_15_contents(facts: PersonFacts, law: LawAt) -> Duty:
    """Judge nothing of a plan by a decision from before 2026: that wording is not held.

    Source:
        integreringsloven § 15 tredje ledd as it read until 31 December 2025.
    """
    return not_bound(Reason("not_held.older_text", (("day", law.day),)))


@DUTIES.rule("intl-15-4-2021")
def former_15_reasons(facts: PersonFacts, law: LawAt) -> Duty:
    """Judge nothing of a plan by a decision from before 2026: that wording is not held.

    Source:
        integreringsloven § 15 fjerde ledd as it read until 31 December 2025.
    """
    return not_bound(Reason("not_held.older_text", (("day", law.day),)))


def plan_in_force(facts: PersonFacts) -> PlanFacts | None:
    """Give the version that was agreed last; ``None`` where none is."""
    agreed = [plan for plan in facts.plans if plan.agreed_on]
    return max(agreed, key=lambda plan: (plan.agreed_on, plan.number), default=None)


def _no_plan(facts: PersonFacts, amounts: tuple[Amount, ...]) -> Duty:
    if decided_on(facts) is None:
        return unknown(Fact.DECISION_DAY)
    return Duty(amounts=amounts, reasons=(Reason("plan_contents.no_plan"),))


def _amount(content: PlanContent, value: int | None) -> Amount:
    return Amount(f"plan_{content}", value, Unit.TIMES, least=1)


def _told(code: str, plan: PlanFacts) -> Reason:
    return Reason(code, (("number", plan.number), ("day", plan.agreed_on or plan.made_on)))
