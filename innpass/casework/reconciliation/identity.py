"""Which participant each resolved person already is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import Identifier, Participant, RowLink
from innpass.domain.deriving.state import KnownRow
from innpass.domain.deriving.versions import who
from innpass.domain.linking.rows import Linking
from innpass.domain.sheets.records import TableKind

Votes = dict[UUID, Counter[int]]  # of each participant, for people by their place


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the people were before.

    ``chosen`` is the participant of each person that is known, by the person's place in
    ``linking.people``. ``absorbed`` tells, for each participant who turned out to be another's
    second, that other. ``revived`` are those who were, and are persons of their own again.
    """

    chosen: dict[int, UUID] = field(default_factory=dict)
    absorbed: dict[UUID, UUID] = field(default_factory=dict)
    revived: set[UUID] = field(default_factory=set)


def same_as_before(
    linking: Linking,
    rows: Mapping[str, KnownRow],
    went_to: Mapping[str, Collection[int]],
    *,
    entering: Mapping[UUID, UUID],
) -> Identity:
    """Find which participant each person already is.

    First by the rows that were linked before, also those that a newer version has replaced, then
    by numbers, name and birth date. A participant becomes the person that most of the rows went
    to; where several become one, the oldest stays and absorbs the others, so that nobody is left
    without rows. Where one who was absorbed is a person apart again, each is who he or she was.

    Args:
        went_to: the people whom each row that is being replaced is about now.
        entering: the participant of each row in which something is about to be entered.
    """
    ids = Participant.objects.filter(absorbed_by=None).order_by("created_at", "pk")
    age = {pk: number for number, pk in enumerate(ids.values_list("pk", flat=True))}
    if not age:
        return Identity()
    by_rows, former = _by_rows(linking, went_to, age, entering)
    by_marks = _by_marks(linking, rows, age)
    found = Identity()
    heading_for = {
        pk: min(votes, key=lambda index: (-votes[index], -by_marks[pk][index], index))
        for pk, votes in by_rows.items()
    }
    for pk in sorted(heading_for, key=lambda pk: age[pk]):
        first = found.chosen.setdefault(heading_for[pk], pk)
        if first != pk:
            found.absorbed[pk] = first
    _revive(found, former)
    claims = sorted(
        (-count, age[pk], index, pk)
        for pk, counts in by_marks.items()
        if pk not in heading_for
        for index, count in counts.items()
    )
    taken: set[UUID] = set()
    for _, _, index, pk in claims:
        if index not in found.chosen and pk not in taken:
            found.chosen[index] = pk
            taken.add(pk)
    return found


def _revive(found: Identity, former: Votes) -> None:
    """Let persons whom nobody is be those who were absorbed, where the rows were about these."""
    if not former:
        return
    oldest_first = Participant.objects.filter(pk__in=list(former)).order_by("created_at", "pk")
    for pk in oldest_first.values_list("pk", flat=True):
        free = {index: n for index, n in former[pk].items() if index not in found.chosen}
        if free:
            found.chosen[min(free, key=lambda index: (-free[index], index))] = pk
            found.revived.add(pk)


def _by_rows(
    linking: Linking,
    went_to: Mapping[str, Collection[int]],
    age: Mapping[UUID, int],
    entering: Mapping[UUID, UUID],
) -> tuple[Votes, Votes]:
    """Count, for each participant, to which people the rows linked before belong now.

    Also, apart, for those who were absorbed. Their rows count for the one they became only where
    that one has no others.
    """
    linked = RowLink.objects.values_list("row_id", "participant_id", "was_about_id")
    by_row = {row: (participant, was) for row, participant, was in linked}
    by_row |= {row: (participant, None) for row, participant in entering.items()}
    votes: Votes = defaultdict(Counter)
    former: Votes = defaultdict(Counter)
    taken_over: Votes = defaultdict(Counter)

    def count(key: str, indexes: Collection[int]) -> None:
        before, was = by_row.get(id_of(key), (None, None))
        if before is None or before not in age or not indexes:
            return
        (votes if was is None else taken_over)[before].update(indexes)
        if was is not None:
            former[was].update(indexes)

    for index, keys in enumerate(linking.people):
        for key in keys:
            count(key, [index])
    for key, indexes in went_to.items():
        count(key, indexes)
    return taken_over | votes, former


def _by_marks(linking: Linking, rows: Mapping[str, KnownRow], age: Mapping[UUID, int]) -> Votes:
    """Count, for each participant, the numbers, names and birth dates in common with people."""
    by_mark = dict(_marks_of_participants())
    votes: Votes = defaultdict(Counter)
    for index, keys in enumerate(linking.people):
        for key in keys:
            known = rows[key]
            if known.row.kind is not TableKind.PERSON or known.row.is_hidden:
                continue
            for mark in who(known.row):
                owner = by_mark.get(mark)
                if owner is not None and owner in age:
                    votes[owner][index] += 1
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
