"""Planned beside attended, and whom somebody must ask."""

from datetime import date, timedelta

import pytest

from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Absence, Leave
from innpass.casework.timetable.attending import Mark, Occasion, Where, occasions_on
from innpass.casework.timetable.following_up import (
    Came,
    added_up,
    attended_weeks,
    four_weeks,
    longest_silence,
    missed_sessions,
    percent_of,
    to_follow_up,
    whole_days,
)
from innpass.casework.timetable.limits import (
    FromThePast,
    every_limit,
    keep_limits,
    limits_on,
)
from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.timetable.noting import note
from innpass.casework.timetable.services import Hand, keep_week
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.planning.reasons import Weekday
from innpass.domain.sheets.fields import Activity
from tests.casework.timetable.conftest import Centre
from tests.domain.access.eyes import eyes
from tests.factories.weeks import WEEK

MONDAY = date(2026, 6, 8)
ON = MONDAY + timedelta(days=4)
DAY = timedelta(days=1)


def came(day: int, absent: int = 0, *, known: bool = False, start: int = 510) -> Came:
    return Came(MONDAY + day * DAY, start, Activity.NORWEGIAN, 300, absent, 450, known)


def test_a_run_is_of_whole_sessions_that_nobody_explained() -> None:
    assert longest_silence([]) == 0
    assert longest_silence([came(0, 300), came(1, 300), came(2), came(3, 300)]) == 2
    assert longest_silence([came(0, 300), came(1, 300, known=True), came(2, 300)]) == 1
    assert longest_silence([came(0, 300), came(1, 120), came(2, 300)]) == 1


def test_enough_is_not_rounded_up() -> None:
    assert percent_of(799, 1000) == 79
    assert percent_of(0, 0) == 100


def test_a_whole_day_is_one_of_which_all_is_noted_as_missed() -> None:
    sessions = [came(0, 300), came(1, 300), came(2, 300), came(2, 0, start=900), came(3, 300)]
    planned = {MONDAY: 1, MONDAY + DAY: 1, MONDAY + 2 * DAY: 2, MONDAY + 3 * DAY: 2}

    # Wednesday's afternoon was attended; of Thursday only half is noted.
    assert whole_days(sessions, planned) == [(MONDAY, MONDAY + DAY)]


@pytest.fixture
def missed(centre: Centre) -> Centre:
    """Amina has her week, and missed its three sessions of Norwegian."""
    keep_week(
        participant=centre.amina,
        week=WEEK,
        hand=Hand(
            frozenset({centre.norwegian.pk}),
            ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930)),
        ),
        only_this_week=True,
        reason="",
        expected=None,
        by=centre.by,
    )
    for day, length in ((0, 300), (1, 300), (2, 200)):
        occasion = Occasion(MONDAY + day * DAY, Where.GROUP, centre.norwegian.pk, 510)
        note(occasion, {centre.amina.pk: (Mark(length), 0)}, on=ON, by=centre.by)
    return centre


def test_planned_attended_and_missed_stand_apart(missed: Centre) -> None:
    weeks, days = attended_weeks(missed.amina.pk, on=ON)
    last = weeks[-1]

    assert [each.week.number for each in weeks] == [21, 22, 23, 24]
    norwegian, practice = last.sums[Activity.NORWEGIAN], last.sums[Activity.PRACTICE]
    assert (norwegian.planned, norwegian.attended, norwegian.absent) == (1200, 0, 1200)
    assert (practice.planned, practice.unnoted) == (900, 900)
    assert days == [(MONDAY, MONDAY + 2 * DAY)]


def test_whoever_is_often_away_is_on_the_list_until_it_is_explained(missed: Centre) -> None:
    (found,) = to_follow_up(actor=missed.by, on=ON)
    assert (found.name, found.percent, found.in_a_row) == ("Amina", 0, 3)
    assert (found.is_low, found.is_silent) == (True, True)

    Absence.objects.create(
        municipality=missed.amina.municipality,
        participant=missed.amina,
        first_day=MONDAY,
        last_day=MONDAY + 2 * DAY,
    )
    (found,) = to_follow_up(actor=missed.by, on=ON)
    assert (found.is_low, found.is_silent) == (True, False)
    assert attended_weeks(missed.amina.pk, on=ON)[1] == []
    assert to_follow_up(actor=missed.by, on=ON + timedelta(days=40)) == []


def test_nobody_is_missed_on_days_of_leave_that_was_told_afterwards(missed: Centre) -> None:
    Leave.objects.create(
        municipality=missed.amina.municipality,
        participant=missed.amina,
        first_day=MONDAY,
        last_day=MONDAY + DAY,
    )
    weeks, days = attended_weeks(missed.amina.pk, on=ON)

    assert days == [(MONDAY + 2 * DAY, MONDAY + 2 * DAY)]
    assert added_up(weeks).absent == 300
    gone = [each.occasion.on for each in missed_sessions(missed.amina.pk, actor=missed.by, on=ON)]
    assert gone == [MONDAY + 2 * DAY]
    Leave.objects.update(last_day=ON)
    assert to_follow_up(actor=missed.by, on=ON) == []


def test_what_is_over_is_not_planned(missed: Centre) -> None:
    TeachingGroup.objects.update(last_day=MONDAY + DAY)
    Placement.objects.update(last_day=MONDAY)

    total = added_up(attended_weeks(missed.amina.pk, on=MONDAY + 6 * DAY)[0])

    assert (total.planned, total.absent) == (900, 1200)
    for day, expected in ((1, ["Norsk A1"]), (2, []), (3, [])):
        found = occasions_on(MONDAY + day * DAY, actor=missed.by)
        assert [each.name for each in found] == expected


def test_the_limits_are_the_municipalitys_own(missed: Centre) -> None:
    def keep(percent: int, in_a_row: int, holds_from: date = ON, by: Actor = missed.by) -> None:
        keep_limits(
            attended_percent=percent,
            unexplained_in_a_row=in_a_row,
            holds_from=holds_from,
            on=ON,
            by=by,
        )

    keep(1, 4)
    (found,) = to_follow_up(actor=missed.by, on=ON)
    assert (found.is_low, found.is_silent) == (True, False)
    # From another day on others hold; what held before is still to be read.
    keep(60, 5, ON + DAY)
    keep(60, 5, ON + DAY)  # nothing new
    keep(70, 2, ON)
    assert [(each.attended_percent, each.holds_from) for each in every_limit()] == [
        *((60, ON + DAY), (70, ON), (1, ON))
    ]
    assert [limits_on(ON + n * DAY).attended_percent for n in (-1, 0, 1)] == [80, 70, 60]

    with pytest.raises(FromThePast):
        keep(50, 4, ON - DAY)
    with pytest.raises(MayNot):
        keep(50, 4, by=eyes(Role.NAV_ADVISER, "nav"))
    with pytest.raises(MayNot):
        to_follow_up(actor=eyes(Role.PRACTICE_SUPERVISOR, "refugee"), on=ON)


def test_the_persons_page_has_the_sum_once_something_is_noted(missed: Centre) -> None:
    total = four_weeks(missed.amina.pk, on=ON)

    assert total is not None
    assert (total.planned, total.attended, total.absent, total.unnoted) == (2100, 0, 1200, 900)
    assert four_weeks(missed.participant("Bohdan").pk, on=ON) is None
    assert four_weeks(missed.amina.pk, on=ON + timedelta(days=40)) is None
