"""``innpass worker [--once]``."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)
from django.utils import timezone

from innpass.casework.jobs import registry, services
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.running import run_one, where
from innpass.casework.sealing.services import keys_problem

POLL_SECONDS = 0.5
LOOK_AT_CLOCK_SECONDS = 30.0
GRACE_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 30.0
PATIENCE_ONCE_SECONDS = 60.0

log = logging.getLogger("innpass.jobs")


class Command(BaseCommand):
    """Do what waits, one job at a time, until told to stop."""

    help = "Utfører jobbene som venter. Stopper pent ved SIGTERM og Ctrl-C."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stop = threading.Event()
        self._give_back_from = float("inf")
        self._looked_at_clock = float("-inf")
        self._trouble_seconds = 0.0

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one switch."""
        parser.add_argument(
            "--once", action="store_true", help="gjør det som venter nå, og stopp så"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        self._check_configuration()
        before = {
            number: signal.signal(number, self._ask_to_stop)
            for number in (signal.SIGTERM, signal.SIGINT)
            if threading.current_thread() is threading.main_thread()
        }
        name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        log.info("worker %s begins", name)
        try:
            while not self._stop.is_set():
                if not self._work(name, once=options["once"]):
                    break
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        log.info("worker %s ends", name)

    def _work(self, name: str, *, once: bool) -> bool:
        """Do one job or wait a little; return whether to go on."""
        try:
            if not connection.in_atomic_block:  # as it is in tests
                close_old_connections()
            self._look_at_clock()
            job = run_one(worker=name, must_stop=self._must_give_back)
        except (OperationalError, InterfaceError) as error:
            return self._wait_for_database(error, once=once)
        self._trouble_seconds = 0.0
        if job is None and once:
            return False
        if job is None:
            self._stop.wait(POLL_SECONDS)
        return True

    def _look_at_clock(self) -> None:
        if time.monotonic() - self._looked_at_clock >= LOOK_AT_CLOCK_SECONDS:
            services.enqueue_due(now=timezone.now())
            self._looked_at_clock = time.monotonic()

    def _wait_for_database(self, error: Exception, *, once: bool) -> bool:
        log.warning("database trouble at %s", where(error))
        if not connection.in_atomic_block:
            connection.close()
        if once and self._trouble_seconds >= PATIENCE_ONCE_SECONDS:
            raise CommandError(
                "Databasen svarer ikke. Sjekk at den går og at INNPASS_DATABASE_URL er riktig."
            )
        seconds = min(max(POLL_SECONDS, self._trouble_seconds), LONGEST_WAIT_SECONDS)
        self._trouble_seconds += seconds
        self._stop.wait(seconds)
        return True

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._give_back_from = min(self._give_back_from, time.monotonic() + GRACE_SECONDS)
        self._stop.set()

    def _must_give_back(self) -> bool:
        return time.monotonic() >= self._give_back_from

    def _check_configuration(self) -> None:
        try:
            is_migrated = Job._meta.db_table in connection.introspection.table_names()
        except DatabaseError:
            raise CommandError(
                "Databasen svarer ikke. Sjekk at den går og at INNPASS_DATABASE_URL er riktig."
            ) from None
        if not is_migrated:
            raise CommandError("Databasen mangler tabellene. Kjør «innpass migrate» først.")
        if problem := keys_problem():
            raise CommandError(problem)
        if not registry.kinds():
            log.warning("no job has a function here; nothing will be done")
