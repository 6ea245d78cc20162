"""Model fields whose values are encrypted in the database and bound to their row.

A value read from the database stays sealed until somebody asks for the attribute. A value on its
way to the database must be sealed: by ``pre_save`` in ``save``, ``bulk_create`` and
``save_version``; anything else (``update``, ``bulk_update`` with a plain value) is refused here,
and what gets past Python (expressions, raw SQL) is refused by a check constraint on the column.
The row's UUID must be known before it is saved. ``bulk_create(update_conflicts=True)`` would store
a value under another row's id, where it cannot be opened: do not use it with these fields.
"""

import json
from typing import Any, NoReturn
from uuid import UUID

from django.core import checks
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from innpass.casework.sealing.keys import keyring
from innpass.exchange.sealing import sealing


class UnsealedValue(Exception):
    """A plain value was about to be stored in a sealed field. The value is not in the message."""


class Sealed:
    """A sealed value, as stored. Shows nothing of it when printed."""

    __slots__ = ("stored",)

    def __init__(self, stored: str | bytes) -> None:
        self.stored = stored

    def __repr__(self) -> str:
        return "<forseglet>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.stored == self.stored

    def __hash__(self) -> int:
        return hash(self.stored)


class SealedAttribute(DeferredAttribute):
    """Opens the value the first time it is asked for."""

    field: "SealedField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.unseal(value, instance.pk)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    """Base of the sealed fields.

    Args:
        bound_as: ``app.model.field`` the values are bound to; needed only to keep old values
            readable after the model or the field was renamed.
    """

    descriptor_class = SealedAttribute
    column: str
    db_index: bool

    def __init__(self, *args: Any, bound_as: str | None = None, **kwargs: Any) -> None:
        self.bound_as = bound_as
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Add ``bound_as`` to what migrations write down."""
        name, path, args, kwargs = super().deconstruct()
        if self.bound_as is not None:
            kwargs["bound_as"] = self.bound_as
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse what cannot work: a key that is not a UUID, indexes, database defaults."""
        found = super().check(**kwargs)
        key: Any = self.model._meta.pk
        while key is not None and key.remote_field:
            key = key.target_field
        if not isinstance(key, models.UUIDField):
            found.append(
                checks.Error(
                    "A sealed field needs a UUID primary key.", obj=self, id="sealing.E101"
                )
            )
        if self.unique or self.db_index or self.has_db_default():
            found.append(
                checks.Error(
                    "A sealed field can have neither index, uniqueness nor a database default.",
                    hint="Store a token beside it (sealing.queries.token_for).",
                    obj=self,
                    id="sealing.E102",
                )
            )
        return found

    # Sealing and opening

    def seal(self, value: Any, row: UUID) -> Sealed:
        """Seal a value for one row of this field's model.

        Raises:
            UnsealedValue: the row has no id yet, or the value has the wrong type.
        """
        if not isinstance(row, UUID):
            raise UnsealedValue(f"{self} cannot be sealed before the row has its UUID")
        return Sealed(self._sealed(value, self._place(row)))

    def unseal(self, value: Sealed, row: UUID) -> Any:
        """Open a value that belongs to one row of this field's model.

        Raises:
            CannotUnseal: it belongs to another row, was changed, or the key is another.
        """
        return self._opened(value.stored, self._place(row))

    def _place(self, row: UUID) -> bytes:
        if self.bound_as is not None:
            model, _, field = self.bound_as.rpartition(".")
        else:
            model, field = self.model._meta.label_lower, self.name
        return sealing.place(model, field, row)

    def _sealed(self, value: Any, bound_to: bytes) -> str | bytes:
        raise NotImplementedError

    def _opened(self, stored: Any, bound_to: bytes) -> Any:
        raise NotImplementedError

    # To and from the database

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        """Keep the value sealed until it is asked for."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """Seal the row's value; one that is sealed already must be the row's own."""
        if self.attname in model_instance.__dict__:
            value = model_instance.__dict__[self.attname]
        else:
            value = getattr(model_instance, self.attname)  # it was deferred: read it now
        if value is None:
            return None
        if isinstance(value, Sealed):
            self.unseal(value, model_instance.pk)
            return value
        return self.seal(value, model_instance.pk)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """Let only sealed values through."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise UnsealedValue(
                f"An unsealed value was about to be stored in {self}. Use save, save_version or "
                "bulk_create; update and bulk_update take what field.seal(value, row) returns."
            )
        return value.stored

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse to search: equal values are stored differently each time."""
        if lookup_name != "isnull":
            raise FieldError(
                f"{self} is sealed and cannot be searched by {lookup_name}; "
                "store a token beside it (sealing.queries.token_for) and search by that."
            )
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        """Refuse as ``get_lookup`` does."""
        return self.get_lookup(lookup_name)

    # Ways out that would carry the plain value

    def formfield(self, **kwargs: Any) -> None:
        """Give no form field: a form names its own."""
        return

    def value_from_object(self, obj: models.Model) -> NoReturn:
        """Refuse to serialise."""
        raise UnsealedValue(f"{self} is sealed and is not written out by serializers or forms.")


class _SealedAsText(SealedField):
    def get_internal_type(self) -> str:
        return "TextField"

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        column = connection.ops.quote_name(self.column)
        return f"substr({column}, 1, {len(sealing.MARK)}) = '{sealing.MARK}'"


class SealedTextField(_SealedAsText):
    """Text. ``None`` stays NULL; the empty text is sealed like any other."""

    def _sealed(self, value: Any, bound_to: bytes) -> str:
        if not isinstance(value, str):
            raise UnsealedValue(f"{self} takes text, not {type(value).__name__}")
        return sealing.seal_text(keyring(), value, bound_to=bound_to)

    def _opened(self, stored: str, bound_to: bytes) -> str:
        return sealing.unseal_text(keyring(), stored, bound_to=bound_to)


class SealedJSONField(_SealedAsText):
    """What JSON can hold; dates and decimals are written as text. ``None`` is NULL."""

    def _sealed(self, value: Any, bound_to: bytes) -> str:
        try:
            text = json.dumps(
                value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")
            )
        except (TypeError, ValueError):
            raise UnsealedValue(f"{self} takes what JSON can hold") from None
        return sealing.seal_text(keyring(), text, bound_to=bound_to)

    def _opened(self, stored: str, bound_to: bytes) -> Any:
        return json.loads(sealing.unseal_text(keyring(), stored, bound_to=bound_to))


class SealedBinaryField(SealedField):
    """Bytes, such as a whole workbook. Defer it in lists; it is sealed and stored in one piece."""

    def get_internal_type(self) -> str:
        """Be stored as bytes."""
        return "BinaryField"

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """Let the database refuse what is not sealed."""
        column = connection.ops.quote_name(self.column)
        mark = sealing.MARK.encode().hex()
        literal = f"'\\x{mark}'::bytea" if connection.vendor == "postgresql" else f"x'{mark}'"
        return f"substr({column}, 1, {len(sealing.MARK)}) = {literal}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Let only sealed values through, as the driver wants bytes."""
        stored = super().get_db_prep_value(value, connection, prepared)
        return None if stored is None else connection.Database.Binary(stored)

    def _sealed(self, value: Any, bound_to: bytes) -> bytes:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise UnsealedValue(f"{self} takes bytes, not {type(value).__name__}")
        return sealing.seal_bytes(keyring(), bytes(value), bound_to=bound_to)

    def _opened(self, stored: Any, bound_to: bytes) -> bytes:
        return sealing.unseal_bytes(keyring(), bytes(stored), bound_to=bound_to)
