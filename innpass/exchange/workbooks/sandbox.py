"""Runs the child: feeds it the file, takes a bounded reply, and ends it when time is up.

Why a new interpreter and not a fork: the web server has threads, and a fork copies the locks other
threads hold; ``forkserver`` would leave a helper process behind in every worker. A fresh
interpreter without ``site`` starts in some 50 milliseconds, inherits no connection and no key, and
``subprocess`` starts it safely from any thread.
"""

import importlib.util
import os
import selectors
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import IO

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.refusals import CannotRead, Reason

_START = "import sys; sys.path[1:1] = sys.argv[1:]; from {module} import main; main()"
_MODULE = "innpass.exchange.workbooks.child"
_READY = b'{"ready":true}\n'
_CHUNK = 64 * limits.KIB
_REASON_BY_SIGNAL: dict[int, Reason] = {
    signal.SIGXCPU: Reason.TOO_SLOW,
    signal.SIGKILL: Reason.TOO_MUCH_MEMORY,
    signal.SIGABRT: Reason.TOO_MUCH_MEMORY,
}


class ChildDidNotStart(RuntimeError):
    """The reading process could not be started: a fault of the installation, not of the file."""


def run_child(content: bytes, *, seconds: float = limits.WALL_SECONDS) -> bytes:
    """Give the child's reply to a file.

    Args:
        content: the file.
        seconds: how long the child may take, from start to end.

    Raises:
        CannotRead: the child took too long, replied with too much, or died.
        ChildDidNotStart: the child could not be started.
    """
    deadline = time.monotonic() + seconds
    process = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        reply = _converse(process, content, deadline)
        process.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise CannotRead(Reason.TOO_SLOW) from error
    finally:
        process.kill()
        process.wait()
        for stream in _pipes(process):
            stream.close()
    if not reply.startswith(_READY):
        raise ChildDidNotStart(f"{_MODULE} ended with {process.returncode} before it read a file.")
    if process.returncode < 0:
        raise CannotRead(_REASON_BY_SIGNAL.get(-process.returncode, Reason.DAMAGED))
    return bytes(memoryview(reply)[len(_READY) :])


@cache
def _command() -> list[str]:
    packages = ("innpass", "python_calamine", "olefile")
    folders = dict.fromkeys(_folder_of(package) for package in packages)
    # -I: no environment, no current folder. -S: no site packages but these, so a quick start.
    return [sys.executable, "-I", "-S", "-c", _START.format(module=_MODULE), *folders]


def _folder_of(package: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ChildDidNotStart(f"{package} is not installed.")
    return str(Path(spec.origin).resolve().parent.parent)


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ChildDidNotStart(f"{_MODULE} has no pipes.")
    return process.stdin, process.stdout


def _converse(process: "subprocess.Popen[bytes]", content: bytes, deadline: float) -> bytearray:
    """Write the file and read the reply at the same time, so that neither side waits for ever."""
    to_child, from_child = _pipes(process)
    reply = bytearray()
    unsent = memoryview(content)
    os.set_blocking(to_child.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(to_child, selectors.EVENT_WRITE)
        selector.register(from_child, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise CannotRead(Reason.TOO_SLOW)
            for key, _events in selector.select(left):
                if key.fileobj is to_child:
                    unsent = _send(to_child.fileno(), unsent)
                    if not unsent:
                        selector.unregister(to_child)
                        to_child.close()
                    continue
                piece = os.read(from_child.fileno(), _CHUNK)
                if not piece:
                    return reply
                reply += piece
                if len(reply) > limits.MAX_REPLY_BYTES:
                    raise CannotRead(Reason.TOO_MANY_CELLS)


def _send(pipe: int, unsent: memoryview) -> memoryview:
    """Write what the pipe takes; nothing is left when the child has closed it."""
    try:
        return unsent[os.write(pipe, unsent[:_CHUNK]) :]
    except BlockingIOError:
        return unsent
    except BrokenPipeError:
        return unsent[:0]
