"""The whole suite, from linters to journeys in a browser: python -m tests.run."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests import machine
from tests.migrated import migrated_file, migrated_template
from tests.postgresql import throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SETTINGS = {"DJANGO_SETTINGS_MODULE": "innpass.config.settings.test"}
# Each worker begins with a half of the tests as they stand: modules, and what they build for
# their tests, stay whole. Whoever is done takes from the other.
PARALLEL = ("-n2", "--dist", "worksteal")
JOURNEYS = "tests/journeys"
BUT_JOURNEYS = f"--ignore={JOURNEYS}"

LINTERS = (
    ("mypy",),
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("djlint", "innpass", "--check", "--lint"),
    ("lint-imports",),
    ("innpass", "makemigrations", "--check", "--dry-run"),
    ("innpass", "check", "--fail-level", "WARNING"),
)


def lint(cluster: str) -> bool:
    """Run every linter, two at a time; print only what the unhappy ones say."""
    with ThreadPoolExecutor(2) as pool:
        return all(list(pool.map(_lint, LINTERS)))


def _lint(command: tuple[str, ...]) -> bool:
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env=os.environ | SETTINGS,
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {' '.join(command)}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def on_sqlite(cluster: str) -> bool:
    """Run all but the journeys on SQLite."""
    return _pytest(*PARALLEL, BUT_JOURNEYS)


def on_postgresql(cluster: str) -> bool:
    """Run all but the journeys on PostgreSQL, then the main path in a browser."""
    quick = _pytest(*PARALLEL, BUT_JOURNEYS, database=cluster)
    return _pytest(JOURNEYS, "-m", "main_path", database=cluster) and quick


def journeys(cluster: str) -> bool:
    """Run the journeys in browsers, on SQLite; each worker has its own browser and server."""
    return _pytest(*PARALLEL, JOURNEYS)


@contextmanager
def databases(chosen: list[str]) -> Iterator[str]:
    """Start PostgreSQL where a stage asks for it, and migrate both at once; yield the URL."""
    with throwaway_cluster() if "postgresql" in chosen else nullcontext("") as cluster:
        with ThreadPoolExecutor(2) as pool:
            file = pool.submit(migrated_file) if {"sqlite", "journeys"} & set(chosen) else None
            if cluster:
                migrated_template(cluster)
            if file:
                file.result()
        yield cluster


def _pytest(*arguments: str, database: str = "") -> bool:
    command = [sys.executable, "-W", "error", "-m", "pytest", "-q", *arguments]
    # Compiled code is kept even where Python is told not to: a run starts dozens of processes.
    environment = os.environ | {"INNPASS_DATABASE_URL": database, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


# Each is given the URL of a PostgreSQL cluster, or an empty text where no stage asks for one.
STAGES: dict[str, Callable[[str], bool]] = {
    "lint": lint,
    "sqlite": on_sqlite,
    "postgresql": on_postgresql,
    "journeys": journeys,
}


def main() -> int:
    """Run the stages; tell at the end which failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=STAGES, action="append", help="run this stage alone")
    chosen = parser.parse_args().only or list(STAGES)
    # An end by SIGTERM, too, must stop the cluster.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if chosen != ["lint"]:
        machine.provide()
    began = time.monotonic()
    failed = []
    with databases(chosen) as cluster:
        for name in chosen:
            print(f"\n── {name} ── ({time.monotonic() - began:.0f} s)", flush=True)
            if not STAGES[name](cluster):
                failed.append(name)
    seconds = time.monotonic() - began
    print(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'All green'} ({seconds:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
