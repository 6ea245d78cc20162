"""The columns of a file that is to be imported: what each is understood as, with samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.imports.choices import (
    Choice,
    choices_that_hold,
    choose,
    mapping_that_holds,
)
from innpass.casework.imports.models import BatchStatus, ColumnChoice, ImportBatch, SourceFile
from innpass.casework.imports.services import TooLate
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.participants.queries import hidden_people
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.services import read_again
from innpass.casework.sealing.queries import token_for
from innpass.domain.access.fields import FIELDS as ACCESS
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import (
    MayNot,
    check_may_apply_import,
    check_may_import,
    may_read,
)
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import NameLevel, compare_names, person_name
from innpass.domain.sheets.cells import shown, without_identity_numbers
from innpass.domain.sheets.fields import FIELDS, plain
from innpass.domain.sheets.mapping import column_keys, form_of
from innpass.domain.sheets.readable import IDENTITY, PERIOD, ReadableTable
from innpass.domain.sheets.reading import UnderstoodFile, understand_file
from innpass.domain.sheets.records import Owner, Row, TableKind
from innpass.domain.sheets.rows import read_rows
from innpass.domain.sheets.workbook import CellContent, cell_name
from innpass.exchange.workbooks.reading import CannotRead, read_workbook

__all__ = ["CannotRead", "check_may_choose", "choose_columns", "offered", "tables_of"]

SAMPLES = 5
_UNKNOWN_AS = "remark"  # a column that nobody understands may hold anything, as the remark may
_SECRET = frozenset({IDENTITY, "ids.fnr", "ids.dnr", "ids.duf"})
_NUMBERS = ("ids.fnr", "ids.dnr", "ids.duf", "ids.socio", "ids.visma_refugee", "ids.visma_learning")


@dataclass(frozen=True, slots=True)
class ColumnOfFile:
    """A column with what is known of it.

    Attributes:
        key: its mark (``sheets.mapping.column_keys``).
        automatic: the field its words and cells tell, or ``None``; a period ends with ``.period``.
        choice: what the municipality has chosen, where it has.
        samples: up to five values, as the viewer may see them; ``is_cut`` where that is not at all,
            ``is_secret`` where they are identity numbers.
    """

    key: str
    cell: str
    groups: tuple[str, ...]
    heading: str
    automatic: str | None
    choice: ColumnChoice | None
    samples: tuple[str, ...]
    is_cut: bool = False
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class TableOfFile:
    """A table with its columns, and the fields that may be chosen for them."""

    form: str
    sheet: str
    kind: TableKind
    columns: tuple[ColumnOfFile, ...]
    offered: tuple[str, ...]


def tables_of(file: SourceFile, *, actor: Actor) -> tuple[Owner | None, list[TableOfFile]]:
    """Return whose a file is and its tables, cut to what the actor may see; no table twice.

    Raises:
        CannotRead: the file cannot be read.
    """
    workbook = read_workbook(bytes(file.content), file=file.name)
    said = Owner(file.body) if file.body else None
    automatic = _by_place(understand_file(workbook, owner=said, every=True))
    read = understand_file(workbook, owner=said, mapping=mapping_that_holds(), every=True)
    choices = {(each.form, each.column): each for each in choices_that_hold()}
    hidden = _Hidden(actor)
    found: dict[str, TableOfFile] = {}
    for place, readable in _by_place(read).items():
        form = form_of(readable.table)
        if form in found or read.owner is None:
            continue
        found[form] = _table(
            readable, automatic.get(place, readable), read.owner, choices, hidden, actor
        )
    return read.owner, list(found.values())


def _by_place(file: UnderstoodFile) -> dict[tuple[str, int], ReadableTable]:
    return {(table.table.sheet.name, table.table.first_row): table for table in file.tables}


def _table(
    readable: ReadableTable,
    automatic: ReadableTable,
    owner: Owner,
    choices: Mapping[tuple[str, str], ColumnChoice],
    hidden: "_Hidden",
    actor: Actor,
) -> TableOfFile:
    table = readable.table
    form, keys = form_of(table), column_keys(table)
    told = {one.column.index: one.name for one in automatic.columns}
    now = {one.column.index: one.name for one in readable.columns}
    without = hidden.rows_of(readable, owner)
    columns = []
    for column in table.columns:
        names = {told.get(column.index), now.get(column.index)} - {None}
        is_secret = bool(names & _SECRET)
        is_cut = not all(may_read(actor, each) for each in _access(names))
        columns.append(
            ColumnOfFile(
                key=keys[column.index],
                cell=cell_name(column.row, column.index),
                groups=tuple(without_identity_numbers(group.text) for group in column.groups),
                heading=without_identity_numbers(column.heading.text),
                automatic=told.get(column.index),
                choice=choices.get((form, keys[column.index])),
                samples=()
                if is_cut or is_secret
                else _samples(
                    [cells for index, cells in table.rows() if index + 1 not in without],
                    column.index,
                ),
                is_cut=is_cut,
                is_secret=is_secret,
            )
        )
    return TableOfFile(
        form, table.sheet.name, readable.kind, tuple(columns), offered(readable.kind)
    )


def _access(names: set[str | None]) -> set[str]:
    """Return the fields of the access table that a column read as these supplies."""
    found: set[str] = set()
    for name in names:
        if name is None:
            continue
        base = plain(name)
        if base == IDENTITY:
            found |= {"identifier.fnr", "identifier.dnr"}
        elif base.endswith(PERIOD):
            prefix = base.removesuffix(PERIOD)
            start = "start" if prefix == "programme" else "first_day"
            found.add(f"{prefix}.{start}")
        else:
            found.add(access_name(base))
    return found & set(ACCESS) or {_UNKNOWN_AS}


def _samples(rows: Sequence[Sequence[CellContent]], column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cells in rows:
        text = shown(cells[column]) if column < len(cells) else ""
        if text:
            found[without_identity_numbers(text)[:80]] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def offered(kind: TableKind) -> tuple[str, ...]:
    """Return the fields that a column of such a table may be chosen to mean."""
    fields = [field.name for field in FIELDS.values() if kind in field.kinds]
    return (IDENTITY, *(name for name in fields if name not in ("ids.fnr", "ids.dnr")))


class _Hidden:
    """What marks the people whom somebody may not see, to leave their rows out of the samples."""

    def __init__(self, actor: Actor) -> None:
        hidden = hidden_people(actor)
        self.municipality = actor.municipality_id
        people = Participant.objects.filter(pk__in=hidden)
        written = [name for pair in people.values_list("name", "native_name") for name in pair]
        self.names = [name for text in written if (name := person_name(text))]
        self.days = set(people.exclude(birth_date=None).values_list("birth_date", flat=True))
        numbers = Identifier.objects.filter(participant__in=hidden).values_list("plain", "token")
        self.numbers = {number for pair in numbers for number in pair if number}

    def rows_of(self, readable: ReadableTable, owner: Owner) -> set[int]:
        """Return the numbers of the rows that may be about one of them."""
        if not self.names:
            return set()
        rows = read_rows(readable, file="", owner=owner).rows
        return {row.number for row in rows if self._is_about(row)}

    def _is_named_alike(self, row: Row) -> bool:
        """Tell whether a row's name may be another spelling of one of theirs."""
        whole, given, family = (
            str(row.value(each) or "") or None for each in ("name", "given_name", "family_name")
        )
        name = person_name(whole, given, family)
        return name is not None and any(
            compare_names(name, theirs).level > NameLevel.DIFFERENT for theirs in self.names
        )

    def _is_about(self, row: Row) -> bool:
        if row.value("birth_date") in self.days or self._is_named_alike(row):
            return True
        for name in _NUMBERS:
            value = row.value(name)
            if value is None:
                continue
            kind = name.partition(".")[2]
            secret = name in _SECRET
            number = token_for(kind, str(value), self.municipality) if secret else str(value)
            if number in self.numbers:
                return True
        return False


