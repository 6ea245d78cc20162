"""Groups of a term: proposed by the solver, adjusted by hand, then agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.intake.inviting import invite_groups, keep_apart
from innpass.casework.intake.models import Intake, IntakeGroup, IntakeSession, IntakeTerm
from innpass.casework.intake.problems import (
    broken_in,
    check_nothing_new_is_broken,
    grouping_of,
    in_groups,
    is_invited,
    limits_of,
    person,
    problem_of,
    slot,
)
from innpass.casework.intake.queries import (
    Member,
    groups_of,
    held_sessions,
    members,
    others_at,
)
from innpass.casework.intake.refusing import Refused, refused
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.checks import Severity, check
from innpass.domain.intake.problem import Problem, Slot, without_sessions
from innpass.domain.intake.reasons import reason
from innpass.domain.intake.solve import Proposal, propose

SECONDS = 15.0  # in all; the best split so far is then the answer


def propose_groups(term: IntakeTerm, *, by: Actor, on: date) -> Proposal:
    """Split a term's people over its sessions that are to come; without any, into groups alone.

    Who was set in a group by hand stays there, and so does everybody who is invited once groups
    are agreed. Left out are those whose session has been held, who
    came, who have a session alone or a protected address, and those whom the actor may not see.
    Nobody waits for the search: it goes on outside of any transaction.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: somebody changed the term meanwhile, or an agreed group cannot be held as it is.
    """
    check_may_write(by, "intake.term")
    with transaction.atomic():
        keep_apart(term=term)
        asked = _ask(term, by=by, on=on)
    proposal = propose(asked.problem, seconds=SECONDS)
    with transaction.atomic():
        held = IntakeTerm.objects.select_for_update().get(pk=term.pk)
        now = _ask(held, by=by, on=on)
        if now.problem != asked.problem:
            raise refused("term_changed")
        _check_the_invited_stay(now, proposal)
        _write(held, now.found, now.groups, now.problem.slots, proposal)
        if held.agreed_at is not None:
            invite_groups(held)
        _note(held, by, "propose_intake_groups", {"people": [None, len(now.found)]})
    return proposal


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom to split over what."""

    problem: Problem
    found: list[Member]
    groups: list[IntakeGroup]


def _ask(term: IntakeTerm, *, by: Actor, on: date) -> _Asked:
    held = held_sessions(term, on=on)
    groups = [group for group in groups_of(term) if group.session_id not in held]
    found = [
        one
        for one in in_groups(members(term, actor=by))
        if not one.has_come
        and (one.intake.group is None or one.intake.group.session_id not in held)
    ]
    slots = _slots(term, found, groups, held)
    key_of = {str(group.pk): _key(group) for group in groups}
    people = tuple(
        person(
            one,
            pinned=(
                key_of.get(str(one.intake.group_id))
                if one.intake.is_pinned or is_invited(term, one)
                else None
            ),
            is_kept=is_invited(term, one),
        )
        for one in found
    )
    return _Asked(Problem(people, slots, limits_of(term)), found, groups)


def _check_the_invited_stay(asked: _Asked, proposal: Proposal) -> None:
    """Let a proposal move nobody who is invited.

    Raises:
        Refused: somebody cannot stay, as what is known now is in the way.
    """
    kept = [one for one in asked.problem.people if one.is_kept]
    lost = [one for one in kept if proposal.grouping[one.key] != one.pinned]
    if lost:
        today = {one.key: one.pinned for one in kept}
        broken = [
            clash.reason
            for clash in check(asked.problem, today)
            if clash.severity is Severity.BROKEN
        ]
        raise Refused(reason("refuse.invited_cannot_stay", people=len(lost)), *broken)


def _key(group: IntakeGroup) -> str:
    """Return what a group is called as a slot: its session, or itself where it has none."""
    return str(group.session_id or group.pk)


def _slots(
    term: IntakeTerm, found: Sequence[Member], groups: Sequence[IntakeGroup], held: set[UUID]
) -> tuple[Slot, ...]:
    sessions = IntakeSession.objects.filter(term=term, is_individual=False).exclude(pk__in=held)
    others = others_at(term, but=[one.intake.pk for one in found])
    rows = list(
        sessions.select_related("leader", "supervisor", "group").order_by("day", "start", "pk")
    )
    limits = limits_of(term)
    names = _free_names(groups_of(term))
    with_session = [_slot_of(row, names, others[row.pk]) for row in rows]
    pinned = {one.intake.group_id for one in found if one.intake.is_pinned}
    without = [g for g in groups if g.session is None and (not rows or g.pk in pinned)]
    slots = [*with_session, *(slot(str(g.pk), g.name, None) for g in without)]
    if rows:
        return tuple(slots)
    needed = len(without_sessions(len(found), limits))
    slots += (Slot(f"new-{n}", next(names)) for n in range(len(without), needed))
    return tuple(slots)


def _slot_of(session: IntakeSession, names: Any, others: int) -> Slot:
    group = getattr(session, "group", None)
    name = group.name if group else next(names)
    return slot(str(session.pk), name, session, others=others)


def _free_names(groups: Sequence[IntakeGroup]) -> Any:
    taken = {group.name for group in groups}
    return (name for n in range(1, 10_000) if (name := f"Gruppe {n}") not in taken)


