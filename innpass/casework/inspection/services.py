"""Acts of the report: asking for one, making it, handing it out, letting it go."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime

from innpass.casework.audit import services as audit
from innpass.casework.inspection.choosing import in_programme, sample
from innpass.casework.inspection.composing import About, document
from innpass.casework.inspection.models import InspectionReport, Whom
from innpass.casework.inspection.person import Case, events_of, weeks_of
from innpass.casework.inspection.sheets import workbook
from innpass.casework.jobs import services as jobs
from innpass.casework.participants.queries import visible_participants
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.law.duty import State
from innpass.domain.law.findings import findings
from innpass.domain.law.law import Law
from innpass.exchange.pdf.printing import render_pdf

JOB = "inspection.make"
DAYS_KEPT = 14
MOST_PEOPLE = 1000  # some 30 MB of pages, and some 30 seconds of the worker
_PAGE = "inspection"
_AT_A_TIME = 50  # people judged between two reports of progress


class TooMany(Exception):
    """A report would be too large. The message is Norwegian and for the user."""


class Outdated(Exception):
    """Somebody in a report is not among those its asker sees any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose cases, and which period, somebody asks for; days are inclusive."""

    whom: Whom
    first_day: date
    last_day: date
    size: int | None = None
    seed: int | None = None
    person: UUID | None = None


def this_day() -> date:
    """Return the day it is, also where the day that cases are judged by is set."""
    return localtime(timezone.now()).date()


@transaction.atomic
def ask_for(asked: Asked, *, by: Actor) -> InspectionReport:
    """Have the worker make a report. It is kept for some days from now, whichever day is set.

    Raises:
        MayNot: the actor's role does not give it.
    """
    check_may(by, Act.INSPECT)
    report = InspectionReport(
        municipality_id=by.municipality_id,
        asked_by_id=by.user_id,
        whom=asked.whom,
        size=asked.size,
        seed=asked.seed,
        person=asked.person,
        first_day=asked.first_day,
        last_day=asked.last_day,
        keep_until=this_day() + timedelta(days=DAYS_KEPT),
    )
    report.job_id = jobs.enqueue(kind=JOB, arguments={"report": report.pk}, by=by).pk
    report.save(force_insert=True)
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="ask_for_inspection_report",
        subject_kind="inspection_report",
        subject_id=report.pk,
        changes={"whom": [None, asked.whom], "size": [None, asked.size]},
    )
    return report


def make(report: InspectionReport, *, by: Actor, on: date, progress: Any) -> None:
    """Make a report that was asked for; for the worker. It and its end are stored together.

    Each person in it gets a line in the read log.

    Raises:
        MayNot: the actor's role no longer gives it.
        TooMany: it would hold more than ``MOST_PEOPLE``.
    """
    check_may(by, Act.INSPECT)
    law = law_here()
    as_of = min(report.last_day, on)
    people = _people(report, by)
    if len(people) > MOST_PEOPLE:
        raise TooMany(
            f"Rapporten kan ha høyst {MOST_PEOPLE} deltakere, og det er {len(people)}. "
            "Velg et tilfeldig utvalg eller en kortere periode."
        )
    cases: list[Case] = []
    for at in range(0, len(people), _AT_A_TIME):
        progress(at, len(people), "Vurderer deltakerne")
        cases += _cases(people[at : at + _AT_A_TIME], by=by, as_of=as_of, law=law)
    cases.sort(key=lambda case: (case.name, str(case.pk)))
    about = About(
        municipality=str(report.municipality),
        first_day=report.first_day,
        last_day=report.last_day,
        as_of=as_of,
        made_on=this_day(),
        made_by=by.name,
        chosen=chosen_in_words(report, drawn=len(cases)),
        people=len(cases),
    )
    now = timezone.now()
    progress(len(people), len(people), "Setter opp dokumentet")
    pdf = render_pdf("inspection", document(about, cases, law=law), made_at=now)
    sheet = workbook(about, cases, law=law)
    with transaction.atomic():
        report.pdf, report.sheet, report.made_at, report.people = pdf, sheet, now, len(cases)
        report.holds = [str(case.pk) for case in cases]
        made = ("pdf", "sheet", "made_at", "people", "holds")
        report.save_version(expected=report.version, fields=made)
        audit.record_readings(
            municipality_id=by.municipality_id,
            actor_id=by.user_id,
            subject_ids=[case.pk for case in cases],
            page=_PAGE,
            purpose=f"Tilsynsrapport, {len(cases)} deltakere",
        )
        progress.finish()


def chosen_in_words(report: InspectionReport, *, drawn: int) -> str:
    """Say whose cases a report holds."""
    if report.whom == Whom.PERSON:
        return "Én deltaker"
    if report.whom == Whom.SAMPLE:
        return (
            f"Tilfeldig utvalg på {drawn} av dem som var i programmet i perioden, frø {report.seed}"
        )
    return "Alle som var i programmet i perioden"


def _people(report: InspectionReport, by: Actor) -> list[UUID]:
    if report.whom == Whom.PERSON:
        one = visible_participants(by).filter(pk__in=[report.person])
        return list(one.values_list("pk", flat=True))
    people = in_programme(by, first_day=report.first_day, last_day=report.last_day)
    if report.whom == Whom.SAMPLE:
        return sample(people, size=report.size or 0, seed=report.seed or 0)
    return people


def _cases(people: list[UUID], *, by: Actor, as_of: date, law: Law) -> list[Case]:
    weeks = weeks_of(people)
    events = events_of(people, on=as_of)
    facts = facts_of(people)
    seen = visible_participants(by).filter(pk__in=people).only("name", "birth_date")
    return [
        Case(
            pk=person.pk,
            name=person.name,
            born=person.birth_date,
            facts=facts[person.pk],
            found=tuple(
                found
                for found in findings(facts[person.pk], on=as_of, law=law)
                if found.state is not State.NOT_BOUND
            ),
            weeks=tuple(weeks[person.pk]),
            events=events[person.pk],
        )
        for person in seen
        if person.pk in facts
    ]


@transaction.atomic
def hand_out(report: InspectionReport, *, kind: str, by: Actor) -> bytes:
    """Return what is in a report, and log that it was taken out.

    Args:
        kind: ``pdf`` or ``sheet``.

    Raises:
        MayNot: the actor's role does not give it.
        LookupError: it is not made yet, or is gone.
        Outdated: somebody in it is hidden from the actor since, or it is unknown who is in it.
    """
    check_may(by, Act.INSPECT)
    content: bytes | None = {"pdf": report.pdf, "sheet": report.sheet}[kind]
    if content is None:
        raise LookupError("nothing is in the report")
    if report.holds is None or _seen(report.holds, by=by) != len(report.holds):
        raise Outdated
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="download_inspection_report",
        subject_kind="inspection_report",
        subject_id=report.pk,
        changes={"kind": [None, kind]},
    )
    return bytes(content)


def _seen(people: list[str], *, by: Actor) -> int:
    """Count those of some people whom the actor sees."""
    return visible_participants(by).filter(pk__in=[UUID(pk) for pk in people]).count()


def let_go(*, on: date) -> int:
    """Delete what is in the reports whose time is up; that they were made stays."""
    old = InspectionReport.objects.filter(keep_until__lt=on, pdf__isnull=False)
    return old.update(pdf=None, sheet=None, holds=None)
