"""Reading what sources disagree about: who says what, since when, and what a human has decided."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.utils import timezone

from innpass.casework.imports.models import HOLDING, CellEdit, Question, SourceRow, Way
from innpass.casework.imports.rows import restored
from innpass.casework.organisations.prepared import composed_once
from innpass.casework.participants.models import Disagreement
from innpass.casework.participants.queries import (
    hidden_rows,
    people_hidden_from,
    seen_questions,
)
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import may_see_questions, may_write, readable
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.owners import asked_about
from innpass.domain.deriving.placements import same
from innpass.domain.deriving.proposing import Proposal, Said, only_source, propose
from innpass.domain.sheets import records
from innpass.domain.sheets.fields import FIELDS, numbered, plain
from innpass.domain.sheets.records import Owner

_MOST_GROUPS = 20  # of placements in one row of a sheet, for decisions to be found again
_PARTS_OF_NAME = ("given_name", "family_name")  # entered together with the whole name


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it, where, and since when.

    Attributes:
        cell: in the sheet; empty for what was entered by hand.
        by: who entered it; empty for what a file says.
        is_gone: the newest version of the file no longer has the row.
    """

    owner: Owner
    file: str
    sheet: str
    cell: str
    at: datetime
    by: str = ""
    reason: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """One of the values, with everybody who says it.

    Attributes:
        holds: it is the current value.
        is_proposed: it most likely holds.
        is_new: a source has come to say it since a human decided.
    """

    value: records.Value
    sources: tuple[Source, ...]
    holds: bool
    is_proposed: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement as one decides it. ``version`` tells whether it changed since it was shown.

    ``only_source`` is the body that disagrees with itself, where all the values are from one.
    """

    id: UUID
    version: int
    participant: UUID
    name: str
    field: str
    owner: Owner
    stands: tuple[Stand, ...]
    proposal: Proposal | None
    may_decide: bool
    is_settled: bool
    since: datetime
    only_source: Owner | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human decided: the value, beside those of the others that were known then."""

    act: UUID
    participant: UUID
    name: str
    field: str
    value: records.Value
    others: tuple[tuple[Owner, records.Value], ...]
    by: str
    at: datetime
    reason: str
    may_reopen: bool


def owner_of(name: str) -> Owner:
    """Return the body whose field it is."""
    return asked_about(name)[0]


@lru_cache(maxsize=512)
def fields_of(actor: Actor, *, owner: Owner | None = None) -> tuple[str, ...]:
    """Return the fields that an actor may read; of one owner where it is given."""
    may = readable(actor)
    return tuple(
        name
        for name in FIELDS
        if access_name(name) in may and (owner is None or owner_of(name) is owner)
    )


def open_disagreements(actor: Actor, *, owner: Owner | None = None) -> "QuerySet[Disagreement]":
    """Return what waits for a decision, of the people and fields that the actor may see."""
    found: QuerySet[Disagreement] = Disagreement.objects.filter(
        is_settled=False, field__in=fields_of(actor, owner=owner)
    )
    if not actor.is_operator:
        found = found.exclude(participant__in=people_hidden_from(actor))
    return found


