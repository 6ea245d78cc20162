"""What counts for and against a pair that keeps the limits. Every point has its reason."""

from typing import NamedTuple

from innpass.domain.matching.limits import Hindrance, hindrances
from innpass.domain.matching.problem import Employer, Offer, Points, Problem, Seeker
from innpass.domain.matching.reasons import Hours, Names, Reason, ReasonValue, minutes, reason
from innpass.domain.matching.stays import minutes_given

NEARNESS = ("same", "close", "near", "field")
DIGITS = 4
FEW_PLACEMENTS = 5  # with fewer, a record is told with a caution


class Point(NamedTuple):
    """What one thing is worth: above 0 it speaks for the pair, below 0 against it."""

    points: int
    reason: Reason


def weigh(
    problem: Problem,
    seeker: Seeker,
    offer: Offer,
    found_out: tuple[Hindrance, ...] | None = None,
) -> tuple[Point, ...]:
    """Give what counts for and against a pair by itself, whoever else is placed.

    Args:
        found_out: the pair's ``hindrances``, where somebody has them already.
    """
    points = problem.rules.points
    limits = hindrances(problem, seeker, offer) if found_out is None else found_out
    found = (
        *_occupation(problem, points, seeker, offer),
        *_wishes(problem, points, seeker, offer),
        _hires(problem, problem.employer[offer.employer]),
        _point(points.can_be_learnt, "for.can_be_learnt", what=Names(offer.can_be_learnt))
        if offer.can_be_learnt
        else None,
        _way(problem, seeker, offer),
        _hours(problem, seeker, offer),
        *(Point(-points.must_be_clarified, one.reason) for one in limits if not one.falls_out),
    )
    return tuple(one for one in found if one is not None and one.points)


def weigh_now(problem: Problem, seeker: Seeker, offer: Offer) -> tuple[Point, ...]:
    """Give what counts against one more there and with that supervisor, as things stand now."""
    points, employer = problem.rules.points, problem.employer[offer.employer]
    found = [
        _point(
            -points.spread * employer.running,
            "against.spread",
            employer=employer.name,
            running=employer.running,
        )
    ]
    if seeker.supervisor:
        running = problem.supervisor[seeker.supervisor].running
        found.append(_point(-points.balance * running, "against.supervisor", running=running))
    return tuple(one for one in found if one.points)


def digits_in_common(one: str | None, other: str | None) -> int:
    """Say how many leading digits two occupations share; 4 is the same occupation.

    Example:
        >>> digits_in_common("5321", "5329"), digits_in_common("5321", None)
        (3, 0)
    """
    if not one or not other:
        return 0
    for length in range(min(len(one), len(other), DIGITS), 0, -1):
        if one[:length] == other[:length]:
            return length
    return 0


def occupation_points(row: tuple[int, int, int, int], common: int) -> int:
    """Give the points of a row of ``Points`` for so many digits in common."""
    return row[DIGITS - common] if common else 0


def nearest_occupation(codes: frozenset[str], offered: str | None) -> int:
    """Give how many digits the nearest of some occupations has in common with one."""
    return max((digits_in_common(code, offered) for code in codes), default=0)


def hired_points(problem: Problem, employer: Employer) -> int:
    """Weigh how often placements at an employer led to a contract, beside all employers.

    The record of all counts as ``hired_doubt`` placements more, so that a unit with one contract of
    one placement is not above one with nine of ten.
    """
    contracts, placements = problem.hires
    points = problem.rules.points
    if not placements:
        return 0
    above = employer.contracts * placements - employer.placements * contracts
    return int(points.hired * above / (placements * (employer.placements + points.hired_doubt)))


def hours_points(points: Points, given: int, wanted: int) -> int:
    """Give the points against a place that gives fewer minutes a week than are wanted."""
    return -(points.hours_missing * max(0, wanted - given) // wanted) if wanted else 0


def _occupation(
    problem: Problem, points: Points, seeker: Seeker, offer: Offer
) -> tuple[Point | None, ...]:
    offered = offer.occupation
    if offered is None:
        return ()
    rows = (
        ("goal", points.goal, frozenset({seeker.goal} if seeker.goal else ())),
        ("experience", points.experience, seeker.experience),
        ("wished_occupation", points.wished_occupation, seeker.wished_occupations),
    )
    found: list[Point | None] = []
    for what, row, codes in rows:
        common = nearest_occupation(codes, offered)
        if common:
            code = f"for.{what}_{NEARNESS[DIGITS - common]}"
            found.append(_point(occupation_points(row, common), code, occupation=offered))
        elif what == "goal" and codes:
            code = "against.other_than_goal"
            found.append(_point(-points.other_than_goal, code, occupation=offered))
    return tuple(found)


def _wishes(
    problem: Problem, points: Points, seeker: Seeker, offer: Offer
) -> tuple[Point | None, ...]:
    employer = problem.employer[offer.employer]
    return (
        _point(points.wished_employer, "for.wished_employer", employer=employer.name)
        if employer.key in seeker.wished_employers
        else None,
        _point(points.wished_area, "for.wished_area", area=employer.area)
        if employer.area and employer.area in seeker.wished_areas
        else None,
    )


def _hires(problem: Problem, employer: Employer) -> Point:
    worth = hired_points(problem, employer)
    side = "for.hires" if worth > 0 else "against.hires"
    few = "_few" if employer.placements < FEW_PLACEMENTS else ""
    return _point(
        worth, f"{side}{few}", contracts=employer.contracts, placements=employer.placements
    )


def _way(problem: Problem, seeker: Seeker, offer: Offer) -> Point | None:
    way = problem.travel_minutes(seeker.home, offer.locality)
    if not way:
        return None
    worth = -(way // problem.rules.points.travel_minutes)
    return _point(worth, "against.travel", minutes=minutes(way))


def _hours(problem: Problem, seeker: Seeker, offer: Offer) -> Point | None:
    if not offer.openings or seeker.free is None:
        return None
    way = problem.travel_minutes(seeker.home, offer.locality) or 0
    given = minutes_given(seeker, offer, way, problem.rules.longest_stay)
    worth = hours_points(problem.rules.points, given, seeker.minutes_wanted)
    wanted = seeker.minutes_wanted
    return _point(worth, "against.hours", given=Hours(given), wanted=Hours(wanted))


def _point(worth: int, code: str, **values: ReasonValue) -> Point:
    return Point(worth, reason(code, **values))
