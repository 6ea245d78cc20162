"""Putting weeks in force: one made by hand, some of a proposal; and taking them out again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.services import refresh_rows
from innpass.casework.participants import queries as persons
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import PlannedHours
from innpass.casework.programme.services import reassess
from innpass.casework.timetable.ending import Ends, ends_of
from innpass.casework.timetable.judging import judge, meter, name_of, shared_clashes, week_by_hand
from innpass.casework.timetable.later import later_clashes
from innpass.casework.timetable.models import Block, ProposedWeek, Room, Timetable
from innpass.casework.timetable.problems import Assembled, assemble
from innpass.casework.timetable.queries import (
    PlannedBlock,
    Stretch,
    blocks_of,
    stretches,
    timetables_of,
    weeks_in_force,
)
from innpass.casework.timetable.seeing import as_seen_by
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.sentences import render
from innpass.domain.planning.solution import Block as Slot
from innpass.domain.planning.solution import Part, WeekPlan
from innpass.domain.sheets.fields import Activity
from innpass.exchange.clock import today

_MINUTES = 60
LONGEST_REASON = 300


class Clashing(Exception):
    """A week cannot be lived like that. ``sentences`` name what clashes."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


class NoWeek(Exception):
    """The person has no week to plan. ``why`` is the code of ``needs.why_no_week``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoReason(Exception):
    """Weeks that have begun are changed, and nobody says why."""


class Outdated(Exception):
    """Another timetable holds that week than the one that was on the screen."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A week as somebody put it together by hand.

    Attributes:
        groups: whose sessions are in it, all of them.
        stays: at the person's workplace, as day, start and end.
    """

    groups: frozenset[UUID]
    stays: tuple[tuple[Weekday, int, int], ...]


@transaction.atomic
def keep_week(
    *,
    participant: Participant,
    week: IsoWeek,
    hand: Hand,
    only_this_week: bool,
    reason: str,
    expected: UUID | None,
    by: Actor,
) -> Timetable:
    """Put a week that somebody made by hand in force, from its Monday on or for that week alone.

    Args:
        expected: the timetable that was on the screen; ``None`` where there was none.

    Raises:
        MayNot: timetables are not theirs to write.
        NoWeek: the person has no week to plan.
        Clashing: the week cannot be lived like that. One that is merely short is kept.
        Outdated: somebody else put another week in force meanwhile.
    """
    check_may_write(by, "timetable.week")
    municipality = Municipality.objects.select_for_update().get(pk=participant.municipality_id)
    assembled = assemble([participant.pk], week=week, chosen={participant.pk: hand.groups})
    _check_can(assembled, participant.pk, expected)
    plan = week_by_hand(assembled, participant.pk, groups=hand.groups, stays=hand.stays)
    seen = as_seen_by(assembled, by)
    broken = judge(seen, participant.pk, plan, is_alone=True).broken
    if broken:
        raise Clashing(broken)
    _check_shared(seen, {participant.pk: plan}, only_this_week=only_this_week)
    made = _store(
        {participant.pk: plan},
        assembled,
        last_sunday=week.sunday if only_this_week else None,
        reason=reason[:LONGEST_REASON],
        is_proposed=False,
        by=by,
    )
    follow(made.keys(), municipality)
    return made[participant.pk]


@transaction.atomic
def take(
    weeks: Collection[ProposedWeek], *, only_this_week: bool = False, by: Actor
) -> dict[UUID, Timetable]:
    """Put proposed weeks in force, all of them or none.

    Args:
        weeks: of one proposal.

    Returns:
        the timetables by person.

    Raises:
        MayNot: timetables are not theirs to write.
        Clashing: they cannot be lived any more: places were taken or demands changed meanwhile.
        Outdated: another timetable holds than the one the proposal was compared with.
    """
    check_may_write(by, "timetable.week")
    if not weeks:
        return {}
    municipality = Municipality.objects.select_for_update().get(pk=by.municipality_id)
    proposal = next(iter(weeks)).proposal
    wanted = {each.participant_id: each for each in weeks if each.blocks}
    plans = {pk: slots_of(each) for pk, each in wanted.items()}
    week = IsoWeek.of(proposal.first_monday)
    assembled = assemble(wanted, week=week, planned=plans.values())
    seen = as_seen_by(assembled, by)
    broken: list[str] = []
    for pk, each in wanted.items():
        _check_can(assembled, pk, each.before_id)
        broken += judge(seen, pk, plans[pk], is_alone=True).broken
    if broken:
        raise Clashing(dict.fromkeys(broken))
    _check_shared(seen, plans, only_this_week=only_this_week)
    made = _store(
        plans,
        assembled,
        last_sunday=assembled.week.sunday if only_this_week else None,
        reason="",
        is_proposed=True,
        by=by,
    )
    for pk, each in wanted.items():
        ProposedWeek.objects.filter(pk=each.pk).update(taken=made[pk])
    follow(made.keys(), municipality)
    return made


@transaction.atomic
def withdraw(timetable: Timetable, *, from_week: IsoWeek, reason: str, by: Actor) -> None:
    """Take a timetable out of force from a week on; what held before it holds again.

    Args:
        from_week: the first in which it holds no more; one before its first takes it out whole.
        reason: why; may be empty where it takes out nothing of today's week or before.

    Raises:
        MayNot: timetables are not theirs to write.
        NoReason: it changes weeks that have begun, and nobody says why.
        Outdated: it holds no longer then.
        Clashing: what held before cannot be lived any more: places were taken meanwhile.
    """
    check_may_write(by, "timetable.week")
    municipality = Municipality.objects.select_for_update().get(pk=timetable.municipality_id)
    row = Timetable.objects.get(pk=timetable.pk)
    monday = max(from_week.monday, row.first_monday)
    ends = [day for day in (row.last_sunday, row.withdrawn_from) if day]
    if ends and monday >= min(ends):
        raise Outdated
    if monday <= today() and not reason.strip():
        raise NoReason
    owner = owner_of(row)
    Timetable.objects.filter(pk=row.pk).update(
        withdrawn_at=timezone.now(),
        withdrawn_by_id=by.user_id,
        withdrawn_from=monday,
        withdrawn_because=reason.strip()[:LONGEST_REASON],
    )
    week = IsoWeek.of(monday)
    back = weeks_in_force([owner], week=week).get(owner)
    if back is not None:
        assembled = assemble([owner], week=week, chosen={owner: _groups(back.plan)})
        if owner not in assembled.left_out:
            _check_shared(replace(assembled, now={}), {owner: back.plan})
    _note("withdraw_timetable", row, by, until=monday)
    follow([owner], municipality)


def rewrite_planned_hours(participants: Collection[UUID], *, municipality: Municipality) -> None:
    """Bring the hours that the law counts in step with the timetables in force.

    Call it in the transaction that changes these, what stands in them, or who somebody is.
    """
    if not participants:
        return
    of_person = timetables_of(participants)
    PlannedHours.objects.filter(participant__in=participants).delete()
    if not of_person:
        return
    blocks = blocks_of({pk for several in of_person.values() for pk, _, _ in several})
    ends = ends_of(
        {
            owner: [block for pk, _, _ in several for block in blocks.get(pk, ())]
            for owner, several in of_person.items()
        }
    )
    PlannedHours.objects.bulk_create(
        (
            PlannedHours(
                municipality=municipality,
                participant_id=owner,
                kind=kind,
                first_day=first,
                last_day=last,
                hours_per_week=minutes / _MINUTES,
            )
            for owner, several in of_person.items()
            for each in stretches(several)
            for first, last, sums in _pieces(owner, each, blocks.get(each.timetable, ()), ends)
            for kind, minutes in (sums or {"": 0}).items()
        ),
        batch_size=500,
    )


def _pieces(
    owner: UUID, stretch: Stretch, blocks: Sequence[PlannedBlock], ends: Ends
) -> Iterator[tuple[date, date | None, dict[str, int]]]:
    """Cut a stretch where something in its week is over; give the minutes by activity of each."""
    over = {pk: ends.last_day(owner, each) for pk, each in enumerate(blocks)}
    cuts = {day for day in over.values() if day and _lies_in(stretch, day)}
    first: date | None = stretch.first_monday
    for last in (*sorted(cuts), stretch.last_sunday):
        if first is None or (last is not None and last < first):
            continue
        sums: dict[str, int] = {}
        for pk, each in enumerate(blocks):
            ends_on = over[pk]
            if each.activity is not None and (ends_on is None or ends_on >= first):
                sums[each.activity] = sums.get(each.activity, 0) + each.counted_minutes
        yield first, last, sums
        first = None if last is None else last + timedelta(days=1)


def _lies_in(stretch: Stretch, day: date) -> bool:
    """Say whether a stretch goes on after a day, and has begun on it."""
    return (
        day >= stretch.first_monday
        and day != date.max
        and (stretch.last_sunday is None or day < stretch.last_sunday)
    )


def slots_of(week: ProposedWeek) -> WeekPlan:
    """Return a proposed week as the planner has it; empty where none was possible."""
    return tuple(
        Slot(Weekday(day), start, end, Part(part), what, where)
        for day, start, end, part, what, where in week.blocks or ()
    )


def owner_of(timetable: Timetable) -> UUID:
    """Return whom a timetable is about: the one its person turned out to be."""
    return persons.owner_of(timetable.participant).pk


def _groups(plan: WeekPlan) -> set[UUID]:
    return {UUID(block.what) for block in plan if block.part is Part.COURSE}


def _check_shared(
    assembled: Assembled, plans: Mapping[UUID, WeekPlan], *, only_this_week: bool = False
) -> None:
    """Raise ``Clashing`` where there are not seats enough in the week, or in one to come."""
    broken = shared_clashes(assembled, {str(pk): plan for pk, plan in plans.items()})
    if not broken and not only_this_week:
        broken = [
            f"{render(why)} Det gjelder fra uke {week.number} i {week.year}."
            for week, why in later_clashes(assembled, plans)
        ]
    if broken:
        raise Clashing(dict.fromkeys(broken))


def _check_can(assembled: Assembled, pk: UUID, expected: UUID | None) -> None:
    if pk in assembled.left_out:
        raise NoWeek(assembled.left_out[pk])
    now = assembled.now.get(pk)
    if (now.timetable if now else None) != expected:
        raise Outdated


def _store(
    plans: Mapping[UUID, WeekPlan],
    assembled: Assembled,
    *,
    last_sunday: date | None,
    reason: str,
    is_proposed: bool,
    by: Actor,
) -> dict[UUID, Timetable]:
    made = {
        pk: Timetable(
            municipality_id=by.municipality_id,
            participant_id=pk,
            first_monday=assembled.week.monday,
            last_sunday=last_sunday,
            reason=reason,
            is_proposed=is_proposed,
            made_by_id=by.user_id,
        )
        for pk in plans
    }
    Timetable.objects.bulk_create(made.values(), batch_size=500)
    rooms = dict(Room.objects.values_list("pk", "name"))
    Block.objects.bulk_create(
        (
            block
            for pk, plan in plans.items()
            for block in _blocks(made[pk], plan, assembled, rooms)
        ),
        batch_size=500,
    )
    for each in made.values():
        _note("keep_timetable", each, by)
    return made


def _blocks(
    timetable: Timetable, plan: WeekPlan, assembled: Assembled, rooms: Mapping[UUID, str]
) -> Iterable[Block]:
    pk = timetable.participant_id
    sessions = {
        (group.key, each.day, each.start): each
        for group in assembled.problem.groups
        for each in group.sessions
    }
    for each in meter(assembled, pk, plan).counted:
        slot = each.block
        is_course, is_stay = slot.part is Part.COURSE, slot.part is Part.PRACTICE
        session = sessions.get((slot.what, slot.day, slot.start)) if is_course else None
        activity = Activity.PRACTICE if is_stay else assembled.activity.get(slot.what)
        yield Block(
            municipality_id=timetable.municipality_id,
            timetable=timetable,
            day=slot.day,
            start=slot.start,
            end=slot.end,
            part=slot.part,
            activity=activity or "",
            name=name_of(assembled, pk, slot),
            where=slot.where,
            room=rooms.get(UUID(session.room), "") if session and session.room else "",
            lessons=session.lessons if session else None,
            counted_minutes=each.minutes,
            group_id=UUID(slot.what) if is_course else None,
            employer_id=UUID(slot.what) if is_stay else None,
            appointment_id=None if is_course or is_stay else UUID(slot.what),
        )


def follow(people: Iterable[UUID], municipality: Municipality) -> None:
    """Let the law and the grid know that some people's weeks are others, or what stands in them."""
    changed, day = list(people), today()
    rewrite_planned_hours(changed, municipality=municipality)
    reassess(participants=changed, municipality=municipality, on=day)
    refresh_rows(participants=changed, municipality=municipality, on=day)


def _note(action: str, timetable: Timetable, by: Actor, *, until: date | None = None) -> None:
    audit.record(
        municipality_id=timetable.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=timetable.participant_id,
        changes={"first_monday": [None, timetable.first_monday.isoformat()]}
        | ({"withdrawn_from": [None, until.isoformat()]} if until else {}),
    )
