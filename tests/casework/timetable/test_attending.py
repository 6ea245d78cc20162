"""Who should be there, who was, and what of it is never overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from innpass.casework.programme.models import Leave, PlannedHours
from innpass.casework.timetable.attended import Attendance
from innpass.casework.timetable.attending import (
    WORKPLACE_DAY,
    Mark,
    Missed,
    Occasion,
    Where,
    occasions_on,
    sheet_of,
)
from innpass.casework.timetable.models import SchoolBreak
from innpass.casework.timetable.noting import NotYet, note
from innpass.casework.timetable.services import Hand, keep_week
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.planning.reasons import Weekday
from tests.casework.timetable.conftest import Centre
from tests.domain.access.eyes import eyes
from tests.factories.weeks import WEEK

MONDAY, THURSDAY = WEEK.monday, WEEK.monday + timedelta(days=3)
LATER = date(2026, 6, 30)
Stays = tuple[tuple[Weekday, int, int], ...]
STAYS: Stays = ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930))


def in_week(centre: Centre, person: Participant, *, stays: Stays = ()) -> None:
    keep_week(
        participant=person,
        week=WEEK,
        hand=Hand(frozenset({centre.norwegian.pk}), stays),
        only_this_week=False,
        reason="",
        expected=None,
        by=centre.by,
    )


@pytest.fixture
def session(centre: Centre) -> Occasion:
    """Monday's session of a group that Amina and Bohdan are in."""
    in_week(centre, centre.amina, stays=STAYS)
    in_week(centre, centre.participant("Bohdan"))
    return Occasion(MONDAY, Where.GROUP, centre.norwegian.pk, 510)


def staff(centre: Centre, role: Role, body: str) -> Actor:
    user = User.objects.create_user(role.value)
    return replace(eyes(role, body), municipality_id=centre.amina.municipality_id, user_id=user.pk)


def seen(session: Occasion, by: Actor) -> dict[str, Mark | None]:
    sheet = sheet_of(session, actor=by)
    assert sheet is not None
    return {each.name: each.noted.mark if each.noted else None for each in sheet.people}


def test_all_were_here_then_an_exception(centre: Centre, session: Occasion) -> None:
    sheet = sheet_of(session, actor=centre.by)
    assert sheet is not None
    everybody = {each.participant: (Mark(0), 0) for each in sheet.people}
    planned = list(PlannedHours.objects.order_by("pk").values())

    assert note(session, everybody, on=LATER, by=centre.by).stored == 2
    late = {centre.amina.pk: (Mark(25, Missed.BEGINNING, "child_ill"), 1)}
    assert note(session, late, on=LATER, by=centre.by).stored == 1

    assert seen(session, centre.by) == {
        "Amina": Mark(25, Missed.BEGINNING, "child_ill"),
        "Bohdan": Mark(0, None, ""),
    }
    row = Attendance.objects.get(participant=centre.amina)
    assert (row.start, row.end, row.counted_minutes, row.activity) == (510, 810, 450, "norwegian")
    # What happened never changes what was planned.
    assert list(PlannedHours.objects.order_by("pk").values()) == planned


def test_what_somebody_else_noted_meanwhile_stays_and_is_told(
    centre: Centre, session: Occasion
) -> None:
    bohdan = sheet_of(session, actor=centre.by).people[1].participant  # type: ignore[union-attr]
    note(session, {centre.amina.pk: (Mark(300), 0)}, on=LATER, by=centre.by)

    both = {centre.amina.pk: (Mark(0), 0), bohdan: (Mark(0), 0)}
    outcome = note(session, both, on=LATER, by=centre.by)

    assert (outcome.stored, set(outcome.overtaken)) == (1, {centre.amina.pk})
    assert seen(session, centre.by) == {"Amina": Mark(300, None, ""), "Bohdan": Mark(0, None, "")}
    # The same thing noted twice is no disagreement.
    assert not note(session, {centre.amina.pk: (Mark(300), 0)}, on=LATER, by=centre.by).overtaken


def test_a_correction_is_logged_without_the_reason(centre: Centre, session: Occasion) -> None:
    note(session, {centre.amina.pk: (Mark(300), 0)}, on=LATER, by=centre.by)
    note(session, {centre.amina.pk: (Mark(300, None, "child_ill"), 1)}, on=LATER, by=centre.by)

    event = AuditEvent.objects.get(action="correct_attendance")
    assert event.subject_id == centre.amina.pk
    assert event.changes == {
        "on": [None, "2026-06-08"],
        "start": [None, 510],
        "kind": [False, True],
    }


