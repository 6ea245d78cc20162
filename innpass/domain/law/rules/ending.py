"""Decisions on leave and stop, and the certificate at the end."""

from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, not_bound, unknown
from innpass.domain.law.facts import DecisionRow, Fact, LeaveRow, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.sheets.fields import DecisionKind, EndReason, LeaveKind

_NO_STOP = (EndReason.WORK, EndReason.EDUCATION, EndReason.MOVED)


@DUTIES.rule("intl-46-2-e")
def act_46_leave(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for a decision on every leave but holiday; those without one are left out of the count.

    Source:
        integreringsloven § 46 andre ledd bokstav e; integreringsforskriften § 69 første ledd.

    Reading:
        docs/law/decisions.md.
    """
    leaves = [row for row in facts.leaves if row.kind is not LeaveKind.HOLIDAY]
    if not leaves:
        return not_bound(Reason("leave_decisions.none"))
    decisions = [row for row in facts.decisions if row.kind is DecisionKind.LEAVE]
    counted, left_out = [], []
    for leave in leaves:
        if any(_covers(decision, leave) for decision in decisions):
            counted.append(_told("leave_decisions.decided", leave))
        else:
            left_out.append(_told("leave_decisions.without", leave))
    nameless = sum(row.first_day is None for row in decisions)
    if nameless:
        left_out.append(Reason("leave_decisions.names_no_period", (("number", nameless),)))
    amount = Amount("leave_decisions", len(counted), Unit.TIMES, least=len(leaves))
    return Duty(
        amounts=(amount,),
        counted=tuple(counted),
        left_out=tuple(left_out),
        reasons=(Reason("leave_decisions.asked"),),
    )


def _covers(decision: DecisionRow, leave: LeaveRow) -> bool:
    if decision.first_day is None or decision.first_day > leave.period.first_day:
        return False
    if decision.last_day is None:
        return True
    return leave.period.last_day is not None and leave.period.last_day <= decision.last_day


def _told(code: str, leave: LeaveRow) -> Reason:
    last = leave.period.last_day or leave.period.first_day
    return Reason(code, (("first", leave.period.first_day), ("last", last)))


@DUTIES.rule("intl-18-1")
def act_18_stop(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for a decision, by the last day, where a programme was broken off before its time.

    Source:
        integreringsloven §§ 18 and 46 andre ledd bokstav d.

    Reading:
        docs/law/decisions.md.
    """
    stops = [row for row in facts.decisions if row.kind is DecisionKind.STOP]
    days = [row.day for row in stops if row.day]
    if stops and not days:
        return unknown(Fact.DECISION_DAY)
    if facts.actual_end is None:
        return Duty(done=min(days)) if days else not_bound(Reason("stop_decisions.runs"))
    asked = Reason("stop_decisions.asked", (("day", facts.actual_end),))
    if days:
        return Duty(due=facts.actual_end, done=min(days), reasons=(asked,))
    if facts.planned_end and facts.actual_end >= facts.planned_end:
        return not_bound(Reason("stop_decisions.in_full"))
    if facts.end_reason is None:
        return unknown(Fact.END_REASON)
    if facts.end_reason in _NO_STOP:
        return not_bound(Reason(f"stop_decisions.{facts.end_reason}"))
    return Duty(due=facts.actual_end, reasons=(asked,))


@DUTIES.rule("intl-18a-1")
def act_18a_certificate(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the certificate when the programme is over; the text sets no time for it.

    Source:
        integreringsloven § 18 a første ledd; until 2025 § 14.

    Reading:
        docs/law/decisions.md.
    """
    if facts.certificate_on:
        return Duty(done=facts.certificate_on, reasons=(Reason("certificate.asked"),))
    end = facts.actual_end or facts.planned_end
    if end is None:
        return unknown(Fact.END)
    return Duty(due=end, reasons=(Reason("certificate.asked"),))
