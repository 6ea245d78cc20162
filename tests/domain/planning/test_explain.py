"""What changed between two plans, and why."""

from dataclasses import replace

from innpass.domain.planning.explain import ChangeKind, explain, why_short
from innpass.domain.planning.problem import Appointment, Weights
from innpass.domain.planning.sentences import render
from innpass.domain.planning.solve import plan_caseload
from tests.domain.planning.weeks import (
    FRI,
    MON,
    THU,
    TUE,
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

MONDAY = group("mandag", session(MON, "08:30", "11:30"), capacity=1)
TUESDAY = group("tirsdag", session(TUE, "08:30", "11:30"), capacity=1)
AT_WORK = participant(demand=asked(work_oriented=15), placement=at_work())
TWO_DAYS = (stay(MON, "08:00", "15:30"), stay(TUE, "08:00", "15:30"))


def told(given, before, after, key="amina"):
    return [render(one) for one in explain(given, before, after)[key].reasons]


def test_nothing_is_told_of_a_week_that_is_the_same() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))

    assert explain(given, {"amina": TWO_DAYS}, {"amina": TWO_DAYS}) == {}


def test_blocks_are_added_removed_and_moved() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))
    after = (stay(TUE, "08:30", "16:00"), stay(FRI, "08:00", "15:30"))

    explained = explain(given, {"amina": TWO_DAYS}, {"amina": after})["amina"]

    assert [(one.kind, one.block.day) for one in explained.changes] == [
        (ChangeKind.REMOVED, MON),
        (ChangeKind.MOVED, TUE),
        (ChangeKind.ADDED, FRI),
    ]
    assert explained.changes[1].was == TWO_DAYS[1]


def test_a_new_participant_had_no_week() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))

    assert told(given, {}, {"amina": TWO_DAYS}) == ["Deltakeren hadde ingen plan for uka før."]
    assert told(given, {"amina": TWO_DAYS}, {}) == ["Deltakeren er ikke med i den nye planen."]


def test_what_is_no_longer_possible_is_why() -> None:
    given = problem(AT_WORK, workplaces=(workplace(days=(TUE, FRI)),))
    after = (TWO_DAYS[1], stay(FRI, "08:00", "15:30"))

    assert told(given, {"amina": TWO_DAYS}, {"amina": after}) == [
        "Den forrige uka lar seg ikke gjennomføre lenger:",
        "barnehage tar ikke imot deltakere på mandag.",
    ]


def test_fewer_missing_hours_are_why() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))

    assert told(given, {"amina": TWO_DAYS[:1]}, {"amina": TWO_DAYS}) == [
        "Det som mangler av arbeidsrettet tid, går ned fra 7,5\xa0t til 0\xa0t."
    ]


def test_wishes_are_why() -> None:
    """From a split Monday to a whole Friday: no split day, and two ways of 15 minutes more."""
    course = group("mandag", session(MON, "08:00", "10:00"))
    given = problem(
        participant(courses=(needs(course),), demand=asked(work_oriented=3), placement=at_work()),
        groups=(course,),
        workplaces=(workplace(),),
        weights=Weights(),
    )
    lessons = lesson(course, course.sessions[0])
    before = (lessons, stay(MON, "10:30", "13:30"))
    after = (lessons, stay(FRI, "08:00", "15:30"))

    assert told(given, {"amina": before}, {"amina": after}) == [
        "Delte dager går ned fra 1 til 0.",
        "Dager som ikke er hele på praksisplassen, går ned fra 1 til 0.",
    ]


def test_a_course_that_is_had_at_last_is_why() -> None:
    given = problem(participant(courses=(needs(MONDAY),)), groups=(MONDAY,))
    after = (lesson(MONDAY, MONDAY.sessions[0]),)

    assert told(given, {"amina": ()}, {"amina": after}) == ["Deltakeren får gruppe i norsk."]


