"""Entering by hand who people are whose rows go, so that a later file finds them again.

Found out before it is stored, so that what holds with it is derived while nobody waits.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from innpass.casework.imports.entering import (
    Act,
    Edit,
    as_entered,
    new_rows,
    save_rows,
    store_edits,
)
from innpass.casework.imports.models import CellEdit, SourceRow
from innpass.casework.imports.queries import ByHand
from innpass.casework.participants.models import SECRET_KINDS, Identifier, Participant, RowLink
from innpass.casework.reconciliation.cards import stored_cards, value_of
from innpass.casework.reconciliation.entering import link_rows_to, stored_hand_rows
from innpass.domain.sheets.records import TableKind

_WHO = ("name", "given_name", "family_name", "native_name", "birth_date")


@dataclass(frozen=True, slots=True)
class Names:
    """What is to be entered by hand of who some people are.

    Attributes:
        new: the rows to be made, of those who have none by hand.
        about: the person of each row, new or stored, by the row's id.
        edits: what is to be said in these rows.
    """

    new: tuple[SourceRow, ...] = ()
    about: Mapping[UUID, Participant] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()

    def as_if_stored(self, municipality_id: UUID) -> ByHand:
        """Return it as what is taken to hold already."""
        return ByHand(
            self.new,
            as_entered(self.edits, municipality_id=municipality_id),
            {row: person.pk for row, person in self.about.items()},
        )


def names_by_hand(people: Collection[UUID], *, municipality_id: UUID) -> Names:
    """Find out what is to be entered, so that nothing is lost of who some people are."""
    found = list(Participant.objects.filter(pk__in=people).order_by("pk"))
    row_of = stored_hand_rows(found)
    missing = [person for person in found if person.pk not in row_of]
    new = new_rows([TableKind.PERSON] * len(missing), municipality_id=municipality_id)
    row_of |= {person.pk: row.pk for person, row in zip(missing, new, strict=True)}
    said = CellEdit.objects.filter(row__in=row_of.values(), undone_at=None)
    known = set(said.values_list("row", "field"))
    cards = stored_cards(found)
    edits = [
        Edit(row_of[person.pk], name, value)
        for person in found
        for name in _WHO
        if (value := value_of(cards[person.pk], name)) is not None
    ]
    for number in Identifier.objects.filter(participant__in=found):
        digits = number.sealed if number.kind in SECRET_KINDS else number.plain
        edits.append(Edit(row_of[number.participant_id], f"ids.{number.kind}", str(digits)))
    return Names(
        tuple(new),
        {row_of[person.pk]: person for person in found},
        tuple(edit for edit in edits if (edit.row, edit.field) not in known),
    )


def store_names(names: Names, *, act: Act) -> None:
    """Store what was found out; nobody may have entered anything meanwhile."""
    save_rows(names.new)
    link_rows_to({row.pk: names.about[row.pk] for row in names.new}, act=act)
    RowLink.objects.filter(row__in=names.about).update(was_about=None)
    store_edits(names.edits, act=act)
