"""What the municipality must do in time."""

from datetime import date

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Duty, unknown
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months


@DUTIES.rule("intl-12-2")
def act_12_second_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the decision, and the start of the programme, within months of settlement.

    Done is the later of the two days.

    Source:
        integreringsloven § 12 andre ledd.

    Reading:
        docs/law/start-in-time.md.
    """
    if facts.settled_on is None:
        return unknown(Fact.SETTLED_ON)
    months: int = law.value("months_to_start")
    due = add_months(facts.settled_on, months)
    days = [day for day in (decided_on(facts), facts.start) if day]
    # Both are needed to be in time; one that is later says so alone.
    latest = max(days, default=None)
    is_found = latest is not None and (len(days) > 1 or latest > due)
    asked = Reason("start_in_time.asked", (("months", months), ("day", facts.settled_on)))
    return _in_time(due, latest if is_found else None, asked)


@DUTIES.rule("intl-30-3")
def act_30_third_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for an offer of Norwegian tuition within months of the person's coming to live there.

    Source:
        integreringsloven § 30 tredje ledd; § 37 d andre ledd refers to it.

    Reading:
        docs/law/start-in-time.md.
    """
    if facts.settled_on is None:
        return unknown(Fact.SETTLED_ON)
    months: int = law.value("months_to_norwegian")
    asked = Reason("norwegian_in_time.asked", (("months", months), ("day", facts.settled_on)))
    return _in_time(add_months(facts.settled_on, months), facts.norwegian_offered_on, asked)


def _in_time(due: date, found: date | None, asked: Reason) -> Duty:
    """Answer from the day found, the limit being reckoned from settlement.

    What is later may be in time after a claim, whose day is not held. So it is never a breach.
    """
    if found is None or found <= due:
        return Duty(due=due, done=found, left_out=(Reason("not_held.claim"),), reasons=(asked,))
    late = Reason("not_held.claim_after", (("day", found),))
    return Duty(due=due, left_out=(late,), reasons=(asked,))
