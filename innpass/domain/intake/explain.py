"""Why somebody is in a group, and what would come in the way of another."""

from dataclasses import dataclass

from innpass.domain.intake.checks import Clash, check
from innpass.domain.intake.problem import LIMITING, Grouping, Problem
from innpass.domain.intake.reasons import Clock, Reason, reason


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What moving somebody to a slot would bring; empty: nothing comes in the way."""

    slot: str
    clashes: tuple[Clash, ...]


def why(problem: Problem, grouping: Grouping, person: str) -> tuple[Reason, ...]:
    """Say why somebody is in the group that he or she is in.

    Raises:
        KeyError: the problem does not know the person.
    """
    one, slot = problem.person[person], grouping.get(person)
    if slot is None:
        return (reason("why.without_group"),)
    if one.pinned == slot:
        return (reason("why.pinned"),)
    members = problem.members(grouping)
    others = [other for other in members.get(slot, []) if other.key != person]
    found: list[Reason] = []
    if one.child_care in LIMITING:
        found.append(reason(f"why.{one.child_care}", noon=Clock(problem.limits.noon)))
    speakers = [other for other in others if one.language and other.language == one.language]
    if one.needs_interpreter and one.language:
        needing = sum(1 for other in speakers if other.needs_interpreter)
        code = "why.interpreter_shared" if needing else "why.interpreter_alone"
        values: dict[str, str | int] = {"others": needing} if needing else {}
        found.append(reason(code, language=one.language, **values))
    elif speakers:
        found.append(reason("why.language", others=len(speakers), language=one.language))
    if len(members) < 2:
        return (*found, reason("why.only_group"))
    return tuple(found) or (reason("why.even"),)


def elsewhere(problem: Problem, grouping: Grouping, person: str) -> tuple[Elsewhere, ...]:
    """Say, for each other slot, which clashes come if somebody is moved there."""
    known = check(problem, grouping)
    return tuple(
        Elsewhere(slot.key, _unknown(problem, known, {**grouping, person: slot.key}))
        for slot in problem.slots
        if slot.key != grouping.get(person)
    )


def new_clashes(problem: Problem, before: Grouping, after: Grouping) -> tuple[Clash, ...]:
    """Give the clashes of a split that another did not have."""
    return _unknown(problem, check(problem, before), after)


def _unknown(problem: Problem, known: tuple[Clash, ...], after: Grouping) -> tuple[Clash, ...]:
    before = set(known)
    return tuple(clash for clash in check(problem, after) if clash not in before)
