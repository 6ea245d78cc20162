"""Sessions: what cannot be, who came, what was told and asked, and interpreters."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.intake.grouping import agree, propose_groups
from innpass.casework.intake.holding import (
    book_interpreter,
    note_question,
    save_session,
    tick_points,
)
from innpass.casework.intake.inviting import invite_groups, mark_seen, note_attendance
from innpass.casework.intake.models import (
    Intake,
    IntakeGroup,
    IntakeSession,
    IntakeTerm,
    Invitation,
)
from innpass.casework.intake.queries import (
    interpreter_needs,
    points_of,
    questions,
    told_to,
    unseen_absences,
)
from innpass.casework.intake.refusing import NamesPeople, Refused
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.domain.access.policy import MayNot
from tests.casework.intake.people import ON, join, session, values
from tests.factories.cast import KARI, LIV, PER, RAGNHILD, Town

HELD, NEXT = date(2026, 6, 26), date(2026, 7, 8)
EARLIER = date(2026, 6, 20)

REFUSED = [
    ({"day": date(2026, 6, 29)}, "29. juni 2026, som er passert"),
    ({"day": date(2026, 8, 17)}, "før programmet begynner 17. august 2026"),
    ({"start": 1400}, "over midnatt"),
    ({"start": 600, "supervisor": None, "place": ""}, "Kari Lunde har en annen"),
    ({"start": 600, "leader": None, "place": ""}, "Per Hauge har en annen"),
    ({"start": 600, "leader": None, "supervisor": None, "place": "ROM 204"}, "ROM 204 er opptatt"),
]


@pytest.mark.parametrize(("changed", "said"), REFUSED, ids=[case[1] for case in REFUSED])
def test_a_session_that_cannot_be_is_refused_in_words(
    changed: dict[str, Any], said: str, town: Town, term: IntakeTerm
) -> None:
    session(town, term, NEXT)

    with pytest.raises(Refused) as refusal:
        session(town, term, **{"day": NEXT, **changed})

    assert any(said in sentence for sentence in refusal.value.sentences)
    assert IntakeSession.objects.count() == 1
    after = session(town, term, NEXT, start=630)  # begins as the first ends
    assert len(points_of(after)) == 8


def test_the_leader_is_not_the_supervisor_as_well(town: Town, term: IntakeTerm) -> None:
    with pytest.raises(Refused, match="både lede"):
        session(town, term, NEXT, supervisor=town.users[KARI])


@pytest.fixture
def held(town: Town, term: IntakeTerm) -> IntakeSession:
    """A session held, to which Amina and Bohdan were invited; the next has place for two."""
    join(town, term, "Amina", "Bohdan")
    first = session(town, term, HELD, on=EARLIER)
    propose_groups(term, by=town.actor(RAGNHILD), on=EARLIER)
    agree(term, by=town.actor(RAGNHILD))
    return first


def noted(town: Town, held: IntakeSession, **states: str) -> dict[str, Invitation]:
    """Note what became of people's invitations; give them as they are then."""
    rows = {one.intake.participant.name: one for one in held.invitations.all()}
    note_attendance(
        held,
        {str(rows[name].pk): state for name, state in states.items()},
        by=town.actor(PER),
        on=ON,
    )
    return {one.intake.participant.name: one for one in held.invitations.all()}


