"""Putting weeks in force: one made by hand, some of a proposal; and taking them out again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.services import refresh_rows
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import PlannedHours
from innpass.casework.programme.services import reassess
from innpass.casework.timetable.judging import judge, meter, name_of, shared_clashes, week_by_hand
from innpass.casework.timetable.models import Block, ProposedWeek, Room, Timetable
from innpass.casework.timetable.problems import Assembled, assemble
from innpass.casework.timetable.queries import stretches, timetables_of
from innpass.casework.timetable.seeing import as_seen_by
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
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
    broken = judge(as_seen_by(assembled, by), participant.pk, plan).broken
    if broken:
        raise Clashing(broken)
    made = _store(
        {participant.pk: plan},
        assembled,
        last_sunday=week.sunday if only_this_week else None,
        reason=reason[:LONGEST_REASON],
        is_proposed=False,
        by=by,
    )
    _follow(made.keys(), municipality)
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
    assembled = assemble(wanted, week=IsoWeek.of(proposal.first_monday))
    plans = {pk: slots_of(each) for pk, each in wanted.items()}
    seen = as_seen_by(assembled, by)
    broken: list[str] = []
    for pk, each in wanted.items():
        _check_can(assembled, pk, each.before_id)
        broken += judge(seen, pk, plans[pk], is_alone=True).broken
    broken += shared_clashes(seen, {str(pk): plan for pk, plan in plans.items()})
    if broken:
        raise Clashing(dict.fromkeys(broken))
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
    _follow(made.keys(), municipality)
    return made


@transaction.atomic
def withdraw(timetable: Timetable, *, by: Actor) -> None:
    """Take a timetable out of force; what held before it holds again.

    Raises:
        MayNot: timetables are not theirs to write.
        Outdated: it is withdrawn already.
    """
    check_may_write(by, "timetable.week")
    municipality = Municipality.objects.select_for_update().get(pk=timetable.municipality_id)
    rows = Timetable.objects.filter(pk=timetable.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=timezone.now(), withdrawn_by_id=by.user_id):
        raise Outdated
    _note("withdraw_timetable", timetable, by)
    person = timetable.participant
    while person.absorbed_by is not None:
        person = person.absorbed_by
    _follow([person.pk], municipality)


def rewrite_planned_hours(participants: Collection[UUID], *, municipality: Municipality) -> None:
    """Bring the hours that the law counts in step with the timetables in force.

    Call it in the transaction that changes these, or who somebody is.
    """
    of_person = timetables_of(participants)
    sums: dict[UUID, dict[str, int]] = defaultdict(dict)
    known = [pk for several in of_person.values() for pk, _, _ in several]
    counted = Block.objects.filter(timetable__in=known).exclude(activity="")
    for pk, activity, minutes in counted.values_list("timetable", "activity").annotate(
        minutes=Sum("counted_minutes")
    ):
        sums[pk][activity] = minutes
    PlannedHours.objects.filter(participant__in=participants).delete()
    PlannedHours.objects.bulk_create(
        (
            PlannedHours(
                municipality=municipality,
                participant_id=owner,
                kind=kind,
                first_day=each.first_monday,
                last_day=each.last_sunday,
                hours_per_week=minutes / _MINUTES,
            )
            for owner, several in of_person.items()
            for each in stretches(several)
            for kind, minutes in (sums[each.timetable] or {"": 0}).items()
        ),
        batch_size=500,
    )


def slots_of(week: ProposedWeek) -> WeekPlan:
    """Return a proposed week as the planner has it; empty where none was possible."""
    return tuple(
        Slot(Weekday(day), start, end, Part(part), what, where)
        for day, start, end, part, what, where in week.blocks or ()
    )


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


def _follow(people: Iterable[UUID], municipality: Municipality) -> None:
    """Let the law and the grid know."""
    changed, day = list(people), today()
    rewrite_planned_hours(changed, municipality=municipality)
    reassess(participants=changed, municipality=municipality, on=day)
    refresh_rows(participants=changed, municipality=municipality, on=day)


def _note(action: str, timetable: Timetable, by: Actor) -> None:
    audit.record(
        municipality_id=timetable.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=timetable.participant_id,
        changes={"first_monday": [None, timetable.first_monday.isoformat()]},
    )
