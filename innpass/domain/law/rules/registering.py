"""The duty to register in the national register."""

from innpass.domain.law.duty import DUTIES, Duty, not_bound
from innpass.domain.law.events import events_of
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months


@DUTIES.rule("intf-58-2")
def regulation_58_second_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for registration of each event within months; due is the last of these days.

    Innpass does not hold what is registered, so nothing is ever shown to be.

    Source:
        integreringsloven § 43 andre ledd; integreringsforskriften § 58 andre ledd.

    Reading:
        docs/law/registering.md.
    """
    events = events_of(facts)
    if not events:
        return not_bound(Reason("register_in_time.nothing"))
    months: int = law.value("months_to_register")
    told = tuple(
        Reason(
            "register_in_time.event",
            (("what", kind), ("day", day), ("last", add_months(day, months))),
        )
        for day, kind in events
    )
    return Duty(
        due=add_months(events[-1][0], months),
        counted=told,
        reasons=(
            Reason("register_in_time.asked", (("months", months),)),
            Reason("not_held.registered"),
        ),
    )
