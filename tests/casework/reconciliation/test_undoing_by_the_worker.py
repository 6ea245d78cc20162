"""An import is undone by the worker: once, with the checks made again, or not at all."""

from typing import Any

import pytest

from innpass.casework.imports.entering import FILE_BY_HAND
from innpass.casework.imports.models import BatchStatus, ImportBatch, Undoing
from innpass.casework.imports.queries import state_of
from innpass.casework.imports.services import TooLate, cancel_import
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.running import run_one
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import ChangedMeanwhile, operator
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.services import set_protection
from innpass.casework.reconciliation import reaching, undoing
from innpass.casework.reconciliation.preview import changes_of
from innpass.casework.reconciliation.reaching import CannotUndo, plan_undo
from innpass.casework.reconciliation.resolving import resolve
from innpass.casework.reconciliation.undoing import start_undo, undo_import
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Role
from tests.casework.reconciliation import little
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE, DARIA
from tests.casework.reconciliation.test_becoming_one import somebody
from tests.casework.reconciliation.test_undoing import (
    EXTENT,
    bring,
    enter,
    everything,
    person,
    undo,
)


@pytest.fixture
def known(municipality: Municipality) -> Municipality:
    bring(municipality, a=little.refugee(), o=little.overview())
    return municipality


def second(municipality: Municipality) -> ImportBatch:
    newer = little.refugee([AMINA, BOHDAN, CELINE, DARIA], {BOHDAN: EXTENT})
    return bring(municipality, a_juli=newer)


def ask(batch: ImportBatch, people: Any = None) -> None:
    found = ImportBatch.objects.get(pk=batch.pk)
    start_undo(batch=found, by=operator(found.municipality), reason="Feil fil", people=people)


def state(batch: ImportBatch) -> tuple[str, str]:
    found = state_of(ImportBatch.objects.get(pk=batch.pk))
    return found.code, found.problem


def test_the_worker_undoes_what_was_asked_for(known: Municipality) -> None:
    before = everything(known)
    batch = second(known)

    ask(batch)
    assert state(batch) == ("undoing", "")
    job = run_one(worker="w")

    assert job
    assert (job.status, job.progress_done, job.progress_total) == (JobStatus.DONE, 300, 300)
    assert state(batch) == ("undone", "")
    assert everything(known) == before
    batch.refresh_from_db()
    assert batch.undo_asked is None
    assert Undoing.objects.get().reason == "Feil fil"


def test_for_those_chosen_only(known: Municipality) -> None:
    batch = second(known)
    ask(batch, people=[person(DARIA).pk])

    run_one(worker="w")

    assert state(batch) == ("applied", "")
    assert not Participant.objects.filter(name="Daria Savenko").exists()
    assert [each.is_whole for each in Undoing.objects.all()] == [False]


def test_asked_for_twice_it_is_undone_once(known: Municipality) -> None:
    batch = second(known)
    stale = ImportBatch.objects.get(pk=batch.pk)
    ask(batch)

    with pytest.raises(TooLate, match="alt"):
        ask(batch)
    with pytest.raises(ChangedMeanwhile):
        start_undo(batch=stale, by=operator(known), reason="Feil fil")

    assert Job.objects.filter(kind="import.undo").count() == 1
    run_one(worker="w")
    assert Undoing.objects.count() == 1


def test_who_changes_something_meanwhile_is_not_run_over(known: Municipality) -> None:
    batch = second(known)
    ask(batch)
    enter(BOHDAN, "programme.extent_percent", 75, known)
    before = everything(known)

    run_one(worker="w")

    assert state(batch) == ("applied", undoing.CHANGED)
    assert everything(known) == before
    ask(batch, people=[person(BOHDAN).pk, person(DARIA).pk])
    assert state(batch) == ("undoing", "")
    run_one(worker="w")
    assert state(batch) == ("applied", "")


def test_what_cannot_be_undone_is_said_when_it_is_asked_for(known: Municipality) -> None:
    batch = second(known)
    bring(known, a_august=little.refugee([AMINA]))

    with pytest.raises(CannotUndo, match="Angre den importen først"):
        ask(batch)

    assert not Job.objects.filter(kind="import.undo").exists()
    assert state(batch) == ("applied", "")


