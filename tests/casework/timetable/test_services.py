"""Weeks come into force, are found by group and workplace, count, and go out of force again."""

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.programme.queries import facts_of, stored_week
from innpass.casework.timetable.groups import end_group
from innpass.casework.timetable.models import Timetable, TimetableProposal
from innpass.casework.timetable.proposing import (
    NoGroup,
    answer,
    ask_for_caseload,
    propose_week,
    weeks_of,
)
from innpass.casework.timetable.queries import (
    weeks_in_force,
    weeks_of_employer,
    weeks_of_group,
)
from innpass.casework.timetable.services import (
    Clashing,
    Hand,
    NoReason,
    NoWeek,
    Outdated,
    keep_week,
    rewrite_planned_hours,
    take,
    withdraw,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
from tests.casework.timetable.conftest import Centre
from tests.domain.access.eyes import eyes
from tests.factories.weeks import LATER, WEEK

STAYS = ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930))


def keep(centre: Centre, *, stays=STAYS, week=WEEK, only=False, expected=None) -> Timetable:
    return keep_week(
        participant=centre.amina,
        week=week,
        hand=Hand(frozenset({centre.norwegian.pk}), stays),
        only_this_week=only,
        reason="",
        expected=expected,
        by=centre.by,
    )


def take_out(centre: Centre, timetable: Timetable, week: IsoWeek, reason: str = "Feil") -> None:
    withdraw(timetable, from_week=week, reason=reason, by=centre.by)


def test_a_proposed_week_that_is_taken_is_in_force_and_counts(centre: Centre) -> None:
    pk = centre.amina.pk
    proposed = propose_week(participant=centre.amina, week=WEEK, by=centre.by)

    assert weeks_in_force([pk], week=WEEK) == {}
    take([proposed], by=centre.by)

    week = weeks_in_force([pk], week=WEEK)[pk]
    # 16 lessons that count 75 minutes, and two whole days of 7.5 hours.
    assert sum(each.counted_minutes for each in week.blocks) == 16 * 75 + 15 * 60
    assert {each.day for each in weeks_of_group(centre.norwegian.pk, week=WEEK)[pk]} == {0, 1, 2}
    assert {each.day for each in weeks_of_employer(centre.employer.pk, week=WEEK)[pk]} == {3, 4}
    stored = stored_week([pk], WEEK)[pk]
    assert (stored.hours, stored.total_hours) == (15.0, 35.0)


def test_where_no_timetable_holds_the_sheets_hours_stand(centre: Centre) -> None:
    keep(centre, only=True)
    pk = centre.amina.pk

    rows = facts_of([pk])[pk].hours

    planned = [row for row in rows if row.is_counted]
    assert {(row.activity.value, row.hours_per_week) for row in planned} == {
        ("norwegian", 20.0),
        ("practice", 15.0),
    }
    assert {row.period.first_day for row in planned} == {WEEK.monday}
    stated = sorted(row.period.first_day for row in rows if not row.is_counted)
    assert stated[-1] == WEEK.next().monday


def test_a_week_apart_is_over_after_it_and_what_held_before_holds_again(centre: Centre) -> None:
    standing = keep(centre)
    apart = keep(centre, stays=STAYS[:1], week=LATER, only=True, expected=standing.pk)
    pk = centre.amina.pk

    def holds(week: IsoWeek) -> object:
        return weeks_in_force([pk], week=week)[pk].timetable

    assert holds(WEEK) == holds(LATER.next()) == standing.pk
    assert holds(LATER) == apart.pk
    take_out(centre, apart, LATER)
    assert holds(LATER) == standing.pk
    assert stored_week([pk], LATER)[pk].hours == 15.0
    with pytest.raises(Outdated):
        take_out(centre, apart, LATER)


@pytest.mark.parametrize(
    ("stays", "says"),
    [
        (((Weekday.MONDAY, 480, 930),), "tar ikke imot deltakere på mandag"),
        (((Weekday.THURSDAY, 420, 900),), "Oppholdet er utenfor"),
        (((Weekday.THURSDAY, 480, 540),), "Den skal vare minst"),
        (((Weekday.THURSDAY, 480, 700), (Weekday.THURSDAY, 720, 930)), "to opphold"),
    ],
)
def test_a_week_that_cannot_be_lived_is_refused_in_words(
    centre: Centre, stays: tuple, says: str
) -> None:
    with pytest.raises(Clashing, match=says):
        keep(centre, stays=stays)

    assert not Timetable.objects.exists()


def test_a_week_that_is_merely_short_is_kept(centre: Centre) -> None:
    keep(centre, stays=())

    assert stored_week([centre.amina.pk], WEEK)[centre.amina.pk].hours == 0.0


def test_a_place_that_is_given_away_meanwhile_is_told_and_not_doubled(centre: Centre) -> None:
    centre.norwegian.capacity = 1
    centre.norwegian.save()
    bohdan = centre.participant("Bohdan")
    ours = propose_week(participant=centre.amina, week=WEEK, by=centre.by)
    theirs = propose_week(participant=bohdan, week=WEEK, by=centre.by)
    take([ours], by=centre.by)

    with pytest.raises(Clashing, match=r"Det er plass til 1 i .*, og det trengs 2 plasser"):
        take([theirs], by=centre.by)

    assert set(weeks_of_group(centre.norwegian.pk, week=WEEK)) == {centre.amina.pk}
    # Asked again, the planner leaves the group out and says why.
    again = propose_week(participant=bohdan, week=WEEK, by=centre.by)
    assert {each[3] for each in again.blocks or ()} == {"practice"}
    assert any("ikke flere plasser i Norsk A1" in line for line in again.told["why_short"])


