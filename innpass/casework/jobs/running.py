"""Doing one job: the function in its municipality's scope, and a thread that shows it lives."""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import TracebackType

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django_scopes import scope, scopes_disabled

from innpass.casework.jobs import services
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.registry import JobProblem, function_for
from innpass.casework.jobs.services import Lease

SHOW_SECONDS = 1.0
RENEW_SECONDS = 15.0
WAIT_AFTER_DATABASE_TROUBLE = timedelta(seconds=5)

log = logging.getLogger("innpass.jobs")


class Stopped(Exception):
    """The function must stop and store nothing more."""


class NoLongerHeld(Stopped):
    """The job was cancelled, or another worker has taken it."""


class GivenBack(Stopped):
    """The worker is asked to stop; the job waits for another."""


class Run:
    """One attempt at one job: what the function reports to, and what keeps the lease alive.

    The function's reports are kept in memory; a thread with a connection of its own stores them
    about once a second and renews the lease, also while the function is inside a transaction. Where
    that cannot work, inside a transaction that began before the run (as in most tests), they are
    stored at once instead. So is the report that all is worked out: what follows is the transaction
    that writes, during which SQLite lets no other connection store anything.
    """

    def __init__(self, lease: Lease, *, must_stop: Callable[[], bool]) -> None:
        self.lease = lease
        self.is_finished = False
        self._must_stop = must_stop
        self._report = (0, 0, "")
        self._stored = (0, 0, "")
        self._lost = False
        self._stores_at_once = False
        self._over = threading.Event()

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Tell how far the work has come. See ``registry.Progress``."""
        self._report = (done, total, message)
        if self._stores_at_once:
            self._store()
        elif done >= total > 0 and not connection.in_atomic_block:
            self._try_to_store()
        if self._lost:
            raise NoLongerHeld(str(self.lease.job_id))
        if self._must_stop():
            raise GivenBack(str(self.lease.job_id))

    def finish(self, message: str = "") -> None:
        """Mark the job done in the caller's transaction. See ``registry.Progress``."""
        _, total, last_message = self._report
        if not services.finish(lease=self.lease, message=message or last_message, total=total):
            raise NoLongerHeld(str(self.lease.job_id))
        self.is_finished = True

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Keep the lease alive while the block runs."""
        if connection.in_atomic_block:
            self._stores_at_once = True
            yield
            return
        thread = threading.Thread(target=self._keep_alive, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _keep_alive(self) -> None:
        renewed = time.monotonic()
        try:
            while not self._lost and not self._over.wait(SHOW_SECONDS):
                if self._report == self._stored and time.monotonic() - renewed < RENEW_SECONDS:
                    continue
                if self._try_to_store():
                    renewed = time.monotonic()
                else:
                    connection.close()
        finally:
            connection.close()

    def _try_to_store(self) -> bool:
        """Store the report; ``False`` where the database is busy or away: the next may succeed."""
        try:
            self._store()
        except (DatabaseError, InterfaceError) as error:
            log.warning("job %s: lease not renewed (%s)", self.lease.job_id, type(error))
            return False
        return True

    def _store(self) -> None:
        report = self._report
        done, total, message = report
        if services.report_progress(lease=self.lease, done=done, total=total, message=message):
            self._stored = report
        else:
            self._lost = True


def run_one(*, worker: str, must_stop: Callable[[], bool] = lambda: False) -> Job | None:
    """Take the next job and do it; return it as it stands after, or ``None`` if there is none.

    Args:
        worker: name of the worker, unique among those that live.
        must_stop: asked at each report; when it says yes the job is given back.

    Raises:
        OperationalError: the database is away; the lease runs out and the job is taken again.
    """
    job = services.claim_next(worker=worker)
    if job is None:
        return None
    log.info("job %s: %s begins, attempt %s", job.id, job.kind, job.attempts)
    run = Run(services.lease_of(job), must_stop=must_stop)
    _do(job, run)
    with scopes_disabled():
        job = Job.objects.select_related("municipality").get(pk=job.pk)
    log.info("job %s: %s", job.id, job.status)
    return job


def _do(job: Job, run: Run) -> None:
    lease = run.lease
    try:
        with scope(municipality=job.municipality), run.kept_alive():
            function_for(job.kind)(job, run)
            if not run.is_finished:
                run.finish()
    except JobProblem as problem:
        services.fail(lease=lease, error=str(problem))
    except NoLongerHeld:
        log.info("job %s: no longer ours", lease.job_id)
    except GivenBack:
        services.give_back(lease=lease, counts=False)
    except (OperationalError, InterfaceError) as error:
        log.warning("job %s: database trouble at %s", lease.job_id, where(error))
        connection.close()
        services.give_back(lease=lease, counts=True, wait=WAIT_AFTER_DATABASE_TROUBLE)
    except Exception as error:  # the border: logged without its message, told in a sentence
        log.error("job %s: %s", lease.job_id, where(error))  # noqa: TRY400
        services.fail(lease=lease, error=fault_sentence(job))


def fault_sentence(job: Job) -> str:
    """Say to the user that the fault is ours, with a number the operator can look up."""
    return (
        "Noe gikk galt hos oss, og jobben er stoppet. Prøv igjen; skjer det på nytt, oppgi "
        f"jobbnummer {str(job.id)[:8]} til den som drifter Innpass."
    )


def where(error: BaseException) -> str:
    """Say what kind of error arose where, without its message, which may be personal."""
    return f"{type(error).__name__} at {_places(error.__traceback__)}"


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in reversed(frames)
    )
