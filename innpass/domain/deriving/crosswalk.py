"""What is amiss in the crosswalk between the bodies' systems for one person: gaps and doubles."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from innpass.domain.deriving.owners import SYSTEM_OF_NUMBER
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.records import Owner, TableKind

NUMBER_OF_SYSTEM: dict[Owner, str] = {owner: name for name, owner in SYSTEM_OF_NUMBER.items()}
LISTS = (Owner.REFUGEE, Owner.LEARNING, Owner.NAV, Owner.OVERVIEW)
_IDENTITY = ("ids.fnr", "ids.dnr")


class TaskKind(StrEnum):
    """What is amiss."""

    NUMBER_MISSING = "number_missing"  # in a body's list, without the number of its system
    IDENTITY_MISSING = "identity_missing"  # neither fødselsnummer nor D-nummer
    NOT_IN_LIST = "not_in_list"  # known elsewhere, but not in the list where one is expected
    TWO_ROWS = "two_rows"  # two rows of one list about the person


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """One thing to put right. ``system`` is whose list or number it is about."""

    kind: TaskKind
    system: Owner


def body_of(system: Owner) -> Owner:
    """Return the body whose work it is: the shared sheet is the refugee department's."""
    return Owner.REFUGEE if system is Owner.OVERVIEW else system


def tasks_of(
    rows: Iterable[KnownRow],
    *,
    numbers: Collection[str],
    present: Collection[Owner],
    has_ended: bool,
) -> list[Task]:
    """Return what is amiss for one person, in a fixed order.

    Args:
        rows: all rows that hold about the person; hidden ones tell nothing.
        numbers: the fields of the numbers that the person has, such as ``ids.socio``.
        present: the bodies whose own list of persons has been imported; nobody is missed elsewhere.
        has_ended: the programme has an actual end, so that nobody need be in the shared sheet.
    """
    seen = [known for known in rows if not known.row.is_hidden]
    listed = [known for known in seen if known.row.kind is TableKind.PERSON]
    now = Counter((k.row.owner, k.row.file) for k in listed if not k.is_gone)
    here = {owner for owner, _ in now}
    before = {known.row.owner for known in listed}
    stated = {name for known in seen for name, r in known.row.readings.items() if r.value}
    found = [
        Task(TaskKind.NUMBER_MISSING, owner)
        for owner, name in NUMBER_OF_SYSTEM.items()
        if owner in here and name not in numbers
    ]
    if Owner.REFUGEE in here and not any(name in numbers for name in _IDENTITY):
        found.append(Task(TaskKind.IDENTITY_MISSING, Owner.REFUGEE))
    for owner in LISTS:
        if owner not in present or owner in before:
            continue
        is_expected = {
            Owner.REFUGEE: True,
            Owner.OVERVIEW: Owner.REFUGEE in here and not has_ended,
        }.get(owner, NUMBER_OF_SYSTEM.get(owner) in stated)
        if is_expected:
            found.append(Task(TaskKind.NOT_IN_LIST, owner))
    doubled = {owner for (owner, _), count in now.items() if count > 1}
    found += [Task(TaskKind.TWO_ROWS, owner) for owner in LISTS if owner in doubled]
    return sorted(found)
