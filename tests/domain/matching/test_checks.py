"""The checks find what is wrong with an assignment made by hand, and nothing else."""

from dataclasses import replace

import pytest

from innpass.domain.matching.checks import check
from innpass.domain.matching.problem import (
    BadProblem,
    Employer,
    Offer,
    Opening,
    Points,
    Problem,
    Rules,
    Seeker,
    Window,
)
from innpass.domain.matching.reasons import Level
from innpass.domain.matching.sentences import render
from tests.domain.matching.pair import MONDAY, OFFER, TUESDAY, WEDNESDAY, pair

MON = Opening(MONDAY, 480, 960, 1)


def codes(problem: Problem, pairs: dict[str, str]) -> list[str]:
    return [clash.reason.code for clash in check(problem, pairs)]


def three(**offer: object) -> Problem:
    base = pair(offer=offer)
    (one,) = base.seekers
    return replace(base, seekers=tuple(replace(one, key=key) for key in "abc"))


def test_a_good_assignment_has_nothing_wrong() -> None:
    assert codes(three(), {"a": OFFER.key, "b": OFFER.key}) == []
    assert codes(three(), {}) == []


def test_somebody_unknown_is_told() -> None:
    assert codes(three(), {"x": OFFER.key}) == ["clash.unknown"]
    assert codes(three(), {"a": "et annet sted"}) == ["clash.unknown"]


def test_a_broken_limit_is_told_unless_somebody_chose_it() -> None:
    problem = three(level_at_start=Level.B2)

    assert codes(problem, {"a": OFFER.key}) == ["limit.language"]
    assert codes(replace(problem, locked={"a": OFFER.key}), {"a": OFFER.key}) == []


def test_a_locked_pair_that_is_gone_is_told() -> None:
    problem = replace(three(), locked={"a": OFFER.key})

    assert codes(problem, {}) == ["clash.locked"]


def test_too_many_at_a_place_are_told() -> None:
    found = codes(three(), dict.fromkeys("abc", OFFER.key))

    assert "clash.seats" in found


def test_a_cap_that_is_passed_is_told() -> None:
    problem = replace(three(), employers=(Employer("solbakken", "Solbakken", cap_left=1),))

    assert codes(problem, {"a": OFFER.key, "b": OFFER.key}) == ["clash.cap"]


def test_two_may_share_a_seat_on_different_days_where_somebody_sees_it() -> None:
    """The solver gives a seat to one person; the checks let people do better."""
    place = Offer(
        "o",
        "Plass",
        "e",
        seats=2,
        openings=tuple(Opening(day, 480, 960, 1) for day in (MONDAY, TUESDAY)),
        days=1,
    )
    people = tuple(
        Seeker(key, free=(Window(day, 480, 960),)) for key, day in (("a", MONDAY), ("b", TUESDAY))
    )
    problem = Problem(people, (place,), (Employer("e", "E"),))

    assert codes(problem, {"a": "o", "b": "o"}) == []
    both = replace(problem, seekers=tuple(replace(p, free=people[0].free) for p in people))
    assert codes(both, {"a": "o", "b": "o"}) == ["clash.days"]


def test_days_are_shared_out_as_well_as_can_be() -> None:
    """The first could take Monday; the second can only have Monday, and the first moves."""
    place = Offer(
        "o",
        "Plass",
        "e",
        seats=3,
        openings=tuple(Opening(day, 480, 960, 1) for day in (MONDAY, TUESDAY, WEDNESDAY)),
    )
    days = {"a": (MONDAY, TUESDAY), "b": (MONDAY, WEDNESDAY), "c": (MONDAY,)}
    people = tuple(
        Seeker(key, free=tuple(Window(day, 480, 960) for day in some)) for key, some in days.items()
    )

    problem = Problem(people, (place,), (Employer("e", "E"),))

    assert codes(problem, dict.fromkeys("abc", "o")) == []


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("problem.hours", lambda: Seeker("s", free=(Window(MONDAY, 900, 480),))),
        ("problem.hours", lambda: Offer("o", "O", "e", openings=(Opening(MONDAY, 0, 1500, 1),))),
        ("problem.wanted", lambda: Seeker("s", minutes_wanted=-1)),
        ("problem.seats", lambda: Offer("o", "O", "e", seats=-1)),
        ("problem.days", lambda: Offer("o", "O", "e", days=8)),
        ("problem.stay", lambda: Offer("o", "O", "e", shortest_stay=0)),
        ("problem.two_openings", lambda: Offer("o", "O", "e", openings=(MON, MON))),
        ("problem.contracts", lambda: Employer("e", "E", placements=1, contracts=2)),
        ("problem.points", lambda: Points(spread=-1)),
        ("problem.points", lambda: Points(goal=(1, 1, 1, -1))),
        ("problem.points", lambda: Points(travel_minutes=0)),
        ("problem.rules", lambda: Rules(longest_stay=0)),
        ("problem.way", lambda: Problem((), (), (), travel={("a", "b"): -1})),
        ("problem.twice", lambda: Problem((Seeker("s"), Seeker("s")), (), ())),
        ("problem.unknown_employer", lambda: Problem((), (Offer("o", "O", "e"),), ())),
        ("problem.locked", lambda: Problem((Seeker("s"),), (), (), locked={"s": "o"})),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(code: str, make) -> None:
    with pytest.raises(BadProblem) as refused:
        make()

    assert refused.value.reason.code == code
    assert render(refused.value.reason)
