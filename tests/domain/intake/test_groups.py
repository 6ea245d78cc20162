"""Groups of a term: each requirement judged, what the proposal prefers, and why nothing fits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any

import pytest

from innpass.domain.intake import demands
from innpass.domain.intake.checks import Severity, check
from innpass.domain.intake.demands import clashing_demands
from innpass.domain.intake.explain import elsewhere, why
from innpass.domain.intake.problem import ChildCare, Problem, Slot, without_sessions
from innpass.domain.intake.sentences import render
from innpass.domain.intake.solve import propose
from tests.domain.intake.terms import LIMITS, people, person, slot

MORNING, AFTERNOON = ChildCare.MORNING, ChildCare.AFTERNOON
NEEDS: dict[str, Any] = {"needs_interpreter": True}


def judged(who: Any, slots: Any, where: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The sentences on a split by their codes; everybody is in the first slot unless told."""
    problem = Problem(tuple(who), tuple(slots), LIMITS)
    grouping = where or dict.fromkeys(problem.person, slots[0].key)
    return {clash.reason.code: render(clash.reason) for clash in check(problem, grouping)}


CASES = [
    (people(6), [slot()], "clash.group_over_largest", "Gruppe 1 har 6 personer. En gruppe skal ha"),
    (people(4), [slot(capacity=3)], "clash.room_full", "det er plass til 3 i Rom 1."),
    (
        people(3, child_care=MORNING),
        [slot(hour=11)],
        "clash.child_care",
        "har bare barnepass før kl. 12.00. Gruppe 1 har samtale 11.00–12.30.",
    ),
    (people(3, child_care=AFTERNOON), [slot(hour=11)], "clash.child_care", "etter kl. 12.00"),
    (
        [person(n, language, **NEEDS) for n, language in enumerate(("dari", "arabisk", "farsi"))],
        [slot()],
        "clash.interpreters",
        "Gruppe 1 trenger tolk på arabisk, dari og farsi.",
    ),
    (
        people(2),
        [slot()],
        "short.group_under_smallest",
        "2 personer. En gruppe skal helst ha",
    ),
    (people(3), [slot(leader="")], "short.no_leader", "ingen som leder"),
    (people(3), [slot(supervisor="")], "short.no_supervisor", "ingen praksisveileder"),
    (people(3), [Slot("a", "Gruppe A")], "short.no_session", "ikke fått dag og tid"),
    (people(3, "", **NEEDS), [slot()], "short.unknown_language", "språket mangler"),
]


@pytest.mark.parametrize(("who", "slots", "code", "said"), CASES, ids=[case[2] for case in CASES])
def test_what_is_wrong_with_a_group_is_said(who: Any, slots: Any, code: str, said: str) -> None:
    assert said in judged(who, slots)[code]


def test_a_good_group_has_nothing_against_it() -> None:
    assert judged(people(3), [slot()]) == {}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (slot(2, hour=10), "clash.interpreter_twice"),
        (slot(2, hour=10, leader="l1", leader_name="Leder 1"), "clash.leader_twice"),
        (slot(2, hour=10, supervisor="s1"), "clash.supervisor_twice"),
        (slot(2, hour=10, supervisor="l1"), "clash.supervisor_twice"),
        (slot(2, hour=10, place="ROM 1"), "clash.same_room"),
    ],
)
def test_nothing_is_in_two_places_at_once(other: Slot, code: str) -> None:
    who = people(6, **NEEDS)
    where = {p.key: ("g1", "g2")[n % 2] for n, p in enumerate(who)}

    assert code in judged(who, [slot(1), other], where)
    as_the_first_ends = replace(other, start=datetime(2026, 8, 10, 10, 30))
    assert code not in judged(who, [slot(1), as_the_first_ends], where)


def test_who_is_alone_with_a_language_that_others_speak_is_named() -> None:
    who = [*people(3), person(4, "dari"), person(5, "dari"), person(6, "somali")]
    where = {p.key: "g1" for p in who} | {"p5": "g2", "p6": "g2"}

    told = judged(who, [slot(1), slot(2, day=11)], where)

    assert told["short.lone_speaker"] == "Person 5 er den eneste i Gruppe 2 som snakker dari."
    assert "somali" not in " ".join(told.values())  # nobody else in the term speaks it


def test_who_has_no_group_and_who_is_in_one_that_is_gone() -> None:
    told = judged(people(2), [slot()], {"p1": None, "p2": "gone"})

    assert set(told) == {"short.without_group", "clash.unknown_slot"}


