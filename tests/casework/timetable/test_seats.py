"""One number of seats taken: what is shown is what a week is refused by."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.seats import SeatsTaken, seats_taken
from innpass.casework.timetable.services import Clashing, Hand, keep_week
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
from tests.casework.timetable.conftest import Centre
from tests.factories.people import become_second

pytestmark = pytest.mark.django_db

WEEK = IsoWeek(2026, 24)
STAYS = ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930))


def keep(centre: Centre, person: Participant, *, stays: Any = ()) -> None:
    keep_week(
        participant=person,
        week=WEEK,
        hand=Hand(frozenset({centre.norwegian.pk}), stays),
        only_this_week=False,
        reason="",
        expected=None,
        by=centre.by,
    )


def taken(centre: Centre, but: UUID | None = None) -> tuple[int, dict[int, int]]:
    """Return the seats of the group and by day of the workplace."""
    some = seats_taken(
        WEEK, groups=[centre.norwegian.pk], employers=[centre.employer.pk], but=[but] if but else ()
    )
    return _of(some, centre)


def _of(found: SeatsTaken, centre: Centre) -> tuple[int, dict[int, int]]:
    stays = {day: n for (employer, day), n in found.stays.items() if employer == centre.employer.pk}
    return found.groups[centre.norwegian.pk], stays


def test_a_week_is_refused_exactly_when_no_seat_is_free(centre: Centre) -> None:
    centre.norwegian.capacity = 2
    centre.norwegian.save()
    keep(centre, centre.participant("Bohdan"))
    protected = centre.participant("Celine")
    Participant.objects.filter(pk=protected.pk).update(is_protected=True)
    assert taken(centre)[0] == 1

    keep(centre, protected)

    assert taken(centre)[0] == 2
    with pytest.raises(Clashing) as refused:
        keep(centre, centre.amina)
    assert refused.value.sentences == ("Det er plass til 2 i Norsk A1, og det trengs 3 plasser.",)


def test_the_one_whose_week_is_made_takes_no_seat_from_herself(centre: Centre) -> None:
    keep(centre, centre.amina, stays=STAYS)

    assert taken(centre) == (1, {3: 1, 4: 1})
    assert taken(centre, but=centre.amina.pk) == (0, {})


def test_a_practice_that_is_over_gives_its_seats_back(centre: Centre) -> None:
    keep(centre, centre.amina, stays=STAYS)
    thursday = date(2026, 6, 11)

    Placement.objects.filter(participant=centre.amina).update(last_day=thursday)

    assert taken(centre) == (1, {3: 1})


def test_a_group_that_has_ended_has_no_seats_taken(centre: Centre) -> None:
    keep(centre, centre.amina)
    centre.norwegian.last_day = date(2026, 6, 5)
    centre.norwegian.save()

    assert taken(centre) == (0, {})


def test_two_who_turn_out_to_be_one_take_one_seat(centre: Centre) -> None:
    second = centre.participant("Amina H")
    keep(centre, centre.amina)
    keep(centre, second)

    become_second(second, centre.amina)

    assert taken(centre)[0] == 1
