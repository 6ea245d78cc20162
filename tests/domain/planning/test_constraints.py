"""Each constraint alone: a week that it allows, one that it does not, and the best and why."""

from dataclasses import replace
from typing import Any

import pytest

from innpass.domain.planning.problem import (
    Appointment,
    ChildCare,
    LessonUnit,
    Opening,
    Room,
    Weights,
    Workplace,
)
from innpass.domain.planning.solve import plan_caseload, plan_participant
from tests.domain.planning.weeks import (
    FRI,
    HOUR,
    MON,
    ONLY_MINIMA,
    THU,
    TUE,
    WED,
    WORKDAYS,
    asked,
    at,
    at_work,
    days_at_work,
    group,
    groups_in,
    needs,
    norwegian,
    participant,
    problem,
    session,
    stay,
    workplace,
)

AMINA = "amina"


def planned(given):
    return plan_participant(given, AMINA)


def test_the_guides_week_is_exactly_full_time() -> None:
    """16 lessons and 2 lessons counted 75 minutes are 22.5 h; two days of 7.5 h make 37.5 h."""
    a2, trade = norwegian(), group("yrkesnorsk", session(WED, "12:30", "14:00", 2), course="yrke")
    given = problem(
        participant(
            demand=asked(37.5, 15),
            courses=(needs(a2), needs(trade, course="yrke")),
            placement=at_work(),
        ),
        groups=(a2, trade),
        workplaces=(workplace(),),
    )

    result = planned(given)

    assert result.total == 0
    assert days_at_work(result.plan) == [THU, FRI]
    assert [block.minutes for block in result.plan[AMINA] if block.what == "barnehage"] == [450] * 2


def test_a_lesson_counted_as_it_is_long_leaves_more_to_fill() -> None:
    """The same 16 lessons as clock hours of 45 minutes are 12 h: 25.5 h are left, not 17.5 h."""
    by_the_clock = norwegian(unit=LessonUnit(45, 45))
    given = problem(
        participant(
            demand=asked(37.5),
            courses=(needs(by_the_clock),),
            placement=at_work(days=(THU, FRI)),
        ),
        groups=(by_the_clock,),
        workplaces=(workplace(),),
    )

    assert planned(given).cost["missing_full_time"] == 21 * 100


@pytest.mark.parametrize(("second", "missing"), [("10:00", 0), ("09:45", 10_000)])
def test_courses_do_not_overlap(second: str, missing: int) -> None:
    """One course ends at 10:00. One that begins then can be had, too; one before cannot."""
    one = group("A2", session(MON, "08:00", "10:00"))
    other = group("data", session(MON, second, "12:00"), course="data")
    given = problem(
        participant(courses=(needs(one), needs(other, course="data"))), groups=(one, other)
    )

    assert planned(given).cost["missing_course"] == missing


@pytest.mark.parametrize(("minutes", "missing"), [(30, 0), (31, 10_000)])
def test_there_is_time_to_travel_between_courses(minutes: int, missing: int) -> None:
    one = group("A2", session(MON, "08:00", "10:00"))
    other = group("data", session(MON, "10:30", "12:00"), course="data", place="bibliotek")
    given = problem(
        participant(courses=(needs(one), needs(other, course="data"))),
        groups=(one, other),
        minutes=minutes,
    )

    assert planned(given).cost["missing_course"] == missing


def test_a_stay_leaves_time_to_travel_from_the_course() -> None:
    """The course ends at 12:00, the way takes 20 minutes, stays begin on quarters: 12:30."""
    morning = group("A2", session(MON, "08:00", "12:00"))
    given = problem(
        participant(
            demand=asked(work_oriented=7.5),
            courses=(needs(morning),),
            placement=at_work(days=(MON,)),
        ),
        groups=(morning,),
        workplaces=(workplace(),),
        minutes=20,
    )

    result = planned(given)

    assert stay(MON, "12:30", "16:00") in result.plan[AMINA]
    assert result.cost["missing_work_oriented"] == 8 * 200


