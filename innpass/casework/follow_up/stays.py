"""Who is at a workplace, when each is to be visited and how long nobody was in touch."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import placements_of_cases
from innpass.casework.agreements.seats import never_begun
from innpass.casework.follow_up.models import EvaluationVisit, Voice
from innpass.casework.follow_up.rhythm import rhythm_on
from innpass.casework.overview.queries import rows_for
from innpass.casework.participants.queries import (
    OWNER,
    family_of,
    hidden_people,
    people_hidden_from,
)
from innpass.casework.placements.models import Placement
from innpass.domain.access.roles import Actor, Role
from innpass.domain.following.contact import days_without_contact
from innpass.domain.following.visits import (
    Due,
    Rhythm,
    Standing,
    Stay,
    VisitKind,
    next_language_visit,
    next_visit,
)
from innpass.domain.following.voices import Speaker, missing_voices

# By whose name in the case a member of staff follows somebody.
_COLUMNS = {
    Role.PRACTICE_SUPERVISOR: "supervisor",
    Role.PROGRAMME_ADVISER: "adviser",
    Role.TEACHER: "teacher",
    Role.NAV_ADVISER: "nav_adviser",
}

_MANY = 200  # ids in one question; of more, all rows are asked for


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody at an employer on a day, or to come.

    Attributes:
        placement: what the rows say now; ``case`` the case about it, where one is made.
        visit: the next evaluation visit; ``language`` the teacher's. ``None`` where none is left.
        silent_days: since somebody was in touch, or since the first day.
        is_silent: nobody was for longer than the rhythm lets.
        name, unit: who and where; empty until ``with_names``.
        unheard: of the latest evaluation visit that was held, whose voice is missing; by visit.
    """

    placement: UUID
    participant: UUID
    case: UUID | None
    stay: Stay
    last_contact: date | None
    visit: Due | None
    language: Due | None
    last_visit: date | None
    silent_days: int
    is_silent: bool
    unheard: tuple[tuple[UUID, tuple[Speaker, ...]], ...]
    has_contract: bool
    name: str = ""
    unit: str = ""


class _Row(NamedTuple):
    pk: UUID
    participant_id: UUID
    row_id: UUID | None
    first_day: date
    last_day: date | None
    evaluation_visit: date | None
    contract: date | None
    has_contract: bool
    last_contact: date | None


class _Visits(NamedTuple):
    held: list[date]
    booked: date | None
    latest: UUID | None


def has_own_people(actor: Actor) -> bool:
    """Say whether people can be the actor's own: those of roles that stand named in a case."""
    return not actor.roles.isdisjoint(_COLUMNS)


def own_people(actor: Actor) -> set[UUID]:
    """Return whom the actor follows: by name, or as a case's supervisor. Two queries."""
    named = Q()
    for role in actor.roles & _COLUMNS.keys():
        named |= Q(**{_COLUMNS[role]: actor.name})
    if not named:
        return set()
    found = set(rows_for(actor).filter(named).values_list("participant", flat=True))
    cases = PlacementCase.objects.filter(supervisor=actor.user_id, withdrawn_at=None)
    led = set(cases.annotate(owner=OWNER).values_list("owner", flat=True))
    hidden = set() if led <= found else hidden_people(actor)
    return found | (led - hidden)


def followed(
    actor: Actor, *, on: date, own: Collection[UUID] | None, among: Collection[UUID] | None = None
) -> list[Followed]:
    """Return everybody at a workplace on a day, those who may be seen, by name; see ``with_names``.

    At most eight queries. What came to nothing is left out, also where a sheet tells of it.

    Args:
        own: only these people, whom the actor follows; ``None`` for all.
        among: only these people; those whose placement is to come or over are then among them.
    """
    placements = Placement.objects.filter(~never_begun(), first_day__isnull=False)
    if among is not None:
        placements = placements.filter(participant__in=list(among))
    else:
        placements = placements.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=on), first_day__lte=on
        )
    if own is not None:
        placements = placements.filter(participant__in=list(own))
    if not actor.is_operator:
        placements = placements.exclude(participant__in=people_hidden_from(actor))
    rows = [
        _Row(*each)
        for each in placements.order_by("participant__row__name", "first_day", "pk").values_list(
            *("pk", "participant_id", "row_id", "first_day", "last_day", "evaluation_visit"),
            *("contract", "has_contract", "participant__row__last_contact"),
        )
    ]
    cases = cases_by_placement(rows)
    visits = _visits(cases.values())
    unheard = _unheard({each.latest for several in visits.values() for each in several.values()})
    rhythm = rhythm_on(on)
    return [_followed(row, cases.get(row.pk), visits, unheard, rhythm, on) for row in rows]


