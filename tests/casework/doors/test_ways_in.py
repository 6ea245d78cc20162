"""A link opens once and for a while; what is behind it ends with the placement."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from innpass.casework.agreements.models import CaseEnding, PlacementCase
from innpass.casework.audit.models import AuditEvent
from innpass.casework.doors import entering, services
from innpass.casework.doors.codes import Came, ClosedWhy, Holder
from innpass.casework.doors.comparing import compared_days
from innpass.casework.doors.entering import Proof
from innpass.casework.doors.models import ConfirmedDay, Door, DoorCode
from innpass.casework.doors.queries import DoorState, doors_of, find_case
from innpass.casework.doors.showing import told_about
from innpass.casework.participants.services import lift_protection
from innpass.casework.timetable.attended import Attendance
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from tests.casework.doors.letting_in import LAST, TODAY, running_case
from tests.factories.cast import LIV, NINA, ODD, PER, RAGNHILD, Town
from tests.factories.people import become_second

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = date(2026, 6, 29), date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 10, tzinfo=UTC)


@pytest.fixture
def case(town: Town) -> PlacementCase:
    return running_case(town)


@pytest.fixture
def per(town: Town) -> Actor:
    return town.actor(PER)


def made(case: PlacementCase, per: Actor) -> str:
    return services.make_door(case, holder=Holder.MENTOR, by=per, on=TODAY)


def opened(case: PlacementCase, per: Actor) -> tuple[UUID, str]:
    found = entering.open_door(made(case, per), on=TODAY)
    assert found
    return found.pk, found.key


def state(case: PlacementCase, actor: Actor, *, on: date = TODAY) -> DoorState:
    return doors_of(case, on=on, actor=actor)[0].state


def wrong_for(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


# The link


def test_a_link_is_looked_at_often_and_used_once(case: PlacementCase, per: Actor) -> None:
    secret = made(case, per)

    assert [entering.leads_somewhere(secret, on=TODAY) for _ in range(9)] == [True] * 9
    assert state(case, per) is DoorState.SENT
    first, second = entering.open_door(secret, on=TODAY), entering.open_door(secret, on=TODAY)

    assert first is not None
    assert second is None
    assert not entering.leads_somewhere(secret, on=TODAY)
    assert state(case, per) is DoorState.OPEN
    assert len(secret) == 43


@pytest.mark.parametrize(("hours", "leads"), [(71.9, True), (72.1, False)])
def test_a_link_opens_for_three_days(
    case: PlacementCase, per: Actor, hours: float, leads: bool
) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = made(case, per)
    with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
        assert entering.leads_somewhere(secret, on=TODAY) is leads
        assert (entering.open_door(secret, on=TODAY) is not None) is leads


def test_no_secret_is_kept(case: PlacementCase, per: Actor) -> None:
    secret = made(case, per)
    found = entering.open_door(secret, on=TODAY)
    assert found
    digits = services.make_code(found[0], case, by=per, on=TODAY)

    with connection.cursor() as cursor:
        rows = []
        for table in ("doors_door", "doors_doorcode", "audit_auditevent"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    kept = str(rows)

    assert secret not in kept
    assert found[1] not in kept
    assert not re.search(rf"['\"]{digits}['\"]", kept)


@pytest.mark.parametrize("name", [RAGNHILD, PER])
def test_those_who_follow_a_case_make_links(town: Town, case: PlacementCase, name: str) -> None:
    assert made(case, town.actor(name))


@pytest.mark.parametrize("name", [LIV, ODD, NINA])
def test_others_make_none(town: Town, case: PlacementCase, name: str) -> None:
    with pytest.raises(MayNot):
        made(case, town.actor(name))
    assert not Door.objects.exists()


def test_three_lead_somewhere_at_once(case: PlacementCase, per: Actor) -> None:
    for _ in range(3):
        made(case, per)
    with pytest.raises(services.NoWayIn, match="Trekk tilbake en av dem"):
        made(case, per)

    services.withdraw_door(Door.objects.first().pk, case, by=per)

    assert made(case, per)


def test_nothing_agreed_has_no_link(town: Town, per: Actor) -> None:
    case = running_case(town)
    PlacementCase.objects.filter(pk=case.pk).update(row=None)
    proposed = find_case(case.pk, actor=per)
    assert proposed

    with pytest.raises(services.NoWayIn, match="når alle har signert"):
        made(proposed, per)


def test_a_protected_person_has_no_link(town: Town, case: PlacementCase) -> None:
    town.protect("Amina", named=(RAGNHILD,))
    ragnhild = town.actor(RAGNHILD)
    found = find_case(case.pk, actor=ragnhild)
    assert found
    assert find_case(case.pk, actor=town.actor(PER)) is None

    with pytest.raises(services.NoWayIn, match="Adressen er beskyttet"):
        made(found, ragnhild)


# What ends it


def test_protection_closes_at_once_and_for_good(
    town: Town, case: PlacementCase, per: Actor
) -> None:
    secret = made(case, per)
    pk, key = opened(case, per)
    assert entering.view(pk, key, on=TODAY)

    mark = town.protect("Amina", named=(RAGNHILD,))

    assert entering.view(pk, key, on=TODAY) is None
    assert not entering.leads_somewhere(secret, on=TODAY)
    lift_protection(mark=mark, reason="Opphevet", by=town.actor(RAGNHILD))
    assert entering.view(pk, key, on=TODAY) is None
    assert entering.open_door(secret, on=TODAY) is None
    known = doors_of(case, on=TODAY, actor=per)
    assert {(one.state, one.closed_why) for one in known} == {
        (DoorState.CLOSED, ClosedWhy.PROTECTED)
    }
    again = find_case(case.pk, actor=per)
    assert again
    assert made(again, per)  # and a new one may be made


def test_protection_of_whom_the_person_turned_out_to_be_closes_too(
    town: Town, case: PlacementCase, per: Actor
) -> None:
    pk, key = opened(case, per)
    become_second(case.participant, town.people("Bohdan"))
    seen = entering.view(pk, key, on=TODAY)
    assert seen
    assert seen.shown.first_name == "Bohdan"

    town.protect("Bohdan", named=(RAGNHILD,))

    assert entering.view(pk, key, on=TODAY) is None


def test_it_ends_with_the_placement(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)

    assert entering.view(pk, key, on=LAST) is not None
    assert entering.view(pk, key, on=LAST + timedelta(days=1)) is None
    assert state(case, per, on=LAST + timedelta(days=1)) is DoorState.ENDED


def test_it_ends_when_the_placement_is_stopped(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)
    CaseEnding.objects.create(
        municipality=case.municipality,
        case=case,
        outcome="stopped",
        initiative="employer",
        reason="other",
        last_day=MONDAY,
    )

    assert entering.view(pk, key, on=TODAY) is None
    assert entering.confirm_days(pk, key, {MONDAY: Came.ALL}, on=TODAY) is None


def test_it_ends_when_it_is_withdrawn(case: PlacementCase, per: Actor) -> None:
    secret = made(case, per)
    pk, key = opened(case, per)
    for door in Door.objects.all():
        assert services.withdraw_door(door.pk, case, by=per)
        assert not services.withdraw_door(door.pk, case, by=per)

    assert entering.view(pk, key, on=TODAY) is None
    assert entering.open_door(secret, on=TODAY) is None
    (last, _first) = doors_of(case, on=TODAY, actor=per)
    assert (last.closed_why, last.closed_by) == (ClosedWhy.WITHDRAWN, "Per Hauge")


def test_a_key_opens_one_placement(town: Town, case: PlacementCase, per: Actor) -> None:
    other = running_case(town, "Bohdan")
    pk, key = opened(case, per)
    other_pk, other_key = opened(other, per)

    assert entering.view(pk, other_key, on=TODAY) is None
    assert entering.view(other_pk, key, on=TODAY) is None
    assert entering.view(pk, "", on=TODAY) is None
    seen = entering.view(other_pk, other_key, on=TODAY)
    assert seen
    assert seen.shown.first_name == "Bohdan"


def test_a_link_never_used_has_no_key(case: PlacementCase, per: Actor) -> None:
    made(case, per)
    door = Door.objects.get()

    assert door.key_digest == ""
    assert entering.view(door.pk, "", on=TODAY) is None


# The code


def needs_code(pk: UUID, key: str) -> bool:
    """Say whether the page asks for a code before it takes anything."""
    view = entering.view(pk, key, on=TODAY)
    assert view is not None
    return view.needs_code


def test_a_code_is_right_once(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)
    digits = services.make_code(pk, case, by=per, on=TODAY)

    assert re.fullmatch(r"\d{6}", digits)
    assert needs_code(pk, key)
    assert entering.prove(pk, key, f"{digits[:3]} {digits[3:]}", on=TODAY) is Proof.RIGHT
    assert not needs_code(pk, key)
    assert entering.prove(pk, key, digits, on=TODAY) is Proof.WRONG


@pytest.mark.parametrize(
    ("minutes", "proof"), [(9.9, Proof.RIGHT), (10.1, Proof.WRONG)], ids=["in time", "too late"]
)
def test_a_code_holds_for_ten_minutes(
    case: PlacementCase, per: Actor, minutes: float, proof: Proof
) -> None:
    with time_machine.travel(NOW, tick=False):
        pk, key = opened(case, per)
        digits = services.make_code(pk, case, by=per, on=TODAY)
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        assert entering.prove(pk, key, digits, on=TODAY) is proof
    with time_machine.travel(NOW + timedelta(minutes=minutes + 10.1), tick=False):
        assert needs_code(pk, key)


def test_only_the_last_code_holds(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)
    first = services.make_code(pk, case, by=per, on=TODAY)
    second = services.make_code(pk, case, by=per, on=TODAY)

    if first != second:
        assert entering.prove(pk, key, first, on=TODAY) is Proof.WRONG
    assert entering.prove(pk, key, second, on=TODAY) is Proof.RIGHT


def test_five_wrong_codes_close_and_the_supervisor_is_told(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)
    digits = services.make_code(pk, case, by=per, on=TODAY)
    wrong = wrong_for(digits)

    proofs = [entering.prove(pk, key, wrong, on=TODAY) for _ in range(5)]

    assert proofs == [Proof.WRONG] * 4 + [Proof.SHUT]
    assert entering.prove(pk, key, digits, on=TODAY) is None
    assert entering.view(pk, key, on=TODAY) is None
    (known,) = doors_of(case, on=TODAY, actor=per)
    assert (known.state, known.closed_why) == (DoorState.CLOSED, ClosedWhy.WRONG_CODES)
    with pytest.raises(services.NoWayIn):
        services.make_code(pk, case, by=per, on=TODAY)


def test_a_right_code_forgives_the_wrong_ones_before(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)
    for _ in range(2):
        digits = services.make_code(pk, case, by=per, on=TODAY)
        for _ in range(4):
            assert entering.prove(pk, key, wrong_for(digits), on=TODAY) is Proof.WRONG
        assert entering.prove(pk, key, digits, on=TODAY) is Proof.RIGHT

    assert Door.objects.get().wrong_tries == 0


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "none", "\x00" * 6])
def test_what_is_no_code_is_wrong(case: PlacementCase, per: Actor, typed: str) -> None:
    pk, key = opened(case, per)

    assert entering.prove(pk, key, typed, on=TODAY) is Proof.WRONG


def test_there_is_no_code_before_the_link_is_used(case: PlacementCase, per: Actor) -> None:
    made(case, per)

    with pytest.raises(services.NoWayIn, match="ikke åpnet"):
        services.make_code(Door.objects.get().pk, case, by=per, on=TODAY)
    assert not DoorCode.objects.exists()


# The days


def test_days_are_confirmed_with_a_code_alone(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)
    said = {MONDAY: Came.ALL, TUESDAY: Came.PART}

    assert entering.confirm_days(pk, key, said, on=TODAY) is None
    entering.prove(pk, key, services.make_code(pk, case, by=per, on=TODAY), on=TODAY)
    assert entering.confirm_days(pk, key, said, on=TODAY) == 2
    assert entering.confirm_days(pk, key, said, on=TODAY) == 0
    assert entering.confirm_days(pk, key, {MONDAY: Came.NONE}, on=TODAY) == 1

    kept = dict(ConfirmedDay.objects.values_list("on", "came"))
    assert kept == {MONDAY: "none", TUESDAY: "part"}
    event = AuditEvent.objects.filter(action="confirm_days").latest("at")
    assert event.actor_id is None
    assert event.changes[str(MONDAY)] == ["all", "none"]


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 7, 6),  # has not come
        date(2026, 6, 24),  # a Wednesday
        date(2026, 5, 26),  # before the placement
        date(2026, 5, 25),
    ],
)
def test_only_days_on_which_somebody_was_to_be_there_are_kept(
    case: PlacementCase, per: Actor, day: date
) -> None:
    pk, key = opened(case, per)
    entering.prove(pk, key, services.make_code(pk, case, by=per, on=TODAY), on=TODAY)

    assert entering.confirm_days(pk, key, {day: Came.ALL}, on=TODAY) == 0
    assert not ConfirmedDay.objects.exists()


def test_four_weeks_back_may_be_gone_to(case: PlacementCase, per: Actor) -> None:
    pk, key = opened(case, per)

    now = entering.view(pk, key, on=TODAY)
    far = entering.view(pk, key, on=TODAY, week=IsoWeek(2026, 23))
    too_far = entering.view(pk, key, on=TODAY, week=IsoWeek(2026, 22))

    assert now
    assert far
    assert too_far
    assert [day.on for day in now.days] == [MONDAY, TUESDAY]
    assert (now.week, now.later) == (IsoWeek(2026, 27), None)
    assert [day.on for day in far.days] == [date(2026, 6, 1), date(2026, 6, 2)]
    assert (far.week, far.earlier) == (IsoWeek(2026, 23), None)
    assert too_far.week == now.week


def test_what_staff_note_and_what_employers_say_stand_apart(
    town: Town, case: PlacementCase, per: Actor
) -> None:
    pk, key = opened(case, per)
    entering.prove(pk, key, services.make_code(pk, case, by=per, on=TODAY), on=TODAY)
    entering.confirm_days(pk, key, {MONDAY: Came.ALL, TUESDAY: Came.NONE}, on=TODAY)
    for day, absent in ((MONDAY, 420), (TUESDAY, 420), (date(2026, 6, 23), 60)):
        Attendance.objects.create(
            municipality=case.municipality,
            participant=case.participant,
            on=day,
            start=480,
            end=900,
            part="practice",
            activity="practice",
            name="Solbakken sykehjem",
            employer=case.employer,
            counted_minutes=420,
            absent_minutes=absent,
        )

    days = {d.on: d for d in compared_days(case, told_about(case), on=TODAY, actor=per)}

    assert [day for day in days if days[day].differs] == [MONDAY]
    assert (days[MONDAY].absent_minutes, days[MONDAY].came) == (420, Came.ALL)
    assert (days[TUESDAY].absent_minutes, days[TUESDAY].came) == (420, Came.NONE)
    assert (days[date(2026, 6, 23)].absent_minutes, days[date(2026, 6, 23)].came) == (60, None)
    assert Attendance.objects.get(on=MONDAY).absent_minutes == 420
    assert min(days) == date(2026, 6, 1)


def test_who_opened_when_is_told_and_logged(town: Town, case: PlacementCase, per: Actor) -> None:
    opened(case, per)

    (known,) = doors_of(case, on=TODAY, actor=per)
    assert (known.holder, known.made_by) == (Holder.MENTOR, "Per Hauge")
    assert known.opened_at is not None
    assert timezone.now() - known.opened_at < timedelta(minutes=1)
    actions = dict(
        AuditEvent.objects.values_list("action", "actor_id").filter(
            action__contains="employer_door"
        )
    )
    assert actions == {"make_employer_door": per.user_id, "open_employer_door": None}
