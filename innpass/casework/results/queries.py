"""The figures of the guide's own table, each with its definition, computed from events."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.placements.models import Placement
from innpass.casework.placements.queries import area_of
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.models import LanguageTest
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure: its key, name, what exactly is counted, and of whom it is a share (or nobody)."""

    key: str
    name: Any
    means: Any
    share_of: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as of a day. ``whole`` is the denominator where the figure is a share."""

    definition: Definition
    count: int
    whole: int | None
    people: frozenset[UUID]


DEFINITIONS = (
    Definition(
        "participants",
        _("Deltakere i programmet"),
        _(
            "Personer med programstart på eller før datoen, eller som da har begynt i praksis "
            "eller tatt norskprøven."
        ),
    ),
    Definition(
        "placed_municipal",
        _("Deltakere i kommunal praksis"),
        _(
            "Personer som har begynt i minst én praksis i en kommunal enhet. Hver person telles "
            "én gang."
        ),
        share_of="participants",
    ),
    Definition(
        "units",
        _("Enheter som har hatt praksis"),
        _("Ulike kommunale enheter der minst én person har begynt i praksis."),
    ),
    Definition(
        "moved_to_private",
        _("Videre til privat praksis"),
        _("Personer som har begynt i minst én praksis i en privat bedrift."),
        share_of="participants",
    ),
    Definition(
        "private_contracts",
        _("Arbeidskontrakt i privat bedrift"),
        _(
            "Personer med arbeidskontrakt etter privat praksis. En kontrakt uten kjent dato telles "
            "fra praksisen begynte, og en praksis uten kjent start fra kontraktens dato."
        ),
        share_of="moved_to_private",
    ),
    Definition(
        "municipal_contracts",
        _("Arbeidskontrakt i kommunen"),
        _(
            "Personer med arbeidskontrakt etter kommunal praksis. En kontrakt uten kjent dato "
            "telles fra praksisen begynte, og en praksis uten kjent start fra kontraktens dato."
        ),
        share_of="placed_municipal",
    ),
    Definition(
        "tests_taken",
        _("Tatt norskprøven"),
        _("Personer som har tatt minst én norskprøve. Hver person telles én gang."),
        share_of="participants",
    ),
    Definition(
        "tests_reached",
        _("Nådd målet på norskprøven"),
        _("Personer som har nådd norskmålet sitt på minst én prøve."),
        share_of="tests_taken",
    ),
)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A practice period that has begun by a day. ``since`` and ``hired`` are the known days.

    ``is_hired``: it has led to a contract by then; a contract presupposes that practice began.
    """

    owner: UUID
    kind: str
    employer: UUID | None
    unit: str
    area: str
    since: date
    hired: date | None
    is_hired: bool


def _begun(participants: Any, *, on: date) -> list[_Begun]:
    """Return the practice periods of some people that have begun by a day, in time. One query."""
    found = []
    places = Placement.objects.filter(participant__in=participants).filter(
        Q(first_day__lte=on) | Q(has_contract=True, contract__lte=on)
    )
    for place in places.select_related("employer"):
        hired = place.contract if place.has_contract else None
        found.append(
            _Begun(
                owner=place.participant_id,
                kind=place.kind,
                employer=place.employer_id,
                unit=place.employer.name if place.employer else "",
                area=area_of(place),
                since=min(day for day in (place.first_day, hired) if day),
                hired=hired,
                is_hired=place.has_contract and (hired is None or hired <= on),
            )
        )
    return sorted(found, key=lambda place: (place.since, str(place.employer), str(place.owner)))


def figures(*, actor: Actor, on: date) -> list[Figure]:
    """Return every figure as of a day, of the people the actor may see. Three queries.

    Everybody in a share is among those it is a share of.
    """
    visible = visible_participants(actor)
    enrolled = set(visible.filter(enrolment__first_day__lte=on).values_list("pk", flat=True))
    places = _begun(visible, on=on)
    tests = list(
        LanguageTest.objects.filter(participant__in=visible, day__lte=on).values_list(
            "participant", "reached"
        )
    )

    def placed(kind: PlacementKind) -> set[UUID]:
        return {place.owner for place in places if place.kind == kind}

    def hired(kind: PlacementKind) -> set[UUID]:
        return {place.owner for place in places if place.kind == kind and place.is_hired}

    tested = {owner for owner, _reached in tests}
    people: dict[str, set[UUID]] = {
        "participants": enrolled | {place.owner for place in places} | tested,
        "placed_municipal": placed(PlacementKind.MUNICIPAL),
        "units": placed(PlacementKind.MUNICIPAL),
        "moved_to_private": placed(PlacementKind.PRIVATE),
        "private_contracts": hired(PlacementKind.PRIVATE),
        "municipal_contracts": hired(PlacementKind.MUNICIPAL),
        "tests_taken": tested,
        "tests_reached": {owner for owner, reached in tests if reached},
    }
    counts = {key: len(some) for key, some in people.items()}
    units = {p.employer for p in places if p.kind == PlacementKind.MUNICIPAL and p.employer}
    counts["units"] = len(units)
    return [
        Figure(
            definition,
            counts[definition.key],
            counts[definition.share_of] if definition.share_of else None,
            frozenset(people[definition.key]),
        )
        for definition in DEFINITIONS
    ]


