"""A term as the domain asks for it: people, slots and limits."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from innpass.casework.intake.models import IntakeGroup, IntakeSession, IntakeTerm
from innpass.casework.intake.queries import Member
from innpass.domain.intake.problem import ChildCare, Limits, Person, Problem, Slot
from innpass.domain.intake.rules import rules_on


def limits_of(term: IntakeTerm) -> Limits:
    """Give how large the term's groups are, and the rules of its first day."""
    rules = rules_on(term.first_day)
    return Limits(term.smallest_group, term.largest_group, rules.noon, rules.most_interpreters)


def problem_of(term: IntakeTerm, found: Sequence[Member], groups: Iterable[IntakeGroup]) -> Problem:
    """Give a term as it stands, each group a slot under its own key, to be checked."""
    slots = tuple(slot(str(group.pk), group.name, group.session) for group in groups)
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
    """Leave out those with a protected address: they have a session of their own."""
    return [one for one in found if not one.person.is_protected]


def person(one: Member, *, pinned: str | None) -> Person:
    """Give somebody as the domain knows people; the key is the intake's."""
    return Person(
        key=str(one.intake.pk),
        name=one.person.name,
        language=one.intake.language,
        needs_interpreter=bool(one.intake.needs_interpreter),
        child_care=ChildCare(one.intake.child_care),
        level=one.level,
        pinned=pinned,
    )


def slot(key: str, name: str, session: IntakeSession | None) -> Slot:
    """Give a group with its session, or without one."""
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
    )


def moment(day: date, minute: int) -> datetime:
    """Give a minute of a day."""
    return datetime.combine(day, time.min) + timedelta(minutes=minute)


def _pin(one: Member) -> str | None:
    return str(one.intake.group_id) if one.intake.is_pinned and one.intake.group_id else None