def with_names(some: Sequence[Followed]) -> list[Followed]:
    """Return some with who and where they are, as a list shows them. One query."""
    names = {
        pk: (name or "", unit or "")
        for pk, name, unit in Placement.objects.filter(
            pk__in=[one.placement for one in some]
        ).values_list("pk", "participant__row__name", "employer__name")
    }
    return [
        replace(one, name=names[one.placement][0], unit=names[one.placement][1])
        for one in some
        if one.placement in names
    ]


def cases_by_placement(rows: Collection[Any]) -> dict[UUID, UUID]:
    """Return the case that is about each placement, by its row, else by what is nearest.

    One query, and three more where a newer file has replaced the row of somebody's case.

    Args:
        rows: placements with ``pk``, ``participant_id`` and ``row_id``.
    """
    people = {row.participant_id for row in rows}
    by_row = {row.row_id: row for row in rows}
    several = {pk for pk, n in Counter(row.row_id for row in rows).items() if n > 1}
    found: dict[UUID, UUID] = {}
    lost: set[UUID] = set()
    cases = PlacementCase.objects.filter(withdrawn_at=None, row__isnull=False)
    if len(people) < _MANY:
        cases = cases.filter(family_of(people))
    stored = list(cases.annotate(owner=OWNER).values_list("pk", "row", "owner"))
    several |= {pk for pk, n in Counter(source for _pk, source, _owner in stored).items() if n > 1}
    for pk, source, owner in stored:
        row = by_row.get(source)
        if row is not None and row.participant_id == owner and source not in several:
            found[row.pk] = pk
        elif owner in people:
            lost.add(owner)
    alone = {row.participant_id for row in rows if row.pk not in found}
    return found | {place: case for case, place in placements_of_cases(lost & alone).items()}


def _visits(cases: Collection[UUID]) -> dict[UUID, dict[VisitKind, _Visits]]:
    found: dict[UUID, dict[VisitKind, _Visits]] = defaultdict(dict)
    wanted = set(cases)
    rows = EvaluationVisit.objects.filter(called_off_on=None).order_by("held_on", "pk")
    if len(wanted) < _MANY:
        rows = rows.filter(case__in=wanted)
    for row in rows.values_list("case_id", "kind", "booked_for", "held_on", "pk", named=True):
        if row.case_id not in wanted:
            continue
        kind = VisitKind(row.kind)
        held, booked, latest = found[row.case_id].get(kind, _Visits([], None, None))
        if row.held_on is None:
            found[row.case_id][kind] = _Visits(held, row.booked_for, latest)
        else:
            found[row.case_id][kind] = _Visits([*held, row.held_on], booked, row.pk)
    return found


def _unheard(visits: Collection[UUID | None]) -> dict[UUID, tuple[Speaker, ...]]:
    wanted = {pk for pk in visits if pk is not None}
    heard: dict[UUID, set[Speaker]] = {pk: set() for pk in wanted}
    rows = Voice.objects.filter(visit__kind=VisitKind.EVALUATION)
    if len(wanted) < _MANY:
        rows = rows.filter(visit__in=wanted)
    for visit, speaker in rows.values_list("visit_id", "speaker"):
        if visit in heard:
            heard[visit].add(Speaker(speaker))
    return {pk: missing for pk, said in heard.items() if (missing := missing_voices(said))}


_NONE = _Visits([], None, None)


def _followed(
    row: _Row,
    case: UUID | None,
    visits: Mapping[UUID, Mapping[VisitKind, _Visits]],
    unheard: Mapping[UUID, tuple[Speaker, ...]],
    rhythm: Rhythm,
    on: date,
) -> Followed:
    stay = Stay(row.first_day, row.last_day)
    mine = visits.get(case, {}) if case else {}
    held, booked, latest = mine.get(VisitKind.EVALUATION, _NONE)
    told = row.evaluation_visit
    if told is not None and told not in held and told != booked:  # a booking of ours is told, too
        if told <= on:
            held = [*held, told]
        elif booked is None:
            booked = told
    works = row.contract <= on if row.contract else row.has_contract
    language = mine.get(VisitKind.LANGUAGE, _NONE)
    silent_days = days_without_contact(stay, last_contact=row.last_contact, on=on)
    return Followed(
        placement=row.pk,
        participant=row.participant_id,
        case=case,
        stay=stay,
        last_contact=row.last_contact,
        visit=None if works else next_visit(stay, rhythm, held=held, booked=booked),
        language=None
        if works
        else next_language_visit(stay, rhythm, held=language.held, booked=language.booked),
        last_visit=max(held, default=None),
        silent_days=silent_days,
        is_silent=silent_days >= rhythm.without_contact,
        unheard=((latest, unheard[latest]),) if latest in unheard and latest else (),
        has_contract=works or row.contract is not None,
    )


def is_due(visit: Due | None, *, on: date) -> bool:
    """Say whether a visit is to be made now: its window is open, or it is late."""
    return visit is not None and visit.standing(on=on) in (Standing.DUE, Standing.LATE)
