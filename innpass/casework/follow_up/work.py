"""What waits for somebody who follows people up: five counters, their lists, and today.

A counter is the length of its list: both come of one function, so that they cannot differ.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.agreements.queries import Told, told_of
from innpass.casework.follow_up.models import EvaluationVisit, MissingForHire
from innpass.casework.follow_up.stays import (
    Judged,
    as_text,
    day_of,
    judged,
    own_people,
    with_names,
)
from innpass.casework.follow_up.told_by_others import rows_told_absent
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


class VisitLine(NamedTuple):
    """A visit that is to be made."""

    one: Judged
    due: Due


class Wait(StrEnum):
    """What is waited for."""

    STEP = "step"  # the next step towards an agreement
    SIGNATURE = "signature"
    MISSING = "missing"  # something to be hired
    VOICE = "voice"  # one that was not heard at a visit
    ABSENT = "absent"  # attendance of a day on which nobody came, as the employer says


class Waiting(NamedTuple):
    """That somebody is waited for; ``told_in_full`` says whom and for what.

    Attributes:
        participant: a key as text, as in ``Judged``.
        key: of the case, of what is missing, or of the visit.
        about: whose voice, or what is missing: a code.
        since: from when; ``due`` by when.
    """

    what: Wait
    participant: str
    key: str
    since: date | None
    due: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Somebody who is waited for, as a list shows it.

    Attributes:
        participant, key: as of ``waiting``.
        who: whose turn it is; ``name`` of that person, where it is known.
        about: the state of the case, the kind of what is missing, whose voice: a code.
    """

    waiting: Waiting
    participant: UUID
    key: UUID
    what: Wait
    who: Helper
    about: str
    person: str = ""
    unit: str = ""
    name: str = ""
    text: str = ""


class Work:
    """Everything that waits, for one pair of eyes on a day.

    A list is put in order when it is asked for; to count it costs no more than to go through it.

    Attributes:
        people: everybody at a workplace, by name.
        own: whose work it is about; ``None`` for everybody's.
    """

    def __init__(
        self, people: list[Judged], actor: Actor, *, on: date, own: Collection[UUID] | None
    ) -> None:
        self.people, self.own = people, own
        self._actor, self._on = actor, on

    def count(self, counter: Counter) -> int:
        """Return how long a counter's list is."""
        return self._counts[counter]

    @cached_property
    def _counts(self) -> dict[Counter, int]:
        return {
            Counter.VISITS: len(self._visits),
            Counter.ENDING: len(self._ending),
            Counter.SILENT: len(self._silent),
            Counter.BELOW: self._count_below(),
            Counter.WAITING: _count_waiting(self._actor, self.people, on=self._on, own=self.own),
        }

    @cached_property
    def pressing(self) -> list[Judged]:
        """The people, late visits first."""
        return sorted(self.people, key=lambda one: _urgency(one, self._on))

    @property
    def visits(self) -> list[VisitLine]:
        """What is late, due, or agreed for today."""
        return sorted(self._visits, key=lambda each: each.due.booked or each.due.on)

    @property
    def ending(self) -> list[Judged]:
        """Those whose placement ends soon."""
        return sorted(self._ending, key=lambda one: one.stay.last_day or date.max)

    @property
    def silent(self) -> list[Judged]:
        """Those whom nobody was in touch with, the longest first."""
        return sorted(self._silent, key=lambda one: -one.silent_days)

    @property
    def waiting(self) -> list[Waiting]:
        """Whom somebody waits for, those with the earliest day first."""
        return waiting_for(self._actor, self.people, on=self._on, own=self.own)

    def missing_on(self, due: date) -> list[Waiting]:
        """Return what was to be ready for somebody to be hired on a day."""
        return list(_missing(self._actor, self.own, due=due))

    def _count_below(self) -> int:
        """Count those with too few hours by the law; the list is ``below_rows``."""
        if not may_read(self._actor, "status.verdict"):
            return 0
        return below_rows(self._actor, own=self.own).count()

    @cached_property
    def _visits(self) -> list[VisitLine]:
        return list(_visits_of(self.people, self._actor, self._on))

    @cached_property
    def _ending(self) -> list[Judged]:
        until = self._on + ENDING_WITHIN
        return [
            one
            for one in self.people
            if (last := one.stay.last_day) is not None and self._on <= last <= until
        ]

    @cached_property
    def _silent(self) -> list[Judged]:
        return [one for one in self.people if one.is_silent and not one.has_contract]


