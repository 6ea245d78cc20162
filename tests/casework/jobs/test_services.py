import uuid
from collections.abc import Callable
from contextvars import Context
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from innpass.casework.audit.models import AuditEvent
from innpass.casework.jobs import registry, services
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.services import (
    beginning_of_turn,
    cancel,
    claim_next,
    enqueue,
    enqueue_due,
    fail,
    finish,
    give_back,
    lease_of,
    report_progress,
)
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.domain.access.roles import Actor

pytestmark = pytest.mark.django_db

Does = Callable[..., str]


def nothing(job: Any, progress: Any) -> None:
    """Do nothing."""


@pytest.fixture
def kind(does: Does) -> str:
    return does(nothing)


def claim(worker: str = "a") -> Job:
    job = claim_next(worker=worker)
    assert job is not None
    return job


def fall_silent(job: Job) -> None:
    """Let the job's lease be over, as when its worker was killed."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_waits_with_who_asked_for_it_and_the_act_is_logged(kind: str, by: Actor) -> None:
    job = enqueue(kind=kind, arguments={"batch": uuid.UUID(int=7)}, by=by)

    fresh = Job.objects.get()
    event = AuditEvent.objects.get(action="enqueue_job")

    assert (fresh.status, fresh.arguments) == (JobStatus.WAITING, {"batch": str(uuid.UUID(int=7))})
    assert (fresh.municipality_id, fresh.requested_by) == (by.municipality_id, by.user_id)
    assert (event.subject_id, event.changes) == (job.id, {"kind": [None, kind]})
    assert str(fresh) == f"{kind} {job.id}"


def test_an_unknown_kind_is_refused(by: Actor) -> None:
    with pytest.raises(registry.UnknownKind, match=r"trial\.unknown"):
        enqueue(kind="trial.unknown", arguments={}, by=by)


@pytest.mark.parametrize(
    "value", ["Ola Nordmann", "01020312345", 1020312345, 1.5, {"a": 1}, object(), ["01020312345"]]
)
def test_what_may_be_personal_is_no_argument(kind: str, by: Actor, value: Any) -> None:
    with pytest.raises(ValueError, match="ids, switches, dates and small numbers"):
        enqueue(kind=kind, arguments={"x": value}, by=by)


@pytest.mark.parametrize(
    "value", [None, True, 7, "2026-01-01", date(2026, 1, 1).isoformat(), "", ["a", 1], "messy.xlsx"]
)
def test_switches_dates_and_small_numbers_are_arguments(kind: str, by: Actor, value: Any) -> None:
    assert enqueue(kind=kind, arguments={"x": value}, by=by).arguments == {"x": value}


def test_jobs_are_not_seen_from_outside_their_municipality(kind: str, by: Actor) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    other = make_municipality(name="Storvik", by=None)

    with scope(municipality=other):
        assert not Job.objects.exists()
    with pytest.raises(ScopeError):
        Context().run(lambda: Job.objects.count())  # as where no municipality was chosen


def test_the_oldest_job_of_any_municipality_is_taken_first(kind: str, by: Actor) -> None:
    first = enqueue(kind=kind, arguments={}, by=by)
    other = make_municipality(name="Storvik", by=None)
    with scope(municipality=other):
        second = enqueue(kind=kind, arguments={}, by=operator(other))

    taken = [claim("a"), claim("b")]

    assert [job.id for job in taken] == [first.id, second.id]
    assert [job.worker for job in taken] == ["a", "b"]
    assert claim_next(worker="c") is None


def test_a_taken_job_runs_under_a_lease(kind: str, by: Actor) -> None:
    enqueue(kind=kind, arguments={}, by=by)

    job = claim()

    assert (job.status, job.attempts) == (JobStatus.RUNNING, 1)
    assert job.started_at is not None
    assert job.lease_until is not None
    assert job.lease_until > timezone.now() + services.LEASE / 2


def test_a_job_that_nobody_here_can_do_is_left_to_others(does: Does, by: Actor) -> None:
    kind = does(nothing)
    enqueue(kind=kind, arguments={}, by=by)
    registry.forget(kind)

    assert claim_next(worker="a") is None


def test_a_silent_workers_job_is_taken_again_and_the_first_can_change_nothing(
    kind: str, by: Actor
) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    first = claim("a")
    fall_silent(first)
    second = claim("b")

    assert (second.id, second.attempts) == (first.id, 2)
    assert not report_progress(lease=lease_of(first), done=9, total=9)
    assert not finish(lease=lease_of(first))
    assert not fail(lease=lease_of(first), error="nei")
    assert not give_back(lease=lease_of(first), counts=True)
    assert report_progress(lease=lease_of(second), done=1, total=2, message="Leser")
    fresh = Job.objects.get()
    assert (fresh.status, fresh.progress_done, fresh.message) == (JobStatus.RUNNING, 1, "Leser")


def test_a_job_whose_worker_died_three_times_has_failed_with_a_sentence(
    kind: str, by: Actor
) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    for worker in "abc":
        fall_silent(claim(worker))

    assert claim_next(worker="d") is None

    job = Job.objects.get()
    assert (job.status, job.error) == (JobStatus.FAILED, services.GAVE_UP)
    assert job.finished_at is not None


def test_reporting_renews_the_lease(kind: str, by: Actor) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    job = claim()
    fall_silent(job)

    assert report_progress(lease=lease_of(job), done=0, total=0)

    assert claim_next(worker="b") is None


def test_a_job_given_back_waits_and_the_attempt_need_not_count(kind: str, by: Actor) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    give_back(lease=lease_of(claim()), counts=False)
    assert Job.objects.get().attempts == 0

    give_back(lease=lease_of(claim()), counts=True, wait=timedelta(seconds=30))

    assert (Job.objects.get().status, Job.objects.get().attempts) == (JobStatus.WAITING, 1)
    assert claim_next(worker="b") is None


def test_long_texts_are_cut_and_not_refused(kind: str, by: Actor) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    lease = lease_of(claim())

    report_progress(lease=lease, done=1, total=1, message="æ" * 999)
    fail(lease=lease, error="å" * 999)

    assert (len(Job.objects.get().message), len(Job.objects.get().error)) == (200, 500)


def test_a_waiting_job_can_be_cancelled_and_is_then_never_taken(kind: str, by: Actor) -> None:
    job = enqueue(kind=kind, arguments={}, by=by)

    assert cancel(job=job, by=by)

    assert claim_next(worker="a") is None
    assert Job.objects.get().status == JobStatus.CANCELLED
    event = AuditEvent.objects.get(action="cancel_job")
    assert event.changes == {"status": ["waiting", "cancelled"]}


def test_a_running_job_can_be_cancelled_and_its_worker_stores_nothing_more(
    kind: str, by: Actor
) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    job = claim()

    assert cancel(job=job, by=by)

    assert not finish(lease=lease_of(job))
    assert Job.objects.get().status == JobStatus.CANCELLED


def test_what_has_ended_cannot_be_cancelled_and_nothing_is_logged(kind: str, by: Actor) -> None:
    enqueue(kind=kind, arguments={}, by=by)
    job = claim()
    finish(lease=lease_of(job), message="Ferdig")

    assert not cancel(job=job, by=by)

    assert (Job.objects.get().status, Job.objects.get().message) == (JobStatus.DONE, "Ferdig")
    assert not AuditEvent.objects.filter(action="cancel_job").exists()


@pytest.mark.parametrize(
    ("status", "is_final"),
    [("waiting", False), ("running", False), ("done", True), ("failed", True), ("cancelled", True)],
)
def test_which_statuses_are_final(status: str, is_final: bool) -> None:
    assert JobStatus(status).is_final is is_final


# Periodic jobs


@pytest.mark.parametrize("minutes", [0, -5, 7, 1441])
def test_a_turn_must_go_up_in_a_day(minutes: int) -> None:
    with pytest.raises(ValueError, match="whole number of turns"):
        registry.every(minutes=minutes)


def test_two_functions_for_one_kind_are_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="two functions"):
        registry.job(kind)(lambda job, progress: None)


@pytest.mark.parametrize(
    ("now", "minutes", "begun"),
    [
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), 1440, datetime(2026, 1, 1, 23, tzinfo=UTC)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), 1440, datetime(2026, 6, 30, 22, tzinfo=UTC)),
        (datetime(2026, 7, 1, 10, 59, tzinfo=UTC), 60, datetime(2026, 7, 1, 10, tzinfo=UTC)),
        (datetime(2026, 3, 29, 12, 0, tzinfo=UTC), 1440, datetime(2026, 3, 28, 23, tzinfo=UTC)),
    ],
)
def test_turns_are_counted_from_norwegian_midnight(
    now: datetime, minutes: int, begun: datetime
) -> None:
    assert beginning_of_turn(now=now, minutes=minutes) == begun


def test_a_periodic_job_is_enqueued_once_per_turn_and_municipality(
    does: Does, municipality: Municipality
) -> None:
    make_municipality(name="Storvik", by=None)
    does(nothing, minutes=1440)
    first = datetime(2026, 7, 1, 10, tzinfo=UTC)

    counts = [enqueue_due(now=first + timedelta(hours=hours)) for hours in (0, 1, 24, 25)]

    assert counts == [2, 0, 2, 0]
    assert Job.objects.count() == 2  # in our own municipality


def test_old_turns_are_cleared_away_but_running_ones_stay(
    does: Does, municipality: Municipality
) -> None:
    does(nothing, minutes=1440)
    first = datetime(2026, 7, 1, 10, tzinfo=UTC)
    enqueue_due(now=first)
    enqueue_due(now=first + timedelta(days=1))
    running = claim()

    enqueue_due(now=first + timedelta(days=30))

    assert running.id in Job.objects.values_list("id", flat=True)
    assert Job.objects.count() == 2


def test_a_turn_another_worker_enqueued_meanwhile_is_left_alone(
    does: Does, municipality: Municipality
) -> None:
    kind = does(nothing, minutes=1440)
    now = datetime(2026, 7, 1, 10, tzinfo=UTC)
    enqueue_due(now=now)
    again = Job(municipality=municipality, kind=kind, slot=beginning_of_turn(now=now, minutes=1440))

    with scopes_disabled():
        Job.objects.bulk_create([again], ignore_conflicts=True)

    assert Job.objects.count() == 1
