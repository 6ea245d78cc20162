"""Short messages: to an address or a file where the setting says so, nowhere where it says none."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from innpass.exchange.messages import NoGateway, NotSent, can_send, is_known, is_token, send_message


def test_a_file_takes_one_line_for_each_message(tmp_path: Path) -> None:
    gateway = f"file:{tmp_path / 'sms'}"

    for number in ("40000000", "+4740000001"):
        send_message("Kode 123456, æøå", to=number, gateway=gateway)

    lines = (tmp_path / "sms").read_text("utf-8").splitlines()
    assert [json.loads(line)["to"] for line in lines] == ["40000000", "+4740000001"]
    assert json.loads(lines[0])["text"] == "Kode 123456, æøå"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Somebody who takes messages on the net, here without encryption."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            said = self.headers["Authorization"], self.path, json.loads(content)
            self.server.taken.append(said)  # type: ignore[attr-defined]
            self.send_response(self.server.answer)  # type: ignore[attr-defined]
            self.send_header("Location", "https://elsewhere.example.no/")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.taken, server.answer = [], 200
    monkeypatch.setattr("innpass.exchange.messages.HTTPSConnection", HTTPConnection)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_an_address_takes_a_message_with_our_token(provider: Any) -> None:
    gateway = f"https://127.0.0.1:{provider.server_port}/send?from=Innpass"

    for number in ("40000000", "+4640000001"):
        send_message("Kode 123456, æøå", to=number, gateway=gateway, token="hemmelig")

    assert provider.taken == [
        ("Bearer hemmelig", "/send?from=Innpass", {"to": number, "text": "Kode 123456, æøå"})
        for number in ("+4740000000", "+4640000001")
    ]


@pytest.mark.parametrize("answer", [302, 401, 503])
def test_an_address_that_does_not_take_it_is_told(provider: Any, answer: int) -> None:
    provider.answer = answer
    with pytest.raises(NotSent):
        send_message("x", to="40000000", gateway=f"https://127.0.0.1:{provider.server_port}")
    assert len(provider.taken) == 1


def test_an_address_where_nobody_answers_is_told(provider: Any) -> None:
    provider.shutdown()
    provider.server_close()
    with pytest.raises(NotSent):
        send_message("x", to="40000000", gateway=f"https://127.0.0.1:{provider.server_port}/")


@pytest.mark.parametrize("token", ["abc\n", "\u20ac"])
def test_a_token_that_cannot_be_sent_is_told_as_not_sent(provider: Any, token: str) -> None:
    gateway = f"https://127.0.0.1:{provider.server_port}"

    with pytest.raises(NotSent):
        send_message("x", to="40000000", gateway=gateway, token=token)
    assert (is_token(token), is_token(""), is_token("a-B.1_=")) == (False, True, True)
    assert provider.taken == []


def test_a_file_that_no_system_can_name_takes_nothing() -> None:
    with pytest.raises(NotSent):
        send_message("x", to="40000000", gateway="file:/tmp/\0")


@pytest.mark.parametrize("gateway", ["", "none", "pigeon", "file:", "http://sms.example.no"])
def test_without_a_gateway_nothing_is_sent(gateway: str) -> None:
    with pytest.raises(NoGateway):
        send_message("x", to="40000000", gateway=gateway)


def test_what_is_not_taken_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSent):
        send_message("x", to="40000000", gateway=f"file:{tmp_path}")


@pytest.mark.parametrize(
    ("gateway", "known", "sends"),
    [
        ("none", True, False),
        ("", True, False),
        ("file:/tmp/x", True, True),
        ("file:", False, True),
        ("pigeon", False, True),
        ("https://sms.example.no/send?x=1", True, True),
        ("https://sms.example.no:8443", True, True),
        ("https://", False, True),
        ("https://user:secret@sms.example.no", False, True),
        ("https://sms.example.no:port", False, True),
        ("http://sms.example.no/send", False, True),
        ("https://a..b/", False, True),
        ("https://sms.example.no/en sti", False, True),
        ("https://sms.example.no/\u20ac", False, True),
    ],
)
def test_gateways_are_known_by_name(gateway: str, known: bool, sends: bool) -> None:
    assert (is_known(gateway), can_send(gateway)) == (known, sends)
