"""An import is undone: what stood before stands there again."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import (
    BatchStatus,
    CellEdit,
    ImportBatch,
    RowState,
    SourceFile,
    SourceRow,
    Undoing,
    Way,
)
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Identifier, Participant, RowLink
from innpass.casework.participants.services import set_protection
from innpass.casework.plans.queries import versions_of
from innpass.casework.programme.models import Enrolment, StatusSpan
from innpass.casework.programme.registered import Registration
from innpass.casework.programme.registering import tick_off
from innpass.casework.reconciliation.becoming import erase
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.entering_rows import enter_in_row
from innpass.casework.reconciliation.reaching import CannotUndo, plan_undo
from innpass.casework.reconciliation.services import apply_import
from innpass.casework.reconciliation.taking_back import take_back
from innpass.casework.reconciliation.undoing import undo_import
from innpass.casework.timetable.models import Timetable
from innpass.casework.training.models import CourseChoice
from innpass.casework.training.services import choose
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from innpass.domain.courses.following import Choice
from tests.casework.plans.plan import agreed
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import (
    exported,
    receive,
    sample,
    take_in,
    without_ids,
)
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE, DARIA
from tests.casework.reconciliation.test_becoming_one import MISTAKEN, somebody
from tests.factories.weeks import timetable_of

EXTENT = {"Omfang (%)": 50}


def bring(municipality: Municipality, **files: bytes) -> ImportBatch:
    """Import files, named by keyword, as one batch."""
    batch = receive(municipality, {f"{n.replace('_', ' ')}.xlsx": c for n, c in files.items()})
    apply_import(batch=batch, by=operator(municipality))
    return batch


def undo(batch: ImportBatch, people: Any = None) -> Any:
    by = operator(batch.municipality)
    return undo_import(batch=batch, by=by, reason="Feil fil", people=people)


def person(number: str) -> Participant:
    found: Participant = Participant.objects.get(identifiers__plain=number, absorbed_by=None)
    return found


def states(file: str) -> dict[str, int]:
    rows = SourceRow.objects.filter(file__name=file)
    return {
        state: rows.filter(state=state).count() for state in rows.values_list("state", flat=True)
    }


def spans() -> list[Any]:
    return sorted(
        StatusSpan.objects.values_list(
            "participant", "first_monday", "last_monday", "verdict", "hours", "total_hours"
        ),
        key=str,
    )


def grid() -> list[Any]:
    return sorted(
        OverviewRow.objects.values_list("participant", "name", "verdict", "next_text", "search"),
        key=str,
    )


def everything(municipality: Municipality) -> list[Any]:
    links = RowLink.objects.exclude(row__state=RowState.UNDONE)
    return [
        exported(municipality),
        spans(),
        grid(),
        sorted(links.values_list("row", "participant", "row__state"), key=str),
        sorted(SourceFile.objects.filter(is_current=True).values_list("name", flat=True)),
    ]


@pytest.fixture
def known(municipality: Municipality) -> Municipality:
    bring(municipality, a=little.refugee(), o=little.overview())
    return municipality


SECOND = {
    "a newer version": {"a_juli": little.refugee(changes={BOHDAN: EXTENT})},
    "somebody gone": {"a_juli": little.refugee([AMINA, BOHDAN])},
    "somebody new": {"a_juli": little.refugee([AMINA, BOHDAN, CELINE, DARIA])},
    "another body": {"nav": little.nav()},
    "a question": {"o_juli": little.overview(changes={AMINA: {"Infomøte": "avtales snart"}})},
    "all at once": {
        "a_juli": little.refugee([BOHDAN, DARIA], {BOHDAN: EXTENT}),
        "nav": little.nav([AMINA, DARIA]),
        "skole": little.learning(),
    },
    "two versions at once": {
        "a_juli": little.refugee([AMINA, BOHDAN]),
        "a_august": little.refugee([BOHDAN, CELINE, DARIA], {CELINE: EXTENT}),
    },
}


@pytest.mark.parametrize("what", SECOND)
def test_what_stood_before_stands_there_again(what: str, known: Municipality) -> None:
    before = everything(known)
    batch = bring(known, **SECOND[what])
    after = everything(known)
    assert after != before

    undo(batch)

    assert everything(known) == before
    assert batch.status == BatchStatus.UNDONE
    again = bring(known, **SECOND[what])
    assert again.preview
    assert again.preview["files"][0]["is_known"] is False
    assert without_ids(exported(known)) == without_ids(after[0])


def test_a_row_that_was_gone_before_comes_back_as_gone(known: Municipality) -> None:
    bring(known, a_juli=little.refugee([AMINA, BOHDAN]))
    before = everything(known)
    batch = bring(known, a_august=little.refugee([AMINA, BOHDAN, CELINE]))
    assert RowState.GONE not in states("a.xlsx")

    undo(batch)

    assert states("a.xlsx")[RowState.GONE]
    assert everything(known) == before


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_undoing_one_of_three_is_as_if_it_never_came(
    order: tuple[int, ...], municipality: Municipality
) -> None:
    files = [
        {"a": little.refugee([AMINA, BOHDAN])},
        {"nav": little.nav([AMINA, CELINE])},
        {"skole": little.learning([BOHDAN, CELINE], {BOHDAN: {"Klasse": "2C"}})},
    ]
    batches = {place: bring(municipality, **files[place]) for place in order}
    undo(batches[1])
    left = without_ids(exported(municipality))
    for place in order:
        if place != 1:
            undo(batches[place])
    assert not Participant.objects.exists()
    assert not RowLink.objects.exists()

    for place in order:
        if place != 1:
            bring(municipality, **files[place])

    assert without_ids(exported(municipality)) == left


def test_the_later_of_two_versions_is_undone_first(known: Municipality) -> None:
    first = everything(known)
    july = bring(known, a_juli=little.refugee(changes={BOHDAN: EXTENT}))
    second = everything(known)
    august = bring(known, a_august=little.refugee([AMINA]))

    with pytest.raises(CannotUndo, match=r"«a august.xlsx».*Angre den importen først") as no:
        undo(july)

    assert no.value.first == august
    undo(august)
    assert everything(known) == second
    undo(july)
    assert everything(known) == first


def test_those_whom_it_showed_to_be_one_are_two_again(municipality: Municipality) -> None:
    bring(municipality, a=little.refugee([AMINA, BOHDAN]))
    bring(municipality, skole_juni=little.learning([AMINA, BOHDAN], MISTAKEN))
    mina = Participant.objects.get(name="Mina Saleh")
    before = everything(municipality)
    batch = bring(municipality, skole_juli=little.learning([AMINA, BOHDAN]))
    mina.refresh_from_db()
    assert mina.absorbed_by == person(AMINA)

    undo(batch)

    assert everything(municipality) == before


def test_edits_go_back_to_the_rows_they_were_made_at(known: Municipality) -> None:
    row = SourceRow.objects.get(file__name="o.xlsx", tokens={}, number=2)
    enter_in_row(row.pk, {"remark": "Ring først"}, by=operator(known))
    before = everything(known)
    batch = bring(known, o_juli=little.overview(changes={BOHDAN: {"Merknad": "ny"}}))
    assert CellEdit.objects.exclude(carried_from=None).count() == 1

    undo(batch)

    assert everything(known) == before
    assert "Ring først" in Enrolment.objects.values_list("remark", flat=True)


def enter(number: str, field: str, value: Any, municipality: Municipality) -> None:
    (outcome,) = enter_values(
        [Wanted(person(number).pk, field, value)],
        municipality_id=municipality.pk,
        by=operator(municipality),
        way=Way.CELL,
    )
    assert outcome.code == "saved"


def test_who_changed_what_it_brought_stands_in_the_way(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee(changes={BOHDAN: EXTENT, CELINE: EXTENT}))
    enter(BOHDAN, "programme.extent_percent", 75, known)
    enter(CELINE, "next_step", "Ring", known)  # nothing the import said anything of

    with pytest.raises(CannotUndo, match="Velg hvem"):
        undo(batch)

    bohdan, amina = person(BOHDAN), person(AMINA)
    ((pk, (since,)),) = plan_undo(batch, by=operator(known)).changed.items()
    assert (pk, since.field, since.value) == (bohdan.pk, "programme.extent_percent", 75)
    undo(batch, people=[amina.pk, person(CELINE).pk])
    assert batch.status == BatchStatus.APPLIED
    extents = dict(Enrolment.objects.values_list("participant__family_name", "extent_percent"))
    assert extents == {"Haddad": 100, "Kovalenko": 75, "Mukendi": 100}
    assert SourceFile.objects.filter(is_current=True, name__startswith="a").count() == 2
    assert Enrolment.objects.get(participant=person(CELINE)).next_step == "Ring"


def test_the_last_of_those_chosen_person_by_person_undoes_it_wholly(known: Municipality) -> None:
    before = everything(known)
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, DARIA], {BOHDAN: EXTENT}))

    for number in (BOHDAN, AMINA, CELINE, DARIA):
        undo(batch, people=[person(number).pk])

    assert everything(known) == before
    assert batch.status == BatchStatus.UNDONE
    assert list(Undoing.objects.order_by("undone_at").values_list("is_whole", flat=True)) == [
        *(False, False, False, True)
    ]
    with pytest.raises(CannotUndo, match="alt angret"):
        undo(batch)


def test_an_answer_at_one_of_its_rows_stands_in_the_way(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee(changes={BOHDAN: EXTENT}))
    row = RowLink.objects.get(
        participant=person(BOHDAN), row__file__name="a juli.xlsx", row__kind="person"
    ).row_id
    enter_in_row(row, {"programme.start": date(2026, 1, 12)}, by=operator(known))

    assert list(plan_undo(batch, by=operator(known)).changed) == [person(BOHDAN).pk]

    take_back(CellEdit.objects.get().act, municipality_id=known.pk, by=operator(known))
    undo(batch)
    assert batch.status == BatchStatus.UNDONE


def test_whoever_came_with_it_alone_is_nobody_again(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)

    told = undo(batch)

    assert told.erased == {daria.pk}
    for model in (Participant, OverviewRow, Identifier, StatusSpan, Enrolment):
        assert not model.objects.filter(
            **{"pk" if model is Participant else "participant": daria.pk}
        ).exists()
    event = AuditEvent.objects.get(subject_id=daria.pk, action="undo_import")
    assert event.reason == "Feil fil"
    assert event.changes["family_name"] == ["Savenko", None]


def test_who_has_something_entered_by_hand_stays_with_it(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)
    enter(DARIA, "next_step", "Ring", known)

    told = undo(batch)

    assert (told.erased, told.kept) == (set(), {daria.pk})
    assert person(DARIA) == daria
    assert (daria.name, daria.birth_date) == ("Daria Savenko", date(2000, 8, 30))
    enrolment = Enrolment.objects.get(participant=daria)
    assert (enrolment.next_step, enrolment.first_day) == ("Ring", None)
    assert OverviewRow.objects.get(participant=daria).name == "Daria Savenko"
    bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    assert person(DARIA) == daria
    assert Enrolment.objects.get(participant=daria).first_day == date(2026, 1, 5)


def test_who_is_protected_stays_and_nobody_else_learns_of_it(known: Municipality) -> None:
    user, hege = somebody(known, Role.LEADER, "hege")
    _, lars = somebody(known, Role.PROGRAMME_ADVISER, "lars")
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)
    set_protection(participant=daria, named=[user], reason="Trusler", by=hege)

    undo_import(batch=batch, by=lars, reason="Feil fil")

    daria.refresh_from_db()
    assert daria.is_protected
    assert daria.name == "Daria Savenko"
    assert not Enrolment.objects.filter(participant=daria).exclude(first_day=None).exists()
    bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    assert person(DARIA) == daria


def test_what_is_hidden_from_the_one_who_undoes_stands_in_nobodys_way(
    known: Municipality,
) -> None:
    user, hege = somebody(known, Role.LEADER, "hege")
    _, lars = somebody(known, Role.PROGRAMME_ADVISER, "lars")
    batch = bring(known, a_juli=little.refugee(changes={CELINE: EXTENT, BOHDAN: EXTENT}))
    set_protection(participant=person(CELINE), named=[user], reason="Trusler", by=hege)
    enter(CELINE, "programme.extent_percent", 75, known)

    undo_import(batch=batch, by=lars, reason="Feil fil")

    assert batch.status == BatchStatus.UNDONE
    extents = dict(Enrolment.objects.values_list("participant__family_name", "extent_percent"))
    assert extents == {"Haddad": 100, "Kovalenko": 100, "Mukendi": 75}


def test_who_may_not_apply_it_may_not_undo_it(known: Municipality) -> None:
    _, teacher = somebody(known, Role.TEACHER, "tea")
    batch = bring(known, a_juli=little.refugee(changes={BOHDAN: EXTENT}))
    before = everything(known)

    with pytest.raises(MayNot):
        undo_import(batch=batch, by=teacher, reason="Feil fil")

    assert everything(known) == before


def test_an_import_that_was_not_applied_cannot_be_undone(known: Municipality) -> None:
    batch = receive(known, {"a juli.xlsx": little.refugee()})

    with pytest.raises(CannotUndo, match="ikke tatt i bruk"):
        undo(batch)


def test_what_was_replaced_before_the_end_of_rows_was_kept_is_not_undone(
    known: Municipality,
) -> None:
    """Rows stored by versions before ``ended_by`` do not tell which file they lost to."""
    july = bring(known, a_juli=little.refugee([AMINA, BOHDAN], {BOHDAN: EXTENT}))
    SourceRow.objects.update(ended_by=None, gone_from=None)
    school = bring(known, skole=little.learning())
    before = everything(known)
    first = ImportBatch.objects.order_by("created_at")[0]

    for batch in (july, first):
        with pytest.raises(CannotUndo, match="eldre versjon av Innpass") as no:
            undo(batch)
        assert no.value.first is None

    assert everything(known) == before
    assert batch.status == BatchStatus.APPLIED
    undo(school)  # of a body of whose rows none were replaced
    august = bring(known, a_august=little.refugee([AMINA]))
    undo(august)  # what it replaced is known
    assert Participant.objects.count() == 3


def test_the_first_import_of_all(municipality: Municipality) -> None:
    batch = bring(municipality, a=little.refugee(), nav=little.nav())

    undo(batch)

    assert not Participant.objects.exists()
    assert not OverviewRow.objects.exists()
    assert exported(municipality)["participants"] == []
    take_in(municipality, {"a.xlsx": little.refugee()})
    assert Participant.objects.count() == 3


def test_the_shared_sheet_of_the_messy_sample_is_undone(municipality: Municipality) -> None:
    files = sample("messy")
    shared = {name: files.pop(name) for name in sorted(files) if name.startswith("oversikt")}
    take_in(municipality, files)
    before = everything(municipality)
    batch = receive(municipality, shared)
    apply_import(batch=batch, by=operator(municipality))
    assert everything(municipality) != before

    undo(batch)

    assert everything(municipality) == before


def test_taking_three_away_asks_no_more_than_taking_one(municipality: Municipality) -> None:
    bring(municipality, a=little.refugee([AMINA, BOHDAN, CELINE]))
    one, *others = Participant.objects.values_list("pk", flat=True)

    def asked(people: list[Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            erase(people)
        return len(queries)

    assert asked(others) == asked([one])
    assert not Participant.objects.exists()


def test_whoever_came_with_it_alone_and_has_a_plan_is_not_erased(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)
    agreed(daria, date(2026, 7, 1))

    told = plan_undo(batch, by=operator(known))
    with pytest.raises(CannotUndo, match="Noen har endret"):
        undo(batch)
    with pytest.raises(CannotUndo, match="integreringsplan"):
        undo(batch, people=[daria.pk])
    erase([daria.pk])
    undo(batch, people=told.touched - {daria.pk})

    assert daria.pk in told.changed
    assert daria.pk not in told.erased
    assert len(versions_of(daria)) == 1


def test_whoever_came_with_it_alone_and_is_ticked_off_is_not_erased(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)
    tick_off(Registration.objects.filter(participant=daria), by=operator(known))

    told = plan_undo(batch, by=operator(known))
    with pytest.raises(CannotUndo, match="NIR"):
        undo(batch, people=[daria.pk])
    undo(batch, people=told.touched - {daria.pk})

    assert daria.pk in told.changed
    assert Registration.objects.filter(participant=daria, registered_at__isnull=False).exists()


def test_whoever_came_with_it_alone_and_has_a_timetable_is_not_erased(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)
    timetable_of(daria, minutes=900)

    told = plan_undo(batch, by=operator(known))
    with pytest.raises(CannotUndo, match="timeplan"):
        undo(batch, people=[daria.pk])
    erase([daria.pk])
    undo(batch, people=told.touched - {daria.pk})

    assert daria.pk in told.changed
    assert Timetable.objects.filter(participant=daria).exists()


def test_whoever_came_with_it_alone_and_is_on_a_course_model_is_not_erased(
    known: Municipality,
) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    daria = person(DARIA)
    choice = Choice(date(2026, 7, 1), "autumn-2025", 0, "2", "Læreren har vurdert nivået")
    choose(participant=daria, choice=choice, by=operator(known))

    with pytest.raises(CannotUndo, match="norskmodell"):
        undo(batch, people=[daria.pk])
    erase([daria.pk])

    assert CourseChoice.objects.get().participant == daria


def test_a_plan_of_somebody_known_before_stands_in_nobodys_way(known: Municipality) -> None:
    batch = bring(known, a_juli=little.refugee([AMINA, BOHDAN, CELINE, DARIA]))
    agreed(person(AMINA), date(2026, 7, 1))

    undo(batch)

    assert len(versions_of(person(AMINA))) == 1
