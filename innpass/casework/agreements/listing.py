"""Cases in a list: where each stands and whom it waits for, by filters that count as they show."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from innpass.casework.agreements.judging import Stand
from innpass.casework.agreements.models import AgreementVersion, PlacementCase, Signature
from innpass.casework.agreements.queries import (
    Told,
    cases_seen_by,
    owner_id,
    placements_of_cases,
    told_of,
)
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.states import State
from innpass.domain.placing.usual import usual


@dataclass(frozen=True, slots=True)
class Line:
    """A case with where it stands on a day.

    Attributes:
        waits_for: who may sign now.
        days_left: until the last day, of one that runs; ``None`` where not known.
    """

    case: PlacementCase
    told: Told
    state: State
    waits_for: tuple[Party, ...]
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is cut to; ``None`` and ``False`` cut nothing."""

    is_own: bool = False
    state: State | None = None
    is_ending: bool = False
    waits_for: Party | None = None

    def holds(self, line: Line | Stand, *, on: date) -> bool:
        """Tell whether a line is in the list; whose it is has been asked before."""
        if self.state is not None and line.state is not self.state:
            return False
        if self.is_ending and not is_ending(line, on=on):
            return False
        return self.waits_for is None or self.waits_for in line.waits_for


def is_ending(line: Line | Stand, *, on: date) -> bool:
    """Tell whether a placement that runs ends soon (``usual.yml``)."""
    soon = usual("ending_soon_days", on=on)
    return line.state is State.RUNNING and line.days_left is not None and line.days_left <= soon


def lines_of_person(person: UUID, *, actor: Actor, on: date) -> list[Line]:
    """Return a person's cases, the latest first, those ended too. Eleven queries."""
    cases = list(cases_seen_by(actor).filter(owner=person).order_by("-proposed_on", "pk"))  # type: ignore[misc]
    told = told_of(cases)
    return [_line(case, told[case.pk], on=on, reads=_reads(actor)) for case in cases]


def _reads(actor: Actor) -> bool:
    return may_read(actor, "agreement.signature")


def _line(case: PlacementCase, told: Told, *, on: date, reads: bool) -> Line:
    last = told.last_day
    return Line(
        case=case,
        told=told,
        state=told.state(on=on),
        waits_for=told.waits_for if reads else (),
        days_left=(last - on).days if last is not None else None,
    )


def ids_without_case(actor: Actor, *, on: date) -> list[UUID]:
    """Return the placements of the rows that run or come and have no case, by id. Four queries."""
    plainly = PlacementCase.objects.filter(
        Q(proposed_on=OuterRef("first_day")) | Q(versions__in_force_at__isnull=False),
        row=OuterRef("row_id"),
        employer=OuterRef("employer"),
        withdrawn_at=None,
    )
    rows = (
        Placement.objects.filter(Q(last_day=None) | Q(last_day__gte=on), row_id__isnull=False)
        .exclude(employer=None)
        .exclude(participant__in=people_hidden_from(actor))
        .filter(~Exists(plainly))  # what is left is held against all cases of the person
        .order_by("first_day", "pk")
    )
    found = list(rows.values_list("pk", "participant"))
    have = set(placements_of_cases({person for _pk, person in found}).values())
    return [pk for pk, _person in found if pk not in have]


def placed_now(people: Collection[UUID], *, actor: Actor, on: date) -> dict[UUID, list[Placement]]:
    """Return the placements that run or come, of people whom the caller may see, by person.

    Two queries, however many people.

    Raises:
        MayNot: placements are not theirs to read.
    """
    check_may_read(actor, "agreement.state")
    rows = Placement.objects.filter(
        Q(last_day=None) | Q(last_day__gte=on), participant__in=people
    ).exclude(first_day=None, last_day=None)
    found: dict[UUID, list[Placement]] = defaultdict(list)
    for row in rows.select_related("employer").order_by("first_day", "pk"):
        found[row.participant_id].append(row)
    return dict(found)


def without_case(actor: Actor, *, on: date) -> list[Placement]:
    """Return what ``ids_without_case`` names, with employer and participant. Five queries."""
    ids = ids_without_case(actor, on=on)
    rows = Placement.objects.filter(pk__in=ids).select_related("employer", "participant")
    return list(rows.order_by("first_day", "pk"))


def count_unsigned(actor: Actor) -> int:
    """Count the versions that nobody has signed, of cases that the actor sees. One query.

    Nought to whoever reads no cases.
    """
    if not may_read(actor, "agreement.state"):
        return 0
    versions = AgreementVersion.objects.filter(
        case__in=cases_seen_by(actor).values("pk"), in_force_at=None, discarded_at=None
    )
    return versions.exclude(signatures__in=Signature.objects.filter(lifting=None)).count()


__all__ = [
    "Filters",
    "Line",
    "Placement",
    "count_unsigned",
    "ids_without_case",
    "is_ending",
    "lines_of_person",
    "owner_id",
    "placed_now",
    "without_case",
]
