"""What sources disagree about is kept, settled by a human, and reopened by a new value only."""

from datetime import date

import pytest

from innpass.casework.imports.models import Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Disagreement, Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering import Wanted, enter_values
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN

END = "programme.planned_end"
THEIRS = {AMINA: {"Planlagt slutt": date(2027, 3, 1)}}


@pytest.fixture
def disputed(municipality: Municipality) -> Municipality:
    """The shared sheet has another planned end of Amina's programme than the department."""
    take_in(municipality, {"a.xlsx": little.refugee()})
    take_in(municipality, {"o.xlsx": little.overview(changes=THEIRS)})
    return municipality


def settle(municipality: Municipality, on: date) -> None:
    (outcome,) = enter_values(
        [Wanted(Participant.objects.get(identifiers__plain=AMINA).pk, END, on, settles=True)],
        municipality_id=municipality.pk,
        by=operator(municipality),
        way=Way.FORM,
    )
    assert outcome.code == "saved"


def test_both_values_stand_with_their_source(disputed: Municipality) -> None:
    (found,) = Disagreement.objects.filter(field=END)

    assert [(each["owner"], each["value"]) for each in found.values] == [
        ("refugee", "2027-01-04"),
        ("overview", "2027-03-01"),
    ]
    assert not found.is_settled


def test_a_human_settles_it_also_with_the_value_that_held(disputed: Municipality) -> None:
    settle(disputed, date(2027, 3, 1))
    assert Disagreement.objects.get(field=END).is_settled
    assert Enrolment.objects.get(participant__name="Amina Haddad").planned_last_day == date(
        2027, 3, 1
    )

    settle(disputed, date(2027, 1, 4))
    assert Disagreement.objects.get(field=END).is_settled


def test_an_import_that_repeats_the_old_value_reopens_nothing(disputed: Municipality) -> None:
    settle(disputed, date(2027, 3, 1))

    take_in(disputed, {"a juli.xlsx": little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    assert Disagreement.objects.get(field=END).is_settled


def test_a_new_value_reopens_it_and_overwrites_nothing(disputed: Municipality) -> None:
    settle(disputed, date(2027, 3, 1))

    late = {AMINA: {"Planlagt slutt": date(2027, 6, 30)}}
    take_in(disputed, {"a juli.xlsx": little.refugee(changes=late)})

    found = Disagreement.objects.get(field=END)
    assert not found.is_settled
    assert [(each["owner"], each["value"]) for each in found.values][:2] == [
        ("hand", "2027-03-01"),
        ("refugee", "2027-06-30"),
    ]
    assert Enrolment.objects.get(participant__name="Amina Haddad").planned_last_day == date(
        2027, 3, 1
    )


def test_a_disagreement_that_is_gone_is_gone(disputed: Municipality) -> None:
    take_in(disputed, {"o juli.xlsx": little.overview()})

    assert not Disagreement.objects.filter(field=END).exists()


def test_spellings_of_one_name_are_no_disagreement(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})
    spelled = {BOHDAN: {"Navn": "Bogdan Kovalenko"}}
    take_in(municipality, {"skole.xlsx": little.learning(changes=spelled)})

    assert not Disagreement.objects.exists()
