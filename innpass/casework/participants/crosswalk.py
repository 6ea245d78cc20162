"""Reading the crosswalk: persons × systems, with what is amiss. A count and its list are one query.

What is amiss with one person's lists and numbers is derived (``CrosswalkTask``); where two persons
meet in one number, the open questions tell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from innpass.casework.imports.models import HOLDING
from innpass.casework.participants.models import (
    CrosswalkTask,
    Identifier,
    Participant,
    RowLink,
)
from innpass.casework.participants.queries import (
    masked,
    open_questions,
    people_hidden_from,
    visible_participants,
)
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.crosswalk import LISTS, NUMBER_OF_SYSTEM, TaskKind, body_of
from innpass.domain.linking.rows import QuestionKind
from innpass.domain.sheets.records import Issue, Owner, TableKind

COLLISION = "collision"
KINDS = (COLLISION, *(str(kind) for kind in TaskKind))
BODIES = (Owner.REFUGEE, Owner.LEARNING, Owner.NAV)
_COLLISIONS = (
    QuestionKind.ONE_NUMBER_TWO_PERSONS,
    QuestionKind.NUMBER_OF_ANOTHER_PERSON,
    QuestionKind.MAYBE_SAME_PERSON,
    Issue.BAD_IDENTITY_NUMBER,
)
# Whoever may read a system's number may know that a person stands in its list; the shared sheet is
# kept by the department under its own number.
_FIELD_OF_SYSTEM: dict[Owner, str] = {
    **{owner: access_name(name) for owner, name in NUMBER_OF_SYSTEM.items()},
    Owner.OVERVIEW: access_name(NUMBER_OF_SYSTEM[Owner.REFUGEE]),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which persons: with something amiss, of a kind, that is one body's work; or all."""

    kind: str = ""  # one of KINDS
    body: Owner | None = None
    is_everybody: bool = False