def test_a_language_is_gathered_so_that_one_interpreter_is_enough() -> None:
    who = (*people(4, **NEEDS), *(person(n, "dari", **NEEDS) for n in range(5, 9)))

    found = propose(Problem(who, (slot(1), slot(2, day=11)), LIMITS))

    of = {
        key: {found.grouping[f"p{n}"] for n in numbers}
        for key, numbers in (("arabisk", range(1, 5)), ("dari", range(5, 9)))
    }
    assert all(len(groups) == 1 for groups in of.values())
    assert of["arabisk"] != of["dari"]


def test_too_few_are_one_group_and_too_many_are_several() -> None:
    few = propose(Problem(people(2), without_sessions(2, LIMITS), LIMITS))
    many = propose(Problem(people(11), without_sessions(11, LIMITS), LIMITS))

    assert set(few.grouping.values()) == {"new-1"}
    sizes = [
        len(m)
        for m in Problem(people(11), without_sessions(11, LIMITS), LIMITS)
        .members(many.grouping)
        .values()
    ]
    assert sizes == [4, 4, 3]


def test_each_group_has_its_share_of_each_level() -> None:
    who = (*people(3, level="1"), *(person(n, level="3") for n in range(4, 7)))

    problem = Problem(who, (slot(1), slot(2, day=11)), LIMITS)
    found = propose(problem)

    for group in problem.members(found.grouping).values():
        assert {p.level for p in group} == {"1", "3"}


def test_who_is_set_somewhere_by_hand_stays_there_and_is_told_so() -> None:
    who = (*people(5), person(6, pinned="g2"))
    problem = Problem(who, (slot(1), slot(2, day=11)), LIMITS)

    found = propose(problem)

    assert found.grouping["p6"] == "g2"
    assert [one.code for one in why(problem, found.grouping, "p6")] == ["why.pinned"]


def test_the_smallest_set_of_clashing_demands_is_named() -> None:
    mornings = people(4, child_care=MORNING)
    others = tuple(person(n) for n in range(5, 9))
    problem = Problem((*mornings, *others), (slot(1, capacity=3), slot(2, hour=13, day=11)), LIMITS)

    found = propose(problem)

    assert list(found.grouping.values()).count(None) == 1
    everyone = "Person 1, Person 2, Person 3 og Person 4"
    assert [render(one) for one in found.clash] == [
        "8 personer skal ha plass i en gruppe.",
        f"{everyone} har bare barnepass før kl. 12.00. Samtalen må være slutt da.",
        "Gruppe 1 har plass til 3.",
    ]


@pytest.mark.parametrize(
    ("who", "slots", "kinds"),
    [
        (people(1), (), ["everyone"]),
        (people(3, **NEEDS), (slot(1, capacity=2), slot(2, capacity=2)), ["interpreter_once"]),
        (people(3), (slot(1, capacity=2), slot(2, capacity=2, leader="l1")), ["staff_once"]),
        (people(3), (slot(1, capacity=2), slot(2, capacity=2, place="rom 1")), ["room_once"]),
        (people(1, pinned="g2", child_care=MORNING), (slot(1), slot(2, hour=13)), ["pinned"]),
        (
            tuple(person(n, f"språk {n}", **NEEDS) for n in range(3)),
            (slot(1),),
            ["interpreters"],
        ),
    ],
)
def test_each_kind_of_demand_can_be_what_clashes(who: Any, slots: Any, kinds: list[str]) -> None:
    clash = clashing_demands(Problem(who, slots, LIMITS))
    named = {one.code.removeprefix("demand.") for one in clash}

    assert named >= set(kinds)


def test_what_would_come_of_moving_somebody_is_told() -> None:
    who = (*people(3, child_care=MORNING), *(person(n) for n in range(4, 7)))
    problem = Problem(who, (slot(1), slot(2, hour=13, day=11)), LIMITS)
    found = propose(problem)

    (other,) = elsewhere(problem, found.grouping, "p1")

    assert other.slot == "g2"
    assert [c.reason.code for c in other.clashes if c.severity is Severity.BROKEN] == [
        "clash.child_care"
    ]


def test_the_same_term_gives_the_same_groups() -> None:
    problem = Problem(people(11, **NEEDS), without_sessions(11, LIMITS), LIMITS)

    assert propose(problem).grouping == propose(problem).grouping


def test_what_time_did_not_show_is_not_said_for_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Problem(people(9), (slot(1, capacity=3), slot(2, capacity=4, hour=12)), LIMITS)
    codes = [one.code for one in clashing_demands(late, until=monotonic() - 1)]
    assert codes == ["demand.everyone", "demand.out_of_time"]

    asked = iter([False, *[None] * 20])
    monkeypatch.setattr(demands, "_can_be_met", lambda *_: next(asked))
    codes = [one.code for one in clashing_demands(late)]

    assert codes[-1] == "demand.perhaps_fewer"
    assert codes.count("demand.room") == 2  # kept, as nothing proves that they are not needed
