"""A migrated database of each kind, made once for all who need one and kept from run to run.

Running every migration takes half a minute of a processor, for each worker and each program that
wants a database of its own; copying a file, or PostgreSQL's copying of a template, takes next to
none. Django still looks for migrations that have not run, and signals that they have, wherever the
copy is used.
"""

import ast
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "d" / "migrated"  # as pytest's cache names a plugin's folder
MOST_KEPT = 4  # for those who go from one state of the migrations to another and back
TEMPLATE = "innpass_migrated_"
# Sealed with keys that end with the process; whoever takes a copy seals another.
_UNSEAL = "DELETE FROM sealing_keycanary"


def migrated_file() -> Path:
    """Return a SQLite file on which every migration has run; made when one has changed."""
    kept = KEPT / f"{_fingerprint()}.sqlite3"
    with _alone("sqlite"):
        if not kept.exists():
            files = sorted(KEPT.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)
            for old in (*files[:-MOST_KEPT], *KEPT.glob("making*")):
                old.unlink(missing_ok=True)
            making = KEPT / "making.sqlite3"
            _migrate(f"sqlite:///{making}")
            with closing(sqlite3.connect(making, isolation_level=None)) as database:
                database.execute(_UNSEAL)
                # The tables of statistics are there, so that a test that imports changes no schema:
                # else SQLite reads all of it again at every savepoint that is rolled back.
                database.execute("ANALYZE")
                # Everything in the one file that is copied.
                database.execute("PRAGMA journal_mode=DELETE")
            making.rename(kept)
    return kept


def migrated_template(url: str) -> str:
    """Name a PostgreSQL database on which every migration has run; made when one has changed.

    Args:
        url: of any database of the same cluster, in which its owner may make others.
    """
    name = f"{TEMPLATE}{_fingerprint()}"
    with _alone("postgresql"), psycopg.connect(url, autocommit=True) as cluster:
        there = cluster.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE]
        ).fetchall()
        if (name,) not in there:
            for (old,) in there:
                cluster.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            making = f"{TEMPLATE}making"
            cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
            its_url = urlsplit(url)._replace(path=f"/{making}").geturl()
            _migrate(its_url)
            with psycopg.connect(its_url, autocommit=True) as database:
                database.execute(_UNSEAL)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cluster.execute(rename.format(sql.Identifier(making), sql.Identifier(name)))
    return name


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    """Let the others wait who ask at once, such as the workers of one run."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    """Say what a database follows from: this file, the migrations' sources, and who runs them."""
    told = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for file in (Path(__file__), *sources(ROOT)):
        told.update(str(file.relative_to(ROOT)).encode())
        told.update(file.read_bytes())
    return told.hexdigest()[:16]


def sources(root: Path) -> list[Path]:
    """Return the migrations under a folder, all of ours that they import, and the data beside it.

    Imports are followed from file to file, those within functions too.
    """
    found: set[Path] = set()
    left = set(root.glob("innpass/**/migrations/*.py"))
    while left:
        file = left.pop()
        found.add(file)
        left |= {each for each in _imported(file, root) if each.is_file()} - found
    data = {
        each for file in found for kind in ("yml", "sql") for each in file.parent.glob(f"*.{kind}")
    }
    return sorted(found | data)


def _imported(file: Path, root: Path) -> Iterator[Path]:
    """Give the files that the imports of one may name: modules, and the packages they are in."""
    for node in ast.walk(ast.parse(file.read_text())):
        names: Iterable[str] = ()
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{each.name}" for each in node.names]
        for name in names:
            parts = name.split(".")
            for depth in range(1, len(parts) + 1 if parts[0] == "innpass" else 1):
                module = root.joinpath(*parts[:depth])
                yield from (module.with_suffix(".py"), module / "__init__.py")


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "innpass.config.settings.test",
            "INNPASS_DATABASE_URL": url,
        },
        check=True,
    )
