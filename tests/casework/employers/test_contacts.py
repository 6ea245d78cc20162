"""Who is called at an employer, and the one whom it calls."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers.contacts import (
    ContactRole,
    ContactValues,
    keep_contact_person,
    possible_contacts,
    set_municipal_contact,
)
from innpass.casework.employers.models import MunicipalContact
from innpass.casework.employers.queries import (
    ChangedMeanwhile,
    contact_of,
    contact_people_of,
    contacts_at,
    contacts_on,
)
from innpass.casework.timetable.keeping import CannotKeep
from tests.factories.cast import LEA, NINA, PER
from tests.factories.people import TODAY

pytestmark = pytest.mark.django_db
EARLIER = date(2026, 1, 12)


def values(role: ContactRole, name: str, **other: Any) -> ContactValues:
    typed = {"phone": "400 00 100", "email": "", "first_day": EARLIER, "last_day": None, **other}
    return ContactValues(role=role, name=name, **typed)


def set_contact(the_map: Any, name: str, on: date, expected: int) -> None:
    set_municipal_contact(
        employer=the_map.school,
        user=the_map.town.users[name],
        first_day=on,
        expected=expected,
        by=the_map.nina,
    )


def test_one_follows_another_and_the_past_stays(the_map: Any) -> None:
    school, users = the_map.school, the_map.town.users
    set_contact(the_map, NINA, EARLIER, 0)
    set_contact(the_map, PER, date(2026, 6, 1), 1)

    assert contact_of(school, on=date(2026, 5, 31)) == users[NINA]
    assert contact_of(school, on=date(2026, 6, 1)) == users[PER]
    assert contact_of(school, on=date(2026, 1, 11)) is None
    assert contacts_on(TODAY) == {school.pk: users[PER]}


def test_a_wrong_choice_of_the_same_day_is_put_right(the_map: Any) -> None:
    set_contact(the_map, NINA, TODAY, 0)
    set_contact(the_map, PER, TODAY, 1)

    assert contact_of(the_map.school, on=TODAY) == the_map.town.users[PER]
    assert MunicipalContact.objects.count() == 1


def test_the_database_lets_no_two_be_open(the_map: Any) -> None:
    set_contact(the_map, NINA, EARLIER, 0)

    with pytest.raises(IntegrityError), transaction.atomic():
        MunicipalContact.objects.create(
            municipality=the_map.town.municipality,
            employer=the_map.school,
            user=the_map.town.users[PER],
            first_day=TODAY,
        )


def test_who_saw_another_contact_is_told(the_map: Any) -> None:
    set_contact(the_map, NINA, EARLIER, 0)

    with pytest.raises(ChangedMeanwhile):
        set_contact(the_map, PER, TODAY, 0)
    with pytest.raises(CannotKeep, match=r"begynte 12\.01\.2026"):
        set_contact(the_map, PER, date(2026, 1, 11), 1)
    with pytest.raises(CannotKeep, match="Velg en praksisveileder"):
        set_contact(the_map, LEA, TODAY, 1)
    assert contact_of(the_map.school, on=TODAY) == the_map.town.users[NINA]


def test_only_those_who_meet_employers_can_be_the_contact(the_map: Any) -> None:
    names = {each.username for each in possible_contacts(on=TODAY)}

    assert {NINA, PER} <= names
    assert LEA not in names


def test_three_roles_are_kept_apart_and_the_log_is_no_register(the_map: Any) -> None:
    for role, name in (
        (ContactRole.MENTOR, "Anne Aas"),
        (ContactRole.SIGNER, "Bo Berg"),
        (ContactRole.LEADER, "Cato Dal"),
    ):
        keep_contact_person(
            employer=the_map.school,
            person=None,
            values=values(role, name),
            expected=0,
            by=the_map.nina,
        )

    found = contact_people_of(the_map.school)

    assert [each.name for each in found] == ["Cato Dal", "Bo Berg", "Anne Aas"]
    assert "Cato" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_one_who_stopped_is_not_called(the_map: Any) -> None:
    keep_contact_person(
        employer=the_map.school,
        person=None,
        values=values(ContactRole.LEADER, "Cato Dal", last_day=date(2026, 6, 29)),
        expected=0,
        by=the_map.nina,
    )

    assert contacts_at(None, on=TODAY) == {}
    assert len(contacts_at(None, on=date(2026, 6, 29))[the_map.school.pk]) == 1


def test_a_few_digits_are_no_phone(the_map: Any) -> None:
    with pytest.raises(CannotKeep, match="minst fem siffer"):
        keep_contact_person(
            employer=the_map.school,
            person=None,
            values=values(ContactRole.LEADER, "Cato Dal", phone="400"),
            expected=0,
            by=the_map.nina,
        )


def test_a_contact_can_be_reached(the_map: Any) -> None:
    with pytest.raises(CannotKeep, match="Skriv telefonnummer eller e-post") as no:
        keep_contact_person(
            employer=the_map.school,
            person=None,
            values=values(ContactRole.LEADER, "Cato Dal", phone="", last_day=date(2026, 1, 1)),
            expected=0,
            by=the_map.nina,
        )

    assert [each.place for each in no.value.faults] == ["phone", "last_day"]
