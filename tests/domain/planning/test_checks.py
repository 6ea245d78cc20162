"""Each check alone on weeks written by hand, as somebody would edit them."""

from dataclasses import replace

import pytest

from innpass.domain.planning.checks import (
    HARD,
    MINIMA,
    SHARED,
    Severity,
    check,
    check_week,
)
from innpass.domain.planning.problem import Appointment, ChildCare, Room
from innpass.domain.planning.reasons import Length
from innpass.domain.planning.solution import Block, Part
from tests.domain.planning.weeks import (
    FRI,
    HOUR,
    MON,
    NOTHING_ASKED,
    THU,
    TUE,
    WED,
    asked,
    at,
    at_work,
    group,
    lesson,
    needs,
    participant,
    problem,
    session,
    stay,
    workplace,
)

MORNING, AFTERNOON = session(MON, "08:30", "11:30", 3), session(WED, "12:00", "15:00", 3)
A2 = group("A2", MORNING, AFTERNOON, capacity=1)
B1 = group("B1", session(TUE, "08:30", "11:30", room="rom"), course="B1", place="bibliotek")
OTHER_A2 = group("A2 kveld", session(TUE, "18:00", "21:00"), capacity=1)
DENTIST = Appointment("tannlege", "Tannlegen", FRI, at("09:00"), at("10:00"), "hjemme")
KEPT = Block(FRI, at("09:00"), at("10:00"), Part.APPOINTMENT, "tannlege", "hjemme")
CARE = ChildCare("barnepass", at("08:00"), at("17:00"), frozenset({MON, TUE, WED, FRI}))
AMINA = participant(
    courses=(needs(A2, OTHER_A2), needs(B1, course="B1")),
    placement=at_work(days=(MON, TUE, WED, FRI)),
    appointments=(DENTIST,),
    child_care=CARE,
)
GIVEN = problem(
    AMINA,
    participant("odd", courses=(needs(A2), needs(B1, course="B1")), placement=at_work()),
    groups=(A2, B1, OTHER_A2),
    rooms=(Room("rom", "Rom 1", 1),),
    workplaces=(workplace(days=(MON, TUE, WED, FRI)),),
    rest_minutes=11 * HOUR,
)
COURSE = (lesson(A2, MORNING), lesson(A2, AFTERNOON))
B1_LESSON = lesson(B1, B1.sessions[0])
WHOLE = (*COURSE, B1_LESSON, stay(FRI, "10:30", "15:00"), KEPT)


def codes(week, severity=Severity.BROKEN, given=GIVEN):
    found = check_week(given, given.participant["amina"], tuple(sorted(week)))
    return [one.reason.code for one in found if one.severity is severity]


def test_a_week_that_can_be_lived_has_no_clash() -> None:
    assert codes(WHOLE) == []


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (stay(MON, "11:00", "14:00"), "clash.overlap"),
        (stay(MON, "11:40", "14:40"), "clash.travel"),
        (stay(TUE, "12:00", "16:30"), "clash.closed"),
        (stay(WED, "08:15", "10:00"), "clash.stay_length"),
        (stay(WED, "08:00", "11:00"), "clash.child_care"),
        (replace(stay(WED, "08:15", "11:15"), what="bibliotek"), "clash.other_workplace"),
        (replace(B1_LESSON, day=WED, start=at("08:30")), "clash.unknown_block"),
        (lesson(OTHER_A2, OTHER_A2.sessions[0]), "clash.two_groups"),
    ],
)
def test_one_block_too_many_is_told(extra: Block, code: str) -> None:
    assert code in codes((*WHOLE, extra))


def test_a_workplace_is_closed_on_days_it_does_not_name() -> None:
    thursday = replace(stay(WED, "09:00", "12:00"), day=THU)

    assert codes((*WHOLE, thursday)) == ["clash.closed_day"]


def test_practice_is_on_days_agreed_only() -> None:
    other_days = replace(AMINA, placement=at_work(days=(TUE,)))

    found = check_week(GIVEN, other_days, WHOLE)

    assert "clash.day_not_agreed" in [one.reason.code for one in found]


