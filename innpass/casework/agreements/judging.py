"""Where every case stands, from a few columns: what the board counts before it shows any.

The answers are those of ``listing``; what is not shown is never read whole. Ids and days are read
as text, since making ids of them takes longer than all the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, IntegerField, TextField
from django.db.models.functions import Cast

from innpass.casework.agreements.models import (
    AgreementVersion,
    CaseStep,
    PlacementCase,
    Signature,
)
from innpass.casework.agreements.queries import day_after_ending
from innpass.casework.participants.queries import OWNER, people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party, waits_for
from innpass.domain.placing.pairing import Mark, paired
from innpass.domain.placing.states import CaseFacts, State, Step, state_of

ENDED_DAYS = 90  # how long an ended case stays in lists that do not ask for ended ones
_STEPS = {each.value: each for each in Step}
_PARTIES = {each.value: each for each in Party}
_SHOWN = ("participant__turned_out_to_be", "employer", "place", "supervisor")


class Stand(NamedTuple):
    """Where a case stands on a day.

    Attributes:
        case: its id, as text.
        waits_for: who may sign now; nobody where signatures are not the actor's to read.
        days_left: until the last day; ``None`` where not known.
        outcome: how it ended; empty where nobody has said.
        is_waiting: a version waits for signatures.
    """

    case: str
    name: str
    state: State
    waits_for: tuple[Party, ...]
    first_day: date | None
    last_day: date | None
    days_left: int | None
    outcome: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """Every case that the actor may see, those long ended left out, by name.

    Attributes:
        own, everybody: how many nobody has ended: of the actor as supervisor, and all.
        without_case: placements that run or come by the rows and have no case.
    """

    stands: tuple[Stand, ...]
    own: int
    everybody: int
    without_case: int


class _Case(NamedTuple):
    pk: str
    owner: str
    row: str | None
    employer: str
    proposed_on: str
    supervisor: str | None
    name: str
    outcome: str | None
    ended: str | None


class _Place(NamedTuple):
    pk: str
    owner: str
    row: str | None
    employer: str | None
    first: str | None
    last: str | None


class _Version(NamedTuple):
    case: str
    pk: str
    in_force_at: str | None
    first: str
    last: str
    has_second: int


def _text(name: str) -> Cast:
    return Cast(F(name), TextField())


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def judge(actor: Actor, *, on: date, is_own: bool = False) -> Judged:
    """Say where every case stands. Five queries.

    Args:
        is_own: only the cases whose supervisor the actor is are told of; all are counted.

    Raises:
        MayNot: cases are not theirs to read.
    """
    check_may_read(actor, "agreement.state")
    cases = _cases(actor)
    places = _places(actor)
    versions: dict[str, list[_Version]] = defaultdict(list)
    for version in _versions():
        versions[version.case].append(version)
    begun = {pk: _latest(rows) for pk, rows in versions.items()}
    pairs = _pairs(cases, places, begun)
    steps, signed = _steps(), _signed() if may_read(actor, "agreement.signature") else None
    own = actor.user_id
    mine = {own.hex, str(own)} if own else set()  # as either database writes it
    since = (on - timedelta(days=ENDED_DAYS)).isoformat()
    stands = tuple(
        _stand(
            case, pairs.get(case.pk), versions.get(case.pk, ()), steps.get(case.pk, ()), signed, on
        )
        for case in cases
        if (not is_own or case.supervisor in mine) and (case.ended is None or case.ended >= since)
    )
    return Judged(
        stands=stands,
        own=sum(1 for case in cases if case.ended is None and case.supervisor in mine),
        everybody=sum(1 for case in cases if case.ended is None),
        without_case=_without_case(cases, places, pairs, begun, on=on),
    )


def cases_named(keys: Iterable[str]) -> dict[str, PlacementCase]:
    """Return cases that ``judge`` told of, with person, employer, place, supervisor. One query."""
    wanted = {UUID(key): key for key in keys}
    rows = PlacementCase.objects.filter(pk__in=wanted).select_related("participant", *_SHOWN)
    return {wanted[row.pk]: row for row in rows}


def _cases(actor: Actor) -> list[_Case]:
    rows = PlacementCase.objects.filter(withdrawn_at=None).annotate(owner=OWNER)
    if not actor.is_operator:
        rows = rows.exclude(owner__in=people_hidden_from(actor))
    columns = ("pk", "owner", "row", "employer", "proposed_on", "supervisor")
    found = rows.order_by("participant__name", "proposed_on", "pk").values_list(
        *map(_text, columns),
        "participant__name",
        "ending__outcome",
        _text("ending__last_day"),
    )
    return [_Case(*row) for row in found]


def _places(actor: Actor) -> list[_Place]:
    rows = Placement.objects.filter(row_id__isnull=False)
    if not actor.is_operator:
        rows = rows.exclude(participant__in=people_hidden_from(actor))
    columns = ("pk", "participant", "row_id", "employer", "first_day", "last_day")
    return [_Place(*row) for row in rows.values_list(*map(_text, columns))]


def _versions() -> Iterable[_Version]:
    rows = AgreementVersion.objects.filter(discarded_at=None).order_by("number")
    columns = map(_text, ("case", "pk", "in_force_at", "first_day", "last_day"))
    second = Cast("has_second_signer", IntegerField())
    return [_Version(*row) for row in rows.values_list(*columns, second)]


def _steps() -> Mapping[str, Sequence[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for case, kind in CaseStep.objects.values_list(_text("case"), "kind"):
        found[case].append(_STEPS[kind])
    return found


def _signed() -> Mapping[str, Sequence[Party]]:
    """Return who has signed each version that waits."""
    rows = Signature.objects.filter(
        agreement__in_force_at=None, agreement__discarded_at=None, lifting=None
    )
    found: dict[str, list[Party]] = defaultdict(list)
    for version, party in rows.values_list(_text("agreement"), "party"):
        found[version].append(_PARTIES[party])
    return found


def _latest(versions: Iterable[_Version]) -> _Version | None:
    """Return the latest that all have signed."""
    return next((each for each in reversed(list(versions)) if each.in_force_at), None)


def _pairs(
    cases: Iterable[_Case],
    places: Iterable[_Place],
    begun: Mapping[str, _Version | None],
) -> dict[str, _Place]:
    """Return the placement that the rows tell of each case, as ``queries.placements_of_cases``."""
    mine: dict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        if case.row is not None:
            mine[case.owner].append(case)
    there: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        there[place.owner].append(place)
    found: dict[str, _Place] = {}
    for owner, several in mine.items():
        left = there.get(owner, [])
        # One case whose row tells of one placement goes with it, whatever else there is.
        if len(several) == 1:
            same = [place for place in left if place.row == several[0].row]
            if len(same) == 1:
                found[several[0].pk] = same[0]
                continue
        found |= _held_against(several, left, begun)
    return found


def _held_against(
    cases: Iterable[_Case], places: Iterable[_Place], begun: Mapping[str, _Version | None]
) -> dict[str, _Place]:
    named: dict[UUID, _Place] = {}
    for place in places:
        named[UUID(place.pk)] = place
    keys = {UUID(case.pk): case for case in cases}
    marks = []
    for key, case in keys.items():
        version = begun.get(case.pk)
        first, last = (version.first, version.last) if version else (case.proposed_on, None)
        days = (_day(first), _day(last), _day(case.ended))
        marks.append(Mark(key, _id(case.row), _id(case.employer), *days))
    others = [
        Mark(key, _id(place.row), _id(place.employer), _day(place.first), _day(place.last))
        for key, place in named.items()
    ]
    return {keys[case].pk: named[place] for case, place in paired(marks, others).items()}


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _without_case(
    cases: Iterable[_Case],
    places: Iterable[_Place],
    pairs: Mapping[str, _Place],
    begun: Mapping[str, _Version | None],
    *,
    on: date,
) -> int:
    """Count the placements that ``listing.ids_without_case`` gives."""
    have = {place.pk for place in pairs.values()}
    by_row: dict[str | None, list[_Case]] = defaultdict(list)
    for case in cases:
        by_row[case.row].append(case)
    day = on.isoformat()
    return sum(
        1
        for place in places
        if place.pk not in have
        and place.employer is not None
        and (place.last is None or place.last >= day)
        and not any(_is_plainly(case, place, begun) for case in by_row.get(place.row, ()))
    )


def _is_plainly(case: _Case, place: _Place, begun: Mapping[str, _Version | None]) -> bool:
    """Tell whether a case of the same row is a placement's, without looking at any other."""
    is_of_day = case.proposed_on == place.first or begun.get(case.pk) is not None
    return case.employer == place.employer and is_of_day


def _stand(
    case: _Case,
    place: _Place | None,
    versions: Sequence[_Version],
    steps: Sequence[Step],
    signed: Mapping[str, Sequence[Party]] | None,
    on: date,
) -> Stand:
    waiting = next((each for each in versions if each.in_force_at is None), None)
    told = place or _latest(versions)
    first, last = (_day(told.first), _day(told.last)) if told else (None, None)
    facts = CaseFacts(
        steps=steps,
        agreed=case.row is not None,
        first_day=first,
        last_day=last,
        ended_on=day_after_ending(case.outcome or "", _day(case.ended)),
    )
    waits: tuple[Party, ...] = ()
    if waiting is not None and signed is not None:
        waits = waits_for(signed.get(waiting.pk, ()), has_second_signer=bool(waiting.has_second))
    return Stand(
        case=case.pk,
        name=case.name,
        state=state_of(facts, on=on),
        waits_for=waits,
        first_day=first,
        last_day=last,
        days_left=(last - on).days if last is not None else None,
        outcome=case.outcome or "",
        is_waiting=waiting is not None,
    )
