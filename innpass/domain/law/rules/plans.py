"""The integration plan, its review, and the integration contract."""

from datetime import date

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Duty, not_bound, unknown
from innpass.domain.law.facts import DecisionRow, Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months
from innpass.domain.sheets.fields import DecisionKind


@DUTIES.rule("intl-15-1")
def act_15_plan(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for a plan at the same time as the decision.

    A version agreed in Innpass later than that is no breach: there may be an earlier plan on paper.

    Source:
        integreringsloven § 15 første ledd.

    Reading:
        docs/law/plan-and-contract.md.
    """
    decided = decided_on(facts)
    if decided is None:
        return unknown(Fact.DECISION_DAY)
    due, agreed = _same_time(decided, facts, law), _agreed(facts)
    days = _decided(facts) + [day for day in agreed if day <= due]
    if _plans(facts) and not days:
        return unknown(Fact.DECISION_DAY)
    reasons = [Reason("plan.asked", (("day", decided),))]
    if agreed and not days:
        reasons.append(Reason("plan.agreed_later", (("day", min(agreed)),)))
    return Duty(due=due, done=min(days, default=None), reasons=tuple(reasons))


@DUTIES.rule("intl-37c-7")
def former_37c_plan(facts: PersonFacts, law: LawAt) -> Duty:
    """Judge nothing of those with collective protection: their simpler rules are not held.

    Source:
        integreringsloven § 37 c sjuende ledd as it read until 31 December 2025.
    """
    return not_bound(Reason("not_held.older_text", (("day", law.day),)))


@DUTIES.rule("intl-15-6")
def act_15_review(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for a review of the plan within so many months of the last one, while it runs.

    Source:
        integreringsloven § 15 sjette ledd.

    Reading:
        docs/law/plan-and-contract.md.
    """
    days = _days(facts)
    if not days and not _plans(facts):
        return not_bound(Reason("plan_review.no_plan"))
    if not days:
        return unknown(Fact.DECISION_DAY)
    last = max(days)
    due = add_months(last, int(law.value("review_months")))
    end = facts.actual_end or facts.planned_end
    if end and end <= due:
        return Duty(done=last, reasons=(Reason("plan_review.until_the_end", (("day", last),)),))
    return Duty(due=due, reasons=(Reason("plan_review.asked", (("day", last),)),))


@DUTIES.rule("intl-16-1")
def act_16_contract(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for a contract at the same time as the plan.

    Source:
        integreringsloven § 16 første ledd.

    Reading:
        docs/law/plan-and-contract.md.
    """
    return _signed(facts, law, "contract.asked")


@DUTIES.rule("intl-16-lov-2026-23")
def act_16_passed_in_2026(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the participant's declaration instead, once the day is set.

    Source:
        lov 12. juni 2026 nr. 23, § 16; not in force.

    Reading:
        docs/law/plan-and-contract.md.
    """
    return _signed(facts, law, "contract.declaration")


@DUTIES.rule("intl-37c-7-kontrakt")
def former_37c_contract(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for no contract of those with collective protection.

    Source:
        integreringsloven § 37 c sjuende ledd as it read until 31 December 2025.
    """
    return not_bound(Reason("contract.not_required"))


def _signed(facts: PersonFacts, law: LawAt, code: str) -> Duty:
    planned = min(_days(facts), default=None)
    day = planned or decided_on(facts)
    if day is None:
        return unknown(Fact.DECISION_DAY)
    due = _same_time(day, facts, law)
    return Duty(due=due, done=facts.contract_on, reasons=(Reason(code, (("day", day),)),))


def _plans(facts: PersonFacts) -> tuple[DecisionRow, ...]:
    return tuple(row for row in facts.decisions if row.kind is DecisionKind.PLAN)


def _days(facts: PersonFacts) -> list[date]:
    """Give the days of plans: of decisions on them, and of versions that were agreed."""
    return _decided(facts) + _agreed(facts)


def _decided(facts: PersonFacts) -> list[date]:
    return [plan.day for plan in _plans(facts) if plan.day]


def _agreed(facts: PersonFacts) -> list[date]:
    return [plan.agreed_on for plan in facts.plans if plan.agreed_on]


def _same_time(day: date, facts: PersonFacts, law: LawAt) -> date:
    """Give the last day that is still at the same time as ``day``."""
    is_by_start = law.value("at_the_same_time") == "by_start"
    return max(day, facts.start) if is_by_start and facts.start else day
