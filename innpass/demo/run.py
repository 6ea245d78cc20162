"""Running the demo: worker and server as two processes that live and end together."""

import hashlib
import io
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

HOST = "127.0.0.1"
STARTING_SECONDS = 30
ENDING_SECONDS = 10


class DemoStopped(Exception):
    """The demo cannot go on; the message tells the user why."""


class _Asked(BaseException):
    """Someone asked us to end, by Ctrl-C or SIGTERM."""


def is_free(port: int) -> bool:
    """Say whether nobody listens on the port."""
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((HOST, port))
        except OSError:
            return False
    return True


def prepare() -> None:
    """Make database, keys, static files and the invented municipality, where they are missing."""
    keys_file = Path(str(settings.INNPASS_KEYS_FILE))
    if not keys_file.exists():
        call_command("create_keys", str(keys_file), stdout=io.StringIO())
    call_command("migrate", verbosity=0, interactive=False)
    collect_static_files()
    call_command("load_demo")


def collect_static_files() -> None:
    """Collect, hash and compress the static files if any has changed since the last time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())


def serve(*, port: int) -> Iterator[str]:
    """Start worker and server, yield the address once it answers, and wait for the end.

    Raises:
        DemoStopped: one of the two ended by itself, or the server did not come up in time.
    """
    commands = {
        "worker": [sys.executable, "-m", "django", "worker"],
        "server": [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", HOST, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
            "innpass.config.wsgi:application",
        ],
    }
    with ending_together(commands) as processes, _asked_by_signal():
        deadline = time.monotonic() + STARTING_SECONDS
        while not _answers(port):
            check_alive(processes)
            if time.monotonic() > deadline:
                raise DemoStopped(f"Innpass svarte ikke innen {STARTING_SECONDS} sekunder.")
            time.sleep(0.1)
        yield f"http://{HOST}:{port}/"
        while True:
            check_alive(processes)
            time.sleep(0.5)


@contextmanager
def ending_together(
    commands: dict[str, list[str]],
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run the commands, each in its own process group, so that Ctrl-C reaches us alone."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            processes[name] = subprocess.Popen(command, start_new_session=True)
        yield processes
    except _Asked:
        pass
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            try:
                process.wait(ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _asked_by_signal() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into an orderly end."""

    def ask(number: int, frame: FrameType | None) -> None:
        raise _Asked

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def check_alive(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raise ``DemoStopped`` if one of the processes has ended."""
    for name, process in processes.items():
        if process.poll() is not None:
            raise DemoStopped(f"Demoen stoppet: {name} avsluttet med kode {process.returncode}.")


def _answers(port: int) -> bool:
    with socket.socket() as trying:
        trying.settimeout(1)
        return trying.connect_ex((HOST, port)) == 0
