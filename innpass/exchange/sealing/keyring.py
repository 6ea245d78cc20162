"""The key file: its data keys, which of them is current, and the key for search tokens."""

import base64
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
FILE_VERSION = 1
_LARGEST_FILE = 64 * 1024
_KEY_ID = re.compile(r"[a-z0-9]{1,12}\Z")


class KeyFileProblem(Exception):
    """The key file cannot be used. The message is Norwegian: what, where, and what to do."""


class Keyring:
    """The keys of one file. Shows none of them when printed."""

    __slots__ = ("ciphers", "current", "index_key")

    def __init__(self, *, data_keys: Mapping[str, bytes], current: str, index_key: bytes) -> None:
        self.ciphers: Mapping[str, AESGCM] = {
            key_id: AESGCM(key) for key_id, key in data_keys.items()
        }
        self.current = current
        self.index_key = index_key

    def __repr__(self) -> str:
        return f"<Keyring {', '.join(self.ciphers)}; current {self.current}>"


def read_keyring(path: Path | str, *, refuse_open_file: bool = False) -> Keyring:
    """Read a key file.

    Args:
        path: where the file is.
        refuse_open_file: refuse a file that everybody on the machine may read or change.

    Raises:
        KeyFileProblem: the file is missing, unreadable, open to others or not a key file.
    """
    if refuse_open_file and is_open_to_others(path):
        raise KeyFileProblem(open_file_sentence(path))
    content = _read_content(Path(path))
    keys = content["data_keys"]
    return Keyring(
        data_keys={
            key_id: _key(path, text, f"datanøkkelen «{key_id}»") for key_id, text in keys.items()
        },
        current=content["current"],
        index_key=_key(path, content["index_key"], "søkenøkkelen «index_key»"),
    )


def is_open_to_others(path: Path | str) -> bool:
    """Tell whether others than the owner and the group may read it, or others than the owner write.

    Raises:
        KeyFileProblem: the file is missing or cannot be looked at.
    """
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:
        raise _cannot_read(path, error) from None
    return bool(mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP))


def open_file_sentence(path: Path | str) -> str:
    """Say that others may read or change the key file, and what to do."""
    return (
        f"Nøkkelfilen {path} kan leses eller endres av andre på maskinen. Kjør «chmod 600 {path}»."
    )


def create_key_file(path: Path | str) -> None:
    """Write a new key file with one data key and one index key, readable by its owner only.

    Raises:
        KeyFileProblem: something is there already (it is never overwritten), or the folder
            cannot be written to.
    """
    path = Path(path)
    key_id = _new_id(())
    content = {
        "innpass_keys": FILE_VERSION,
        "current": key_id,
        "data_keys": {key_id: _new_key()},
        "index_key": _new_key(),
    }
    try:
        _write_new(path, content)
    except FileExistsError:
        raise KeyFileProblem(
            f"{path} finnes allerede og blir ikke overskrevet: uten de gamle nøklene kan ingen "
            "åpne det som er lagret. Velg et annet filnavn."
        ) from None
    except OSError as error:
        raise KeyFileProblem(
            f"Nøkkelfilen {path} kan ikke skrives ({error.strerror}). "
            "Sjekk at mappen finnes og at du har lov til å skrive i den."
        ) from None


def add_data_key(path: Path | str) -> str:
    """Add a data key to the file and make it the current one; return its id.

    The file is replaced in one step, so a reader sees the old file or the new one. The old keys
    stay, since what they sealed must still be opened.

    Raises:
        KeyFileProblem: the file cannot be used or replaced, or another run is replacing it.
    """
    path = Path(path).resolve()
    read_keyring(path)
    with _replacing(path) as fresh:
        content = _read_content(path)
        key_id = _new_id(content["data_keys"])
        content["data_keys"][key_id] = _new_key()
        content["current"] = key_id
        _write_new(fresh, content)
        old = path.stat()
        fresh.chmod(stat.S_IMODE(old.st_mode))
        os.chown(fresh, old.st_uid, old.st_gid)
        fresh.replace(path)
        _sync_folder(path.parent)
    return key_id


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    fresh = path.with_name(path.name + ".new")
    try:
        yield fresh
    except FileExistsError:
        raise KeyFileProblem(
            f"{fresh} finnes allerede. Enten bytter en annen kjøring nøkkel nå, eller så ble en "
            "kjøring avbrutt; er ingen i gang, slett filen og prøv igjen."
        ) from None
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise KeyFileProblem(
            f"Nøkkelfilen {path} kan ikke byttes ut ({error.strerror}). "
            "Ingenting er endret. Sjekk rettighetene på filen og mappen."
        ) from None


def _read_content(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise _cannot_read(path, error) from None
    try:
        content = json.loads(raw[:_LARGEST_FILE])
    except (ValueError, RecursionError):
        raise _not_a_key_file(path, "innholdet er ikke JSON") from None
    if not isinstance(content, dict) or content.get("innpass_keys") != FILE_VERSION:
        raise _not_a_key_file(path, f"den mangler «innpass_keys: {FILE_VERSION}»")
    keys = content.get("data_keys")
    if not isinstance(keys, dict) or not keys:
        raise _not_a_key_file(path, "den har ingen «data_keys»")
    if not all(_KEY_ID.match(key_id) for key_id in keys):
        raise _not_a_key_file(path, "en nøkkel har et navn som ikke bare er a-z og 0-9")
    if not isinstance(content.get("current"), str) or content["current"] not in keys:
        raise _not_a_key_file(path, "«current» peker ikke på noen av «data_keys»")
    return content


def _key(path: Path | str, text: object, what: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise _not_a_key_file(path, f"{what} er ikke 256 bit i base64")
    return key


def _not_a_key_file(path: Path | str, why: str) -> KeyFileProblem:
    return KeyFileProblem(
        f"{path} er ikke en brukbar nøkkelfil: {why}. "
        "Hent filen fra sikkerhetskopien, eller pek INNPASS_KEYS_FILE på riktig fil."
    )


def _cannot_read(path: Path | str, error: OSError) -> KeyFileProblem:
    if isinstance(error, FileNotFoundError):
        return KeyFileProblem(
            f"Nøkkelfilen {path} finnes ikke. Pek INNPASS_KEYS_FILE på riktig fil; "
            "bare en helt ny installasjon skal lage en med «innpass create_keys FIL»."
        )
    return KeyFileProblem(
        f"Nøkkelfilen {path} kan ikke leses ({error.strerror}). "
        "Gi brukeren som kjører Innpass lov til å lese den."
    )


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _new_id(taken: Mapping[str, object] | tuple[str, ...]) -> str:
    while (key_id := secrets.token_hex(3)) in taken:
        pass
    return key_id


def _write_new(path: Path, content: Mapping[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
