"""What cannot be meant is refused with a sentence that says what is wrong."""

from dataclasses import replace

import pytest

from innpass.domain.planning.problem import (
    BadProblem,
    ChildCare,
    CourseNeed,
    LessonUnit,
    Opening,
    Placement,
    Problem,
    Room,
    Session,
    WeekDemand,
    Weights,
    Workplace,
)
from innpass.domain.planning.sentences import render
from tests.domain.planning.weeks import (
    MON,
    WED,
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

A2 = norwegian()
GIVEN = problem(
    participant(courses=(needs(A2),), placement=at_work()), groups=(A2,), workplaces=(workplace(),)
)
MONDAY = session(MON, "08:30", "10:00")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            lambda: ChildCare("barnepass", at("16:00"), at("07:00")),
            (
                "barnepass kan ikke vare fra 16.00 til 07.00. "
                "Slutten må komme etter starten, samme dag."
            ),
        ),
        (
            lambda: LessonUnit(45, 30),
            (
                "En undervisningstime på 45 minutter kan ikke regnes som 30 minutter. "
                "Den må regnes som minst så lang som den er."
            ),
        ),
        (lambda: Room("r", "Rom 1", -1), "Rom 1: Antall plasser kan ikke være under null."),
        (lambda: group("A2"), "A2 har ingen økter. Legg inn minst én."),
        (
            lambda: group("A2", session(WED, "08:30", "10:00", 3)),
            (
                "A2, onsdag: 3 undervisningstimer får ikke plass i økta. "
                "Gjør økta lengre, eller timene færre."
            ),
        ),
        (
            lambda: group("A2", MONDAY, replace(MONDAY, start=at("09:00"))),
            "A2 har to økter samtidig på mandag. Flytt den ene.",
        ),
        (
            lambda: Workplace("b", "Barnehagen", "b", (Opening(MON, 480, 960, 1),) * 2),
            "Barnehagen har to åpningstider samme dag. Behold én.",
        ),
        (
            lambda: Placement("b", shortest_day=300, longest_day=180),
            (
                "En dag på praksisplassen kan ikke vare minst 5\xa0t og høyst 3\xa0t. "
                "Den korteste må være den minste av de to."
            ),
        ),
        (
            lambda: WeekDemand(full_time=2250, work_oriented=900, at_most=1800),
            "Uka kan ikke ha minst 37,5\xa0t i alt, minst 15\xa0t arbeidsrettet og høyst 30\xa0t.",
        ),
        (lambda: Weights(travel=-1), "Vekten for travel kan ikke være under null."),
        (
            lambda: replace(GIVEN, participants=GIVEN.participants * 2),
            "«amina» står to ganger. Hver må ha sitt eget navn.",
        ),
        (
            lambda: replace(GIVEN, step_minutes=0),
            "Hviletiden kan ikke være under null, og tidssteget må være over null.",
        ),
        (
            lambda: replace(GIVEN, travel={**GIVEN.travel, ("hjemme", "senter"): -1}),
            "Reisetiden mellom hjemme og senter kan ikke være under null.",
        ),
        (
            lambda: problem(groups=(group("A2", replace(MONDAY, room="rom 7")),)),
            "A2 har en økt i rommet «rom 7», som ikke finnes.",
        ),
        (
            lambda: problem(participant(courses=(CourseNeed("norsk", ("B2",)),))),
            "Gruppa «B2» finnes ikke.",
        ),
        (
            lambda: problem(participant(courses=(needs(A2, course="engelsk"),)), groups=(A2,)),
            "A2 er ikke en gruppe i engelsk.",
        ),
        (
            lambda: problem(participant(placement=at_work())),
            "Praksisplassen «barnehage» finnes ikke.",
        ),
        (
            lambda: replace(GIVEN, travel={}),
            "Reisetiden mellom barnehage og senter mangler. Legg den inn.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(wrong, sentence: str) -> None:
    with pytest.raises(BadProblem) as refused:
        wrong()

    assert render(refused.value.reason) == sentence


def test_lessons_keep_their_unit() -> None:
    """16 lessons of 45 minutes are 20 hours counted 75 minutes each, and 16 counted 60."""
    by_the_hour = replace(A2, unit=LessonUnit(45, 60))

    assert A2.counted_minutes_per_week == 20 * 60
    assert by_the_hour.counted_minutes_per_week == 16 * 60


def test_travel_takes_as_long_both_ways_and_none_to_where_one_is() -> None:
    given = Problem(participants=(), travel={("hjemme", "senter"): 20})

    assert given.travel_minutes("senter", "hjemme") == 20
    assert given.travel_minutes("senter", "senter") == 0
    with pytest.raises(KeyError):
        given.travel_minutes("senter", "månen")


def test_a_session_says_when_it_is() -> None:
    assert session(MON, "08:30", "10:00") == Session(MON, 510, 600, 1, None)
