"""Rows added to a sheet become persons of their own, whatever they were copied from."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.round_trip.comparing import COPIED
from innpass.casework.round_trip.queries import Returned
from innpass.casework.round_trip.services import apply_returned
from innpass.domain.access.roles import Actor, Role
from tests.casework.reconciliation import little
from tests.casework.round_trip.editing import Cells, edit, find
from tests.casework.round_trip.test_round_trip import (
    AMINA,
    BOHDAN,
    as_role,
    come_back,
    export,
    little_user,
    on_sheet,
    take_in_all,
)


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in_all(municipality)


def added(municipality: Municipality, change: Any, *, by: Actor | None = None) -> Returned:
    def on_rows(rows: Cells) -> None:
        rows.append(change(rows))

    return come_back(municipality, edit(export(municipality, by=by), on_sheet(on_rows)))


def copied(rows: Cells, **cells: Any) -> list[Any]:
    row = list(rows[find(rows, BOHDAN, "Navn")[0]])
    for heading, value in cells.items():
        row[find(rows, BOHDAN, heading.replace("_", " "))[1]] = value
    return row


def links() -> set[tuple[Any, ...]]:
    return set(RowLink.objects.filter(row__state="current").values_list("row", "participant"))


def test_a_copied_row_takes_nothing_from_whom_it_was_copied(municipality: Municipality) -> None:
    by, before = operator(municipality), links()
    returned = added(municipality, lambda rows: copied(rows, Navn="Ny Deltaker"))
    (new,) = returned.comparison(by).new_rows

    applied = apply_returned(returned, by=by, new_people=[new.id])

    assert applied.new_people == 1
    assert before <= links()
    assert Participant.objects.get(identifiers__plain=little.BOHDAN).name == BOHDAN
    person = Participant.objects.get(name="Ny Deltaker", absorbed_by=None)
    assert (person.birth_date, person.identifiers.count()) == (None, 0)
    said = [each.sentence for each in returned.comparison(by).unread]
    assert said == [COPIED, COPIED]


def test_a_number_of_somebody_hidden_is_left_out_and_she_stays(municipality: Municipality) -> None:
    Participant.objects.filter(name=AMINA).update(is_protected=True)
    by = replace(
        as_role(municipality, Role.PROGRAMME_ADVISER, "refugee"), user_id=little_user(municipality)
    )
    returned = added(
        municipality,
        lambda rows: copied(
            rows, Navn="Ny Deltaker", Født=date(1990, 5, 4), Visma_flyktning=little.AMINA
        ),
        by=by,
    )
    found = returned.comparison(by)
    before = links()

    apply_returned(returned, by=by, new_people=[each.id for each in found.new_rows])

    assert [each.sentence.startswith("Nummeret kan ikke brukes") for each in found.unread] == [True]
    assert before <= links()
    assert Participant.objects.get(identifiers__plain=little.AMINA).name == AMINA


def test_whoever_is_spelt_otherwise_is_shown_as_alike(municipality: Municipality) -> None:
    def change(rows: Cells) -> list[Any]:
        return copied(rows, Navn="Bogdan Kovalenko", Født=date(1985, 11, 23))[:2]

    (new,) = added(municipality, change).comparison(operator(municipality)).new_rows

    assert [person.name for person in new.alike] == [BOHDAN]