def test_stays_keep_to_opening_hours_and_days() -> None:
    """Open on two days from 9 to 15: two stays of 6 h; 3 h are missing of 15."""
    given = problem(
        participant(demand=asked(work_oriented=15), placement=at_work()),
        workplaces=(workplace(days=(TUE, THU), start="09:00", end="15:00"),),
    )

    result = planned(given)

    assert result.plan[AMINA] == (stay(TUE, "09:00", "15:00"), stay(THU, "09:00", "15:00"))
    assert result.cost["missing_work_oriented"] == 6 * 200


def test_stays_keep_to_the_days_agreed() -> None:
    given = problem(
        participant(demand=asked(work_oriented=15), placement=at_work(days=(WED, FRI))),
        workplaces=(workplace(),),
    )

    assert days_at_work(planned(given).plan) == [WED, FRI]


@pytest.mark.parametrize(("end", "days"), [("11:00", [MON]), ("10:59", [])])
def test_a_stay_is_never_shorter_than_agreed(end: str, days: list) -> None:
    """Open three hours, and the shortest stay is three hours; a minute less, and there is none."""
    given = problem(
        participant(demand=asked(work_oriented=3), placement=at_work(days=(MON,))),
        workplaces=(workplace(end=end),),
    )

    assert days_at_work(planned(given).plan) == days


def test_a_stay_is_never_longer_than_agreed() -> None:
    given = problem(
        participant(
            demand=asked(work_oriented=15), placement=at_work(days=(MON, TUE), longest_day=5 * HOUR)
        ),
        workplaces=(workplace(),),
    )

    assert [block.minutes for block in planned(given).plan[AMINA]] == [300, 300]


@pytest.mark.parametrize(("end", "group_had"), [("14:15", {"A2"}), ("14:14", set())])
def test_children_are_fetched_in_time(end: str, group_had: set) -> None:
    """The course ends at 14:00 and the way takes 15 minutes."""
    a2 = group("A2", session(MON, "08:15", "14:00"))
    care = ChildCare("barnepass", at("08:00"), at(end))
    given = problem(participant(courses=(needs(a2),), child_care=care), groups=(a2,))

    assert groups_in(planned(given).plan) == group_had


def test_children_are_brought_before_a_stay() -> None:
    """Child care opens at 8, the way takes 15 minutes: the stay is from 8:15 to 15:45."""
    care = ChildCare("barnepass", at("08:00"), at("16:00"))
    given = problem(
        participant(
            demand=asked(work_oriented=7.5), placement=at_work(days=(MON,)), child_care=care
        ),
        workplaces=(workplace(start="07:00", end="18:00"),),
    )

    assert planned(given).plan[AMINA] == (stay(MON, "08:15", "15:45"),)


@pytest.mark.parametrize(("rest", "days"), [(10, [MON, TUE]), (15, [MON])])
def test_there_is_rest_between_a_late_stay_and_an_early_one(rest: int, days: list) -> None:
    """Open 10 to 20 with whole days only: from 20:00 to 10:00 there are 14 hours."""
    given = problem(
        participant(
            demand=asked(work_oriented=20),
            placement=at_work(days=(MON, TUE), shortest_day=600, longest_day=600),
        ),
        workplaces=(workplace(start="10:00", end="20:00"),),
        rest_minutes=rest * HOUR,
    )

    assert days_at_work(planned(given).plan) == days


def test_rest_may_make_the_morning_after_an_evening_course_late() -> None:
    """The course ends at 21:00; with 11 hours of rest the stay begins at 8:00, not at 7:00."""
    evening = group("A2", session(MON, "18:00", "21:00"))
    given = problem(
        participant(
            demand=asked(work_oriented=7.5),
            courses=(needs(evening),),
            placement=at_work(days=(TUE,)),
        ),
        groups=(evening,),
        workplaces=(workplace(start="07:00", end="17:00"),),
        rest_minutes=11 * HOUR,
    )

    assert stay(TUE, "08:00", "15:30") in planned(given).plan[AMINA]


