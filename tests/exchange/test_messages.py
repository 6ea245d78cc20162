"""Short messages: to a file where the setting says so, and nowhere where it says none."""

import json
from pathlib import Path

import pytest

from innpass.exchange.messages import NoGateway, NotSent, can_send, is_known, send_message


def test_a_file_takes_one_line_for_each_message(tmp_path: Path) -> None:
    gateway = f"file:{tmp_path / 'sms'}"

    for number in ("40000000", "+4740000001"):
        send_message("Kode 123456, æøå", to=number, gateway=gateway)

    lines = (tmp_path / "sms").read_text("utf-8").splitlines()
    assert [json.loads(line)["to"] for line in lines] == ["40000000", "+4740000001"]
    assert json.loads(lines[0])["text"] == "Kode 123456, æøå"


@pytest.mark.parametrize("gateway", ["", "none", "pigeon", "file:"])
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
    ],
)
def test_gateways_are_known_by_name(gateway: str, known: bool, sends: bool) -> None:
    assert (is_known(gateway), can_send(gateway)) == (known, sends)
