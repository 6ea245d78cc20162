"""Two who may be one: how they differ plainly, and what would hold of the one."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.cards import stored_cards, value_of
from innpass.casework.reconciliation.entering import Wanted, add_person, enter_values
from innpass.casework.reconciliation.foreseeing_joins import Why, foresee_join, plain_differences
from innpass.casework.reconciliation.joining import PLAINLY_DIFFERENT, CannotDecide, join_people
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN
from tests.casework.reconciliation.test_becoming_one import current


@pytest.fixture
def people(municipality: Municipality) -> tuple[Participant, Participant]:
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    return current("Amina Haddad"), current("Bohdan Kovalenko")


def join(one: Participant, other: Participant, *, is_sure: bool = False) -> Participant:
    return join_people(
        one.pk,
        other.pk,
        municipality_id=one.municipality_id,
        by=operator(one.municipality),
        reason="Samme",
        is_sure=is_sure,
    )


def another(municipality: Municipality, **values: Any) -> Participant:
    values = {"name": "{given_name} {family_name}".format(**values), **values}
    return add_person(values, municipality_id=municipality.pk, by=operator(municipality))


def test_two_of_different_names_and_birth_dates_are_plainly_different(
    people: tuple[Participant, Participant],
) -> None:
    assert {"name", "birth_date"} <= plain_differences(*people)


def test_spellings_of_one_name_are_not(
    people: tuple[Participant, Participant], municipality: Municipality
) -> None:
    bogdan = another(municipality, given_name="Bogdan", family_name="Kowalenko")

    assert plain_differences(people[1], bogdan) == frozenset()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("birth_date", (date(1999, 1, 1), date(1999, 1, 2))),
        ("ids.duf", ("201812345609", "201812345707")),
    ],
)
def test_what_differs_tells_though_the_names_are_alike(
    municipality: Municipality, field: str, values: tuple[Any, Any]
) -> None:
    one = another(municipality, given_name="Nora", family_name="Nyby")
    other = another(municipality, given_name="Nora", family_name="Nyby")
    assert plain_differences(one, other) == frozenset()

    for person, value in zip((one, other), values, strict=True):
        enter_values(
            [Wanted(person.pk, field, value)],
            municipality_id=municipality.pk,
            by=operator(municipality),
        )

    again = Participant.objects.get(pk=one.pk), Participant.objects.get(pk=other.pk)
    assert plain_differences(*again) == {field}


def test_the_plainly_different_are_joined_by_whoever_is_sure_alone(
    people: tuple[Participant, Participant],
) -> None:
    with pytest.raises(CannotDecide, match="forskjellige personer") as refusal:
        join(*people)

    assert str(refusal.value) == PLAINLY_DIFFERENT
    assert Participant.objects.filter(absorbed_by=None).count() == 2
    assert join(*people, is_sure=True).absorbed_by is None


def test_what_is_foreseen_is_what_holds_afterwards(
    people: tuple[Participant, Participant],
) -> None:
    held = foresee_join(*people)

    one = join(*people, is_sure=True)

    card = stored_cards([one])[one.pk]
    for name in ("name", "birth_date", "country", "programme.start", "programme.adviser"):
        if name in held:
            assert value_of(card, name) == held[name].value, name


def test_whose_value_holds_and_why_is_told(
    people: tuple[Participant, Participant], municipality: Municipality
) -> None:
    amina, bohdan = people
    enter_values(
        [Wanted(bohdan.pk, "birth_date", date(1985, 1, 1))],
        municipality_id=municipality.pk,
        by=operator(municipality),
    )

    held = foresee_join(amina, bohdan)

    assert (held["birth_date"].is_ones, held["birth_date"].why) == (False, Why.BY_HAND)
    assert held["name"].why is Why.FULLER
    assert {h.why for h in foresee_join(amina, amina).values()} <= {Why.ALIKE, Why.ALONE}
