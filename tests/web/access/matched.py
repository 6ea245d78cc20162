"""What is known of people in the town for matching, and what was advised, chosen and sent."""

from datetime import date
from uuid import UUID

from innpass.casework.accounts.models import User
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.employers.models import PracticePlace
from innpass.casework.matching.models import (
    MatchChoice,
    MatchProposal,
    MatchRun,
    Presentation,
    Presented,
    WorkProfile,
)
from innpass.casework.participants.models import Participant

MONDAY = date(2026, 7, 20)
_FIGURES = {
    "people": 1,
    "places": 1,
    "seats": 1,
    "placed": 1,
    "in_turn": 1,
    "points": 0,
    "locked": 0,
    "points_in_turn": 0,
    "near_goal": 0,
    "near_goal_in_turn": 0,
    "seconds": 0.0,
    "supervisors": [],
    "employers": [],
}


def offer_place(employer: UUID, person: Participant) -> UUID:
    """Let an employer take one who comes two days a week; return the place."""
    made: PracticePlace = PracticePlace.objects.create(
        municipality_id=person.municipality_id,
        employer_id=employer,
        name="Assistent",
        occupation="5311",
        seats=2,
        weekdays=[0, 1, 2, 3, 4],
        offered_from=date(2026, 1, 1),
    )
    return made.pk


def know(person: Participant, case: UUID, *, words: dict[str, str], by: User) -> UUID:
    """Let a person have a profile, a choice made against advice, and a text sent; return that.

    Args:
        words: of the wish, the CV, the reason for the choice, and the text.
    """
    common = {"municipality_id": person.municipality_id}
    WorkProfile.objects.create(
        **common,
        participant=person,
        goal="5311",
        wished_areas=[words["wish"]],
        cv={"about": words["cv"]},
        consented_on=date(2026, 6, 1),
    )
    about = PlacementCase.objects.get(pk=case)
    MatchChoice.objects.create(
        **common, case=about, told={"for": [words["choice"]]}, reason=words["choice"], chosen_by=by
    )
    text = Presentation.objects.create(
        **common, case=about, number=1, text=words["text"], written_by=by
    )
    sent: Presented = Presented.objects.create(
        **common,
        presentation=text,
        recipient="Leder",
        sent_on=date(2026, 6, 29),
        sent_by=by,
        with_cv=True,
        cv={"about": words["cv"]},
    )
    return sent.pk


def match(person: Participant, place: UUID, *, word: str, by: User) -> UUID:
    """Let somebody have matched everybody; return the match, which is nobody else's."""
    run: MatchRun = MatchRun.objects.create(
        municipality_id=person.municipality_id, first_monday=MONDAY, asked_by=by, answer=_FIGURES
    )
    MatchProposal.objects.create(
        municipality_id=person.municipality_id,
        run=run,
        participant=person,
        place_id=place,
        told={"for": [word]},
    )
    return run.pk
