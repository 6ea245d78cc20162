import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django_scopes import get_scope

from innpass.casework.audit import services as audit
from innpass.casework.audit.models import AuditEvent
from innpass.casework.jobs import running, services
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.registry import JobProblem
from innpass.casework.jobs.running import run_one
from innpass.casework.jobs.services import cancel, claim_next, enqueue
from innpass.casework.organisations.models import Municipality
from innpass.domain.access.roles import Actor

Does = Callable[..., str]

NUMBER = "01020312345"


def run(kind: str, by: Actor, **options: Any) -> Job:
    enqueue(kind=kind, arguments={}, by=by)
    job = run_one(worker="a", **options)
    assert job is not None
    return job


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SHOW_SECONDS", 0.02)
    monkeypatch.setattr(running, "RENEW_SECONDS", 0.05)


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


@pytest.mark.django_db
def test_nothing_to_do_is_none() -> None:
    assert run_one(worker="a") is None


@pytest.mark.django_db
def test_a_job_is_done_in_its_municipalitys_scope(
    does: Does, by: Actor, municipality: Municipality
) -> None:
    seen = []

    def look(job: Job, progress: Any) -> None:
        seen.append((get_scope()["municipality"], job.kind))
        progress(1, 2, "Halvveis")

    kind = does(look)

    job = run(kind, by)

    assert seen == [(municipality, kind)]
    assert (job.status, job.message) == (JobStatus.DONE, "Halvveis")
    assert (job.progress_done, job.progress_total) == (2, 2)
    assert job.finished_at is not None


@pytest.mark.django_db
def test_a_problem_is_told_to_the_user_as_it_is(does: Does, by: Actor) -> None:
    def refuse(job: Job, progress: Any) -> None:
        raise JobProblem("Filen er kryptert.")

    job = run(does(refuse), by)

    assert (job.status, job.error) == (JobStatus.FAILED, "Filen er kryptert.")


@pytest.mark.django_db
def test_a_fault_is_a_sentence_to_the_user_and_a_place_in_the_log(
    does: Does, by: Actor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("innpass"), "propagate", True)

    def break_down(job: Job, progress: Any) -> None:
        raise RuntimeError(f"cannot read {NUMBER}")

    job = run(does(break_down), by)

    assert job.status == JobStatus.FAILED
    assert job.error.startswith("Noe gikk galt hos oss, og jobben er stoppet.")
    assert str(job.id)[:8] in job.error
    assert "RuntimeError" not in job.error
    assert NUMBER not in job.error
    assert "RuntimeError at test_running.py:" in caplog.text
    assert str(job.id) in caplog.text
    assert NUMBER not in caplog.text


@pytest.mark.django_db
def test_what_a_broken_function_stored_in_its_transaction_is_gone(does: Does, by: Actor) -> None:
    def store_and_break(job: Job, progress: Any) -> None:
        with transaction.atomic():
            leave_a_mark(job)
            progress.finish("Ferdig")
            raise RuntimeError

    job = run(does(store_and_break), by)

    assert job.status == JobStatus.FAILED
    assert marks(job) == 0


@pytest.mark.django_db
def test_work_and_its_mark_are_stored_together(does: Does, by: Actor) -> None:
    def store(job: Job, progress: Any) -> None:
        progress(3, 9)
        with transaction.atomic():
            leave_a_mark(job)
            progress.finish("9 rader tatt inn")

    job = run(does(store), by)

    assert (job.status, job.message, marks(job)) == (JobStatus.DONE, "9 rader tatt inn", 1)


@pytest.mark.django_db
def test_a_job_cancelled_meanwhile_stores_nothing(does: Does, by: Actor) -> None:
    def store(job: Job, progress: Any) -> None:
        cancel(job=job, by=by)
        with transaction.atomic():
            leave_a_mark(job)
            progress.finish()

    job = run(does(store), by)

    assert (job.status, marks(job)) == (JobStatus.CANCELLED, 0)


@pytest.mark.django_db
def test_a_cancelled_job_stops_at_its_next_report(does: Does, by: Actor) -> None:
    def work(job: Job, progress: Any) -> None:
        cancel(job=job, by=by)
        progress(1, 2)
        leave_a_mark(job)

    job = run(does(work), by)

    assert (job.status, marks(job)) == (JobStatus.CANCELLED, 0)


@pytest.mark.django_db
def test_a_worker_that_must_stop_gives_its_job_back(does: Does, by: Actor) -> None:
    job = run(does(lambda job, progress: progress(1, 2)), by, must_stop=lambda: True)

    assert (job.status, job.attempts, job.worker) == (JobStatus.WAITING, 0, "")


