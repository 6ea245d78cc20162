"""Keeping those who are entered as new persons apart from all who are known."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from innpass.casework.imports.entering import Act, store_decision
from innpass.casework.imports.models import HOLDING, Way
from innpass.casework.imports.rows import id_of
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import RowLink
from innpass.casework.reconciliation.deciding import KEPT_APART
from innpass.casework.reconciliation.resolving import Resolution, resolve


def resolve_apart(rows: Collection[UUID], *, municipality: Municipality, way: Way) -> Resolution:
    """Find out whom all rows are about, so that new persons take nothing from anybody known.

    Whoever enters a new person has been asked about those alike whom he or she may see. Of the
    others nothing may change, and nothing be told; so what keeps them apart is nobody's word, and
    stands in no history. Call it in the transaction of an act that holds the lock.

    Args:
        rows: by hand, of the new persons, already linked to them.
    """
    links = RowLink.objects.filter(row__state__in=HOLDING).exclude(row__in=rows)
    known: dict[UUID, UUID] = dict(links.values_list("row", "participant"))
    rows_of = defaultdict(list)
    for row, person in known.items():
        rows_of[person].append(row)
    act = Act(municipality, None, way)
    told: set[tuple[UUID, UUID]] = set()
    while True:
        resolution = resolve()
        apart = {
            (new, row)
            for new, met in _met(resolution, rows, known).items()
            for person in met
            for row in rows_of[person]
        } | _twice(resolution, rows)
        if not apart - told:
            return resolution
        for new, other in sorted(apart - told):
            store_decision(row=new, kind=KEPT_APART, act=act, other=other)
        told |= apart


def _met(
    resolution: Resolution, rows: Collection[UUID], known: Mapping[UUID, UUID]
) -> dict[UUID, set[UUID]]:
    """Return the known persons of whom each new row would take a row, or leave one in doubt."""
    met: dict[UUID, set[UUID]] = {row: set() for row in rows}
    linked = set()
    for keys in resolution.linking.people:
        ids = {id_of(key) for key in keys}
        linked |= ids
        for new in ids & met.keys():
            met[new] |= {known[row] for row in ids if row in known}
    doubtful = {known[id_of(key)] for key in resolution.rows if id_of(key) in known.keys() - linked}
    for people in met.values():
        people |= doubtful
    return met


def _twice(resolution: Resolution, rows: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return the new rows that would be about the same person."""
    apart = set()
    for keys in resolution.linking.people:
        same = sorted({id_of(key) for key in keys} & set(rows))
        apart |= {(other, same[0]) for other in same[1:]}
    return apart
