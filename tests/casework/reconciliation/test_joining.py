"""Two participants are said to be one, and one to be two; and it is taken back."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.imports.entering import Act, store_decision
from innpass.casework.imports.models import CellEdit, LinkDecision, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Identifier, Participant, ProtectionMark
from innpass.casework.participants.queries import visible_participants
from innpass.casework.participants.services import set_protection
from innpass.casework.plans.queries import versions_of
from innpass.casework.programme.models import Enrolment, PlannedHours
from innpass.casework.programme.queries import facts_of
from innpass.casework.reconciliation.deciding import NOT_SAME
from innpass.casework.reconciliation.entering import Wanted, add_person, enter_values
from innpass.casework.reconciliation.joining import (
    CannotDecide,
    join_people,
    part_rows,
    rows_to_part,
)
from innpass.casework.reconciliation.taking_back import CannotTakeBack, take_back
from innpass.casework.timetable.models import Availability
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.sheets.records import TableKind
from tests.casework.plans.plan import agreed
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import exported, take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE
from tests.casework.reconciliation.test_becoming_one import MISTAKEN, current, names_of, somebody
from tests.factories.weeks import timetable_of


def enter(person: Participant, field: str, value: Any) -> None:
    (outcome,) = enter_values(
        [Wanted(person.pk, field, value)],
        municipality_id=person.municipality_id,
        by=operator(person.municipality),
        way=Way.CELL,
    )
    assert outcome.code == "saved"


def join(one: Participant, other: Participant, by: Actor | None = None) -> Participant:
    return join_people(
        one.pk,
        other.pk,
        municipality_id=one.municipality_id,
        by=by or operator(one.municipality),
        reason="Samme ansikt",
        is_sure=True,
    )


def undo(act: Any, municipality: Municipality) -> None:
    take_back(act, municipality_id=municipality.pk, by=operator(municipality), reason="Feil")


def latest_act() -> Any:
    return LinkDecision.objects.latest("said_at").act


@pytest.fixture
def mistaken(municipality: Municipality) -> Municipality:
    """Amina as the refugee department knows her, and a mistaken Mina at the learning centre."""
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    take_in(municipality, {"skole juni.xlsx": little.learning([AMINA, BOHDAN], MISTAKEN)})
    return municipality


# Two are one


def test_two_are_one_with_what_both_had(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")

    assert join(mina, amina) == amina

    mina.refresh_from_db()
    assert mina.absorbed_by == amina
    assert names_of(visible_participants(operator(mistaken))) == [
        *("Amina Haddad", "Bohdan Kovalenko")
    ]
    kinds = set(amina.identifiers.values_list("kind", flat=True))
    assert kinds == {"visma_refugee", "visma_learning"}
    assert OverviewRow.objects.count() == 2


def test_two_are_two_again_when_it_is_taken_back(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    enter(mina, "next_step", "Ring Mina")
    enter(amina, "remark", "Ring Amina")
    before = exported(mistaken)
    join(amina, mina)
    assert Enrolment.objects.get(participant=amina).next_step == "Ring Mina"

    undo(latest_act(), mistaken)

    assert exported(mistaken) == before
    assert current("Mina Saleh") == mina
    assert Enrolment.objects.get(participant=mina).next_step == "Ring Mina"


def test_a_newer_list_leaves_them_one_and_they_can_still_be_parted(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    enter(mina, "next_step", "Ring Mina")
    join(amina, mina)

    take_in(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN], MISTAKEN)})

    assert Participant.objects.filter(absorbed_by=None).count() == 2
    undo(LinkDecision.objects.filter(way=Way.JOIN).latest("said_at").act, mistaken)
    assert current("Mina Saleh") == mina
    assert current("Amina Haddad") == amina
    assert Enrolment.objects.get(participant=mina).next_step == "Ring Mina"


def test_somebody_entered_by_hand_turns_out_to_be_known(mistaken: Municipality) -> None:
    by_hand = add_person(
        {"name": "Amina Hadad", "birth_date": date(1990, 4, 5), "next_step": "Ring"},
        municipality_id=mistaken.pk,
        by=operator(mistaken),
    )
    before = exported(mistaken)
    amina = current("Amina Haddad")
    assert amina.row_links.exists()

    assert join(amina, by_hand) == amina
    assert Enrolment.objects.get(participant=amina).next_step == "Ring"

    undo(latest_act(), mistaken)
    assert exported(mistaken) == before


def test_two_entered_by_hand_are_one(municipality: Municipality) -> None:
    one, other = (
        add_person(
            {"name": name, "birth_date": date(1990, 4, 5)},
            municipality_id=municipality.pk,
            by=operator(municipality),
        )
        for name in ("Amina Hadad", "Anna Berg")
    )

    join(one, other)

    assert Participant.objects.filter(absorbed_by=None).count() == 1
    undo(latest_act(), municipality)
    assert names_of(Participant.objects.filter(absorbed_by=None)) == ["Amina Hadad", "Anna Berg"]


def test_nobody_is_joined_with_somebody_hidden_or_without_the_right(
    mistaken: Municipality,
) -> None:
    user, hege = somebody(mistaken, Role.LEADER, "hege")
    _, lars = somebody(mistaken, Role.PROGRAMME_ADVISER, "lars")
    _, teacher = somebody(mistaken, Role.TEACHER, "tea")
    amina, mina = current("Amina Haddad"), current("Mina Saleh")

    with pytest.raises(MayNot, match="løse opp en kobling"):
        join(amina, mina, teacher)
    set_protection(participant=mina, named=[user], reason="Trusler", by=hege)
    with pytest.raises(MayNot, match="Vi fant ingen deltaker"):
        join(amina, mina, lars)
    with pytest.raises(CannotDecide, match="samme deltaker"):
        join(amina, amina, lars)
    assert not LinkDecision.objects.exists()


def test_one_who_is_protected_stays_so_also_when_they_are_parted(mistaken: Municipality) -> None:
    user, hege = somebody(mistaken, Role.LEADER, "hege")
    _, lars = somebody(mistaken, Role.PROGRAMME_ADVISER, "lars")
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    set_protection(participant=mina, named=[user], reason="Trusler", by=hege)

    join(amina, mina)
    assert names_of(visible_participants(lars)) == ["Bohdan Kovalenko"]

    undo(latest_act(), mistaken)

    assert names_of(visible_participants(lars)) == ["Bohdan Kovalenko"]
    assert names_of(visible_participants(hege)) == [
        *("Amina Haddad", "Bohdan Kovalenko", "Mina Saleh")
    ]
    marks = ProtectionMark.objects.filter(lifted_at=None)
    assert {mark.participant for mark in marks} == {amina, mina}


# A person entered by hand is taken back


def test_somebody_entered_by_mistake_is_nobody_again(mistaken: Municipality) -> None:
    before = exported(mistaken)
    daria = add_person(
        {"name": "Daria Savenko", "birth_date": date(2000, 8, 30)},
        municipality_id=mistaken.pk,
        by=operator(mistaken),
    )

    undo(CellEdit.objects.latest("said_at").act, mistaken)

    assert exported(mistaken) == before
    assert not Participant.objects.filter(pk=daria.pk).exists()


def test_somebody_of_whom_more_was_entered_stays(mistaken: Municipality) -> None:
    daria = add_person(
        {"name": "Daria Savenko", "birth_date": date(2000, 8, 30)},
        municipality_id=mistaken.pk,
        by=operator(mistaken),
    )
    first = CellEdit.objects.latest("said_at").act
    enter(daria, "next_step", "Ring")

    with pytest.raises(CannotTakeBack, match="ført mer om personen"):
        undo(first, mistaken)

    assert current("Daria Savenko") == daria


def test_an_edit_can_be_made_again_after_it_was_taken_back(mistaken: Municipality) -> None:
    amina = current("Amina Haddad")
    enter(amina, "next_step", "Ring")
    undo(CellEdit.objects.latest("said_at").act, mistaken)
    assert Enrolment.objects.get(participant=amina).next_step == ""

    enter(amina, "next_step", "Ring igjen")

    assert Enrolment.objects.get(participant=amina).next_step == "Ring igjen"


# One is two


@pytest.fixture
def one(municipality: Municipality) -> Participant:
    """Amina, in whose rows somebody else's of the same name and day stand."""
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    take_in(municipality, {"nav.xlsx": little.nav([AMINA, BOHDAN])})
    take_in(municipality, {"skole.xlsx": little.learning([AMINA, BOHDAN])})
    return current("Amina Haddad")


