"""Among very many, only the first are looked at closely; they are the first of the whole list."""

from random import Random
from typing import Any

import pytest

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.matching.looking import people_for, places_for
from innpass.casework.matching.people import alike, seekers
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.models import Availability, Block, Timetable, Way, Workplace
from innpass.domain.matching.problem import Seeker
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
        return [
            *(places_for(each, monday=MONDAY, actor=by) for each in people[4:]),
            *(people_for(each, monday=MONDAY, actor=by) for each in places),
        ]

    whole = ask()
    for name, value in (
        *(("_FEW_OFFERS", 0), ("_FEW_PEOPLE", 0), ("_FEWEST", 2), ("_FEWEST_OUT", 1)),
        *(("_COUNTED", ((3, 2), (6, 4))), ("_WEEKS_READ", ((3, 2), (6, 4)))),
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


def test_people_alike_are_as_they_seek_but_for_their_weeks(office: Office) -> None:
    chance = Random(1)
    people = [_seeker(office, chance, number).pk for number in range(20)]

    found = alike(people)

    assert sorted(pk for _seeker, several in found for pk in several) == sorted(people)
    exact = seekers(people, monday=MONDAY)
    for group, several in found:
        for pk in several:
            assert _known(exact[pk]) == _known(group)


def _known(seeker: Seeker) -> dict[str, Any]:
    left_out = {"key", "free", "minutes_wanted"}
    return {
        name: getattr(seeker, name) for name in seeker.__dataclass_fields__ if name not in left_out
    }
