"""AES-256-GCM for values and files, bound to one place, and keyed tokens to search by.

A sealed value is ``s1.<key id>.`` and then nonce, ciphertext and tag: base64 in text, raw in
bytes. The place it belongs to is authenticated, not stored, so a value moved to another row,
field or model cannot be opened there.
"""

import base64
import hmac
import os
import re
from uuid import UUID

from cryptography.exceptions import InvalidTag

from innpass.exchange.sealing.keyring import Keyring

MARK = "s1."
LARGEST_BYTES = 64 * 1024 * 1024
_NONCE_BYTES = 12
_TAG_BYTES = 16
_TOKEN_BYTES = 16
_LONGEST_HEAD = 20
_SEPARATORS = re.compile(r"[\s.\-‐-―]+")


class CannotUnseal(Exception):
    """A sealed value cannot be opened. The message is Norwegian and holds nothing of the value."""


def place(model: str, field: str, row: UUID) -> bytes:
    """Return what a value is bound to: the one field of the one row where it may be opened."""
    return f"innpass\x1f{model}\x1f{field}\x1f{row}".encode()


def head(key_id: str) -> str:
    """Return how every value begins that was sealed with this key."""
    return f"{MARK}{key_id}."


def seal_text(keyring: Keyring, text: str, *, bound_to: bytes) -> str:
    """Seal text as text."""
    sealed = base64.urlsafe_b64encode(_encrypt(keyring, text.encode(), bound_to))
    return head(keyring.current) + sealed.decode("ascii")


def unseal_text(keyring: Keyring, stored: str, *, bound_to: bytes) -> str:
    """Open what ``seal_text`` made.

    Raises:
        CannotUnseal: wrong key, changed or moved value, or not a sealed value.
    """
    mark, key_id, body = [*stored.split(".", 2), "", ""][:3]
    try:
        raw = base64.b64decode(body, altchars=b"-_", validate=True)
    except ValueError:
        raise _not_sealed(bound_to) from None
    if mark + "." != MARK:
        raise _not_sealed(bound_to)
    return _decrypt(keyring, key_id, raw, bound_to).decode()


def seal_bytes(keyring: Keyring, content: bytes, *, bound_to: bytes) -> bytes:
    """Seal bytes, such as a whole file, in one piece.

    Raises:
        ValueError: more than ``LARGEST_BYTES``.
    """
    if len(content) > LARGEST_BYTES:
        raise ValueError(f"{len(content)} bytes are too many to seal; the most is {LARGEST_BYTES}")
    return head(keyring.current).encode() + _encrypt(keyring, content, bound_to)


def unseal_bytes(keyring: Keyring, stored: bytes, *, bound_to: bytes) -> bytes:
    """Open what ``seal_bytes`` made.

    Raises:
        CannotUnseal: wrong key, changed or moved value, or not a sealed value.
    """
    ends = stored.find(b".", len(MARK), _LONGEST_HEAD)
    if ends < 0 or not stored.startswith(MARK.encode()):
        raise _not_sealed(bound_to)
    key_id = stored[len(MARK) : ends].decode("ascii", "replace")
    return _decrypt(keyring, key_id, stored[ends + 1 :], bound_to)


def token(keyring: Keyring, *, purpose: str, municipality_id: UUID, digits: str) -> str:
    """Return the search token of a number: equal numbers give equal tokens.

    Purpose (what kind of number) and municipality are part of it, so tokens cannot be compared
    across either. Spaces, dots and hyphens are taken out of the number first.

    Returns:
        32 hexadecimal figures: 128 bits of HMAC-SHA-256.

    Raises:
        ValueError: there is something else than digits in it, or none. The number is not named.
    """
    number = _SEPARATORS.sub("", digits)
    if not (number.isascii() and number.isdigit()):
        raise ValueError("a search token is made of digits only")
    message = f"{purpose}\x1f{municipality_id}\x1f{number}".encode()
    return hmac.digest(keyring.index_key, message, "sha256")[:_TOKEN_BYTES].hex()


def _encrypt(keyring: Keyring, content: bytes, bound_to: bytes) -> bytes:
    # Random 96-bit nonces allow 2^32 values per key; rotate long before.
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + keyring.ciphers[keyring.current].encrypt(nonce, content, bound_to)


def _decrypt(keyring: Keyring, key_id: str, raw: bytes, bound_to: bytes) -> bytes:
    cipher = keyring.ciphers.get(key_id)
    if cipher is None:
        raise CannotUnseal(
            f"{_name(bound_to)} er forseglet med en nøkkel som ikke står i nøkkelfilen. "
            "Pek INNPASS_KEYS_FILE på filen som hører til denne databasen."
        )
    if len(raw) < _NONCE_BYTES + _TAG_BYTES:
        raise _not_sealed(bound_to)
    try:
        return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to)
    except InvalidTag:
        raise CannotUnseal(
            f"{_name(bound_to)} kan ikke åpnes: nøkkelen er feil, eller verdien er endret eller "
            "flyttet fra en annen rad."
        ) from None


def _not_sealed(bound_to: bytes) -> CannotUnseal:
    return CannotUnseal(f"{_name(bound_to)} inneholder noe som ikke er en forseglet verdi.")


def _name(bound_to: bytes) -> str:
    _, model, field, row = bound_to.decode().split("\x1f")
    return f"Feltet {model}.{field} i raden {row}"
