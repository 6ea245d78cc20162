"""Keeping what sources disagree about, as derived. Called where people are written."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from innpass.casework.imports.rows import SECRET_FIELDS, id_of, stored
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Disagreement
from innpass.casework.reconciliation.preview import Change
from innpass.domain.deriving.state import Disagreement as Disagreeing
from innpass.domain.linking.names import fold

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
    before = {(row.participant_id, row.field): row for row in rows}
    new, changed = [], []
    for pk, change in people.items():
        for found in change.person.state.disagreements:
            if not _matters(found):
                continue
            values, is_settled = _kept(found)
            row = before.pop((pk, found.field), None)
            if row is None:
                row = Disagreement(municipality=municipality, participant_id=pk, field=found.field)
                new.append(row)
            elif (row.values, row.is_settled) == (values, is_settled):
                continue
            else:
                row.version += 1
                changed.append(row)
            row.values, row.is_settled = values, is_settled
    Disagreement.objects.bulk_create(new, batch_size=1000)
    Disagreement.objects.bulk_update(changed, ["values", "is_settled", "version"], batch_size=200)
    _delete(row.pk for (pk, _), row in before.items())


def _delete(ids: Iterable[UUID]) -> None:
    doomed = list(ids)
    for at in range(0, len(doomed), 500):
        Disagreement.objects.filter(pk__in=doomed[at : at + 500]).delete()


def _matters(found: Disagreeing) -> bool:
    if found.field in _NO_MATTER or found.field in SECRET_FIELDS:
        return False
    if isinstance(found.values[0].value, str):
        # The same words in another spelling are no disagreement.
        return len({frozenset(fold(str(each.value))) for each in found.values}) > 1
    return True


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
