"""What the municipality must do in time."""

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Duty, unknown
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months

_NOT_HELD = (Reason("not_held.claim"),)


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
    # One of the two is enough to be late, both are needed to be in time.
    latest = max(days, default=None)
    is_done = latest is not None and (len(days) > 1 or latest > due)
    return Duty(
        due=due,
        done=latest if is_done else None,
        left_out=_NOT_HELD,
        reasons=(Reason("start_in_time.asked", (("months", months), ("day", facts.settled_on))),),
    )


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
    values = (("months", months), ("day", facts.settled_on))
    return Duty(
        due=add_months(facts.settled_on, months),
        done=facts.norwegian_offered_on,
        left_out=_NOT_HELD,
        reasons=(Reason("norwegian_in_time.asked", values),),
    )
