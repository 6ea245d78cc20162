"""Preview writes nothing, apply writes all or nothing, and a killed worker's work is done once."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django_scopes import scope, scopes_disabled

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceRow
from innpass.casework.imports.services import TooLate, cancel_import
from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.running import run_one
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import employ, make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.programme.standings import JUDGE
from innpass.casework.reconciliation import rewriting, services
from innpass.casework.reconciliation.services import (
    apply_import,
    plan_import,
    preview_import,
    start_apply,
    start_preview,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import TODAY, exported, receive, take_in, without_ids
from tests.casework.reconciliation.little import AMINA, BOHDAN, DARIA


def everything() -> dict[str, int]:
    """How many rows each table of the casework holds."""
    with scopes_disabled():
        return {
            model._meta.label: model._default_manager.count()
            for model in apps.get_models()
            if ".casework." in model.__module__
        }


def somebody(municipality: Municipality, role: Role) -> Actor:
    """A member of staff with one role."""
    user = User.objects.create_user(role.value)
    employ(user=user, municipality=municipality, role=role, first_day=date(2020, 1, 1), by=None)
    found = actor_for(user, on=TODAY)
    assert found
    return found[0]


@pytest.fixture
def committed_municipality(transactional_db: None) -> Iterator[Municipality]:
    """A municipality in a database that other processes see, too."""
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


class Broken(Exception):
    """What a test breaks an act with."""


# Preview


def test_a_preview_is_made_on_a_connection_that_may_not_write(municipality: Municipality) -> None:
    batch = receive(municipality, {"a.xlsx": little.refugee(), "b.xlsx": little.overview()})
    before = everything()
    sqlite = connection.vendor == "sqlite"

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET TRANSACTION READ ONLY")
        try:
            plan = plan_import(batch)
        finally:
            if sqlite:
                cursor.execute("PRAGMA query_only = OFF")
        transaction.set_rollback(True)  # ends being read-only

    assert len(plan.changes) == 3
    assert everything() == before


def test_no_transaction_is_open_while_files_are_read_and_linked(
    committed_municipality: Municipality,
) -> None:
    batch = receive(committed_municipality, {"a.xlsx": little.refugee()})
    inside = []

    preview_import(
        batch=batch,
        by=operator(committed_municipality),
        progress=lambda *_: inside.append(connection.in_atomic_block),
    )

    assert inside
    assert not any(inside)


def test_a_preview_tells_what_applying_then_does(municipality: Municipality) -> None:
    by = operator(municipality)
    take_in(municipality, {"a.xlsx": little.refugee()})
    changed = little.refugee([AMINA, BOHDAN, DARIA], {BOHDAN: {"Omfang (%)": 50}})
    batch = receive(municipality, {"b.xlsx": changed})

    told = preview_import(batch=batch, by=by)["totals"]
    batch.refresh_from_db()
    assert batch.status == BatchStatus.READY
    assert Participant.objects.count() == 3
    did = apply_import(batch=batch, by=by)["totals"]

    assert did == told
    assert (told["new"], told["changed"], told["gone"]) == (1, 1, 1)
    assert Participant.objects.count() == 4


def test_a_preview_of_nothing_readable_says_so(municipality: Municipality) -> None:
    batch = receive(municipality, {"a.xlsx": b"no workbook"})

    preview_import(batch=batch, by=operator(municipality))

    batch.refresh_from_db()
    assert (batch.status, batch.problem) == (BatchStatus.FAILED, "Ingen av filene kunne leses.")


# Applying, all of it or nothing


@pytest.mark.parametrize("act", ["write_people", "write_links", "write_questions", "refresh_rows"])
def test_an_apply_that_breaks_leaves_nothing_half_written(
    act: str, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})
    changed = little.refugee([AMINA, BOHDAN, DARIA], {BOHDAN: {"Omfang (%)": 50}})
    batch = receive(municipality, {"b.xlsx": changed, "c.xlsx": little.nav()})
    counts, state = everything(), exported(municipality)
    real = getattr(rewriting, act)

    def write_and_break(*args: Any, **values: Any) -> None:
        real(*args, **values)
        raise Broken

    monkeypatch.setattr(rewriting, act, write_and_break)
    with pytest.raises(Broken):
        apply_import(batch=batch, by=operator(municipality))

    assert everything() == counts
    assert exported(municipality) == state
    batch.refresh_from_db()
    assert batch.status == BatchStatus.RECEIVED

    monkeypatch.undo()
    apply_import(batch=ImportBatch.objects.get(pk=batch.pk), by=operator(municipality))
    assert Participant.objects.count() == 4


def test_an_apply_happens_once_however_often_it_is_asked_for(municipality: Municipality) -> None:
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    first = apply_import(batch=batch, by=operator(municipality))
    counts = everything()

    again = apply_import(batch=batch, by=operator(municipality))

    assert again == first
    assert everything() == counts


def test_an_apply_computed_on_what_stood_before_is_computed_anew(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between computing and writing, another import of the same people is applied."""
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    calls = []

    def plan_while_others_write(batch: ImportBatch, **values: Any) -> services.Plan:
        plan = plan_import(batch, **values)
        calls.append(plan.on_version)
        if len(calls) == 1:
            take_in(municipality, {"b.xlsx": little.overview(), "c.xlsx": little.nav()})
        return plan

    monkeypatch.setattr(services, "plan_import", plan_while_others_write)
    preview = apply_import(batch=batch, by=operator(municipality))

    assert calls == [0, 0, 1]  # ours, the other's, ours again
    assert Participant.objects.count() == 3
    assert preview["totals"]["new"] == 0
    assert Participant.objects.get(name="Bohdan Kovalenko").country == "Ukraina"