def work_of(actor: Actor, *, on: date, own: bool) -> Work:
    """Return what waits. A fixed number of queries.

    Args:
        own: only of the people the actor follows.
    """
    mine = own_people(actor) if own else None
    return Work(judged(actor, on=on, own=mine), actor, on=on, own=mine)


def _urgency(one: Judged, on: date) -> tuple[int, date]:
    """Return what sorts late visits first, then those to be made now, then others by their day."""
    due = one.visit
    if due is None or one.has_contract:
        return 3, date.max
    day = due.booked or due.on
    if one.standing is Standing.LATE:
        return 0, day
    return 1 if one.standing is Standing.DUE or due.booked == on else 2, day


def below_rows(actor: Actor, *, own: Collection[UUID] | None) -> "QuerySet[OverviewRow]":
    """Return the rows of those under the law's hours, by name; of all, or of one's own people."""
    rows = rows_for(actor).filter(is_active=True, verdict="below")
    if own is not None:
        rows = rows.filter(participant__in=list(own))
    found: QuerySet[OverviewRow] = rows.order_by("name")
    return found


def _visits_of(people: Iterable[Judged], actor: Actor, on: date) -> Iterable[VisitLine]:
    """Yield the visits that are somebody's to make now: the teacher's are about Norwegian."""
    is_teacher = actor.roles == {Role.TEACHER}
    for one in people:
        due, standing = one.visit, one.standing
        if is_teacher:
            due = one.language
            standing = due.standing(on=on) if due else None
        if due is None:
            continue
        if standing is Standing.LATE or standing is Standing.DUE or due.booked == on:
            yield VisitLine(one, due)


def waiting_for(
    actor: Actor, people: Collection[Judged], *, on: date, own: Collection[UUID] | None
) -> list[Waiting]:
    """Return for whom and what somebody waits, those with the earliest day first. Three queries."""
    found = [
        *_open_cases(actor, own),
        *_unheard(people),
        *_missing(actor, own),
        *_absent(actor, own, on=on),
    ]
    return sorted(found, key=lambda each: (each.due or date.max, each.since or date.max))


def _count_waiting(
    actor: Actor, people: Iterable[Judged], *, on: date, own: Collection[UUID] | None
) -> int:
    """Return how long ``waiting_for`` is. Three queries."""
    unheard = sum(len(one.unheard[1]) for one in people if one.unheard is not None)
    absent = sum(rows.count() for rows in _told_absent(actor, own, on=on))
    return (
        unheard
        + absent
        + _cases_on_their_way(actor, own).count()
        + _still_missing(actor, own).count()
    )


def _cases_on_their_way(actor: Actor, own: Collection[UUID] | None) -> "QuerySet[Any]":
    """Return the cases on their way to an agreement, and those with a version to be signed."""
    cases = PlacementCase.objects.filter(Q(row=None) | Exists(_unsigned()))
    return _seen(cases.filter(withdrawn_at=None, ending=None), actor, own)


def _open_cases(actor: Actor, own: Collection[UUID] | None) -> Iterable[Waiting]:
    made_on = _unsigned().values("made_on")[:1]
    days = {"last_step": Max("steps__on"), "made_on": Subquery(made_on)}
    columns = map(as_text, ("pk", "owning", "proposed_on", "last_step", "made_on"))
    cases = _cases_on_their_way(actor, own).annotate(**days)
    for pk, owner, proposed_on, last_step, version_made in cases.values_list(*columns):
        # A case of a row is proposed on the row's first day, which may be still to come.
        since = version_made or max(filter(None, (proposed_on, last_step)))
        yield Waiting(Wait.STEP, owner, pk, day_of(since))


def _told_absent(
    actor: Actor, own: Collection[UUID] | None, *, on: date
) -> "Iterable[QuerySet[Any]]":
    """Yield the rows of days told as absent, of all or of one's own people."""
    for rows in rows_told_absent(actor, on):
        yield rows if own is None else rows.filter(owning__in=list(own))


