"""A human settles what sources disagree about; it is kept, read again, and can be reopened."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import CellEdit, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Disagreement, Participant, RowLink
from innpass.casework.participants.services import set_protection
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.disagreements import (
    Dispute,
    count_by_owner,
    decided,
    find_dispute,
    open_about,
    page_of,
)
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.settling import (
    CannotTakeBack,
    NothingToSettle,
    SomethingNew,
    reopen,
    settle,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.sheets.records import Owner
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import Table, take_in, workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN

END = "programme.planned_end"
OURS, THEIRS, LATER = date(2027, 1, 4), date(2027, 3, 1), date(2027, 6, 30)
R, S, H = Owner.REFUGEE, Owner.OVERVIEW, Owner.HAND
BODIES = (Owner.REFUGEE, Owner.NAV, Owner.LEARNING)


def overview(ends: date) -> bytes:
    return little.overview(changes={AMINA: {"Planlagt slutt": ends}})


@pytest.fixture
def disputed(municipality: Municipality) -> Municipality:
    """The shared sheet has another planned end of Amina's programme than the department."""
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": overview(THEIRS)})
    return municipality


@pytest.fixture
def decide(municipality: Municipality) -> Callable[..., None]:
    def settled(value: Any, *, reason: str = "Ringte flyktningtjenesten") -> None:
        found = Disagreement.objects.get(is_settled=False)
        settle(
            found.pk,
            value,
            seen=found.version,
            municipality_id=municipality.pk,
            by=operator(municipality),
            reason=reason,
        )

    return settled


def only(municipality: Municipality) -> Dispute:
    (found,) = page_of(operator(municipality), owners=BODIES, start=0, size=10)
    return found


def planned_end() -> date | None:
    found = Enrolment.objects.get(participant__name="Amina Haddad")
    return found.planned_last_day


# What is told


def test_each_value_is_told_with_its_place_and_the_owners_is_proposed(
    disputed: Municipality,
) -> None:
    found = only(disputed)

    ours, theirs = found.stands
    assert (ours.value, ours.holds, ours.is_proposed) == (OURS, True, True)
    assert (theirs.value, theirs.holds, theirs.is_proposed) == (THEIRS, False, False)
    (source,) = theirs.sources
    assert (source.owner, source.file, source.sheet, source.cell) == (S, "o.xlsx", "2026", "E2")
    assert (found.owner, found.proposal and found.proposal.code) == (R, "owner_said")


def test_those_who_say_the_same_stand_together(disputed: Municipality) -> None:
    same = workbook(
        ("Frister", [{"Visma flyktning": AMINA, "Navn": "Amina Haddad", "Planlagt slutt": THEIRS}])
    )
    take_in(disputed, {"frister.xlsx": same})

    found = only(disputed)
    assert [(s.value, len(s.sources)) for s in found.stands] == [(OURS, 1), (THEIRS, 2)]
    assert found.stands[1].is_proposed  # the owner's own newer list says so


def test_the_count_is_by_whose_field_it_is(disputed: Municipality) -> None:
    assert count_by_owner(operator(disputed)) == {R: 1}


def test_different_names_are_a_disagreement_and_spellings_are_none(
    municipality: Municipality,
) -> None:
    names = {AMINA: {"Navn": "Amina Hadad"}, BOHDAN: {"Navn": "Bohdan Savchenko"}}
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview(changes=names)})

    found = only(municipality)
    assert (found.field, found.name) == ("name", "Bohdan Kovalenko")
    assert [stand.value for stand in found.stands] == ["Bohdan Kovalenko", "Bohdan Savchenko"]


def test_a_decision_about_a_name_settles_it(
    municipality: Municipality, decide: Callable[..., None]
) -> None:
    take_in(
        municipality,
        {
            "a.xlsx": little.refugee(),
            "o.xlsx": little.overview(changes={BOHDAN: {"Navn": "Bohdan Savchenko"}}),
        },
    )

    decide("Bohdan Savchenko")

    assert Participant.objects.filter(name="Bohdan Savchenko").exists()
    assert count_by_owner(operator(municipality)) == {}
    (said,) = decided(operator(municipality), start=0, size=10)
    assert said.field == "name"


# Deciding


@pytest.mark.parametrize("value", [OURS, THEIRS, date(2027, 2, 1)])
def test_one_keeps_what_holds_or_takes_the_other_or_enters_a_third(
    value: date, disputed: Municipality, decide: Callable[..., None]
) -> None:
    decide(value)

    assert planned_end() == value
    assert Disagreement.objects.get().is_settled
    (said,) = decided(operator(disputed), start=0, size=10)
    assert (said.field, said.value, said.reason) == (END, value, "Ringte flyktningtjenesten")
    assert {other for _, other in said.others} == {OURS, THEIRS} - {value}


