"""The duty to register in the national register."""

from innpass.domain.law.duty import DUTIES, Duty, not_bound
from innpass.domain.law.events import events_of
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months


@DUTIES.rule("intf-58-2")
def regulation_58_second_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for registration of each event within months; due is the first of the open ones.

    An event is open until somebody has ticked it off. When that was done is not judged.

    Source:
        integreringsloven § 43 andre ledd; integreringsforskriften § 58 andre ledd.

    Reading:
        docs/law/registering.md.
    """
    events = events_of(facts)
    if not events:
        return not_bound(Reason("register_in_time.nothing"))
    months: int = law.value("months_to_register")
    ticked = [(day, kind) for day, kind in events if (kind, day) in facts.registered]
    to_do = [
        (day, kind, add_months(day, months)) for day, kind in events if (day, kind) not in ticked
    ]
    return Duty(
        due=min((last for _, _, last in to_do), default=None),
        counted=tuple(
            Reason("register_in_time.event", (("what", kind), ("day", day), ("last", last)))
            for day, kind, last in to_do
        ),
        left_out=tuple(
            Reason("register_in_time.ticked", (("what", kind), ("day", day)))
            for day, kind in ticked
        ),
        reasons=(
            Reason("register_in_time.asked", (("months", months),)),
            Reason("not_held.registered"),
        ),
    )
