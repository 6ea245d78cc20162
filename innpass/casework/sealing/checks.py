"""System checks: the key file can be used, and it belongs to this database."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error

from innpass.casework.sealing.keys import key_file
from innpass.casework.sealing.services import keys_problem, tables_are_there
from innpass.exchange.sealing.keyring import (
    KeyFileProblem,
    is_open_to_others,
    open_file_sentence,
    read_keyring,
)


def key_file_can_be_used(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Say what is wrong with the key file; open to others is an error unless one is developing."""
    try:
        path = key_file()
        read_keyring(path)
        if not is_open_to_others(path):
            return []
    except KeyFileProblem as problem:
        return [Error(str(problem), id="sealing.E001")]
    if settings.DEBUG:
        return [checks.Warning(open_file_sentence(path), id="sealing.W002")]
    return [Error(open_file_sentence(path), id="sealing.E002")]


def keys_open_the_database(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Say that the key file is another's than the database's. Asks the database only when told."""
    if not databases or key_file_can_be_used(None) or not tables_are_there():
        return []
    problem = keys_problem()
    return [Error(problem, id="sealing.E003")] if problem else []
