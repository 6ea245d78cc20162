"""Which texts of a topic may bind a person, by the person's own dates.

Reading:
    docs/law/text-that-binds.md.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import Decides, Law, LawText
from innpass.domain.sheets.fields import DecisionKind, Protection

FACT_OF = {
    Decides.PROGRAMME_START: Fact.START,
    Decides.OFFERED_ON: Fact.OFFERED_ON,
    Decides.DECIDED_ON: Fact.DECISION_DAY,
    Decides.PERMIT_ON: Fact.PERMIT_ON,
    Decides.NORWEGIAN_OFFERED_ON: Fact.NORWEGIAN_OFFERED_ON,
}
# Nobody is offered, granted or begins a programme in another order.
_IN_TIME = (
    Decides.PERMIT_ON,
    Decides.OFFERED_ON,
    Decides.DECIDED_ON,
    Decides.PROGRAMME_START,
)


def decided_on(facts: PersonFacts) -> date | None:
    """Give the day of the decision that granted the programme; ``None`` where none is recorded."""
    days = [
        decision.day
        for decision in facts.decisions
        if decision.kind is DecisionKind.PROGRAMME and decision.day
    ]
    return min(days, default=None)


def deciding_date(decides: Decides, facts: PersonFacts, *, on: date) -> date | None:
    """Give the date of a person that picks the text; ``None`` where it is not recorded."""
    match decides:
        case Decides.PROGRAMME_START:
            return facts.start
        case Decides.OFFERED_ON:
            return facts.offered_on
        case Decides.DECIDED_ON:
            return decided_on(facts)
        case Decides.PERMIT_ON:
            return facts.permit_on
        case Decides.NORWEGIAN_OFFERED_ON:
            return facts.norwegian_offered_on
        case Decides.DAY_ASKED_ABOUT:
            return on


def texts_that_may_bind(
    topic: str, facts: PersonFacts, *, law: Law, on: date
) -> tuple[tuple[LawText, ...], tuple[Fact, ...]]:
    """List the texts that may bind a person, in time, and the facts that would tell which.

    One text and no fact where it is known. A date that is not recorded lies between those of the
    person's dates that come before it and those that come after it.
    """
    decides = law.topics[topic][0].decides
    day = deciding_date(decides, facts, on=on)
    first, last = (day, day) if day else _bounds(decides, facts, on=on)
    texts = _texts_between(law, topic, first, last, facts.protection)
    if len(texts) <= 1:
        return texts, ()
    by_ground = facts.protection is None and len({text.only_for for text in texts}) > 1
    missing = (FACT_OF[decides],) if day is None and decides in FACT_OF else ()
    return texts, missing + ((Fact.PROTECTION,) if by_ground else ())


# Thousands of people share few days and few grounds.
@lru_cache(maxsize=1 << 14)
def _texts_between(
    law: Law, topic: str, first: date, last: date, protection: Protection | None
) -> tuple[LawText, ...]:
    """List the texts that bind on some day between two, inclusive, on a ground or on any."""
    texts = law.topics[topic]
    found: set[LawText] = set()
    for ground in tuple(Protection) if protection is None else (protection,):
        special = [text for text in texts if text.only_for is ground]
        for text in texts:
            if text.only_for not in (None, ground) or not _may_bind(text, first, last):
                continue
            if text.only_for is ground or not _cover(special, text, first, last):
                found.add(text)
    return tuple(text for text in texts if text in found)


def _bounds(decides: Decides, facts: PersonFacts, *, on: date) -> tuple[date, date]:
    if decides not in _IN_TIME:
        return facts.permit_on or date.min, date.max
    place = _IN_TIME.index(decides)
    known = [deciding_date(each, facts, on=on) for each in _IN_TIME]
    before = [day for day in known[:place] if day]
    after = [day for day in known[place + 1 :] if day]
    first, last = max(before, default=date.min), min(after, default=date.max)
    # Dates that contradict one another say nothing about the one that is missing.
    return (first, last) if first <= last else (date.min, date.max)


def _may_bind(text: LawText, first: date, last: date) -> bool:
    return (
        not text.is_passed_only
        and (text.first_day or date.min) <= last
        and first <= (text.last_day or date.max)
    )


def _cover(special: Iterable[LawText], general: LawText, first: date, last: date) -> bool:
    """Tell whether special texts take the place of a general one on all days that may decide."""
    begin = max(first, general.first_day or date.min)
    end = min(last, general.last_day or date.max)
    days = sorted(
        (text.first_day or date.min, text.last_day or date.max)
        for text in special
        if not text.is_passed_only
    )
    for first_day, last_day in days:
        if first_day <= begin <= last_day:
            if end <= last_day:
                return True
            begin = last_day + timedelta(days=1)
    return False
