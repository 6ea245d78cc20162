"""Placements in the town that all have agreed on, and a link that lets an employer in."""

from datetime import date
from uuid import UUID, uuid4

from innpass.casework.accounts.models import User
from innpass.casework.agreements.models import (
    AgreementVersion,
    CaseStep,
    PlacementCase,
    Signature,
)
from innpass.casework.doors.codes import Holder
from innpass.casework.doors.services import make_door
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party, VersionKind, Way
from innpass.domain.placing.states import Step
from tests.casework.doors.letting_in import TODAY, agreed


def place(person: Participant, *, word: str, by: User, note: str = "") -> UUID:
    """Let a person be in practice at a nursing home; return the case.

    A longer agreement waits, signed on paper by the employer; what was said at the first meeting is
    ``note``.
    """
    made = agreed(person, by=by, employer="Nordheim sykehjem", tasks=word, goal_text=word)
    common = {"municipality_id": made.municipality_id}
    CaseStep.objects.create(
        **common, case=made, kind=Step.FIRST_MEETING, on=TODAY, by=by, text=note
    )
    waiting = AgreementVersion.objects.get(case=made)
    waiting.pk = uuid4()
    waiting._state.adding = True
    waiting.number, waiting.kind, waiting.in_force_at = 2, VersionKind.EXTENDED, None
    waiting.last_day = date(2026, 9, 30)
    waiting.save()
    Signature.objects.create(
        **common,
        agreement=waiting,
        party=Party.EMPLOYER,
        way=Way.ON_PAPER,
        name="Leder",
        signed_on=TODAY,
        by=by,
        scan=b"%PDF-1.7",
        scan_kind="application/pdf",
    )
    return made.pk


def let_in(case: UUID, *, by: Actor) -> str:
    """Return the secret in a link of a placement."""
    found = PlacementCase.objects.get(pk=case)
    return make_door(found, holder=Holder.LEADER, by=by, on=TODAY)
