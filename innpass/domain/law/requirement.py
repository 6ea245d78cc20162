"""The requirement that binds a person, with every answer that missing facts leave open."""

from datetime import date
from functools import lru_cache
from itertools import product

from innpass.domain.law.assessment import Requirement, RequirementAnswer
from innpass.domain.law.demand import Demand
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import THE_LAW, Law, LawText, law_of
from innpass.domain.law.reasons import Reason
from innpass.domain.law.rules.work_oriented import DEMANDS, TOPIC
from innpass.domain.periods import add_months
from innpass.domain.sheets.fields import EndGoal, Protection

FULL_EXTENT = 100
_LEAST_EXTENT = 0


def requirement_for(facts: PersonFacts, *, law: Law = THE_LAW) -> RequirementAnswer:
    """Say which minimum of work-oriented hours binds a person, by which text and why.

    A missing fact makes the answer unknown only if it could change it; it is then named.

    Source:
        integreringsforskriften § 43h første ledd; integreringsloven § 14 a tredje ledd.

    Reading:
        docs/law/text-that-binds.md; docs/law/unknown-facts.md.
    """
    if facts.start is None:
        nothing = (Fact.START,)
        return RequirementAnswer(None, (), nothing, None, (_unknown(nothing),))
    text = law.text_for(TOPIC, facts.start)
    demands, missing = demands_of(
        law,
        text,
        facts.protection,
        facts.upper_secondary,
        facts.end_goal,
        facts.extent_percent,
        facts.part_time_decision,
    )
    possible = tuple(_requirement(facts.start, text, demand) for demand in demands)
    is_known = len(possible) == 1
    return RequirementAnswer(
        requirement=possible[0] if is_known else None,
        possible=possible,
        missing=missing,
        text=text,
        reasons=demands[0].reasons if is_known else (_unknown(missing),),
    )


@lru_cache(maxsize=4096)
def demands_of(
    law: Law,
    text: LawText,
    protection: Protection | None,
    upper_secondary: bool | None,
    end_goal: EndGoal | None,
    extent_percent: int | None,
    part_time_decision: bool | None,
) -> tuple[tuple[Demand, ...], tuple[Fact, ...]]:
    """Try every completion of the missing facts; give the different demands and what matters.

    Returns:
        The demands that differ in what they ask, and the missing facts that make them differ.
        One demand and no fact where nothing that is missing matters.
    """
    options: dict[Fact, tuple[object, ...]] = {
        Fact.PROTECTION: tuple(Protection) if protection is None else (protection,),
        Fact.UPPER_SECONDARY: ((True, False) if upper_secondary is None else (upper_secondary,)),
        Fact.END_GOAL: tuple(EndGoal) if end_goal is None else (end_goal,),
        Fact.EXTENT_PERCENT: (
            (FULL_EXTENT, _LEAST_EXTENT) if extent_percent is None else (extent_percent,)
        ),
    }
    rule, law_at = DEMANDS.of(text.rule), law_of(law, text)
    found: dict[tuple[object, ...], Demand] = {}
    for chosen in product(*options.values()):
        person = PersonFacts(
            None,
            protection=chosen[0],  # type: ignore[arg-type]
            upper_secondary=chosen[1],  # type: ignore[arg-type]
            end_goal=chosen[2],  # type: ignore[arg-type]
            extent_percent=chosen[3],  # type: ignore[arg-type]
            part_time_decision=part_time_decision,
        )
        found[chosen] = rule(person, law_at)
    different: dict[tuple[float | None, int | None], Demand] = {}
    for demand in found.values():
        known = different.setdefault(demand.core, demand)
        certain = tuple(reason for reason in known.reasons if reason in demand.reasons)
        different[demand.core] = Demand(*demand.core, certain, known.warnings)
    missing = tuple(
        fact for place, fact in enumerate(options) if _matters(place, options[fact], found)
    )
    return tuple(different.values()), missing


def _matters(
    place: int, options: tuple[object, ...], found: dict[tuple[object, ...], Demand]
) -> bool:
    return any(
        found[(*chosen[:place], option, *chosen[place + 1 :])].core != demand.core
        for chosen, demand in found.items()
        for option in options
    )


def _requirement(start: date, text: LawText, demand: Demand) -> Requirement | None:
    if demand.hours_per_week is None or demand.after_months is None:
        return None
    if text.first_day is None or text.source is None:
        return None
    return Requirement(
        hours_per_week=demand.hours_per_week,
        counts_from=add_months(start, demand.after_months),
        rule=text.rule,
        source=text.source,
        text_from=text.first_day,
        text_to=text.last_day,
        warnings=demand.warnings,
    )


def _unknown(missing: tuple[Fact, ...]) -> Reason:
    return Reason("unknown.facts_missing", (("facts", missing),))
