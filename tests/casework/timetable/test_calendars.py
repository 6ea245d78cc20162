"""What stands in the weeks ahead, at which address, and what never does."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.participants.models import ValueChange
from innpass.casework.participants.services import set_protection
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.addresses import (
    ProtectedAddress,
    addresses_of,
    calendar_of,
    make_address,
    read_address,
    revoke,
)
from innpass.casework.timetable.attended import CalendarAddress
from innpass.casework.timetable.groups import end_group
from innpass.casework.timetable.models import Appointment, Room, SchoolBreak, Timetable
from innpass.casework.timetable.services import Hand, keep_week
from innpass.casework.timetable.tongues import NoSuchLanguage
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
from tests.casework.timetable.conftest import Centre
from tests.domain.access.eyes import eyes

ON = date(2026, 5, 4)
WEEK = IsoWeek.of(ON)
STAYS = ((Weekday.THURSDAY, 480, 930), (Weekday.FRIDAY, 480, 930))
PLACES = ("Norsk A1", "Solbakken", "Sentrum", "Rom", "Åsen")


@pytest.fixture
def planned(centre: Centre) -> Centre:
    """Amina has a week until further notice, with an appointment that is nobody's business."""
    Appointment.objects.create(
        municipality=centre.amina.municipality,
        participant=centre.amina,
        name="Psykolog",
        day=2,
        start=900,
        end=960,
        first_day=date(2026, 1, 1),
    )
    Placement.objects.update(last_day=None)
    in_week(centre, week=WEEK)
    return centre


def in_week(centre: Centre, *, week: IsoWeek, expected: UUID | None = None) -> Timetable:
    return keep_week(
        participant=centre.amina,
        week=week,
        hand=Hand(frozenset({centre.norwegian.pk}), STAYS),
        only_this_week=False,
        reason="",
        expected=expected,
        by=centre.by,
    )


def staff(centre: Centre, role: Role, body: str) -> Actor:
    user = User.objects.create_user(role.value)
    return replace(eyes(role, body), municipality_id=centre.amina.municipality_id, user_id=user.pk)


def read(content: bytes | None) -> list[Any]:
    """Return the events of a calendar."""
    assert content is not None
    found: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    return found


def events(content: bytes | None) -> list[tuple[date, str]]:
    return [(each["DTSTART"].dt.date(), str(each["SUMMARY"])) for each in read(content)]


def test_twelve_weeks_without_holidays_breaks_and_leave(planned: Centre) -> None:
    SchoolBreak.objects.create(
        municipality=planned.amina.municipality,
        name="Planleggingsdag",
        first_day=date(2026, 5, 11),
        last_day=date(2026, 5, 15),
    )
    found = events(calendar_of(planned.amina, on=ON, language="nb", actor=planned.by))
    days = [day for day, _ in found]

    assert (min(days), max(days)) == (ON, ON + timedelta(days=12 * 7 - 3))
    assert (date(2026, 5, 11), "Norsk A1") not in found  # a break
    assert (date(2026, 5, 15), "Praksis: Solbakken barnehage") in found  # practice goes on
    # Ascension and Whit Monday.
    assert not {date(2026, 5, 14), date(2026, 5, 25)} & set(days)


def test_a_subscription_names_nobody_and_hides_what_is_ones_own(planned: Centre) -> None:
    secret = make_address(planned.amina, language="uk", by=planned.by)
    content = read_address(secret, on=ON)
    text = content.decode() if content else ""

    assert "Amina" not in text
    assert "Psykolog" not in text
    assert (date(2026, 5, 6), "Зайнято") in events(content)
    # Whoever owns the case downloads it with the name.
    assert "Psykolog" in calendar_of(planned.amina, on=ON, language="nb", actor=planned.by).decode()
    teacher = staff(planned, Role.TEACHER, "learning")
    assert b"Psykolog" not in calendar_of(planned.amina, on=ON, language="nb", actor=teacher)


def test_only_a_digest_is_kept_and_a_revoked_address_leads_nowhere(planned: Centre) -> None:
    secret = make_address(planned.amina, language="nb", by=planned.by)
    row = CalendarAddress.objects.get()

    assert len(secret) >= 43
    assert row.digest == sha256(secret.encode()).hexdigest()
    assert secret not in str(AuditEvent.objects.values_list("changes", flat=True))
    assert addresses_of(planned.amina)[0].last_read_on is None
    assert read_address(secret, on=ON) is not None
    assert addresses_of(planned.amina)[0].last_read_on == ON
    # It is nobody else's to revoke, in the address of another.
    assert not revoke(row.pk, planned.norwegian, by=planned.by)
    assert revoke(row.pk, planned.amina, by=planned.by)
    assert read_address(secret, on=ON) is None
    assert not revoke(row.pk, planned.amina, by=planned.by)
    assert [event.action for event in AuditEvent.objects.filter(action__contains="calendar")] == [
        "make_calendar_address",
        "revoke_calendar_address",
    ]
    for wrong in ("", secret[:-1], secret.swapcase(), "å" * 43):
        assert read_address(wrong, on=ON) is None


