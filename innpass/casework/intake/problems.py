"""A term as the domain asks for it: people, slots and limits."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from innpass.casework.intake.models import IntakeGroup, IntakeSession, IntakeTerm
from innpass.casework.intake.queries import Member, groups_of, members, others_at
from innpass.casework.intake.refusing import Refused
from innpass.domain.access.roles import Actor
from innpass.domain.intake.checks import Severity, check
from innpass.domain.intake.problem import ChildCare, Limits, Person, Problem, Slot
from innpass.domain.intake.reasons import Reason
from innpass.domain.intake.rules import rules_on


def limits_of(term: IntakeTerm) -> Limits:
    """Give how large the term's groups are, and the rules of its first day."""
    rules = rules_on(term.first_day)
    return Limits(term.smallest_group, term.largest_group, rules.noon, rules.most_interpreters)


def problem_of(term: IntakeTerm, found: Sequence[Member], groups: Iterable[IntakeGroup]) -> Problem:
    """Give a term as it stands, each group a slot under its own key, to be checked."""
    others = others_at(term)
    slots = tuple(
        slot(
            str(group.pk),
            group.name,
            group.session,
            others=others[group.session_id] if group.session_id else 0,
        )
        for group in groups
    )
    return Problem(
        tuple(person(one, pinned=_pin(one)) for one in in_groups(found)), slots, limits_of(term)
    )


def grouping_of(found: Sequence[Member]) -> dict[str, str | None]:
    """Give the group of everybody who is to have one."""
    return {
        str(one.intake.pk): str(one.intake.group_id) if one.intake.group_id else None
        for one in in_groups(found)
    }


def in_groups(found: Sequence[Member]) -> list[Member]:
    """Leave out who has a session alone, as those with a protected address must have."""
    return [one for one in found if not (one.person.is_protected or one.has_own)]


Broken = dict[tuple[str | None, str, tuple[str, ...]], Reason]


def broken_in(term: IntakeTerm, *, actor: Actor) -> Broken:
    """Give what cannot be held as a term stands, by group, kind and people."""
    found = members(term, actor=actor)
    clashes = check(problem_of(term, found, groups_of(term)), grouping_of(found))
    return {
        (clash.slot, clash.reason.code, clash.people): clash.reason
        for clash in clashes
        if clash.severity is Severity.BROKEN
    }


def check_nothing_new_is_broken(term: IntakeTerm, before: Broken, *, actor: Actor) -> None:
    """Let what has been agreed be changed only into what can be held.

    Raises:
        Refused: something cannot be held that could before.
    """
    after = broken_in(term, actor=actor)
    new = [why for key, why in after.items() if key not in before]
    if new:
        raise Refused(*new)


def is_invited(term: IntakeTerm, one: Member) -> bool:
    """Say whether somebody was invited with an agreed group, and so is only moved by hand."""
    group = one.intake.group
    return term.agreed_at is not None and group is not None and group.session_id is not None


def person(one: Member, *, pinned: str | None, is_kept: bool = False) -> Person:
    """Give somebody as the domain knows people; the key is the intake's."""
    return Person(
        key=str(one.intake.pk),
        name=one.person.name,
        language=one.intake.language,
        needs_interpreter=bool(one.intake.needs_interpreter),
        child_care=ChildCare(one.intake.child_care),
        level=one.level,
        pinned=pinned,
        is_kept=is_kept,
    )


def slot(key: str, name: str, session: IntakeSession | None, *, others: int = 0) -> Slot:
    """Give a group with its session, or without one; ``others`` are invited to it beside."""
    if session is None:
        return Slot(key, name)
    return Slot(
        key=key,
        name=name,
        start=moment(session.day, session.start),
        minutes=session.minutes,
        place=session.place,
        capacity=session.capacity,
        leader=str(session.leader_id or ""),
        leader_name=str(session.leader or ""),
        supervisor=str(session.supervisor_id or ""),
        supervisor_name=str(session.supervisor or ""),
        others=others,
    )


def moment(day: date, minute: int) -> datetime:
    """Give a minute of a day."""
    return datetime.combine(day, time.min) + timedelta(minutes=minute)


def _pin(one: Member) -> str | None:
    return str(one.intake.group_id) if one.intake.is_pinned and one.intake.group_id else None