def count_by_owner(actor: Actor) -> dict[Owner, int]:
    """Count what waits for a decision, by whose field it is. One query."""
    counts: Counter[Owner] = Counter()
    fields = open_disagreements(actor).order_by().values_list("field").annotate(Count("pk"))
    for name, number in fields:
        counts[owner_of(name)] += number
    return dict(counts)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a human, of what the actor may see."""

    questions: int
    disagreements: int


def count_waiting(actor: Actor) -> Waiting:
    """Count open questions and disagreements together, in one query; three where rows are hidden.

    The ids of hidden rows, as a rule none, come along with the counts. Every page asks this, so the
    query is composed once for all who have the same roles.
    """
    if not may_see_questions(actor):
        return Waiting(0, 0)
    told = _counting(actor)
    number = {what: number for what, number, row in told if row is None}
    if hidden := {UUID(str(row)) for _what, _number, row in told if row is not None}:
        questions = Question.objects.filter(closed_at=None)
        number["questions"] = seen_questions(actor, among=questions, hidden=hidden).count()
    return Waiting(number.get("questions", 0), number.get("disagreements", 0))


@composed_once
def _counting(actor: Actor) -> "QuerySet[Any, Any]":
    """Compose what ``count_waiting`` asks."""
    no_row = Value(None, output_field=UUIDField())
    questions = Question.objects.filter(closed_at=None)
    counted = [
        rows.order_by()
        .annotate(what=Value(what))
        .values("what")
        .annotate(number=Count("pk"), hidden=no_row)
        .values_list("what", "number", "hidden")
        for what, rows in (
            ("questions", questions),
            ("disagreements", open_disagreements(actor)),
        )
    ]
    hidden_first = hidden_rows(actor).annotate(what=Value("row"), number=Value(0))
    return hidden_first.values_list("what", "number", "row").union(*counted, all=True)


def page_of(
    actor: Actor, *, owners: Sequence[Owner], start: int, size: int, owner: Owner | None = None
) -> list[Dispute]:
    """Return some of what waits, by owner in the order of ``owners``, then by the person's name."""
    rank = Case(
        *(
            When(field__in=fields_of(actor, owner=each), then=Value(place))
            for place, each in enumerate(owners)
        ),
        default=Value(len(owners)),
        output_field=IntegerField(),
    )
    rows = (
        open_disagreements(actor, owner=owner)
        .select_related("participant")
        .order_by(rank, "participant__name", "participant", "field", "place")
    )
    return _told(list(rows[start : start + size]), actor)


def find_dispute(pk: UUID, *, actor: Actor) -> Dispute | None:
    """Return one that waits; ``None`` where none does that the actor may see."""
    rows = open_disagreements(actor).filter(pk=pk).select_related("participant")
    return next(iter(_told(list(rows), actor)), None)


def open_about(participant: UUID, *, actor: Actor) -> list[tuple[UUID, str]]:
    """Return what waits for a decision about one person: its id, and the field. One query."""
    rows = open_disagreements(actor).filter(participant=participant).order_by("field", "place")
    return list(rows.values_list("pk", "field"))


def _told(rows: Sequence[Disagreement], actor: Actor) -> list[Dispute]:
    """Add who says what, and what is proposed. Two queries whatever the number."""
    ids = {UUID(each["row"]) for row in rows for each in row.values}
    places = {
        row.pk: row
        for row in SourceRow.objects.filter(pk__in=ids)
        .select_related("file__batch")
        .only(
            *("sheet", "owner", "state", "file__name"),
            *("file__batch__applied_at", "file__batch__created_at"),
        )
    }
    edits = _edits(ids)
    return [_dispute(row, places, edits, actor) for row in rows]


def _edits(rows: Collection[UUID]) -> dict[tuple[UUID, str], CellEdit]:
    """Return the edits that hold, by row and plain field and value."""
    found: dict[tuple[UUID, str], CellEdit] = {}
    edits = CellEdit.objects.filter(row__in=rows, undone_at=None).select_related("said_by")
    for edit in edits.order_by("said_at", "pk"):
        found[edit.row_id, edit.field] = edit
    return found


def _dispute(
    row: Disagreement,
    places: Mapping[UUID, SourceRow],
    edits: Mapping[tuple[UUID, str], CellEdit],
    actor: Actor,
) -> Dispute:
    said: list[tuple[Said, Source]] = []
    by_hand: dict[int, CellEdit] = {}
    for number, each in enumerate(row.values):
        edit = _edit_behind(row, each, edits)
        if edit is not None:
            by_hand[number] = edit
        source = _source(each, places[UUID(each["row"])], edit)
        value = restored(row.field, each["value"])
        said.append((Said(source.owner, value, source.at, edit is not None), source))
    proposal = propose(row.field, [statement for statement, _ in said])
    known = (
        {same(restored(row.field, each["value"])) for each in by_hand[0].set_aside}
        if 0 in by_hand
        else None
    )
    current = same(said[0][0].value)
    stands = []
    for key in dict.fromkeys(same(statement.value) for statement, _ in said):
        mine = [(one, source) for one, source in said if same(one.value) == key]
        stands.append(
            Stand(
                value=mine[0][0].value,
                sources=tuple(source for _, source in mine),
                holds=key == current,
                is_proposed=proposal is not None and same(proposal.said.value) == key,
                is_new=known is not None and key != current and key not in known,
            )
        )
    return Dispute(
        id=row.pk,
        version=row.version,
        participant=row.participant_id,
        name=row.participant.name,
        field=row.field,
        owner=owner_of(row.field),
        stands=tuple(stands),
        proposal=proposal,
        may_decide=may_write(actor, access_name(row.field)),
        is_settled=row.is_settled,
        since=row.opened_at,
        only_source=only_source([statement for statement, _ in said]),
    )


