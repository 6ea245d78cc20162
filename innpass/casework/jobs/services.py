"""Acts on jobs: ask for one, cancel it, take it, renew it, end it.

Every change of a running job names the lease it is made under, so a worker that lost its job
(frozen, cut off, too slow) changes nothing any more. Leases run by the database's clock.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django_scopes import scopes_disabled

from innpass.casework.audit import services as audit
from innpass.casework.jobs import registry
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.organisations.models import Municipality
from innpass.domain.access.roles import Actor

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
KEEP_PERIODIC = timedelta(days=7)

GAVE_UP = (
    "Jobben stoppet tre ganger uten å bli ferdig. Prøv igjen; skjer det på nytt, si fra til den "
    "som drifter Innpass."
)
_WORD = re.compile(r"[A-Za-z0-9_.:+-]{0,60}\Z")
_LARGEST_NUMBER = 10**9


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's hold on one job."""

    job_id: UUID
    worker: str
    attempt: int


@transaction.atomic
def enqueue(*, kind: str, arguments: Mapping[str, Any], by: Actor) -> Job:
    """Ask for a job; a worker takes it once the surrounding transaction has committed.

    Arguments are ids, switches, dates and small numbers; UUIDs are stored as text.

    Raises:
        UnknownKind: no function does this.
        ValueError: an argument is none of those; it might be personal.
    """
    registry.function_for(kind)
    job = Job.objects.create(
        municipality_id=by.municipality_id,
        kind=kind,
        arguments={name: _checked(value) for name, value in arguments.items()},
        requested_by=by.user_id,
    )
    _record("enqueue_job", job.id, by, {"kind": [None, kind]})
    return job


@transaction.atomic
def cancel(*, job: Job, by: Actor) -> bool:
    """Cancel a job that waits or runs; return whether there was anything to cancel.

    A running function notices at its next ``progress`` or ``finish`` and stores nothing after.
    """
    changed = Job.objects.filter(
        pk=job.pk, status__in=[JobStatus.WAITING, JobStatus.RUNNING]
    ).update(
        status=JobStatus.CANCELLED, finished_at=Now(), lease_until=None, version=F("version") + 1
    )
    if changed:
        _record("cancel_job", job.id, by, {"status": [job.status, JobStatus.CANCELLED.value]})
    return bool(changed)


def claim_next(*, worker: str) -> Job | None:
    """Take the oldest job that waits or whose worker has gone silent, in any municipality.

    The taking is one UPDATE that holds the condition, so two workers never get the same job.
    """
    free = Q(status=JobStatus.WAITING) & (
        Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
    ) | Q(status=JobStatus.RUNNING, lease_until__lt=Now())
    with scopes_disabled():
        candidates = Job.objects.filter(free, kind__in=registry.kinds())
        for job_id, attempts in candidates.order_by("created_at", "id").values_list(
            "id", "attempts"
        )[:5]:
            mine = Job.objects.filter(free, pk=job_id, attempts=attempts)
            if attempts >= MOST_ATTEMPTS:
                _end(mine, JobStatus.FAILED, error=GAVE_UP)
            elif mine.update(
                status=JobStatus.RUNNING,
                worker=worker,
                attempts=attempts + 1,
                lease_until=Now() + LEASE,
                started_at=Coalesce("started_at", Now()),
                version=F("version") + 1,
            ):
                return Job.objects.select_related("municipality").get(pk=job_id)
    return None


def report_progress(*, lease: Lease, done: int, total: int, message: str = "") -> bool:
    """Store how far the work has come and renew the lease; return whether the job is still held."""
    return bool(
        _held(lease).update(
            progress_done=done,
            progress_total=total,
            message=message[:200],
            lease_until=Now() + LEASE,
        )
    )


def finish(*, lease: Lease, message: str = "", total: int = 0) -> bool:
    """Mark a held job done, all of ``total``; return whether it was still held."""
    return _end(
        _held(lease),
        JobStatus.DONE,
        message=message[:200],
        progress_done=total,
        progress_total=total,
    )


def fail(*, lease: Lease, error: str) -> bool:
    """Mark a held job failed with a sentence for the user; return whether it was still held."""
    return _end(_held(lease), JobStatus.FAILED, error=error[:500])


def give_back(*, lease: Lease, counts: bool, wait: timedelta = timedelta(0)) -> bool:
    """Let a held job wait for a worker again; return whether it was still held.

    Args:
        lease: the hold that is given up.
        counts: whether this attempt counts towards the most there may be.
        wait: how long it is left alone.
    """
    return bool(
        _held(lease).update(
            status=JobStatus.WAITING,
            worker="",
            lease_until=Now() + wait,
            attempts=F("attempts") if counts else F("attempts") - 1,
            version=F("version") + 1,
        )
    )


def enqueue_due(*, now: datetime) -> int:
    """Enqueue the periodic jobs whose turn has begun, once per turn and municipality.

    Several workers may call this at the same time. Old turns are cleared away.

    Returns:
        how many were enqueued, at most: those another worker enqueued meanwhile count too.
    """
    enqueued = 0
    with scopes_disabled():
        for kind, minutes in registry.periods().items():
            slot = beginning_of_turn(now=now, minutes=minutes)
            there = Job.objects.filter(kind=kind, slot=slot).values("municipality_id")
            missing = Municipality.objects.exclude(id__in=there)
            jobs = [Job(municipality=each, kind=kind, slot=slot) for each in missing]
            if jobs:
                Job.objects.bulk_create(jobs, ignore_conflicts=True)
                old = Job.objects.filter(kind=kind, slot__lt=slot - KEEP_PERIODIC)
                old.exclude(status=JobStatus.RUNNING).delete()
                enqueued += len(jobs)
    return enqueued


def beginning_of_turn(*, now: datetime, minutes: int) -> datetime:
    """Return when the turn began that ``now`` is in; turns are counted from local midnight."""
    local = timezone.localtime(now)
    since_midnight = local.hour * 60 + local.minute
    begun = since_midnight - since_midnight % minutes
    return local.replace(hour=begun // 60, minute=begun % 60, second=0, microsecond=0)


def lease_of(job: Job) -> Lease:
    """Return the hold that ``claim_next`` gave."""
    return Lease(job_id=job.id, worker=job.worker, attempt=job.attempts)


def _held(lease: Lease) -> Any:
    with scopes_disabled():
        return Job.objects.filter(
            pk=lease.job_id,
            status=JobStatus.RUNNING,
            worker=lease.worker,
            attempts=lease.attempt,
        )


def _end(jobs: Any, status: JobStatus, **values: str | int) -> bool:
    return bool(
        jobs.update(
            status=status,
            finished_at=Now(),
            lease_until=None,
            version=F("version") + 1,
            **values,
        )
    )


def _checked(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_checked(each) for each in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < _LARGEST_NUMBER:
        return value
    if isinstance(value, str) and _WORD.match(value) and not _is_long_number(value):
        return value
    raise ValueError("a job's arguments are ids, switches, dates and small numbers")


def _is_long_number(text: str) -> bool:
    return text.isdigit() and int(text) >= _LARGEST_NUMBER


def _record(action: str, job_id: UUID, by: Actor, changes: dict[str, Any]) -> None:
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="job",
        subject_id=job_id,
        changes=changes,
    )
