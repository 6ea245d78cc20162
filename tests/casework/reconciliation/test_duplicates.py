"""Whoever is about to be entered is compared with all whom the actor may see, and nobody else."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation import duplicates
from innpass.casework.reconciliation.duplicates import Alike, barred_numbers, people_alike
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.domain.linking.sentences import sentence
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.factories.cast import LIV, RAGNHILD, Town, make_town

pytestmark = pytest.mark.django_db
BORN = date(1988, 3, 17)
FNR = "13070196341"


@pytest.fixture
def town() -> Any:
    from django_scopes import scope

    made = make_town()
    with scope(municipality=made.municipality):
        take_in(
            made.municipality,
            {"a.xlsx": little.refugee(), "n.xlsx": little.nav(), "o.xlsx": little.overview()},
        )
        yield made


def alike(town: Town, by: str = RAGNHILD, **values: Any) -> list[Alike]:
    return people_alike(values, by=town.actor(by))


def names(found: list[Alike]) -> list[str]:
    return [each.participant.name for each in found]


def said(found: list[Alike]) -> list[str]:
    return [sentence(reason) for reason in found[0].reasons]


def test_the_same_name_is_found(town: Town) -> None:
    found = alike(town, given_name="Amina", family_name="Haddad")

    assert names(found) == ["Amina Haddad"]
    assert "Samme navn." in said(found)


@pytest.mark.parametrize("name", ["Kovalenko, Bogdan", "Богдан Коваленко", "Bohdan Kowalenko"])
def test_other_spellings_and_scripts_are_found(town: Town, name: str) -> None:
    assert names(alike(town, name=name)) == ["Bohdan Kovalenko"]


def test_a_number_of_another_body_is_found(town: Town) -> None:
    socio = town.people("Amina").identifiers.get(kind="socio").plain

    found = alike(town, name="Noen Andre", **{"ids.socio": socio})

    assert names(found) == ["Amina Haddad"]
    assert found[0].numbers == {"ids.socio"}
    assert "Samme Socio-nummer." in said(found)


def test_whoever_has_the_number_is_found_among_however_many_of_the_name(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "_MOST_COMPARED", 1)

    found = alike(town, name="Bohdan Kovalenko", **{"ids.visma_refugee": little.AMINA})

    assert names(found) == ["Amina Haddad"]


def test_a_birth_date_alone_is_nobody(town: Town) -> None:
    born = town.people("Amina").birth_date

    assert alike(town, name="Noen Helt Andre", birth_date=born) == []


def test_the_same_name_born_another_day_is_another(town: Town) -> None:
    assert alike(town, name="Amina Haddad", birth_date=date(1950, 1, 1)) == []


def test_nothing_typed_is_like_nobody(town: Town) -> None:
    assert alike(town) == []
    assert alike(town, given_name="A") == []


def test_a_person_whom_one_may_not_see_is_never_shown(town: Town) -> None:
    town.protect("Amina", by=RAGNHILD)

    assert alike(town, by="kari", given_name="Amina", family_name="Haddad") == []
    assert names(alike(town, given_name="Amina", family_name="Haddad")) == ["Amina Haddad"]


def test_a_number_of_a_hidden_person_is_barred_and_of_a_seen_one_is_not(town: Town) -> None:
    number = {"ids.visma_refugee": little.AMINA}
    assert barred_numbers(number, by=town.actor("kari")) == frozenset()

    town.protect("Amina", by=RAGNHILD)

    assert barred_numbers(number, by=town.actor("kari")) == {"ids.visma_refugee"}
    assert barred_numbers(number, by=town.actor(RAGNHILD)) == frozenset()
    assert alike(town, by="kari", name="Noen Andre", **number) == []


def test_a_number_of_a_hidden_person_is_refused_without_a_word_of_whom(town: Town) -> None:
    person = town.people("Amina")
    wanted = Wanted(person.pk, "ids.visma_refugee", little.BOHDAN)
    town.protect("Bohdan", by=RAGNHILD)

    (outcome,) = enter_values(
        [wanted], municipality_id=person.municipality_id, by=town.actor("kari")
    )

    assert outcome.code == "refused"
    assert outcome.sentence.startswith("Nummeret kan ikke brukes.")
    assert "deltaker" not in outcome.sentence


def test_what_one_may_not_read_is_not_compared(town: Town) -> None:
    socio = town.people("Amina").identifiers.get(kind="socio").plain

    assert alike(town, by=LIV, name="Noen Andre", **{"ids.socio": socio}) == []


def test_the_number_of_queries_does_not_grow(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    assert Participant.objects.count() == 3
    with django_assert_max_num_queries(8):
        alike(town, name="Amina Haddad", birth_date=BORN, **{"ids.fnr": FNR})
