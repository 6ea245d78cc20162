"""Choosing a place: the advice and the choice are kept, and nothing happens without a reason."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.agreements.models import DemandSeen, PlacementCase
from innpass.casework.agreements.queries import told_of
from innpass.casework.employers.models import EmployerCard
from innpass.casework.matching.agreeing import begin_with
from innpass.casework.matching.choosing import (
    NotChosen,
    choice_of,
    choose,
    take,
)
from innpass.casework.matching.models import MatchChoice, MatchProposal, MatchRun
from innpass.casework.programme.models import Enrolment
from innpass.casework.timetable.models import Block, Timetable
from innpass.domain.access.policy import MayNot
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.cast import LEA, ODD, PER


def test_the_advice_is_taken_without_a_reason(office: Office) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    office.place("Kantina", occupation="5120")
    first = office.place(occupation="5311")

    case = choose(participant=amina, place=first, monday=MONDAY, on=TODAY, by=office.supervisor)

    choice = choice_of(case)
    assert choice
    assert (choice.advised, choice.rank, choice.reason) == (first, 1, "")
    assert any("målet" in text for text in choice.told["for"])
    assert (case.participant, case.place, case.kind) == (amina, first, "municipal_practice")


def test_against_the_advice_asks_why_and_keeps_both(office: Office) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    second = office.place("Kantina", occupation="5120")
    first = office.place(occupation="5311")

    with pytest.raises(NotChosen) as no:
        choose(participant=amina, place=second, monday=MONDAY, on=TODAY, by=office.supervisor)
    assert no.value.asks_why
    assert not PlacementCase.objects.exists()

    case = choose(
        participant=amina,
        place=second,
        monday=MONDAY,
        on=TODAY,
        reason="Kjenner kokken der.",
        by=office.supervisor,
    )

    choice = choice_of(case)
    assert choice
    assert (choice.advised, choice.rank) == (first, 2)
    assert choice.reason == "Kjenner kokken der."
    assert choice.chosen_by_id == office.supervisor.user_id


def test_the_rank_that_is_kept_is_of_all_places_however_many(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina, by = office.seeker("Amina Haddad", goal="5311"), office.supervisor
    for number in range(4):
        office.place(f"Barnehage {number}", occupation="5311")
    last = office.place("Kantina", occupation="9112")
    for name, value in (("_FEW_OFFERS", 0), ("_COUNTED", ((1, 1),))):
        monkeypatch.setattr(f"innpass.casework.matching.looking.{name}", value)
    for name in ("_FEWEST", "_FEWEST_OUT"):
        monkeypatch.setattr(f"innpass.casework.matching.looking.{name}", 1)

    case = choose(
        participant=amina, place=last, monday=MONDAY, on=TODAY, reason="Kjenner kokken.", by=by
    )

    choice = choice_of(case)
    assert choice
    assert choice.rank == 5


def test_a_place_that_falls_out_can_be_chosen_with_a_reason(office: Office) -> None:
    amina = office.seeker("Amina Haddad", level="A1")
    place = office.place(language_at_start="B1")

    case = choose(
        participant=amina,
        place=place,
        monday=MONDAY,
        on=TODAY,
        reason="Stedet tar imot på A1 nå.",
        by=office.supervisor,
    )

    choice = choice_of(case)
    assert choice
    assert (choice.advised, choice.rank) == (None, None)
    assert choice.told["out"] == [
        ["Krever B1. Har A1.", "Går hvis stedet tar imot på A1, eller etter bestått B1."]
    ]


def test_what_cannot_be_proposed_gets_a_sentence_and_changes_nothing(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    choose(participant=amina, place=place, monday=MONDAY, on=TODAY, by=office.supervisor)

    with pytest.raises(NotChosen) as no:
        choose(
            participant=amina,
            place=place,
            monday=MONDAY,
            on=TODAY,
            reason="En gang til",
            by=office.supervisor,
        )

    assert "Solbakken barnehage" in str(no.value)
    assert PlacementCase.objects.count() == MatchChoice.objects.count() == 1


@pytest.mark.parametrize("user", [LEA, ODD])
def test_others_choose_nothing(user: str, office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()

    with pytest.raises(MayNot):
        choose(
            participant=amina,
            place=place,
            monday=MONDAY,
            on=TODAY,
            by=office.town.actor(user),
        )

    assert not PlacementCase.objects.exists()


def _run(office: Office, *pairs: tuple[object, object]) -> MatchRun:
    made: MatchRun = MatchRun.objects.create(
        municipality=office.town.municipality,
        first_monday=MONDAY,
        asked_by_id=office.supervisor.user_id,
        answer={},
    )
    for person, place in pairs:
        MatchProposal.objects.create(
            municipality=office.town.municipality, run=made, participant=person, place=place
        )
    return made


def test_of_two_who_would_have_one_seat_the_second_is_left_with_a_sentence(
    office: Office,
) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    place = office.place()
    run = _run(office, (amina, place), (bohdan, place))
    chosen = list(run.proposals.order_by("participant__name"))

    taken = take(run, chosen, on=TODAY, by=office.supervisor)

    assert [case.participant for case in taken.made] == [amina]
    assert taken.left == {chosen[1].pk: "Plassen er tatt av en annen som ble valgt samtidig."}
    again = take(run, [chosen[1]], on=TODAY, by=office.supervisor)
    assert again.made == ()
    assert "Ingen plass er ledig" in again.left[chosen[1].pk]


def test_the_employer_s_cap_holds_for_those_who_are_taken_together(office: Office) -> None:
    amina, bohdan = office.seeker("Amina Haddad"), office.seeker("Bohdan Kovalenko")
    one = office.place(seats=2)
    EmployerCard.objects.create(
        municipality=office.town.municipality, employer=one.employer, most_at_once=1
    )
    run = _run(office, (amina, one), (bohdan, one))
    chosen = list(run.proposals.select_related("participant", "place__employer"))

    taken = take(run, chosen, on=TODAY, by=office.supervisor)

    assert len(taken.made) == len(taken.left) == 1


def test_who_no_longer_looks_is_left_with_a_sentence(office: Office) -> None:
    amina, place, other = office.seeker("Amina Haddad"), office.place(), office.place("Kantina")
    run = _run(office, (amina, place))
    choose(
        participant=amina,
        place=other,
        monday=MONDAY,
        on=TODAY,
        reason="Ville dit",
        by=office.supervisor,
    )

    taken = take(run, list(run.proposals.all()), on=TODAY, by=office.supervisor)

    assert list(taken.left.values()) == ["Deltakeren søker ikke plass lenger."]
    assert PlacementCase.objects.count() == 1


def test_what_the_profile_has_as_seen_comes_along_with_its_day(office: Office) -> None:
    demands = {"police_certificate": "2026-05-04", "licence_b": "no"}
    amina = office.seeker("Amina Haddad", demands=demands)
    place = office.place(demands=["police_certificate", "licence_b"])

    case = choose(
        participant=amina,
        place=place,
        monday=MONDAY,
        on=TODAY,
        reason="Uten bil går det.",
        by=office.supervisor,
    )

    seen = DemandSeen.objects.filter(case=case).values_list("demand", "seen_on")
    assert list(seen) == [("police_certificate", date(2026, 5, 4))]


def test_the_own_practice_supervisor_follows_though_another_proposes(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    name = office.town.users[PER].get_full_name()
    Enrolment.objects.filter(participant=amina).update(supervisor=name)

    case = choose(participant=amina, place=place, monday=MONDAY, on=TODAY, by=office.adviser)

    assert case.supervisor == office.town.users[PER]


def test_the_agreement_begins_on_the_day_and_in_the_hours_of_the_match(office: Office) -> None:
    amina, place = office.seeker("Amina Haddad"), office.place()
    week = Timetable.objects.create(
        municipality=amina.municipality, participant=amina, first_monday=TODAY
    )
    for day in (0, 1, 2):
        Block.objects.create(
            municipality=amina.municipality,
            timetable=week,
            day=day,
            start=480,
            end=900 if day < 2 else 660,
            part="course",
            activity="norwegian",
            name="x",
            counted_minutes=300,
        )
    case = choose(participant=amina, place=place, monday=MONDAY, on=TODAY, by=office.supervisor)

    content = begin_with(case, told_of([case])[case.pk], by=office.supervisor, on=TODAY)

    assert content.days == ((2, 660, 930), (3, 480, 930), (4, 480, 930))
    assert content.first_day == date(2026, 7, 22), "Wednesday of the week of the match"


def test_what_no_database_keeps_is_taken_out_of_a_reason(office: Office) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    office.place(occupation="5311")
    second = office.place("Kantina", occupation="5120")
    how: Any = {"participant": amina, "place": second, "monday": MONDAY, "by": office.supervisor}

    with pytest.raises(NotChosen):
        choose(**how, on=TODAY, reason="\0 ")
    choose(**how, on=TODAY, reason="for\0di")

    assert MatchChoice.objects.get().reason == "fordi"
