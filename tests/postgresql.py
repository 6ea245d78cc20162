"""A PostgreSQL cluster that lives as long as a ``with`` block."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.machine import postgresql

# Nothing in it must survive, so it need not be careful.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Start a cluster in a temporary folder, reached by a Unix socket; yield its URL.

    PostgreSQL refuses to run as root, so root runs it as the user ``postgres``.
    """
    initdb, pg_ctl = postgresql("initdb"), postgresql("pg_ctl")
    if initdb is None or pg_ctl is None:
        raise RuntimeError("PostgreSQL is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="innpass-pg-"))
    as_user: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        entry = pwd.getpwnam("postgres")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        as_user |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    cluster = folder / "cluster"
    settings = HASTE | {"listen_addresses": "''", "unix_socket_directories": f"'{folder}'"}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())

    def run(*command: str, check: bool = True) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **as_user)
        if check and done.returncode:
            log = folder / "log"
            told = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}{told}")

    try:
        create = (initdb, "-D", str(cluster), "-U", "postgres", "--auth=trust", "--no-sync")
        run(*create, "--encoding=UTF8", "--locale=C.UTF-8")
        run(pg_ctl, "-D", str(cluster), "-l", str(folder / "log"), "-o", options, "-w", "start")
        yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        run(pg_ctl, "-D", str(cluster), "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)
