"""The match of everybody: asked for by somebody, answered by the worker; people choose."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from time import process_time
from typing import Any
from uuid import UUID

from django.db import transaction

from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.queries import has_ended
from innpass.casework.jobs.registry import Progress
from innpass.casework.matching.looking import Told, everybody, told
from innpass.casework.matching.models import MatchProposal, MatchRun
from innpass.casework.matching.places import Market
from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.matching.assign import Assignment, assign
from innpass.domain.matching.problem import Pairs, Problem
from innpass.domain.matching.shortlist import FallenOut, Suggestion, for_seeker, judge
from innpass.domain.matching.weighing import digits_in_common

MATCH = "matching.match_everybody"
_STEPS = 100  # of progress
_READ, _MATCHED = 15, 40
_EXPLAINED = 300  # of those left without a place; the others' own pages say why
_NEAREST = 3
_WAITING = 20  # unanswered matches that are looked through for those that go on
_GROUP = 2  # digits of a group of occupations


@transaction.atomic
def ask(*, monday: date, by: Actor) -> MatchRun:
    """Ask for the best places of all whom somebody may see; the worker answers.

    Raises:
        MayNot: matches are not theirs to make.
    """
    check_may_write(by, "match.advice")
    asked: MatchRun = MatchRun.objects.create(
        municipality_id=by.municipality_id, first_monday=monday, asked_by_id=by.user_id
    )
    job = jobs.enqueue(kind=MATCH, arguments={"run": str(asked.pk)}, by=by)
    MatchRun.objects.filter(pk=asked.pk).update(job=job.pk)
    asked.job = job.pk
    return asked


def answer(run: MatchRun, *, by: Actor, progress: Progress) -> None:
    """Match those whom the one who asked may see, and store what is said of each."""
    progress(0, _STEPS, "Samler hvem som søker, og hva som er ledig")
    problem, around = everybody(by, monday=run.first_monday)
    progress(_READ, _STEPS, "Leter etter den beste fordelingen")
    began = process_time()
    best = assign(problem)
    seconds = process_time() - began
    progress(_MATCHED, _STEPS, "Skriver begrunnelsene")
    made = list(_proposals(run, problem, best, around, progress))
    with transaction.atomic():
        MatchProposal.objects.filter(run=run).delete()
        MatchProposal.objects.bulk_create(made, batch_size=500)
        figures = _figures(problem, best, seconds)
        MatchRun.objects.filter(pk=run.pk).update(answer=figures)
        progress.finish()


def find_run(pk: UUID, *, actor: Actor) -> MatchRun | None:
    """Return a match; ``None`` where there is none that the actor asked for.

    It belongs to whoever asked: others may see other people.
    """
    rows = MatchRun.objects.filter(pk=pk)
    if not actor.is_operator:
        rows = rows.filter(asked_by=actor.user_id)
    found: MatchRun | None = rows.first()
    return found


def runs_of(actor: Actor, *, most: int) -> list[MatchRun]:
    """Return the latest matches that an actor asked for and that are answered. One query."""
    rows = MatchRun.objects.filter(asked_by=actor.user_id, answer__isnull=False)
    return list(rows.order_by("-asked_at")[:most])


def waiting_runs(actor: Actor) -> list[tuple[MatchRun, Job]]:
    """Return the matches that an actor asked for and that go on or wait, latest first.

    Two queries.
    """
    rows = list(
        MatchRun.objects.filter(
            asked_by=actor.user_id, answer__isnull=True, job__isnull=False
        ).order_by("-asked_at")[:_WAITING]
    )
    found = Job.objects.filter(pk__in=[each.job for each in rows])
    jobs_now = {each.pk: each for each in found if not has_ended(each)}
    return [(each, jobs_now[each.job]) for each in rows if each.job in jobs_now]


def proposals_of(run: MatchRun, *, actor: Actor) -> list[MatchProposal]:
    """Return what is said of those whom the actor may see, by name. One query."""
    rows = MatchProposal.objects.filter(run=run, participant__in=visible_participants(actor))
    return list(
        rows.select_related("participant", "place__employer", "taken").order_by(
            "participant__name", "pk"
        )
    )


def job_of(run: MatchRun) -> Job | None:
    """Return the job that answers."""
    found: Job | None = Job.objects.filter(pk=run.job).first() if run.job else None
    return found


def _proposals(
    run: MatchRun, problem: Problem, best: Assignment, around: Market, progress: Progress
) -> Iterable[MatchProposal]:
    left = 0
    for done, seeker in enumerate(problem.seekers):
        progress(
            _MATCHED + (_STEPS - _MATCHED) * done // len(problem.seekers),
            _STEPS,
            "Skriver begrunnelsene",
        )
        row = MatchProposal(
            municipality_id=run.municipality_id, run=run, participant_id=UUID(seeker.key)
        )
        key = best.pairs.get(seeker.key)
        if key is not None:
            judged = judge(problem, seeker, problem.offer[key])
            row.place_id = UUID(key)
            row.told = told(judged, problem).plain
            row.points = judged.points if isinstance(judged, Suggestion) else 0
            row.was_locked = seeker.key in problem.locked
        else:
            left += 1
            row.told = _why_none(problem, seeker.key, around) if left <= _EXPLAINED else {}
        yield row


def _why_none(problem: Problem, seeker: str, around: Market) -> dict[str, Any]:
    """Say why somebody is left without: what would fit is given to others, or what is nearest."""
    found = for_seeker(problem, seeker)
    nearest = [_near(each, problem, around) for each in found.fallen_out[:_NEAREST]]
    fitting = [_called(each.offer, around) for each in found.fit]
    return {"fit": len(fitting), "fitting": fitting[:_NEAREST], "nearest": nearest}


def _near(fallen: FallenOut, problem: Problem, around: Market) -> dict[str, Any]:
    words: Told = told(fallen, problem)
    return {
        "place": _called(fallen.offer, around),
        "key": fallen.offer,
        "out": [list(each) for each in words.out],
    }


def _called(key: str, around: Market) -> str:
    return around.places[key].called


def _figures(problem: Problem, best: Assignment, seconds: float) -> dict[str, Any]:
    """Say of the whole what the screen tells; nobody in particular."""
    employers: Mapping[str, str] = {each.key: each.employer for each in problem.offers}
    return {
        "people": len(problem.seekers),
        "places": len(problem.offers),
        "seats": sum(each.seats for each in problem.offers),
        "placed": len(best.pairs),
        "in_turn": len(best.in_turn),
        "points": best.points,
        "points_in_turn": best.points_in_turn,
        "near_goal": _near_goal(problem, best.pairs),
        "near_goal_in_turn": _near_goal(problem, best.in_turn),
        "locked": len(problem.locked),
        "seconds": round(seconds, 3),
        "supervisors": _load_of_supervisors(problem, best.pairs),
        "employers": _load_of_employers(problem, best.pairs, employers),
    }


def _near_goal(problem: Problem, pairs: Pairs) -> int:
    """Count those who get the occupation they aim at, or one of the same group."""
    return sum(
        digits_in_common(problem.seeker[seeker].goal, problem.offer[offer].occupation) >= _GROUP
        for seeker, offer in pairs.items()
    )


def _load_of_supervisors(problem: Problem, pairs: Pairs) -> list[list[Any]]:
    added = Counter(problem.seeker[key].supervisor for key in pairs)
    running = {key: each.running for key, each in problem.supervisor.items()}
    names = sorted({*added, *running} - {""})
    found: list[list[Any]] = [[name, running.get(name, 0), added[name]] for name in names]
    return [*found, *([["", 0, added[""]]] if added[""] else [])]


def _load_of_employers(
    problem: Problem, pairs: Pairs, employers: Mapping[str, str]
) -> list[list[Any]]:
    added = Counter(employers[offer] for offer in pairs.values())
    found = [
        [problem.employer[key].name, problem.employer[key].running, number]
        for key, number in added.items()
    ]
    return sorted(found, key=lambda one: (-one[1] - one[2], one[0]))
