"""What cannot stand is refused with a sentence, wherever it is entered."""

from dataclasses import replace
from typing import Any

import pytest

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import SourceRow
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.reconciliation.entering import (
    NAMELESS,
    NUMBER_TWICE,
    NumberTaken,
    Outcome,
    Wanted,
    check_numbers,
    enter_values,
)
from innpass.casework.reconciliation.entering_rows import enter_in_row
from innpass.domain.access.roles import Role
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in

AMINA, BOHDAN = "Amina Haddad", "Bohdan Kovalenko"


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview()})


def enter(municipality: Municipality, *wanted: tuple[str, str, Any]) -> list[Outcome]:
    return enter_values(
        [
            Wanted(Participant.objects.get(name=name).pk, field, value)
            for name, field, value in wanted
        ],
        municipality_id=municipality.pk,
        by=operator(municipality),
    )


def codes(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(each.code, each.sentence) for each in outcomes]


def test_nobody_is_left_without_a_name(municipality: Municipality) -> None:
    assert codes(enter(municipality, (AMINA, "name", None))) == [("refused", NAMELESS)]
    both = enter(municipality, (AMINA, "given_name", None), (AMINA, "family_name", None))
    assert codes(both) == [("refused", NAMELESS)] * 2
    assert Participant.objects.filter(name=AMINA).exists()

    assert enter(municipality, (AMINA, "family_name", None))[0].code == "saved"
    assert Participant.objects.filter(name="Amina").exists()


def test_a_number_wanted_for_two_is_nobodys(municipality: Municipality) -> None:
    found = enter(
        municipality,
        (AMINA, "ids.socio", "99001122"),
        (BOHDAN, "ids.socio", "99001122"),
        (BOHDAN, "programme.adviser", "Nora Vik"),
    )

    assert codes(found) == [("refused", NUMBER_TWICE)] * 2 + [("saved", "")]
    assert not Identifier.objects.filter(plain="99001122").exists()


def test_a_number_of_another_stands_in_no_row(municipality: Municipality) -> None:
    row = SourceRow.objects.get(kind="person", link__participant__name=AMINA, owner="refugee")

    with pytest.raises(NumberTaken, match="annen deltaker"):
        enter_in_row(row.pk, {"ids.visma_refugee": little.BOHDAN}, by=operator(municipality))


def test_a_row_about_nobody_yet_may_tell_by_its_number_but_not_of_somebody_hidden(
    municipality: Municipality,
) -> None:
    adviser = replace(
        operator(municipality),
        user_id=User.objects.create_user("lars").pk,
        body="refugee",
        roles=frozenset({Role.PROGRAMME_ADVISER}),
    )
    number = {"ids.visma_refugee": little.AMINA}

    check_numbers(number, by=adviser, municipality=municipality, but=None)

    Participant.objects.filter(name=AMINA).update(is_protected=True)
    with pytest.raises(NumberTaken, match="Nummeret kan ikke brukes"):
        check_numbers(number, by=adviser, municipality=municipality, but=None)
