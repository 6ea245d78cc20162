"""Storing how long everybody's programme, and right to Norwegian tuition, last."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from innpass.casework.organisations.inserting import insert_values
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.reading import rows_by_owner
from innpass.casework.programme.models import Clock
from innpass.domain.law import clocks
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import Law
from innpass.domain.sheets.fields import DecisionKind

_BATCH = 2000
_COLUMNS = (
    *("programme_until", "programme_possible_until"),
    *("norwegian_until", "norwegian_possible_until", "missing"),
)
_NOT_HELD = "not_held."
_NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class _Ends:
    """What is stored of one clock; ``missing`` names facts, and what Innpass does not hold."""

    until: date | None
    possible_until: date | None
    missing: tuple[str, ...]


def rewrite_clocks(
    facts: Mapping[UUID, PersonFacts],
    *,
    participants: Collection[UUID],
    municipality: Municipality,
    on: date,
    law: Law,
) -> int:
    """Store the clocks of some people anew; returns for how many they changed.

    ``facts`` holds those who have an enrolment; the others' clocks are taken away. No stored clock
    depends on the day as long as every leave and absence has a last day, which the tables demand;
    ``on`` stands for the last day of one that has none.
    """
    asked = _Asked(on, law)
    before = _stored(set(participants))
    changed: list[UUID] = []
    rows: list[tuple[Any, ...]] = []
    for pk in sorted(facts, key=attrgetter("int")):
        now = asked.row_of(facts[pk])
        if before.get(pk) != now:
            changed.append(pk)
            rows.append((pk, *now))
    changed += [pk for pk in before if pk not in facts]
    for at in range(0, len(changed), _BATCH):
        Clock.objects.filter(participant__in=changed[at : at + _BATCH]).delete()
    insert_values(Clock, ("participant", *_COLUMNS), rows, municipality=municipality)
    return len(changed)


def _stored(wanted: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
    stored = Clock.objects.all()
    if len(wanted) <= _BATCH:  # more are read with all others, not asked for one by one
        stored = stored.filter(participant__in=wanted)
    read = rows_by_owner(stored, _COLUMNS, owner="participant_id", owners=wanted)
    return {
        owner: (*days, json.loads(missing) if missing != _NOTHING else {})
        for owner, [(*days, missing)] in read.items()
    }


class _Asked:
    """The clocks of many people under one law. Those of whom the same is known are asked once."""

    def __init__(self, on: date, law: Law) -> None:
        self._on, self._law = on, law
        self._found: dict[tuple[str, tuple[object, ...]], _Ends] = {}

    def row_of(self, facts: PersonFacts) -> tuple[Any, ...]:
        """Return what is stored of a person, in the order of ``_COLUMNS``."""
        programme = self._ask(clocks.PROGRAMME, _of_programme(facts), facts)
        norwegian = self._ask(clocks.NORWEGIAN, _of_norwegian(facts), facts)
        missing = {
            name: list(ends.missing)
            for name, ends in (("programme", programme), ("norwegian", norwegian))
            if ends.missing
        }
        return (
            *(programme.until, programme.possible_until),
            *(norwegian.until, norwegian.possible_until, missing),
        )

    def _ask(self, topic: str, known: tuple[object, ...], facts: PersonFacts) -> _Ends:
        if (topic, known) not in self._found:
            ask = clocks.programme_clock if topic == clocks.PROGRAMME else clocks.norwegian_clock
            self._found[topic, known] = _ends_of(ask(facts, on=self._on, law=self._law))
        return self._found[topic, known]


def _ends_of(clock: clocks.Clock) -> _Ends:
    if clock.last_day is not None:
        return _Ends(clock.last_day, clock.last_possible_day, ())
    not_held = [reason.code for reason in clock.reasons if reason.code.startswith(_NOT_HELD)]
    return _Ends(None, clock.last_possible_day, (*map(str, clock.missing), *not_held))


def _of_programme(facts: PersonFacts) -> tuple[object, ...]:
    """Return what the programme's clock goes by, so that those who are alike are asked once."""
    kinds = (DecisionKind.PROGRAMME, DecisionKind.EXTENSION)
    return (
        facts.start,
        facts.actual_end if facts.leaves or facts.absences else None,
        facts.protection,
        facts.upper_secondary,
        facts.end_goal,
        facts.offered_on,
        facts.permit_on,
        facts.absences,
        facts.leaves,
        tuple(each for each in facts.decisions if each.kind in kinds),
    )


def _of_norwegian(facts: PersonFacts) -> tuple[object, ...]:
    """Return what the clock of Norwegian goes by, likewise."""
    kind = DecisionKind.NORWEGIAN_EXTENSION
    return (
        facts.norwegian_offered_on,
        facts.protection,
        facts.upper_secondary,
        facts.permit_on,
        facts.leaves,
        tuple(each for each in facts.decisions if each.kind is kind),
    )
