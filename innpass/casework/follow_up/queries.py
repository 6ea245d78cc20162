"""Reading what is known of one person's way from a workplace to a job."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import cases_seen_by
from innpass.casework.follow_up.attests import attests_of
from innpass.casework.follow_up.contacting import contact_lines, job_seeking_of
from innpass.casework.follow_up.contracts import (
    Known,
    contracts_seen_by,
    known,
    taken_back_seen_by,
)
from innpass.casework.follow_up.missing import missing_of
from innpass.casework.follow_up.models import (
    Attest,
    ContactLine,
    EmploymentContract,
    EvaluationVisit,
    JobSeekingLine,
    MissingForHire,
    Voice,
)
from innpass.casework.follow_up.stays import Followed, judged, with_names
from innpass.casework.follow_up.told_by_others import ToldAbsent, told_absent
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, owner_expression, people_hidden_from
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.following.voices import GivenBy, Speaker, missing_voices
from innpass.domain.periods import IsoWeek


@dataclass(frozen=True, slots=True)
class VisitTold:
    """A visit with its voices; ``missing`` are those not heard at an evaluation that was held.

    Attributes:
        voices: by speaker; of the employer's the one it gave itself first.
    """

    visit: EvaluationVisit
    voices: dict[Speaker, list[Voice]]

    @property
    def missing(self) -> tuple[Speaker, ...]:
        """Whose voice is missing."""
        if self.visit.held_on is None or self.visit.kind != "evaluation":
            return ()
        return missing_voices(tuple(self.voices))


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Everything of one person, cut to what the actor may read.

    Attributes:
        stays: placements, also those to come and over, the latest first; ``cases`` by case.
        visits: by case, the latest first.
        weeks: how many things somebody did to find work, by week.
        absent: days on which nobody came, as employers say, with nothing noted by the staff.
    """

    stays: list[Followed]
    cases: dict[UUID, PlacementCase]
    visits: dict[UUID, list[VisitTold]]
    missing: list[MissingForHire]
    contact: list[ContactLine]
    job_seeking: list[JobSeekingLine]
    contracts: list[Known]
    taken_back: list[EmploymentContract]
    attests: list[Attest]
    absent: list[ToldAbsent]

    @property
    def weeks(self) -> dict[IsoWeek, int]:
        """How many things somebody did to find work, by week, the latest first."""
        found: dict[IsoWeek, int] = defaultdict(int)
        for line in self.job_seeking:
            found[IsoWeek.of(line.on)] += 1
        return dict(sorted(found.items(), reverse=True))


def told_of_person(person: Participant, *, actor: Actor, on: date) -> PersonTold:
    """Return everything of a person that the actor may read. A fixed number of queries."""
    pk = person.pk
    cases = {each.pk: each for each in cases_seen_by(actor).filter(Q(owner=pk))}
    may_visit = may_read(actor, "follow_up.visit")
    stays = with_names(judged(actor, on=on, own=None, among=[pk])) if may_visit else []
    return PersonTold(
        stays=sorted(stays, key=lambda one: one.stay.first_day, reverse=True),
        cases=cases,
        visits=visits_of(cases) if may_visit else {},
        missing=missing_of([pk]).get(pk, []) if may_read(actor, "follow_up.missing") else [],
        contact=contact_lines(pk) if may_read(actor, "follow_up.contact") else [],
        job_seeking=job_seeking_of(pk) if may_read(actor, "follow_up.job_seeking") else [],
        contracts=known(list(contracts_seen_by(actor).filter(Q(owner=pk))), on=on)
        if may_read(actor, "contract.terms")
        else [],
        taken_back=list(taken_back_seen_by(actor).filter(Q(owner=pk)))
        if may_read(actor, "contract.terms")
        else [],
        attests=attests_of(list(cases)) if may_read(actor, "attest.content") else [],
        absent=list(told_absent(actor, on=on, person=pk)),
    )


def visits_of(cases: Collection[UUID]) -> dict[UUID, list[VisitTold]]:
    """Return the visits of cases that were not called off, the latest first. Two queries."""
    rows = list(
        EvaluationVisit.objects.filter(case__in=list(cases), called_off_on=None).select_related(
            "by"
        )
    )
    voices: dict[UUID, dict[Speaker, list[Voice]]] = defaultdict(lambda: defaultdict(list))
    heard = Voice.objects.filter(visit__in=rows).select_related("written_by")
    for voice in sorted(heard, key=lambda each: each.given_by != GivenBy.DOOR):
        voices[voice.visit_id][Speaker(voice.speaker)].append(voice)
    found: dict[UUID, list[VisitTold]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: each.held_on or each.booked_for, reverse=True):
        found[row.case_id].append(VisitTold(row, voices.get(row.pk, {})))
    return dict(found)


def find_visit(pk: UUID, *, actor: Actor) -> EvaluationVisit | None:
    """Return a visit of somebody whom the actor may see, with its case."""
    return _seen(
        EvaluationVisit.objects.select_related(
            "by", "case__employer", "case__participant__turned_out_to_be", "case__supervisor"
        ).annotate(owner=owner_expression("case__participant")),
        pk,
        actor,
    )


def find_missing(pk: UUID, *, actor: Actor) -> MissingForHire | None:
    """Return something that is missing for somebody whom the actor may see."""
    return _seen(MissingForHire.objects.annotate(owning=OWNER), pk, actor, "owning")


def find_job_seeking(pk: UUID, *, actor: Actor) -> JobSeekingLine | None:
    """Return something that somebody whom the actor may see did to find work."""
    return _seen(JobSeekingLine.objects.annotate(owner=OWNER), pk, actor)


def find_contract(pk: UUID, *, actor: Actor) -> EmploymentContract | None:
    """Return a contract of somebody whom the actor may see."""
    return _seen(
        EmploymentContract.objects.filter(taken_back_on=None).annotate(owner=OWNER), pk, actor
    )


def find_attest(pk: UUID, *, actor: Actor) -> Attest | None:
    """Return an attest of somebody whom the actor may see, with its case and without the scan."""
    rows = Attest.objects.defer("scan").select_related(
        "case__employer", "case__participant__turned_out_to_be", "made_by"
    )
    return _seen(rows.annotate(owner=owner_expression("case__participant")), pk, actor)


def _seen(rows: "QuerySet[Any]", pk: UUID, actor: Actor, owner: str = "owner") -> Any:
    if not actor.is_operator:
        rows = rows.exclude(**{f"{owner}__in": people_hidden_from(actor)})
    return rows.filter(pk=pk).first()
