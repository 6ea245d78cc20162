"""What an answer would lead to, found out without storing anything."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from innpass.casework.imports.edits import Entered, with_edits
from innpass.casework.imports.models import Question, SourceRow
from innpass.casework.imports.rows import known_row, stored
from innpass.casework.participants.models import Participant
from innpass.casework.participants.sources import bodies_with_people, disputed_cells
from innpass.casework.programme import queries as programme
from innpass.casework.programme.models import PlannedHours
from innpass.casework.programme.readings import law_here
from innpass.casework.reconciliation.cards import (
    ABSENCE_COLUMNS,
    DECISION_COLUMNS,
    ELEMENT_COLUMNS,
    LEAVE_COLUMNS,
    TEST_COLUMNS,
    Card,
    Values,
    card_of,
    changes_between,
)
from innpass.casework.reconciliation.rewriting import rows_about
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.hours import assess_week
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.records import Value
from innpass.exchange.clock import today


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would change of a person, as ``cards.changes_between`` says it.

    ``verdicts`` are this week's before and after; ``None`` outside the programme.
    """

    changes: Mapping[str, list[Any]] = field(default_factory=dict)
    verdicts: tuple[str | None, str | None] = (None, None)


def foresee_values(
    question: Question, person: Participant, values: Sequence[Value]
) -> list[Foreseen]:
    """Tell what each value of the cell that is asked about would lead to. Constant queries."""
    rows = rows_about([person]).get(person.pk, [])
    key = known_row(question.row, question.row.file.name).key
    tried = [
        [_with(known, question.field, value) if known.key == key else known for known in rows]
        for value in values
    ]
    return _compare(person, rows, tried, _planned([person]).get(person.pk, ()))


def foresee_links(row: SourceRow, candidates: Sequence[Participant]) -> dict[UUID, Foreseen]:
    """Tell what each candidate would get if the row were about that person. Constant queries."""
    rows = rows_about(candidates)
    asked = known_row(row, row.file.name)
    planned = _planned(candidates)
    found = {}
    for person in candidates:
        mine = rows.get(person.pk, [])
        others = [known for known in mine if known.key != asked.key]
        (found[person.pk],) = _compare(person, mine, [[*others, asked]], planned.get(person.pk, ()))
    return found


def _planned(people: Sequence[Participant]) -> dict[UUID, list[Values]]:
    """Return the hours by the timetables in force, as they stand whoever the rows are about."""
    found: dict[UUID, list[Values]] = defaultdict(list)
    rows = PlannedHours.objects.filter(participant__in=people)
    for owner, *values in rows.values_list("participant", *programme.HOURS_COLUMNS):
        found[owner].append(tuple(values))
    return found


def _with(known: KnownRow, name: str, value: Value) -> KnownRow:
    return with_edits(known, {name: Entered(uuid4(), stored(value))})


def _compare(
    person: Participant,
    rows: Sequence[KnownRow],
    tried: Sequence[Sequence[KnownRow]],
    planned: Sequence[Values],
) -> list[Foreseen]:
    present = bodies_with_people()
    disputed = disputed_cells([person], {person.pk: list(rows)})[person.pk]

    def card(some: Sequence[KnownRow]) -> Card:
        return card_of(derive(some, present=present, disputed=disputed))

    before = card(rows)
    verdict = _verdict(before, planned)
    found = []
    for some in tried:
        after = card(some)
        found.append(Foreseen(changes_between(before, after), (verdict, _verdict(after, planned))))
    return found


def _verdict(card: Card, planned: Sequence[Values]) -> str | None:
    day = today()
    week = assess_week(_facts(card, planned), IsoWeek.of(day), on=day, law=law_here())
    return str(week.verdict) if week else None


def _facts(card: Card, planned: Sequence[Values]) -> PersonFacts:
    """Return what the law asks about, as ``programme.queries.facts_of`` does of stored persons.

    Args:
        planned: the hours by the person's timetables in force.
    """

    def rows(part: str, columns: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[Values]:
        places = [columns.index(name) for name in wanted]
        return (tuple(values[place] for place in places) for values in getattr(card, part))

    return programme.facts_from(
        {**card.enrolment, **card.schooling, "birth_date": card.person["birth_date"]},
        hours=rows("elements", ELEMENT_COLUMNS, programme.HOURS_COLUMNS),
        planned=planned,
        leaves=rows("leave", LEAVE_COLUMNS, programme.LEAVE_COLUMNS),
        absences=rows("absences", ABSENCE_COLUMNS, programme.ABSENCE_COLUMNS),
        decisions=rows("decisions", DECISION_COLUMNS, programme.DECISION_COLUMNS),
        tests=rows("tests", TEST_COLUMNS, programme.TEST_COLUMNS),
    )
