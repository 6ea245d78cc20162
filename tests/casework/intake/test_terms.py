"""Who is in a term: forecast, taken in, moved on, and seen by whom."""

from datetime import date

import pytest

from innpass.casework.intake.grouping import propose_groups
from innpass.casework.intake.inviting import invite_groups
from innpass.casework.intake.models import Intake, IntakeTerm, Invitation
from innpass.casework.intake.queries import (
    classes_for,
    find_intake,
    likely,
    members,
    sessions,
    unseen_absences,
)
from innpass.casework.intake.refusing import Refused
from innpass.casework.intake.services import describe, leave_term, place, save_term, take_in
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from innpass.casework.timetable.models import Locality, TeachingGroup
from innpass.casework.training.models import Schooling
from innpass.domain.access.policy import MayNot
from tests.casework.intake.people import ON, TERM, join, own_session, session, settled
from tests.factories.cast import KARI, LIV, ODD, PER, RAGNHILD, Town
from tests.factories.people import become_second


def names(town: Town, term: IntakeTerm, user: str = RAGNHILD) -> list[str]:
    return [one.person.name for one in members(term, actor=town.actor(user))]


def test_who_is_likely_is_told_why_until_taken_in(
    town: Town, term: IntakeTerm, october: IntakeTerm
) -> None:
    amina = settled(town, "Amina", offered_on=date(2026, 6, 1))
    settled(town, "Bohdan", settled_on=date(2026, 8, 3))
    settled(town, "Daria", first_day=date(2026, 1, 5))  # has begun
    by = town.actor(RAGNHILD)

    before = likely(actor=by, on=ON)
    (taken,) = take_in(term=term, people=[amina], by=by, on=ON)

    assert [one.person for one in before[term.pk]] == [amina]
    assert [one.person.name for one in before[october.pk]] == ["Bohdan"]
    assert taken.reason == "Tilbudt program 1. juni 2026, men har ikke begynt."
    assert likely(actor=by, on=ON)[term.pk] == []
    assert take_in(term=term, people=[amina], by=by, on=ON) == []  # once is enough


def test_after_the_cut_off_and_for_others_somebody_must_say_why(
    town: Town, term: IntakeTerm
) -> None:
    amina, begun = settled(town, "Amina"), settled(town, "Daria", first_day=date(2026, 1, 5))
    by = town.actor(RAGNHILD)

    for person, on in ((amina, date(2026, 8, 1)), (begun, ON)):
        with pytest.raises(Refused):
            take_in(term=term, people=[person], by=by, on=on)
    with pytest.raises(MayNot):
        take_in(term=term, people=[amina], by=town.actor(PER), on=ON)
    taken = take_in(term=term, people=[amina], by=by, on=date(2026, 8, 1), reason="Kom sent")

    assert [one.reason for one in taken] == ["Kom sent"]


def test_who_is_moved_takes_along_what_is_known_and_leaves_group_and_invitation(
    town: Town, term: IntakeTerm, october: IntakeTerm
) -> None:
    amina, _bohdan = join(town, term, "Amina", "Bohdan", language="arabisk")
    held = session(town, term, date(2026, 7, 8))
    by = town.actor(RAGNHILD)
    propose_groups(term, by=by, on=ON)
    invite_groups(term)
    assert Invitation.objects.filter(session=held).count() == 2
    amina.refresh_from_db()

    with pytest.raises(Refused):
        leave_term(amina, reason=" ", by=by, on=ON, into=october)
    with pytest.raises(Refused):
        leave_term(amina, reason="Syk", by=by, on=ON, into=term)
    moved = leave_term(amina, reason="Syk", by=by, on=ON, into=october)

    assert moved is not None
    assert (moved.language, moved.moved_from, moved.reason) == ("arabisk", term, "Syk")
    assert names(town, term) == ["Bohdan"]
    assert Invitation.objects.filter(session=held).count() == 1
    assert leave_term(moved, reason="Flyttet", by=by, on=ON) is None
    assert find_intake(moved.pk, actor=by) is None
    again = take_in(term=october, people=[amina.participant], by=by, on=ON, reason="Tilbake")
    assert [one.pk for one in again] == [moved.pk]


