"""Plan weeks: of one participant, of some beside the others, or of the whole caseload."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from innpass.domain.planning.choosing import Choice, Option, Progress, Search, choose
from innpass.domain.planning.costs import plan_cost
from innpass.domain.planning.demands import Demand, clashing_demands
from innpass.domain.planning.problem import Problem
from innpass.domain.planning.seats import Seat, Seats, scarce_seats, seats_in
from innpass.domain.planning.solution import Plan, Result, Status, WeekPlan
from innpass.domain.planning.weeks import Candidate, Weeks

PARTICIPANTS_BETWEEN_PROGRESS = 25


def plan_participant(
    problem: Problem, participant: str, *, beside: Plan | None = None, seed: int = 0
) -> Result:
    """Plan one participant's week with the seats that the others leave; always proved best.

    Args:
        beside: the others' weeks, which stay as they are.

    Raises:
        KeyError: the problem does not know the participant.

    Example:
        >>> from innpass.domain.planning.problem import *
        >>> from innpass.domain.planning.reasons import Weekday
        >>> open_days = tuple(Opening(day, 480, 960, seats=1) for day in list(Weekday)[:5])
        >>> shop = Workplace("shop", "Butikken", "torget", open_days)
        >>> demand = WeekDemand(full_time=900, work_oriented=900, at_most=2250)
        >>> amina = Participant("amina", "hjemme", demand, placement=Placement("shop"))
        >>> way = {("hjemme", "torget"): 20}
        >>> problem = Problem((amina,), workplaces=(shop,), travel=way)
        >>> result = plan_participant(problem, "amina")
        >>> [(block.day.name, block.start, block.end) for block in result.plan["amina"]]
        [('MONDAY', 480, 930), ('TUESDAY', 480, 930)]
        >>> result.total, result.lower_bound, result.status.value
        (80, 80, 'proved_best')
    """
    return plan_caseload(problem, only={participant}, beside=beside, seed=seed)


def plan_caseload(
    problem: Problem,
    *,
    only: Collection[str] | None = None,
    beside: Plan | None = None,
    seed: int = 0,
    seconds: float = 30.0,
    tell: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Result:
    """Plan the weeks of many so that they cost least altogether.

    There is always a plan: what cannot be had is a shortfall with its cost. Only a participant
    whose own fixed demands clash gets no week, and is named with the clash.

    Args:
        only: whose weeks to plan, such as one class; None for everyone's.
        beside: weeks of others, which stay as they are and keep their seats.
        seed: the same problem and seed give the same plan, if time did not run out.
        seconds: wall time; the best plan so far is then the answer, with the bound proved.
        tell: called as the search proceeds.
        should_stop: asked now and then; the best plan so far is then the answer. Whoever had not
            been looked at yet is not in it.

    Raises:
        KeyError: ``only`` names somebody whom the problem does not know.
    """
    search = Search(seed, seconds, tell, should_stop)
    chosen = set(problem.participant) if only is None else set(only)
    if unknown := chosen - set(problem.participant):
        raise KeyError(min(unknown))
    others = {key: week for key, week in (beside or {}).items() if key not in chosen}
    seats = seats_in(problem)
    left = seats.left_by(others)
    found = _all_weeks(problem, chosen, seats, left, search)
    choice = _choose(found, left, search)
    plan: dict[str, WeekPlan] = {
        key: weeks.week(found.candidates[key][place])
        for (key, weeks), place in zip(found.weeks.items(), choice.picked, strict=True)
    }
    stopped = choice.stopped or found.stopped
    return Result(
        plan=plan,
        cost=plan_cost(problem, plan),
        lower_bound=min(choice.lower_bound, choice.cost),
        status=_status(choice, stopped=stopped),
        seconds=search.elapsed,
        seed=seed,
        impossible=found.impossible,
    )


@dataclass
class _Found:
    """The weeks to choose among, by participant in queue order."""

    weeks: dict[str, Weeks] = field(default_factory=dict)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    impossible: dict[str, tuple[Demand, ...]] = field(default_factory=dict)
    stopped: bool = False


def _all_weeks(
    problem: Problem,
    chosen: Collection[str],
    seats: Seats,
    left: Mapping[Seat, int],
    search: Search,
) -> _Found:
    """Find everyone's weeks for which there are seats."""
    scarce = scarce_seats(problem, seats, left, chosen)
    found = _Found()
    for participant in problem.participants:
        if participant.key not in chosen:
            continue
        done = len(found.weeks) + len(found.impossible)
        if done % PARTICIPANTS_BETWEEN_PROGRESS == 0:
            if search.should_stop():
                found.stopped = True
                break
            share = done / len(chosen)
            search.tell(Progress("weeks", None, 0, search.elapsed, share))
        weeks = Weeks(problem, participant, seats, scarce)
        candidates = [
            one for one in weeks.candidates() if all(left[seat] > 0 for seat in one.seats)
        ]
        if candidates:
            found.weeks[participant.key] = weeks
            found.candidates[participant.key] = candidates
        else:
            clash = clashing_demands(problem, participant, only_fixed=True)
            found.impossible[participant.key] = clash
    return found


def _choose(found: _Found, left: Mapping[Seat, int], search: Search) -> Choice:
    number = {seat: place for place, seat in enumerate(left)}
    options = [
        [Option(one.cost, tuple(number[seat] for seat in one.seats)) for one in several]
        for several in found.candidates.values()
    ]
    return choose(options, [max(0, seats) for seats in left.values()], search)


def _status(choice: Choice, *, stopped: bool) -> Status:
    if stopped:
        return Status.STOPPED
    return Status.PROVED_BEST if choice.lower_bound >= choice.cost else Status.BEST_IN_TIME