def test_of_two_who_keep_a_week_at_once_the_second_is_told(centre: Centre) -> None:
    keep(centre)

    with pytest.raises(Outdated):
        keep(centre, stays=STAYS[:1])


def test_nobody_plans_a_week_outside_the_programme(centre: Centre) -> None:
    with pytest.raises(NoWeek, match="not_begun"):
        keep(centre, week=IsoWeek(2025, 30))


def test_who_may_not_write_timetables_writes_none(centre: Centre) -> None:
    nav = eyes(Role.NAV_ADVISER, "nav")

    with pytest.raises(MayNot, match="timeplan"):
        propose_week(participant=centre.amina, week=WEEK, by=nav)


def test_putting_a_week_in_force_and_taking_it_out_is_logged(centre: Centre) -> None:
    take_out(centre, keep(centre), WEEK)

    events = AuditEvent.objects.filter(subject_id=centre.amina.pk)
    assert {"keep_timetable", "withdraw_timetable"} <= set(events.values_list("action", flat=True))


class Silent:
    def __call__(self, done: int, total: int, message: str = "") -> None: ...

    def finish(self, message: str = "") -> None: ...


def test_a_groups_weeks_are_proposed_without_those_of_others(centre: Centre) -> None:
    celine = centre.participant("Celine")
    keep(centre)
    of_group = ask_for_caseload(week=WEEK, group=centre.norwegian.pk, by=centre.by)
    of_all = ask_for_caseload(week=WEEK, by=centre.by)

    for asked in (of_group, of_all):
        answer(asked, by=centre.by, progress=Silent())

    def people(asked: TimetableProposal) -> set[object]:
        return {each.participant_id for each in weeks_of(asked, actor=centre.by)}

    with pytest.raises(NoGroup):
        ask_for_caseload(week=WEEK, group=centre.employer.pk, by=centre.by)
    assert people(of_group) == {centre.amina.pk}
    assert people(of_all) == {centre.amina.pk, celine.pk}


def test_an_earlier_week_made_anew_leaves_those_planned_ahead_in_force(centre: Centre) -> None:
    ahead = keep(centre, week=LATER)
    now = keep(centre, stays=STAYS[:1])
    pk = centre.amina.pk

    assert weeks_in_force([pk], week=WEEK)[pk].timetable == now.pk
    assert weeks_in_force([pk], week=LATER)[pk].timetable == ahead.pk
    assert stored_week([pk], WEEK)[pk].hours == 7.5
    assert stored_week([pk], LATER)[pk].hours == 15.0


def test_withdrawn_from_a_week_on_what_was_planned_before_it_stays(centre: Centre) -> None:
    standing, pk = keep(centre), centre.amina.pk

    with pytest.raises(NoReason):
        take_out(centre, standing, LATER, reason=" ")
    take_out(centre, standing, LATER)

    assert weeks_in_force([pk], week=WEEK)[pk].timetable == standing.pk
    assert weeks_in_force([pk], week=LATER) == {}
    assert stored_week([pk], WEEK)[pk].total_hours == 35.0
    # From then on the sheets' hours stand again.
    assert stored_week([pk], LATER)[pk].hours == 16.0


def test_seats_are_asked_for_in_later_weeks_too(centre: Centre) -> None:
    centre.norwegian.capacity = 1
    centre.norwegian.save()
    bohdan = centre.participant("Bohdan")
    keep(centre, week=LATER)
    theirs = propose_week(participant=bohdan, week=WEEK, by=centre.by)

    with pytest.raises(Clashing, match=r"trengs 2 plasser\. Det gjelder fra uke 26"):
        take([theirs], by=centre.by)
    take([theirs], only_this_week=True, by=centre.by)

    assert set(weeks_of_group(centre.norwegian.pk, week=WEEK)) == {bohdan.pk}
    assert set(weeks_of_group(centre.norwegian.pk, week=LATER)) == {centre.amina.pk}


def test_what_held_before_comes_back_only_where_there_is_room(centre: Centre) -> None:
    centre.norwegian.capacity = 1
    centre.norwegian.save()
    bohdan = centre.participant("Bohdan")
    standing = keep(centre)
    without = keep_week(
        participant=centre.amina,
        week=WEEK,
        hand=Hand(frozenset(), STAYS),
        only_this_week=False,
        reason="",
        expected=standing.pk,
        by=centre.by,
    )
    take([propose_week(participant=bohdan, week=WEEK, by=centre.by)], by=centre.by)

    with pytest.raises(Clashing, match=r"Det er plass til 1 i .*, og det trengs 2 plasser"):
        take_out(centre, without, WEEK)

    assert weeks_in_force([centre.amina.pk], week=WEEK)[centre.amina.pk].timetable == without.pk


def test_what_is_over_is_in_nobodys_week_and_counts_no_more(centre: Centre) -> None:
    pk = centre.amina.pk
    keep(centre)
    centre.amina.placements.update(last_day=WEEK.sunday)
    rewrite_planned_hours([pk], municipality=centre.amina.municipality)
    end_group(
        group=centre.norwegian,
        last_day=LATER.sunday,
        expected=centre.norwegian.version,
        by=centre.by,
    )

    def parts(week: IsoWeek) -> set[str]:
        return {each.part.value for each in weeks_in_force([pk], week=week)[pk].blocks}

    assert parts(WEEK) == {"course", "practice"}
    assert parts(LATER) == {"course"}
    assert parts(LATER.next()) == set()
    stored = {week: stored_week([pk], week)[pk] for week in (WEEK, LATER, LATER.next())}
    assert [(each.hours, each.total_hours) for each in stored.values()] == [
        (15.0, 35.0),
        (0.0, 20.0),
        (0.0, 0.0),
    ]
