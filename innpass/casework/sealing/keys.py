"""The key file named in the settings, read again when it changes."""

from pathlib import Path

from django.conf import settings

from innpass.exchange.sealing.keyring import KeyFileProblem, Keyring, read_keyring

_read: dict[tuple[str, int, int, int], Keyring] = {}

NO_FILE_NAMED = (
    "INNPASS_KEYS_FILE er ikke satt. Pek den på nøkkelfilen; en ny installasjon lager en med "
    "«innpass create_keys FIL»."
)


def key_file() -> Path:
    """Return where the key file is.

    Raises:
        KeyFileProblem: the settings name none.
    """
    name = getattr(settings, "INNPASS_KEYS_FILE", None)
    if not name:
        raise KeyFileProblem(NO_FILE_NAMED)
    return Path(name)


def keyring() -> Keyring:
    """Return the keys as they are in the file now.

    The file is looked at each time (about two microseconds) and read when it has changed, so that
    every process takes up a new key at once.

    Raises:
        KeyFileProblem: the file cannot be used.
    """
    path = key_file()
    try:
        seen = path.stat()
    except OSError:
        return read_keyring(path)  # says why
    mark = (str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino)
    found = _read.get(mark)
    if found is None:
        found = read_keyring(path, refuse_open_file=not settings.DEBUG)
        _read.clear()
        _read[mark] = found
    return found
