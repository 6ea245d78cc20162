"""How long somebody could be at a place on each day: one stretch a day, the ways taken off."""

from collections.abc import Mapping

from innpass.domain.matching.problem import Offer, Opening, Seeker, Window
from innpass.domain.matching.reasons import Weekday


def stays(seeker: Seeker, offer: Offer, travel: int) -> Mapping[Weekday, int]:
    """Give the longest stay on each day that the place is open, in minutes; 0 where none.

    Where the week of the seeker is not known, it is taken as free.

    Args:
        travel: minutes each way; they go from both ends of what is free.

    Example:
        >>> from innpass.domain.matching.problem import Window
        >>> free = Seeker("s", free=(Window(Weekday.MONDAY, 11 * 60, 16 * 60),))
        >>> open = Offer("o", "Solbakken", "e", openings=(Opening(Weekday.MONDAY, 480, 900, 1),))
        >>> stays(free, open, 30)[Weekday.MONDAY]
        210
    """
    if seeker.free is None:
        return {day: end - start for day, start, end, _seats in offer.openings}
    return {opening.day: _longest(seeker.free, opening, travel) for opening in offer.openings}


def usable(seeker: Seeker, offer: Offer, travel: int) -> tuple[Weekday, ...]:
    """Give the days with a long enough stay, Monday first, whether or not a seat is free."""
    found = stays(seeker, offer, travel)
    return tuple(sorted(day for day, minutes in found.items() if minutes >= offer.shortest_stay))


def minutes_given(seeker: Seeker, offer: Offer, travel: int, longest_stay: int) -> int:
    """Give the minutes a week the place could give on the days with a free seat."""
    found = stays(seeker, offer, travel)
    return sum(
        min(found[opening.day], longest_stay)
        for opening in offer.openings
        if opening.free_seats and found[opening.day] >= offer.shortest_stay
    )


def _longest(free: tuple[Window, ...], opening: Opening, travel: int) -> int:
    on, begins, ends, _seats = opening
    longest = 0
    for day, start, end in free:  # plain steps: this is done for every pair of a town
        if day == on:
            there = min(end - travel, ends) - max(start + travel, begins)
            longest = max(longest, there)
    return longest
