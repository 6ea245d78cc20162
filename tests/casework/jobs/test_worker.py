import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection

from innpass.casework.audit.models import AuditEvent
from innpass.casework.jobs import registry, services
from innpass.casework.jobs.management.commands import worker
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.services import cancel, enqueue
from innpass.casework.organisations.models import Municipality
from innpass.domain.access.roles import Actor

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("worker_process.py")

Does = Callable[..., str]
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)


# In this process


@pytest.mark.django_db
def test_once_does_what_waits_and_stops(does: Does, by: Actor) -> None:
    done = []
    kind = does(lambda job, progress: done.append(job.id))
    wanted = [enqueue(kind=kind, arguments={}, by=by).id for _ in range(3)]

    call_command("worker", "--once")

    assert done == wanted
    assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.DONE}


@pytest.mark.django_db
def test_the_worker_enqueues_what_is_due(does: Does, municipality: Municipality) -> None:
    done = []
    does(lambda job, progress: done.append(job.municipality), minutes=1440)

    call_command("worker", "--once")
    call_command("worker", "--once")

    assert done == [municipality]


@pytest.mark.django_db
def test_the_worker_goes_on_when_the_database_is_away_for_a_while(
    does: Does, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue(kind=does(lambda job, progress: None), arguments={}, by=by)
    claim_next = services.claim_next
    failures = iter([OperationalError("database is locked"), OperationalError("gone")])

    def away_at_first(*, worker: str) -> Job | None:
        for failure in failures:
            raise failure
        return claim_next(worker=worker)

    monkeypatch.setattr(services, "claim_next", away_at_first)

    call_command("worker", "--once")

    assert Job.objects.get().status == JobStatus.DONE


@pytest.mark.django_db
def test_once_gives_up_on_a_database_that_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*, worker: str) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(services, "claim_next", away)
    monkeypatch.setattr(worker, "PATIENCE_ONCE_SECONDS", 0.03)

    with pytest.raises(CommandError, match="Databasen svarer ikke"):
        call_command("worker", "--once")


@pytest.mark.django_db
def test_a_worker_without_tables_or_database_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match="innpass migrate"):
        call_command("worker", "--once")

    def away() -> list[str]:
        raise DatabaseError

    monkeypatch.setattr(connection.introspection, "table_names", away)
    with pytest.raises(CommandError, match="Databasen svarer ikke"):
        call_command("worker", "--once")


@pytest.mark.django_db
def test_a_worker_with_foreign_keys_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "keys_problem", lambda: "Nøkkelfilen hører ikke til.")

    with pytest.raises(CommandError, match="Nøkkelfilen hører ikke til"):
        call_command("worker", "--once")


@pytest.mark.django_db
def test_a_worker_with_nothing_to_do_for_anyone_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(registry, "kinds", tuple)
    monkeypatch.setattr(worker.log, "warning", lambda text, *values: told.append(text))

    call_command("worker", "--once", stdout=StringIO())

    assert told == ["no job has a function here; nothing will be done"]


@pytest.mark.django_db
def test_a_worker_waits_until_it_is_told_to_stop() -> None:
    before = signal.getsignal(signal.SIGTERM)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()

    call_command("worker")

    assert signal.getsignal(signal.SIGTERM) is before


# In processes of their own


@pytest.fixture
def start() -> Iterator[Start]:
    """Start workers on the test's database; kill what is left of them at the end."""
    processes: list[subprocess.Popen[str]] = []

    def start_one() -> subprocess.Popen[str]:
        variables = os.environ | {
            "TRIAL_DATABASE": str(connection.settings_dict["NAME"]),
            "INNPASS_KEYS_FILE": str(settings.INNPASS_KEYS_FILE),
            "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
            "PYTHONPATH": str(ROOT),
        }
        process = subprocess.Popen(
            [sys.executable, SCRIPT], env=variables, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        processes.append(process)
        return process

    yield start_one
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def slow(does: Does, by: Actor, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job that only the other processes can do."""
    monkeypatch.setattr(registry, "function_for", lambda kind: None)
    return enqueue(kind="trial.slow", arguments={}, by=by)


def wait_for(process: subprocess.Popen[str], condition: Callable[[Job], bool]) -> Job:
    end = time.monotonic() + 30
    while True:
        job = Job.objects.get()
        if condition(job):
            return job
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end, f"{job.status} after 30 seconds"
        time.sleep(0.05)


def marks() -> int:
    return AuditEvent.objects.filter(action="trial_mark").count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_job_is_done_once_by_another(slow: Job, start: Start) -> None:
    first, second = start(), None
    seen = wait_for(first, lambda job: job.progress_done > 0)
    second = start()
    first.send_signal(signal.SIGKILL)
    first.wait()

    job = wait_for(second, lambda job: JobStatus(job.status).is_final)
    second.send_signal(signal.SIGTERM)
    _, log = second.communicate(timeout=10)

    assert (seen.status, seen.message) == (JobStatus.RUNNING, "Arbeider")
    assert (job.status, job.message, job.attempts) == (JobStatus.DONE, "Ferdig", 2)
    assert job.worker != seen.worker
    assert marks() == 1
    assert second.returncode == 0
    assert str(job.id) in log


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_gives_its_job_back_at_once(slow: Job, start: Start) -> None:
    process = start()
    wait_for(process, lambda job: job.progress_done > 0)

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)

    job = Job.objects.get()
    assert process.returncode == 0
    assert (job.status, job.attempts, job.worker, marks()) == (JobStatus.WAITING, 0, "", 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_is_cancelled_while_another_process_does_it(
    slow: Job, start: Start, by: Actor
) -> None:
    process = start()
    job = wait_for(process, lambda job: job.progress_done > 0)

    cancel(job=job, by=by)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=10)

    assert Job.objects.get().status == JobStatus.CANCELLED
    assert marks() == 0
    assert "no longer ours" in log
