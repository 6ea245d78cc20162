"""Whatever happens to the child, the parent goes on and says so in a sentence."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from innpass.exchange.workbooks import decoding, limits, sandbox
from innpass.exchange.workbooks.reading import read_workbook
from innpass.exchange.workbooks.refusals import CannotRead, Reason
from innpass.exchange.workbooks.sandbox import ChildDidNotStart, run_child
from tests.exchange.workbooks.builders import PLAIN_ROW, ods, ods_cell, sheet_xml, xlsx

_READY = "import os, signal, sys; sys.stdout.write('{\"ready\":true}\\n'); sys.stdout.flush(); "


def replace_child(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(sandbox, "_command", lambda: [sys.executable, "-I", "-S", "-c", program])


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("os.abort()", Reason.TOO_MUCH_MEMORY),
        ("os.kill(os.getpid(), signal.SIGKILL)", Reason.TOO_MUCH_MEMORY),
        ("os.kill(os.getpid(), signal.SIGXCPU)", Reason.TOO_SLOW),
        ("os.kill(os.getpid(), signal.SIGSEGV)", Reason.DAMAGED),
    ],
)
def test_a_child_that_is_killed_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, program: str, reason: Reason
) -> None:
    replace_child(monkeypatch, _READY + program)

    with pytest.raises(CannotRead) as refusal:
        run_child(b"a;b\n" * 100_000)

    assert refusal.value.reason is reason


@pytest.mark.parametrize("program", ["import time; time.sleep(60)", "\nwhile True: pass"])
def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    replace_child(monkeypatch, _READY + program)
    started = time.monotonic()

    with pytest.raises(CannotRead) as refusal:
        run_child(b"x", seconds=0.5)

    assert refusal.value.reason is Reason.TOO_SLOW
    assert time.monotonic() - started < 5


def test_a_child_that_talks_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_REPLY_BYTES", 100_000)
    replace_child(monkeypatch, _READY + "\nwhile True: sys.stdout.write('[' * 1000)")

    with pytest.raises(CannotRead) as refusal:
        run_child(b"x")

    assert refusal.value.reason is Reason.TOO_MANY_CELLS


def test_a_child_that_does_not_start_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_child(monkeypatch, "import no_such_module")

    with pytest.raises(ChildDidNotStart):
        run_child(b"x")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\xff\n",
        b'{"sheet":"a","is_hidden":false,"merged":[]}\n["x"]\n',
        b'{"sheet":"a","is_hidden":false,"merged":[]}\n[NaN]\n{"ignored":[]}\n',
        b'{"sheet":7,"is_hidden":false,"merged":[]}\n{"ignored":[]}\n',
        b'{"sheet":"a","is_hidden":false,"merged":[["a",1,1,1]]}\n{"ignored":[]}\n',
        b'{"sheet":"a","is_hidden":false,"merged":[]}\n[["1","2"]]\n{"ignored":[]}\n',
        b'{"sheet":"a","is_hidden":false,"merged":[]}\n[["2024-13-45"]]\n{"ignored":[]}\n',
        b'{"sheet":"a","is_hidden":false,"merged":[]}\n[{"a":1}]\n{"ignored":[]}\n',
        b"[" * 100_000 + b"\n",
        b'{"refused":"no such reason"}\n',
        b'{"fault":"IndexError in read:1"}\n',
        b"7\n",
    ],
)
def test_a_reply_that_is_not_whole_is_a_refusal(reply: bytes) -> None:
    with pytest.raises(CannotRead) as refusal:
        decoding.decode_reply(reply)

    assert refusal.value.reason is Reason.DAMAGED


def test_merged_areas_that_overlap_without_end_stay_bounded() -> None:
    areas = str([[0, 0, 999_999, 999_999]] * 5_000).encode()
    rows = b"[" + b"null," * 199 + b"1.0]\n"
    reply = b'{"sheet":"a","is_hidden":false,"merged":' + areas + b"}\n" + rows * 1_000

    (sheet,), _ignored = decoding.decode_reply(reply + b'{"ignored":[]}\n')

    covered = sum(
        (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
        for area in sheet.merged
    )
    assert 0 < covered <= limits.MAX_SPREAD


def test_a_bomb_that_passes_the_check_ends_only_the_child() -> None:
    """A long shared string, used by many cells: small to read, and gigabytes once it is copied."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 2000)
    )
    text = "".join(map(str, range(1_500_000)))
    strings = f"<sst><si><t>{text}</t></si></sst>"

    with pytest.raises(CannotRead) as refusal:
        read_workbook(
            xlsx(sheet_xml(cells), parts={"xl/sharedStrings.xml": strings}), file="a.xlsx"
        )

    assert refusal.value.reason is Reason.TOO_MUCH_MEMORY


def test_many_threads_read_at_once() -> None:
    files = [xlsx(sheet_xml(PLAIN_ROW)), ods(f"<table:table-row>{ods_cell('x')}</table:table-row>")]

    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda content: read_workbook(content, file="a"), files * 4))

    assert [book.sheets[0].rows for book in read] == [((7.0,),), (("x",),)] * 4
    assert threading.active_count() < 10


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux tells open files there.")
def test_no_pipe_is_left_open() -> None:
    run_child(b"a;b\n")
    before = len(list(Path("/proc/self/fd").iterdir()))

    for content in (b"a;b\n", b"%PDF", b"PK\x03\x04"):
        run_child(content)

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_child_may_start_no_process_and_write_no_file() -> None:
    program = (
        "import sys; sys.path[1:1] = sys.argv[1:]; import resource;"
        "from innpass.exchange.workbooks.child import limit_this_process; limit_this_process();"
        "print([resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_CORE,"
        " resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_AS)])"
    )
    folders = sandbox._command()[5:]

    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, *folders],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.stdout.strip() == str([0, 0, 0, limits.ADDRESS_SPACE_BYTES])
