"""Groups, places and ties are kept; what clashes is told in a sentence and changes nothing."""

from datetime import date, timedelta

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.timetable.groups import (
    GroupValues,
    Meeting,
    delete_group,
    end_group,
    keep_group,
    meetings_of,
    touched_by,
)
from innpass.casework.timetable.keeping import CannotKeep
from innpass.casework.timetable.models import (
    Appointment,
    Availability,
    Locality,
    Room,
    TeachingGroup,
    Way,
)
from innpass.casework.timetable.places import (
    Hours,
    Row,
    keep_localities,
    keep_rooms,
    keep_ways,
    keep_workplace,
)
from innpass.casework.timetable.problems import assemble
from innpass.casework.timetable.proposing import propose_week
from innpass.casework.timetable.services import take
from innpass.casework.timetable.ties import AppointmentRow, TieValues, keep_ties
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from tests.casework.timetable.conftest import Centre
from tests.domain.access.eyes import eyes
from tests.factories.weeks import WEEK, locality

EVENING = Meeting(1, 1020, 1170, 3, None)
NO_TIES = TieValues(None, None, None, None, (), None, None, None)


def said(centre: Centre, **changed: object) -> GroupValues:
    values = {
        "name": "Kveldskurs",
        "activity": "norwegian",
        "level": "B1",
        "trade": "",
        "class_name": "",
        "locality_id": centre.norwegian.locality_id,
        "capacity": 12,
        "lesson_minutes": 45,
        "counted_minutes": 75,
        "teacher": "Liv Solheim",
        "first_day": date(2026, 1, 5),
        "last_day": None,
    }
    return GroupValues(**{**values, **changed})  # type: ignore[arg-type]


def keep(centre: Centre, *meetings: Meeting, **changed: object) -> TeachingGroup:
    return keep_group(
        group=None, values=said(centre, **changed), meetings=meetings, expected=0, by=centre.by
    )


def appointment(name: str, start: int, end: int, **more: object) -> AppointmentRow:
    values = {"pk": None, "version": 0, "day": 2, "locality_id": None, "activity": ""}
    days = {"first_day": date(2026, 1, 5), "last_day": None}
    return AppointmentRow(**{**values, **days, "name": name, "start": start, "end": end, **more})  # type: ignore[arg-type]


def test_a_group_that_is_kept_can_be_planned_with(centre: Centre) -> None:
    made = keep(centre, EVENING)

    assembled = assemble([centre.amina.pk], week=WEEK, every_group=True)
    assert str(made.pk) in assembled.problem.group
    assert AuditEvent.objects.filter(action="keep_group", subject_id=made.pk).count() == 1


@pytest.mark.parametrize(
    ("meeting", "sentence"),
    [
        (Meeting(1, 1020, 1020, 1, None), "Slutten må komme etter starten"),
        (Meeting(1, 1020, 1080, 2, None), "2 timer på 45 minutter får ikke plass i økta på 60"),
        (Meeting(1, 1100, 1200, 1, None), "to økter samtidig på tirsdag"),
    ],
)
def test_sessions_that_cannot_be_are_refused(
    centre: Centre, meeting: Meeting, sentence: str
) -> None:
    with pytest.raises(CannotKeep, match=sentence):
        keep(centre, EVENING, meeting)

    assert not TeachingGroup.objects.filter(name="Kveldskurs").exists()


def test_a_room_and_a_teacher_are_in_one_place_at_a_time(centre: Centre) -> None:
    room = Room.objects.get(name="Rom for Norsk A1").pk
    keep(centre, EVENING)

    with pytest.raises(CannotKeep) as no:
        keep(
            centre,
            Meeting(0, 600, 700, 1, room),  # «Norsk A1» is there from 08.30 to 13.30
            Meeting(1, 1100, 1200, 1, None),
            name="Nok et kurs",
        )

    assert [(each.place, each.text) for each in no.value.faults] == [
        ("0.room", "«Norsk A1» har Rom for Norsk A1 på mandag 08.30–13.30. Velg et annet rom."),
        ("1.time", "Liv Solheim har «Kveldskurs» på tirsdag 17.00–19.30. Flytt den ene økta."),
    ]
    # In another half year neither is taken.
    keep(centre, EVENING, name="Før", first_day=date(2025, 8, 1), last_day=date(2025, 12, 1))


def test_a_group_that_moves_names_whose_weeks_do_not_follow(centre: Centre) -> None:
    take([propose_week(participant=centre.amina, week=WEEK, by=centre.by)], by=centre.by)
    group, people = centre.norwegian, [centre.amina.pk]
    assert touched_by(group, on=WEEK.monday, among=people) == []

    moved = [
        Meeting(each.day, each.start + 15, each.end + 15, 4, None) for each in meetings_of(group)
    ]
    values = said(centre, name="Norsk A1", teacher="")
    keep_group(group=group, values=values, meetings=moved, expected=group.version, by=centre.by)

    (touched,) = touched_by(group, on=WEEK.monday, among=people)
    assert (touched.participant, touched.first_monday) == (centre.amina.pk, WEEK.monday)
    assert touched_by(group, on=WEEK.monday, among=[]) == []  # whoever may not see her


