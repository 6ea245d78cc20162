"""Who is at a workplace, when each is to be visited and how long nobody was in touch."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import CharField, IntegerField, Q
from django.db.models.functions import Cast

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import placements_of_cases
from innpass.casework.agreements.seats import never_begun
from innpass.casework.follow_up.models import EvaluationVisit, Voice
from innpass.casework.overview.queries import rows_for
from innpass.casework.participants.queries import (
    OWNER,
    family_of,
    hidden_people,
    people_hidden_from,
)
from innpass.casework.placements.models import Placement
from innpass.casework.placements.rhythm import rhythm_on
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


class _Visits(NamedTuple):
    held: list[date]
    booked: date | None
    latest: str | None


class Judged(NamedTuple):
    """``Followed`` as far as lists are sorted and counted by it: thousands are made for a page.

    Keys are text as the database writes it, which costs much less to read than UUIDs.

    Attributes:
        standing: of ``visit``.
        rhythm, visits: what the teacher's visit is laid out by, where it is asked for.
        unheard: the visit and whose voice is missing there.
    """

    placement: str
    participant: str
    case: str | None
    stay: Stay
    last_contact: date | None
    visit: Due | None
    standing: Standing | None
    last_visit: date | None
    silent_days: int
    is_silent: bool
    unheard: tuple[str, tuple[Speaker, ...]] | None
    has_contract: bool
    works: bool
    rhythm: Rhythm
    visits: Mapping[str, _Visits]

    @property
    def language(self) -> Due | None:
        """The teacher's next visit."""
        if self.works:
            return None
        held, booked, _latest = self.visits.get(VisitKind.LANGUAGE.value, _NONE)
        return next_language_visit(self.stay, self.rhythm, held=held, booked=booked)

    def in_full(self, name: str = "", unit: str = "") -> Followed:
        """Return the whole of it."""
        return Followed(
            placement=UUID(self.placement),
            participant=UUID(self.participant),
            case=UUID(self.case) if self.case else None,
            stay=self.stay,
            last_contact=self.last_contact,
            visit=self.visit,
            language=self.language,
            last_visit=self.last_visit,
            silent_days=self.silent_days,
            is_silent=self.is_silent,
            unheard=((UUID(self.unheard[0]), self.unheard[1]),) if self.unheard else (),
            has_contract=self.has_contract,
            name=name,
            unit=unit,
        )


class _Row(NamedTuple):
    """Keys and days are text."""

    pk: str
    participant: str
    row: str | None
    first_day: str
    last_day: str | None
    evaluation_visit: str | None
    contract: str | None
    has_contract: int
    last_contact: str | None


def as_text(name: str) -> Cast:
    """Return the expression for a key or a day as text.

    The converters for each value cost more than all else on a page about thousands.
    """
    return Cast(name, CharField())


def day_of(text: str | None) -> date | None:
    """Return the day that ``as_text`` was given for."""
    return date.fromisoformat(text) if text else None


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


def judged(
    actor: Actor, *, on: date, own: Collection[UUID] | None, among: Collection[UUID] | None = None
) -> list[Judged]:
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
            *map(as_text, ("pk", "participant_id", "row_id", "first_day", "last_day")),
            *map(as_text, ("evaluation_visit", "contract")),
            Cast("has_contract", IntegerField()),
            as_text("participant__row__last_contact"),
        )
    ]
    cases = _cases_by_placement(rows)
    visits = _visits(cases.values())
    unheard = _unheard(mine[_EVALUATION].latest for mine in visits.values() if _EVALUATION in mine)
    rhythm = rhythm_on(on)
    return [_judged(row, cases.get(row.pk), visits, unheard, rhythm, on) for row in rows]


def with_names(some: Sequence[Judged]) -> list[Followed]:
    """Return some in full with who and where they are, as a list shows them. One query."""
    names = {
        pk: (name or "", unit or "")
        for pk, name, unit in Placement.objects.filter(
            pk__in=[one.placement for one in some]
        ).values_list(as_text("pk"), "participant__row__name", "employer__name")
    }
    return [one.in_full(*names[one.placement]) for one in some if one.placement in names]