def part(person: Participant, *files: str, by: Actor | None = None, **whose: Any) -> Participant:
    actor = by or operator(person.municipality)
    rows = [row.id for row in rows_to_part(person, actor=actor) if row.file in files]
    return part_rows(
        person.pk,
        rows,
        municipality_id=person.municipality_id,
        by=actor,
        reason="To med samme navn",
        goes_along={name.replace("__", "."): goes for name, goes in whose.items()},
    )


def numbers(person: Participant) -> dict[str, str]:
    return dict(Identifier.objects.filter(participant=person).values_list("kind", "plain"))


def test_rows_that_leave_are_about_somebody_new(one: Participant) -> None:
    enter(one, "next_step", "Ring")

    other = part(one, "skole.xlsx")

    assert numbers(one) == {"visma_refugee": AMINA, "socio": f"9{AMINA}"}
    assert numbers(other) == {"visma_learning": f"7{AMINA}"}
    assert other.name == one.name
    assert Enrolment.objects.get(participant=one).next_step == "Ring"
    assert Participant.objects.filter(absorbed_by=None).count() == 3


def test_the_larger_part_may_leave(one: Participant) -> None:
    other = part(one, "skole.xlsx", "nav.xlsx")

    assert numbers(one) == {"visma_refugee": AMINA}
    assert numbers(other) == {"visma_learning": f"7{AMINA}", "socio": f"9{AMINA}"}


