"""What people enter by hand is one more source: it holds, stays, and can be taken back."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from innpass.casework.accounts.models import User
from innpass.casework.imports.edits import WITHDRAWN
from innpass.casework.imports.models import CellEdit, LinkDecision, Question, SourceRow, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import employ
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Element, Enrolment
from innpass.casework.reconciliation.entering import (
    Outcome,
    Wanted,
    add_person,
    enter_values,
    stamp,
)
from innpass.casework.reconciliation.entering_rows import add_detail, enter_in_row, withdraw
from innpass.casework.reconciliation.taking_back import CannotTakeBack, take_back
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from innpass.domain.sheets.records import TableKind, Value
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import TODAY, exported, take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview()})


def amina() -> Participant:
    found: Participant = Participant.objects.get(identifiers__plain=AMINA)
    return found


def enter(field: str, value: Any, *, seen: str | None = None) -> Outcome:
    person = amina()
    (outcome,) = enter_values(
        [Wanted(person.pk, field, value, seen)],
        municipality_id=person.municipality_id,
        by=operator(person.municipality),
        way=Way.CELL,
    )
    return outcome


def test_an_entered_value_holds_against_all_sheets_and_reaches_the_grid() -> None:
    assert enter("programme.supervisor", "Nora Vik").code == "saved"

    assert Enrolment.objects.get(participant=amina()).supervisor == "Nora Vik"
    assert OverviewRow.objects.get(participant=amina()).supervisor == "Nora Vik"


def test_an_import_that_repeats_the_old_value_overwrites_nothing(
    municipality: Municipality,
) -> None:
    enter("programme.supervisor", "Nora Vik")

    take_in(municipality, {"a juli.xlsx": little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    assert Enrolment.objects.get(participant=amina()).supervisor == "Nora Vik"
    assert Participant.objects.filter(absorbed_by=None).count() == 3


def test_nothing_else_changes(municipality: Municipality) -> None:
    before = exported(municipality)
    enter("programme.supervisor", "Nora Vik")

    take_back(
        CellEdit.objects.values_list("act", flat=True)[0],
        municipality_id=municipality.pk,
        by=operator(municipality),
    )

    assert exported(municipality) == before


def test_the_second_of_two_who_saw_the_same_is_told_what_stands_there() -> None:
    seen = stamp(Enrolment.objects.get(participant=amina()).planned_last_day)
    assert enter("programme.planned_end", date(2027, 2, 1), seen=seen).code == "saved"

    late = enter("programme.planned_end", date(2027, 3, 1), seen=seen)

    assert (late.code, late.value) == ("changed_meanwhile", date(2027, 2, 1))
    assert late.at is not None
    assert Enrolment.objects.get(participant=amina()).planned_last_day == date(2027, 2, 1)


def test_a_value_that_stands_there_already_is_no_edit() -> None:
    assert enter("programme.supervisor", "Lars Ødegård").code == "same"
    assert not CellEdit.objects.exists()


def test_a_value_can_be_cleared() -> None:
    assert enter("programme.supervisor", None).code == "saved"

    assert Enrolment.objects.get(participant=amina()).supervisor == ""


def test_a_corrected_name_is_one_name_with_its_parts(municipality: Municipality) -> None:
    enter("name", "Aminah Haddad")

    person = amina()
    assert (person.name, person.family_name) == ("Aminah Haddad", "Haddad")
    take_in(municipality, {"nav.xlsx": little.nav()})
    assert Participant.objects.filter(absorbed_by=None).count() == 3


def test_a_number_of_somebody_else_is_refused() -> None:
    outcome = enter("ids.visma_refugee", BOHDAN)

    assert (outcome.code, outcome.sentence) == (
        "refused",
        "Nummeret står allerede på en annen deltaker.",
    )


def test_an_entered_identity_number_is_sealed_and_opens() -> None:
    assert enter("ids.fnr", "07857411735").code == "saved"

    edit = CellEdit.objects.get(field="ids.fnr")
    assert edit.sealed == "07857411735"
    assert "07857411735" not in str(edit.value)
    assert amina().identifiers.get(kind="fnr").sealed == "07857411735"


def test_a_new_person_is_found_again_in_the_next_list(municipality: Municipality) -> None:
    add_person(
        {"name": "Daria Savenko", "birth_date": date(2000, 8, 30)},
        municipality_id=municipality.pk,
        by=operator(municipality),
    )
    assert Participant.objects.filter(absorbed_by=None).count() == 4

    take_in(
        municipality, {"a juli.xlsx": little.refugee([AMINA, BOHDAN, little.CELINE, little.DARIA])}
    )

    daria = Participant.objects.get(name="Daria Savenko", absorbed_by=None)
    assert daria.identifiers.get(kind="visma_refugee").plain == little.DARIA
    assert daria.row_links.count() == 3  # by hand, her row in the list, her hours


def test_a_placement_by_hand_comes_goes_and_changes(municipality: Municipality) -> None:
    by = operator(municipality)
    row = add_detail(
        amina(),
        TableKind.PLACEMENT,
        {
            "placement.kind": "municipal",
            "placement.unit": "Solbakken barnehage",
            "placement.first_day": date(2026, 3, 2),
            "placement.last_day": date(2026, 5, 29),
        },
        by=by,
    )
    stored = Placement.objects.get(participant=amina(), employer__name="Solbakken barnehage")
    assert stored.row_id == row

    assert enter_in_row(row, {"placement.last_day": date(2026, 6, 30)}, by=by) == {}
    stored = Placement.objects.get(participant=amina(), employer__name="Solbakken barnehage")
    assert stored.last_day == date(2026, 6, 30)

    withdraw(row, by=by, reason="Ført på feil person")
    assert not Placement.objects.filter(employer__name="Solbakken barnehage").exists()


def test_a_correction_of_an_imported_row_goes_on_in_the_next_version(
    municipality: Municipality,
) -> None:
    row = SourceRow.objects.get(kind=TableKind.ACTIVITY, link__participant=amina())
    enter_in_row(row.pk, {"activity.hours_per_week": 20.0}, by=operator(municipality))

    take_in(municipality, {"a juli.xlsx": little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    (element,) = Element.objects.filter(participant=amina())
    assert element.hours_per_week == 20
    assert element.row_id != row.pk


def test_a_correction_gives_way_to_a_new_value_in_the_next_version(
    municipality: Municipality,
) -> None:
    row = SourceRow.objects.get(kind=TableKind.PERSON, link__participant=amina(), owner="refugee")
    enter_in_row(row.pk, {"programme.extent_percent": 80}, by=operator(municipality))
    assert Enrolment.objects.get(participant=amina()).extent_percent == 80

    take_in(municipality, {"a juli.xlsx": little.refugee(changes={AMINA: {"Omfang (%)": 50}})})

    assert Enrolment.objects.get(participant=amina()).extent_percent == 50


def test_a_correction_seen_otherwise_is_not_saved(municipality: Municipality) -> None:
    by = operator(municipality)
    row = SourceRow.objects.get(kind=TableKind.ACTIVITY, link__participant=amina())
    name = "activity.hours_per_week"
    enter_in_row(row.pk, {name: 20.0}, by=by)

    assert enter_in_row(row.pk, {name: 22.0}, by=by, seen={name: stamp(16.0)}) == {name: 20.0}
    assert Element.objects.get(participant=amina()).hours_per_week == 20


def test_what_was_changed_since_is_not_taken_back(municipality: Municipality) -> None:
    enter("programme.supervisor", "Nora Vik")
    first = CellEdit.objects.get().act
    enter("programme.supervisor", "Odd Berg")

    with pytest.raises(CannotTakeBack, match="senere"):
        take_back(first, municipality_id=municipality.pk, by=operator(municipality))
    assert not CellEdit.objects.exclude(undone_at=None).exists()


def test_a_withdrawn_imported_row_stays_withdrawn(municipality: Municipality) -> None:
    row = SourceRow.objects.get(kind=TableKind.ACTIVITY, link__participant=amina())
    withdraw(row.pk, by=operator(municipality), reason="Skjedde aldri")
    assert CellEdit.objects.get().field == WITHDRAWN
    assert not Element.objects.filter(participant=amina()).exists()

    take_in(municipality, {"a juli.xlsx": little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    assert not Element.objects.filter(participant=amina()).exists()


def test_whoever_enters_may_name_the_act(municipality: Municipality) -> None:
    by, act = operator(municipality), uuid4()
    add_detail(amina(), TableKind.TEST, {"test.date": date(2026, 5, 4)}, by=by, act_id=act)

    assert {edit.act for edit in CellEdit.objects.all()} == {act}


def test_a_new_person_who_is_another_than_the_one_alike_is_not_asked_about(
    municipality: Municipality,
) -> None:
    known = SourceRow.objects.get(kind=TableKind.PERSON, link__participant=amina(), owner="refugee")

    add_person(
        {"name": "Amina Haddad"},
        municipality_id=municipality.pk,
        by=operator(municipality),
        unlike=[known.pk],
    )

    decision = LinkDecision.objects.get()
    assert (decision.kind, decision.other_id) == ("not_same", known.pk)
    assert Participant.objects.filter(absorbed_by=None).count() == 4
    assert not Question.objects.filter(closed_at=None, kind="maybe_same_person").exists()


def test_nobody_takes_back_what_is_about_somebody_they_may_not_see(
    municipality: Municipality,
) -> None:
    enter("programme.supervisor", "Nora Vik")
    Participant.objects.filter(pk=amina().pk).update(is_protected=True)
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

    with pytest.raises(MayNot, match="ingen deltaker"):
        take_back(CellEdit.objects.get().act, municipality_id=municipality.pk, by=found[0])

    assert Enrolment.objects.get(participant=amina()).supervisor == "Nora Vik"


def test_hours_of_a_placement_by_hand_count_beside_a_schedule_that_knows_of_none(
    municipality: Municipality,
) -> None:
    by = operator(municipality)
    schedule = SourceRow.objects.get(kind=TableKind.ACTIVITY, link__participant=amina())
    enter_in_row(schedule.pk, {"activity.last_day": date(2026, 3, 31)}, by=by)

    for first, hours in ((date(2026, 3, 2), 20.0), (date(2026, 6, 1), 15.5)):
        values: dict[str, Value] = {
            "placement.kind": "private",
            "placement.unit": f"Rema {first:%m}",
            "placement.first_day": first,
            "placement.hours_per_week": hours,
        }
        if first.month == 3:
            values["placement.last_day"] = date(2026, 3, 20)
        add_detail(amina(), TableKind.PLACEMENT, values, by=by)

    found = Element.objects.filter(participant=amina()).order_by("first_day")
    assert list(found.values_list("first_day", "last_day", "hours_per_week")) == [
        (date(2026, 2, 2), date(2026, 3, 31), 16),  # the schedule, which knew of March
        (date(2026, 6, 1), None, 15.5),
    ]


def test_the_last_contact_was_not_in_the_future() -> None:
    outcome = enter("last_contact", date(2062, 6, 1))

    assert outcome.code == "refused"
    assert "fram i tid" in outcome.sentence


@pytest.mark.parametrize("order", ["down", "up"])
def test_the_last_word_holds_where_two_rows_have_one_successor(
    order: str, municipality: Municipality
) -> None:
    """Two rows about Amina become one in the next version; each was corrected, twice over."""
    by = operator(municipality)
    take_in(
        municipality,
        {"liste 2026-05.xlsx": little.refugee([AMINA, AMINA, BOHDAN, little.CELINE])},
    )
    rows = SourceRow.objects.filter(
        link__participant=amina(), kind=TableKind.PERSON, owner="refugee", state="current"
    )
    one, two = rows.order_by("number").values_list("pk", flat=True)
    first, last = (one, two) if order == "down" else (two, one)
    for row, name in ((first, "Først"), (last, "Sist")):
        enter_in_row(row, {"programme.supervisor": name}, by=by)

    take_in(
        municipality,
        {"liste 2026-06.xlsx": little.refugee([AMINA, BOHDAN, little.CELINE])},
    )

    assert Enrolment.objects.get(participant=amina()).supervisor == "Sist"
