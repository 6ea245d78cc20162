"""How long the way may be: from a day on, by whom it concerns, and told where it decides."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.matching.looking import everybody, places_for, told
from innpass.casework.matching.rules import rules_on, rules_through_time, set_rules
from innpass.casework.timetable.keeping import CannotKeep
from innpass.casework.timetable.models import Availability, Way, Workplace
from innpass.domain.access.policy import MayNot
from innpass.domain.matching.shortlist import FallenOut, Suggestion
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.cast import LIV
from tests.factories.weeks import locality


def test_a_place_further_off_than_the_municipality_lets_falls_out_from_that_day_on(
    office: Office,
) -> None:
    amina, place, town = office.seeker("Amina Haddad"), office.place(), office.town.municipality
    home, there = locality(town), locality(town, "Nord")
    Availability.objects.create(municipality=town, participant=amina, home=home)
    Workplace.objects.create(municipality=town, employer=place.employer, locality=there)
    Way.objects.create(municipality=town, one=home, other=there, minutes=50)

    def judged(monday: date) -> Any:
        advice = places_for(amina, monday=monday, actor=office.supervisor)
        return advice.judged(place.pk), advice.problem

    assert isinstance(judged(MONDAY)[0], Suggestion), "an hour where nobody said"
    set_rules(longest_travel=45, first_day=MONDAY, by=office.supervisor)

    found, problem = judged(MONDAY)
    assert isinstance(found, FallenOut)
    assert told(found, problem).out[0][0] == (
        "Reisetida er 50 minutter hver vei. Den lengste er satt til 45 minutter."
    )
    assert everybody(office.supervisor, monday=MONDAY)[0].rules.longest_travel == 45
    assert isinstance(judged(MONDAY - timedelta(days=7))[0], Suggestion), "the week before"


def test_what_is_said_for_a_day_again_takes_its_place_and_is_logged(office: Office) -> None:
    set_rules(longest_travel=45, first_day=TODAY, by=office.supervisor)
    set_rules(longest_travel=90, first_day=TODAY, by=office.adviser)
    set_rules(longest_travel=30, first_day=MONDAY, by=office.adviser)

    assert [each.longest_travel for each in rules_through_time()] == [30, 90]
    assert rules_on(TODAY - timedelta(days=1)).longest_travel == 60
    assert rules_on(TODAY).longest_travel == 90
    said = AuditEvent.objects.filter(action="set_match_rules").order_by("pk")
    assert [45, 90] in [each.changes["longest_travel"] for each in said]


def test_a_leader_reads_and_does_not_say(office: Office) -> None:
    with pytest.raises(MayNot):
        set_rules(longest_travel=45, first_day=TODAY, by=office.town.actor(LIV))
    assert rules_through_time() == []


@pytest.mark.parametrize("minutes", [0, 4, 241])
def test_no_way_is_so_short_or_so_long(office: Office, minutes: int) -> None:
    with pytest.raises(CannotKeep, match="Skriv fra 5 til 240 minutter"):
        set_rules(longest_travel=minutes, first_day=TODAY, by=office.supervisor)
