"""The smallest set of demands that cannot all hold, in words."""

from innpass.domain.planning.demands import DemandKind, clashing_demands, demands_of
from innpass.domain.planning.problem import Appointment, ChildCare, CourseNeed
from innpass.domain.planning.sentences import render
from tests.domain.planning.weeks import (
    HOUR,
    MON,
    TUE,
    WED,
    asked,
    at,
    at_work,
    group,
    needs,
    norwegian,
    participant,
    problem,
    session,
    workplace,
)


def kinds(given):
    return {one.kind for one in clashing_demands(given, given.participant["amina"])}


def words(given):
    return [render(one.reason) for one in clashing_demands(given, given.participant["amina"])]


def test_demands_that_can_all_hold_do_not_clash() -> None:
    a2 = norwegian()
    given = problem(
        participant(demand=asked(35, 15), courses=(needs(a2),), placement=at_work()),
        groups=(a2,),
        workplaces=(workplace(),),
    )

    assert words(given) == []


def test_an_appointment_over_a_fixed_session() -> None:
    """The course and the dentist clash; travel, child care and hours have nothing to do with it."""
    dentist = Appointment("tannlege", "Tannlegen", TUE, at("10:00"), at("11:00"), "sentrum")
    given = problem(
        participant(
            demand=asked(20),
            courses=(needs(norwegian(), course="norsk"),),
            appointments=(dentist,),
            child_care=ChildCare("barnepass", at("07:00"), at("17:00")),
        ),
        groups=(norwegian(),),
    )

    assert words(given) == [
        "Tannlegen, tirsdag 10.00–11.00.",
        "norsk, i en av gruppene som passer: A2.",
    ]


def test_two_groups_suit_and_one_does_not_clash() -> None:
    dentist = Appointment("tannlege", "Tannlegen", TUE, at("10:00"), at("11:00"), "senter")
    evening = group("A2 kveld", session(TUE, "17:00", "20:00"))
    given = problem(
        participant(courses=(needs(norwegian(), evening),), appointments=(dentist,)),
        groups=(norwegian(), evening),
    )

    assert words(given) == []


def test_travel_is_named_when_it_is_what_stands_between() -> None:
    """The course ends when the appointment begins: only the way between makes it impossible."""
    morning = group("A2", session(TUE, "08:30", "10:00"))
    dentist = Appointment("tannlege", "Tannlegen", TUE, at("10:00"), at("11:00"), "sentrum")
    given = problem(
        participant(courses=(needs(morning),), appointments=(dentist,)), groups=(morning,)
    )

    assert kinds(given) == {DemandKind.APPOINTMENT, DemandKind.TRAVEL, DemandKind.COURSE}


def test_the_workplaces_days_against_the_minimum() -> None:
    """One day from 8 to 16 cannot give 15 h, however long a stay may be."""
    given = problem(
        participant(demand=asked(work_oriented=15), placement=at_work()),
        workplaces=(workplace(days=(WED,)),),
    )

    assert words(given) == [
        "Praksis hos barnehage må være i åpningstiden, på dagene som er avtalt.",
        "Uka skal ha minst 15\xa0t arbeidsrettet.",
    ]


def test_full_time_without_a_workplace_clashes_with_nothing_but_itself() -> None:
    given = problem(
        participant(demand=asked(37.5), courses=(needs(norwegian()),)), groups=(norwegian(),)
    )

    assert words(given) == ["Uka skal være på 37,5\xa0t."]


def test_a_course_that_no_group_teaches() -> None:
    given = problem(participant(courses=(CourseNeed("norsk", ()),)))

    assert words(given) == ["norsk, som ikke har noen gruppe som passer."]


def test_rest_is_named_between_an_evening_and_a_morning() -> None:
    evening = group("A2 kveld", session(MON, "18:00", "21:00"))
    morning = group("data", session(TUE, "07:00", "10:00"), course="data")
    given = problem(
        participant(courses=(needs(evening), needs(morning, course="data"))),
        groups=(evening, morning),
        rest_minutes=11 * HOUR,
    )

    assert kinds(given) == {DemandKind.COURSE, DemandKind.REST}


def test_too_many_hours_of_course() -> None:
    a2 = norwegian()
    given = problem(participant(demand=asked(at_most=19), courses=(needs(a2),)), groups=(a2,))

    assert words(given) == [
        "norsk, i en av gruppene som passer: A2.",
        "Uka kan høyst være på 19\xa0t.",
    ]


def test_only_what_is_fixed_can_be_asked_about() -> None:
    given = problem(participant(demand=asked(37.5)))
    amina = given.participant["amina"]

    assert clashing_demands(given, amina, only_fixed=True) == ()
    assert clashing_demands(given, amina) != ()


def test_every_demand_says_what_it_is() -> None:
    dentist = Appointment("tannlege", "Tannlegen", TUE, at("10:00"), at("11:00"), "senter")
    given = problem(
        participant(
            demand=asked(37.5, 15),
            courses=(needs(norwegian()),),
            placement=at_work(),
            appointments=(dentist,),
            child_care=ChildCare("barnepass", at("07:00"), at("17:00")),
        ),
        groups=(norwegian(),),
        workplaces=(workplace(),),
        rest_minutes=11 * HOUR,
    )

    demands = demands_of(given, given.participant["amina"])

    assert {one.kind for one in demands} == set(DemandKind)
    assert all(render(one.reason) for one in demands)
