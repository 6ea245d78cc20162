"""One seeker and one place that keep every limit, to be changed one fact at a time."""

from dataclasses import replace
from typing import Any

from innpass.domain.matching.problem import Employer, Offer, Opening, Problem, Seeker, Window
from innpass.domain.matching.reasons import Level, Reason, Weekday
from innpass.domain.matching.sentences import render

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = list(Weekday)[:4]
WORDS = {"nord": "Nordbyen", "sentrum": "sentrum", "5321": "helsefagarbeider"}
SEEKER = Seeker(
    "amina",
    Level.A2,
    tuple(Window(day, 480, 960) for day in (MONDAY, TUESDAY, WEDNESDAY)),
    "sentrum",
    demands_met=frozenset({"politiattest"}),
)
OFFER = Offer(
    "kjøkken",
    "Kjøkkenet",
    "solbakken",
    seats=2,
    openings=tuple(Opening(day, 420, 900, 2) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)),
    days=2,
    level_at_start=Level.A2,
    demands=frozenset({"politiattest"}),
    locality="nord",
)
EMPLOYER = Employer("solbakken", "Solbakken sykehjem")


def pair(
    *,
    seeker: dict[str, Any] | None = None,
    offer: dict[str, Any] | None = None,
    employer: dict[str, Any] | None = None,
    minutes: int | None = 20,
    **problem: Any,
) -> Problem:
    """Make the problem of the pair with some facts changed; ``minutes``: the way."""
    return Problem(
        (replace(SEEKER, **(seeker or {})),),
        (replace(OFFER, **(offer or {})),),
        (replace(EMPLOYER, **(employer or {})),),
        travel={} if minutes is None else {("nord", "sentrum"): minutes},
        words=WORDS,
        **problem,
    )


def told(why: Reason) -> str:
    return render(why, WORDS)