def _edit_behind(
    row: Disagreement,
    said: Mapping[str, Any],
    edits: Mapping[tuple[UUID, str], CellEdit],
) -> CellEdit | None:
    """Return what a human entered where a value is not a file's own."""
    source = UUID(said["row"])
    if source == row.row_id:
        return edits.get((source, row.name))
    mine = [edit for (pk, name), edit in edits.items() if pk == source and plain(name) == row.field]
    return next((edit for edit in mine if edit.value == said["value"]), None)


def _source(said: Mapping[str, Any], row: SourceRow, edit: CellEdit | None) -> Source:
    batch = row.file.batch
    at = (batch.applied_at or batch.created_at) if batch else timezone.now()
    return Source(
        owner=Owner.HAND if edit else Owner(said["owner"]),
        file=row.file.name,
        sheet=row.sheet,
        cell=said["cell"],
        at=edit.said_at if edit else at,
        by=(edit.said_by.full_name if edit.said_by else "") if edit else "",
        reason=edit.reason if edit else "",
        is_gone=row.state == "gone",
    )


# --- What was decided ---------------------------------------------------------------------------


def decisions(actor: Actor) -> "QuerySet[CellEdit]":
    """Return what humans decided and nobody took back, the newest first.

    Not what a newer file has opened again, nor what was entered anew since, nor what was decided at
    a row that is undone or about nobody any more.
    """
    later = CellEdit.objects.filter(
        row=OuterRef("row"),
        field=OuterRef("field"),
        undone_at=None,
        said_at__gt=OuterRef("said_at"),
    )
    waits = Disagreement.objects.filter(
        Q(field=OuterRef("field")) | Q(name=OuterRef("field")),
        participant=OuterRef("row__link__participant"),
        is_settled=False,
    )
    found: QuerySet[CellEdit] = (
        CellEdit.objects.filter(
            way=Way.SETTLE,
            undone_at=None,
            carried_from=None,
            field__in=_names(actor),
            row__link__isnull=False,
            row__state__in=HOLDING,
        )
        .exclude(Exists(later))
        .exclude(Exists(waits))
    )
    if not actor.is_operator:
        found = found.exclude(row__link__participant__in=people_hidden_from(actor))
    return found.order_by("-said_at", "pk")


def _names(actor: Actor) -> list[str]:
    """Return the fields that the actor may read, also as they are called in a row with groups."""
    fields = [name for name in fields_of(actor) if name not in _PARTS_OF_NAME]
    placements = [name for name in fields if name.startswith("placement.")]
    return fields + [numbered(name, n) for name in placements for n in range(_MOST_GROUPS)]


def decided(actor: Actor, *, start: int, size: int) -> list[Decision]:
    """Return some of the decisions as one reads them."""
    rows = decisions(actor).select_related("row__link__participant", "said_by")
    rows = rows.defer("row__identity", "row__readings", "row__tokens")
    return [_decision(edit, actor) for edit in rows[start : start + size]]


def find_decision(act: UUID, *, actor: Actor) -> Decision | None:
    """Return one decision that may be seen."""
    rows = decisions(actor).select_related("row__link__participant", "said_by")
    return next((_decision(edit, actor) for edit in rows.filter(act=act)[:1]), None)


def _decision(edit: CellEdit, actor: Actor) -> Decision:
    person = edit.row.link.participant
    others = {
        (Owner(each["owner"]), restored(edit.field, each["value"]))
        for each in edit.set_aside
        if same(restored(edit.field, each["value"])) != same(restored(edit.field, edit.value))
    }
    return Decision(
        act=edit.act,
        participant=person.pk,
        name=person.name,
        field=plain(edit.field),
        value=restored(edit.field, edit.value),
        others=tuple(sorted(others, key=str)),
        by=edit.said_by.full_name if edit.said_by else "",
        at=edit.said_at,
        reason=edit.reason,
        may_reopen=may_write(actor, access_name(plain(edit.field))),
    )