def test_an_import_that_repeats_the_old_value_reopens_nothing(
    disputed: Municipality, decide: Callable[..., None]
) -> None:
    decide(THEIRS)

    take_in(disputed, {"a juli.xlsx": little.refugee(changes={BOHDAN: {"Omfang (%)": 50}})})

    assert count_by_owner(operator(disputed)) == {}
    assert len(decided(operator(disputed), start=0, size=10)) == 1


def test_a_new_value_opens_it_again_and_is_marked_as_new(
    disputed: Municipality, decide: Callable[..., None]
) -> None:
    decide(THEIRS)

    late = {AMINA: {"Planlagt slutt": LATER}}
    take_in(disputed, {"a juli.xlsx": little.refugee(changes=late)})

    found = only(disputed)
    told = [(s.value, s.sources[0].owner, s.holds, s.is_new) for s in found.stands]
    assert told[0] == (THEIRS, H, True, False)
    assert (LATER, R, False, True) in told
    assert found.stands[0].sources[0].reason == "Ringte flyktningtjenesten"
    assert planned_end() == THEIRS
    assert decided(operator(disputed), start=0, size=10) == []


def test_a_decision_can_be_reopened_and_what_held_holds_again(
    disputed: Municipality, decide: Callable[..., None]
) -> None:
    decide(THEIRS)
    (said,) = decided(operator(disputed), start=0, size=10)

    reopen(said.act, municipality_id=disputed.pk, by=operator(disputed))

    assert planned_end() == OURS
    assert count_by_owner(operator(disputed)) == {R: 1}
    assert decided(operator(disputed), start=0, size=10) == []
    with pytest.raises(CannotTakeBack):
        reopen(said.act, municipality_id=disputed.pk, by=operator(disputed))


def test_what_was_entered_anew_is_no_decision_any_more(
    disputed: Municipality, decide: Callable[..., None]
) -> None:
    decide(THEIRS)
    person = Participant.objects.get(name="Amina Haddad").pk

    enter_values(
        [Wanted(person, END, LATER)],
        municipality_id=disputed.pk,
        by=operator(disputed),
        way=Way.CELL,
    )

    assert decided(operator(disputed), start=0, size=10) == []


def test_who_decides_on_what_has_changed_meanwhile_is_told(disputed: Municipality) -> None:
    found = Disagreement.objects.get()
    take_in(disputed, {"o juli.xlsx": overview(LATER)})

    with pytest.raises(SomethingNew):
        settle(
            found.pk,
            THEIRS,
            seen=found.version,
            municipality_id=disputed.pk,
            by=operator(disputed),
            reason="x",
        )
    assert not CellEdit.objects.exists()


def test_what_is_settled_already_cannot_be_settled_again(
    disputed: Municipality, decide: Callable[..., None]
) -> None:
    found = Disagreement.objects.get()
    decide(OURS)

    with pytest.raises(NothingToSettle):
        settle(
            found.pk,
            THEIRS,
            seen=found.version,
            municipality_id=disputed.pk,
            by=operator(disputed),
            reason="x",
        )


# A practice period


def placed(table: Table) -> bytes:
    return workbook(little.refugee_people(), table)


def practice(until: date = date(2026, 5, 29)) -> Table:
    return "Praksis", [
        {
            "Visma-nr": AMINA,
            "Navn": "Amina Haddad",
            "Type": "Kommunal",
            "Enhet/bedrift": "Solbakken barnehage",
            "Fra": date(2026, 3, 2),
            "Til": until,
        }
    ]


def sheet(until: date) -> bytes:
    practice = {
        "Kommunal praksis: enhet": "Solbakken barnehage",
        "Kommunal praksis: start": date(2026, 3, 2),
        "Kommunal praksis: slutt": until,
    }
    return little.overview(changes={AMINA: practice})


@pytest.fixture
def placed_twice(municipality: Municipality) -> Municipality:
    """The shared sheet has the practice end some days later than the department."""
    take_in(municipality, {"a.xlsx": placed(practice()), "o.xlsx": sheet(date(2026, 6, 5))})
    assert Disagreement.objects.get().field == "placement.last_day"
    return municipality


def last_day() -> date | None:
    found = Placement.objects.get()
    return found.last_day


