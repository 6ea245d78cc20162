"""Weeks of people in the town, with words in them that only some may read."""

from datetime import date
from uuid import UUID

from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import Appointment, Availability, Timetable
from innpass.casework.timetable.proposing import propose_week
from innpass.casework.timetable.services import Hand, keep_week
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
from tests.factories.weeks import group, locality, open_on

WEEK = IsoWeek(2026, 28)
_STAYS = ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930))


def plan_week(person: Participant, *, words: dict[str, str], by: Actor) -> dict[str, UUID]:
    """Let a person be in a group of two seats and at the own workplace, and go to somebody.

    Args:
        words: of the appointment, where the person lives, and why the week is as it is.
    """
    here = person.municipality
    Appointment.objects.create(
        municipality=here,
        participant=person,
        name=words["appointment"],
        day=5,
        start=600,
        end=660,
        first_day=date(2026, 1, 1),
    )
    Availability.objects.create(
        municipality=here, participant=person, home=locality(here, words["home"])
    )
    employer = Placement.objects.get(participant=person).employer
    assert employer
    open_on(employer, days=(3, 4))
    class_of_all = group(here, capacity=2)
    made = _keep(person, class_of_all.pk, reason=words["reason"], by=by)
    return {"group": class_of_all.pk, "employer": employer.pk, "timetable": made.pk}


def join_week(person: Participant, weeks: dict[str, UUID], *, reason: str, by: Actor) -> None:
    """Let somebody be in the same group, and have asked for a proposal for who was there before."""
    employer = Placement.objects.get(participant=person).employer
    assert employer
    made = _keep(person, weeks["group"], reason=reason, by=by)
    weeks |= {"hidden_employer": employer.pk, "hidden_timetable": made.pk}


def ask_for_week(person: Participant, weeks: dict[str, UUID], *, by: Actor) -> None:
    """Ask for a proposal that nobody else may see."""
    proposed = propose_week(participant=person, week=WEEK, by=by)
    weeks |= {"proposed": proposed.pk, "proposal": proposed.proposal_id}


def _keep(person: Participant, pk: UUID, *, reason: str, by: Actor) -> Timetable:
    return keep_week(
        participant=person,
        week=WEEK,
        hand=Hand(frozenset({pk}), _STAYS),
        only_this_week=True,
        reason=reason,
        expected=None,
        by=by,
    )