def test_the_reason_is_for_those_who_may_know_it(centre: Centre, session: Occasion) -> None:
    note(session, {centre.amina.pk: (Mark(300, None, "child_ill"), 0)}, on=LATER, by=centre.by)
    supervisor = staff(centre, Role.PRACTICE_SUPERVISOR, "refugee")
    nav = staff(centre, Role.NAV_ADVISER, "nav")

    assert seen(session, supervisor)["Amina"] == Mark(300, None, None)
    assert seen(session, staff(centre, Role.TEACHER, "learning"))["Amina"].kind == "child_ill"  # type: ignore[union-attr]
    note(
        session,
        {centre.amina.pk: (Mark(100, Missed.END, "unauthorised"), 1)},
        on=LATER,
        by=centre.by,
    )
    late = {centre.amina.pk: (Mark(90, Missed.END, "doctors_note"), 2)}
    note(session, late, on=LATER, by=supervisor)
    row = Attendance.objects.get(participant=centre.amina)
    assert (row.absent_minutes, row.kind) == (90, "unauthorised")
    with pytest.raises(MayNot):
        note(session, late, on=LATER, by=nav)


def test_nobody_notes_a_day_that_has_not_come(centre: Centre, session: Occasion) -> None:
    with pytest.raises(NotYet):
        note(session, {centre.amina.pk: (Mark(0), 0)}, on=MONDAY - timedelta(days=1), by=centre.by)
    assert not Attendance.objects.exists()


def test_no_session_in_a_break_or_on_a_holiday_but_practice_in_a_break(
    centre: Centre, session: Occasion
) -> None:
    stay = Occasion(THURSDAY, Where.WORKPLACE, centre.employer.pk, WORKPLACE_DAY)
    ascension = date(2027, 5, 6)  # a Thursday that is a public holiday
    SchoolBreak.objects.create(
        municipality=centre.amina.municipality,
        name="Planleggingsdager",
        first_day=MONDAY,
        last_day=THURSDAY,
    )

    assert sheet_of(session, actor=centre.by) is None
    assert sheet_of(stay, actor=centre.by) is not None
    assert [each.name for each in occasions_on(THURSDAY, actor=centre.by)] == [
        "Solbakken barnehage"
    ]
    assert occasions_on(MONDAY, actor=centre.by) == []
    assert sheet_of(replace(stay, on=ascension), actor=centre.by) is None
    assert occasions_on(ascension, actor=centre.by) == []


def test_whoever_is_on_leave_is_not_expected(centre: Centre, session: Occasion) -> None:
    Leave.objects.create(
        municipality=centre.amina.municipality,
        participant=centre.amina,
        first_day=MONDAY,
        last_day=MONDAY,
    )

    assert [each.expected for each in occasions_on(MONDAY, actor=centre.by)] == [1]
    assert list(seen(session, centre.by)) == ["Bohdan"]


def test_somebody_hidden_is_on_no_list_and_in_no_count(centre: Centre, session: Occasion) -> None:
    teacher = staff(centre, Role.TEACHER, "learning")
    adviser = staff(centre, Role.PROGRAMME_ADVISER, "refugee")
    named = list(User.objects.filter(username=Role.PROGRAMME_ADVISER.value))
    set_protection(participant=centre.amina, named=named, reason="Vedtak", by=adviser)

    assert list(seen(session, teacher)) == ["Bohdan"]
    assert [each.expected for each in occasions_on(MONDAY, actor=teacher)] == [1]
    assert not note(session, {centre.amina.pk: (Mark(300), 0)}, on=LATER, by=teacher).stored


def test_lists_ask_as_much_whatever_is_on_them(centre: Centre, session: Occasion) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as day:
            occasions_on(MONDAY, actor=centre.by)
        with CaptureQueriesContext(connection) as sheet:
            sheet_of(session, actor=centre.by)
        return len(day), len(sheet)

    before = asked()
    in_week(centre, centre.participant("Celine"))

    assert asked() == before
    assert [each.expected for each in occasions_on(MONDAY, actor=centre.by)] == [3]