def test_two_who_are_one_are_in_a_term_once_and_two_again_when_parted(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Amina Haddad")
    first, second = Participant.objects.order_by("name")

    become_second(second, first)

    assert names(town, term) == ["Amina"]
    become_second(second, None)
    assert names(town, term) == ["Amina", "Amina Haddad"]


def test_who_has_a_protected_address_is_seen_by_the_named_alone_and_never_grouped(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan")
    hidden = Participant.objects.get(name="Bohdan")
    set_protection(
        participant=hidden, named=[town.users[RAGNHILD]], reason="x", by=town.actor(RAGNHILD)
    )
    intake = Intake.objects.get(participant=hidden)

    session(town, term, date(2026, 7, 8))
    propose_groups(term, by=town.actor(RAGNHILD), on=ON)
    alone = own_session(town, intake, date(2026, 7, 9))
    Invitation.objects.update(state="stayed_away")

    assert names(town, term) == ["Amina", "Bohdan"]
    assert names(town, term, KARI) == ["Amina"]
    assert find_intake(intake.pk, actor=town.actor(KARI)) is None
    assert alone not in sessions(town.actor(KARI))
    assert alone in sessions(town.actor(RAGNHILD))
    assert unseen_absences(town.actor(KARI)) == []
    assert len(unseen_absences(town.actor(RAGNHILD))) == 1
    intake.refresh_from_db()
    assert intake.group is None


def test_a_term_has_a_name_of_its_own_and_one_hand_at_a_time(town: Town, term: IntakeTerm) -> None:
    by = town.actor(RAGNHILD)

    with pytest.raises(Refused, match="finnes alt en termin"):
        save_term(values=TERM, by=by)
    save_term(values={**TERM, "name": "Høst"}, by=by, term=term, expected=1)
    with pytest.raises(ChangedMeanwhile):
        save_term(values={**TERM, "name": "Vår"}, by=by, term=term, expected=1)


def test_the_teacher_places_people_and_says_why_where_it_is_not_as_suggested(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan")
    first, second = members(term, actor=town.actor(LIV))
    Schooling.objects.create(
        municipality=town.municipality, participant=first.person, track=2, speaking="A1"
    )
    first = members(term, actor=town.actor(LIV), only=first.intake.pk)[0]
    where = Locality.objects.create(municipality=town.municipality, name="Sentrum")
    group = TeachingGroup.objects.create(
        municipality=town.municipality,
        name="A1 dag",
        activity="norwegian",
        locality=where,
        capacity=1,
        first_day=date(2026, 1, 5),
    )
    liv = town.actor(LIV)

    place(first, track=2, level="A1", teaching_group=group, reason="", by=liv)

    assert [(row.group, row.taken) for row in classes_for(term)] == [(group, 1)]
    with pytest.raises(Refused, match="plass til 1"):
        place(second, track=1, level="", teaching_group=group, reason="x", by=liv)
    with pytest.raises(Refused, match="Skriv hvorfor"):
        place(first, track=3, level="A1", teaching_group=group, reason=" ", by=liv)
    with pytest.raises(MayNot):
        place(first, track=3, level="A1", teaching_group=group, reason="x", by=town.actor(ODD))
    place(first, track=3, level="A1", teaching_group=group, reason="Rask", by=liv)
    stored = Intake.objects.get(pk=first.intake.pk)
    assert (stored.track, stored.placement_reason) == (3, "Rask")


def test_needs_are_the_programme_advisers_to_note(town: Town, term: IntakeTerm) -> None:
    (intake,) = join(town, term, "Amina")

    with pytest.raises(MayNot):
        describe(intake, values={"child_care": "morning"}, by=town.actor(LIV))
    describe(intake, values={"child_care": "morning"}, by=town.actor(RAGNHILD))

    intake.refresh_from_db()
    assert intake.child_care == "morning"
