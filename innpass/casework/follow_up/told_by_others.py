"""What contexts above are told and somebody must see to: an employer's word that nobody came."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from innpass.domain.access.roles import Actor

# Rows of one day of one case each, with ``owning``: whom the row is about now.
Telling = Callable[["Actor", date], "QuerySet[Any]"]

_ASKED: list[Telling] = []


class ToldAbsent(NamedTuple):
    """That an employer says somebody did not come on a day."""

    participant: UUID
    case: UUID
    unit: str
    on: date


def ask(telling: Telling) -> Telling:
    """Let a function be asked for days told as absent that are not seen to; also a decorator."""
    _ASKED.append(telling)
    return telling


def rows_told_absent(actor: "Actor", on: date) -> "list[QuerySet[Any]]":
    """Return the rows of each that was asked, of people whom the actor may see."""
    return [telling(actor, on) for telling in _ASKED]


def told_absent(actor: "Actor", *, on: date, person: UUID) -> Iterator[ToldAbsent]:
    """Yield the days of one person, the last first. One query of each that is asked."""
    columns = ("owning", "case", "case__employer__name", "on")
    for rows in rows_told_absent(actor, on):
        found = rows.filter(owning=person).order_by("-on").values_list(*columns)
        yield from (ToldAbsent(*each) for each in found)
