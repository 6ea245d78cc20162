"""Short lists both ways: the best first, then what falls out, the nearest first."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from innpass.domain.matching.limits import is_eligible
from innpass.domain.matching.problem import Problem, Seeker, Supervisor
from innpass.domain.matching.reasons import Level
from innpass.domain.matching.shortlist import for_offer, for_seeker
from tests.domain.matching.pair import OFFER, pair
from tests.domain.matching.problems import problems


def test_the_best_place_is_first_and_the_nearest_of_the_others() -> None:
    base = pair(seeker={"goal": "5321"})
    problem = replace(
        base,
        offers=(
            replace(OFFER, key="c2", level_at_start=Level.C2),
            replace(OFFER, key="none"),
            replace(OFFER, key="goal", occupation="5321"),
            replace(OFFER, key="b1", level_at_start=Level.B1),
            replace(OFFER, key="b1-full", level_at_start=Level.B1, seats=0),
            replace(OFFER, key="unknown", occupation="5321", level_at_start=None),
        ),
    )

    found = for_seeker(problem, "amina")

    assert [one.offer for one in found.fit] == ["goal", "unknown", "none"]
    assert [one.offer for one in found.fallen_out] == ["b1", "c2", "b1-full"]
    assert [one.reason.code for one in found.fit[1].clarify] == ["unknown.language_of_place"]
    assert found.fit[1].clarify[0].reason in [one.reason for one in found.fit[1].speaks_against]


def test_a_place_lists_people_with_less_loaded_supervisors_first() -> None:
    base = pair()
    (one,) = base.seekers
    problem = replace(
        base,
        seekers=tuple(replace(one, key=key, supervisor=key) for key in ("busy", "free")),
        supervisors=(Supervisor("busy", 9), Supervisor("free", 2)),
    )

    assert [fit.seeker for fit in for_offer(problem, OFFER.key).fit] == ["free", "busy"]


def test_who_is_not_in_the_problem_cannot_be_listed() -> None:
    with pytest.raises(KeyError):
        for_seeker(pair(), "noen andre")
    with pytest.raises(KeyError):
        for_offer(pair(), "et annet sted")


@settings(max_examples=25, deadline=None)
@given(problems())
def test_both_lists_say_the_same_of_every_pair_and_leave_nobody_out(problem: Problem) -> None:
    of_seekers = [for_seeker(problem, one.key) for one in problem.seekers]
    of_offers = [for_offer(problem, one.key) for one in problem.offers]

    fit = {(one.seeker, one.offer): one for found in of_seekers for one in found.fit}
    out = {(one.seeker, one.offer): one for found in of_seekers for one in found.fallen_out}
    assert fit == {(one.seeker, one.offer): one for found in of_offers for one in found.fit}
    assert out == {(o.seeker, o.offer): o for found in of_offers for o in found.fallen_out}
    assert len(fit) + len(out) == len(problem.seekers) * len(problem.offers)
    assert fit.keys() == {
        (seeker.key, offer.key)
        for seeker in problem.seekers
        for offer in problem.offers
        if is_eligible(problem, seeker, offer)
    }


@settings(max_examples=25, deadline=None)
@given(problems())
def test_lists_are_in_order_and_points_are_those_of_the_reasons(problem: Problem) -> None:
    for seeker in problem.seekers:
        found = for_seeker(problem, seeker.key)
        totals = [one.points for one in found.fit]
        assert totals == sorted(totals, reverse=True)
        for one in found.fit:
            assert one.points == sum(point.points for point in one.reasons)
            assert {*one.speaks_for, *one.speaks_against} == set(one.reasons)
        efforts = [one.effort for one in found.fallen_out]
        assert efforts == sorted(efforts)
        assert all(count > 0 for count, _ in efforts)


def test_an_empty_problem_has_empty_lists() -> None:
    found = for_seeker(Problem((Seeker("s"),), (), ()), "s")

    assert (found.fit, found.fallen_out) == ((), ())
