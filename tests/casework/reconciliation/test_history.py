"""The history of a person: by imports and by hand, with what was undone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.imports.models import CellEdit, ImportBatch, LinkDecision, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.history import Event, FieldChange, history_of
from innpass.casework.participants.queries import statements_about
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.joining import join_people, part_rows, rows_to_part
from innpass.casework.reconciliation.taking_back import take_back
from innpass.casework.reconciliation.undoing import undo_import
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.roles import Actor, Role
from innpass.domain.sheets.records import Owner
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN
from tests.casework.reconciliation.test_becoming_one import MISTAKEN, current, somebody

ALL = frozenset(FIELDS)


@pytest.fixture
def hege(municipality: Municipality) -> Actor:
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    return somebody(municipality, Role.PROGRAMME_ADVISER, "hege")[1]


def enter(field: str, value: Any, by: Actor, reason: str = "") -> None:
    (outcome,) = enter_values(
        [Wanted(current("Amina Haddad").pk, field, value)],
        municipality_id=by.municipality_id,
        by=by,
        way=Way.CELL,
        reason=reason,
    )
    assert outcome.code == "saved"


def history(field: str = "", readable: frozenset[str] = ALL) -> list[Event]:
    return history_of(current("Amina Haddad"), readable=readable, field=field)


def test_an_edit_tells_who_when_why_and_what_stood_before(hege: Actor) -> None:
    enter("programme.adviser", "Nina Ny", hege, "Hege har sluttet")

    edit, first = history()

    assert (edit.way, edit.by, edit.reason) == ("cell", "hege", "Hege har sluttet")
    assert edit.changes == (FieldChange("programme.adviser", "Hege Nygård", "Nina Ny"),)
    assert edit.undone_at is None
    assert (first.way, first.files) == ("import", ("flyktning.xlsx",))
    assert all(change.is_first for change in first.changes)


def test_an_edit_carried_to_a_newer_row_is_told_once(
    hege: Actor, municipality: Municipality
) -> None:
    enter("programme.adviser", "Nina Ny", hege)
    take_in(municipality, {"flyktning juli.xlsx": little.refugee([AMINA, BOHDAN])})

    assert [event.way for event in history()] == ["cell", "import"]


def test_what_was_taken_back_stays_and_says_so(hege: Actor, municipality: Municipality) -> None:
    enter("programme.adviser", "Nina Ny", hege)
    take_back(CellEdit.objects.get().act, municipality_id=municipality.pk, by=hege)

    edit, _ = history()

    assert edit.undone_by == "hege"
    assert edit.undone_at is not None


def test_an_undone_import_stays_with_who_and_why(hege: Actor, municipality: Municipality) -> None:
    later = {AMINA: {"Omfang (%)": 50}}
    take_in(municipality, {"flyktning juli.xlsx": little.refugee([AMINA, BOHDAN], later)})
    batch = ImportBatch.objects.latest("applied_at")
    undo_import(batch=batch, by=hege, reason="Feil fil")

    undone, first = history()

    assert undone.changes == (FieldChange("programme.extent_percent", "100", "50"),)
    assert (undone.undone_by, undone.undone_because) == ("hege", "Feil fil")
    assert first.undone_at is None


def test_one_field_alone_and_only_what_may_be_read(hege: Actor) -> None:
    enter("programme.adviser", "Nina Ny", hege)
    enter("next_step", "Ring", hege)

    assert [e.changes[0].after for e in history("programme.adviser")] == ["Nina Ny", "Hege Nygård"]
    assert history("next_step", ALL - {"next_step"}) == []
    shown = {c.field for e in history(readable=frozenset({"name"})) for c in e.changes}
    assert shown == {"name"}


def test_identity_numbers_are_dots(hege: Actor) -> None:
    enter("ids.fnr", "07857411735", hege)

    edit = history()[0]

    assert edit.changes == (FieldChange("ids.fnr", "", "•" * 11, is_first=True),)
    assert "07857411735" not in str(history())


def test_a_merge_and_a_split_are_told_of(hege: Actor, municipality: Municipality) -> None:
    take_in(municipality, {"skole juni.xlsx": little.learning([AMINA, BOHDAN], MISTAKEN)})
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    join_people(
        amina.pk,
        mina.pk,
        municipality_id=municipality.pk,
        by=hege,
        reason="Samme",
        is_sure=True,
    )

    joined = history()[0]
    assert (joined.way, joined.decisions, joined.reason) == ("join", ("same_as",), "Samme")
    assert history(readable=ALL - {"link.reasons"})[0].way == "import"
    take_back(LinkDecision.objects.all()[0].act, municipality_id=municipality.pk, by=hege)
    bohdan = current("Bohdan Kovalenko")
    rows = [r.id for r in rows_to_part(bohdan, actor=hege) if r.file.startswith("skole")]
    part_rows(bohdan.pk, rows, municipality_id=municipality.pk, by=hege, reason="To")

    assert history_of(bohdan, readable=ALL)[0].way == "part"
    assert history()[0].undone_at is not None


def test_somebody_gone_from_a_list_is_told_of(hege: Actor, municipality: Municipality) -> None:
    take_in(municipality, {"flyktning juli.xlsx": little.refugee([BOHDAN])})

    gone = history()[0]

    assert gone.files == ("flyktning juli.xlsx",)
    assert gone.changes[0].is_withdrawn


def test_more_history_takes_no_more_queries(hege: Actor, municipality: Municipality) -> None:
    def asked() -> int:
        person = current("Amina Haddad")
        with CaptureQueriesContext(connection) as caught:
            history_of(person, readable=ALL)
        return len(caught)

    enter("next_step", "Ring 0", hege)
    few = asked()
    for number in range(1, 5):
        enter("next_step", f"Ring {number}", hege)
        name = f"flyktning {number}.xlsx"
        take_in(municipality, {name: little.refugee([AMINA, BOHDAN])})

    assert asked() == few == 3


def test_statements_say_who_entered_a_value_by_hand(
    hege: Actor, municipality: Municipality
) -> None:
    enter("programme.adviser", "Nina Ny", hege)

    said = [
        each
        for each in statements_about(current("Amina Haddad"), readable=ALL)
        if each.field == "programme.adviser"
    ]

    assert [(each.owner, each.value, each.by, each.is_used) for each in said] == [
        (Owner.HAND, "Nina Ny", "hege", True),
        (Owner.REFUGEE, "Hege Nygård", "", False),
    ]
    assert operator(municipality).is_operator
