"""Following up in the town: a visit with voices, what is missing, a contract, an attest."""

from datetime import date
from uuid import UUID

from innpass.casework.accounts.models import User
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up.models import (
    Attest,
    ContactLine,
    EmploymentContract,
    EvaluationVisit,
    JobSeekingLine,
    MissingForHire,
    Voice,
)
from innpass.casework.participants.models import Participant

THEN = date(2026, 6, 23)


def follow(person: Participant, case: UUID, *, words: dict[str, str], by: User) -> dict[str, UUID]:
    """Let somebody have been visited, with words in everything that only some may read."""
    about = PlacementCase.objects.get(pk=case)
    here = {"municipality": person.municipality}
    whom = {**here, "participant": person}
    visit = EvaluationVisit.objects.create(
        **here,
        case=about,
        kind="evaluation",
        held_on=THEN,
        by=by,
        told=words["told"],
        internal=words["note"],
    )
    Voice.objects.create(
        **here,
        visit=visit,
        speaker="participant",
        answers={"wellbeing": "well"},
        text=words["voice"],
        norwegian="partly",
        norwegian_text=words["norwegian"],
        given_on=THEN,
        given_by="orally",
        interpreter="none",
        written_by=by,
    )
    booked = EvaluationVisit.objects.create(
        **here, case=about, kind="cooperation", booked_for=date(2026, 7, 6), by=by
    )
    missing = MissingForHire.objects.create(
        **whom,
        case=about,
        kind="norwegian",
        text=words["missing"],
        owner="teacher",
        opened_on=THEN,
        opened_by=by,
        visit=visit,
    )
    ContactLine.objects.create(**whom, on=THEN, way="phone", text=words["contact"], by=by)
    job = JobSeekingLine.objects.create(
        **whom, kind="application", on=THEN, employer=words["job_seeking"], reply="waiting", by=by
    )
    contract = EmploymentContract.objects.create(
        **whom,
        case=about,
        employer_name=words["contract"],
        kind="permanent",
        percent=80,
        first_day=date(2026, 2, 2),
        noted_on=THEN,
        by=by,
    )
    attest = Attest.objects.create(
        **here,
        case=about,
        number=1,
        made_on=THEN,
        made_by=by,
        facts={"employer": "Sykehjemmet"},
        tasks=words["attest"],
        scan=b"%PDF-1.7",
        scan_kind="application/pdf",
    )
    return {
        "visit": visit.pk,
        "booked": booked.pk,
        "missing": missing.pk,
        "job": job.pk,
        "contract": contract.pk,
        "attest": attest.pk,
    }
