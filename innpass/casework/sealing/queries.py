"""Search tokens, and opening values that were read without their rows."""

from typing import Any
from uuid import UUID

from django.db import models

from innpass.casework.sealing.fields import Sealed, SealedField
from innpass.casework.sealing.keys import keyring
from innpass.exchange.sealing.sealing import token


def token_for(kind: str, number: str, municipality_id: UUID) -> str:
    """Return the search token of a number, to be stored beside the sealed number and searched by.

    ``kind`` is what kind of number it is, such as ``national_id`` or ``duf``; spaces, dots and
    hyphens in the number do not matter.

    Raises:
        ValueError: there is something else than digits in it.
        KeyFileProblem: the key file cannot be used.
    """
    return token(keyring(), purpose=kind, municipality_id=municipality_id, digits=number)


def sealed_fields(model: type[models.Model]) -> tuple[SealedField, ...]:
    """Return the sealed fields that are stored in the model's own table."""
    return tuple(f for f in model._meta.local_concrete_fields if isinstance(f, SealedField))


def open_value(model: type[models.Model], field: str, row: UUID, value: Sealed | None) -> Any:
    """Open what ``values()`` or ``values_list()`` returned for one field of one row.

    Raises:
        CannotUnseal: it belongs to another row, was changed, or the key is another.
    """
    found = model._meta.get_field(field)
    if not isinstance(found, SealedField):
        raise TypeError(f"{found} is not sealed")
    return None if value is None else found.unseal(value, row)
