"""Asking the planner: for one person at once, for many as a job; nothing is in force by it."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.registry import Progress
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.timetable.judging import judge, meter, missing_minutes, name_of
from innpass.casework.timetable.models import ProposedWeek, TeachingGroup, TimetableProposal
from innpass.casework.timetable.problems import Assembled, assemble
from innpass.casework.timetable.queries import weeks_of_group
from innpass.casework.timetable.seeing import as_seen_by
from innpass.casework.timetable.seeing import told as sentence
from innpass.casework.timetable.services import NoWeek
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.choosing import Progress as Searched
from innpass.domain.planning.explain import Change, explain
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.sentences import clock_text
from innpass.domain.planning.solution import Result
from innpass.domain.planning.solve import plan_caseload

PLAN = "timetable.plan_caseload"
SEED = 0
SECONDS = 60.0  # for the search, at most; then the best so far is the answer, with its gap
_STEPS = 100  # of progress


class NoGroup(LookupError):
    """The group that is asked about is not there."""


@transaction.atomic
def propose_week(*, participant: Participant, week: IsoWeek, by: Actor) -> ProposedWeek:
    """Ask for one person's week with the places that the others leave; it is the best there is.

    Raises:
        MayNot: timetables are not theirs to write.
        NoWeek: the person has no week to plan.
    """
    check_may_write(by, "timetable.week")
    assembled = assemble([participant.pk], week=week)
    if participant.pk in assembled.left_out:
        raise NoWeek(assembled.left_out[participant.pk])
    result = plan_caseload(assembled.problem, beside=assembled.others, seed=SEED)
    proposal = TimetableProposal.objects.create(
        municipality_id=by.municipality_id,
        first_monday=week.monday,
        asked_by_id=by.user_id,
        answer=_answer(result),
    )
    (made,) = _store(proposal, as_seen_by(assembled, by), result)
    return made


@transaction.atomic
def ask_for_caseload(*, week: IsoWeek, group: UUID | None = None, by: Actor) -> TimetableProposal:
    """Ask for the week of everybody whom somebody may see; the worker answers.

    Args:
        group: of those alone who are in it that week.

    Raises:
        NoGroup: there is no such group.
        MayNot: timetables are not theirs to write.
    """
    check_may_write(by, "timetable.week")
    if group is not None and not TeachingGroup.objects.filter(pk=group).exists():
        raise NoGroup
    asked = TimetableProposal.objects.create(
        municipality_id=by.municipality_id,
        first_monday=week.monday,
        group_id=group,
        asked_by_id=by.user_id,
    )
    job = jobs.enqueue(kind=PLAN, arguments={"proposal": str(asked.pk)}, by=by)
    TimetableProposal.objects.filter(pk=asked.pk).update(job=job.pk)
    asked.job = job.pk
    return asked


def answer(proposal: TimetableProposal, *, by: Actor, progress: Progress) -> None:
    """Plan the weeks of those whom the one who asked may see, beside those of the others."""
    week = IsoWeek.of(proposal.first_monday)
    people = set(visible_participants(by).values_list("pk", flat=True))
    if proposal.group_id:
        people &= weeks_of_group(proposal.group_id, week=week).keys()
    progress(0, _STEPS, "Samler det uka skal bygges av")
    assembled = assemble(people, week=week)

    looked_at_all = False

    def tell(searched: Searched) -> None:
        nonlocal looked_at_all
        looked_at_all = looked_at_all or searched.cost is not None
        share = min(1.0, searched.seconds / SECONDS) if searched.share is None else searched.share
        progress(round(share * _STEPS), _STEPS, "Leter etter de beste ukene")

    def is_enough() -> bool:
        """Tell whether the best so far will do; not before there is a week for everybody."""
        enough = TimetableProposal.objects.filter(pk=proposal.pk).exclude(enough_at=None)
        return looked_at_all and enough.exists()

    result = plan_caseload(
        assembled.problem,
        beside=assembled.others,
        seed=SEED,
        seconds=SECONDS,
        tell=tell,
        should_stop=is_enough,
    )
    progress(_STEPS, _STEPS, "Skriver begrunnelsene")
    with transaction.atomic():
        ProposedWeek.objects.filter(proposal=proposal).delete()
        _store(proposal, as_seen_by(assembled, by), result)
        TimetableProposal.objects.filter(pk=proposal.pk).update(answer=_answer(result))
        progress.finish()


@transaction.atomic
def say_enough(proposal: TimetableProposal, *, by: Actor) -> None:
    """Have the worker take the best so far for its answer, or the first it finds.

    The answer says that the search was stopped, and how far from the best it is at most.

    Raises:
        MayNot: timetables are not theirs to write.
    """
    check_may_write(by, "timetable.week")
    asked = TimetableProposal.objects.filter(pk=proposal.pk, enough_at=None)
    if asked.update(enough_at=timezone.now()):
        audit.record(
            municipality_id=proposal.municipality_id,
            actor_id=by.user_id,
            action="stop_search",
            subject_kind="job",
            subject_id=proposal.job,
        )


def find_proposal(pk: UUID, *, actor: Actor) -> TimetableProposal | None:
    """Return a proposal; ``None`` where there is none that the actor asked for or may see whole.

    A proposal for many belongs to whoever asked: others may see other people.
    """
    rows = TimetableProposal.objects.filter(pk=pk)
    if not actor.is_operator:
        rows = rows.filter(Q(asked_by=actor.user_id))
    found: TimetableProposal | None = rows.first()
    return found


def weeks_of(proposal: TimetableProposal, *, actor: Actor) -> list[ProposedWeek]:
    """Return the weeks of a proposal of those whom the actor may see, by name. One query."""
    rows = ProposedWeek.objects.filter(
        proposal=proposal, participant__in=visible_participants(actor)
    )
    return list(rows.select_related("participant", "proposal").order_by("participant__name", "pk"))


def job_of(proposal: TimetableProposal) -> Job | None:
    """Return the job that answers; ``None`` where the answer came at once."""
    found: Job | None = Job.objects.filter(pk=proposal.job).first() if proposal.job else None
    return found


def _answer(result: Result) -> dict[str, Any]:
    return {
        "status": result.status.value,
        "cost": result.total,
        "bound": result.lower_bound,
        "seconds": round(result.seconds, 2),
        "seed": result.seed,
    }


def _store(proposal: TimetableProposal, assembled: Assembled, result: Result) -> list[ProposedWeek]:
    before = {str(pk): each.plan for pk, each in assembled.now.items()}
    changed = explain(assembled.problem, before, result.plan, beside=assembled.others)
    others = {**assembled.others, **result.plan}
    made = []
    for key in assembled.problem.participant:
        pk, plan = UUID(key), result.plan.get(key)
        told: dict[str, Any] = {"assumed": list(assembled.assumed[pk])}
        if plan is None:
            told["clash"] = [
                sentence(assembled, each.reason) for each in result.impossible.get(key, ())
            ]
        else:
            judged = judge(assembled, pk, plan, is_alone=True, explained_beside=others)
            told |= {
                "short": list(judged.short),
                "why_short": list(judged.why_short),
                "missing": missing_minutes(meter(assembled, pk, plan)),
            }
            if key in changed:
                told["changes"] = list(_changes(assembled, pk, changed[key].changes))
                told["why"] = [sentence(assembled, each) for each in changed[key].reasons]
        now = assembled.now.get(pk)
        made.append(
            ProposedWeek(
                municipality_id=proposal.municipality_id,
                proposal=proposal,
                participant_id=pk,
                blocks=None if plan is None else [list(_listed(each)) for each in plan],
                told=told,
                before_id=now.timetable if now else None,
            )
        )
    stored: list[ProposedWeek] = ProposedWeek.objects.bulk_create(made, batch_size=500)
    return stored


def _listed(block: Any) -> Iterable[Any]:
    yield from (int(block.day), block.start, block.end)
    yield from (block.part.value, block.what, block.where)


def _changes(
    assembled: Assembled, pk: UUID, changes: Collection[Change]
) -> Iterable[dict[str, Any]]:
    """Say each change in plain values; the screen writes the sentence."""
    for each in changes:
        yield {
            "kind": each.kind.value,
            "what": name_of(assembled, pk, each.block),
            "day": int(Weekday(each.block.day)),
            "time": f"{clock_text(each.block.start)}–{clock_text(each.block.end)}",
            "was": f"{clock_text(each.was.start)}–{clock_text(each.was.end)}" if each.was else "",
        }
