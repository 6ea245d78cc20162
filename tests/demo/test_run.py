"""The demo's processes."""

import socket
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from innpass.demo import run


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Listen on a port of this machine while the test runs."""
    with socket.socket() as listening:
        listening.bind((run.HOST, 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_gets_a_sentence(taken_port: int) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("demo", port=taken_port)

    assert f"Port {taken_port} er opptatt" in str(ended.value.code)
    assert f"PORT={taken_port + 1}" in str(ended.value.code)


def test_a_number_that_is_no_port_gets_a_sentence() -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("demo", port=70000)

    assert "ikke et portnummer" in str(ended.value.code)


def test_when_one_process_ends_the_other_is_ended_too() -> None:
    commands = {"worker": ["sleep", "60"], "server": ["false"]}

    with run.ending_together(commands) as processes:
        processes["server"].wait(5)
        with pytest.raises(run.DemoStopped, match="server"):
            run.check_alive(processes)

    assert processes["worker"].poll() is not None
