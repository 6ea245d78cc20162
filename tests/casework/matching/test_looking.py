"""Short lists: what fits, what falls out, what would have to change."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.agreements.services import propose
from innpass.casework.employers.models import EmployerCard
from innpass.casework.follow_up.models import EmploymentContract
from innpass.casework.matching.apart import apart, reasons
from innpass.casework.matching.choosing import choose
from innpass.casework.matching.looking import look_over, people_for, places_for, told
from innpass.casework.matching.people import looking, seekers
from innpass.casework.matching.weeks import usual_start
from innpass.casework.overview.models import OverviewRow
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Leave
from innpass.casework.timetable.models import Block, SchoolBreak, Timetable
from innpass.domain.access.policy import MayNot
from innpass.domain.placing.states import CaseKind
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.cast import LIV, ODD
from tests.factories.people import EmployerFactory, PlacementFactory, settle


def test_the_goal_comes_first_and_what_falls_out_says_what_would_have_to_change(
    office: Office,
) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    office.place("Kantina", occupation="5120")
    goal = office.place(occupation="5311")
    hard = office.place("Biblioteket", language_at_start="B1")

    advice = places_for(amina, monday=MONDAY, actor=office.supervisor)

    assert advice.found.fit[0].offer == str(goal.pk)
    (out,) = advice.found.fallen_out
    assert out.offer == str(hard.pk)
    assert told(out, advice.problem).out == (
        ("Krever B1. Har A2.", "Går hvis stedet tar imot på A2, eller etter bestått B1."),
    )
    assert advice.lacks.home
    assert advice.lacks.week
    assert not advice.lacks.goal


def test_who_is_at_an_employer_or_on_the_way_to_one_looks_for_no_place(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    celine = office.seeker("Celine Mukendi")
    employer = EmployerFactory.create(municipality=office.town.municipality, name="Kantina")
    PlacementFactory.create(participant=amina, employer=employer, last_day=MONDAY)
    choose(participant=bohdan, place=office.place(), monday=MONDAY, on=TODAY, by=office.supervisor)

    assert looking(office.supervisor, on=MONDAY) == [celine.pk]
    day_after = MONDAY + timedelta(days=7)
    assert set(looking(office.supervisor, on=day_after)) == {celine.pk, amina.pk}


def test_who_has_a_contract_of_work_looks_for_no_place_and_is_told_of(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    celine, place = office.seeker("Celine Mukendi"), office.place()
    over = {"first_day": date(2026, 3, 2), "last_day": date(2026, 5, 29)}
    PlacementFactory.create(participant=amina, contract=date(2026, 6, 1), has_contract=True, **over)
    PlacementFactory.create(participant=celine, **over)
    choose(participant=bohdan, place=place, monday=MONDAY, on=TODAY, by=office.supervisor)
    settle([amina, bohdan, celine])
    OverviewRow.objects.update(placement_kind="")
    OverviewRow.objects.update(end_goal="work")

    listed = people_for(place, monday=MONDAY, actor=office.supervisor)
    count, others = apart(office.supervisor, monday=MONDAY, on=TODAY, most=9)

    assert set(listed.known) == {str(celine.pk)}
    assert count == 2
    assert {each.name: each.why for each in others} == {
        "Amina Haddad": "Har arbeidskontrakt fra 01.06.2026.",
        "Bohdan Kovalenko": "Er foreslått for Solbakken barnehage.",
    }
    assert reasons([celine.pk], monday=MONDAY) == {}


def test_who_is_on_leave_that_day_looks_for_no_place_and_is_told_of(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    leave = {"first_day": date(2026, 7, 1), "last_day": MONDAY}
    Leave.objects.create(municipality=amina.municipality, participant=amina, **leave)

    assert looking(office.supervisor, on=MONDAY) == []
    assert reasons([amina.pk], monday=MONDAY) == {amina.pk: "Har permisjon til 20.07.2026."}
    assert looking(office.supervisor, on=MONDAY + timedelta(days=7)) == [amina.pk]


def test_who_is_there_and_proposed_again_takes_one_of_the_cap(office: Office) -> None:
    amina, bohdan, place = office.seeker("Amina Haddad"), office.seeker("Bohdan K"), office.place()
    EmployerCard.objects.create(
        municipality=place.municipality, employer=place.employer, most_at_once=2
    )
    propose(
        *(amina, place.employer),
        place=place,
        kind=CaseKind.MUNICIPAL_PRACTICE,
        by=office.supervisor,
        on=TODAY,
    )
    PlacementFactory.create(
        participant=amina, employer=place.employer, first_day=date(2026, 5, 4), last_day=MONDAY
    )

    (there,) = places_for(bohdan, monday=MONDAY, actor=office.supervisor).problem.employers

    assert there.cap_left == 1


def test_a_seat_that_is_taken_or_promised_is_not_offered_again(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place = office.place()
    choose(participant=amina, place=place, monday=MONDAY, on=TODAY, by=office.supervisor)

    advice = places_for(bohdan, monday=MONDAY, actor=office.supervisor)

    assert [each.offer for each in advice.found.fallen_out] == [str(place.pk)]
    mine = places_for(amina, monday=MONDAY, actor=office.supervisor)
    assert [each.offer for each in mine.found.fit] == [str(place.pk)], "her own seat is hers"


def test_hires_count_with_what_was_at_the_employer(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    hiring = office.place("Kantina")
    other = office.place()
    for number in range(12):
        PlacementFactory.create(
            participant=office.seeker(f"Tidligere {number}"),
            employer=(hiring if number < 6 else other).employer,
            last_day=date(2026, 5, 1),
            has_contract=number < 5,
        )

    advice = places_for(amina, monday=MONDAY, actor=office.supervisor)

    first = advice.found.fit[0]
    assert first.offer == str(hiring.pk)
    assert "5 av 6" in " ".join(told(first, advice.problem).speaks_for)


def test_a_group_takes_time_and_the_time_at_the_old_workplace_is_free(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    week = Timetable.objects.create(
        municipality=amina.municipality, participant=amina, first_monday=MONDAY
    )
    for day, part in ((0, "course"), (1, "practice")):
        Block.objects.create(
            municipality=amina.municipality,
            timetable=week,
            day=day,
            start=480,
            end=900,
            part=part,
            activity="norwegian",
            name="x",
            counted_minutes=600,
        )

    found = seekers([amina.pk], monday=MONDAY)[amina.pk]

    assert found.free is not None
    by_day = {int(each.day): (each.start, each.end) for each in found.free if each.start == 360}
    assert by_day[0] == (360, 480)
    assert by_day[1] == (360, 1200)
    assert found.minutes_wanted == 37.5 * 60 - 600


def test_a_week_that_begins_later_tells_of_who_has_none_now(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    Timetable.objects.create(
        municipality=amina.municipality,
        participant=amina,
        first_monday=MONDAY + timedelta(weeks=2),
    )

    assert seekers([amina.pk], monday=MONDAY)[amina.pk].free is not None
    earlier = MONDAY - timedelta(weeks=20)
    assert seekers([amina.pk], monday=earlier)[amina.pk].free is None


def test_a_start_is_in_two_weeks_and_not_in_a_school_break(office: Office) -> None:
    assert usual_start(TODAY) == date(2026, 7, 20)

    SchoolBreak.objects.create(
        municipality=office.town.municipality,
        name="Sommerferie",
        first_day=date(2026, 7, 4),
        last_day=date(2026, 8, 9),
    )

    assert usual_start(TODAY) == date(2026, 8, 10)


@pytest.mark.parametrize("user", [LIV, ODD])
def test_advice_is_for_those_who_read_what_it_is_made_of(user: str, office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    actor = office.town.actor(user)

    with pytest.raises(MayNot):
        places_for(amina, monday=MONDAY, actor=actor)
    with pytest.raises(MayNot):
        people_for(place, monday=MONDAY, actor=actor)
    with pytest.raises(MayNot):
        look_over(actor, monday=MONDAY, start=0, size=5)


def test_among_very_many_places_the_first_are_those_of_the_whole_list(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina, bohdan = office.seeker("Amina Haddad", goal="5311"), office.seeker("Bohdan Kovalenko")
    full = office.place("Full enhet", occupation="5311")
    for number in range(20):
        office.place(f"Enhet {number}", occupation="5120")
        office.place(f"Vanskelig enhet {number}", language_at_start="C1")
    choose(
        participant=bohdan, place=full, monday=MONDAY, on=TODAY, reason="x", by=office.supervisor
    )
    whole = places_for(amina, monday=MONDAY, actor=office.supervisor)
    monkeypatch.setattr("innpass.casework.matching.looking._FEW_OFFERS", 0)
    monkeypatch.setattr("innpass.casework.matching.looking._COUNTED", ((15, 15),))

    some = places_for(amina, monday=MONDAY, actor=office.supervisor, about=full.pk)

    assert (whole.is_whole, some.is_whole) == (True, False)
    assert [each.offer for each in some.found.fit[:10]] == [
        each.offer for each in whole.found.fit[:10]
    ]
    assert str(full.pk) not in {each.offer for each in some.found.fit}
    assert some.judged(full.pk) == whole.judged(full.pk)


def test_who_has_a_contract_that_no_placement_tells_of_looks_for_no_place(office: Office) -> None:
    amina, by = office.seeker("Amina Haddad"), office.supervisor
    contract = EmploymentContract.objects.create(
        municipality=amina.municipality,
        participant=amina,
        employer_name="Fjordvik Renhold AS",
        kind="permanent",
        percent=60,
        first_day=date(2026, 8, 3),
        noted_on=TODAY,
    )

    assert looking(by, on=MONDAY) == []
    assert reasons([amina.pk], monday=MONDAY) == {amina.pk: "Har arbeidskontrakt fra 03.08.2026."}

    check = contract.checks.create(
        municipality=amina.municipality, months=3, asked_on=TODAY, is_there=False
    )
    assert looking(by, on=MONDAY) == [amina.pk], "it came to nothing"
    check.delete()
    contract.first_day, contract.last_day = date(2026, 5, 4), date(2026, 7, 19)
    contract.save()
    assert looking(by, on=MONDAY) == [amina.pk], "it is over"


def test_the_number_of_queries_is_the_same_however_many_there_are(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad", goal="5311"), office.place(occupation="5311")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            places_for(amina, monday=MONDAY, actor=office.supervisor)
            people_for(place, monday=MONDAY, actor=office.supervisor)
            look_over(office.supervisor, monday=MONDAY, start=0, size=50)
        return len(queries)

    before = asked()
    for number in range(4):
        office.seeker(f"Deltaker {number}", goal="5120")
        office.place(f"Enhet {number}", occupation="5120")

    assert asked() == before
    assert Placement.objects.count() == 0
