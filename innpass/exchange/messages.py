"""Short messages to phones, where the municipality has a gateway for them.

A gateway is named by a text: ``none``, or ``file:PATH``, which appends each message to a file, as
the tests and a trial do. Another gateway is one more function here.
"""

import json
from pathlib import Path

NONE = "none"
_FILE = "file:"


class NoGateway(Exception):
    """Messages cannot be sent from here."""


class NotSent(Exception):
    """The gateway did not take the message."""


def can_send(gateway: str) -> bool:
    """Say whether messages can be sent."""
    return gateway not in ("", NONE)


def is_known(gateway: str) -> bool:
    """Say whether there is such a gateway."""
    return not can_send(gateway) or (gateway.startswith(_FILE) and gateway != _FILE)


def send_message(text: str, *, to: str, gateway: str) -> None:
    """Hand a message over to be sent.

    Args:
        text: what it says; it may name nobody, for phones show it to whoever holds them.
        to: the number, digits with a leading plus where it has a country.

    Raises:
        NoGateway: the setting names none.
        NotSent: it was not taken.
    """
    if not can_send(gateway) or not is_known(gateway):
        raise NoGateway
    line = json.dumps({"to": to, "text": text}, ensure_ascii=False)
    try:
        with Path(gateway.removeprefix(_FILE)).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    except OSError as trouble:
        raise NotSent from trouble
