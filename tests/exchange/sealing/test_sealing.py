import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.exchange.sealing import sealing
from innpass.exchange.sealing.keyring import Keyring
from innpass.exchange.sealing.sealing import (
    CannotUnseal,
    place,
    seal_bytes,
    seal_text,
    token,
    unseal_bytes,
    unseal_text,
)

ROW = uuid.UUID(int=1)
HERE = place("participants.identity", "number", ROW)
OLD = Keyring(data_keys={"a1": b"1" * 32}, current="a1", index_key=b"i" * 32)
NEW = Keyring(data_keys={"a1": b"1" * 32, "b2": b"2" * 32}, current="b2", index_key=b"i" * 32)
FOREIGN = Keyring(data_keys={"a1": b"9" * 32}, current="a1", index_key=b"j" * 32)


@given(st.text())
def test_text_comes_back_as_it_was(text: str) -> None:
    assert unseal_text(OLD, seal_text(OLD, text, bound_to=HERE), bound_to=HERE) == text


@given(st.binary())
def test_bytes_come_back_as_they_were(content: bytes) -> None:
    assert unseal_bytes(OLD, seal_bytes(OLD, content, bound_to=HERE), bound_to=HERE) == content


def test_a_sealed_number_shows_nothing_and_is_short() -> None:
    sealed = seal_text(OLD, "01020312345", bound_to=HERE)

    assert sealed.startswith("s1.a1.")
    assert "01020312345" not in sealed
    assert len(sealed) == 58


def test_equal_values_are_sealed_differently() -> None:
    assert seal_text(OLD, "x", bound_to=HERE) != seal_text(OLD, "x", bound_to=HERE)


def test_a_file_of_the_largest_size_is_sealed_whole() -> None:
    content = b"x" * (20 * 1024 * 1024)

    assert unseal_bytes(OLD, seal_bytes(OLD, content, bound_to=HERE), bound_to=HERE) == content


def test_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LARGEST_BYTES", 3)

    with pytest.raises(ValueError, match="4 bytes are too many"):
        seal_bytes(OLD, b"1234", bound_to=HERE)


def test_what_an_old_key_sealed_is_opened_and_new_values_get_the_new_key() -> None:
    sealed = seal_text(OLD, "x", bound_to=HERE)

    assert unseal_text(NEW, sealed, bound_to=HERE) == "x"
    assert seal_text(NEW, "x", bound_to=HERE).startswith("s1.b2.")


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("participants.identity", "number", uuid.UUID(int=2)),
        place("participants.identity", "duf", ROW),
        place("imports.row", "number", ROW),
    ],
)
def test_a_value_moved_elsewhere_cannot_be_opened(elsewhere: bytes) -> None:
    text, content = seal_text(OLD, "x", bound_to=HERE), seal_bytes(OLD, b"x", bound_to=HERE)

    with pytest.raises(CannotUnseal, match="flyttet fra en annen rad"):
        unseal_text(OLD, text, bound_to=elsewhere)
    with pytest.raises(CannotUnseal, match="flyttet fra en annen rad"):
        unseal_bytes(OLD, content, bound_to=elsewhere)


def test_a_wrong_key_and_an_unknown_key_are_told_apart() -> None:
    with pytest.raises(CannotUnseal, match="nøkkelen er feil"):
        unseal_text(FOREIGN, seal_text(OLD, "x", bound_to=HERE), bound_to=HERE)
    with pytest.raises(CannotUnseal, match="ikke står i nøkkelfilen") as error:
        unseal_text(OLD, seal_text(NEW, "x", bound_to=HERE), bound_to=HERE)

    assert "participants.identity.number" in str(error.value)
    assert str(ROW) in str(error.value)


def test_each_changed_byte_is_noticed() -> None:
    sealed = seal_bytes(OLD, b"01020312345", bound_to=HERE)

    for place_of_change in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place_of_change] ^= 1
        with pytest.raises(CannotUnseal):
            unseal_bytes(OLD, bytes(changed), bound_to=HERE)


@pytest.mark.parametrize(
    "stored",
    ["", "01020312345", "s1.a1", "s1.a1.", "s1.a1.AAAA", "s1.a1.!!!!", "s1.a1.æ", "s2.a1.AAAA"],
)
def test_what_is_not_sealed_is_told(stored: str) -> None:
    with pytest.raises(CannotUnseal, match="ikke er en forseglet verdi"):
        unseal_text(OLD, stored, bound_to=HERE)
    with pytest.raises(CannotUnseal):
        unseal_bytes(OLD, stored.encode(), bound_to=HERE)


def test_bytes_without_a_key_id_are_not_sealed() -> None:
    with pytest.raises(CannotUnseal, match="ikke er en forseglet verdi"):
        unseal_bytes(OLD, b"s1." + b"x" * 40 + b".", bound_to=HERE)


def test_a_token_is_the_same_for_the_same_number_however_it_is_written() -> None:
    tokens = {
        token(OLD, purpose="national_id", municipality_id=ROW, digits=digits)
        for digits in (
            "01020312345",
            "010203 12345",
            "010203-12345",
            "01.02.03 12345",
            " 010203‑12345\n",
        )
    }

    assert len(tokens) == 1
    assert len(bytes.fromhex(tokens.pop())) == 16


def test_tokens_differ_by_number_purpose_municipality_and_key() -> None:
    tokens = {
        token(keys, purpose=purpose, municipality_id=uuid.UUID(int=tenant), digits=digits)
        for keys in (OLD, FOREIGN)
        for purpose in ("national_id", "duf")
        for tenant in (1, 2)
        for digits in ("01020312345", "01020312346")
    }

    assert len(tokens) == 16


def test_a_new_data_key_leaves_tokens_as_they_are() -> None:
    of_old, of_new = (
        token(keys, purpose="duf", municipality_id=ROW, digits="201012345678")
        for keys in (OLD, NEW)
    )

    assert of_old == of_new


@pytest.mark.parametrize("digits", ["", " ", "0102031234x", "٠١٠٢٠٣١٢٣٤٥", "²"])
def test_a_token_is_made_of_digits_only_and_the_number_is_not_told(digits: str) -> None:
    with pytest.raises(ValueError, match="digits only") as error:
        token(OLD, purpose="duf", municipality_id=ROW, digits=digits)

    assert digits.strip() == "" or digits not in str(error.value)


def test_padding_cannot_be_played_with() -> None:
    sealed = seal_text(OLD, "x", bound_to=HERE)
    head, _, body = sealed.rpartition(".")
    longer = base64.urlsafe_b64encode(base64.urlsafe_b64decode(body) + b"x").decode()

    with pytest.raises(CannotUnseal):
        unseal_text(OLD, f"{head}.{longer}", bound_to=HERE)
