"""The intake of the town: a term with a session to come and one held, and who is in it."""

from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.intake.grouping import agree, propose_groups
from innpass.casework.intake.holding import note_question, save_session, tick_points
from innpass.casework.intake.inviting import note_attendance
from innpass.casework.intake.queries import invitations, members
from innpass.casework.intake.services import describe, save_term, take_in
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Actor

TODAY = date(2026, 6, 30)
HELD, LATER = date(2026, 6, 26), date(2026, 7, 8)
TERM = {
    "name": "August 2026",
    "first_day": date(2026, 8, 17),
    "cut_off": date(2026, 7, 31),
    "smallest_group": 1,
    "largest_group": 20,
    "session_minutes": 90,
}


def session_on(day: date, **values: Any) -> dict[str, Any]:
    """Give the values of a session that nobody holds yet."""
    empty = {"place": "", "capacity": None, "leader": None, "supervisor": None}
    return {"day": day, "start": 540, "minutes": 90, **empty, **values}


def begin_term(person: Participant, *, word: str, by: Actor) -> dict[str, UUID]:
    """Make the term: somebody did not come to the first session and is invited to the next."""
    term = save_term(values=TERM, by=by)
    on = date(2026, 6, 20)
    (intake,) = take_in(term=term, people=[person], by=by, on=on, reason=word)
    describe(intake, values=_needs(word), by=by)
    held = save_session(term=term, values=session_on(HELD), by=by, on=on)
    propose_groups(term, by=by, on=on)
    agree(term, by=by)
    later = save_session(term=term, values=session_on(LATER), by=by, on=on)
    (invited,) = invitations(by, session=held)
    note_attendance(held, {str(invited.pk): "stayed_away"}, by=by, on=TODAY)
    tick_points(held, set(), own="Omvisning", by=by)
    note_question(held, "Får vi lønn?", by=by)
    return {"term": term.pk, "held": held.pk, "later": later.pk, "intake": intake.pk}


def join_alone(person: Participant, town_intake: dict[str, UUID], *, word: str, by: Actor) -> None:
    """Take somebody with a protected address in, who has a session alone and stays away."""
    (first,) = members(None, actor=by)
    term = first.intake.term
    on = date(2026, 6, 20)
    (intake,) = take_in(term=term, people=[person], by=by, on=on, reason=word)
    describe(intake, values=_needs(word), by=by)
    values = session_on(HELD, start=720)
    alone = save_session(term=term, values=values, by=by, on=on, alone=intake)
    (invited,) = invitations(by, session=alone)
    note_attendance(alone, {str(invited.pk): "excused"}, by=by, on=TODAY)
    town_intake |= {"hidden": intake.pk, "alone": alone.pk}


def _needs(word: str) -> dict[str, Any]:
    return {"language": f"{word}tale", "needs_interpreter": True, "child_care": "all_day"}
