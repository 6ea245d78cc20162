"""Two participants who may be one: how they differ plainly, and what would hold of the one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from innpass.casework.participants.models import SECRET_KINDS, Participant
from innpass.casework.participants.sources import bodies_with_people, disputed_cells
from innpass.casework.reconciliation.rewriting import rows_about
from innpass.domain.deriving.derive import derive
from innpass.domain.linking.names import person_name
from innpass.domain.sheets.records import Owner


class Why(StrEnum):
    """Why a value of two is the one that holds."""

    ALONE = "alone"  # the other has none
    ALIKE = "alike"  # both say the same
    BY_HAND = "by_hand"  # people's words go before the sheets'
    OWNER = "owner"  # the body whose field it is goes before the other's
    FULLER = "fuller"  # both are from one body: the row that says more goes first


@dataclass(frozen=True, slots=True)
class Held:
    """The value of a field that would hold.

    Attributes:
        is_ones: it is that of the first of the two; otherwise the other's.
        owner: whose sheet it stands in.
    """

    value: object
    is_ones: bool
    owner: Owner
    why: Why


def plain_differences(one: Participant, other: Participant) -> frozenset[str]:
    """Return the fields by which two are plainly different people: birth date, numbers, name.

    Names count where no part of one is a way of writing a part of the other. What only one of
    them has tells nothing.
    """
    found = set()
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        found.add("birth_date")
    tokens = [
        {f"ids.{n.kind}": n.token for n in person.identifiers.all() if n.kind in SECRET_KINDS}
        for person in (one, other)
    ]
    found |= {
        name for name, token in tokens[0].items() if tokens[1].get(name) not in (None, "", token)
    }
    parts = [_parts(person) for person in (one, other)]
    if all(parts) and parts[0].isdisjoint(parts[1]):
        found.add("name")
    return frozenset(found)


def _parts(person: Participant) -> set[str]:
    names = (person_name(text) for text in (person.name, person.native_name) if text)
    return {part for name in names if name for part in name.key}


def foresee_join(one: Participant, other: Participant) -> Mapping[str, Held]:
    """Tell what would hold of the two as one, by field. Constant queries."""
    rows = rows_about([one, other])
    present = bodies_with_people()
    disputed = disputed_cells([one, other], rows)
    sides = [
        derive(rows.get(p.pk, []), present=present, disputed=disputed[p.pk]) for p in (one, other)
    ]
    both = derive(
        [known for person in (one, other) for known in rows.get(person.pk, [])],
        present=present,
        disputed=disputed[one.pk] | disputed[other.pk],
    )
    mine = {known.key for known in rows.get(one.pk, [])}
    found = {}
    for name, sourced in both.values.items():
        is_ones = sourced.key in mine
        loser = sides[is_ones].values.get(name)
        why = Why.OWNER
        if loser is None:
            why = Why.ALONE
        elif loser.value == sourced.value:
            why = Why.ALIKE
        elif sourced.owner is Owner.HAND:
            why = Why.BY_HAND
        elif loser.owner is sourced.owner:
            why = Why.FULLER
        found[name] = Held(sourced.value, is_ones, sourced.owner, why)
    return found
