"""What the first agreement begins with where a place was matched: from when, which days and hours.

Days and hours are what the week leaves at that moment, the ways taken off.
"""

from dataclasses import replace
from datetime import date, timedelta

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told, owner_id
from innpass.casework.agreements.versions import Content, suggested
from innpass.casework.matching.choosing import choice_of, monday_of
from innpass.casework.matching.people import seekers
from innpass.casework.matching.places import only
from innpass.domain.access.roles import Actor
from innpass.domain.law.extended import last_day_of_months
from innpass.domain.matching.problem import Offer, Opening, Seeker
from innpass.domain.placing.clashes import Days
from innpass.domain.placing.usual import usual

_QUARTER = 15  # minutes; an agreement says whole quarters


def begin_with(case: PlacementCase, told: Told, *, by: Actor, on: date) -> Content:
    """Return what a new version begins with; of a matched one that has none, as it was matched.

    Where nobody matched it, or the match's day has passed, as ``versions.suggested`` has it.
    """
    content = suggested(case, told, on=on)
    place, choice = case.place, choice_of(case)
    is_first = told.latest is None and told.in_force is None and told.first_day is None
    if not is_first or place is None or choice is None:
        return content
    monday = monday_of(choice)
    if monday is None or monday < on:
        return content
    pk = owner_id(case)
    around = only(by, place.pk, monday=monday, but=pk)
    days = content.days
    if around.offers:
        (offer,) = around.offers
        seeker = seekers([pk], monday=monday)[pk]
        ends = sorted(filter(None, (seeker.home, offer.locality)))
        way = around.travel.get((ends[0], ends[1]), 0) if len(set(ends)) == 2 else 0
        days = days_left(seeker, offer, way) or days
    first = _first_day(max(monday, place.offered_from), days)
    last = last_day_of_months(first, usual("agreement_months", on=on))
    return replace(content, first_day=first, last_day=last, days=days)


def days_left(seeker: Seeker, offer: Offer, way: int) -> Days:
    """Return the days and hours at a place that somebody's week leaves, in whole quarters.

    The days with a free seat and room for the shortest stay, Monday first, until the hours that
    are left in the week are used up. Empty where nobody knows the week, or nothing is left.

    Args:
        way: minutes each way.
    """
    left = seeker.minutes_wanted or 7 * 24 * 60
    found = []
    for opening in sorted(offer.openings, key=lambda each: each.day):
        start, end = _longest(seeker, opening, way)
        end = min(end, start + left)
        if opening.free_seats and end - start >= offer.shortest_stay:
            found.append((int(opening.day), start, end))
            left -= end - start
    return tuple(found)


def _longest(seeker: Seeker, opening: Opening, way: int) -> tuple[int, int]:
    """Return the longest time at the place on a day; nothing is the same minute twice."""
    free = [
        (max(start + way, opening.start), min(end - way, opening.end))
        for day, start, end in seeker.free or ()
        if day == opening.day
    ]
    whole = [(-(-start // _QUARTER) * _QUARTER, end // _QUARTER * _QUARTER) for start, end in free]
    return max(whole, key=lambda each: each[1] - each[0], default=(0, 0))


def _first_day(monday: date, days: Days) -> date:
    at = {int(day) for day, _start, _end in days} or set(range(5))
    return next(
        day for ahead in range(7) if (day := monday + timedelta(days=ahead)).weekday() in at
    )