def people_behind(key: str, *, actor: Actor, on: date) -> "QuerySet[Participant]":
    """Return the people behind a figure, by name. Raises ``KeyError`` for an unknown figure."""
    found = {figure.definition.key: figure for figure in figures(actor=actor, on=on)}
    people: QuerySet[Participant] = visible_participants(actor).filter(pk__in=found[key].people)
    return people.order_by("name", "pk")


def definition_of(key: str) -> Definition:
    """Return a figure's definition. Raises ``KeyError`` for an unknown figure."""
    return {definition.key: definition for definition in DEFINITIONS}[key]


@dataclass(frozen=True, slots=True)
class Event:
    """By which event somebody is counted in a figure: the first, where there are several.

    ``kind`` is start, placement, contract or test; ``what`` is the employer or the test's goal.
    """

    kind: str
    day: date | None
    what: str = ""


def events_behind(key: str, *, people: Collection[UUID], on: date) -> dict[UUID, Event]:
    """Return the event by which each of some people is counted in a figure."""
    if key == "participants":
        return {**_tests(people, on=on), **_placements(people, on=on), **_starts(people, on=on)}
    if key.startswith("tests_"):
        return _tests(people, on=on, only_reached=key == "tests_reached")
    is_private = key in ("moved_to_private", "private_contracts")
    kind = PlacementKind.PRIVATE if is_private else PlacementKind.MUNICIPAL
    if not key.endswith("_contracts"):
        return _placements(people, on=on, kind=kind)
    found: dict[UUID, Event] = {}
    for place in _begun(people, on=on):
        if place.kind == kind and place.is_hired:
            found.setdefault(place.owner, Event("contract", place.hired, place.unit))
    return found


def _starts(people: Collection[UUID], *, on: date) -> dict[UUID, Event]:
    starts = Enrolment.objects.filter(participant__in=people, first_day__lte=on)
    return {pk: Event("start", day) for pk, day in starts.values_list("participant", "first_day")}


def _placements(
    people: Collection[UUID], *, on: date, kind: PlacementKind | None = None
) -> dict[UUID, Event]:
    found: dict[UUID, Event] = {}
    for place in _begun(people, on=on):
        if kind is None or place.kind == kind:
            found.setdefault(place.owner, Event("placement", place.since, place.unit))
    return found


def _tests(people: Collection[UUID], *, on: date, only_reached: bool = False) -> dict[UUID, Event]:
    tests = LanguageTest.objects.filter(participant__in=people, day__lte=on).order_by("day", "pk")
    if only_reached:
        tests = tests.filter(reached=True)
    found: dict[UUID, Event] = {}
    for pk, day, goal in tests.values_list("participant", "day", "goal"):
        found.setdefault(pk, Event("test", day, goal))
    return found


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Something counted by value, the most frequent first; the empty value is what is not known."""

    key: str
    counts: dict[str, int]


PRIVATE_AREA = "private"


def breakdowns(*, actor: Actor, on: date) -> list[Breakdown]:
    """Return what the pictures show, as of a day, of the people the actor may see. Three queries.

    ``areas`` counts practice periods that have begun, by service area; ``contracts`` people by kind
    of employer; ``goals`` people tested by their goal; ``ends`` ended programmes by their reason.
    """
    visible = visible_participants(actor)
    places = _begun(visible, on=on)
    tests = LanguageTest.objects.filter(participant__in=visible, day__lte=on)
    ends = Enrolment.objects.filter(participant__in=visible, actual_last_day__lte=on)
    areas = Counter(
        PRIVATE_AREA if place.kind == PlacementKind.PRIVATE else place.area for place in places
    )
    hired = {(place.kind, place.owner) for place in places if place.is_hired}
    contracts = {kind.value: sum(1 for of, _owner in hired if of == kind) for kind in PlacementKind}
    goals = set(tests.values_list("goal", "participant"))
    return [
        Breakdown("areas", _most_first(areas)),
        Breakdown("contracts", contracts if hired else {}),
        Breakdown("goals", dict(sorted(Counter(goal for goal, _owner in goals).items()))),
        Breakdown("ends", _most_first(Counter(ends.values_list("end_reason", flat=True)))),
    ]


def _most_first(counts: "Counter[str]") -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


EXPORT_CODES = {
    "participants_placed_municipal": "placed_municipal",
    "units": "units",
    "moved_to_private": "moved_to_private",
    "private_contracts": "private_contracts",
    "tests_taken": "tests_taken",
    "tests_reached_goal": "tests_reached",
}


def as_json(*, actor: Actor, on: date) -> dict[str, Any]:
    """Return the figures under the names of the exchange format. Goals are not known yet."""
    counts = {figure.definition.key: figure.count for figure in figures(actor=actor, on=on)}
    return {**{code: counts[key] for code, key in EXPORT_CODES.items()}, "goals": None}
