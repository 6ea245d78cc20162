"""What waits for somebody who follows people up: five counters, their lists, and today.

A counter is the length of its list: both come of one function, so that they cannot differ.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told, cases_seen_by, told_of
from innpass.casework.follow_up.missing import missing_of
from innpass.casework.follow_up.models import MissingForHire
from innpass.casework.follow_up.stays import Followed, followed, is_due, own_rows
from innpass.casework.overview.queries import OverviewRow, rows_for
from innpass.casework.participants.queries import OWNER, people_hidden_from
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
class WaitLine:
    """Somebody who is waited for.

    Attributes:
        who: whose turn it is; ``name`` of that person, where it is known.
        since: from when; ``due`` by when.
        about: the state of the case, the kind of what is missing, whose voice: a code.
        case, visit: what the line leads to.
    """

    participant: UUID
    person: str
    what: Wait
    who: Helper
    name: str
    about: str
    unit: str
    since: date | None
    due: date | None
    case: UUID | None = None
    visit: UUID | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits, for one pair of eyes on a day.

    Attributes:
        below: how many have too few hours by the law; the list is ``below_rows``.
        booked: visits agreed for later, which are not counted.
    """

    visits: list[VisitLine] = field(default_factory=list)
    booked: list[VisitLine] = field(default_factory=list)
    ending: list[Followed] = field(default_factory=list)
    silent: list[Followed] = field(default_factory=list)
    below: int = 0
    waiting: list[WaitLine] = field(default_factory=list)
    people: list[Followed] = field(default_factory=list)

    def count(self, counter: Counter) -> int:
        """Return how long a counter's list is."""
        return self.below if counter is Counter.BELOW else len(getattr(self, counter.value))


def work_of(actor: Actor, *, on: date, own: bool) -> Work:
    """Return what waits. A fixed number of queries.

    Args:
        own: only of the people the actor follows.
    """
    people = followed(actor, on=on, own=own)
    lines = sorted(_visits_of(people, actor, on), key=lambda each: each.due.booked or each.due.on)
    return Work(
        visits=[each for each in lines if is_due(each.due, on=on)],
        booked=[each for each in lines if each.due.standing(on=on) is Standing.BOOKED],
        ending=sorted(
            (one for one in people if _ends_soon(one, on)),
            key=lambda one: (one.stay.last_day or date.max, one.name),
        ),
        silent=sorted(
            (one for one in people if one.is_silent and not one.has_contract),
            key=lambda one: (-one.silent_days, one.name),
        ),
        below=below_rows(actor, own=own).count() if may_read(actor, "status.verdict") else 0,
        waiting=waiting_for(actor, people, on=on, own=own),
        people=people,
    )


def below_rows(actor: Actor, *, own: bool) -> "QuerySet[OverviewRow]":
    """Return the rows of those under the law's hours, by name."""
    rows = own_rows(actor) if own else rows_for(actor)
    found: QuerySet[OverviewRow] = rows.filter(is_active=True, verdict="below").order_by("name")
    return found


def _visits_of(people: Iterable[Followed], actor: Actor, on: date) -> Iterable[VisitLine]:
    """Yield the visits that are somebody's to make: the teacher's are about Norwegian."""
    is_teacher = actor.roles == {Role.TEACHER}
    for one in people:
        due = one.language if is_teacher else one.visit
        if due is not None and due.standing(on=on) is not Standing.LATER:
            yield VisitLine(one, due)


def _ends_soon(one: Followed, on: date) -> bool:
    last = one.stay.last_day
    return last is not None and on <= last <= on + ENDING_WITHIN


def waiting_for(
    actor: Actor, people: Collection[Followed], *, on: date, own: bool
) -> list[WaitLine]:
    """Return who is waited for, those with the earliest day first."""
    found = [*_open_cases(actor, on=on, own=own), *_unheard(people)]
    if may_read(actor, "follow_up.missing"):
        found += _missing(actor, on=on, own=own)
    return sorted(
        found,
        key=lambda each: (each.due or date.max, each.since or date.max, each.person, each.about),
    )