@dataclass(frozen=True, slots=True)
class Collision:
    """An open question that touches a person's number. ``asks`` are the bodies to answer it."""

    id: UUID
    kind: str
    field: str
    asks: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a list about a person. ``is_gone``: the newest version no longer has it."""

    system: Owner
    file: str
    sheet: str
    number: int
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One person across the systems; numbers by kind, fit for the screen."""

    id: UUID
    name: str
    numbers: Mapping[str, str]
    places: tuple[Place, ...]
    tasks: tuple[tuple[TaskKind, Owner], ...]
    collisions: tuple[Collision, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many persons each filter would show, all else being kept; ``amiss`` without any."""

    kinds: Mapping[str, int]
    bodies: Mapping[Owner, int]
    every_body: int
    amiss: int
    everybody: int


@dataclass(slots=True)
class Crosswalk:
    """The crosswalk as one actor may see it. Collisions are read once."""

    actor: Actor
    may: frozenset[str] = field(init=False)
    systems: tuple[Owner, ...] = field(init=False)
    collisions: dict[UUID, list[Collision]] = field(init=False)

    def __post_init__(self) -> None:
        """Find out which systems may be seen, and where numbers collide."""
        self.may = readable(self.actor)
        self.systems = tuple(owner for owner in LISTS if _FIELD_OF_SYSTEM[owner] in self.may)
        self.collisions = self._collisions()

    def people(self, selection: Selection) -> "QuerySet[Participant]":
        """Return the persons of a selection, in no order."""
        people = visible_participants(self.actor)
        if selection.is_everybody:
            return people
        return people.filter(self._condition(selection))

    def count(self, selection: Selection) -> Counts:
        """Count what each filter would show. Three queries."""
        bodies = [body for body in BODIES if body in map(body_of, self.systems)]
        wanted = {
            **{f"kind_{kind}": (kind, selection.body) for kind in KINDS},
            **{f"body_{body}": (selection.kind, body) for body in bodies},
            "every_body": (selection.kind, None),
            "amiss": ("", None),
        }
        tasks = self._tasks()
        found: dict[str, int] = tasks.aggregate(
            **{
                name: Count("participant", distinct=True, filter=self._of(kind, body))
                for name, (kind, body) in wanted.items()
            }
        )
        both = tasks.filter(participant__in=list(self.collisions)).values_list(
            "participant_id", "kind", "system"
        )
        counted: dict[UUID, list[tuple[str, Owner]]] = defaultdict(list)
        for person, kind, system in both:
            counted[person].append((kind, body_of(Owner(system))))
        total = {
            name: found[name]
            + sum(
                not any(kind in ("", k) and body in (None, b) for k, b in counted[person])
                for person in self._colliding(kind, body)
            )
            for name, (kind, body) in wanted.items()
        }
        return Counts(
            kinds={kind: total[f"kind_{kind}"] for kind in KINDS},
            bodies={body: total[f"body_{body}"] for body in bodies},
            every_body=total["every_body"],
            amiss=total["amiss"],
            everybody=visible_participants(self.actor).count(),
        )

    def page(self, selection: Selection, *, start: int, size: int) -> list[Line]:
        """Return some persons of a selection by name. Four queries whatever the number."""
        chosen = self.people(selection).order_by("name", "pk").values_list("pk", "name")
        people = list(chosen[start : start + size])
        ids = [pk for pk, _ in people]
        numbers: dict[UUID, dict[str, str]] = defaultdict(dict)
        for row in Identifier.objects.filter(participant__in=ids).defer("sealed", "token"):
            if f"identifier.{row.kind}" in self.may:
                numbers[row.participant_id][row.kind] = masked(row)
        tasks: dict[UUID, list[tuple[TaskKind, Owner]]] = defaultdict(list)
        for person, kind, system in (
            self._tasks()
            .filter(participant__in=ids)
            .order_by("kind", "system")
            .values_list("participant_id", "kind", "system")
        ):
            tasks[person].append((TaskKind(kind), Owner(system)))
        places = self._places(ids)
        return [
            Line(
                id=pk,
                name=name,
                numbers=numbers[pk],
                places=tuple(places[pk]),
                tasks=tuple(tasks[pk]),
                collisions=tuple(self.collisions.get(pk, ())),
            )
            for pk, name in people
        ]

    def _tasks(self) -> "QuerySet[CrosswalkTask]":
        tasks: QuerySet[CrosswalkTask] = CrosswalkTask.objects.filter(system__in=self.systems)
        if not {"identifier.fnr", "identifier.dnr"} <= self.may:
            tasks = tasks.exclude(kind=TaskKind.IDENTITY_MISSING)
        if not self.actor.is_operator:
            tasks = tasks.exclude(participant__in=people_hidden_from(self.actor))
        return tasks

    def _of(self, kind: str, body: Owner | None) -> Q:
        condition = Q(kind=kind) if kind else Q()
        if body is not None:
            condition &= Q(system__in=[each for each in LISTS if body_of(each) is body])
        return condition

    def _condition(self, selection: Selection) -> Q:
        tasks = self._tasks().filter(self._of(selection.kind, selection.body))
        colliding = self._colliding(selection.kind, selection.body)
        return Q(pk__in=tasks.values("participant")) | Q(pk__in=colliding)

    def _colliding(self, kind: str, body: Owner | None) -> list[UUID]:
        if kind not in ("", COLLISION):
            return []
        return [
            person
            for person, some in self.collisions.items()
            if body is None or any(body in map(body_of, each.asks) for each in some)
        ]

    def _places(self, people: Collection[UUID]) -> dict[UUID, list[Place]]:
        links = RowLink.objects.filter(
            participant__in=people,
            row__owner__in=self.systems,
            row__kind=TableKind.PERSON,
            row__state__in=HOLDING,
            row__is_hidden=False,
            row__file__is_current=True,
        ).order_by("row__file__name", "row__sheet", "row__number")
        found: dict[UUID, list[Place]] = defaultdict(list)
        for person, owner, file, sheet, number, state in links.values_list(
            *("participant_id", "row__owner", "row__file__name"),
            *("row__sheet", "row__number", "row__state"),
        ):
            found[person].append(Place(Owner(owner), file, sheet, number, state == "gone"))
        return found

    def _collisions(self) -> dict[UUID, list[Collision]]:
        """Return the open questions about numbers and persons, by everybody they touch."""
        rows = [
            row
            for row in open_questions(self.actor)
            .filter(kind__in=[str(kind) for kind in _COLLISIONS])
            .order_by("kind", "pk")
            .values_list("pk", "kind", "field", "asks", "row_id", "values")
            if access_name(row[2]) in self.may
        ]
        touched = {pk: _rows_of(row, values) for pk, _, _, _, row, values in rows}
        person_of = self._people_of({row for some in touched.values() for row in some})
        found: dict[UUID, list[Collision]] = defaultdict(list)
        for pk, kind, name, asks, *_ in rows:
            collision = Collision(pk, kind, name, tuple(Owner(each) for each in asks))
            for person in dict.fromkeys(person_of[row] for row in touched[pk] if row in person_of):
                found[person].append(collision)
        return dict(found)

    def _people_of(self, rows: Iterable[UUID]) -> dict[UUID, UUID]:
        links = RowLink.objects.filter(row__in=list(rows))
        if not self.actor.is_operator:
            links = links.exclude(participant__in=people_hidden_from(self.actor))
        return dict(links.values_list("row_id", "participant_id"))


def _rows_of(row: UUID, values: Mapping[str, Any]) -> list[UUID]:
    return [row, *(UUID(each) for each in values.get("candidates", ()))]