def test_newer_lists_keep_them_apart(one: Participant) -> None:
    other = part(one, "skole.xlsx")

    take_in(one.municipality, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})
    take_in(one.municipality, {"flyktning juli.xlsx": little.refugee([AMINA, BOHDAN, CELINE])})

    assert numbers(other) == {"visma_learning": f"7{AMINA}"}
    assert numbers(one) == {"visma_refugee": AMINA, "socio": f"9{AMINA}"}


def test_a_split_is_taken_back(one: Participant) -> None:
    before = exported(one.municipality)
    other = part(one, "skole.xlsx")

    undo(latest_act(), one.municipality)

    assert exported(one.municipality) == before
    other.refresh_from_db()
    assert other.absorbed_by == one
    assert not CellEdit.objects.exists()


def test_a_number_on_both_sides_must_be_given_to_one(municipality: Municipality) -> None:
    take_in(municipality, {"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})
    take_in(municipality, {"oversikt.xlsx": little.overview([AMINA, BOHDAN])})
    amina = current("Amina Haddad")

    with pytest.raises(CannotDecide, match="hvem som har det"):
        part(amina, "oversikt.xlsx")
    other = part(amina, "oversikt.xlsx", ids__visma_refugee=False)

    assert numbers(amina) == {"visma_refugee": AMINA}
    assert numbers(other) == {}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((), "minst én rad som gjelder"),
        (("flyktning.xlsx", "nav.xlsx", "skole.xlsx"), "må bli stående"),
    ],
)
def test_some_rows_leave_and_some_stay(
    files: tuple[str, ...], sentence: str, one: Participant
) -> None:
    with pytest.raises(CannotDecide, match=sentence):
        part(one, *files)
    assert not LinkDecision.objects.exists()


def test_a_split_of_a_protected_person_leaves_both_protected(one: Participant) -> None:
    user, hege = somebody(one.municipality, Role.PROGRAMME_ADVISER, "hege")
    _, lars = somebody(one.municipality, Role.PROGRAMME_ADVISER, "lars")
    set_protection(participant=one, named=[user], reason="Trusler", by=hege)

    with pytest.raises(MayNot, match="Vi fant ingen"):
        part(one, "skole.xlsx", by=lars)
    other = part(one, "skole.xlsx", by=hege)

    assert {one.pk, other.pk} <= set(visible_participants(hege).values_list("pk", flat=True))
    assert names_of(visible_participants(lars)) == ["Bohdan Kovalenko"]


