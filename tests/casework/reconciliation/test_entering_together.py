"""Values, corrections of rows and new periods are entered at once, and derived once."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.imports.entering import Act
from innpass.casework.imports.models import CellEdit, RowState, SourceRow, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import RowLink
from innpass.casework.participants.services import set_protection
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation import rewriting
from innpass.casework.reconciliation.entering import NUMBER_TAKEN, Wanted
from innpass.casework.reconciliation.entering_rows import RowOutdated
from innpass.casework.reconciliation.entering_together import Period, enter_together
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from innpass.domain.sheets.records import TableKind
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE
from tests.casework.reconciliation.test_becoming_one import somebody
from tests.casework.reconciliation.test_undoing import person

START = "programme.start"


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})


def row_of(number: str) -> UUID:
    links = RowLink.objects.filter(participant=person(number), row__kind=TableKind.PERSON)
    found: UUID = links.get(row__owner="refugee").row_id
    return found


def at(unit: str, number: str) -> Period:
    values = {"placement.kind": "municipal", "placement.unit": unit}
    return Period(person(number).pk, TableKind.PLACEMENT, values)


def together(municipality: Municipality, **wanted: Any) -> Any:
    by = wanted.pop("by", None) or operator(municipality)
    act = Act(municipality, by.user_id, Way.SHEET, "", uuid4())
    return enter_together(act=act, by=by, **wanted)


def test_all_of_it_is_one_act_and_holds(municipality: Municipality) -> None:
    (outcome,) = together(
        municipality,
        values=[Wanted(person(AMINA).pk, "programme.adviser", "Nora Vik")],
        rows={row_of(BOHDAN): {START: date(2026, 1, 12)}},
        periods=[at("Biblioteket", CELINE), at("Skolen", CELINE)],
    )

    assert outcome.code == "saved"
    assert Enrolment.objects.get(participant=person(AMINA)).adviser == "Nora Vik"
    assert Enrolment.objects.get(participant=person(BOHDAN)).first_day == date(2026, 1, 12)
    places = Placement.objects.filter(participant=person(CELINE))
    assert {str(each.employer) for each in places} == {"Biblioteket", "Skolen"}
    assert CellEdit.objects.values("act").distinct().count() == 1
    corrected = CellEdit.objects.get(field=START)
    assert (corrected.before, corrected.original["v"]) == ("2026-01-05", "2026-01-05")


def test_it_is_derived_once_and_asks_as_often_whatever_is_entered(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived = []
    before = rewriting.rewrite_people

    def counted(ids: Any, **values: Any) -> Any:
        derived.append(ids)
        return before(ids, **values)

    monkeypatch.setattr(rewriting, "rewrite_people", counted)
    asked = []
    for some, day in (([AMINA], 12), ([AMINA, BOHDAN, CELINE], 19)):
        wanted: dict[str, Any] = {
            "rows": {row_of(number): {START: date(2026, 1, day)} for number in some},
            "periods": [at(f"Enhet {day}", number) for number in some],
        }
        with CaptureQueriesContext(connection) as queries:
            together(municipality, **wanted)
        asked.append(len(queries))

    assert len(derived) == 2
    assert asked[1] <= asked[0] + 2  # whoever has no row by hand yet gets one


def test_a_row_that_holds_no_longer_stops_all(municipality: Municipality) -> None:
    row = row_of(BOHDAN)
    SourceRow.objects.filter(pk=row).update(state=RowState.REPLACED)

    with pytest.raises(RowOutdated):
        together(
            municipality,
            values=[Wanted(person(AMINA).pk, "programme.adviser", "Nora Vik")],
            rows={row: {START: date(2026, 1, 12)}},
        )

    assert not CellEdit.objects.exists()


def test_anothers_number_in_a_row_stops_all(municipality: Municipality) -> None:
    with pytest.raises(MayNot, match=NUMBER_TAKEN):
        together(municipality, rows={row_of(AMINA): {"ids.visma_refugee": BOHDAN}})

    assert not CellEdit.objects.exists()


@pytest.mark.parametrize("what", ["rows", "periods"])
def test_nobody_enters_about_whom_they_may_not_see(what: str, municipality: Municipality) -> None:
    user, hege = somebody(municipality, Role.LEADER, "hege")
    _, lars = somebody(municipality, Role.PROGRAMME_ADVISER, "lars")
    wanted: dict[str, Any] = {
        "rows": {row_of(AMINA): {START: date(2026, 1, 12)}},
        "periods": [at("Skolen", AMINA)],
    }
    set_protection(participant=person(AMINA), named=[user], reason="Trusler", by=hege)

    with pytest.raises(MayNot):
        together(municipality, by=lars, **{what: wanted[what]})

    assert not CellEdit.objects.exists()


def test_nobody_enters_what_they_may_not_write(municipality: Municipality) -> None:
    _, teacher = somebody(municipality, Role.TEACHER, "tove")

    with pytest.raises(MayNot, match="ikke lov"):
        together(municipality, by=teacher, rows={row_of(AMINA): {START: date(2026, 1, 12)}})