def test_the_week_is_never_too_long() -> None:
    """20 h of course and 15 h work-oriented are 35 h; only 30 may be: 10 h remain for practice."""
    a2 = norwegian()
    given = problem(
        participant(
            demand=asked(full_time=30, work_oriented=15, at_most=30),
            courses=(needs(a2),),
            placement=at_work(),
        ),
        groups=(a2,),
        workplaces=(workplace(),),
    )

    result = planned(given)

    assert result.cost["missing_work_oriented"] == 10 * 200
    assert result.cost["missing_full_time"] == 0


def test_appointments_are_gone_around() -> None:
    """An appointment in the middle of Monday leaves the afternoon, longer than the morning."""
    dentist = Appointment("tannlege", "tannlege", MON, at("10:00"), at("11:00"), "hjemme")
    given = problem(
        participant(
            demand=asked(work_oriented=7.5), placement=at_work(days=(MON,)), appointments=(dentist,)
        ),
        workplaces=(workplace(end="18:00"),),
    )

    assert stay(MON, "11:15", "18:00") in planned(given).plan[AMINA]


def test_an_appointment_that_is_part_of_the_programme_counts() -> None:
    talk = Appointment("samtale", "samtale", MON, at("10:00"), at("11:00"), "hjemme", HOUR)
    given = problem(participant(demand=asked(full_time=2), appointments=(talk,)))

    assert planned(given).cost["missing_full_time"] == 2 * 100


def test_an_appointment_may_be_work_oriented() -> None:
    measure = Appointment(
        *("tiltak", "tiltak", MON, at("10:00"), at("11:00"), "hjemme", HOUR), work_oriented=True
    )
    given = problem(participant(demand=asked(work_oriented=2), appointments=(measure,)))

    assert planned(given).cost["missing_work_oriented"] == 2 * 200


@pytest.mark.parametrize("capacity", [1, 2])
def test_a_group_takes_no_more_than_it_has_seats_for(capacity: int) -> None:
    """With one seat, one of the two goes without, whoever it is."""
    a2 = group("A2", session(MON, "08:00", "10:00"), capacity=capacity)
    both = (participant(courses=(needs(a2),)), participant("odd", courses=(needs(a2),)))

    result = plan_caseload(problem(*both, groups=(a2,)))

    assert result.cost["missing_course"] == 10_000 * (2 - capacity)


@pytest.mark.parametrize("capacity", [1, 2])
def test_a_room_with_one_group_limits_it(capacity: int) -> None:
    a2 = group("A2", session(MON, "08:00", "10:00", room="rom"))
    both = (participant(courses=(needs(a2),)), participant("odd", courses=(needs(a2),)))

    result = plan_caseload(problem(*both, groups=(a2,), rooms=(Room("rom", "rom", capacity),)))

    assert result.cost["missing_course"] == 10_000 * (2 - capacity)


@pytest.mark.parametrize(("start", "missing"), [("09:00", 1), ("10:00", 0)])
def test_groups_share_a_rooms_seats_only_at_the_same_time(start: str, missing: int) -> None:
    a2 = group("A2", session(MON, "08:00", "10:00", room="rom"))
    b1 = group("B1", session(MON, start, "12:00", room="rom"), course="B1")
    both = (
        participant(courses=(needs(a2),)),
        participant("odd", courses=(needs(b1, course="B1"),)),
    )

    result = plan_caseload(problem(*both, groups=(a2, b1), rooms=(Room("rom", "rom", 1),)))

    assert result.cost["missing_course"] == 10_000 * missing


def test_a_workplace_takes_no_more_a_day_than_it_has_seats_for() -> None:
    """Two want two of three days with one seat each: three days are had, one is missing."""
    wish: dict[str, Any] = {"demand": asked(work_oriented=15), "placement": at_work()}
    both = (participant(**wish), participant("odd", **wish))

    result = plan_caseload(problem(*both, workplaces=(workplace(days=(MON, TUE, WED)),)))

    assert result.cost["missing_work_oriented"] == 15 * 200
    taken = [block.day for week in result.plan.values() for block in week]
    assert sorted(taken) == [MON, TUE, WED]