def check_may_choose(batch: ImportBatch, *, by: Actor) -> None:
    """Check that somebody may choose what the columns of a batch mean.

    Raises:
        MayNot: the actor's role does not apply imports of these bodies.
    """
    check_may_import(by)
    check_may_apply_import(by, owners=owners_of(batch))


def _check_column(column: ColumnOfFile, field: str | None) -> None:
    """Let nobody read a column by calling it something else."""
    if column.is_cut or (column.is_secret and field):
        raise MayNot(f"Du kan ikke velge hva kolonnen «{column.heading}» skal leses som.")


def choose_columns(
    file: SourceFile, wanted: Mapping[tuple[str, str], str | None], *, by: Actor
) -> int:
    """Keep what the columns of a file are to mean, and read its batch anew.

    Returns:
        how many columns changed their meaning.

    Args:
        wanted: by form and column a field, ``NOT_USED``, or ``None`` for what its words tell.
            Columns that are left out stay as they are.

    Raises:
        MayNot: see ``check_may_choose``.
        TooLate: the batch is no longer waiting to be applied.
        ValueError: a field is none that such a column may mean.
    """
    _check_open(ImportBatch.objects.get(pk=file.batch_id), by=by)
    # Long work, while which others must be able to write.
    owner, tables = tables_of(file, actor=by)
    with transaction.atomic():
        return _keep_choices(file, wanted, str(owner), tables, by=by)


def _check_open(batch: ImportBatch, *, by: Actor) -> None:
    check_may_choose(batch, by=by)
    if batch.status not in (BatchStatus.READY, BatchStatus.FAILED):
        raise TooLate("Importen er ikke lenger klar, så kolonnene kan ikke endres her.")


def _keep_choices(
    file: SourceFile,
    wanted: Mapping[tuple[str, str], str | None],
    owner: str,
    tables: Sequence[TableOfFile],
    *,
    by: Actor,
) -> int:
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    _check_open(batch, by=by)
    choices: dict[str, list[Choice]] = {}
    for table in tables:
        for column in table.columns:
            if (table.form, column.key) not in wanted:
                continue
            field = wanted[table.form, column.key]
            if field and field not in (*table.offered, column.automatic):
                raise ValueError(field)
            # What the words tell anyway needs no choice.
            field = None if field == column.automatic else field
            if field != (column.choice.field if column.choice else None):
                _check_column(column, field)
            choices.setdefault(table.form, []).append(Choice(column.key, column.heading, field))
    sheets = {table.form: table.sheet for table in tables}
    changed = choose(choices, owner=owner, sheets=sheets, by=by)
    if changed:
        audit.record(
            municipality_id=by.municipality_id,
            actor_id=by.user_id,
            action="choose_columns",
            subject_kind="import",
            subject_id=batch.pk,
            changes={"columns": [None, changed]},
        )
        read_again(batch=batch, by=by)
    return changed