def _open_cases(actor: Actor, *, on: date, own: bool) -> Iterable[WaitLine]:
    """Yield the cases on their way to an agreement, with whose turn it is."""
    cases = cases_seen_by(actor)
    if own:
        cases = cases.filter(Q(owner__in=own_rows(actor).values("participant")))
    waits = list(cases.filter(ending=None, versions__in_force_at=None, row=None).distinct())
    told = told_of(waits)
    for case in waits:
        state = told[case.pk].state(on=on)
        if state in (State.RUNNING, State.ENDED):
            continue
        who, about, what = _whose_turn(told[case.pk], state)
        yield WaitLine(
            participant=case.owner,  # type: ignore[attr-defined]
            person=str(_owner_name(case)),
            what=what,
            who=who,
            name=case.employer.name if who is Helper.EMPLOYER else "",
            about=about,
            unit=case.employer.name,
            since=_since(case, told[case.pk]),
            due=None,
            case=case.pk,
        )


def _owner_name(case: PlacementCase) -> str:
    person = case.participant.turned_out_to_be or case.participant
    return str(person.name)


_TURNS = {
    State.PROPOSED: Helper.PRACTICE_SUPERVISOR,
    State.PRESENTED: Helper.EMPLOYER,
    State.INTERVIEW_PREPARED: Helper.EMPLOYER,
    State.FIRST_MEETING_HELD: Helper.PRACTICE_SUPERVISOR,
    State.AGREED: Helper.PRACTICE_SUPERVISOR,
}
_SIGNERS = {
    Party.PARTICIPANT: Helper.PARTICIPANT,
    Party.EMPLOYER: Helper.EMPLOYER,
    Party.SECOND_EMPLOYER: Helper.EMPLOYER,
    Party.SUPERVISOR: Helper.PRACTICE_SUPERVISOR,
}


def _whose_turn(told: Told, state: State) -> tuple[Helper, str, Wait]:
    if told.waits_for:
        return _SIGNERS[told.waits_for[0]], told.waits_for[0].value, Wait.SIGNATURE
    return _TURNS[state], state.value, Wait.STEP


def _since(case: PlacementCase, told: Told) -> date:
    days = [case.proposed_on, *(step.on for step in told.steps.values())]
    return max(days)


def _unheard(people: Iterable[Followed]) -> Iterable[WaitLine]:
    for one in people:
        for visit, speakers in one.unheard:
            for speaker in speakers:
                yield WaitLine(
                    participant=one.participant,
                    person=one.name,
                    what=Wait.VOICE,
                    who=Helper.PARTICIPANT if speaker is Speaker.PARTICIPANT else Helper.EMPLOYER,
                    name=one.unit if speaker is Speaker.EMPLOYER else "",
                    about=speaker.value,
                    unit=one.unit,
                    since=one.last_visit,
                    due=None,
                    visit=visit,
                )


def _missing(actor: Actor, *, on: date, own: bool) -> Iterable[WaitLine]:
    rows = MissingForHire.objects.filter(closed_on=None).annotate(owning=OWNER)
    if own:
        rows = rows.filter(owning__in=own_rows(actor).values("participant"))
    if not actor.is_operator:
        rows = rows.exclude(owning__in=people_hidden_from(actor))
    shown = rows.select_related("participant", "participant__turned_out_to_be", "case__employer")
    for row in shown:
        person = row.participant.turned_out_to_be or row.participant
        yield WaitLine(
            participant=person.pk,
            person=person.name,
            what=Wait.MISSING,
            who=Helper(row.owner),
            name=row.owner_name,
            about=row.kind,
            unit=row.case.employer.name if row.case else "",
            since=row.opened_on,
            due=row.due,
            case=row.case_id,
            text=row.text,
        )


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
    """Return what today holds: visits, first and last days, and what was to be ready."""
    found = [
        TodayLine(
            Happening.VISIT, each.one.participant, each.one.name, each.one.unit, each.due.kind
        )
        for each in work.booked
        if each.due.booked == on
    ]
    for one in work.people:
        if one.stay.first_day == on:
            found.append(TodayLine(Happening.BEGINS, one.participant, one.name, one.unit))
        if one.stay.last_day == on:
            found.append(TodayLine(Happening.ENDS, one.participant, one.name, one.unit))
    found += [
        TodayLine(Happening.MISSING_DUE, each.participant, each.person, each.unit, None, each.about)
        for each in work.waiting
        if each.what is Wait.MISSING and each.due == on
    ]
    return found


def open_missing(person: UUID) -> list[MissingForHire]:
    """Return what is missing still before a person can be hired. One query."""
    return [row for row in missing_of([person]).get(person, []) if row.closed_on is None]