def test_who_may_not_apply_may_not_ask(known: Municipality) -> None:
    _, teacher = somebody(known, Role.TEACHER, "tove")
    batch = second(known)

    with pytest.raises(MayNot):
        start_undo(batch=batch, by=teacher, reason="Feil fil")


def test_it_can_be_stopped_and_the_import_holds(known: Municipality) -> None:
    batch = second(known)
    before = everything(known)
    ask(batch)

    cancel_import(batch=ImportBatch.objects.get(pk=batch.pk), by=operator(known))

    assert state(batch) == ("applied", "")
    assert run_one(worker="w") is None
    assert everything(known) == before


def test_stopped_at_work_it_writes_nothing(
    known: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = second(known)
    before = everything(known)
    ask(batch)

    def plan_and_be_stopped(batch: ImportBatch, **values: Any) -> reaching.Undo:
        plan = plan_undo(batch, **values)
        cancel_import(batch=ImportBatch.objects.get(pk=batch.pk), by=operator(known))
        return plan

    monkeypatch.setattr(undoing, "plan_undo", plan_and_be_stopped)
    run_one(worker="w")

    assert state(batch) == ("applied", "")
    assert everything(known) == before


def test_a_plan_overtaken_is_made_anew_and_at_last_while_others_wait(
    known: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(known)
    batch = second(known)
    made = []

    def plan_and_be_overtaken(batch: ImportBatch, **values: Any) -> reaching.Undo:
        plan = plan_undo(batch, **values)
        made.append(plan)
        if len(made) < 3:
            Municipality.objects.update(casework_version=plan.on_version + 1)
        return plan

    monkeypatch.setattr(undoing, "plan_undo", plan_and_be_overtaken)
    undo(batch)

    assert len(made) == 3
    assert batch.status == BatchStatus.UNDONE
    assert everything(known) == before


def test_who_is_protected_while_it_is_planned_is_not_erased(
    known: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, hege = somebody(known, Role.LEADER, "hege")
    batch = second(known)
    daria = person(DARIA)
    made: list[Any] = []

    def plan_and_protect(batch: ImportBatch, **values: Any) -> reaching.Undo:
        plan = plan_undo(batch, **values)
        if not made:
            set_protection(participant=daria, named=[user], reason="Trusler", by=hege)
        made.append(plan)
        return plan

    monkeypatch.setattr(undoing, "plan_undo", plan_and_protect)
    told = undo_import(batch=batch, by=operator(known), reason="Feil fil")

    assert (told.erased, told.kept) == (set(), {daria.pk})
    assert person(DARIA) == daria


def test_whoever_stays_is_derived_before_anybody_waits(
    known: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is then stored is what all rows amount to, with the names that are entered by hand."""
    user, hege = somebody(known, Role.LEADER, "hege")
    batch = second(known)
    daria = person(DARIA)
    set_protection(participant=daria, named=[user], reason="Trusler", by=hege)
    write = undoing._undo
    derived: list[int] = []

    def write_and_count(*values: Any, **told: Any) -> bool:
        with monkeypatch.context() as patch:
            patch.setattr(reaching, "resolve", lambda **_: derived.append(1))
            return write(*values, **told)

    monkeypatch.setattr(undoing, "_undo", write_and_count)
    told = undo(batch)

    assert (told.kept, derived) == ({daria.pk}, [])
    assert [change.changes for change in changes_of(resolve())] == [{}] * 4
    by_hand = RowLink.objects.get(participant=daria, row__undoing=None).row
    assert (by_hand.owner, by_hand.file.name) == ("hand", FILE_BY_HAND)


def test_a_fault_of_ours_is_a_sentence_and_nothing_is_undone(
    known: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = second(known)
    before = everything(known)
    ask(batch)
    monkeypatch.setattr(undoing, "erase", lambda people: 1 / 0)

    run_one(worker="w")

    code, problem = state(batch)
    assert code == "applied"
    assert "Noe gikk galt hos oss" in problem
    assert everything(known) == before
