"""People who may start, and sessions for them."""

from datetime import date
from typing import Any

from innpass.casework.intake.holding import save_session
from innpass.casework.intake.models import Intake, IntakeSession, IntakeTerm
from innpass.casework.intake.services import take_in
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from tests.factories.cast import RAGNHILD, Town

ON = date(2026, 6, 30)
TERM = {
    "name": "August",
    "first_day": date(2026, 8, 17),
    "cut_off": date(2026, 7, 31),
    "smallest_group": 2,
    "largest_group": 3,
    "session_minutes": 90,
}


def settled(town: Town, name: str, **enrolment: Any) -> Participant:
    """Make somebody who is settled and has been offered nothing."""
    person: Participant = Participant.objects.create(
        municipality=town.municipality, name=name, folded_name=name.lower()
    )
    Enrolment.objects.create(
        municipality=town.municipality,
        participant=person,
        **{"settled_on": date(2026, 5, 4), **enrolment},
    )
    return person


def join(town: Town, term: IntakeTerm, *names: str, **needs: Any) -> list[Intake]:
    """Take new people into a term, with what is known of their needs."""
    known = {"language": "dari", "needs_interpreter": True, "child_care": "all_day", **needs}
    people = [settled(town, name) for name in names]
    taken = take_in(term=term, people=people, by=town.actor(RAGNHILD), on=ON)
    for intake in taken:
        for field, value in known.items():
            setattr(intake, field, value)
        intake.save()
    return taken


def session(
    town: Town, term: IntakeTerm, day: date, *, on: date = ON, **more: Any
) -> IntakeSession:
    """Make a session with all that it needs."""
    return save_session(term=term, values=values(town, day, **more), by=town.actor(RAGNHILD), on=on)


def own_session(town: Town, intake: Intake, day: date, **more: Any) -> IntakeSession:
    """Make a session for one person alone."""
    return save_session(
        term=intake.term,
        values=values(town, day, **more),
        by=town.actor(RAGNHILD),
        on=ON,
        alone=intake,
    )


def values(town: Town, day: date, **more: Any) -> dict[str, Any]:
    """Give the values of a session."""
    return {
        "day": day,
        "start": 540,
        "minutes": 90,
        "place": "Rom 204",
        "capacity": 3,
        "leader": town.users["kari"],
        "supervisor": town.users["per"],
        **more,
    }
