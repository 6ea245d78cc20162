"""The seats of a place, each of one person for the whole week, so that no day is overfull.

Seat number ``i`` of a place is free on the days with at least ``i`` free seats. So the days of a
seat are among those of the seats before it, and whoever can have a seat can have those before it.
Where as many people as seats are told to come on the days of their own seats, no day has more
people than free seats.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from innpass.domain.matching.problem import Offer, Problem, Seeker
from innpass.domain.matching.reasons import Weekday
from innpass.domain.matching.stays import usable


@dataclass(frozen=True, slots=True)
class Layer:
    """Seats of one place that are free on the same days.

    Attributes:
        days: empty where nobody has told when the place is open.
    """

    days: frozenset[Weekday]
    seats: int


def layers(offer: Offer) -> tuple[Layer, ...]:
    """Give the seats by their days, most days first; those with too few days are left out.

    Example:
        >>> from innpass.domain.matching.problem import Opening
        >>> monday, tuesday = Opening(Weekday(0), 480, 900, 3), Opening(Weekday(1), 480, 900, 1)
        >>> place = Offer("o", "Solbakken", "e", seats=2, openings=(monday, tuesday))
        >>> [(len(one.days), one.seats) for one in layers(place)]
        [(2, 1), (1, 1)]
    """
    if not offer.openings:
        return (Layer(frozenset(), offer.seats),) if offer.seats else ()
    found: list[Layer] = []
    for number in range(1, offer.seats + 1):
        days = frozenset(one.day for one in offer.openings if one.free_seats >= number)
        if len(days) < offer.days:
            break
        if found and found[-1].days == days:
            found[-1] = Layer(days, found[-1].seats + 1)
        else:
            found.append(Layer(days, 1))
    return tuple(found)


def suiting(problem: Problem, seeker: Seeker, offer: Offer) -> int:
    """Say how many seats of a place have days enough that suit a seeker; they are the first ones.

    Where nobody has told when the place is open, all do.
    """
    if not offer.openings:
        return offer.seats
    way = problem.travel_minutes(seeker.home, offer.locality) or 0
    days = frozenset(usable(seeker, offer, way))
    return sum(one.seats for one in layers(offer) if len(one.days & days) >= offer.days)


def fit_together(suits: Iterable[int]) -> bool:
    """Say whether people of whom each suits so many of the first seats can have one each.

    Example:
        >>> fit_together([1, 2]), fit_together([1, 1])
        (True, False)
    """
    return all(number < most for number, most in enumerate(sorted(suits)))
