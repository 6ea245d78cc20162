"""What waits for somebody who follows people up: five counters, their lists, and today.

A counter is the length of its list: both come of one function, so that they cannot differ.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.agreements.queries import Told, told_of
from innpass.casework.follow_up.models import EvaluationVisit, MissingForHire
from innpass.casework.follow_up.stays import Followed, followed, is_due, own_people, with_names
from innpass.casework.overview.queries import OverviewRow, rows_for
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of, people_hidden_from
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor, Role
from innpass.domain.following.hiring import Helper
from innpass.domain.following.visits import Due, Standing, VisitKind
from innpass.domain.following.voices import Speaker
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.states import State

ENDING_WITHIN = timedelta(days=30)


class Counter(StrEnum):
    """The five, in the order they are dealt with."""

    VISITS = "visits"
    ENDING = "ending"
    SILENT = "silent"
    BELOW = "below"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit that is to be made."""

    one: Followed
    due: Due


class Wait(StrEnum):
    """What is waited for."""

    STEP = "step"  # the next step towards an agreement
    SIGNATURE = "signature"
    MISSING = "missing"  # something to be hired
    VOICE = "voice"  # one that was not heard at a visit


@dataclass(frozen=True, slots=True)
class Waiting:
    """That somebody is waited for; ``told_in_full`` says whom and for what.

    Attributes:
        key: of the case, of what is missing, or of the visit.
        about: whose voice, or what is missing: a code.
        since: from when; ``due`` by when.
    """

    what: Wait
    participant: UUID
    key: UUID
    since: date | None
    due: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Somebody who is waited for, as a list shows it.

    Attributes:
        who: whose turn it is; ``name`` of that person, where it is known.
        about: the state of the case, the kind of what is missing, whose voice: a code.
    """

    waiting: Waiting
    what: Wait
    who: Helper
    about: str
    person: str = ""
    unit: str = ""
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits, for one pair of eyes on a day.

    Attributes:
        below: how many have too few hours by the law; the list is ``below_rows``.
        visits: what is late, due, or agreed for today.
        own: whose work it is about; ``None`` for everybody's.
    """

    visits: list[VisitLine] = field(default_factory=list)
    ending: list[Followed] = field(default_factory=list)
    silent: list[Followed] = field(default_factory=list)
    below: int = 0
    waiting: list[Waiting] = field(default_factory=list)
    people: list[Followed] = field(default_factory=list)
    own: Collection[UUID] | None = None

    def count(self, counter: Counter) -> int:
        """Return how long a counter's list is."""
        return self.below if counter is Counter.BELOW else len(getattr(self, counter.value))


def work_of(actor: Actor, *, on: date, own: bool) -> Work:
    """Return what waits. A fixed number of queries.

    Args:
        own: only of the people the actor follows.
    """
    mine = own_people(actor) if own else None
    people = followed(actor, on=on, own=mine)
    visits = _visits_of(people, actor, on)
    return Work(
        visits=sorted(visits, key=lambda each: each.due.booked or each.due.on),
        ending=sorted(
            (one for one in people if _ends_soon(one, on)),
            key=lambda one: one.stay.last_day or date.max,
        ),
        silent=sorted(
            (one for one in people if one.is_silent and not one.has_contract),
            key=lambda one: -one.silent_days,
        ),
        below=below_rows(actor, own=mine).count() if may_read(actor, "status.verdict") else 0,
        waiting=waiting_for(actor, people, own=mine),
        people=sorted(people, key=lambda one: _urgency(one, on)),
        own=mine,
    )


def _is_now(due: Due, on: date) -> bool:
    """Say whether a visit is late, due, or agreed for today."""
    return due.booked == on or is_due(due, on=on)


def _urgency(one: Followed, on: date) -> tuple[int, date]:
    """Return what sorts late visits first, then those to be made now, then others by their day."""
    due = None if one.has_contract else one.visit
    if due is None:
        return 3, date.max
    rank = 0 if due.standing(on=on) is Standing.LATE else 1 if _is_now(due, on) else 2
    return rank, due.booked or due.on


