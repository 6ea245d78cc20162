"""Among very many, only the first are looked at closely; they are the first of the whole list."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.matching.looking import everyone_in, people_for, places_for
from innpass.casework.matching.people import alike, seekers
from innpass.casework.matching.places import only
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.models import Availability, Block, Timetable, Way, Workplace
from innpass.domain.matching.shortlist import for_offer
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.weeks import locality

_LOOKING = "innpass.casework.matching.looking"
_OCCUPATIONS = ("5311", "5312", "5120", "9112", "")


def _place(office: Office, chance: Random, number: int) -> Any:
    made = office.place(
        f"Enhet {number}",
        occupation=chance.choice(_OCCUPATIONS),
        language_at_start=chance.choice(["", "A1", "B1"]),
        demands=chance.choice([[], ["police_certificate"]]),
        days_a_week=chance.choice([1, 2, 3]),
        seats=chance.choice([1, 2]),
    )
    at = locality(office.town.municipality, chance.choice(["Sentrum", "Nord"]))
    Workplace.objects.create(
        municipality=office.town.municipality, employer=made.employer, locality=at
    )
    return made


def _seeker(office: Office, chance: Random, number: int) -> Participant:
    profile = {
        "goal": chance.choice(_OCCUPATIONS),
        "experience": chance.choice([[], ["5120"]]),
        "demands": chance.choice([{}, {"police_certificate": "2026-05-04"}]),
        "hours_wanted": chance.choice([None, 30.0]),
    }
    made = office.seeker(
        f"Deltaker {number}",
        level=chance.choice(["A1", "A2", "B1"]),
        **(profile if number % 4 else {}),
    )
    town = office.town.municipality
    if chance.random() < 0.7:
        at = locality(town, chance.choice(["Sentrum", "Nord"]))
        Availability.objects.create(municipality=town, participant=made, home=at)
    if chance.random() < 0.7:
        week = Timetable.objects.create(municipality=town, participant=made, first_monday=TODAY)
        for day in range(chance.choice([2, 4, 5])):
            Block.objects.create(
                municipality=town,
                timetable=week,
                day=day,
                start=480,
                end=900,
                part="course",
                activity="norwegian",
                name="x",
                counted_minutes=300,
            )
    return made


@pytest.mark.parametrize("seed", range(6))
def test_the_first_of_very_many_are_those_of_the_whole_list(
    office: Office, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, by = Random(seed), office.supervisor
    town = office.town.municipality
    places = [_place(office, chance, number) for number in range(14)]
    people = [_seeker(office, chance, number) for number in range(16)]
    one, other = locality(town, "Nord"), locality(town)
    Way.objects.create(municipality=town, one=one, other=other, minutes=chance.choice([20, 90]))
    for person, place in zip(people[:4], chance.sample(places, 4), strict=True):
        PlacementCase.objects.create(
            municipality=town,
            participant=person,
            employer=place.employer,
            place=place,
            kind="municipal_practice",
            proposed_on=TODAY,
        )

    def ask() -> list[Any]:
        return [places_for(each, monday=MONDAY, actor=by) for each in people[4:]]

    whole = ask()
    for name, value in (
        *(("_FEW_OFFERS", 0), ("_FEWEST", 2), ("_FEWEST_OUT", 1)),
        ("_COUNTED", ((3, 2), (6, 4))),
    ):
        monkeypatch.setattr(f"{_LOOKING}.{name}", value)
    some = ask()

    assert all(each.is_whole for each in whole)
    assert sum(not each.is_whole for each in some) > len(some) / 3, "most are cut short"
    for cut, full in zip(some, whole, strict=True):
        assert cut.found.fit[:2] == full.found.fit[:2]
        assert set(cut.found.fallen_out) <= set(full.found.fallen_out), "as they are judged"
        if not full.found.fit[2:]:
            assert cut.found.fallen_out[:1] == full.found.fallen_out[:1]


def test_people_for_a_place_are_judged_as_each_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, by = Random(1), office.supervisor
    people = [_seeker(office, chance, number) for number in range(24)]
    places = [_place(office, chance, number) for number in range(6)]
    monkeypatch.setattr("innpass.casework.matching.people.FEW", 0)
    monkeypatch.setattr("innpass.casework.matching.weeks.FEW", 0)
    monkeypatch.setattr("innpass.casework.matching.rows.FEW", 0)
    groups = alike([each.pk for each in people], monday=MONDAY)
    exact = seekers([each.pk for each in people], monday=MONDAY)

    assert sorted(pk for _one, several in groups for pk in several) == sorted(exact)
    assert len(groups) < len(people), "some are alike"
    for one, several in groups:
        for pk in several:
            assert replace(exact[pk], key=one.key) == one
    for place in places:
        listed = people_for(place, monday=MONDAY, actor=by).found
        offer = only(by, place.pk, monday=MONDAY).offers[0].key
        problem, _around, _locks = everyone_in(list(exact), monday=MONDAY, actor=by)
        assert listed == for_offer(problem, offer), "the same in every word"
