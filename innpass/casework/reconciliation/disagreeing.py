"""Keeping what sources disagree about, as derived. Called where people are written."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from innpass.casework.imports.rows import SECRET_FIELDS, id_of, stored
from innpass.casework.organisations.inserting import update_rows
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Disagreement
from innpass.casework.reconciliation.preview import Change
from innpass.domain.deriving.state import Disagreement as Disagreeing
from innpass.domain.linking.names import (
    NameLevel,
    PersonName,
    compare_names,
    fold,
    person_name,
)
from innpass.domain.sheets.fields import FIELDS, FieldType

_FEW = 500
# Spellings of a name are linking's to judge, and each body remarks what it likes.
_NO_MATTER = frozenset({"given_name", "family_name", "native_name", "remark"})

Kept = tuple[list[dict[str, Any]], bool]


def write_disagreements(changes: Sequence[Change], municipality: Municipality) -> None:
    """Store what the sources of these people disagree about now, touching only what differs."""
    people = {c.participant.pk: c for c in changes if c.participant is not None}
    rows = Disagreement.objects.all()
    if len(people) <= _FEW:
        rows = rows.filter(participant__in=people)
    before = {(row.participant_id, row.field, row.place): row for row in rows}
    new, changed = [], []
    for pk, change in people.items():
        for found in change.person.state.disagreements:
            if not _matters(found):
                continue
            values, is_settled = _kept(found)
            about = id_of(found.about) if found.about else None
            place = f"{about} {found.name}" if about else ""
            row = before.pop((pk, found.field, place), None)
            if row is None:
                row = Disagreement(
                    municipality=municipality,
                    participant_id=pk,
                    field=found.field,
                    place=place,
                    row_id=about,
                    name=found.name,
                )
                new.append(row)
            elif (row.values, row.is_settled) == (values, is_settled):
                continue
            else:
                row.version += 1
                changed.append(row)
            row.values, row.is_settled = values, is_settled
    Disagreement.objects.bulk_create(new, batch_size=1000)
    update_rows(changed, ["values", "is_settled", "version"])
    _delete(row.pk for row in before.values())


def _delete(ids: Iterable[UUID]) -> None:
    doomed = list(ids)
    for at in range(0, len(doomed), 500):
        Disagreement.objects.filter(pk__in=doomed[at : at + 500]).delete()


def _matters(found: Disagreeing) -> bool:
    if found.field in _NO_MATTER or found.field in SECRET_FIELDS:
        return False
    first, *others = (str(each.value) for each in found.values)
    if FIELDS[found.field].type is FieldType.PERSON_NAME:
        one = person_name(first)
        return any(not _is_variant(one, person_name(each)) for each in others)
    if FIELDS[found.field].type is FieldType.TEXT:
        return any(fold(each) != fold(first) for each in others)
    return True


def _is_variant(one: PersonName | None, other: PersonName | None) -> bool:
    """Tell whether two spellings are of one name: then there is nothing to decide."""
    return bool(one and other and compare_names(one, other).level >= NameLevel.VARIANT)


def _kept(found: Disagreeing) -> Kept:
    values = [
        {
            "owner": str(each.owner),
            "value": stored(each.value),
            "row": str(id_of(each.key)),
            "cell": each.cell,
        }
        for each in found.values
    ]
    return values, found.is_settled