def test_a_protected_address_ends_it_at_once(planned: Centre) -> None:
    secret = make_address(planned.amina, language="nb", by=planned.by)
    adviser = staff(planned, Role.PROGRAMME_ADVISER, "refugee")
    group = make_address(planned.norwegian, language="nb", by=planned.by)
    assert "1 kommer" in str(events(read_address(group, on=ON)))

    named = list(User.objects.filter(username=Role.PROGRAMME_ADVISER.value))
    set_protection(participant=planned.amina, named=named, reason="Vedtak", by=adviser)

    planned.amina.refresh_from_db()
    assert read_address(secret, on=ON) is None
    with pytest.raises(ProtectedAddress):
        make_address(planned.amina, language="nb", by=adviser)
    mine = calendar_of(planned.amina, on=ON, language="nb", actor=adviser).decode()
    assert "SUMMARY;LANGUAGE=nb:Norsk\r\n" in mine
    assert [place for place in (*PLACES, "Psykolog", "LOCATION") if place in mine] == []
    # And nobody is counted whom not all may see.
    assert "1 kommer" not in str(events(read_address(group, on=ON)))


def test_groups_and_workplaces_say_only_how_many_come(planned: Centre) -> None:
    of_group = events(calendar_of(planned.norwegian, on=ON, language="nb", actor=planned.by))
    of_employer = events(calendar_of(planned.employer, on=ON, language="en", actor=planned.by))

    assert of_group[0] == (ON, "Norsk A1 – 1 kommer")
    assert of_employer[0] == (date(2026, 5, 7), "Work placement: Solbakken barnehage – 1 coming")
    assert "Amina" not in str(of_group) + str(of_employer)


def test_nothing_is_announced_that_is_over(planned: Centre) -> None:
    sunday = WEEK.sunday
    end_group(
        group=planned.norwegian, last_day=sunday, expected=planned.norwegian.version, by=planned.by
    )
    Placement.objects.filter(participant=planned.amina).update(last_day=sunday - timedelta(days=2))

    of_group, of_employer, of_person = (
        events(calendar_of(each, on=ON, language="nb", actor=planned.by))
        for each in (planned.norwegian, planned.employer, planned.amina)
    )

    assert [day for day, _ in of_group] == [ON + timedelta(days=n) for n in range(3)]
    assert {each[1] for each in of_group} == {"Norsk A1 – 1 kommer"}
    # Friday of that week is the practice's last day.
    assert [day for day, _ in of_employer] == [date(2026, 5, 7), date(2026, 5, 8)]
    kept = {"Psykolog", "Opptatt"}
    assert max(day for day, what in of_person if what not in kept) == date(2026, 5, 8)
    assert max(day for day, what in of_person if what in kept) > sunday


def test_a_session_is_in_its_own_room_each_day(planned: Centre) -> None:
    other = Room.objects.create(
        municipality=planned.amina.municipality,
        name="Verksted",
        capacity=20,
        locality=planned.norwegian.locality,
    )
    planned.norwegian.sessions.filter(day=1).update(room=other)

    found = read(calendar_of(planned.norwegian, on=ON, language="nb", actor=planned.by))

    places = [str(each["LOCATION"]) for each in found[:3]]
    assert places == ["Rom for Norsk A1", "Verksted", "Rom for Norsk A1"]


def test_an_event_keeps_its_identity_and_grows_in_sequence(planned: Centre) -> None:
    def sequences() -> dict[str, int]:
        found = read(calendar_of(planned.amina, on=ON, language="nb", actor=planned.by))
        assert len({str(each["UID"]) for each in found}) == len(found)
        return {str(each["UID"]): int(each["SEQUENCE"]) for each in found}

    before = sequences()
    assert sequences() == before
    now = planned.amina.timetables.get()
    in_week(planned, week=WEEK.next(), expected=now.pk)
    after = sequences()

    assert after.keys() == before.keys()
    assert all(after[uid] > number for uid, number in before.items())


def test_a_workplaces_event_grows_in_sequence_when_somebodys_practice_ends(
    planned: Centre,
) -> None:
    bohdan = planned.participant("Bohdan")
    keep_week(
        participant=bohdan,
        week=WEEK,
        hand=Hand(frozenset(), STAYS),
        only_this_week=False,
        reason="",
        expected=None,
        by=planned.by,
    )

    def told() -> tuple[str, int]:
        found = read(calendar_of(planned.employer, on=ON, language="nb", actor=planned.by))
        return str(found[-1]["SUMMARY"]), int(found[-1]["SEQUENCE"])

    Placement.objects.update(last_day=None)
    before = told()
    Placement.objects.filter(participant=bohdan).update(last_day=date(2026, 5, 10))
    ValueChange.objects.create(
        municipality=bohdan.municipality, participant=bohdan, changes={"placements": [[], []]}
    )
    after = told()

    assert ("2 kommer" in before[0], "1 kommer" in after[0]) == (True, True)
    assert after[1] > before[1]


def test_who_may_and_in_which_language(planned: Centre) -> None:
    with pytest.raises(MayNot):
        make_address(planned.amina, language="nb", by=eyes(Role.NAV_ADVISER, "nav"))
    with pytest.raises(NoSuchLanguage):
        make_address(planned.amina, language="xx", by=planned.by)
    assert not CalendarAddress.objects.exists()
