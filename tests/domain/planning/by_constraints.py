"""One participant's week as a constraint model: a second opinion, and a peer in the benchmarks.

Shares nothing with the planner but the problem: each day is a round trip from the base by sessions,
appointments and at most one stay at the workplace, chosen by CP-SAT.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from ortools.sat.python import cp_model

from innpass.domain.planning.costs import half_hours, whole_day
from innpass.domain.planning.problem import MINUTES_PER_DAY, Opening, Participant, Problem
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.seats import Seat, Seats
from innpass.domain.planning.solution import Block, Part, WeekPlan


@dataclass
class Stop:
    """Something on a day's round trip; times are constants or variables."""

    start: Any
    end: Any
    here: Any
    place: str
    part: Part
    what: str


@dataclass
class Week:
    """The model of one week."""

    problem: Problem
    participant: Participant
    seats: Seats
    left: Mapping[Seat, int]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    days: dict[Weekday, list[Stop]] = field(default_factory=lambda: {day: [] for day in Weekday})
    cost: list[Any] = field(default_factory=list)
    full: Any = None

    def solved(self, work: float = 2.0) -> tuple[WeekPlan, int, int] | None:
        """Give the best week, its cost and what is proved of the best; None where there is none.

        Args:
            work: how much the solver may do, in its own deterministic measure, not in seconds.
        """
        self._appointments()
        groups = self._groups()
        stays = self._stays()
        self._round_trips()
        self._nights()
        self._hours(groups, stays)
        self._changes(groups, stays)
        self.model.minimize(sum(self.cost))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = work
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        proved = round(solver.best_objective_bound)
        week = [
            Block(
                day,
                solver.value(one.start),
                solver.value(one.end),
                one.part,
                one.what,
                one.place,
            )
            for day, stops in self.days.items()
            for one in stops
            if solver.value(one.here)
        ]
        return tuple(sorted(week)), round(solver.objective_value), proved

    def _appointments(self) -> None:
        for one in self.participant.appointments:
            yes = self.model.new_constant(1)
            stop = Stop(one.start, one.end, yes, one.place, Part.APPOINTMENT, one.key)
            self.days[one.day].append(stop)

    def _groups(self) -> dict[str, Any]:
        taken = {}
        self.full = self.model.new_bool_var("full")
        self.cost.append(self.problem.weights.short_week * (1 - self.full))
        for need in self.participant.courses:
            mine = []
            for key in need.groups:
                group = self.problem.group[key]
                yes = self.model.new_bool_var(key)
                if any(self.left[seat] <= 0 for seat in self.seats.of_group[key]):
                    self.model.add(yes == 0)
                for one in group.sessions:
                    stop = Stop(one.start, one.end, yes, group.place, Part.COURSE, key)
                    self.days[one.day].append(stop)
                taken[key] = yes
                mine.append(yes)
            self.model.add_at_most_one(mine)
            self.model.add(sum(mine) == 1).only_enforce_if(self.full)
            self.cost.append(self.problem.missing_cost(need) * (1 - sum(mine)))
        return taken

    def _stays(self) -> list[tuple[Opening, Stop]]:
        placement = self.participant.placement
        if placement is None:
            return []
        workplace = self.problem.workplace[placement.workplace]
        step = self.problem.step_minutes
        found = []
        for opening in workplace.openings:
            seat = self.seats.at_workplace(workplace.key, opening.day)
            if not placement.allows(opening.day) or self.left[seat] <= 0:
                continue
            here = self.model.new_bool_var("")
            first, last = -(-opening.start // step), opening.end // step
            if first > last:
                continue
            start = step * self.model.new_int_var(first, last, "")
            end = step * self.model.new_int_var(first, last, "")
            shortest, longest = placement.shortest_day, placement.longest_day
            self.model.add(end - start >= shortest).only_enforce_if(here)
            self.model.add(end - start <= longest).only_enforce_if(here)
            self.model.add(end == start).only_enforce_if(here.negated())
            part = self.model.new_bool_var("")
            whole = whole_day(placement, opening)
            self.model.add(end - start >= whole).only_enforce_if(here, part.negated())
            self.cost.append(self.problem.weights.part_day * part)
            split = self.model.new_bool_var("")
            for one in self.days[opening.day]:
                if one.part is Part.COURSE:
                    self.model.add_bool_or(here.negated(), one.here.negated(), split)
            self.cost.append(self.problem.weights.split_day * split)
            stop = Stop(start, end, here, workplace.place, Part.PRACTICE, workplace.key)
            self.days[opening.day].append(stop)
            found.append((opening, stop))
        return found

    def _round_trips(self) -> None:
        care = self.participant.child_care
        for day, stops in self.days.items():
            base = self.participant.base(day)
            arcs: list[Any] = []
            used = self.model.new_bool_var("")
            arcs.append((0, 0, used.negated()))
            for number, one in enumerate(stops, 1):
                self.model.add_implication(one.here, used)
                arcs.append((number, number, one.here.negated()))
                out, back = self.model.new_bool_var(""), self.model.new_bool_var("")
                way = self.problem.travel_minutes(base, one.place)
                arcs += [(0, number, out), (number, 0, back)]
                self.cost.append(self.problem.weights.travel * way * (out + back))
                if care is not None and day in care.days:
                    self.model.add(one.start >= care.start + way).only_enforce_if(out)
                    self.model.add(one.end <= care.end - way).only_enforce_if(back)
            for (i, one), (j, other) in product(enumerate(stops, 1), repeat=2):
                if i == j:
                    continue
                go = self.model.new_bool_var("")
                way = self.problem.travel_minutes(one.place, other.place)
                self.model.add(other.start >= one.end + way).only_enforce_if(go)
                arcs.append((i, j, go))
                self.cost.append(self.problem.weights.travel * way * go)
            self.model.add_circuit(arcs)

    def _nights(self) -> None:
        rest = self.problem.rest_minutes
        for day in list(Weekday)[:-1]:
            for one, other in product(self.days[day], self.days[Weekday(day + 1)]):
                night = other.start + MINUTES_PER_DAY - one.end
                self.model.add(night >= rest).only_enforce_if(one.here, other.here)

    def _hours(self, groups: Mapping[str, Any], stays: Sequence[tuple[Opening, Stop]]) -> None:
        demand, weights = self.participant.demand, self.problem.weights
        practice = sum(one.end - one.start for _, one in stays)
        own = sum(one.counted_minutes for one in self.participant.appointments)
        counted = {key: self.problem.group[key].counted_minutes_per_week for key in groups}
        total = own + practice + sum(counted[key] * yes for key, yes in groups.items())
        oriented = sum(
            counted[key] * yes
            for key, yes in groups.items()
            if self.problem.group[key].work_oriented
        )
        placement = self.participant.placement
        if placement is not None and placement.work_oriented:
            oriented += practice
        self.model.add(total <= demand.at_most)
        for weight, demanded, held in (
            (weights.missing_full_time, demand.full_time, total),
            (weights.missing_work_oriented, demand.work_oriented, oriented),
        ):
            cost = self.model.new_int_var(0, half_hours(weight, demanded), "")
            self.model.add(30 * cost >= weight * (demanded - held))
            self.model.add(held >= demanded).only_enforce_if(self.full)
            self.cost.append(cost)

    def _changes(self, groups: Mapping[str, Any], stays: Sequence[tuple[Opening, Stop]]) -> None:
        here = {(opening.day, Part.PRACTICE, one.what): one.here for opening, one in stays}
        for key, yes in groups.items():
            for one in self.problem.group[key].sessions:
                here[one.day, Part.COURSE, key] = yes
        before = {(one.day, one.part, one.what) for one in self.participant.last_week}
        for block in before:
            if block[1] is not Part.APPOINTMENT:
                self.cost.append(self.problem.weights.change * (1 - here.get(block, 0)))