def test_two_stays_a_day_are_one_too_many() -> None:
    two = (stay(MON, "12:00", "15:00"), stay(MON, "15:00", "16:00"))

    assert "clash.two_stays" in codes((*WHOLE, *two))


def test_children_are_fetched_before_the_place_closes() -> None:
    late = (stay(TUE, "12:00", "16:00"),)

    assert codes((*WHOLE, *late)) == []
    amina = replace(AMINA, child_care=replace(CARE, end=at("16:14")))
    found = check_week(GIVEN, amina, tuple(sorted((*WHOLE, *late))))
    assert [one.reason.code for one in found if one.severity is Severity.BROKEN] == [
        "clash.child_care"
    ]


def test_an_appointment_that_is_left_out_is_told() -> None:
    assert codes(set(WHOLE) - {KEPT}) == ["clash.appointment_missing"]


def test_a_session_that_is_left_out_is_told() -> None:
    assert codes(set(WHOLE) - {COURSE[1]}) == ["clash.session_missing"]


def test_a_short_night_is_told() -> None:
    """The evening course ends at 21:00; with 12 hours of rest nothing may begin before 9:00."""
    amina = replace(AMINA, child_care=None, appointments=())
    evening = lesson(OTHER_A2, OTHER_A2.sessions[0])
    week = (evening, stay(WED, "08:00", "11:00"))

    assert check_week(GIVEN, amina, week)[:1] != ()
    given = replace(GIVEN, rest_minutes=11 * HOUR + 1)
    codes_then = [one.reason.code for one in check_week(given, amina, week)]
    assert "clash.rest" in codes_then
    assert "clash.rest" not in [one.reason.code for one in check_week(GIVEN, amina, week)]


def test_a_group_that_does_not_suit_is_told() -> None:
    amina = replace(AMINA, courses=AMINA.courses[:1])

    found = check_week(GIVEN, amina, WHOLE)

    assert "clash.group_does_not_suit" in [one.reason.code for one in found]


@pytest.mark.parametrize(
    ("demand", "code", "missing"),
    [
        (asked(full_time=14), "short.full_time", 45),
        (asked(work_oriented=5), "short.work_oriented", 30),
    ],
)
def test_a_minimum_that_is_not_reached_is_short(demand, code: str, missing: int) -> None:
    """7 lessons count 8.75 h and the stay 4.5 h: 13.25 h altogether."""
    amina = replace(AMINA, demand=demand)

    (found,) = check_week(GIVEN, amina, WHOLE)

    assert (found.severity, found.reason.code) == (Severity.SHORT, code)
    assert dict(found.reason.values)["missing"] == Length(missing)


def test_a_course_without_a_group_is_short() -> None:
    assert codes(set(WHOLE) - {B1_LESSON}, Severity.SHORT) == ["short.course"]


def test_a_week_may_be_too_long() -> None:
    amina = replace(AMINA, demand=asked(at_most=13))

    assert [one.reason.code for one in check_week(GIVEN, amina, WHOLE)] == ["clash.too_long"]


def test_seats_are_counted_over_all_weeks() -> None:
    odd = (*COURSE, B1_LESSON, stay(FRI, "08:00", "11:00"))

    found = check(GIVEN, {"amina": WHOLE, "odd": odd})

    assert [one.reason.code for one in found] == [
        "clash.group_full",
        "clash.room_full",
        "clash.workplace_full",
    ]
    assert {one.participant for one in found} == {None}


def test_a_week_of_somebody_unknown_is_refused() -> None:
    with pytest.raises(KeyError):
        check(GIVEN, {"siri": ()})


def test_a_place_that_nobody_knows_is_told_not_stumbled_over() -> None:
    nowhere = replace(stay(WED, "08:30", "11:30"), where="ukjent")

    assert "clash.other_workplace" in codes((*WHOLE, nowhere))


def test_every_requirement_says_in_a_sentence_what_it_asks() -> None:
    for requirement in (*HARD, *MINIMA, *SHARED):
        assert requirement.__doc__
        assert requirement.__doc__.strip().endswith("."), requirement


def test_nothing_is_asked_of_an_empty_week() -> None:
    given = problem(participant(demand=NOTHING_ASKED))

    assert check(given, {"amina": ()}) == ()