def test_those_who_were_joined_are_parted_by_hand_as_who_they_were(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    join(amina, mina)
    undo(latest_act(), mistaken)
    take_in(mistaken, {"skole juli.xlsx": little.learning([AMINA, BOHDAN])})
    mina.refresh_from_db()
    assert mina.absorbed_by == amina

    other = part(amina, "skole juli.xlsx")

    assert other == mina


def test_rows_to_part_show_no_identity_number_and_no_other_field(one: Participant) -> None:
    _, teacher = somebody(one.municipality, Role.TEACHER, "tea")

    rows = rows_to_part(one, actor=teacher)

    assert {row.kind for row in rows} >= {TableKind.PERSON}
    assert all("ids.socio" not in row.marks for row in rows)


def test_what_is_entered_after_two_became_one_holds(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    enter(amina, "programme.supervisor", "Nora Vik")
    for field, value in (("programme.supervisor", "Ola Dahl"), ("teacher", "Eva Lie")):
        enter(mina, field, value)
    person = join(mina, amina)

    enter(person, "programme.supervisor", "Etter")
    assert Enrolment.objects.get(participant=person).supervisor == "Etter"
    enter(person, "programme.supervisor", "Etter to")
    enter(person, "last_contact", date(2026, 5, 4))

    assert Enrolment.objects.get(participant=person).supervisor == "Etter to"


def test_an_answer_is_not_taken_back_from_elsewhere(mistaken: Municipality) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    act = Act(mistaken, None, Way.ANSWER)
    rows = [person.row_links.values_list("row", flat=True)[0] for person in (amina, mina)]
    store_decision(row=rows[0], kind=NOT_SAME, act=act, other=rows[1])

    with pytest.raises(MayNot, match="under Spørsmål"):
        undo(act.id, mistaken)
    assert LinkDecision.objects.get(act=act.id).undone_at is None


def test_rows_about_periods_are_known_by_what_they_say(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})

    rows = rows_to_part(current("Amina Haddad"), actor=operator(municipality))

    (hours,) = [row for row in rows if row.kind is TableKind.ACTIVITY]
    assert hours.marks["activity.hours_per_week"] == 16
    assert hours.marks["activity.first_day"] == date(2026, 2, 2)


def test_a_plan_goes_with_the_person_and_comes_back_when_they_are_parted(
    mistaken: Municipality,
) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    plan = agreed(mina, date(2026, 2, 2))

    join(mina, amina)

    assert [each.plan.pk for each in versions_of(amina)] == [plan.pk]
    assert [each.number for each in facts_of([amina.pk])[amina.pk].plans] == [1]

    undo(latest_act(), mistaken)

    assert versions_of(amina) == ()
    assert [each.plan.pk for each in versions_of(mina)] == [plan.pk]


def test_a_timetable_goes_with_the_person_and_comes_back_when_they_are_parted(
    mistaken: Municipality,
) -> None:
    amina, mina = current("Amina Haddad"), current("Mina Saleh")
    timetable_of(mina, minutes=900)

    join(mina, amina)

    assert hours_planned() == {amina.pk: 15.0}

    undo(latest_act(), mistaken)

    assert hours_planned() == {mina.pk: 15.0}


def test_somebody_with_ties_is_not_taken_back(mistaken: Municipality) -> None:
    daria = add_person(
        {"name": "Daria Savenko", "birth_date": date(2000, 8, 30)},
        municipality_id=mistaken.pk,
        by=operator(mistaken),
    )
    Availability.objects.create(municipality=mistaken, participant=daria)

    with pytest.raises(CannotTakeBack, match="timeplan, avtaler, oppmøte"):
        undo(CellEdit.objects.latest("said_at").act, mistaken)

    assert Availability.objects.filter(participant=daria).exists()


def hours_planned() -> dict[Any, float]:
    return dict(PlannedHours.objects.values_list("participant", "hours_per_week"))


def test_somebody_with_a_plan_is_not_taken_back(mistaken: Municipality) -> None:
    daria = add_person(
        {"name": "Daria Savenko", "birth_date": date(2000, 8, 30)},
        municipality_id=mistaken.pk,
        by=operator(mistaken),
    )
    agreed(daria, date(2026, 2, 2))

    with pytest.raises(CannotTakeBack, match="integreringsplan"):
        undo(CellEdit.objects.latest("said_at").act, mistaken)

    assert len(versions_of(daria)) == 1
