"""What happens to a person that the national register must be told of."""

from datetime import date

from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.registered import Registered
from innpass.domain.sheets.fields import DecisionKind

__all__ = ["Registered", "events_of"]

_OF_DECISION = {
    DecisionKind.PROGRAMME: Registered.DECISION,
    DecisionKind.EXTENSION: Registered.EXTENSION,
    DecisionKind.PAUSE: Registered.STOP,
    DecisionKind.STOP: Registered.STOP,
    DecisionKind.NORWEGIAN: Registered.NORWEGIAN_DECISION,
    DecisionKind.NORWEGIAN_EXTENSION: Registered.NORWEGIAN_DECISION,
}


def events_of(facts: PersonFacts) -> tuple[tuple[date, Registered], ...]:
    """List what must be registered with the day from which it is known, in time.

    Leave is known when it begins, absence when it is over; absence that has no last day is not
    listed yet.

    Source:
        integreringsforskriften §§ 52, 53 and 58 andre ledd.

    Reading:
        docs/law/registering.md.
    """
    days: list[tuple[date | None, Registered]] = [
        (facts.offered_on, Registered.OFFER),
        (facts.start, Registered.START),
        (facts.mapping_on, Registered.MAPPING),
        (facts.career_guidance_on, Registered.CAREER_GUIDANCE),
        (facts.norwegian_offered_on, Registered.NORWEGIAN_OFFER),
        (facts.actual_end, Registered.END),
        *((row.period.first_day, Registered.LEAVE) for row in facts.leaves),
        *((row.period.last_day, Registered.ABSENCE) for row in facts.absences),
        *((row.day, _OF_DECISION[row.kind]) for row in facts.decisions if row.kind in _OF_DECISION),
    ]
    return tuple(sorted((day, kind) for day, kind in days if day))
