"""A new person takes nothing from anybody known, least of all from somebody hidden."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import CellEdit, Question
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import employ
from innpass.casework.participants.history import history_of
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.reconciliation.entering import CannotAdd, add_people, add_person
from innpass.casework.reconciliation.taking_back import take_back
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor, Role
from innpass.domain.sheets.records import Value
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import TODAY, exported, take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN

AS_AMINA: dict[str, Any] = {
    "name": "Amina Haddad",
    "given_name": "Amina",
    "family_name": "Haddad",
    "birth_date": date(1990, 5, 4),
    "programme.adviser": "Nytt Navn",
}


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview()})


@pytest.fixture
def lars(municipality: Municipality) -> Actor:
    """Somebody who may not see Amina, who is protected."""
    Participant.objects.filter(name="Amina Haddad").update(is_protected=True)
    user = User.objects.create_user("lars")
    employ(
        user=user,
        municipality=municipality,
        role=Role.PROGRAMME_ADVISER,
        first_day=date(2020, 1, 1),
        by=None,
    )
    found = actor_for(user, on=TODAY)
    assert found
    return found[0]


def links() -> set[tuple[Any, ...]]:
    return set(RowLink.objects.filter(row__state="current").values_list("row", "participant"))


def add(municipality: Municipality, by: Actor, **values: Any) -> Participant:
    return add_person(AS_AMINA | values, municipality_id=municipality.pk, by=by)


def test_somebody_hidden_of_the_same_name_and_birth_date_stays_as_she_was(
    municipality: Municipality, lars: Actor
) -> None:
    before, known = links(), exported(municipality)["participants"]

    new = add(municipality, lars)

    assert before <= links()
    assert (new.name, new.absorbed_by) == ("Amina Haddad", None)
    assert all(person in exported(municipality)["participants"] for person in known)
    assert Participant.objects.filter(absorbed_by=None).count() == 4
    assert not Question.objects.filter(closed_at=None, kind="maybe_same_person").exists()
    assert not [each for each in history_of(new, readable=readable(lars)) if each.decisions]


def test_the_new_person_goes_without_a_word_of_the_hidden_one(
    municipality: Municipality, lars: Actor
) -> None:
    before = exported(municipality)
    add(municipality, lars)

    take_back(CellEdit.objects.latest("said_at").act, municipality_id=municipality.pk, by=lars)

    assert exported(municipality) == before


def test_the_next_list_still_tells_the_two_apart(municipality: Municipality, lars: Actor) -> None:
    new = add(municipality, lars)

    take_in(municipality, {"a juli.xlsx": little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    hidden = Participant.objects.get(identifiers__plain=AMINA)
    assert (hidden.is_protected, hidden.pk == new.pk, hidden.absorbed_by) == (True, False, None)
    assert Participant.objects.filter(absorbed_by=None).count() == 4


def test_a_number_of_somebody_hidden_is_refused_and_nothing_is_stored(
    municipality: Municipality, lars: Actor
) -> None:
    before = exported(municipality)

    with pytest.raises(CannotAdd, match="Nummeret kan ikke brukes"):
        add(municipality, lars, **{"name": "Ny Deltaker", "ids.visma_refugee": AMINA})

    assert exported(municipality) == before


def test_a_number_of_somebody_known_is_refused(municipality: Municipality) -> None:
    with pytest.raises(CannotAdd, match="annen deltaker"):
        add(municipality, operator(municipality), **{"ids.visma_refugee": BOHDAN})


def test_two_new_persons_are_two_and_share_no_number(municipality: Municipality) -> None:
    told: dict[str, Any] = {"municipality_id": municipality.pk, "by": operator(municipality)}
    daria: dict[str, Value] = {"name": "Daria Savenko", "birth_date": date(2000, 8, 30)}

    made = add_people([daria, daria], **told)

    assert len({each.pk for each in made if each.absorbed_by is None}) == 2
    with pytest.raises(CannotAdd, match="flere deltakere"):
        add_people([daria | {"ids.socio": "99001122"}] * 2, **told)
