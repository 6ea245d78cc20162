"""Short messages to phones, where the municipality has a gateway for them.

A gateway is named by a text: ``none``; ``https://…``, an address that takes ``{"to", "text"}`` as
JSON and answers with a status of the two hundreds when it is taken; or ``file:PATH``, which appends
each message to a file, as the tests and a trial do.
"""

import json
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

NONE = "none"
_FILE, _HTTPS = "file:", "https://"
_HOME = "+47"  # of a number without a country
_SECONDS = 10  # that somebody waits at most


class NoGateway(Exception):
    """Messages cannot be sent from here."""


class NotSent(Exception):
    """The gateway did not take the message."""


def can_send(gateway: str) -> bool:
    """Say whether messages can be sent."""
    return gateway not in ("", NONE)


def is_known(gateway: str) -> bool:
    """Say whether there is such a gateway."""
    if not can_send(gateway):
        return True
    if gateway.startswith(_HTTPS):
        return _has_host(gateway)
    return gateway.startswith(_FILE) and gateway != _FILE


def is_token(token: str) -> bool:
    """Say whether a gateway can be told a token; none is one too."""
    return _is_plain(token)


def _has_host(gateway: str) -> bool:
    if not _is_plain(gateway):
        return False
    try:
        parts = urlsplit(gateway)
        host = (parts.hostname or "").encode("idna")
        return bool(host) and parts.username is None and parts.port != 0
    except ValueError:
        return False


def _is_plain(text: str) -> bool:
    """Say whether a text can stand in a request as it is."""
    return text.isascii() and text.isprintable() and " " not in text


def send_message(text: str, *, to: str, gateway: str, token: str = "") -> None:
    """Hand a message over to be sent.

    Args:
        text: what it says; it may name nobody, for phones show it to whoever holds them.
        to: the number, digits with a leading plus where it has a country.
        token: what a gateway on the net knows us by.

    Raises:
        NoGateway: the setting names none.
        NotSent: it was not taken.
    """
    if not can_send(gateway) or not is_known(gateway):
        raise NoGateway
    if gateway.startswith(_HTTPS):
        _post({"to": to if to.startswith("+") else f"{_HOME}{to}", "text": text}, gateway, token)
        return
    line = json.dumps({"to": to, "text": text}, ensure_ascii=False)
    try:
        with Path(gateway.removeprefix(_FILE)).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    except (OSError, ValueError) as trouble:  # a file, or a name no file can have
        raise NotSent from trouble


def _post(message: dict[str, str], gateway: str, token: str) -> None:
    """Send a message to an address; one that sends us elsewhere has not taken it."""
    parts = urlsplit(gateway)
    connection = HTTPSConnection(parts.hostname or "", parts.port, timeout=_SECONDS)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request("POST", path, json.dumps(message).encode(), headers)
        if connection.getresponse().status // 100 != 2:
            raise NotSent
    except (OSError, HTTPException, ValueError) as trouble:  # values: what cannot be written
        raise NotSent from trouble
    finally:
        connection.close()
