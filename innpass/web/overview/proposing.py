"""What many changes at once would do: old and new of every cell, before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from innpass.casework.overview.columns import COLUMN_OF_FIELD
from innpass.casework.reconciliation.standing import standing_values
from innpass.domain.access.roles import Actor
from innpass.web.overview.cells import field_of, text_of
from innpass.web.overview.saving import Change, changes_as_json, read_changes

MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class Proposal:
    """One cell: what stands there, what would stand there, and what is wrong with that.

    ``is_change`` is false where the same stands there already, and where there is a problem.
    """

    label: str
    old: str
    new: str
    problem: str = ""
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """The cells of one person, in the order of the columns."""

    name: str
    cells: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything that an act would do.

    Attributes:
        headings: the fields' labels.
        changes: the changes as JSON, each with what stands there now; sent back to be saved.
        changing, problems, people: how many cells would change, how many cannot, how many people
            would get a change.
    """

    headings: tuple[str, ...]
    rows: tuple[ProposedRow, ...]
    changes: str
    changing: int
    problems: int
    people: int


def propose(
    ids: Sequence[UUID],
    fields: Sequence[str],
    texts: Sequence[Sequence[str]],
    actor: Actor,
    *,
    by_column: bool = False,
) -> Proposals:
    """Read a block of texts and hold it against what stands there.

    Args:
        ids: the participants, from the first row of the block on.
        texts: for each participant one text per field; what is missing changes nothing.
        by_column: change none of a column's fields where one of them cannot be changed.
    """
    people = standing_values(ids, fields, actor=actor)
    words_of = dict(zip(ids, texts, strict=False))
    asked: dict[tuple[UUID, str], Change] = {}
    for person in people:
        for name, text in zip(fields, words_of.get(person.pk, ()), strict=False):
            old = text_of(person.values[name])
            asked[person.pk, name] = Change(person.pk, name, text, old, person.mark(name))
    values, problems = read_changes(list(asked.values()), actor=actor)
    changing = [change for change, value in values.items() if text_of(value) != change.seen]
    lacking = {(person.pk, name): why for person in people for name, why in person.lacking.items()}
    wrong = {(r.change.participant, r.change.field): r.sentence for r in problems}
    wrong |= {key: why for change in changing if (why := lacking.get(key := _key(change)))}
    if by_column:
        stuck = {(pk, COLUMN_OF_FIELD[name]) for pk, name in wrong}
        wrong |= {
            _key(change): _("Feltet står, fordi et felt i samme kolonne ikke kan endres.")
            for change in changing
            if _key(change) not in wrong
            and (change.participant, COLUMN_OF_FIELD[change.field]) in stuck
        }
    changing = [change for change in changing if _key(change) not in wrong]
    moved = {(change.participant, change.field) for change in changing}
    rows = []
    for person in people:
        if person.pk not in words_of:
            continue
        cells = []
        for name in fields:
            change = asked.get((person.pk, name))
            if change is None:
                cells.append(Proposal(field_of(name).label, "", ""))
                continue
            key = (person.pk, name)
            new = change.text if key in wrong else text_of(values[change])
            cells.append(
                Proposal(
                    label=field_of(name).label,
                    old=change.seen or "",
                    new=new,
                    problem=wrong.get(key, ""),
                    is_change=key in moved,
                )
            )
        rows.append(ProposedRow(person.name, tuple(cells)))
    return Proposals(
        headings=tuple(field_of(name).label for name in fields),
        rows=tuple(rows),
        changes=changes_as_json(changing),
        changing=len(changing),
        problems=len(wrong),
        people=len({change.participant for change in changing}),
    )


def _key(change: Change) -> tuple[UUID, str]:
    return change.participant, change.field