def below_rows(actor: Actor, *, own: Collection[UUID] | None) -> "QuerySet[OverviewRow]":
    """Return the rows of those under the law's hours, by name; of all, or of one's own people."""
    rows = rows_for(actor).filter(is_active=True, verdict="below")
    if own is not None:
        rows = rows.filter(participant__in=list(own))
    found: QuerySet[OverviewRow] = rows.order_by("name")
    return found


def _visits_of(people: Iterable[Followed], actor: Actor, on: date) -> Iterable[VisitLine]:
    """Yield the visits that are somebody's to make now: the teacher's are about Norwegian."""
    is_teacher = actor.roles == {Role.TEACHER}
    for one in people:
        due = one.language if is_teacher else one.visit
        if due is not None and _is_now(due, on):
            yield VisitLine(one, due)


def _ends_soon(one: Followed, on: date) -> bool:
    last = one.stay.last_day
    return last is not None and on <= last <= on + ENDING_WITHIN


def waiting_for(
    actor: Actor, people: Collection[Followed], *, own: Collection[UUID] | None
) -> list[Waiting]:
    """Return for whom and what somebody waits, those with the earliest day first. Two queries."""
    found = [*_open_cases(actor, own), *_unheard(people)]
    if may_read(actor, "follow_up.missing"):
        found += _missing(actor, own)
    return sorted(found, key=lambda each: (each.due or date.max, each.since or date.max))


def _open_cases(actor: Actor, own: Collection[UUID] | None) -> Iterable[Waiting]:
    """Yield the cases on their way to an agreement, and those with a version to be signed."""
    unsigned = AgreementVersion.objects.filter(
        case=OuterRef("pk"), in_force_at=None, discarded_at=None
    )
    cases = PlacementCase.objects.filter(Q(row=None) | Exists(unsigned)).filter(
        withdrawn_at=None, ending=None
    )
    for pk, owner, proposed_on, last_step, made_on in (
        _seen(cases, actor, own)
        .annotate(last_step=Max("steps__on"), made_on=Subquery(unsigned.values("made_on")[:1]))
        .values_list("pk", "owning", "proposed_on", "last_step", "made_on")
    ):
        since = max(proposed_on, last_step or proposed_on, made_on or proposed_on)
        yield Waiting(Wait.STEP, owner, pk, since)


def _unheard(people: Iterable[Followed]) -> Iterable[Waiting]:
    for one in people:
        for visit, speakers in one.unheard:
            for speaker in speakers:
                yield Waiting(
                    Wait.VOICE, one.participant, visit, one.last_visit, about=speaker.value
                )


def _missing(actor: Actor, own: Collection[UUID] | None) -> Iterable[Waiting]:
    rows = _seen(MissingForHire.objects.filter(closed_on=None), actor, own)
    for pk, owner, since, due, kind in rows.values_list("pk", "owning", "opened_on", "due", "kind"):
        yield Waiting(Wait.MISSING, owner, pk, since, due, kind)


def _seen(rows: "QuerySet[Any]", actor: Actor, own: Collection[UUID] | None) -> "QuerySet[Any]":
    """Return rows about people whom the actor may see, by whom they are about now."""
    rows = rows.annotate(owning=OWNER)
    if own is not None:
        rows = rows.filter(family_of(own))
    if not actor.is_operator:
        rows = rows.exclude(owning__in=people_hidden_from(actor))
    return rows.order_by("participant__row__name", "pk")


