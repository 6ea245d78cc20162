"""Which participant each resolved person already is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import Identifier, Participant, RowLink
from innpass.domain.deriving.state import KnownRow
from innpass.domain.deriving.versions import who
from innpass.domain.linking.rows import Linking
from innpass.domain.sheets.records import TableKind

# A row that was linked before outweighs any number of marks in common.
_LINKED_BEFORE = 1000

Votes = dict[int, Counter[UUID]]


def same_as_before(
    linking: Linking, rows: Mapping[str, KnownRow]
) -> tuple[dict[int, UUID], dict[UUID, UUID]]:
    """Find which participant each person already is.

    First by the rows that were linked before, then by numbers, name and birth date. A participant
    is one person only; where two have become one, the older one stays.

    Returns:
        The participant of each person that is known, by the person's place in ``linking.people``;
        and, for each participant who turned out to be another's second, that other.
    """
    ids = Participant.objects.filter(absorbed_by=None).order_by("created_at", "pk")
    age = {pk: number for number, pk in enumerate(ids.values_list("pk", flat=True))}
    if not age:
        return {}, {}
    votes = _votes(linking, rows, age)
    claims = sorted(
        (-count, age[pk], index, pk)
        for index, counts in votes.items()
        for pk, count in counts.items()
    )
    chosen: dict[int, UUID] = {}
    taken: set[UUID] = set()
    for _, _, index, pk in claims:
        if index not in chosen and pk not in taken:
            chosen[index] = pk
            taken.add(pk)
    absorbed = {
        pk: chosen[index]
        for index, counts in votes.items()
        for pk, count in counts.items()
        if pk not in taken and count >= _LINKED_BEFORE and index in chosen
    }
    return chosen, absorbed


def _votes(linking: Linking, rows: Mapping[str, KnownRow], age: Mapping[UUID, int]) -> Votes:
    """Count what speaks for each participant, by person."""
    by_row = dict(RowLink.objects.values_list("row_id", "participant_id"))
    by_mark = dict(_marks_of_participants())
    votes: Votes = defaultdict(Counter)
    for index, keys in enumerate(linking.people):
        for key in keys:
            before = by_row.get(id_of(key))
            if before is not None and before in age:
                votes[index][before] += _LINKED_BEFORE
            known = rows[key]
            if known.row.kind is not TableKind.PERSON or known.row.is_hidden:
                continue
            for mark in who(known.row):
                owner = by_mark.get(mark)
                if owner is not None and owner in age:
                    votes[index][owner] += 1
    return votes


def _marks_of_participants() -> Iterator[tuple[str, UUID]]:
    """Yield what identifies each participant, as ``versions.who`` writes it."""
    people = Participant.objects.filter(absorbed_by=None)
    for owner, name, born in people.order_by("-created_at", "pk").values_list(
        "pk", "name", "birth_date"
    ):
        if born:
            yield f"{' '.join(name.casefold().split())}|{born}", owner
    for owner, kind, plain, token in Identifier.objects.values_list(
        "participant_id", "kind", "plain", "token"
    ):
        yield f"ids.{kind}={token or plain}", owner
