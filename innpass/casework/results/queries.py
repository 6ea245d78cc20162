"""The figures of the guide's own table, each with its definition, computed from events."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.placements.models import Placement
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
        _("Personer med programstart på eller før datoen."),
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
            "fra praksisen begynte."
        ),
        share_of="moved_to_private",
    ),
    Definition(
        "municipal_contracts",
        _("Arbeidskontrakt i kommunen"),
        _("Personer med arbeidskontrakt etter kommunal praksis."),
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


def figures(*, actor: Actor, on: date) -> list[Figure]:
    """Return every figure as of a day, of the people the actor may see. Four queries."""
    visible = visible_participants(actor)
    enrolled = set(visible.filter(enrolment__first_day__lte=on).values_list("pk", flat=True))
    places = list(
        Placement.objects.filter(participant__in=visible, first_day__lte=on).values_list(
            "participant", "kind", "employer", "has_contract", "contract"
        )
    )
    tests = list(
        LanguageTest.objects.filter(participant__in=visible, day__lte=on).values_list(
            "participant", "reached"
        )
    )

    def placed(kind: PlacementKind) -> set[UUID]:
        return {owner for owner, of, *_ in places if of == kind}

    def hired(kind: PlacementKind) -> set[UUID]:
        return {
            owner
            for owner, of, _employer, has, day in places
            if of == kind and has and (day is None or day <= on)
        }

    people: dict[str, set[UUID]] = {
        "participants": enrolled,
        "placed_municipal": placed(PlacementKind.MUNICIPAL),
        "units": placed(PlacementKind.MUNICIPAL),
        "moved_to_private": placed(PlacementKind.PRIVATE),
        "private_contracts": hired(PlacementKind.PRIVATE),
        "municipal_contracts": hired(PlacementKind.MUNICIPAL),
        "tests_taken": {owner for owner, _reached in tests},
        "tests_reached": {owner for owner, reached in tests if reached},
    }
    counts = {key: len(some) for key, some in people.items()}
    counts["units"] = len(
        {
            employer
            for _, kind, employer, *_ in places
            if kind == PlacementKind.MUNICIPAL and employer
        }
    )
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
        starts = Enrolment.objects.filter(participant__in=people)
        return {
            pk: Event("start", day) for pk, day in starts.values_list("participant", "first_day")
        }
    found: dict[UUID, Event] = {}
    if key.startswith("tests_"):
        tests = LanguageTest.objects.filter(participant__in=people, day__lte=on).order_by(
            "day", "pk"
        )
        if key == "tests_reached":
            tests = tests.filter(reached=True)
        for pk, day, goal in tests.values_list("participant", "day", "goal"):
            found.setdefault(pk, Event("test", day, goal))
        return found
    is_private = key in ("moved_to_private", "private_contracts")
    kind = PlacementKind.PRIVATE if is_private else PlacementKind.MUNICIPAL
    places = (
        Placement.objects.filter(participant__in=people, kind=kind, first_day__lte=on)
        .order_by("first_day", "pk")
        .values_list("participant", "first_day", "contract", "has_contract", "employer__name")
    )
    for pk, first_day, contract, has_contract, employer in places:
        if not key.endswith("_contracts"):
            found.setdefault(pk, Event("placement", first_day, employer or ""))
        elif has_contract and (contract is None or contract <= on):
            found.setdefault(pk, Event("contract", contract, employer or ""))
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
    places = list(
        Placement.objects.filter(participant__in=visible, first_day__lte=on).values_list(
            "participant", "kind", "employer__area", "has_contract", "contract"
        )
    )
    tests = LanguageTest.objects.filter(participant__in=visible, day__lte=on)
    ends = Enrolment.objects.filter(participant__in=visible, actual_last_day__lte=on)
    areas = Counter(
        PRIVATE_AREA if kind == PlacementKind.PRIVATE else (area or "")
        for _owner, kind, area, *_rest in places
    )
    hired = {
        (str(kind), owner)
        for owner, kind, _area, has, day in places
        if has and (day is None or day <= on)
    }
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
