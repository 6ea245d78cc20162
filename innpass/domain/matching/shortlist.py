"""Short lists: the places for one seeker, or the seekers for one place, and those that fall out."""

from collections.abc import Iterable
from dataclasses import dataclass

from innpass.domain.matching.limits import Hindrance, hindrances
from innpass.domain.matching.problem import Offer, Problem, Seeker
from innpass.domain.matching.weighing import Point, weigh, weigh_now


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair that no limit is known to speak against.

    Attributes:
        points: of all reasons together; only the order they give matters.
        reasons: what counts for and against, the weightiest first.
        clarify: facts that are missing, and how to get them.
    """

    seeker: str
    offer: str
    points: int
    reasons: tuple[Point, ...]
    clarify: tuple[Hindrance, ...]

    @property
    def speaks_for(self) -> tuple[Point, ...]:
        """Give the reasons for the pair."""
        return tuple(one for one in self.reasons if one.points > 0)

    @property
    def speaks_against(self) -> tuple[Point, ...]:
        """Give the reasons against the pair."""
        return tuple(one for one in self.reasons if one.points < 0)


@dataclass(frozen=True, slots=True)
class FallenOut:
    """A pair that a limit is known to speak against, and all that would have to change."""

    seeker: str
    offer: str
    hindrances: tuple[Hindrance, ...]

    @property
    def effort(self) -> tuple[int, int]:
        """Tell how near it is: the number of limits broken, then how much they ask for."""
        broken = [one.effort for one in self.hindrances if one.falls_out]
        return len(broken), sum(broken)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What fits, the best first, and what falls out, the nearest first."""

    fit: tuple[Suggestion, ...]
    fallen_out: tuple[FallenOut, ...]


def for_seeker(problem: Problem, seeker: str) -> Shortlist:
    """List every place for one seeker.

    Raises:
        KeyError: the problem does not know the seeker.
    """
    one = problem.seeker[seeker]
    return _listed(problem, ((one, offer) for offer in problem.offers))


def for_offer(problem: Problem, offer: str) -> Shortlist:
    """List every seeker for one place.

    Raises:
        KeyError: the problem does not know the offer.
    """
    one = problem.offer[offer]
    return _listed(problem, ((seeker, one) for seeker in problem.seekers))


def judge(problem: Problem, seeker: Seeker, offer: Offer) -> Suggestion | FallenOut:
    """Say what counts for and against one pair, or why it falls out."""
    found = hindrances(problem, seeker, offer)
    if any(one.falls_out for one in found):
        return FallenOut(seeker.key, offer.key, found)
    reasons = (*weigh(problem, seeker, offer, found), *weigh_now(problem, seeker, offer))
    ordered = tuple(sorted(reasons, key=lambda one: -abs(one.points)))
    total = sum(one.points for one in ordered)
    return Suggestion(seeker.key, offer.key, total, ordered, found)


def _listed(problem: Problem, pairs: Iterable[tuple[Seeker, Offer]]) -> Shortlist:
    judged = [judge(problem, seeker, offer) for seeker, offer in pairs]
    fit = [one for one in judged if isinstance(one, Suggestion)]
    out = [one for one in judged if isinstance(one, FallenOut)]
    return Shortlist(
        tuple(sorted(fit, key=lambda one: (-one.points, one.offer, one.seeker))),
        tuple(sorted(out, key=lambda one: (one.effort, one.offer, one.seeker))),
    )