def test_few_lack_much_rather_than_many_a_little() -> None:
    """Two days for two who want two each: one has a full week, rather than both a half.

    Without its own cost a short week would be as good for both as for one.
    """
    wish: dict[str, Any] = {"demand": asked(work_oriented=15), "placement": at_work()}
    both = (participant(**wish), participant("odd", **wish))

    result = plan_caseload(
        problem(
            *both,
            workplaces=(workplace(days=(MON, TUE)),),
            weights=replace(ONLY_MINIMA, short_week=300),
        )
    )

    assert sorted(len(week) for week in result.plan.values()) == [0, 2]
    assert result.cost["short_week"] == 300


def test_whole_days_at_the_workplace_are_preferred() -> None:
    """10.5 h: a whole day and a short one are one part day; two of equal length would be two."""
    given = problem(
        participant(demand=asked(work_oriented=10.5), placement=at_work()),
        workplaces=(workplace(),),
        weights=Weights(travel=0, split_day=0),
    )

    result = planned(given)

    assert sorted(block.minutes for block in result.plan[AMINA]) == [180, 450]
    assert result.cost["part_day"] == 20


def test_a_whole_day_after_a_short_night_is_worth_a_shorter_day_before() -> None:
    """7 h on an evening and the morning after, 16 h apart: the morning is whole, the evening not.

    Made as long as can be, Monday's stay would shorten Tuesday's, and both would be part days.
    """
    openings = (
        Opening(MON, at("09:15"), at("15:15"), 1),
        Opening(TUE, at("06:30"), at("09:30"), 1),
    )
    given = problem(
        participant(
            demand=asked(work_oriented=7), placement=at_work(shortest_day=120, longest_day=360)
        ),
        workplaces=(Workplace("barnehage", "barnehage", "barnehage", openings),),
        rest_minutes=16 * HOUR,
        weights=replace(ONLY_MINIMA, part_day=20),
    )

    result = planned(given)

    assert result.plan[AMINA] == (stay(MON, "09:15", "13:15"), stay(TUE, "06:30", "09:30"))
    assert result.total == 20


def test_split_days_are_avoided() -> None:
    """Monday has a course: the stay is on Tuesday, though Monday's afternoon is free, too."""
    morning = group("A2", session(MON, "08:00", "10:00"))
    given = problem(
        participant(demand=asked(work_oriented=3), courses=(needs(morning),), placement=at_work()),
        groups=(morning,),
        workplaces=(workplace(days=(MON, TUE)),),
        weights=Weights(travel=0, part_day=0),
    )

    assert days_at_work(planned(given).plan) == [TUE]


def test_little_travel_is_preferred() -> None:
    """Of two groups that suit, the one nearer home is chosen."""
    far = group("fjern", session(MON, "08:00", "10:00"), place="fjern")
    near = group("nær", session(MON, "08:00", "10:00"), place="nær")
    given = problem(
        participant(courses=(needs(far, near),)),
        groups=(far, near),
        travel={("fjern", "hjemme"): 40, ("hjemme", "nær"): 10},
        weights=Weights(),
    )

    result = planned(given)

    assert groups_in(result.plan) == {"nær"}
    assert result.cost["travel"] == 20


def test_last_weeks_days_and_hours_are_kept() -> None:
    """Any two days would do; last week's are kept, and the later hours with them."""
    last = (stay(TUE, "08:30", "16:00"), stay(FRI, "08:30", "16:00"))
    given = problem(
        participant(demand=asked(work_oriented=15), placement=at_work(), last_week=last),
        workplaces=(workplace(days=WORKDAYS),),
        weights=Weights(),
    )

    assert planned(given).plan[AMINA] == last