def test_an_apply_overtaken_again_and_again_lets_the_others_wait(
    committed_municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = receive(committed_municipality, {"a.xlsx": little.refugee()})
    inside = []

    def plan_and_be_overtaken(batch: ImportBatch, **values: Any) -> services.Plan:
        inside.append(connection.in_atomic_block)
        plan = plan_import(batch, **values)
        if not connection.in_atomic_block:
            Municipality.objects.update(casework_version=plan.on_version + 1)
        return plan

    monkeypatch.setattr(services, "plan_import", plan_and_be_overtaken)
    apply_import(batch=batch, by=operator(committed_municipality))

    assert inside == [False, False, True]
    assert Participant.objects.count() == 3


@pytest.mark.parametrize("is_read_alike", [True, False])
def test_files_are_read_before_the_others_wait(
    is_read_alike: bool, committed_municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless what reading depends on, such as a chosen column, changed just before they did."""
    batch = receive(committed_municipality, {"a.xlsx": little.refugee()})
    inside, bases = [], []
    read_files = services.read_files

    def read_and_tell(*files: Any, **values: Any) -> Any:
        inside.append(connection.in_atomic_block)
        return read_files(*files, **values)

    def plan_and_be_overtaken(batch: ImportBatch, **values: Any) -> services.Plan:
        plan = plan_import(batch, **values)
        if not connection.in_atomic_block:
            Municipality.objects.update(casework_version=plan.on_version + 1)
        return plan

    def basis(files: Any) -> tuple[object, ...]:
        bases.append(files)
        return () if is_read_alike else (len(bases),)

    monkeypatch.setattr(services, "read_files", read_and_tell)
    monkeypatch.setattr(services, "plan_import", plan_and_be_overtaken)
    monkeypatch.setattr(services, "basis_of", basis)
    apply_import(batch=batch, by=operator(committed_municipality))

    assert inside == [False, False, False, *([] if is_read_alike else [True])]
    assert Participant.objects.count() == 3


def test_a_preview_that_comes_late_undoes_nothing(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker froze while it read; another read on, and somebody asked to apply."""
    by = operator(municipality)
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    calls = []

    def plan_while_others_work(batch: ImportBatch, **values: Any) -> services.Plan:
        calls.append(batch.pk)
        plan = plan_import(batch, **values)
        if len(calls) == 1:
            same = ImportBatch.objects.get(pk=batch.pk)
            preview_import(batch=same, by=by)
            start_apply(batch=same, by=by)
        return plan

    monkeypatch.setattr(services, "plan_import", plan_while_others_work)
    preview_import(batch=batch, by=by)

    stored = ImportBatch.objects.get(pk=batch.pk)
    assert stored.status == BatchStatus.APPLYING
    assert run_one(worker="w")
    assert Participant.objects.count() == 3


def test_an_import_put_aside_is_not_applied(municipality: Municipality) -> None:
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    cancel_import(batch=ImportBatch.objects.get(pk=batch.pk), by=operator(municipality))

    with pytest.raises(TooLate):
        apply_import(batch=batch, by=operator(municipality))

    assert not SourceRow.objects.exists()


def test_an_applied_import_cannot_be_put_aside(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})

    with pytest.raises(TooLate):
        cancel_import(batch=ImportBatch.objects.get(), by=operator(municipality))


def test_an_apply_can_be_stopped_and_asked_for_again(municipality: Municipality) -> None:
    by = operator(municipality)
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    preview_import(batch=batch, by=by)
    start_apply(batch=batch, by=by)

    cancel_import(batch=ImportBatch.objects.get(), by=by)

    assert ImportBatch.objects.get().status == BatchStatus.READY
    assert run_one(worker="w") is None
    start_apply(batch=ImportBatch.objects.get(), by=by)
    assert run_one(worker="w")
    assert Participant.objects.count() == 3


def test_an_apply_stopped_at_work_writes_nothing(
    committed_municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody stops it between its plan and its writing."""
    by = operator(committed_municipality)
    batch = receive(committed_municipality, {"a.xlsx": little.refugee()})
    preview_import(batch=batch, by=by)
    start_apply(batch=batch, by=by)

    def plan_and_be_stopped(batch: ImportBatch, **values: Any) -> services.Plan:
        plan = plan_import(batch, **values)
        cancel_import(batch=ImportBatch.objects.get(pk=batch.pk), by=by)
        return plan

    monkeypatch.setattr(services, "plan_import", plan_and_be_stopped)
    run_one(worker="w")

    assert ImportBatch.objects.get().status == BatchStatus.READY
    assert not SourceRow.objects.exists()
    assert not Participant.objects.exists()


def test_an_import_whose_apply_failed_can_be_put_aside(municipality: Municipality) -> None:
    by = operator(municipality)
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    preview_import(batch=batch, by=by)
    start_apply(batch=batch, by=by)
    Job.objects.update(status=JobStatus.FAILED, error="Det gikk ikke.")

    cancel_import(batch=ImportBatch.objects.get(), by=by)

    assert ImportBatch.objects.get().status == BatchStatus.CANCELLED


def test_another_bodys_file_is_not_applied_by_nav(municipality: Municipality) -> None:
    odd = somebody(municipality, Role.NAV_ADVISER)

    take_in(municipality, {"nav.xlsx": little.nav()}, by=odd)
    with pytest.raises(MayNot, match="din egen tjeneste"):
        take_in(municipality, {"nav.xlsx": little.nav([DARIA]), "a.xlsx": little.refugee()}, by=odd)

    assert set(SourceRow.objects.values_list("owner", flat=True)) == {"nav"}


def test_a_role_that_imports_nothing_hands_over_nothing(municipality: Municipality) -> None:
    with pytest.raises(MayNot):
        receive(
            municipality, {"a.xlsx": little.refugee()}, by=somebody(municipality, Role.COORDINATOR)
        )

    assert not ImportBatch.objects.exists()


def test_the_event_names_who_applied(municipality: Municipality) -> None:
    kari = somebody(municipality, Role.PROGRAMME_ADVISER)

    take_in(municipality, {"a.xlsx": little.refugee()}, by=kari)

    acts = AuditEvent.objects.filter(action__in=["apply_import", "import_participant"])
    assert acts.count() == 4
    assert set(acts.values_list("actor_id", flat=True)) == {kari.user_id}


# In the worker


def test_the_worker_previews_and_applies_in_the_name_of_who_asked(
    municipality: Municipality,
) -> None:
    kari = somebody(municipality, Role.PROGRAMME_ADVISER)
    batch = receive(municipality, {"a.xlsx": little.refugee()}, by=kari)

    start_preview(batch=batch, by=kari)
    run_one(worker="w")
    batch.refresh_from_db()
    start_apply(batch=batch, by=kari)
    run_one(worker="w")

    imports = Job.objects.filter(kind__startswith="import.")
    assert set(imports.values_list("status", flat=True)) == {JobStatus.DONE}
    assert Participant.objects.count() == 3
    assert AuditEvent.objects.get(action="apply_import").actor_id == kari.user_id


def test_the_worker_does_nothing_for_somebody_who_left(municipality: Municipality) -> None:
    kari = somebody(municipality, Role.PROGRAMME_ADVISER)
    batch = receive(municipality, {"a.xlsx": little.refugee()}, by=kari)
    start_preview(batch=batch, by=kari)
    User.objects.filter(username=Role.PROGRAMME_ADVISER.value).update(is_active=False)

    job = run_one(worker="w")

    assert job
    assert job.status == JobStatus.FAILED
    assert "arbeider ikke lenger" in job.error


def test_a_refusal_in_the_worker_is_told_in_its_own_words(municipality: Municipality) -> None:
    odd = somebody(municipality, Role.NAV_ADVISER)
    batch = receive(municipality, {"a.xlsx": little.refugee()}, by=odd)
    ImportBatch.objects.update(status=BatchStatus.APPLYING)
    jobs.enqueue(kind="import.apply", arguments={"batch": batch.pk}, by=odd)

    job = run_one(worker="w")

    assert job
    assert job.status == JobStatus.FAILED
    assert job.error.startswith("Du kan bare ta i bruk filer fra din egen tjeneste.")


@pytest.mark.parametrize("act", ["preview", "apply"])
def test_work_and_mark_are_stored_together(
    act: str, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker has the job by the time this one is done: what it did is not stored."""
    by = operator(municipality)
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    if act == "apply":
        preview_import(batch=batch, by=by)
        start_apply(batch=batch, by=by)
    else:
        start_preview(batch=batch, by=by)
    before = ImportBatch.objects.get().status
    monkeypatch.setattr(jobs, "finish", lambda **_: False)

    run_one(worker="w")

    assert ImportBatch.objects.get().status == before
    assert not Participant.objects.exists()


def test_a_job_tells_no_file_names(municipality: Municipality) -> None:
    batch = receive(
        municipality, {"Amina Haddad.xlsx": little.refugee(), "b.xlsx": little.overview()}
    )
    said = []

    preview_import(
        batch=batch,
        by=operator(municipality),
        progress=lambda _done, _total, message: said.append(message),
    )

    assert said[:2] == ["Leser fil 1 av 2", "Leser fil 2 av 2"]


def test_what_a_killed_worker_began_another_finishes_once(
    committed_municipality: Municipality,
) -> None:
    """The first is killed with signal 9 when all but the questions is written."""
    by = operator(committed_municipality)
    batch = receive(
        committed_municipality, {"a.xlsx": little.refugee(), "b.xlsx": little.overview()}
    )
    preview_import(batch=batch, by=by)
    start_apply(batch=batch, by=by)
    connections.close_all()
    child = os.fork()
    if child == 0:
        rewriting.write_questions = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        try:
            run_one(worker="first")
        finally:
            os._exit(1)  # not reached: the signal comes first
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    job = Job.objects.get(kind="import.apply")
    assert (job.status, job.worker, job.attempts) == (JobStatus.RUNNING, "first", 1)
    assert not SourceRow.objects.exists()
    assert not Participant.objects.exists()

    Job.objects.filter(pk=job.pk).update(lease_until=job.created_at)  # as if the time had passed
    done = run_one(worker="second")

    assert done
    assert (done.status, done.worker, done.attempts) == (JobStatus.DONE, "second", 2)
    assert Participant.objects.count() == Enrolment.objects.count() == 3
    assert AuditEvent.objects.filter(action="apply_import").count() == 1
    judging = run_one(worker="third")
    assert judging
    assert judging.kind == JUDGE
    assert run_one(worker="third") is None


def test_a_worker_killed_after_its_apply_leaves_nothing_to_do_again(
    municipality: Municipality,
) -> None:
    by = operator(municipality)
    batch = receive(municipality, {"a.xlsx": little.refugee()})
    preview_import(batch=batch, by=by)
    start_apply(batch=batch, by=by)
    apply_import(batch=ImportBatch.objects.get(pk=batch.pk), by=by)
    before = without_ids(exported(municipality))

    job = run_one(worker="second")

    assert job
    assert job.status == JobStatus.DONE
    assert without_ids(exported(municipality)) == before
    assert AuditEvent.objects.filter(action="apply_import").count() == 1