def test_others_have_the_seats_and_need_them_more() -> None:
    """Odd can be in Monday's group only; Amina moves to Tuesday's."""
    talk = Appointment("samtale", "Samtale", TUE, at("09:00"), at("10:00"), "senter")
    given = problem(
        participant(courses=(needs(MONDAY, TUESDAY),)),
        participant("odd", courses=(needs(MONDAY, TUESDAY),), appointments=(talk,)),
        groups=(MONDAY, TUESDAY),
    )
    before = {"amina": (lesson(MONDAY, MONDAY.sessions[0]),)}

    after = plan_caseload(given).plan

    assert told(given, before, after) == ["Det er ikke flere plasser i mandag."]


def test_a_week_just_as_good_says_so() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))
    after = (stay(THU, "08:00", "15:30"), stay(FRI, "08:00", "15:30"))

    assert told(given, {"amina": TWO_DAYS}, {"amina": after}) == [
        "Den nye uka er like god som den forrige."
    ]


def test_a_week_that_is_worse_is_for_others() -> None:
    given = problem(AT_WORK, workplaces=(workplace(seats=2),))

    assert told(given, {"amina": TWO_DAYS}, {"amina": TWO_DAYS[:1]}) == [
        "Uka blir ikke bedre for deltakeren, men gir plass til andre som trenger den mer."
    ]


def test_a_short_week_is_explained_by_demands_that_clash() -> None:
    talk = Appointment("samtale", "Samtale", MON, at("09:00"), at("10:00"), "senter")
    given = problem(participant(courses=(needs(MONDAY),), appointments=(talk,)), groups=(MONDAY,))

    why = why_short(given, plan_caseload(given).plan, "amina")

    assert [render(one) for one in why] == [
        "Dette går ikke sammen i én uke, uansett hvem andre som har plass:",
        "Samtale, mandag 09.00–10.00.",
        "norsk, i en av gruppene som passer: mandag.",
    ]


def test_who_has_nowhere_to_practise_is_told_that() -> None:
    given = problem(replace(AT_WORK, placement=None))

    (why,) = why_short(given, plan_caseload(given).plan, "amina")

    assert render(why) == "Deltakeren har ingen praksisplass. Registrer en."


def test_a_demand_that_stands_against_no_other_does_not_clash() -> None:
    given = problem(participant(courses=(replace(needs(MONDAY), groups=()),)))

    why = why_short(given, plan_caseload(given).plan, "amina")

    assert [one.code for one in why] == ["why.demand_unmet", "demand.course_without_group"]


def test_a_short_week_is_explained_by_seats_that_others_have() -> None:
    """There is one seat on each of three days, and four whole days are wanted."""
    odd = replace(AT_WORK, key="odd")
    given = problem(AT_WORK, odd, workplaces=(workplace(days=(MON, TUE, FRI)),))
    plan = plan_caseload(given).plan
    short = min(plan, key=lambda key: len(plan[key]))

    (why,) = why_short(given, plan, short)

    assert why.code == "why.workplace_full"
    assert "Det er ikke flere plasser hos barnehage på " in render(why)


def test_a_short_week_made_by_hand_could_be_better() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))

    (why,) = why_short(given, {"amina": TWO_DAYS[:1]}, "amina")

    assert why.code == "why.better_week"


def test_a_full_week_may_cost_more_than_a_short_one() -> None:
    """Two hours a day on the way cost more than the 15 h that are missing."""
    given = problem(
        AT_WORK, workplaces=(workplace(),), minutes=60, weights=Weights(travel=100, short_week=0)
    )

    (why,) = why_short(given, plan_caseload(given).plan, "amina")

    assert why.code == "why.full_costs_more"


def test_a_week_that_lacks_nothing_needs_no_explanation() -> None:
    given = problem(AT_WORK, workplaces=(workplace(),))

    assert why_short(given, {"amina": TWO_DAYS}, "amina") == ()