def test_a_group_that_ends_is_left_out_of_weeks_and_nobody_is_behind(centre: Centre) -> None:
    take([propose_week(participant=centre.amina, week=WEEK, by=centre.by)], by=centre.by)
    group = centre.norwegian

    last = WEEK.sunday + timedelta(days=14)
    end_group(group=group, last_day=last, expected=group.version, by=centre.by)

    assert touched_by(group, on=WEEK.monday, among=[centre.amina.pk]) == []
    group.sessions.filter(day=0).delete()  # its last weeks are not those that were planned
    assert touched_by(group, on=WEEK.monday, among=[centre.amina.pk])
    assert not touched_by(group, on=last + timedelta(days=1), among=[centre.amina.pk])
    with pytest.raises(CannotKeep, match="Avslutt den i stedet"):
        delete_group(group=group, expected=group.version, by=centre.by)


def test_what_another_saved_is_not_overwritten(centre: Centre) -> None:
    group = centre.norwegian
    with pytest.raises(ChangedMeanwhile):
        end_group(group=group, last_day=WEEK.sunday, expected=group.version + 1, by=centre.by)


def test_a_place_in_use_stays_and_ways_go_with_a_place(centre: Centre) -> None:
    used, other = locality(centre.amina.municipality), locality(centre.amina.municipality, "Nord")
    keep_ways({(used.pk, other.pk): 25}, by=centre.by)

    with pytest.raises(CannotKeep, match="«Sentrum» er i bruk"):
        keep_localities([Row(used.pk, used.version, None)], by=centre.by)
    keep_localities([Row(other.pk, other.version, None)], by=centre.by)

    assert not Way.objects.exists()
    assert Locality.objects.filter(name="Sentrum").exists()


def test_two_rooms_cannot_have_one_name(centre: Centre) -> None:
    values = {"name": "Rom 1", "capacity": 10, "locality_id": centre.norwegian.locality_id}
    with pytest.raises(CannotKeep, match="«Rom 1» står to ganger"):
        keep_rooms([Row(None, 0, values), Row(None, 0, values)], by=centre.by)


def test_rooms_may_change_names_with_each_other(centre: Centre) -> None:
    """Two that swap, one that follows, and a new one that takes what is left."""
    rest = {"capacity": 10, "locality_id": centre.norwegian.locality_id}
    keep_rooms([Row(None, 0, {"name": name, **rest}) for name in "ABC"], by=centre.by)
    a, b, c = Room.objects.filter(name__in="ABC").order_by("name")

    wanted = [(a, "B"), (b, "A"), (c, "D")]
    rows = [Row(each.pk, each.version, {"name": name, **rest}) for each, name in wanted]
    keep_rooms([Row(None, 0, {"name": "C", **rest}), *rows], by=centre.by)

    assert [Room.objects.get(pk=each.pk).name for each, _ in wanted] == ["B", "A", "D"]
    assert Room.objects.filter(name="C").exclude(pk=c.pk).exists()


def test_ties_hold_for_the_planner_and_overlapping_appointments_do_not(centre: Centre) -> None:
    ties = TieValues(None, centre.norwegian.locality_id, 450, 960, (0, 1), (3,), None, None)
    rows = [appointment("Fysioterapi", 840, 900), appointment("Kjøretime", 900, 960)]

    keep_ties(participant=centre.amina, values=ties, appointments=rows, expected=0, by=centre.by)

    (planned,) = assemble([centre.amina.pk], week=WEEK).problem.participants
    assert planned.child_care is not None
    assert planned.child_care.days == {0, 1}
    assert [each.name for each in planned.appointments] == ["Fysioterapi", "Kjøretime"]
    with pytest.raises(
        CannotKeep, match=r"«Fysioterapi» og «Lege» er samtidig på onsdag, 14\.30–15\.00"
    ):
        keep_ties(
            participant=centre.amina,
            values=NO_TIES,
            appointments=[rows[0], appointment("Lege", 870, 930)],
            expected=1,
            by=centre.by,
        )
    assert Appointment.objects.count() == 2
    assert Availability.objects.get().stay_days == [3]


def test_child_care_is_told_whole(centre: Centre) -> None:
    for ties, sentence in (
        (TieValues(None, None, 450, 960, (), None, None, None), "Velg hvor barnepasset er"),
        (
            TieValues(None, centre.norwegian.locality_id, None, None, (0,), None, None, None),
            "når barnepasset er åpent",
        ),
    ):
        with pytest.raises(CannotKeep, match=sentence):
            keep_ties(
                participant=centre.amina, values=ties, appointments=(), expected=0, by=centre.by
            )


def test_only_those_whose_act_it_is_keep_them(centre: Centre) -> None:
    teacher = eyes(Role.TEACHER, "learning")
    with pytest.raises(MayNot):
        keep_ties(participant=centre.amina, values=NO_TIES, appointments=(), expected=0, by=teacher)
    with pytest.raises(MayNot):
        keep_workplace(
            employer=centre.employer,
            locality=centre.norwegian.locality_id,
            hours=[Hours(0, 480, 960, 1)],
            expected=1,
            by=teacher,
        )
