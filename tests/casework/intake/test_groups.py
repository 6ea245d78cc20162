"""Groups of a term: proposed, moved by hand, agreed, and what is in the way."""

from datetime import date

import pytest

from innpass.casework.intake import grouping
from innpass.casework.intake.grouping import (
    agree,
    give_session,
    make_group,
    propose_groups,
    set_group,
)
from innpass.casework.intake.models import Intake, IntakeGroup, IntakeTerm, Invitation
from innpass.casework.intake.queries import groups_of, members
from innpass.casework.intake.refusing import Refused
from innpass.domain.access.policy import MayNot
from innpass.domain.intake.problem import Problem
from innpass.domain.intake.solve import Proposal, Status, propose
from tests.casework.intake.people import ON, join, session
from tests.factories.cast import PER, RAGNHILD, Town


def sizes(term: IntakeTerm) -> list[int]:
    return [group.intakes.count() for group in groups_of(term)]


def test_people_are_split_over_the_sessions_to_come_and_invited_when_agreed(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan", "Celine", "Daria")
    by = town.actor(RAGNHILD)
    first, last = (session(town, term, date(2026, 7, day)) for day in (8, 9))

    proposal = propose_groups(term, by=by, on=ON)
    before = Invitation.objects.count()
    agree(term, by=by)

    assert proposal.status is Status.PROVED_BEST
    assert sizes(term) == [2, 2]
    assert before == 0
    assert [one.invitations.count() for one in (first, last)] == [2, 2]


def test_without_sessions_there_are_groups_that_cannot_be_agreed(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan", "Celine", "Daria")
    by = town.actor(RAGNHILD)

    with pytest.raises(Refused, match="ingen grupper"):
        agree(term, by=by)
    propose_groups(term, by=by, on=ON)

    assert sizes(term) == [2, 2]
    with pytest.raises(Refused, match="ikke fått dag og tid"):
        agree(term, by=by)
    propose_groups(term, by=by, on=ON)
    assert sizes(term) == [2, 2]  # the same groups again


def test_who_is_moved_by_hand_stays_and_the_invitation_follows(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan", "Celine", "Daria")
    by = town.actor(RAGNHILD)
    first, last = (session(town, term, date(2026, 7, day)) for day in (8, 9))
    propose_groups(term, by=by, on=ON)
    agree(term, by=by)
    there = Intake.objects.filter(group=first.group)[0]
    (member,) = members(term, actor=by, only=there.pk)

    set_group(member, last.group, by=by)
    propose_groups(term, by=by, on=ON)

    moved = Intake.objects.get(pk=member.intake.pk)
    assert moved.group == last.group
    assert [one.session for one in moved.invitations.all()] == [last]
    assert Invitation.objects.count() == 4


def test_a_group_that_cannot_be_held_is_not_agreed(town: Town, term: IntakeTerm) -> None:
    join(town, term, "Amina", "Bohdan", "Celine")
    by = town.actor(RAGNHILD)
    session(town, term, date(2026, 7, 8), start=720)
    propose_groups(term, by=by, on=ON)
    Intake.objects.filter(participant__name="Amina").update(child_care="morning")

    with pytest.raises(Refused, match="Amina har bare barnepass før"):
        agree(term, by=by)

    term.refresh_from_db()
    assert term.agreed_at is None


def test_who_has_had_the_session_is_left_out_of_a_new_proposal(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan")
    by = town.actor(RAGNHILD)
    held = session(town, term, date(2026, 6, 26), on=date(2026, 6, 20))
    propose_groups(term, by=by, on=date(2026, 6, 20))
    join(town, term, "Celine", "Daria")
    session(town, term, date(2026, 7, 9))

    propose_groups(term, by=by, on=ON)

    assert sorted(one.participant.name for one in held.group.intakes.all()) == ["Amina", "Bohdan"]
    assert [group.name for group in groups_of(term)] == ["Gruppe 1", "Gruppe 2"]


def test_what_clashes_is_named_where_not_all_have_a_place(town: Town, term: IntakeTerm) -> None:
    join(town, term, "Amina", "Bohdan", "Celine", "Daria")
    session(town, term, date(2026, 7, 8))

    proposal = propose_groups(term, by=town.actor(RAGNHILD), on=ON)

    assert [one.code for one in proposal.clash] == ["demand.everyone", "demand.room"]
    assert sizes(term) == [3]


def test_a_session_is_one_groups_alone(town: Town, term: IntakeTerm, october: IntakeTerm) -> None:
    by = town.actor(RAGNHILD)
    one, other = make_group(term, by=by), make_group(term, by=by)
    held = session(town, term, date(2026, 7, 8))
    give_session(one, held, by=by)

    with pytest.raises(Refused, match="Gruppe 1 har alt denne samtalen"):
        give_session(other, held, by=by)
    with pytest.raises(Refused, match="annen termin"):
        give_session(make_group(october, by=by), held, by=by)
    (member,) = (join(town, term, "Amina"), members(term, actor=by))[1]
    with pytest.raises(Refused, match="annen termin"):
        set_group(member, IntakeGroup.objects.get(term=october), by=by)
    with pytest.raises(MayNot):
        make_group(term, by=town.actor(PER))


def test_a_proposal_for_a_term_that_was_changed_meanwhile_is_not_kept(
    town: Town, term: IntakeTerm, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(town, term, "Amina", "Bohdan")

    def slowly(problem: Problem, **options: float) -> Proposal:
        join(town, term, "Celine")
        return propose(problem, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(grouping, "propose", slowly)
    with pytest.raises(Refused, match="endret terminen mens"):
        propose_groups(term, by=town.actor(RAGNHILD), on=ON)

    assert not IntakeGroup.objects.exists()


def test_once_agreed_a_proposal_places_those_without_a_group_and_moves_nobody(
    town: Town, term: IntakeTerm
) -> None:
    join(town, term, "Amina", "Bohdan", language="dari")
    join(town, term, "Celine", "Daria", language="ukrainsk")
    by = town.actor(RAGNHILD)
    for day in (8, 9):
        session(town, term, date(2026, 7, day))
    propose_groups(term, by=by, on=ON)
    agree(term, by=by)
    stood = dict(Intake.objects.values_list("pk", "group"))
    Intake.objects.filter(participant__name="Daria").update(language="dari")
    (late,) = join(town, term, "Emil", language="ukrainsk")

    propose_groups(term, by=by, on=ON)

    now = dict(Intake.objects.values_list("pk", "group"))
    assert now.pop(late.pk) is not None
    assert now == stood

    Intake.objects.filter(participant__name="Amina").update(child_care="afternoon")
    with pytest.raises(Refused, match=r"invitert \(1\).*Amina har bare barnepass etter"):
        propose_groups(term, by=by, on=ON)
    assert Intake.objects.get(participant__name="Amina").group_id is not None
