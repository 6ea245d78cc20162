"""Cases in a list: where each stands and whom it waits for, by filters that count as they show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told, cases_seen_by, owner_id, told_of
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.states import State
from innpass.domain.placing.usual import usual

_ENDED_DAYS = 90  # how long an ended case stays in lists that do not ask for ended ones


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

    def holds(self, line: Line, *, on: date) -> bool:
        """Tell whether a line is in the list; whose it is has been asked before."""
        if self.state is not None and line.state is not self.state:
            return False
        if self.is_ending and not is_ending(line, on=on):
            return False
        return self.waits_for is None or self.waits_for in line.waits_for


def is_ending(line: Line, *, on: date) -> bool:
    """Tell whether a placement that runs ends soon (``usual.yml``)."""
    soon = usual("ending_soon_days", on=on)
    return line.state is State.RUNNING and line.days_left is not None and line.days_left <= soon


def lines(actor: Actor, *, on: date, is_own: bool = False) -> list[Line]:
    """Return the cases that the actor may see, by name, those long ended left out. Nine queries.

    Args:
        is_own: only those whose supervisor the actor is.

    Raises:
        MayNot: cases are not theirs to read.
    """
    since = on - timedelta(days=_ENDED_DAYS)
    cases = cases_seen_by(actor).filter(Q(ending=None) | Q(ending__last_day__gte=since))
    if is_own:
        cases = cases.filter(supervisor=actor.user_id)
    found = list(cases.order_by("participant__name", "proposed_on", "pk"))
    told = told_of(found)
    made = [_line(case, told[case.pk], on=on, reads=_reads(actor)) for case in found]
    return [line for line in made if not _is_long_over(line, since)]


def line_of(case: PlacementCase, *, actor: Actor, on: date) -> Line:
    """Return one case's line. Eight queries."""
    return _line(case, told_of([case])[case.pk], on=on, reads=_reads(actor))


def lines_of_person(person: object, *, actor: Actor, on: date) -> list[Line]:
    """Return a person's cases, the latest first, those ended too. Nine queries."""
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


def _is_long_over(line: Line, since: date) -> bool:
    last = line.told.last_day
    return line.state is State.ENDED and last is not None and last < since


def without_case(lines_seen: Iterable[Line], actor: Actor, *, on: date) -> Sequence[Placement]:
    """Return the placements of the rows that run or come and have no case. Two queries.

    Args:
        lines_seen: all of ``lines`` for the actor.
    """
    told = {line.told.placement.pk for line in lines_seen if line.told.placement is not None}
    rows = (
        Placement.objects.filter(Q(last_day=None) | Q(last_day__gte=on), row_id__isnull=False)
        .exclude(employer=None)
        .exclude(participant__in=people_hidden_from(actor))
        .select_related("employer", "participant")
        .order_by("first_day", "pk")
    )
    return [row for row in rows if row.pk not in told]


__all__ = [
    "Filters",
    "Line",
    "is_ending",
    "line_of",
    "lines",
    "lines_of_person",
    "owner_id",
    "without_case",
]
