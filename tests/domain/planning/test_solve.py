"""Planning one, some and all: seats, the queue, stopping, and what a result says of itself."""

from dataclasses import replace

import pytest

from innpass.domain.planning.checks import check
from innpass.domain.planning.choosing import Progress
from innpass.domain.planning.demands import DemandKind
from innpass.domain.planning.problem import Appointment
from innpass.domain.planning.solution import Part, Status, weeks_of
from innpass.domain.planning.solve import plan_caseload, plan_participant
from tests.domain.planning.weeks import (
    MON,
    TUE,
    WED,
    asked,
    at,
    at_work,
    days_at_work,
    group,
    groups_in,
    needs,
    participant,
    problem,
    session,
    workplace,
)

MONDAY = group("mandag", session(MON, "08:30", "11:30"), capacity=1)
TUESDAY = group("tirsdag", session(TUE, "08:30", "11:30"), capacity=1)
MONDAY_TALK = Appointment("samtale", "Samtale", MON, at("09:00"), at("10:00"), "senter")
# Odd can only be in the group on Tuesdays; Amina, first in the queue, might be in either.
AMINA = participant(courses=(needs(TUESDAY, MONDAY),))
ODD = participant("odd", courses=(needs(MONDAY, TUESDAY),), appointments=(MONDAY_TALK,))
GIVEN = problem(AMINA, ODD, groups=(MONDAY, TUESDAY))


def test_the_first_in_the_queue_leaves_the_seat_to_whoever_needs_it() -> None:
    result = plan_caseload(GIVEN)

    assert groups_in(result.plan) == {"mandag"}
    assert groups_in(result.plan, "odd") == {"tirsdag"}
    assert (result.status, result.total, result.gap) == (Status.PROVED_BEST, 0, 0.0)
    assert check(GIVEN, result.plan) == ()


def test_one_is_planned_with_the_seats_that_the_others_leave() -> None:
    others = plan_participant(GIVEN, "odd").plan

    result = plan_participant(GIVEN, "amina", beside=others)

    assert groups_in(result.plan) == {"mandag"}
    assert set(result.plan) == {"amina"}
    assert result.status is Status.PROVED_BEST


def test_a_class_is_planned_beside_the_others() -> None:
    """Amina keeps the seat on Tuesday; Odd, planned anew, goes without."""
    amina = plan_participant(GIVEN, "amina").plan

    result = plan_caseload(GIVEN, only={"odd"}, beside=amina)

    assert groups_in(amina) == {"tirsdag"}
    assert result.plan == {"odd": tuple(b for b in result.plan["odd"] if b.what == "samtale")}
    assert result.cost["missing_course"] == 10_000


def test_a_week_beside_is_replaced_when_it_is_planned_anew() -> None:
    before = plan_caseload(GIVEN).plan

    result = plan_participant(GIVEN, "amina", beside=before)

    assert result.total == 0


def test_only_those_known_can_be_planned() -> None:
    with pytest.raises(KeyError, match="siri"):
        plan_participant(GIVEN, "siri")


def test_fixed_demands_that_clash_are_named_and_the_others_are_planned() -> None:
    """Two appointments at the same time: no week at all for Odd, and just these two say why."""
    twice = (MONDAY_TALK, replace(MONDAY_TALK, key="lege", name="Legen"))
    given = replace(GIVEN, participants=(AMINA, replace(ODD, appointments=twice)))

    result = plan_caseload(given)

    assert set(result.plan) == {"amina"}
    assert [(one.kind, one.key) for one in result.impossible["odd"]] == [
        (DemandKind.APPOINTMENT, "samtale"),
        (DemandKind.APPOINTMENT, "lege"),
    ]


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan_caseload(GIVEN, seed=3).plan == plan_caseload(GIVEN, seed=3).plan
    assert plan_caseload(GIVEN, seed=3).seed == 3


def test_progress_is_told_from_the_first_week_to_the_bound() -> None:
    told: list[Progress] = []

    result = plan_caseload(GIVEN, tell=told.append)

    assert [one.stage for one in told][:2] == ["weeks", "queue"]
    assert told[0].cost is None
    assert (told[-1].cost, told[-1].lower_bound) == (result.total, result.lower_bound)


def test_stopping_at_once_plans_nobody() -> None:
    result = plan_caseload(GIVEN, should_stop=lambda: True)

    assert (dict(result.plan), result.status) == ({}, Status.STOPPED)


def test_stopping_later_keeps_the_best_so_far() -> None:
    asked_times = iter([False, True, True, True])

    result = plan_caseload(GIVEN, should_stop=lambda: next(asked_times))

    assert set(result.plan) == {"amina", "odd"}
    assert result.status is Status.STOPPED


def test_without_time_there_is_a_plan_with_its_gap() -> None:
    """The queue alone gives Amina the seat on Tuesday; the bound is what Odd could have had."""
    result = plan_caseload(GIVEN, seconds=0)

    assert groups_in(result.plan) == {"tirsdag"}
    assert (result.total, result.lower_bound, result.gap) == (10_000, 0, 1.0)
    assert result.status is Status.BEST_IN_TIME


def test_an_empty_caseload_is_planned() -> None:
    result = plan_caseload(problem())

    assert (dict(result.plan), result.total, result.gap) == ({}, 0, 0.0)


def test_a_workplaces_week_shows_who_comes_when() -> None:
    given = problem(
        participant(demand=asked(work_oriented=15), placement=at_work(days=(MON, WED))),
        workplaces=(workplace(),),
    )
    plan = plan_caseload(given).plan

    week = weeks_of(plan, Part.PRACTICE, "barnehage")

    assert [block.day for block in week["amina"]] == [MON, WED] == days_at_work(plan)
    assert weeks_of(plan, Part.COURSE, "barnehage") == {}
