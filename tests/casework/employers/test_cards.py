"""Employers made by hand, what is noted of them, and two spellings that are one."""

from typing import Any

import pytest

from innpass.casework.agreements.mapped import standings
from innpass.casework.audit.models import AuditEvent
from innpass.casework.employers import cards
from innpass.casework.employers.cards import CardValues
from innpass.casework.employers.models import EmployerCard
from innpass.casework.employers.queries import ChangedMeanwhile, employers_seen_by
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.keeping import CannotKeep
from innpass.domain.access.policy import MayNot
from innpass.domain.sheets.fields import PlacementKind
from tests.factories.cast import LEA, RAGNHILD
from tests.factories.people import TODAY

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "974760673", "889640782"
MUNICIPAL = PlacementKind.MUNICIPAL


def test_a_unit_that_the_sheets_name_is_that_one(the_map: Any) -> None:
    made = cards.make_employer(kind=MUNICIPAL, name="  bakken  BARNEHAGE ", by=the_map.nina)

    assert made == the_map.kindergarten
    assert Employer.objects.count() == 3
    assert EmployerCard.objects.get(employer=made)


def test_a_unit_that_is_noted_already_is_not_made_twice(the_map: Any) -> None:
    cards.make_employer(kind=MUNICIPAL, name="Ørnen skole", by=the_map.nina)

    with pytest.raises(CannotKeep, match="«Ørnen skole» finnes allerede"):
        cards.make_employer(kind=MUNICIPAL, name="ØRNEN skole", by=the_map.nina)
    assert Employer.objects.filter(name="Ørnen skole").count() == 1


def test_a_number_is_checked_and_belongs_to_one(the_map: Any) -> None:
    values = CardValues(organisation_number=" 974 760 673 ")
    cards.keep_card(employer=the_map.bakery, values=values, expected=0, by=the_map.nina)

    with pytest.raises(CannotKeep, match="står på «Nordvind Bakeri AS»"):
        cards.make_employer(
            kind=PlacementKind.PRIVATE, name="Ny AS", values=values, by=the_map.nina
        )
    with pytest.raises(CannotKeep, match="kontrollsifferet stemmer ikke"):
        cards.keep_card(
            employer=the_map.school,
            values=CardValues(organisation_number="974760674"),
            expected=0,
            by=the_map.nina,
        )
    assert EmployerCard.objects.get().organisation_number == NUMBER
    assert not Employer.objects.filter(name="Ny AS").exists()


def test_two_who_save_at_once_do_not_overwrite_one_another(the_map: Any) -> None:
    values = CardValues(employees=30)
    cards.keep_card(employer=the_map.school, values=values, expected=0, by=the_map.nina)

    with pytest.raises(ChangedMeanwhile):
        cards.keep_card(
            employer=the_map.school, values=CardValues(employees=1), expected=0, by=the_map.nina
        )
    assert EmployerCard.objects.get().employees == 30
    assert AuditEvent.objects.filter(action="keep_card").count() == 1


def test_only_those_who_keep_the_register_change_it(the_map: Any) -> None:
    leader = the_map.town.actor(LEA)

    with pytest.raises(MayNot, match="endre arbeidsplassene"):
        cards.make_employer(kind=MUNICIPAL, name="Ny", by=leader)


def test_two_spellings_are_one_until_they_are_parted(the_map: Any) -> None:
    other = Employer.objects.create(
        municipality=the_map.town.municipality, kind="municipal", name="Bakken bhg"
    )
    the_map.participant("Amina", other)
    before = {each.pk: each for each in standings(actor=the_map.nina, on=TODAY)}

    cards.join_names(alias=other, heir=the_map.kindergarten, by=the_map.nina)

    joined = {each.pk: each for each in standings(actor=the_map.nina, on=TODAY)}
    assert (before[other.pk].people, before[the_map.kindergarten.pk].people) == (1, 0)
    assert other.pk not in joined
    assert joined[the_map.kindergarten.pk].people == 1
    assert Employer.objects.get(pk=other.pk).name == "Bakken bhg"
    cards.part_names(alias=other, by=the_map.nina)
    parted = {each.pk: each for each in standings(actor=the_map.nina, on=TODAY)}
    assert parted[other.pk].people == 1


def test_what_cannot_be_one_is_refused(the_map: Any) -> None:
    nina, unit, school, firm = the_map.nina, the_map.kindergarten, the_map.school, the_map.bakery

    with pytest.raises(CannotKeep, match="en annen arbeidsgiver"):
        cards.join_names(alias=unit, heir=unit, by=nina)
    with pytest.raises(CannotKeep, match="kommunal enhet og en bedrift"):
        cards.join_names(alias=unit, heir=firm, by=nina)
    cards.join_names(alias=unit, heir=school, by=nina)
    with pytest.raises(CannotKeep, match="er selv en skrivemåte"):
        cards.join_names(alias=school, heir=unit, by=nina)
    assert EmployerCard.objects.exclude(same_as=None).count() == 1


def test_an_employer_where_only_somebody_hidden_has_been_is_not_there(the_map: Any) -> None:
    the_map.participant("Amina", the_map.bakery)
    town = the_map.town
    town.protect("Amina", named=(RAGNHILD,))

    seen = {name: set(employers_seen_by(town.actor(name))) for name in (LEA, RAGNHILD)}

    assert the_map.bakery not in seen[LEA]
    assert the_map.bakery in seen[RAGNHILD]
    cards.make_employer(kind=PlacementKind.PRIVATE, name="Nordvind Bakeri AS", by=the_map.nina)
    assert the_map.bakery in set(employers_seen_by(town.actor(LEA)))