_TURNS = {
    State.PROPOSED: Helper.PRACTICE_SUPERVISOR,
    State.PRESENTED: Helper.EMPLOYER,
    State.INTERVIEW_PREPARED: Helper.EMPLOYER,
    State.FIRST_MEETING_HELD: Helper.PRACTICE_SUPERVISOR,
}
_SIGNERS = {
    Party.PARTICIPANT: Helper.PARTICIPANT,
    Party.EMPLOYER: Helper.EMPLOYER,
    Party.SECOND_EMPLOYER: Helper.EMPLOYER,
    Party.SUPERVISOR: Helper.PRACTICE_SUPERVISOR,
}


def told_in_full(some: Sequence[Waiting], *, on: date) -> list[WaitLine]:
    """Say of some whom one waits for and for what, in their order. At most eleven queries."""
    keys = {what: [each.key for each in some if each.what is what] for what in Wait}
    cases = PlacementCase.objects.filter(pk__in=keys[Wait.STEP]).select_related("employer", "place")
    told = told_of(cases)
    units = {case.pk: case.employer.name for case in cases}
    units |= dict(
        EvaluationVisit.objects.filter(pk__in=keys[Wait.VOICE]).values_list(
            "pk", "case__employer__name"
        )
    )
    missing = {
        row.pk: row
        for row in MissingForHire.objects.filter(pk__in=keys[Wait.MISSING]).select_related(
            "case__employer"
        )
    }
    people = {each.participant for each in some}
    names = dict(Participant.objects.filter(pk__in=people).values_list("pk", "name"))

    def line(each: Waiting) -> WaitLine:
        person = names.get(each.participant, "")
        if each.what is Wait.VOICE:
            who = Helper.PARTICIPANT if each.about == Speaker.PARTICIPANT else Helper.EMPLOYER
            return WaitLine(each, each.what, who, each.about, person, units[each.key])
        if each.what is Wait.MISSING:
            row = missing[each.key]
            unit = row.case.employer.name if row.case else ""
            who = Helper(row.owner)
            return WaitLine(each, each.what, who, row.kind, person, unit, row.owner_name, row.text)
        who, about, what = _whose_turn(told[each.key], told[each.key].state(on=on))
        return WaitLine(each, what, who, about, person, units[each.key])

    return [line(each) for each in some if each.key in units or each.key in missing]


def _whose_turn(told: Told, state: State) -> tuple[Helper, str, Wait]:
    if told.waits_for:
        return _SIGNERS[told.waits_for[0]], told.waits_for[0].value, Wait.SIGNATURE
    return _TURNS.get(state, Helper.PRACTICE_SUPERVISOR), state.value, Wait.STEP


class Happening(StrEnum):
    """What is on somebody's day."""

    VISIT = "visit"
    BEGINS = "begins"
    ENDS = "ends"
    MISSING_DUE = "missing_due"


@dataclass(frozen=True, slots=True)
class TodayLine:
    """Something of today."""

    what: Happening
    participant: UUID
    person: str
    unit: str
    kind: VisitKind | None = None
    about: str = ""


def today_of(work: Work, *, on: date) -> list[TodayLine]:
    """Return what today holds: visits, first and last days, what was to be ready. 12 queries."""
    visits = [each for each in work.visits if each.due.booked == on]
    begin = [one for one in work.people if one.stay.first_day == on]
    end = [one for one in work.people if one.stay.last_day == on]
    due = [each for each in work.waiting if each.what is Wait.MISSING and each.due == on]
    some = with_names([*(each.one for each in visits), *begin, *end])
    named = {one.placement: one for one in some}

    def line(what: Happening, one: Followed, kind: VisitKind | None = None) -> TodayLine:
        one = named.get(one.placement, one)
        return TodayLine(what, one.participant, one.name, one.unit, kind)

    return [
        *(line(Happening.VISIT, each.one, each.due.kind) for each in visits),
        *(line(Happening.BEGINS, one) for one in begin),
        *(line(Happening.ENDS, one) for one in end),
        *(
            TodayLine(
                Happening.MISSING_DUE,
                each.waiting.participant,
                each.person,
                each.unit,
                None,
                each.about,
            )
            for each in told_in_full(due, on=on)
        ),
    ]
