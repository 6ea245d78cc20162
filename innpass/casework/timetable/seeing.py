"""What somebody may know of another's ties when a week is judged and told in words."""

from dataclasses import replace

from innpass.casework.timetable.problems import Assembled, names_in
from innpass.casework.timetable.queries import PlannedBlock, Week
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.planning.reasons import Reason
from innpass.domain.planning.sentences import render
from innpass.domain.planning.solution import Part

BUSY = "Opptatt"
# Where the children are, and when, is told to those alone who may read it.
_OF_CHILD_CARE = {
    "clash.child_care": "Uka går ikke sammen med tider som deltakeren selv er bundet av.",
    "demand.child_care": "Deltakeren er selv bundet av noen tider.",
}


def as_seen_by(assembled: Assembled, actor: Actor) -> Assembled:
    """Return the same problem with what the actor may not read called by other names.

    It is judged as before; what is stored of it must come from the whole one.
    """
    seen = replace(assembled, hides_ties=not may_read(actor, "timetable.ties"))
    if may_read(actor, "timetable.appointment"):
        return seen
    problem = assembled.problem
    people = tuple(
        replace(one, appointments=tuple(replace(each, name=BUSY) for each in one.appointments))
        for one in problem.participants
    )
    weeks = {pk: _busy(each) for pk, each in assembled.now.items()}
    return replace(
        seen,
        problem=replace(problem, participants=people),
        now=weeks,
        names=names_in(weeks.values()),
    )


def _busy(week: Week) -> Week:
    """Return a week with every appointment called alike; one that is no more has no key but it."""

    def hide(block: PlannedBlock) -> PlannedBlock:
        return replace(block, name=BUSY) if block.part is Part.APPOINTMENT else block

    return replace(
        week,
        blocks=tuple(hide(each) for each in week.blocks),
        over=tuple(hide(each) for each in week.over),
    )


def told(assembled: Assembled, reason: Reason) -> str:
    """Write a reason as a sentence, without what the one who sees it may not know."""
    hidden = _OF_CHILD_CARE.get(reason.code) if assembled.hides_ties else None
    if hidden:
        return hidden
    names = assembled.names  # what is no more is known to the checker by its key alone
    values = tuple(
        (field, names.get(value, value) if isinstance(value, str) else value)
        for field, value in reason.values
    )
    return render(replace(reason, values=values))
