"""What holds for every problem, however odd."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from innpass.domain.planning.checks import Severity, check, check_week
from innpass.domain.planning.costs import plan_cost, week_cost
from innpass.domain.planning.demands import can_all_hold, clashing_demands
from innpass.domain.planning.explain import explain, why_short
from innpass.domain.planning.problem import Problem
from innpass.domain.planning.seats import seats_in
from innpass.domain.planning.sentences import render
from innpass.domain.planning.solve import plan_caseload, plan_participant
from innpass.domain.planning.weeks import Weeks
from tests.domain.planning.by_constraints import Week
from tests.domain.planning.generated import edited, problems

FEW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def broken(problem, plan):
    return [one for one in check(problem, plan) if one.severity is Severity.BROKEN]


@FEW
@given(problems())
def test_every_plan_passes_every_check(problem: Problem) -> None:
    result = plan_caseload(problem)

    assert broken(problem, result.plan) == []
    assert set(result.plan) | set(result.impossible) == set(problem.participant)
    assert result.cost == plan_cost(problem, result.plan)
    assert 0 <= result.lower_bound <= result.total


@FEW
@given(problems(most=1))
def test_every_week_considered_passes_every_check_and_costs_what_it_says(problem: Problem) -> None:
    (participant,) = problem.participants
    seats = seats_in(problem)
    weeks = Weeks(problem, participant, seats, seats.capacity)

    for one in weeks.candidates():
        week = weeks.week(one)
        clashes = check_week(problem, participant, week)
        assert [clash for clash in clashes if clash.severity is Severity.BROKEN] == []
        assert sum(week_cost(problem, participant, week).values()) == one.cost
        assert seats.of_week(week) == set(one.seats)


@FEW
@given(problems(most=1))
def test_no_week_is_better_than_ours(problem: Problem) -> None:
    """CP-SAT, which shares nothing with our search, finds no cheaper week, and none when we do."""
    (participant,) = problem.participants
    seats = seats_in(problem)

    result = plan_participant(problem, participant.key)
    second_opinion = Week(problem, participant, seats, seats.capacity).solved()

    if second_opinion is None:
        assert participant.key in result.impossible
    else:
        _, cost, proved = second_opinion
        assert proved <= result.total <= cost
        assert result.lower_bound == result.total


@settings(FEW, max_examples=8)
@given(problems(most=1))
def test_clashing_demands_are_as_few_as_can_be(problem: Problem) -> None:
    (participant,) = problem.participants
    clashing = clashing_demands(problem, participant)
    assume(clashing)

    assert not can_all_hold(problem, participant, clashing)
    for one in clashing:
        fewer = [other for other in clashing if other != one]
        assert can_all_hold(problem, participant, fewer)


@settings(FEW, max_examples=8)
@given(problems(most=3), st.data())
def test_any_week_made_by_hand_is_judged_and_explained(problem: Problem, data) -> None:
    """However wrong a hand has made it, there is an answer in words and no error."""
    before = plan_caseload(problem).plan
    after = {key: data.draw(edited(week)) for key, week in before.items()}

    clashes = check(problem, after)
    explained = explain(problem, before, after)

    assert all(render(one.reason) for one in clashes)
    assert set(explained) == {key for key in before if before[key] != after[key]}
    for key in list(after)[:1]:
        assert all(render(why) for why in why_short(problem, after, key))
    for key, week in after.items():
        if key in explained:
            assert explained[key].changes
            assert all(render(why) for why in explained[key].reasons)
        assert sum(week_cost(problem, problem.participant[key], week).values()) >= 0


@FEW
@given(problems())
def test_last_weeks_plan_is_kept_when_nothing_changed(problem: Problem) -> None:
    before = plan_caseload(problem).plan
    again = replace(
        problem,
        participants=tuple(
            replace(one, last_week=before.get(one.key, ())) for one in problem.participants
        ),
    )

    result = plan_caseload(again)

    assert result.cost["change"] == 0