def _write(
    term: IntakeTerm,
    found: Sequence[Member],
    groups: Sequence[IntakeGroup],
    slots: Sequence[Slot],
    proposal: Proposal,
) -> None:
    by_key = {_key(group): group for group in groups}
    used = {key for key in proposal.grouping.values() if key}
    for one in slots:
        if one.key in used and one.key not in by_key:
            by_key[one.key] = IntakeGroup.objects.create(
                municipality_id=term.municipality_id,
                term=term,
                name=one.name,
                session_id=one.key if one.start else None,
            )
    for member in found:
        key = proposal.grouping[str(member.intake.pk)]
        group = by_key[key] if key else None
        if member.intake.group_id != (group.pk if group else None):
            Intake.objects.filter(pk=member.intake.pk).update(group=group, is_pinned=False)
    IntakeGroup.objects.filter(term=term, intakes=None).delete()


@transaction.atomic
def set_group(member: Member, group: IntakeGroup | None, *, by: Actor) -> None:
    """Put somebody into a group by hand, where a new proposal leaves him or her.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: the group is another term's or gone, the person has a session alone or a protected
            address, or the groups are agreed and this one cannot be held like that.
    """
    check_may_write(by, "intake.term")
    term = IntakeTerm.objects.select_for_update().get(pk=member.intake.term_id)
    intake = Intake.objects.filter(pk=member.intake.pk, left_on=None).first()
    if intake is None:
        raise refused("group_gone")
    group = None if group is None else _group_now(group)
    if group is not None and member.has_own:
        raise refused("own_session", person=member.person.name)
    if group is not None and member.person.is_protected:
        raise refused("protected", person=member.person.name)
    if group is not None and group.term_id != intake.term_id:
        raise refused("group_of_other_term")
    before = intake.group.name if intake.group else None
    broken = broken_in(term, actor=by) if term.agreed_at is not None else {}
    intake.group, intake.is_pinned = group, group is not None
    intake.save(update_fields=["group", "is_pinned"])
    if term.agreed_at is not None:
        check_nothing_new_is_broken(term, broken, actor=by)
        invite_groups(term)
    audit.record(
        municipality_id=intake.municipality_id,
        actor_id=by.user_id,
        action="set_intake_group",
        subject_kind="participant",
        subject_id=intake.participant_id,
        changes={"group": [before, group.name if group else None]},
    )


def _group_now(group: IntakeGroup) -> IntakeGroup:
    """Look a group up again, the term being held.

    Raises:
        Refused: it is gone.
    """
    found: IntakeGroup | None = IntakeGroup.objects.filter(pk=group.pk).first()
    if found is None:
        raise refused("group_gone")
    return found


@transaction.atomic
def make_group(term: IntakeTerm, *, by: Actor) -> IntakeGroup:
    """Make an empty group.

    Raises:
        MayNot: terms are not theirs to write.
    """
    check_may_write(by, "intake.term")
    IntakeTerm.objects.select_for_update().get(pk=term.pk)
    made: IntakeGroup = IntakeGroup.objects.create(
        municipality_id=term.municipality_id, term=term, name=next(_free_names(groups_of(term)))
    )
    return made


@transaction.atomic
def give_session(group: IntakeGroup, session: IntakeSession | None, *, by: Actor) -> None:
    """Give a group one of the term's sessions, or none.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: another group has the session, the group is gone, or the groups are agreed and
            this one cannot be held then.
    """
    check_may_write(by, "intake.term")
    term = IntakeTerm.objects.select_for_update().get(pk=group.term_id)
    group = _group_now(group)
    if session is not None and session.term_id != group.term_id:
        raise refused("group_of_other_term")
    other = IntakeGroup.objects.filter(session=session).exclude(pk=group.pk).first()
    if session is not None and other is not None:
        raise refused("session_has_group", group=other.name)
    broken = broken_in(term, actor=by) if term.agreed_at is not None else {}
    group.session = session
    group.save(update_fields=["session"])
    if term.agreed_at is not None:
        check_nothing_new_is_broken(term, broken, actor=by)
        invite_groups(term)
    _note(term, by, "give_session", {"group": [None, group.name]})


@transaction.atomic
def agree(term: IntakeTerm, *, by: Actor) -> None:
    """Agree the groups and invite everybody in them; later moves change the invitations, too.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: there are no groups, one has no session, or a session cannot be held like that.
    """
    check_may_write(by, "intake.term")
    IntakeTerm.objects.select_for_update().get(pk=term.pk)
    keep_apart(term=term)
    found, groups = members(term, actor=by), groups_of(term)
    if not groups:
        raise refused("no_groups")
    clashes = check(problem_of(term, found, groups), grouping_of(found))
    in_the_way = [
        clash.reason
        for clash in clashes
        if clash.severity is Severity.BROKEN or clash.reason.code == "short.no_session"
    ]
    if in_the_way:
        raise Refused(*in_the_way)
    term.agreed_at, term.agreed_by_id = timezone.now(), by.user_id
    term.save(update_fields=["agreed_at", "agreed_by"])
    invite_groups(term)
    _note(term, by, "agree_intake_groups", {})


def _note(term: IntakeTerm, by: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        municipality_id=term.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="intake_term",
        subject_id=term.pk,
        changes=changes,
    )
