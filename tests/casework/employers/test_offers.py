"""Places are offered, confirmed, asked about again and ended."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers import offers
from innpass.casework.employers.areas import set_rules
from innpass.casework.employers.offers import PlaceValues, confirm, end_place, keep_place
from innpass.casework.employers.queries import (
    ChangedMeanwhile,
    places_of,
    places_offered,
    unconfirmed,
)
from innpass.casework.timetable.keeping import CannotKeep
from innpass.domain.access.policy import MayNot
from innpass.domain.placing.demands import Demand
from tests.factories.cast import LEA
from tests.factories.people import TODAY

pytestmark = pytest.mark.django_db
LONG_AGO = TODAY - timedelta(days=90)


def test_a_place_is_kept_as_typed(the_map: Any) -> None:
    made = the_map.offer(
        the_map.school,
        weekdays=(4, 0, 0),
        demands=(Demand.LICENCE_B, Demand.LICENCE_B),
        language_at_start="A2",
        confirmed_on=None,
    )

    (stored,) = places_of(the_map.school)
    assert stored == made
    assert (stored.weekdays, stored.demands) == ([0, 4], ["licence_b"])
    assert stored.confirmed_on == stored.offered_from


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"weekdays": ()}, "weekdays", "minst én dag"),
        ({"seats": 0}, "seats", "fra 1 til 99"),
        ({"start": 600, "end": 600}, "times", "etter starten"),
        ({"days_a_week": 3, "weekdays": (0, 1)}, "days_a_week", "åpen 2 dager i uka"),
        ({"offered_until": date(2020, 1, 1)}, "offered_until", "før første dag"),
        ({"tasks": "Ring 13879217282"}, "tasks", "kan være et fødselsnummer"),
    ],
)
def test_what_cannot_be_offered_is_refused(
    the_map: Any, changed: dict[str, Any], field: str, told: str
) -> None:
    with pytest.raises(CannotKeep, match=told) as no:
        the_map.offer(the_map.school, **changed)

    assert [each.place for each in no.value.faults] == [field]
    assert places_of(the_map.school) == []


def test_whoever_is_later_is_told(the_map: Any) -> None:
    place = the_map.offer(the_map.school)
    values = PlaceValues(name="Ny", offered_from=TODAY)
    keep_place(employer=the_map.school, place=place, values=values, expected=1, by=the_map.nina)

    with pytest.raises(ChangedMeanwhile):
        end_place(place=place, last_day=TODAY, expected=1, by=the_map.nina)
    with pytest.raises(MayNot):
        end_place(place=place, last_day=TODAY, expected=2, by=the_map.town.actor(LEA))
    assert len(places_offered(TODAY)) == 1


def test_an_ended_offer_stands_until_its_last_day(the_map: Any) -> None:
    place = the_map.offer(the_map.school)

    end_place(place=place, last_day=TODAY, expected=1, by=the_map.nina)

    assert places_offered(TODAY) == [place]
    assert places_offered(TODAY + timedelta(days=1)) == []
    with pytest.raises(CannotKeep, match=r"begynner 04\.05\.2026"):
        end_place(place=place, last_day=date(2026, 5, 3), expected=2, by=the_map.nina)


def test_who_was_not_asked_for_long_is_asked_again(the_map: Any) -> None:
    old = the_map.offer(the_map.school, offered_from=LONG_AGO, confirmed_on=LONG_AGO)
    the_map.offer(the_map.bakery, offered_from=LONG_AGO, confirmed_on=TODAY)
    younger = LONG_AGO + timedelta(days=1)
    the_map.offer(the_map.kindergarten, offered_from=younger, confirmed_on=younger)

    assert [(each.place, each.since) for each in unconfirmed(TODAY)] == [(old, LONG_AGO)]
    set_rules(confirm_days=30, first_day=TODAY, by=the_map.nina)
    assert len(unconfirmed(TODAY)) == 2


def test_one_word_confirms_all_that_an_employer_offers(the_map: Any) -> None:
    for name in ("Kjøkken", "Assistent"):
        the_map.offer(the_map.school, name, offered_from=LONG_AGO, confirmed_on=LONG_AGO)

    first = confirm([the_map.school], on=TODAY, by=the_map.nina)
    again = confirm([the_map.school], on=TODAY, by=the_map.nina)

    assert (first, again) == (2, 0)
    assert unconfirmed(TODAY) == []
    assert AuditEvent.objects.filter(action="confirm_place").count() == 2


def test_the_working_days_are_five() -> None:
    assert offers.WORKING_DAYS == (0, 1, 2, 3, 4)