def _absent(actor: Actor, own: Collection[UUID] | None, *, on: date) -> Iterable[Waiting]:
    for rows in _told_absent(actor, own, on=on):
        for owner, case, day in rows.order_by("on", "pk").values_list("owning", "case", "on"):
            yield Waiting(Wait.ABSENT, str(owner), str(case), day, about=day.isoformat())


def _unsigned() -> "QuerySet[AgreementVersion]":
    """Return the versions of a case that are to be signed, for a subquery."""
    found: QuerySet[AgreementVersion] = AgreementVersion.objects.filter(
        case=OuterRef("pk"), in_force_at=None, discarded_at=None
    )
    return found


def _unheard(people: Iterable[Judged]) -> Iterable[Waiting]:
    for one in people:
        if one.unheard is None:
            continue
        visit, speakers = one.unheard
        for speaker in speakers:
            yield Waiting(Wait.VOICE, one.participant, visit, one.last_visit, about=speaker.value)


def _still_missing(actor: Actor, own: Collection[UUID] | None) -> "QuerySet[Any]":
    """Return what is missing of somebody to be hired; nothing to whoever may not read it."""
    rows = MissingForHire.objects.filter(closed_on=None)
    return _seen(rows, actor, own) if may_read(actor, "follow_up.missing") else rows.none()


def _missing(
    actor: Actor, own: Collection[UUID] | None, *, due: date | None = None
) -> Iterable[Waiting]:
    rows = _still_missing(actor, own)
    columns = map(as_text, ("pk", "owning", "opened_on", "due"))
    for pk, owner, since, until, kind in (rows.filter(due=due) if due else rows).values_list(
        *columns, "kind"
    ):
        yield Waiting(Wait.MISSING, owner, pk, day_of(since), day_of(until), kind)


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
    if not some:
        return []
    keys = {what: [each.key for each in some if each.what is what] for what in Wait}
    of_cases = {*keys[Wait.STEP], *keys[Wait.ABSENT]}
    cases = PlacementCase.objects.filter(pk__in=of_cases).select_related("employer", "place")
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

    def line(each: Waiting) -> WaitLine | None:
        key, participant = UUID(each.key), UUID(each.participant)
        if key not in units and key not in missing:
            return None
        about = each, participant, key
        person = names.get(participant, "")
        if each.what is Wait.VOICE:
            who = Helper.PARTICIPANT if each.about == Speaker.PARTICIPANT else Helper.EMPLOYER
            return WaitLine(*about, each.what, who, each.about, person, units[key])
        if each.what is Wait.ABSENT:
            who = Helper.PRACTICE_SUPERVISOR
            return WaitLine(*about, each.what, who, each.about, person, units[key])
        if each.what is Wait.MISSING:
            row = missing[key]
            unit = row.case.employer.name if row.case else ""
            who, lack = Helper(row.owner), row.kind
            return WaitLine(*about, each.what, who, lack, person, unit, row.owner_name, row.text)
        who, state, what = _whose_turn(told[key], told[key].state(on=on))
        return WaitLine(*about, what, who, state, person, units[key])

    return [found for each in some if (found := line(each)) is not None]


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
    begin = [one for one in work.pressing if one.stay.first_day == on]
    end = [one for one in work.pressing if one.stay.last_day == on]
    due = work.missing_on(on)
    some = with_names([*(each.one for each in visits), *begin, *end])
    named = {one.placement: one for one in some}

    def line(what: Happening, short: Judged, kind: VisitKind | None = None) -> TodayLine:
        one = named.get(UUID(short.placement)) or short.in_full()
        return TodayLine(what, one.participant, one.name, one.unit, kind)

    return [
        *(line(Happening.VISIT, each.one, each.due.kind) for each in visits),
        *(line(Happening.BEGINS, one) for one in begin),
        *(line(Happening.ENDS, one) for one in end),
        *(
            TodayLine(
                Happening.MISSING_DUE,
                each.participant,
                each.person,
                each.unit,
                None,
                each.about,
            )
            for each in told_in_full(due, on=on)
        ),
    ]
