"""Of every term: proposals pass every check, cost what is told, and name what clashes."""

from hypothesis import given, settings

from innpass.domain.intake.checks import Severity, check
from innpass.domain.intake.costs import grouping_cost
from innpass.domain.intake.explain import elsewhere, why
from innpass.domain.intake.problem import Problem
from innpass.domain.intake.sentences import render
from innpass.domain.intake.solve import Status, propose
from tests.domain.intake.terms import problems


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_proposal_breaks_nothing_and_says_what_it_costs(problem: Problem) -> None:
    found = propose(problem)

    assert [c for c in check(problem, found.grouping) if c.severity is Severity.BROKEN] == []
    assert found.status is Status.PROVED_BEST
    assert found.cost == found.lower_bound == grouping_cost(problem, found.grouping)
    assert set(found.grouping) == set(problem.person)
    for person in problem.people:
        assert found.grouping[person.key] in (None, *problem.slot)
        assert person.pinned in (None, found.grouping[person.key]) or not found.grouping[person.key]


@settings(max_examples=25, deadline=None)
@given(problems())
def test_who_has_no_group_is_told_why_in_words(problem: Problem) -> None:
    found = propose(problem)

    is_short = None in found.grouping.values()
    assert bool(found.clash) is is_short
    told = [*map(render, found.clash)]
    for person in found.grouping:
        told += map(render, why(problem, found.grouping, person))
        for other in elsewhere(problem, found.grouping, person):
            told += [render(clash.reason) for clash in other.clashes]
    assert all(told)
    assert not any("{" in text for text in told)
