"""Judge groups without the solver, also those made by hand: one function for each requirement."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from innpass.domain.intake.problem import (
    ChildCare,
    Grouping,
    Person,
    Problem,
    Slot,
    interpreted,
    languages_of,
    suits_child_care,
)
from innpass.domain.intake.reasons import Clock, Reason, ReasonValue, reason
from innpass.domain.intake.sentences import clock_text, named


class Severity(StrEnum):
    """Whether a session cannot be held like that, or something is only less than wished."""

    BROKEN = "broken"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Clash:
    """A requirement that is not met, of a slot (``None``: of none) and of people."""

    slot: str | None
    severity: Severity
    reason: Reason
    people: tuple[str, ...] = ()


Members = dict[str, list[Person]]
Check = Callable[[Problem, Members], Iterator[Clash]]


def check(problem: Problem, grouping: Grouping) -> tuple[Clash, ...]:
    """Judge a split. A proposal of the solver is never broken; what is short has its cost."""
    members = problem.members(grouping)
    found = [clash for requirement in REQUIREMENTS for clash in requirement(problem, members)]
    return (*found, *_everyone_has_a_group(problem, grouping))


def groups_are_not_too_large(problem: Problem, members: Members) -> Iterator[Clash]:
    """A group has no more people than the term's largest."""
    for slot, people in _slots(problem, members):
        if len(people) + slot.others > problem.limits.largest:
            yield _broken(
                slot,
                "clash.group_over_largest",
                group=slot.name,
                people=len(people) + slot.others,
                largest=problem.limits.largest,
            )


def rooms_have_place(problem: Problem, members: Members) -> Iterator[Clash]:
    """There is a place for everybody in the room."""
    for slot, people in _slots(problem, members):
        if slot.capacity is not None and len(people) + slot.others > slot.capacity:
            yield _broken(
                slot,
                "clash.room_full",
                group=slot.name,
                people=len(people) + slot.others,
                capacity=slot.capacity,
                place=slot.place or "rommet",
            )


def children_are_looked_after(problem: Problem, members: Members) -> Iterator[Clash]:
    """Nobody has a session while the own children are not looked after."""
    noon = problem.limits.noon
    for slot, people in _slots(problem, members):
        for person in people:
            if not suits_child_care(slot, person, noon):
                is_morning = person.child_care is ChildCare.MORNING
                yield _broken(
                    slot,
                    "clash.child_care",
                    person,
                    person=person.name,
                    when=f"{'før' if is_morning else 'etter'} kl. {clock_text(noon)}",
                    group=slot.name,
                    start=Clock(slot.first_minute),
                    end=Clock(slot.last_minute),
                )


def interpreters_are_few(problem: Problem, members: Members) -> Iterator[Clash]:
    """A session is interpreted into no more languages than the limit."""
    for slot, people in _slots(problem, members):
        languages = interpreted(people)
        if len(languages) > problem.limits.most_interpreters:
            yield _broken(
                slot,
                "clash.interpreters",
                group=slot.name,
                languages=named(languages, most=6),
                most=problem.limits.most_interpreters,
            )


def interpreters_are_in_one_place(problem: Problem, members: Members) -> Iterator[Clash]:
    """Sessions at the same time do not need interpreters of the same language."""
    for one, other in problem.simultaneous:
        both = set(interpreted(members.get(one.key, []))) & set(
            interpreted(members.get(other.key, []))
        )
        for language in sorted(both):
            yield _broken(
                one,
                "clash.interpreter_twice",
                one=one.name,
                other=other.name,
                language=language,
            )


def staff_are_in_one_place(problem: Problem, members: Members) -> Iterator[Clash]:
    """Nobody leads, or is there, in two sessions at once, and no room holds two."""
    for one, other in problem.simultaneous:
        if one.key not in members or other.key not in members:
            continue
        for key, name in _staff(one).items():
            if key in _staff(other):
                code = "leader" if one.leader == other.leader == key else "supervisor"
                yield _broken(one, f"clash.{code}_twice", name=name, one=one.name, other=other.name)
        if one.place and one.place.casefold() == other.place.casefold():
            yield _broken(one, "clash.same_room", place=one.place, one=one.name, other=other.name)


def groups_are_not_too_small(problem: Problem, members: Members) -> Iterator[Clash]:
    """A group has at least the people that the term wishes."""
    for slot, people in _slots(problem, members):
        if len(people) < problem.limits.smallest:
            yield _short(
                slot,
                "short.group_under_smallest",
                group=slot.name,
                people=len(people),
                smallest=problem.limits.smallest,
            )


def nobody_is_alone_with_a_language(problem: Problem, members: Members) -> Iterator[Clash]:
    """Whoever speaks a language that others in the term speak, is with one of them."""
    for slot, people in _slots(problem, members):
        spoken = Counter(languages_of(people))
        for person in people:
            if spoken[person.language] == 1 and person.language in problem.shared_languages:
                yield _short(
                    slot,
                    "short.lone_speaker",
                    person,
                    person=person.name,
                    group=slot.name,
                    language=person.language,
                )


def sessions_are_staffed(problem: Problem, members: Members) -> Iterator[Clash]:
    """A group has a day, somebody who leads, and a practice supervisor."""
    for slot, _people in _slots(problem, members):
        if slot.start is None:
            yield _short(slot, "short.no_session", group=slot.name)
            continue
        if not slot.leader:
            yield _short(slot, "short.no_leader", group=slot.name)
        if not slot.supervisor:
            yield _short(slot, "short.no_supervisor", group=slot.name)


def interpreters_have_a_language(problem: Problem, members: Members) -> Iterator[Clash]:
    """Of everybody who needs an interpreter it is known in which language."""
    for slot, people in _slots(problem, members):
        for person in people:
            if person.needs_interpreter and not person.language:
                yield _short(slot, "short.unknown_language", person, person=person.name)


def _everyone_has_a_group(problem: Problem, grouping: Grouping) -> Iterator[Clash]:
    for person in problem.people:
        slot = grouping.get(person.key)
        if slot is None:
            why = reason("short.without_group", person=person.name)
            yield Clash(None, Severity.SHORT, why, (person.key,))
        elif slot not in problem.slot:
            why = reason("clash.unknown_slot", person=person.name)
            yield Clash(None, Severity.BROKEN, why, (person.key,))


REQUIREMENTS: tuple[Check, ...] = (
    groups_are_not_too_large,
    rooms_have_place,
    children_are_looked_after,
    interpreters_are_few,
    interpreters_are_in_one_place,
    staff_are_in_one_place,
    groups_are_not_too_small,
    nobody_is_alone_with_a_language,
    sessions_are_staffed,
    interpreters_have_a_language,
)


def _slots(problem: Problem, members: Members) -> Iterator[tuple[Slot, list[Person]]]:
    for key, people in members.items():
        yield problem.slot[key], people


def _staff(slot: Slot) -> dict[str, str]:
    staff = ((slot.leader, slot.leader_name), (slot.supervisor, slot.supervisor_name))
    return {key: name or key for key, name in staff if key}


def _broken(slot: Slot, code: str, who: Person | None = None, **values: ReasonValue) -> Clash:
    about = (who.key,) if who else ()
    return Clash(slot.key, Severity.BROKEN, reason(code, **values), about)


def _short(slot: Slot, code: str, who: Person | None = None, **values: ReasonValue) -> Clash:
    about = (who.key,) if who else ()
    return Clash(slot.key, Severity.SHORT, reason(code, **values), about)
