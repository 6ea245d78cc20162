"""Own sessions, and people with a protected address: never among others, whatever came before."""

from datetime import date

import pytest

from innpass.casework.intake.grouping import agree, propose_groups, set_group
from innpass.casework.intake.holding import book_interpreter
from innpass.casework.intake.inviting import keep_apart, note_attendance
from innpass.casework.intake.models import (
    Intake,
    IntakeGroup,
    IntakeSession,
    IntakeTerm,
    Invitation,
)
from innpass.casework.intake.queries import find_session, invitations, members
from innpass.casework.intake.refusing import Refused
from innpass.casework.intake.services import leave_term
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from tests.casework.intake.people import ON, join, own_session, session
from tests.factories.cast import KARI, RAGNHILD, Town

DAY = date(2026, 7, 8)


def protect(town: Town, person: Participant) -> None:
    set_protection(participant=person, named=[], reason="x", by=town.actor(RAGNHILD))


def names(town: Town, session: IntakeSession) -> list[str]:
    rows = invitations(town.actor(RAGNHILD), session=session)
    return [one.intake.participant.name for one in rows]


@pytest.fixture
def grouped(town: Town, term: IntakeTerm) -> IntakeSession:
    """A session to come, to whose group Amina and Bohdan belong."""
    join(town, term, "Amina", "Bohdan")
    coming = session(town, term, DAY)
    propose_groups(term, by=town.actor(RAGNHILD), on=ON)
    agree(term, by=town.actor(RAGNHILD))
    return coming


def test_an_own_session_goes_with_its_invitation(town: Town, term: IntakeTerm) -> None:
    (intake,) = join(town, term, "Amina")
    first = own_session(town, intake, DAY)
    second = own_session(town, intake, date(2026, 7, 9))
    assert not IntakeSession.objects.filter(pk=first.pk).exists()

    leave_term(intake, reason="Flytter", by=town.actor(RAGNHILD), on=ON)

    assert not IntakeSession.objects.filter(pk=second.pk).exists()


def test_an_own_session_that_stays_is_seen_by_the_named_alone(town: Town, term: IntakeTerm) -> None:
    (intake,) = join(town, term, "Amina")
    own = own_session(town, intake, DAY)
    book_interpreter(own, "dari", state="ordered", by=town.actor(RAGNHILD))
    protect(town, intake.participant)

    leave_term(intake, reason="Flytter", by=town.actor(RAGNHILD), on=ON)

    assert find_session(own.pk, actor=town.actor(RAGNHILD)) == own  # an interpreter must be told
    assert find_session(own.pk, actor=town.actor(KARI)) is None


def test_who_becomes_protected_is_among_others_no_more(
    town: Town, term: IntakeTerm, grouped: IntakeSession
) -> None:
    protect(town, Participant.objects.get(name="Amina"))
    assert names(town, grouped) == ["Bohdan"]  # at once, also where a merge brought it

    keep_apart(person=Participant.objects.get(name="Amina").pk)

    assert Invitation.objects.count() == 1
    amina = Intake.objects.get(participant__name="Amina")
    assert amina.group is None
    (member,) = members(term, actor=town.actor(RAGNHILD), only=amina.pk)
    with pytest.raises(Refused, match="Amina har adressesperre"):
        set_group(member, IntakeGroup.objects.get(), by=town.actor(RAGNHILD))
    propose_groups(term, by=town.actor(RAGNHILD), on=ON)
    assert names(town, grouped) == ["Bohdan"]


def test_attendance_corrected_twice_takes_back_only_what_it_made(
    town: Town, term: IntakeTerm
) -> None:
    by = town.actor(RAGNHILD)
    join(town, term, "Amina", "Bohdan")
    first = session(town, term, date(2026, 6, 24), on=date(2026, 6, 20))
    propose_groups(term, by=by, on=date(2026, 6, 20))
    agree(term, by=by)
    second = session(town, term, date(2026, 6, 26), on=date(2026, 6, 20))
    missed = invitations(by, session=first)[0]

    def note(row: Invitation, state: str) -> None:
        note_attendance(row.session, {str(row.pk): state}, by=by, on=ON)

    note(missed, "stayed_away")
    (again,) = invitations(by, session=second)
    note(again, "stayed_away")
    for state in ("came", "stayed_away"):
        note(missed, state)

    assert [row.pk for row in invitations(by, session=second)] == [again.pk]
    note(again, "invited")
    Invitation.objects.filter(pk=again.pk).update(is_moved_on=False)  # invited there for itself
    note(missed, "came")
    note(missed, "excused")
    note(missed, "came")
    assert invitations(by, session=second) == [again]