def test_who_did_not_come_goes_on_and_is_visible_until_seen(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    too_late_for_the_children = session(town, term, date(2026, 7, 7), start=780)
    later = session(town, term, NEXT)
    Intake.objects.update(child_care="morning")

    rows = noted(town, held, Amina="came", Bohdan="stayed_away")

    assert rows["Bohdan"].moved_to is not None
    assert rows["Bohdan"].moved_to.session == later
    assert not too_late_for_the_children.invitations.exists()
    assert len(unseen_absences(town.actor(PER))) == 1
    assert [one.pk for one in unseen_absences(town.actor(LIV))] == [rows["Bohdan"].pk]
    with pytest.raises(MayNot):
        mark_seen({str(rows["Bohdan"].pk)}, by=town.actor(LIV))
    assert mark_seen({str(rows["Bohdan"].pk), "x"}, by=town.actor(PER)) == 1
    assert len(unseen_absences(town.actor(PER))) == 0


def test_what_was_noted_wrong_is_taken_back(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    later = session(town, term, NEXT)
    noted(town, held, Bohdan="excused")
    assert later.invitations.count() == 1

    rows = noted(town, held, Bohdan="came")

    assert rows["Bohdan"].moved_to is None
    assert later.invitations.count() == 0
    assert len(unseen_absences(town.actor(PER))) == 0


def test_who_fits_in_no_later_session_is_stuck_and_visible(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    session(town, term, NEXT, capacity=1)

    rows = noted(town, held, Amina="stayed_away", Bohdan="stayed_away")

    assert [rows[name].moved_to is None for name in ("Amina", "Bohdan")].count(True) == 1
    assert len(unseen_absences(town.actor(PER))) == 2


def test_who_would_need_an_interpreter_too_many_goes_on_to_another_session(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    full = session(town, term, date(2026, 7, 7), capacity=9)
    for language in ("arabisk", "ukrainsk"):
        join(town, term, language.title(), language=language)
    group = IntakeGroup.objects.create(
        municipality=town.municipality, term=term, name="Full", session=full
    )
    Intake.objects.filter(group=None).update(group=group)
    invite_groups(term)

    rows = noted(town, held, Bohdan="stayed_away")
    assert rows["Bohdan"].moved_to is None
    later = session(town, term, NEXT)
    rows = noted(town, held, Amina="stayed_away")

    assert rows["Amina"].moved_to.session == later  # type: ignore[union-attr]
    assert full.invitations.count() == 2


def test_attendance_is_noted_when_the_session_is_held(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    with pytest.raises(Refused, match="kan føres fra den dagen"):
        note_attendance(session(town, term, NEXT), {}, by=town.actor(PER), on=ON)
    noted(town, held, Amina="came")
    day = values(town, NEXT)
    with pytest.raises(Refused, match="Noen har møtt"):
        save_session(
            term=term, values=day, by=town.actor(KARI), on=ON, session=held, expected=held.version
        )
    same = values(town, HELD, capacity=1)
    with pytest.raises(Refused, match="2 personer er invitert"):
        save_session(
            term=term, values=same, by=town.actor(KARI), on=ON, session=held, expected=held.version
        )
    with pytest.raises(ChangedMeanwhile):
        save_session(
            term=term,
            values=values(town, HELD),
            by=town.actor(KARI),
            on=ON,
            session=held,
            expected=held.version + 1,
        )


def test_what_somebody_was_told_follows_from_the_session_he_came_to(
    town: Town, held: IntakeSession
) -> None:
    rows = noted(town, held, Amina="came", Bohdan="stayed_away")
    first, *_others = points_of(held)

    tick_points(held, {str(first.pk)}, own="Omvisning 01010112345", by=town.actor(PER))

    assert [text for _day, text in told_to(rows["Amina"].intake)] == [first.text]
    assert told_to(rows["Bohdan"].intake) == []
    assert "01010112345" not in points_of(held)[-1].text
    tick_points(held, set(), by=town.actor(PER))
    assert told_to(rows["Amina"].intake) == []


def test_questions_are_kept_without_numbers_and_names(town: Town, held: IntakeSession) -> None:
    by = town.actor(PER)

    for text in ("  ", "Er fnr 13879217282 riktig?"):
        with pytest.raises(Refused):
            note_question(held, text, by=by)
    with pytest.raises(NamesPeople, match="Amina"):
        note_question(held, "Får amina lønn?", by=by)
    note_question(held, "Får amina lønn?", by=by, is_confirmed=True)
    note_question(held, "Når er det ferie?", by=by)
    with pytest.raises(MayNot):
        note_question(held, "Når?", by=town.actor(LIV))

    assert {one.text for one in questions(by)} == {"Får amina lønn?", "Når er det ferie?"}


def test_an_interpreter_is_needed_ordered_and_in_one_place(
    town: Town, term: IntakeTerm, held: IntakeSession
) -> None:
    by = town.actor(KARI)
    same_time = session(
        town, term, HELD, on=EARLIER, leader=None, supervisor=None, place="", start=600
    )

    (need,) = interpreter_needs(by, pk=held.pk)
    book_interpreter(held, "dari", state="ordered", reference="Tolk 7", by=by)

    assert (need.language, need.people, need.booking) == ("dari", 2, None)
    with pytest.raises(Refused, match="tolk 7 er bestilt til en annen"):
        book_interpreter(same_time, "dari", state="ordered", reference="tolk 7", by=by)
    book_interpreter(held, "dari", state="cancelled", reference="Tolk 7", by=by)
    book_interpreter(same_time, "dari", state="ordered", reference="Tolk 7", by=by)
    (over,) = interpreter_needs(by, pk=same_time.pk)
    assert (over.people, over.booking is not None) == (0, True)
    book_interpreter(same_time, "dari", state="", by=by)
    assert interpreter_needs(by, pk=same_time.pk) == []
