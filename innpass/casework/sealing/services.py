"""The canary, and sealing everything anew with the current key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F
from django.db.models.functions import Substr

from innpass.casework.sealing.fields import SealedBinaryField, SealedField
from innpass.casework.sealing.keys import key_file, keyring
from innpass.casework.sealing.models import KeyCanary
from innpass.casework.sealing.queries import sealed_fields, token_for
from innpass.exchange.sealing.keyring import KeyFileProblem
from innpass.exchange.sealing.sealing import CannotUnseal, head

CANARY = "Innpass kan åpne det som er forseglet her."
_CANARY_KIND = "canary"
_CANARY_DIGITS = "20210101"
_NOBODY = UUID(int=0)
_BATCH = 1000
_BATCH_OF_FILES = 5


def make_canary() -> None:
    """Store the canary, unless there is one. Run after each ``migrate``."""
    if not KeyCanary.objects.exists():
        KeyCanary.objects.create(sealed=CANARY, token=_canary_token())


def keys_problem() -> str | None:
    """Say in Norwegian why the keys cannot be used with this database, or ``None`` if they can.

    Opens the key file and the canary; call it before serving or working.
    """
    try:
        keyring()
        canary = KeyCanary.objects.order_by("made_at").first()
        if canary is None:
            return None
        if canary.sealed == CANARY and canary.token == _canary_token():
            return None
    except KeyFileProblem as problem:
        return str(problem)
    except CannotUnseal:
        return _foreign_keys("dataene")
    return _foreign_keys("søketegnene")


def tables_are_there() -> bool:
    """Tell whether the canary's table can be asked; it cannot before the first ``migrate``."""
    try:
        return KeyCanary._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return False


def _canary_token() -> str:
    return token_for(_CANARY_KIND, _CANARY_DIGITS, _NOBODY)


def _foreign_keys(what: str) -> str:
    return (
        f"Nøkkelfilen {key_file()} hører ikke til denne databasen: {what} er laget med en annen "
        "nøkkel. Pek INNPASS_KEYS_FILE på riktig fil, eller hent den fra sikkerhetskopien."
    )


@dataclass(slots=True)
class Resealed:
    """What was done to one field of one model, in rows."""

    name: str
    total: int
    resealed: int = 0
    changed_meanwhile: int = 0
    unreadable: int = 0


def reseal_all(*, report: Callable[[Resealed], None] = lambda counts: None) -> list[Resealed]:
    """Seal with the current key whatever is sealed with another, in all tables.

    Works in short transactions, so others keep writing. A row is only replaced if it is still as
    it was read. Can be stopped and run again at any time: what is done stays done.

    Args:
        report: called after each batch with the counts so far.

    Returns:
        The counts for each sealed field. ``unreadable`` rows are left as they are.
    """
    tables = set(connection.introspection.table_names())
    return [
        _reseal(model, field, report)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.db_table in tables
        for field in sealed_fields(model)
    ]


def _reseal(
    model: type[models.Model], field: SealedField, report: Callable[[Resealed], None]
) -> Resealed:
    rows = _sealed_otherwise(model, field)
    counts = Resealed(name=f"{model._meta.label}.{field.name}", total=rows.count())
    size = _BATCH_OF_FILES if isinstance(field, SealedBinaryField) else _BATCH
    last = None
    while batch := list(rows.filter(pk__gt=last)[:size] if last else rows[:size]):
        last = batch[-1][0]
        replacements = []
        for row, sealed in batch:
            try:
                plain = field.unseal(sealed, row)
            except CannotUnseal:
                counts.unreadable += 1
                continue
            replacements.append((field.seal(plain, row), row, sealed))
        replaced = _replace(model, field, replacements)
        counts.resealed += replaced
        counts.changed_meanwhile += len(replacements) - replaced
        report(counts)
    return counts


def _sealed_otherwise(model: type[models.Model], field: SealedField) -> Any:
    current = head(keyring().current)
    output: models.Field = (
        models.BinaryField() if isinstance(field, SealedBinaryField) else models.TextField()
    )
    mark = current.encode() if isinstance(field, SealedBinaryField) else current
    return (
        model._base_manager.filter(**{f"{field.name}__isnull": False})
        .annotate(_head=Substr(F(field.name), 1, len(current), output_field=output))
        .exclude(_head=mark)
        .order_by("pk")
        .values_list("pk", field.name)
    )


def _replace(
    model: type[models.Model], field: SealedField, replacements: list[tuple[Any, Any, Any]]
) -> int:
    """Compare and set; one statement for all, since one by one is several times slower."""
    key: Any = model._meta.pk
    if not replacements or key is None:
        return 0
    name = connection.ops.quote_name
    statement = (
        f"UPDATE {name(model._meta.db_table)} SET {name(field.column)} = %s "  # noqa: S608
        f"WHERE {name(key.column)} = %s AND {name(field.column)} = %s"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                (
                    field.get_db_prep_value(new, connection),
                    key.get_db_prep_value(row, connection),
                    field.get_db_prep_value(old, connection),
                )
                for new, row, old in replacements
            ],
        )
        return int(cursor.rowcount)
