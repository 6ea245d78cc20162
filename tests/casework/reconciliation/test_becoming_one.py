"""Two participants turn out to be one: nobody is left behind, and no protected address opens."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import RowState
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import employ
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Identifier, Participant, ProtectionMark
from innpass.casework.participants.queries import hidden_people, visible_participants
from innpass.casework.participants.services import set_protection
from innpass.casework.reconciliation.queries import visible_preview
from innpass.casework.reconciliation.services import apply_import, preview_import
from innpass.domain.access.roles import Actor, Role
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import TODAY, receive, take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE

# The learning centre wrote somebody else's name and birth date, so nobody could see it was Amina.
MISTAKEN = {AMINA: {"Navn": "Mina Saleh", "Fødselsdato": date(1979, 12, 1)}}


def current(name: str) -> Participant:
    found: Participant = Participant.objects.get(name=name, absorbed_by=None)
    return found


def names_of(people: Any) -> list[str]:
    return sorted(people.values_list("name", flat=True))


def somebody(municipality: Municipality, role: Role, name: str) -> tuple[User, Actor]:
    user = User.objects.create_user(name)
    employ(user=user, municipality=municipality, role=role, first_day=date(2020, 1, 1), by=None)
    found = actor_for(user, on=TODAY)
    assert found
    return user, found[0]


@pytest.fixture
def mistaken(municipality: Municipality) -> Municipality:
    """Amina as the refugee department knows her, and a mistaken Mina at the learning centre."""
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    take_in(municipality, {"skole juni.xlsx": little.learning([AMINA, BOHDAN], MISTAKEN)})
    return municipality


# Nobody is left behind


def test_a_corrected_list_leaves_no_second_person(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")

    preview = take_in(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})

    assert preview["absorbed"] == 1
    assert preview["absorbed_into"] == {str(mina.pk): str(amina.pk)}
    assert names_of(visible_participants(operator(mistaken))) == [
        *("Amina Haddad", "Bohdan Kovalenko")
    ]
    mina.refresh_from_db()
    assert mina.absorbed_by == amina
    assert not Identifier.objects.filter(participant=mina).exists()
    assert set(OverviewRow.objects.values_list("name", flat=True)) == {
        *("Amina Haddad", "Bohdan Kovalenko")
    }


def test_the_history_of_the_second_is_the_persons(mistaken: Municipality) -> None:
    take_in(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})

    links = current("Amina Haddad").row_links
    assert set(links.values_list("row__file__name", "row__state")) == {
        ("flyktning.xlsx", RowState.CURRENT),
        ("skole juni.xlsx", RowState.REPLACED),
        ("skole juli.xlsx", RowState.CURRENT),
    }


def test_the_oldest_stays_however_many_rows_the_others_have(municipality: Municipality) -> None:
    take_in(municipality, {"skole juni.xlsx": little.learning([AMINA], MISTAKEN)})
    oldest = current("Mina Saleh")
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    take_in(municipality, {"nav.xlsx": little.nav([AMINA])})
    second = current("Amina Haddad")

    take_in(municipality, {"skole juli.xlsx": little.learning([AMINA])})

    second.refresh_from_db()
    assert second.absorbed_by == oldest
    assert current("Amina Haddad") == oldest
    assert set(oldest.row_links.values_list("row__file__name", flat=True)) == {
        *("skole juni.xlsx", "flyktning.xlsx", "nav.xlsx", "skole juli.xlsx")
    }


def test_a_number_given_to_somebody_else_makes_nobody_one(municipality: Municipality) -> None:
    take_in(municipality, {"skole juni.xlsx": little.learning([AMINA, BOHDAN])})
    before = dict(Participant.objects.values_list("name", "pk"))
    swapped = {AMINA: {"Visma-nr": "79999"}, BOHDAN: {"Visma-nr": f"7{AMINA}"}}

    preview = take_in(municipality, {"skole juli.xlsx": little.learning([AMINA, BOHDAN], swapped)})

    assert preview["absorbed"] == 0
    assert dict(Participant.objects.values_list("name", "pk")) == before


def test_whom_a_newer_list_only_mentions_by_number_keeps_the_row_that_tells_who(
    municipality: Municipality,
) -> None:
    take_in(municipality, {"skole juni.xlsx": little.learning([AMINA, BOHDAN])})
    bare = {n: {"Navn": None, "Fødselsdato": None} for n in (AMINA,)}

    preview = take_in(municipality, {"skole juli.xlsx": little.learning([AMINA, BOHDAN], bare)})

    assert names_of(Participant.objects.filter(absorbed_by=None)) == [
        *("Amina Haddad", "Bohdan Kovalenko")
    ]
    assert [entry["name"] for entry in preview["gone"]] == ["Amina Haddad"]
    states = set(current("Amina Haddad").row_links.values_list("row__state", flat=True))
    assert states >= {RowState.GONE}


def test_every_participant_has_a_row_that_holds(mistaken: Municipality) -> None:
    """Through a year of versions, each with somebody less, more, renamed or renumbered."""
    versions = [
        little.learning([AMINA, BOHDAN, CELINE]),
        little.learning([BOHDAN, CELINE], {BOHDAN: {"Navn": "Bogdan Kovalenko"}}),
        little.learning([AMINA, CELINE], {CELINE: {"Fødselsdato": date(1994, 2, 18)}}),
        little.learning([AMINA, BOHDAN], {AMINA: {"Visma-nr": "70000"}}),
        little.learning([AMINA, BOHDAN, CELINE], MISTAKEN),
    ]
    for number, content in enumerate(versions):
        take_in(mistaken, {f"skole {number}.xlsx": content})

        with_rows = Participant.objects.filter(
            row_links__row__state__in=[RowState.CURRENT, RowState.GONE]
        )
        left = Participant.objects.filter(absorbed_by=None).exclude(pk__in=with_rows)
        assert list(left) == []


# Protected addresses


@pytest.fixture
def hege(mistaken: Municipality) -> Actor:
    """Whoever is named in the mark of the mistaken Aminna."""
    user, hege = somebody(mistaken, Role.LEADER, "hege")
    set_protection(participant=current("Mina Saleh"), named=[user], reason="Trusler", by=hege)
    return hege


@pytest.fixture
def lars(mistaken: Municipality) -> Actor:
    """Somebody who is not named."""
    return somebody(mistaken, Role.PROGRAMME_ADVISER, "lars")[1]


def test_a_person_inherits_the_marks_of_the_second(
    mistaken: Municipality, hege: Actor, lars: Actor
) -> None:
    mina = current("Mina Saleh")
    assert names_of(visible_participants(lars)) == ["Amina Haddad", "Bohdan Kovalenko"]

    take_in(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})

    amina = current("Amina Haddad")
    assert amina.is_protected
    assert names_of(visible_participants(lars)) == ["Bohdan Kovalenko"]
    assert names_of(visible_participants(hege)) == ["Amina Haddad", "Bohdan Kovalenko"]
    mark = ProtectionMark.objects.get()
    assert (mark.participant, mark.reason, mark.lifted_at) == (amina, "Trusler", None)
    assert [staff.user_id for staff in mark.named_staff.all()] == [hege.user_id]
    event = AuditEvent.objects.get(action="inherit_protection")
    assert event.subject_id == amina.pk
    assert event.changes == {
        "absorbed": [str(mina.pk), None],
        "named_staff": [None, [str(hege.user_id)]],
    }
    assert hidden_people(hege) == set()
    assert hidden_people(lars) == {amina.pk}


def test_the_preview_hides_who_is_about_to_inherit(
    mistaken: Municipality, hege: Actor, lars: Actor
) -> None:
    by = operator(mistaken)
    batch = receive(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})
    preview_import(batch=batch, by=by)

    def seen(actor: Actor) -> tuple[list[str], dict[str, int]]:
        batch.refresh_from_db()
        assert batch.preview
        found = visible_preview(batch.preview, actor=actor)
        counts = {name: count for name, count in found.totals.items() if count}
        return [entry["name"] for entry in found.changed_people], counts

    before = {actor: seen(actor) for actor in (hege, lars)}
    apply_import(batch=batch, by=by)

    assert before[hege] == (["Amina Haddad"], {"changed": 1, "unchanged": 1})
    assert before[lars] == ([], {"unchanged": 1})
    assert {actor: seen(actor) for actor in (hege, lars)} == before


def test_a_mark_that_was_lifted_is_not_inherited(mistaken: Municipality, hege: Actor) -> None:
    mina = current("Mina Saleh")
    mina.marks.update(lifted_at="2026-05-01T12:00:00Z", lifted_by=hege.user_id)
    Participant.objects.filter(pk=mina.pk).update(is_protected=False)

    take_in(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})

    assert not current("Amina Haddad").is_protected
    assert ProtectionMark.objects.get().participant == mina


def test_a_name_corrected_in_the_own_list_opens_nothing(municipality: Municipality) -> None:
    """The protected person's own row comes to say what an open person's rows say."""
    lars = somebody(municipality, Role.PROGRAMME_ADVISER, "lars")[1]
    wrong = {AMINA: {"Etternavn": "Haddadi", "Fødselsdato": date(1979, 12, 1)}}
    take_in(municipality, {"skole.xlsx": little.learning([AMINA])})
    take_in(municipality, {"flyktning juni.xlsx": little.refugee([AMINA, BOHDAN], wrong)})
    Participant.objects.filter(name="Amina Haddadi").update(is_protected=True)

    take_in(municipality, {"flyktning juli.xlsx": little.refugee([AMINA, BOHDAN])})

    assert current("Amina Haddad").is_protected
    assert names_of(visible_participants(lars)) == ["Bohdan Kovalenko"]
