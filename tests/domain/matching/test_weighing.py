"""What counts for and against a pair, each with its reason."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from innpass.domain.matching.limits import hindrances
from innpass.domain.matching.problem import Employer, Points, Problem, Rules, Supervisor
from innpass.domain.matching.reasons import Level
from innpass.domain.matching.weighing import digits_in_common, hired_points, weigh, weigh_now
from tests.domain.matching.pair import pair, told
from tests.domain.matching.problems import problems


def points(problem: Problem) -> dict[str, int]:
    return {
        told(one.reason): one.points
        for one in (
            *weigh(problem, problem.seekers[0], problem.offers[0]),
            *weigh_now(problem, problem.seekers[0], problem.offers[0]),
        )
    }


def test_the_way_alone_counts_where_nothing_else_is_known() -> None:
    assert points(pair()) == {"Reisetida er 20 minutter hver vei.": -6}


@pytest.mark.parametrize(
    ("goal", "says", "worth"),
    [
        ("5321", "Er yrket som er målet (helsefagarbeider).", 40),
        ("5322", "Er svært nær yrket som er målet (helsefagarbeider).", 28),
        ("5311", "Er i samme yrkesgruppe som målet (helsefagarbeider).", 16),
        ("51", "Er i samme yrkesfelt som målet (helsefagarbeider).", 6),
        ("9412", "Er et annet slags yrke enn målet (helsefagarbeider).", -5),
    ],
)
def test_a_goal_counts_by_the_digits_in_common(goal: str, says: str, worth: int) -> None:
    found = points(pair(seeker={"goal": goal}, offer={"occupation": "5321"}, minutes=0))

    assert found == {says: worth}


@pytest.mark.parametrize(
    ("changed", "says", "worth"),
    [
        (
            {"seeker": {"experience": frozenset({"5322", "9412"})}},
            "Deltakeren har arbeidet i et svært likt yrke (helsefagarbeider).",
            14,
        ),
        (
            {"seeker": {"wished_occupations": frozenset({"5321"})}},
            "Deltakeren ønsker dette yrket (helsefagarbeider).",
            20,
        ),
        (
            {"seeker": {"wished_employers": frozenset({"solbakken"})}},
            "Deltakeren ønsker seg til Solbakken sykehjem.",
            30,
        ),
        (
            {"seeker": {"wished_areas": frozenset({"Helse"})}, "employer": {"area": "Helse"}},
            "Deltakeren ønsker seg til Helse.",
            15,
        ),
        ({"offer": {"can_be_learnt": ("stell", "mat")}}, "Her kan en lære stell og mat.", 5),
        (
            {"seeker": {"minutes_wanted": 1800}},
            "Gir plass til 21 timer i uka. Det trengs 30 timer.",
            -6,
        ),
        (
            {"employer": {"running": 2}},
            "Solbakken sykehjem har 2 i praksis nå. Det er godt å bruke flere steder.",
            -6,
        ),
        ({"seeker": {"level": None}}, "Norsknivået er ikke ført. Stedet krever A2.", -25),
    ],
)
def test_each_thing_that_counts_has_its_reason(
    changed: dict[str, Any], says: str, worth: int
) -> None:
    known = {"offer": {"occupation": "5321"} | changed.get("offer", {})}

    assert points(pair(**changed | known, minutes=0)) == {says: worth}


def test_hours_are_those_on_days_with_a_free_seat() -> None:
    wanted = pair(seeker={"minutes_wanted": 900}, minutes=0)

    full = wanted.offers[0].openings[0]._replace(free_seats=0)
    openings = (full, *wanted.offers[0].openings[1:])
    fewer = replace(wanted, offers=(replace(wanted.offers[0], openings=openings),))

    assert points(wanted) == {}
    assert points(fewer) == {"Gir plass til 14 timer i uka. Det trengs 15 timer.": -1}


def record(contracts: int, placements: int) -> int:
    """Weigh a record beside one employer with 25 contracts of 100."""
    own = Employer("own", "Own", placements=placements, contracts=contracts)
    other = Employer("other", "Other", placements=100, contracts=25)
    return hired_points(Problem((), (), (own, other)), own)


def test_a_record_of_few_counts_for_little() -> None:
    assert record(0, 0) == 0
    assert 0 < record(1, 1) < record(5, 10) < record(9, 10)
    assert record(0, 1) == -1
    assert record(0, 20) < record(0, 3) < 0


def test_a_record_of_few_says_so() -> None:
    few = pair(employer={"placements": 2, "contracts": 2}, minutes=0)
    other = Employer("other", "Other", placements=100, contracts=25)

    (only,) = points(replace(few, employers=(*few.employers, other)))

    assert only == "2 av 2 som var i praksis, fikk kontrakt. Det er få, så det teller lite."


def test_a_supervisor_who_follows_many_counts_against() -> None:
    problem = pair(seeker={"supervisor": "v"}, supervisors=(Supervisor("v", running=7),), minutes=0)

    assert points(problem) == {"Praksisveilederen følger opp 7 i praksis nå.": -7}


def test_the_municipality_decides_what_each_thing_is_worth() -> None:
    rules = Rules(points=Points(can_be_learnt=11))

    found = points(pair(offer={"can_be_learnt": ("mat",)}, minutes=0, rules=rules))

    assert found == {"Her kan en lære mat.": 11}


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [("5321", "5321", 4), ("5321", "5320", 3), ("532", "5321", 3), ("", "5", 0), ("9", "5", 0)],
)
def test_occupations_are_as_near_as_their_digits(one: str, other: str, common: int) -> None:
    assert digits_in_common(one, other) == digits_in_common(other, one) == common


@settings(max_examples=25, deadline=None)
@given(problems())
def test_no_reason_counts_nothing_and_every_missing_fact_counts_against(problem: Problem) -> None:
    for seeker in problem.seekers:
        for offer in problem.offers:
            found = weigh(problem, seeker, offer)
            missing = [one for one in hindrances(problem, seeker, offer) if not one.falls_out]
            unknown = [one for one in found if one.reason.code.startswith("unknown.")]
            assert all(one.points for one in found)
            assert [one.reason for one in unknown] == [one.reason for one in missing]
            assert all(one.points < 0 for one in unknown)


def test_level_above_what_is_demanded_counts_nothing() -> None:
    assert points(pair(seeker={"level": Level.C2}, minutes=0)) == {}
