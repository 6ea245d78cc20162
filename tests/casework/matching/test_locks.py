"""A locked pair holds against every other choice, and ends when its participant gets a place."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.services import propose
from innpass.casework.matching.choosing import NotChosen, choose, kind_of, take
from innpass.casework.matching.locks import NotLocked, lock, locks_on, unlock
from innpass.casework.matching.looking import everybody, look_over, people_for, places_for
from innpass.casework.matching.models import MatchLock, MatchProposal, MatchRun
from innpass.casework.participants.models import Participant
from innpass.domain.matching.assign import assign
from innpass.domain.matching.shortlist import FallenOut, Suggestion
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.people import become_second


def test_a_locked_pair_stays_until_it_is_lifted_or_taken(office: Office) -> None:
    amina, place, other = office.seeker("Amina Haddad"), office.place(), office.place("Kantina")
    lock(participant=amina, place=other, monday=MONDAY, by=office.supervisor)
    lock(participant=amina, place=place, monday=MONDAY, by=office.supervisor)

    problem, _market = everybody(office.adviser, monday=MONDAY)
    assert problem.locked == {str(amina.pk): str(place.pk)}
    assert places_for(amina, monday=MONDAY, actor=office.adviser).locked == str(place.pk)
    assert look_over(office.adviser, monday=MONDAY, start=0, size=5).locked == ((amina, place),)

    unlock(participant=amina, by=office.supervisor)
    assert locks_on(MONDAY) == {}

    lock(participant=amina, place=place, monday=MONDAY, by=office.supervisor)
    choose(
        participant=amina, place=place, monday=MONDAY, on=TODAY, reason="Låst", by=office.supervisor
    )
    assert locks_on(MONDAY) == {}


def test_a_lock_goes_with_whom_somebody_turned_out_to_be(office: Office) -> None:
    second, first = office.seeker("Amina Hadad"), office.seeker("Amina Haddad")
    place, by = office.place(), office.supervisor
    lock(participant=second, place=place, monday=MONDAY, by=by)
    become_second(second, first)

    assert places_for(first, monday=MONDAY, actor=by).locked == str(place.pk)
    assert locks_on(MONDAY) == {first.pk: place.pk}
    assert look_over(by, monday=MONDAY, start=0, size=9).locked == ((first, place),)
    problem, _market = everybody(by, monday=MONDAY)
    assert dict(problem.locked) == {str(first.pk): str(place.pk)}
    choose(participant=first, place=place, monday=MONDAY, on=TODAY, by=by)
    assert locks_on(MONDAY) == {}


def test_nobody_else_gets_a_locked_seat_without_a_reason(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)

    advice = places_for(bohdan, monday=MONDAY, actor=by)
    assert [each.offer for each in advice.found.fallen_out] == [str(place.pk)]
    assert advice.kept_for == {str(place.pk): ("Amina Haddad",)}
    how: Any = {"participant": bohdan, "place": place, "monday": MONDAY, "on": TODAY, "by": by}
    with pytest.raises(NotChosen) as no:
        choose(**how)
    assert no.value.asks_why
    assert not PlacementCase.objects.exists()

    case = choose(**how, reason="Amina vil vente.")
    assert case.choice.told["out"] == [
        ["Plassen er låst til en annen deltaker.", "Går hvis låsen blir tatt bort."]
    ], "what is kept of Bohdan's choice tells of nobody else"
    assert locks_on(MONDAY) == {amina.pk: place.pk}


def test_a_lock_takes_one_seat_and_its_own_participant_has_it(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(seats=2), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)

    for person, seats in ((amina, 2), (bohdan, 1)):
        advice = places_for(person, monday=MONDAY, actor=by)
        judged = advice.judged(place.pk)
        assert isinstance(judged, Suggestion)
        assert advice.problem.offer[str(place.pk)].seats == seats


def test_on_the_page_of_the_place_only_the_locked_one_fits(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    lock(participant=bohdan, place=place, monday=MONDAY, by=by)

    advice = people_for(place, monday=MONDAY, actor=by)

    assert [each.seeker for each in advice.found.fit] == [str(bohdan.pk)]
    assert [each.seeker for each in advice.found.fallen_out] == [str(amina.pk)]
    assert advice.locked == {str(bohdan.pk)}


def test_who_may_not_see_the_locked_one_learns_that_it_is_locked_and_no_more(
    office: Office,
) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place = office.place()
    lock(participant=amina, place=place, monday=MONDAY, by=office.adviser)
    Participant.objects.filter(pk=amina.pk).update(is_protected=True)

    advice = places_for(bohdan, monday=MONDAY, actor=office.supervisor)
    judged = advice.judged(place.pk)
    assert isinstance(judged, FallenOut)
    assert [each.reason.code for each in judged.hindrances if each.falls_out] == ["limit.kept"]
    assert advice.kept_for == {str(place.pk): ()}

    problem, _market = everybody(office.supervisor, monday=MONDAY)
    assert assign(problem).pairs == {}, "the seat of whom one may not see is given to nobody"
    assert str(amina.pk) not in problem.seeker


def test_a_proposal_of_a_match_does_not_take_a_seat_locked_since(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    run: MatchRun = MatchRun.objects.create(
        municipality=office.town.municipality,
        first_monday=MONDAY,
        asked_by_id=by.user_id,
        answer={},
    )
    said: MatchProposal = MatchProposal.objects.create(
        municipality=office.town.municipality, run=run, participant=bohdan, place=place
    )
    lock(participant=amina, place=place, monday=MONDAY, by=by)

    taken = take(run, [said], on=TODAY, by=by)

    assert taken.made == ()
    assert taken.left == {
        said.pk: "Plassen er låst til en annen deltaker. Går hvis låsen blir tatt bort."
    }


def test_what_is_proposed_elsewhere_ends_a_lock(office: Office) -> None:
    amina, place, other = office.seeker("Amina Haddad"), office.place(), office.place("Kantina")
    lock(participant=amina, place=place, monday=MONDAY, by=office.supervisor)

    case = propose(
        amina,
        other.employer,
        place=other,
        kind=kind_of(other),
        by=office.adviser,
        on=TODAY,
    )

    ended = MatchLock.objects.get()
    assert ended.lifted_at is not None
    assert ended.lifted_by_id == office.adviser.user_id
    case.withdrawn_at = "2026-06-30T10:00:00Z"
    case.save()
    assert locks_on(MONDAY) == {}, "it does not come back"


def test_who_has_begun_somewhere_needs_no_lock(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    lock(participant=amina, place=place, monday=MONDAY, by=office.supervisor)
    MatchLock.objects.update(locked_at="2026-05-01T08:00:00Z")

    row = amina.placements.create(
        municipality=amina.municipality,
        kind="municipal",
        employer=place.employer,
        first_day=date(2026, 5, 4),
        last_day=date(2026, 7, 1),
    )

    assert locks_on(MONDAY) == {}, "also when it has ended"
    row.first_day = date(2026, 3, 2)
    row.save()
    assert locks_on(MONDAY) == {amina.pk: place.pk}, "what began before does not count"


def test_no_more_are_locked_than_there_are_seats(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)

    with pytest.raises(NotLocked, match="låst til andre"):
        lock(participant=bohdan, place=place, monday=MONDAY, by=by)

    unlock(participant=amina, by=by)
    lock(participant=bohdan, place=place, monday=MONDAY, by=by)
    assert locks_on(MONDAY) == {bohdan.pk: place.pk}