def test_a_period_is_settled_with_the_value_that_holds_and_stays_so(
    placed_twice: Municipality, decide: Callable[..., None]
) -> None:
    decide(date(2026, 5, 29))

    assert Disagreement.objects.get().is_settled
    edit = CellEdit.objects.get()
    assert edit.set_aside == [{"owner": "overview", "value": "2026-06-05"}]
    take_in(placed_twice, {"o juli.xlsx": sheet(date(2026, 6, 5))})
    assert Disagreement.objects.get().is_settled


def test_a_period_takes_the_others_value_and_it_can_be_reopened(
    placed_twice: Municipality, decide: Callable[..., None]
) -> None:
    decide(date(2026, 6, 5))

    assert last_day() == date(2026, 6, 5)
    assert count_by_owner(operator(placed_twice)) == {}
    (said,) = decided(operator(placed_twice), start=0, size=10)
    assert (said.field, said.value) == ("placement.last_day", date(2026, 6, 5))

    reopen(said.act, municipality_id=placed_twice.pk, by=operator(placed_twice))
    assert last_day() == date(2026, 5, 29)
    assert count_by_owner(operator(placed_twice)) == {R: 1}


def test_a_new_end_of_a_settled_period_opens_it_again(
    placed_twice: Municipality, decide: Callable[..., None]
) -> None:
    decide(date(2026, 5, 29))

    take_in(placed_twice, {"o juli.xlsx": sheet(date(2026, 6, 12))})

    found = only(placed_twice)
    assert [(s.value, s.holds, s.is_new) for s in found.stands] == [
        (date(2026, 5, 29), True, False),
        (date(2026, 6, 12), False, True),
    ]
    assert found.stands[0].sources[0].owner is H


# Who may


def actor(municipality: Municipality, role: Role, body: str) -> Actor:
    user = User.objects.create_user(role.value, full_name=f"Ansatt {role.value}")
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        municipality_id=municipality.pk,
        body=body,
        roles=frozenset({role}),
    )


def test_who_may_not_write_the_field_sees_it_and_cannot_decide(disputed: Municipality) -> None:
    teacher = actor(disputed, Role.TEACHER, "learning")
    (found,) = page_of(teacher, owners=BODIES, start=0, size=10)

    assert not found.may_decide
    with pytest.raises(MayNot, match="programrådgiver"):
        settle(
            found.id,
            OURS,
            seen=found.version,
            municipality_id=disputed.pk,
            by=teacher,
            reason="x",
        )


def test_a_field_that_may_not_be_read_is_not_told(disputed: Municipality) -> None:
    Disagreement.objects.update(field="programme.protection")

    assert count_by_owner(actor(disputed, Role.NAV_ADVISER, "nav")) == {R: 1}
    assert count_by_owner(actor(disputed, Role.TEACHER, "learning")) == {}


def test_a_protected_person_is_in_no_list_and_no_count(
    disputed: Municipality, decide: Callable[..., None]
) -> None:
    adviser = actor(disputed, Role.PROGRAMME_ADVISER, "refugee")
    other = actor(disputed, Role.NAV_ADVISER, "nav")
    amina = Participant.objects.get(name="Amina Haddad")
    set_protection(
        participant=amina,
        named=[User.objects.get(username=Role.PROGRAMME_ADVISER.value)],
        reason="x",
        by=adviser,
    )
    pk: UUID = Disagreement.objects.get().pk

    assert count_by_owner(adviser) == {R: 1}
    assert count_by_owner(other) == {}
    assert find_dispute(pk, actor=other) is None
    assert open_about(amina.pk, actor=other) == []
    decide(OURS)
    assert len(decided(adviser, start=0, size=10)) == 1
    assert decided(other, start=0, size=10) == []


def test_the_number_of_queries_is_the_same_for_one_and_for_many(disputed: Municipality) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(operator(disputed), owners=BODIES, start=0, size=10)
        return len(asked)

    one = queries()
    more = {
        number: {"Planlagt slutt": THEIRS, "Start": date(2026, 2, 2)}
        for number in (little.AMINA, little.BOHDAN, little.CELINE)
    }
    take_in(disputed, {"o juli.xlsx": little.overview(changes=more)})

    assert count_by_owner(operator(disputed)) == {R: 6}
    assert queries() == one


def test_a_decision_at_a_row_that_is_about_nobody_any_more_is_not_listed(
    placed_twice: Municipality, decide: Callable[..., None]
) -> None:
    """As when the import that had the row is undone."""
    decide(date(2026, 6, 5))
    RowLink.objects.filter(row=CellEdit.objects.get().row).delete()

    assert decided(operator(placed_twice), start=0, size=10) == []
