"""A person as one comparable value: from the rows (derived), or from the tables (stored)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Coalesce

from innpass.casework.participants.models import (
    SECRET_KINDS,
    Identifier,
    IdentifierKind,
    Participant,
)
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Absence, Decision, Element, Enrolment, Leave
from innpass.casework.training.models import LanguageTest, Schooling
from innpass.domain.deriving.state import PersonState
from innpass.domain.sheets.fields import SKILLS

PERSON_FIELDS = ("name", "given_name", "family_name", "native_name", "birth_date", "country")

# The column of an enrolment and the field that fills it.
ENROLMENT_FIELDS = {
    "first_day": "programme.start",
    "planned_last_day": "programme.planned_end",
    "actual_last_day": "programme.actual_end",
    "end_reason": "programme.end_reason",
    "protection": "programme.protection",
    "upper_secondary": "programme.upper_secondary",
    "end_goal": "programme.end_goal",
    "extent_percent": "programme.extent_percent",
    "adviser": "programme.adviser",
    "supervisor": "programme.supervisor",
    "nav_adviser": "nav.adviser",
    "teacher": "teacher",
    "info_meeting": "nav.info_meeting",
    "handover": "nav.handover",
    "last_contact": "last_contact",
    "next_step": "next_step",
    "next_step_due": "next_step_due",
    "next_step_owner": "next_step_owner",
    "remark": "remark",
    "settled_on": "settled_on",
    "permit_on": "permit_on",
    "offered_on": "programme.offered_on",
    "has_children": "programme.has_children",
    "mapping_on": "mapping_on",
    "career_guidance_on": "career_guidance_on",
    "contract_on": "contract_on",
    "certificate_on": "certificate_on",
    "health_hours": "lifeskills.health_hours",
    "career_hours": "lifeskills.career_hours",
    "group_meetings": "parental.group_meetings",
    "individual_meetings": "parental.individual_meetings",
}
SCHOOLING_FIELDS = {
    "class_name": "programme.class_name",
    "track": "programme.track",
    **{skill: f"level.{skill}" for skill in SKILLS},
    "norwegian_offered_on": "norwegian.offered_on",
    "social_studies_hours": "social_studies.hours",
}

_FEW = 500  # fewer people than this are asked for one by one, more are read with all others

_TEXT_COLUMNS = frozenset(
    field.name
    for model in (Participant, Enrolment, Schooling)
    for field in model._meta.concrete_fields
    if field.get_internal_type() in ("CharField", "TextField")
)

ELEMENT_COLUMNS = ("kind", "first_day", "last_day", "hours_per_week", "owner")
LEAVE_COLUMNS = ("first_day", "last_day", "reason", "kind")
ABSENCE_COLUMNS = ("first_day", "last_day", "kind")
DECISION_COLUMNS = ("kind", "day", "first_day", "last_day", "reason")
TEST_COLUMNS = ("day", "goal", "reached", *SKILLS)
PLACEMENT_COLUMNS = (
    "kind",
    "area",
    "unit",
    "first_day",
    "last_day",
    "extended",
    "hours_per_week",
    "evaluation_visit",
    "contract",
    "has_contract",
)

UNIT = PLACEMENT_COLUMNS.index("unit")  # stands with the employer

# A row's values in the order of the columns, and last a number that tells it from its equals.
Values = tuple[Any, ...]
Detail = dict[Values, UUID | None]  # with the source row of each


@dataclass(frozen=True, slots=True)
class Card:
    """Everything stored about one person that rows can change.

    ``numbers`` maps a kind of identifier to its number, or to its blind index where it is secret.
    The rows of a table are ``Values``; ``sources`` tells by table which source row each comes from,
    which is no difference between cards: a newer version of a file has rows of its own.
    """

    person: dict[str, Any]
    numbers: dict[str, str]
    enrolment: dict[str, Any]
    schooling: dict[str, Any]
    elements: frozenset[Values]
    leave: frozenset[Values]
    absences: frozenset[Values]
    decisions: frozenset[Values]
    tests: frozenset[Values]
    placements: frozenset[Values]
    sources: Mapping[str, Detail] = field(default_factory=dict, compare=False)

    def moved(self, part: str, after: "Card") -> Detail:
        """Return the rows of a table that both cards have, but from different source rows."""
        before = self.sources.get(part, {})
        now = after.sources.get(part, {})
        return {
            values: now[values]
            for values in before.keys() & now.keys()
            if before[values] != now[values]
        }


_NONE: frozenset[Values] = frozenset()
EMPTY = Card({}, {}, {}, {}, _NONE, _NONE, _NONE, _NONE, _NONE, _NONE)


def told_apart(rows: Iterable[tuple[Any, ...]]) -> dict[Values, Any]:
    """Map the values of each row to what comes last in ``rows``, which orders those alike."""
    found: dict[Values, Any] = {}
    for *values, last in sorted(set(rows), key=lambda row: str(row[-1])):
        number = 0
        while (*values, number) in found:
            number += 1
        found[(*values, number)] = last
    return found


def _column(name: str, value: Any) -> Any:
    """Fit a value to its column: no text is the empty text, an enum is its value."""
    if value is None:
        return "" if name in _TEXT_COLUMNS else None
    return str(value) if name in _TEXT_COLUMNS else value


def _row_id(key: str) -> UUID:
    return UUID(key[-36:])


def card_of(state: PersonState) -> Card:
    """Return the card that a derived state asks for."""
    numbers = {}
    for kind in IdentifierKind:
        value = state.value(f"ids.{kind}")
        if value:
            numbers[str(kind)] = str(value)
    person = {name: _column(name, state.value(name)) for name in PERSON_FIELDS}
    if not person["name"]:
        person["name"] = "Uten navn"
    return Card(
        person=person,
        numbers=numbers,
        enrolment={
            column: _column(column, state.value(name)) for column, name in ENROLMENT_FIELDS.items()
        },
        schooling={
            column: _column(column, state.value(name)) for column, name in SCHOOLING_FIELDS.items()
        },
        **_details(
            elements=told_apart(
                (
                    *(str(a.kind), a.first_day, a.last_day, a.hours_per_week, str(a.owner)),
                    _row_id(a.key),
                )
                for a in state.activities
            ),
            leave=told_apart(
                (p.first_day, p.last_day, p.reason, str(p.kind or ""), _row_id(p.key))
                for p in state.leave
            ),
            absences=told_apart(
                (a.first_day, a.last_day, str(a.kind or ""), _row_id(a.key)) for a in state.absences
            ),
            decisions=told_apart(
                (str(d.kind), d.day, d.first_day, d.last_day, d.reason, _row_id(d.key))
                for d in state.decisions
            ),
            tests=told_apart(
                (
                    *(test.day, test.goal or "", test.reached),
                    *(test.levels.get(skill) or "" for skill in SKILLS),
                    _row_id(test.key),
                )
                for test in state.tests
            ),
            placements=told_apart(
                (
                    *(str(p.kind), p.area or "", p.unit or "", p.first_day, p.last_day),
                    *(p.extended, p.hours_per_week, p.evaluation_visit, p.contract),
                    *(p.has_contract, _row_id(p.key)),
                )
                for p in state.placements
            ),
        ),
    )


def _details(**tables: Detail) -> dict[str, Any]:
    return {**{part: frozenset(rows) for part, rows in tables.items()}, "sources": tables}


def stored_cards(participants: Collection[Participant]) -> dict[UUID, Card]:
    """Return the cards of stored persons, with a fixed number of queries."""
    ids = {participant.pk for participant in participants}

    def stored(model: Any) -> Any:
        rows = model.objects.all()
        return rows.filter(participant__in=ids) if len(ids) <= _FEW else rows

    def grouped(model: type, *columns: Any) -> dict[UUID, Detail]:
        groups: dict[UUID, list[Values]] = defaultdict(list)
        rows = stored(model).values_list("participant_id", *columns, "row_id")
        for owner, *values in rows:
            if owner in ids:
                groups[owner].append(tuple(values))
        return {owner: told_apart(rows) for owner, rows in groups.items()}

    numbers: dict[UUID, dict[str, str]] = defaultdict(dict)
    for owner, kind, plain, token in stored(Identifier).values_list(
        "participant_id", "kind", "plain", "token"
    ):
        numbers[owner][kind] = token if kind in SECRET_KINDS else plain
    enrolments = {row["participant_id"]: row for row in stored(Enrolment).values()}
    schoolings = {row["participant_id"]: row for row in stored(Schooling).values()}
    elements = grouped(Element, *ELEMENT_COLUMNS)
    leaves = grouped(Leave, *LEAVE_COLUMNS)
    absences = grouped(Absence, *ABSENCE_COLUMNS)
    decisions = grouped(Decision, *DECISION_COLUMNS)
    tests = grouped(LanguageTest, *TEST_COLUMNS)
    columns: list[Any] = [*PLACEMENT_COLUMNS]
    columns[UNIT] = Coalesce("employer__name", Value(""))
    placements = grouped(Placement, *columns)
    return {
        participant.pk: Card(
            person={name: getattr(participant, name) for name in PERSON_FIELDS},
            numbers=numbers.get(participant.pk, {}),
            enrolment={c: enrolments[participant.pk][c] for c in ENROLMENT_FIELDS}
            if participant.pk in enrolments
            else {},
            schooling={c: schoolings[participant.pk][c] for c in SCHOOLING_FIELDS}
            if participant.pk in schoolings
            else {},
            **_details(
                elements=elements.get(participant.pk, {}),
                leave=leaves.get(participant.pk, {}),
                absences=absences.get(participant.pk, {}),
                decisions=decisions.get(participant.pk, {}),
                tests=tests.get(participant.pk, {}),
                placements=placements.get(participant.pk, {}),
            ),
        )
        for participant in participants
    }


_PLACES = {
    **{name: ("person", name) for name in PERSON_FIELDS},
    **{name: ("enrolment", column) for column, name in ENROLMENT_FIELDS.items()},
    **{name: ("schooling", column) for column, name in SCHOOLING_FIELDS.items()},
    **{f"ids.{kind}": ("numbers", str(kind)) for kind in IdentifierKind},
}
SINGLE_FIELDS = frozenset(_PLACES)
"""The fields of which a person has one value."""


def value_of(card: Card, name: str) -> Any:
    """Return the value of one of ``SINGLE_FIELDS``; ``None`` where there is none.

    Of an identity number it is the blind index.
    """
    part, column = _PLACES[name]
    value = getattr(card, part).get(column)
    return None if value == "" else value


_TABLES = {
    "elements": ELEMENT_COLUMNS,
    "leave": LEAVE_COLUMNS,
    "absences": ABSENCE_COLUMNS,
    "decisions": DECISION_COLUMNS,
    "tests": TEST_COLUMNS,
    "placements": PLACEMENT_COLUMNS,
}


def changes_between(before: Card, after: Card) -> dict[str, list[Any]]:
    """Return what differs, as ``{field: [before, after]}`` fit for JSON and for the log.

    Identity numbers appear only as the fact that they changed.
    """
    changes: dict[str, list[Any]] = {}
    for part, names in (
        ("person", dict.fromkeys(PERSON_FIELDS)),
        ("enrolment", ENROLMENT_FIELDS),
        ("schooling", SCHOOLING_FIELDS),
    ):
        old, new = getattr(before, part), getattr(after, part)
        for column, name in names.items():
            one, other = old.get(column), new.get(column)
            if _json(one) != _json(other):
                changes[name or column] = [_json(one), _json(other)]
    for kind in IdentifierKind:
        one, other = before.numbers.get(kind), after.numbers.get(kind)
        if one != other:
            secret = kind in SECRET_KINDS
            changes[f"ids.{kind}"] = (
                ["(skjult)" if one else None, "(skjult)" if other else None]
                if secret
                else [one, other]
            )
    for part, columns in _TABLES.items():
        gone = getattr(before, part) - getattr(after, part)
        come = getattr(after, part) - getattr(before, part)
        if gone or come:
            changes[part] = [_rows(gone, columns), _rows(come, columns)]
    return changes


def _rows(rows: Iterable[Values], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {column: _json(value) for column, value in zip(columns, row, strict=False)}
        for row in sorted(rows, key=str)
    ]


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value