def _cases_by_placement(rows: Collection[_Row]) -> dict[str, str]:
    """Return the case that is about each placement, by its row, else by what is nearest.

    One query, and three more where a newer file has replaced the row of somebody's case.
    """
    people = {row.participant for row in rows}
    by_row = {row.row: row for row in rows}
    several = _several(row.row for row in rows) if len(by_row) < len(rows) else set()
    found: dict[str, str] = {}
    lost: set[str] = set()
    cases = PlacementCase.objects.filter(withdrawn_at=None, row__isnull=False)
    if len(people) < _MANY:
        cases = cases.filter(family_of(list(map(UUID, people))))
    stored = list(cases.values_list(as_text("pk"), as_text("row"), Cast(OWNER, CharField())))
    several |= _several(source for _pk, source, _owner in stored)
    for pk, source, owner in stored:
        row = by_row.get(source)
        if row is not None and row.participant == owner and source not in several:
            found[row.pk] = pk
        elif owner in people:
            lost.add(owner)
    alone = {
        UUID(row.participant) for row in rows if row.participant in lost and row.pk not in found
    }
    return found | {_key(place): _key(case) for case, place in placements_of_cases(alone).items()}


def _several(keys: Iterable[str | None]) -> set[str | None]:
    """Return the keys that stand more than once."""
    return {key for key, n in Counter(keys).items() if n > 1}


def _key(pk: UUID) -> str:
    """Return a key as ``as_text`` gives it."""
    return str(pk) if connection.features.has_native_uuid_field else pk.hex


def _visits(cases: Collection[str]) -> dict[str, dict[str, _Visits]]:
    """Return the visits of cases by kind. One query."""
    found: dict[str, dict[str, _Visits]] = defaultdict(dict)
    wanted = set(cases)
    rows = EvaluationVisit.objects.filter(called_off_on=None).order_by("held_on", "pk")
    if len(wanted) < _MANY:
        rows = rows.filter(case__in=wanted)
    columns = map(as_text, ("case_id", "booked_for", "held_on", "pk"))
    for case, booked_for, held_on, pk, kind in rows.values_list(*columns, "kind"):
        if case not in wanted:
            continue
        held, booked, latest = found[case].get(kind, _Visits([], None, None))
        if held_on is None:
            found[case][kind] = _Visits(held, day_of(booked_for), latest)
        else:
            found[case][kind] = _Visits([*held, date.fromisoformat(held_on)], booked, pk)
    return found


def _unheard(visits: Iterable[str | None]) -> dict[str, tuple[Speaker, ...]]:
    """Return whose voice is missing at evaluations that were held. One query."""
    wanted = {pk for pk in visits if pk is not None}
    heard: dict[str, set[str]] = {pk: set() for pk in wanted}
    rows = Voice.objects.filter(visit__kind=VisitKind.EVALUATION)
    if len(wanted) < _MANY:
        rows = rows.filter(visit__in=wanted)
    for visit, speaker in rows.values_list(as_text("visit_id"), "speaker"):
        if visit in heard:
            heard[visit].add(speaker)
    found = {
        said: missing_voices([Speaker(each) for each in said])
        for said in {frozenset(said) for said in heard.values()}
    }
    return {pk: missing for pk, said in heard.items() if (missing := found[frozenset(said)])}


_NONE = _Visits([], None, None)
_NO_VISITS: Mapping[str, _Visits] = {}
_EVALUATION = VisitKind.EVALUATION.value  # a plain text: kinds hash slowly


def _judged(
    row: _Row,
    case: str | None,
    visits: Mapping[str, Mapping[str, _Visits]],
    unheard: Mapping[str, tuple[Speaker, ...]],
    rhythm: Rhythm,
    on: date,
) -> Judged:
    stay = Stay(date.fromisoformat(row.first_day), day_of(row.last_day))
    mine = visits.get(case, _NO_VISITS) if case else _NO_VISITS
    held, booked, latest = mine.get(_EVALUATION, _NONE)
    told = day_of(row.evaluation_visit)
    if told is not None and told not in held and told != booked:  # a booking of ours is told, too
        if told <= on:
            held = [*held, told]
        elif booked is None:
            booked = told
    contract, last_contact = day_of(row.contract), day_of(row.last_contact)
    works = contract <= on if contract else bool(row.has_contract)
    silent_days = days_without_contact(stay, last_contact=last_contact, on=on)
    visit = None if works else next_visit(stay, rhythm, held=held, booked=booked)
    return Judged(
        row.pk,
        row.participant,
        case,
        stay,
        last_contact,
        visit,
        visit.standing(on=on) if visit else None,
        max(held) if held else None,
        silent_days,
        silent_days >= rhythm.without_contact,
        (latest, unheard[latest]) if latest in unheard and latest else None,
        works or contract is not None,
        works,
        rhythm,
        mine,
    )
