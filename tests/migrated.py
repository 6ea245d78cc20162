"""A migrated SQLite file, made once for all who need one and kept from run to run.

Running every migration takes some ten seconds of a processor, for each worker and each program that
wants a database of its own; copying a file takes none. Django still looks for migrations that have
not run, and signals that they have, wherever the copy is used.
"""

import fcntl
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
_OURS = re.compile(r"^(?:from|import) (innpass[\w.]*)", re.MULTILINE)


def migrated_file(folder: Path) -> Path:
    """Return a file on which every migration has run, to be copied; made when one has changed.

    Args:
        folder: where it is kept.
    """
    kept = folder / f"{_fingerprint()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of one run ask at once
        if not kept.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            _make(folder / "making.sqlite3").rename(kept)
    return kept


def _fingerprint() -> str:
    """Say what the tables follow from: the migrations, what these import, and who runs them."""
    migrations = sorted(ROOT.glob("innpass/**/migrations/*.py"))
    names = {name for each in migrations for name in _OURS.findall(each.read_text())}
    imported = (ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in sorted(names))
    told = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for file in (*migrations, *(each for each in imported if each.is_file())):
        told.update(str(file.relative_to(ROOT)).encode())
        told.update(file.read_bytes())
    return told.hexdigest()[:16]


def _make(file: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "innpass.config.settings.test",
            "INNPASS_DATABASE_URL": f"sqlite:///{file}",
        },
        check=True,
    )
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        # Sealed with keys that end with the process; whoever copies the file seals another.
        database.execute("DELETE FROM sealing_keycanary")
        # Everything in the one file that is copied.
        database.execute("PRAGMA journal_mode=DELETE")
    return file
