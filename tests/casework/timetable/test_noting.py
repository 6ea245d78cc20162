"""Noting again after the plan changed: of one time of somebody's there is one mark."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.attended import Attendance
from innpass.casework.timetable.attending import WORKPLACE_DAY, Mark, Occasion, Where, sheet_of
from innpass.casework.timetable.following_up import added_up, attended_weeks
from innpass.casework.timetable.models import TeachingGroup, Timetable
from innpass.casework.timetable.noting import Outcome, note
from innpass.casework.timetable.services import Hand, keep_week
from innpass.domain.planning.reasons import Weekday
from tests.casework.timetable.conftest import Centre
from tests.factories.people import become_second, settle
from tests.factories.weeks import WEEK, group

MONDAY, THURSDAY = WEEK.monday, WEEK.monday + timedelta(days=3)
LATER = date(2026, 6, 30)
Stays = tuple[tuple[Weekday, int, int], ...]


def keep(
    centre: Centre, groups: set[UUID], *, stays: Stays = (), after: Timetable | None = None
) -> Timetable:
    return keep_week(
        participant=centre.amina,
        week=WEEK,
        hand=Hand(frozenset(groups), stays),
        only_this_week=False,
        reason="",
        expected=after.pk if after else None,
        by=centre.by,
    )


def session(of: TeachingGroup, start: int = 510) -> Occasion:
    return Occasion(MONDAY, Where.GROUP, of.pk, start)


def say(
    centre: Centre, occasion: Occasion, mark: Mark | None, seen: int = 0, *others: Participant
) -> Outcome:
    people = (centre.amina, *others)
    return note(occasion, {each.pk: (mark, seen) for each in people}, on=LATER, by=centre.by)


def rows() -> list[tuple[str, int, int, int, int]]:
    return list(
        Attendance.objects.order_by("start").values_list(
            "name", "start", "end", "counted_minutes", "absent_minutes"
        )
    )


@pytest.mark.parametrize("start", [510, 540])
def test_whoever_was_moved_to_another_group_has_one_mark_of_that_time(
    centre: Centre, start: int
) -> None:
    first = keep(centre, {centre.norwegian.pk})
    say(centre, session(centre.norwegian), Mark(300))
    other = group(centre.amina.municipality, "Norsk A2", sessions=((0, start, start + 240, 5),))
    keep(centre, {other.pk}, after=first)

    sheet = sheet_of(session(other, start), actor=centre.by)
    assert sheet is not None
    assert sheet.people[0].noted is not None
    assert sheet.people[0].noted.elsewhere == "Norsk A1"
    assert not sheet.people[0].is_as_planned
    assert say(centre, session(other, start), Mark(0), 0).overtaken == {centre.amina.pk}
    assert say(centre, session(other, start), Mark(0), 1).stored == 1

    assert rows() == [("Norsk A2", start, start + 240, 375, 0)]
    total = added_up(attended_weeks(centre.amina.pk, on=WEEK.sunday)[0])
    assert (total.planned, total.attended, total.absent) == (375, 375, 0)
    changes = AuditEvent.objects.get(action="correct_attendance").changes
    assert changes["group"] == [str(centre.norwegian.pk), str(other.pk)]
    assert changes["absent_minutes"] == [300, 0]
    # It is not on the sheet of the group that she left.
    assert sheet_of(session(centre.norwegian), actor=centre.by) is None


def test_a_stay_takes_the_place_of_all_that_was_noted_of_its_time(centre: Centre) -> None:
    two = ((3, 510, 570, 1), (3, 600, 700, 2))
    course = group(centre.amina.municipality, "Norsk A2", sessions=two)
    first = keep(centre, {course.pk})
    for start, length in ((510, 60), (600, 100)):
        say(centre, Occasion(THURSDAY, Where.GROUP, course.pk, start), Mark(length))
    keep(centre, set(), stays=((Weekday.THURSDAY, 480, 900),), after=first)

    say(centre, Occasion(THURSDAY, Where.WORKPLACE, centre.employer.pk, WORKPLACE_DAY), Mark(0), 1)

    assert [each[1:3] for each in rows()] == [(480, 900)]
    assert AuditEvent.objects.filter(action="remove_attendance").count() == 1


@pytest.mark.parametrize("length", [180, 600])
def test_a_day_that_was_made_longer_or_shorter_is_noted_as_it_is_now(
    centre: Centre, length: int
) -> None:
    stay = Occasion(THURSDAY, Where.WORKPLACE, centre.employer.pk, WORKPLACE_DAY)
    first = keep(centre, set(), stays=((Weekday.THURSDAY, 480, 840),))
    say(centre, stay, Mark(360))
    until = 480 + length if length < 360 else 930
    keep(centre, set(), stays=((Weekday.THURSDAY, 480, until),), after=first)

    assert say(centre, stay, Mark(until - 480), 1).stored == 1

    ((_, start, end, counted, absent),) = rows()
    assert (start, end, counted, absent) == (480, until, until - 480, until - 480)


def test_what_is_taken_away_is_noted_by_nobody_and_logged(centre: Centre) -> None:
    keep(centre, {centre.norwegian.pk})
    say(centre, session(centre.norwegian), Mark(300, None, "child_ill"))

    assert say(centre, session(centre.norwegian), None, 0).overtaken == {centre.amina.pk}
    assert say(centre, session(centre.norwegian), None, 1).stored == 1
    assert say(centre, session(centre.norwegian), None, 0).stored == 0

    assert rows() == []
    assert AuditEvent.objects.get(action="remove_attendance").changes == {
        "on": ["2026-06-08", None],
        "start": [510, None],
        "end": [810, None],
        "absent_minutes": [300, None],
    }
    total = added_up(attended_weeks(centre.amina.pk, on=WEEK.sunday)[0])
    assert (total.attended, total.absent) == (0, 0)


def test_two_who_are_one_were_there_once_and_the_persons_own_mark_stands(centre: Centre) -> None:
    second = centre.participant("Bohdan")
    settle([second])
    keep(centre, {centre.norwegian.pk})
    keep_week(
        participant=second,
        week=WEEK,
        hand=Hand(frozenset({centre.norwegian.pk}), ()),
        only_this_week=False,
        reason="",
        expected=None,
        by=centre.by,
    )
    say(centre, session(centre.norwegian), Mark(300))
    both = {second.pk: (Mark(0), 0)}
    note(session(centre.norwegian), both, on=LATER, by=centre.by)
    become_second(second, centre.amina)

    sheet = sheet_of(session(centre.norwegian), actor=centre.by)
    assert sheet is not None
    assert [each.noted and each.noted.mark.absent_minutes for each in sheet.people] == [300]
    total = added_up(attended_weeks(centre.amina.pk, on=WEEK.sunday)[0])
    assert (total.attended, total.absent) == (0, 450)
    # Put right, the own one is; taken away, nothing comes up from beneath.
    say(centre, session(centre.norwegian), Mark(10), 1)
    assert sorted(each[4] for each in rows()) == [0, 10]
    say(centre, session(centre.norwegian), None, 2)
    assert rows() == []
