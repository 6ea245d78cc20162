"""A worker in a process of its own, with a slow job and short leases, on the test's database."""

import os
import time
from datetime import timedelta
from typing import Any

import django
from django.conf import settings


def main() -> None:
    """Work until told to stop."""
    settings.DATABASES["default"]["NAME"] = os.environ["TRIAL_DATABASE"]
    django.setup()

    from django.core.management import call_command

    from innpass.casework.jobs import registry, running, services
    from innpass.casework.jobs.management.commands import worker

    services.LEASE = timedelta(seconds=1.5)
    running.SHOW_SECONDS = 0.1
    running.RENEW_SECONDS = 0.3
    worker.POLL_SECONDS = 0.1
    worker.GRACE_SECONDS = 0.2
    for kind in registry.kinds():
        registry.forget(kind)
    registry.job("trial.slow")(work_slowly)
    call_command("worker")


def work_slowly(job: Any, progress: Any) -> None:
    """Take long the first time, and leave one mark in the transaction that ends it."""
    from django.db import transaction

    from innpass.casework.audit import services as audit

    for done in range(200):
        progress(done, 200, "Arbeider")
        if job.attempts == 1:
            time.sleep(0.05)
    with transaction.atomic():
        audit.record(
            municipality_id=job.municipality_id,
            actor_id=None,
            action="trial_mark",
            subject_kind="job",
            subject_id=job.id,
        )
        progress.finish("Ferdig")


main()
