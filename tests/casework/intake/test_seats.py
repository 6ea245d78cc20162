"""Seats of rooms and classes, what is refused once groups are agreed, and who is two in one."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.intake.grouping import (
    agree,
    make_group,
    propose_groups,
    set_group,
)
from innpass.casework.intake.holding import book_interpreter, cancel_session, save_session
from innpass.casework.intake.inviting import note_attendance
from innpass.casework.intake.models import (
    Intake,
    IntakeGroup,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
)
from innpass.casework.intake.queries import (
    in_classes,
    interpreter_needs,
    invitations,
    members,
    unseen_absences,
)
from innpass.casework.intake.refusing import Refused
from innpass.casework.intake.services import leave_term, place, take_in
from innpass.casework.programme.models import Enrolment
from innpass.casework.timetable.models import TeachingGroup
from innpass.domain.sheets.fields import Activity
from tests.casework.intake.people import ON, join, own_session, session, values
from tests.factories.cast import LIV, RAGNHILD, Town
from tests.factories.people import become_second
from tests.factories.weeks import locality

EARLIER, HELD, NEXT = date(2026, 6, 20), date(2026, 6, 26), date(2026, 7, 8)


def grouped(town: Town, term: IntakeTerm, day: date, *names: str, on: date = ON) -> IntakeSession:
    """Take people in, and invite them to a session."""
    join(town, term, *names)
    made = session(town, term, day, on=on)
    propose_groups(term, by=town.actor(RAGNHILD), on=on)
    agree(term, by=town.actor(RAGNHILD))
    term.refresh_from_db()
    return made


def merge(second: Intake, first: Intake) -> None:
    become_second(second.participant, first.participant)


def test_a_seat_that_somebody_was_moved_to_is_taken(town: Town, term: IntakeTerm) -> None:
    by = town.actor(RAGNHILD)
    held = grouped(town, term, HELD, "Zara", "Yasir", on=EARLIER)
    later = session(town, term, NEXT)
    away = {str(one.pk): "stayed_away" for one in invitations(by, session=held)}
    note_attendance(held, away, by=by, on=ON)
    join(town, term, "Wali", "Vida")

    proposal = propose_groups(term, by=by, on=ON)

    assert later.invitations.count() == 3
    assert [one.code for one in proposal.clash] == ["demand.everyone", "demand.room"]
    without = next(one for one in members(term, actor=by) if one.intake.group is None)
    with pytest.raises(Refused, match="Gruppe 2 har 4 personer"):  # two in it, two moved to it
        set_group(without, later.group, by=by)
    assert later.invitations.count() == 3


def test_who_came_today_or_has_an_own_session_is_not_split_again(
    town: Town, term: IntakeTerm
) -> None:
    by = town.actor(RAGNHILD)
    held = grouped(town, term, ON, "Zara", "Yasir")
    came = {str(one.pk): "came" for one in invitations(by, session=held)}
    note_attendance(held, came, by=by, on=ON)
    alone, *_ = join(town, term, "Xenia", "Wali", "Vida", "Umar")
    own_session(town, alone, date(2026, 7, 7))
    later = session(town, term, NEXT)

    proposal = propose_groups(term, by=by, on=ON)

    assert proposal.clash == ()
    assert later.group.intakes.count() == 3
    assert held.group.intakes.count() == 2
    (member,) = members(term, actor=by, only=alone.pk)
    with pytest.raises(Refused, match="Xenia har egen samtale"):
        set_group(member, later.group, by=by)


def test_what_is_agreed_is_not_changed_into_what_cannot_be(town: Town, term: IntakeTerm) -> None:
    by = town.actor(RAGNHILD)
    made = grouped(town, term, NEXT, "Zara", "Yasir")
    Intake.objects.filter(participant__name="Zara").update(child_care="morning")

    with pytest.raises(Refused, match=r"Zara har bare barnepass før kl. 12.00"):
        save_session(
            term=term,
            session=IntakeSession.objects.get(),
            expected=made.version,
            values=values(town, NEXT, start=780),
            by=by,
            on=ON,
        )


def test_a_group_that_is_gone_is_told(town: Town, term: IntakeTerm) -> None:
    by = town.actor(RAGNHILD)
    join(town, term, "Zara")
    group, (member,) = make_group(term, by=by), members(term, actor=by)
    IntakeGroup.objects.all().delete()

    with pytest.raises(Refused, match="er ikke i terminen lenger"):
        set_group(member, group, by=by)


def test_an_interpreter_is_ordered_anew_for_a_session_that_is_moved(
    town: Town, term: IntakeTerm
) -> None:
    by = town.actor(RAGNHILD)
    made = grouped(town, term, NEXT, "Zara", "Yasir")
    book_interpreter(made, "dari", state="confirmed", reference="T1", by=by)

    save_session(
        term=term,
        session=made,
        expected=made.version,
        values=values(town, date(2026, 7, 9)),
        by=by,
        on=ON,
    )

    assert InterpreterBooking.objects.get().state == "moved"
    assert interpreter_needs(by)[0].must_be_ordered


def test_a_session_is_called_off_while_nothing_is_noted(town: Town, term: IntakeTerm) -> None:
    by = town.actor(RAGNHILD)
    held = grouped(town, term, HELD, "Zara", "Yasir", on=EARLIER)
    later = session(town, term, NEXT)
    row = invitations(by, session=held)[0]
    note_attendance(held, {str(row.pk): "excused"}, by=by, on=ON)
    Invitation.objects.filter(pk=row.pk).update(seen_at="2026-06-30T10:00Z")
    book_interpreter(later, "dari", state="ordered", by=by)

    with pytest.raises(Refused, match="Noe er ført"):
        cancel_session(held, by=by)
    with pytest.raises(Refused, match="Tolk er bestilt"):
        cancel_session(later, by=by)
    book_interpreter(later, "dari", state="", by=by)
    cancel_session(later, by=by)

    assert list(IntakeSession.objects.all()) == [held]
    assert [one.moved_to for one in unseen_absences(by)] == [None]  # to be seen to again


def test_two_who_are_one_have_one_invitation_and_leave_together(
    town: Town, term: IntakeTerm, october: IntakeTerm
) -> None:
    by = town.actor(RAGNHILD)
    first, second = join(town, term, "Zara", "Zaraa")
    for number, intake in enumerate((first, second), start=6):
        made = session(town, term, date(2026, 7, number))
        group = make_group(term, by=by)
        IntakeGroup.objects.filter(pk=group.pk).update(session=made)
        Intake.objects.filter(pk=intake.pk).update(group=group)
    merge(second, first)

    agree(term, by=by)
    assert len(invitations(by)) == Invitation.objects.count() == 1
    (member,) = members(term, actor=by)
    leave_term(member.intake, reason="Flytter", by=by, on=ON, into=october)

    assert members(term, actor=by) == []
    assert len(members(october, actor=by)) == 1
    take_in(term=term, people=[first.participant], by=by, on=ON, reason="Tilbake")
    assert len(members(term, actor=by)) == Intake.objects.filter(left_on=None).count() == 1


@pytest.fixture
def small_class(town: Town) -> TeachingGroup:
    """A class with one place."""
    made: TeachingGroup = TeachingGroup.objects.create(
        municipality=town.municipality,
        name="A",
        activity=Activity.NORWEGIAN,
        first_day=date(2026, 1, 1),
        locality=locality(town.municipality),
        capacity=1,
    )
    return made


def put(town: Town, term: IntakeTerm, name: str, group: TeachingGroup) -> Any:
    by = town.actor(LIV)
    (member,) = (one for one in members(term, actor=by) if one.person.name == name)
    place(member, track=1, level="", teaching_group=group, reason="x", by=by)
    return member


def test_a_place_in_a_class_is_free_when_somebody_leaves_or_ends(
    town: Town, term: IntakeTerm, october: IntakeTerm, small_class: TeachingGroup
) -> None:
    by = town.actor(RAGNHILD)
    (zara,) = join(town, term, "Zara")
    put(town, term, "Zara", small_class)
    leave_term(zara, reason="Flytter", by=by, on=ON)
    join(town, term, "Yasir")
    yasir = put(town, term, "Yasir", small_class).person
    take_in(term=term, people=[zara.participant], by=by, on=ON, reason="Tilbake")
    assert in_classes([small_class])[small_class.pk] == {yasir.pk}

    later = Intake.objects.create(
        municipality=town.municipality, participant=yasir, term=october, taken_in_on=ON
    )
    assert in_classes([small_class])[small_class.pk] == set()  # starts anew, in no class yet
    later.delete()
    Enrolment.objects.filter(participant=yasir).update(actual_last_day=ON)
    assert in_classes([small_class])[small_class.pk] == set()
