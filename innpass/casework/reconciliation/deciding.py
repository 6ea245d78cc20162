"""What humans have said of whom rows are about, as linking takes it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from innpass.casework.imports.edits import Decided, decisions_that_hold
from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import RowLink
from innpass.domain.deriving.state import KnownRow
from innpass.domain.linking.placing import LISTING_ORDER
from innpass.domain.linking.rows import Decision, NewPerson, NotSame, SameAs, WrongNumber
from innpass.domain.sheets.records import Owner, TableKind

SAME_AS, NOT_SAME, NEW_PERSON, WRONG_NUMBER = "same_as", "not_same", "new_person", "wrong_number"
KEPT_APART = "kept_apart"  # as NOT_SAME, but nobody's word (``keeping_apart``)


@dataclass
class Decisions:
    """The decisions that hold, read once, and where rows that are no longer there went.

    ``entering`` names the participant of each row in which something is about to be entered.
    """

    entering: Mapping[UUID, UUID] = field(default_factory=dict)
    stored: list[Decided] = field(default_factory=decisions_that_hold)
    by_hand: list[tuple[UUID, tuple[UUID, ...]]] = field(default_factory=list)
    rows_of: dict[UUID, list[UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the rows entered by hand with the participant each is about, and these's other rows.

        First the participant it was entered for, who may have become another's second since.
        """
        links = RowLink.objects.order_by("row__number", "pk")
        for row, participant, was in links.filter(row__owner=Owner.HAND).values_list(
            "row_id", "participant_id", "was_about_id"
        ):
            if row not in self.entering:
                self.by_hand.append((row, (was, participant) if was else (participant,)))
        self.by_hand += [(row, (participant,)) for row, participant in self.entering.items()]
        people = {participant for _, some in self.by_hand for participant in some[-1:]}
        rows = defaultdict(list)
        if people:
            of_people = links.filter(participant__in=people).exclude(row__owner=Owner.HAND)
            for participant, was, row in of_people.values_list(
                "participant_id", "was_about_id", "row_id"
            ):
                rows[was or participant].append(row)
        self.rows_of = dict(rows)

    def by_key(
        self, rows: Mapping[str, KnownRow], heirs: Mapping[str, Sequence[str]]
    ) -> dict[str, list[Decision]]:
        """Return the decisions by row key, about the rows that hold now.

        Args:
            rows: those that hold, by key.
            heirs: the newer version's rows about the same person, by a replaced row's key.
        """
        places = {id_of(key): key for key in rows}
        heirs_of = {id_of(key): found for key, found in heirs.items()}

        def now(row: UUID | None) -> str | None:
            """Follow a row to the one that has taken its place."""
            while row is not None and row not in places:
                row = id_of(heirs_of[row][0]) if heirs_of.get(row) else None
            return places[row] if row is not None else None

        decided: dict[str, list[Decision]] = defaultdict(list)
        parted = set()
        for each in self.stored:
            key, other = now(each.row), now(each.other)
            decision = _decision(each, other)
            if key is None or decision is None or key == other:
                continue
            decided[key].append(decision)
            if isinstance(decision, NewPerson | NotSame):
                parted.add(key)
        for key, decision in self._by_hand(rows, now, parted):
            decided[key].append(decision)
        return dict(decided)

    def _by_hand(
        self,
        rows: Mapping[str, KnownRow],
        now: Callable[[UUID | None], str | None],
        parted: Collection[str],
    ) -> Iterable[tuple[str, Decision]]:
        """Say of rows entered by hand that they are about the person they were entered for.

        Such a row follows the person's other rows; where there are none, it is the person.
        """
        first: dict[UUID, str] = {}

        def anchor(participant: UUID) -> str | None:
            others = [k for each in self.rows_of.get(participant, ()) if (k := now(each))]
            others = [k for k in others if not rows[k].row.is_hidden]
            return min(others, key=lambda k: (k in parted, *_rank(rows[k])), default=None)

        for row, about in self.by_hand:
            key = now(row)
            if key is None:
                continue
            if about[0] not in self.rows_of:  # never anything but what was entered by hand
                about = about[:1]
            known = next((first[each] for each in about[:1] if each in first), None)
            found = known or next((found for each in about if (found := anchor(each))), None)
            found = found or next((first[each] for each in about if each in first), None)
            yield key, SameAs(found) if found else NewPerson()
            for each in about if found is None else about[:1]:
                first.setdefault(each, key)


def _rank(known: KnownRow) -> tuple[object, ...]:
    row = known.row
    order = (*LISTING_ORDER, Owner.OVERVIEW)
    return row.kind is not TableKind.PERSON, order.index(row.owner), known.key


def _decision(said: Decided, other: str | None) -> Decision | None:
    if said.kind == WRONG_NUMBER:
        return WrongNumber(said.field)
    if said.kind == NEW_PERSON:
        return NewPerson()
    if other is None:
        return None
    return SameAs(other) if said.kind == SAME_AS else NotSame(other)
