import base64
import json
import stat
from pathlib import Path

import pytest

from innpass.exchange.sealing.keyring import (
    KeyFileProblem,
    add_data_key,
    create_key_file,
    is_open_to_others,
    read_keyring,
)

KEY = base64.b64encode(b"k" * 32).decode()
GOOD = {"innpass_keys": 1, "current": "a1", "data_keys": {"a1": KEY}, "index_key": KEY}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_a_new_key_file_is_readable_by_its_owner_only(path: Path) -> None:
    create_key_file(path)

    keyring = read_keyring(path, refuse_open_file=True)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(keyring.ciphers) == [keyring.current]
    assert len(keyring.index_key) == 32


def test_two_new_key_files_share_no_key(tmp_path: Path) -> None:
    create_key_file(tmp_path / "a")
    create_key_file(tmp_path / "b")

    a, b = (json.loads((tmp_path / name).read_text()) for name in "ab")

    assert a["index_key"] != b["index_key"]
    assert set(a["data_keys"].values()).isdisjoint(b["data_keys"].values())


def test_a_key_file_is_never_overwritten(path: Path) -> None:
    path.write_text("noe viktig")

    with pytest.raises(KeyFileProblem, match="blir ikke overskrevet"):
        create_key_file(path)

    assert path.read_text() == "noe viktig"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileProblem, match=r"kan ikke skrives.*Sjekk at mappen finnes"):
        create_key_file(tmp_path / "nowhere" / "keys.json")


def test_a_missing_file_is_told(path: Path) -> None:
    with pytest.raises(KeyFileProblem, match=r"finnes ikke\. Pek INNPASS_KEYS_FILE"):
        read_keyring(path)
    with pytest.raises(KeyFileProblem, match="finnes ikke"):
        is_open_to_others(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileProblem, match="kan ikke leses"):
        read_keyring(tmp_path)  # a folder: refused to root, too


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o620, 0o644])
def test_a_file_open_to_others_is_refused_when_asked(path: Path, mode: int) -> None:
    create_key_file(path)
    path.chmod(mode)

    assert read_keyring(path)
    with pytest.raises(KeyFileProblem, match=f"chmod 600 {path}"):
        read_keyring(path, refuse_open_file=True)


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o640])
def test_a_file_for_owner_and_group_is_accepted(path: Path, mode: int) -> None:
    create_key_file(path)
    path.chmod(mode)

    assert read_keyring(path, refuse_open_file=True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "ikke JSON"),
        (b"\xff\xfe\x00", "ikke JSON"),
        (b"[" * 60000, "ikke JSON"),
        (b'{"innpass_keys": 1, "x": "' + b"a" * 70000 + b'"}', "ikke JSON"),
        (b"[]", "mangler «innpass_keys: 1»"),
        (json.dumps(GOOD | {"innpass_keys": 2}).encode(), "mangler «innpass_keys: 1»"),
        (json.dumps(GOOD | {"data_keys": []}).encode(), "ingen «data_keys»"),
        (json.dumps(GOOD | {"data_keys": {}}).encode(), "ingen «data_keys»"),
        (json.dumps(GOOD | {"data_keys": {"A.1": KEY}}).encode(), "bare er a-z og 0-9"),
        (json.dumps(GOOD | {"current": "b2"}).encode(), "«current» peker ikke"),
        (json.dumps(GOOD | {"current": ["a1"]}).encode(), "«current» peker ikke"),
        (json.dumps(GOOD | {"data_keys": {"a1": KEY[:-4]}}).encode(), "«a1» er ikke 256 bit"),
        (json.dumps(GOOD | {"data_keys": {"a1": "æøå"}}).encode(), "«a1» er ikke 256 bit"),
        (json.dumps(GOOD | {"data_keys": {"a1": "a"}}).encode(), "«a1» er ikke 256 bit"),
        (json.dumps(GOOD | {"index_key": 7}).encode(), "«index_key» er ikke 256 bit"),
    ],
)
def test_what_is_no_key_file_is_told_without_showing_it(
    path: Path, content: bytes, why: str
) -> None:
    path.write_bytes(content)

    with pytest.raises(KeyFileProblem) as problem:
        read_keyring(path)

    assert why in str(problem.value)
    assert str(path) in str(problem.value)
    assert KEY not in str(problem.value)


def test_a_keyring_shows_no_key(path: Path) -> None:
    create_key_file(path)
    content = json.loads(path.read_text())

    shown = repr(read_keyring(path))

    assert content["current"] in shown
    assert content["index_key"] not in shown
    assert content["data_keys"][content["current"]] not in shown


def test_a_new_data_key_becomes_current_and_the_others_stay(path: Path) -> None:
    create_key_file(path)
    path.chmod(0o640)
    before = json.loads(path.read_text())

    added = add_data_key(path)

    after = json.loads(path.read_text())
    assert after["current"] == added
    assert after["index_key"] == before["index_key"]
    assert after["data_keys"] == before["data_keys"] | {added: after["data_keys"][added]}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_key_id_is_never_given_twice(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = iter(["aaaaaa", "aaaaaa", "bbbbbb"])
    monkeypatch.setattr("secrets.token_hex", lambda size: next(ids))
    create_key_file(path)

    assert add_data_key(path) == "bbbbbb"


def test_two_runs_do_not_replace_the_file_at_once(path: Path) -> None:
    create_key_file(path)
    before = path.read_text()
    other = path.with_name("keys.json.new")
    other.touch()

    with pytest.raises(KeyFileProblem, match="er ingen i gang, slett filen"):
        add_data_key(path)

    assert path.read_text() == before
    assert other.exists()


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_key_file(path)
    before = path.read_text()

    def refuse(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.chown", refuse)

    with pytest.raises(KeyFileProblem, match="Ingenting er endret"):
        add_data_key(path)

    assert path.read_text() == before
    assert list(path.parent.iterdir()) == [path]


def test_what_is_no_key_file_gets_no_new_key(path: Path) -> None:
    path.write_text("{}")

    with pytest.raises(KeyFileProblem, match="ikke en brukbar nøkkelfil"):
        add_data_key(path)

    assert path.read_text() == "{}"