@pytest.mark.django_db
def test_database_trouble_lets_the_job_wait_a_little(
    does: Does, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)

    def lose_the_database(job: Job, progress: Any) -> None:
        raise OperationalError("database is locked")

    job = run(does(lose_the_database), by)

    assert (job.status, job.attempts, job.error) == (JobStatus.WAITING, 1, "")
    assert run_one(worker="a") is None


# With a database that others see into, as in use


def leave_a_mark(job: Job) -> None:
    audit.record(
        municipality_id=job.municipality_id,
        actor_id=None,
        action="trial_mark",
        subject_kind="job",
        subject_id=job.id,
    )


def marks(job: Job) -> int:
    return AuditEvent.objects.filter(action="trial_mark", subject_id=job.id).count()


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    def close_after() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=close_after)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quickly")
def test_progress_is_seen_while_the_job_runs(does: Does, by: Actor) -> None:
    go_on = threading.Event()

    def work(job: Job, progress: Any) -> None:
        progress(1, 4, "Leser rad 1")
        go_on.wait(10)
        progress(4, 4, "Leste alt")

    enqueue(kind=does(work), arguments={}, by=by)
    thread = in_a_thread(lambda: run_one(worker="a"))
    try:
        wait_until(lambda: Job.objects.get().message == "Leser rad 1")
        assert Job.objects.get().status == JobStatus.RUNNING
    finally:
        go_on.set()
        thread.join()

    job = Job.objects.get()
    assert (job.status, job.progress_done, job.message) == (JobStatus.DONE, 4, "Leste alt")


@pytest.mark.django_db(transaction=True)
def test_that_all_is_worked_out_is_stored_before_the_writing_begins(
    does: Does, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SHOW_SECONDS", 60)  # the thread stores nothing
    seen = []

    def work(job: Job, progress: Any) -> None:
        for done in (1, 2):
            progress(done, 2, f"{done} av 2")
            seen.append(Job.objects.get().message)

    run(does(work), by)

    assert seen == ["", "2 av 2"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quickly")
def test_a_silent_function_keeps_its_lease(does: Does, by: Actor) -> None:
    go_on = threading.Event()
    enqueue(kind=does(lambda job, progress: go_on.wait(10)), arguments={}, by=by)
    thread = in_a_thread(lambda: run_one(worker="a"))
    try:
        wait_until(lambda: Job.objects.get().lease_until is not None)
        first = Job.objects.get().lease_until
        wait_until(lambda: Job.objects.get().lease_until > first)
        assert claim_next(worker="b") is None
    finally:
        go_on.set()
        thread.join()
    assert Job.objects.get().status == JobStatus.DONE


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quickly")
def test_a_job_cancelled_from_outside_stops(does: Does, by: Actor) -> None:
    stopped = threading.Event()

    def work(job: Job, progress: Any) -> None:
        try:
            for done in range(1000):
                progress(done, 1000)
                time.sleep(0.01)
        finally:
            stopped.set()

    job = enqueue(kind=does(work), arguments={}, by=by)
    thread = in_a_thread(lambda: run_one(worker="a"))
    try:
        wait_until(lambda: Job.objects.get().progress_done > 0)
        cancel(job=job, by=by)
        assert stopped.wait(5)
    finally:
        thread.join()
    assert Job.objects.get().status == JobStatus.CANCELLED


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quickly")
def test_reports_inside_a_long_transaction_do_not_disturb_it(does: Does, by: Actor) -> None:
    def work(job: Job, progress: Any) -> None:
        with transaction.atomic():
            leave_a_mark(job)
            for done in range(20):
                progress(done, 20)
                time.sleep(0.01)
            progress.finish("Ferdig")

    job = run(does(work), by)

    assert (job.status, job.message, marks(job)) == (JobStatus.DONE, "Ferdig", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quickly")
def test_a_busy_database_is_asked_again(
    does: Does, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = services.report_progress
    failures = iter([OperationalError("database is locked")] * 2)
    stored = threading.Event()

    def busy_at_first(**values: Any) -> bool:
        for failure in failures:
            raise failure
        held = report(**values)
        stored.set()
        return held

    monkeypatch.setattr(services, "report_progress", busy_at_first)

    def work(job: Job, progress: Any) -> None:
        progress(1, 1, "Leser")
        assert stored.wait(5)

    assert run(does(work), by).status == JobStatus.DONE


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_get_the_same_job(does: Does, by: Actor) -> None:
    kind = does(lambda job, progress: None)
    wanted = {enqueue(kind=kind, arguments={}, by=by).id for _ in range(24)}
    taken: list[Any] = []
    ready = threading.Barrier(4)

    def take_all() -> None:
        name = threading.current_thread().name
        ready.wait()
        while (job := claim_next(worker=name)) is not None:
            taken.append(job.id)

    threads = [in_a_thread(take_all) for _ in range(4)]
    for thread in threads:
        thread.join()

    assert len(taken) == len(wanted)
    assert set(taken) == wanted
