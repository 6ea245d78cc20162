"""A locked pair holds against every other choice, and ends when its participant gets a place."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.services import propose
from innpass.casework.employers.models import PracticePlace
from innpass.casework.matching.choosing import NotChosen, choose, kind_of, take
from innpass.casework.matching.locks import NotLocked, lock, locks_on, unlock
from innpass.casework.matching.looking import everybody, look_over, people_for, places_for
from innpass.casework.matching.models import MatchLock, MatchProposal, MatchRun
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment, Leave
from innpass.domain.matching.assign import assign
from innpass.domain.matching.shortlist import FallenOut, Suggestion
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.people import EmployerFactory, PlacementFactory, become_second


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


def _run(office: Office, *pairs: tuple[Participant, PracticePlace]) -> list[MatchProposal]:
    town, by = office.town.municipality, office.supervisor
    run: MatchRun = MatchRun.objects.create(
        municipality=town, first_monday=MONDAY, asked_by_id=by.user_id, answer={}
    )
    return [
        MatchProposal.objects.create(municipality=town, run=run, participant=person, place=place)
        for person, place in pairs
    ]


def test_a_lock_made_since_a_match_holds_against_others_of_the_same_match(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, other, by = office.place(), office.place("Kantina"), office.supervisor
    hers, his = _run(office, (amina, other), (bohdan, place))
    lock(participant=amina, place=place, monday=MONDAY, by=by)

    taken = take(hers.run, [his, hers], on=TODAY, by=by)

    assert taken.left == {
        his.pk: "Plassen er låst til en annen deltaker. Går hvis låsen blir tatt bort.",
        hers.pk: "Deltakeren er låst til en annen plass. Ta bort låsen først.",
    }
    assert locks_on(MONDAY) == {amina.pk: place.pk}


def test_the_locked_pair_of_a_match_is_taken_and_leaves_the_other_seats(office: Office) -> None:
    people = [office.seeker(name) for name in ("Amina H", "Bohdan K", "Celine M", "Dawit T")]
    place, by = office.place(seats=3), office.supervisor
    amina, bohdan, celine, dawit = people
    said = _run(office, (amina, place), (bohdan, place), (dawit, place))
    for person in (amina, celine):
        lock(participant=person, place=place, monday=MONDAY, by=by)

    taken = take(said[0].run, said, on=TODAY, by=by)

    assert [case.participant for case in taken.made] == [amina, bohdan], "Celine's seat is kept"
    assert list(taken.left) == [said[2].pk]
    assert locks_on(MONDAY) == {celine.pk: place.pk}


def test_a_lock_holds_while_its_participant_is_on_leave_or_has_not_begun(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    later = MONDAY + timedelta(weeks=6)
    Leave.objects.create(
        municipality=amina.municipality,
        participant=amina,
        first_day=TODAY,
        last_day=MONDAY + timedelta(weeks=2),
    )
    lock(participant=amina, place=place, monday=later, by=by)

    assert locks_on(MONDAY) == {amina.pk: place.pk}
    with pytest.raises(NotLocked, match="låst til andre"):
        lock(participant=bohdan, place=place, monday=MONDAY, by=by)
    problem, _market = everybody(by, monday=MONDAY)
    assert assign(problem).pairs == {}, "nobody gets her seat meanwhile"
    assert look_over(by, monday=MONDAY, start=0, size=9).locked == ((amina, place),)

    Leave.objects.all().delete()
    Enrolment.objects.filter(participant=amina).update(first_day=later)
    assert locks_on(MONDAY) == {amina.pk: place.pk}


def test_a_seat_is_not_locked_twice_from_different_days(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    later = MONDAY + timedelta(weeks=6)
    at = EmployerFactory.create(municipality=amina.municipality, name="Kantina")
    PlacementFactory.create(
        participant=amina, employer=at, first_day=date(2026, 3, 2), last_day=MONDAY
    )
    lock(participant=amina, place=place, monday=later, by=by)
    assert locks_on(MONDAY) == {}, "she has practice on that day"

    with pytest.raises(NotLocked, match="låst til andre"):
        lock(participant=bohdan, place=place, monday=MONDAY, by=by)


@pytest.mark.parametrize("how", ["hired", "over"])
def test_a_lock_of_whom_no_seat_is_kept_for_stops_nobody(office: Office, how: str) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)
    if how == "hired":
        PlacementFactory(
            participant=amina, first_day=TODAY - timedelta(days=60), last_day=TODAY, contract=TODAY
        )
    else:
        Enrolment.objects.filter(participant=amina).update(planned_last_day=MONDAY)

    lock(participant=bohdan, place=place, monday=MONDAY, by=by)

    assert locks_on(MONDAY) == {bohdan.pk: place.pk}


def test_a_new_lock_holds_where_an_old_one_has_done_its_work(office: Office) -> None:
    amina, place, by = office.seeker("Amina Haddad"), office.place(), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)
    MatchLock.objects.update(locked_at="2026-03-01T08:00:00Z")
    PlacementFactory.create(
        participant=amina,
        employer=place.employer,
        first_day=date(2026, 3, 2),
        last_day=date(2026, 6, 1),
    )
    assert locks_on(MONDAY) == {}

    lock(participant=amina, place=place, monday=MONDAY, by=by)

    assert locks_on(MONDAY) == {amina.pk: place.pk}
    lock(participant=amina, place=place, monday=MONDAY, by=by)
    assert MatchLock.objects.count() == 2, "a second click changes nothing"


def test_who_looks_for_no_place_is_not_locked(office: Office) -> None:
    amina, place, by = office.seeker("Amina Haddad"), office.place(), office.supervisor
    propose(amina, place.employer, place=place, kind=kind_of(place), by=by, on=TODAY)

    with pytest.raises(NotLocked, match="Er foreslått for Solbakken barnehage"):
        lock(participant=amina, place=place, monday=MONDAY, by=by)

    assert not MatchLock.objects.exists()


def test_a_lock_that_keeps_nothing_from_a_day_on_is_told_of(office: Office) -> None:
    amina, place, by = office.seeker("Amina Haddad"), office.place(), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)
    Enrolment.objects.filter(participant=amina).update(planned_last_day=date(2026, 7, 10))

    found = look_over(by, monday=MONDAY, start=0, size=9)

    assert found.locked == ()
    assert found.idle == ((amina, place, "Siste dag i programmet er 10.07.2026."),)
    assert places_for(amina, monday=MONDAY, actor=by).idle_lock == place
    Participant.objects.filter(pk=amina.pk).update(is_protected=True)
    assert look_over(by, monday=MONDAY, start=0, size=9).idle == ()


def test_a_lock_on_a_place_that_is_not_on_offer_is_told_of(office: Office) -> None:
    amina, place, by = office.seeker("Amina Haddad"), office.place(), office.supervisor
    lock(participant=amina, place=place, monday=MONDAY, by=by)
    PracticePlace.objects.update(offered_from=date(2026, 9, 1))

    assert places_for(amina, monday=MONDAY, actor=by).idle_lock == place
    with pytest.raises(NotLocked, match="tilbys ikke"):
        lock(participant=office.seeker("Bohdan K"), place=place, monday=MONDAY, by=by)


def test_no_more_are_locked_than_there_are_free_seats(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(seats=2), office.supervisor
    choose(participant=office.seeker("Celine M"), place=place, monday=MONDAY, on=TODAY, by=by)
    lock(participant=amina, place=place, monday=MONDAY, by=by)

    with pytest.raises(NotLocked, match="låst til andre"):
        lock(participant=bohdan, place=place, monday=MONDAY, by=by)

    assert isinstance(places_for(amina, monday=MONDAY, actor=by).judged(place.pk), Suggestion)
    unlock(participant=amina, by=by)
    choose(participant=amina, place=place, monday=MONDAY, on=TODAY, by=by)
    with pytest.raises(NotLocked, match=r"Ingen plass .* er ledig"):
        lock(participant=bohdan, place=place, monday=MONDAY, by=by)


def test_of_too_many_locks_the_oldest_hold(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place, by = office.place(seats=2), office.supervisor
    for person in (bohdan, amina):
        lock(participant=person, place=place, monday=MONDAY, by=by)
    PracticePlace.objects.update(seats=1)

    problem, _market = everybody(by, monday=MONDAY)
    assert dict(problem.locked) == {str(bohdan.pk): str(place.pk)}
    assert isinstance(places_for(bohdan, monday=MONDAY, actor=by).judged(place.pk), Suggestion)
    assert isinstance(places_for(amina, monday=MONDAY, actor=by).judged(place.pk), FallenOut)
    listed = people_for(place, monday=MONDAY, actor=by).found
    assert [each.seeker for each in listed.fit] == [str(bohdan.pk)]
    assert [each.seeker for each in listed.fallen_out] == [str(amina.pk)]
