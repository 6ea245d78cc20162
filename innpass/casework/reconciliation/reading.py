"""Files become rows, one file at a time; what cannot be read says why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from innpass.casework.imports.choices import changed_since, mapping_that_holds
from innpass.casework.imports.models import SourceFile
from innpass.casework.imports.queries import file_imported_before
from innpass.casework.imports.rows import key_of, row_id_of, without_secrets
from innpass.domain.deriving.state import KnownRow
from innpass.domain.deriving.versions import FileRows
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.marking import is_marked
from innpass.domain.sheets.reading import read_file
from innpass.domain.sheets.records import FileReading, Owner
from innpass.domain.sheets.sentences import notice
from innpass.domain.sheets.workbook import Workbook
from innpass.exchange.workbooks.reading import CannotRead, read_workbook

Progress = Callable[[int, int, str], None]

A_STAGE = 100  # steps of progress: reading each file is a stage, and so is each of those after
STAGES_AFTER = 3  # linking, finding out what holds, comparing

ALREADY_IMPORTED = "Den samme filen er importert før. Den endrer ingenting."
NO_OWNER = (
    "Vi ser ikke av kolonnene hvem filen kommer fra. Velg om den er fra flyktningtjenesten, Nav "
    "eller læringssenteret, og prøv igjen."
)
CAME_BACK = (
    "Arket er eksportert fra Innpass. Det leses ikke som en ny kilde: bare det som er endret i "
    "det, kan føres inn."
)
NOBODY = "Filen ble lest, men vi fant ingen rader om personer i den."


@dataclass
class ReadFile:
    """One file of the batch after reading.

    ``problem`` is the Norwegian sentence that says why nothing of it is used; then there are no
    rows. ``identity`` holds identity numbers by row key, apart from the rows.
    """

    file: SourceFile
    owner: Owner | None = None
    rows: list[KnownRow] = field(default_factory=list)
    identity: dict[str, dict[str, str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    unread_columns: list[dict[str, object]] = field(default_factory=list)
    layout: list[dict[str, object]] = field(default_factory=list)
    problem: str = ""
    is_known: bool = False
    came_back: bool = False  # Innpass wrote it: what was edited is entered, not read as a source

    def as_file_rows(self) -> FileRows:
        """Return what the comparison of versions takes."""
        return FileRows(self.file.pk, self.file.name, self.owner, self.rows)


def read_files(
    files: Sequence[SourceFile], *, municipality_id: UUID, progress: Progress
) -> list[ReadFile]:
    """Read files, stored or not. One that cannot be read never stops the others."""
    result: list[ReadFile] = []
    seen: set[str] = set()
    for number, file in enumerate(files):
        # A file's name may hold a person's: what a job says must not.
        progress(
            number * A_STAGE,
            (len(files) + STAGES_AFTER) * A_STAGE,
            f"Leser fil {number + 1} av {len(files)}",
        )
        twin = _twin(file)
        if file.digest in seen or (twin and twin.pk != file.pk):
            result.append(ReadFile(file, notices=[ALREADY_IMPORTED], is_known=True))
            continue
        seen.add(file.digest)
        result.append(_read(file, municipality_id=municipality_id))
    return result


def basis_of(files: Sequence[SourceFile]) -> tuple[object, ...]:
    """Return what is stored that reading files depends on: equal, they would be read alike."""
    return mapping_that_holds(), [twin.pk if (twin := _twin(file)) else None for file in files]


def _twin(file: SourceFile) -> SourceFile | None:
    """Return the file with the same content that holds, if it would still be read alike."""
    twin = file_imported_before(file.digest, uses_hidden=file.uses_hidden)
    if twin is None or twin.batch is None or twin.batch.applied_at is None:
        return twin
    return None if changed_since(twin.batch.applied_at) else twin


def _layout(workbook: Workbook, reading: FileReading) -> list[dict[str, object]]:
    """Return the sheets in order with their headings, as ``SourceFile.layout`` keeps them."""
    return [
        {
            "sheet": sheet.name,
            "hidden": sheet.is_hidden,
            "rows": len(sheet.rows),
            "headings": [
                {
                    "cell": heading.cell,
                    "text": without_identity_numbers(heading.text),
                    "field": heading.field,
                }
                for heading in reading.headings
                if heading.sheet == sheet.name
            ],
        }
        for sheet in workbook.sheets
    ]


def _read(file: SourceFile, *, municipality_id: UUID) -> ReadFile:
    try:
        workbook = read_workbook(bytes(file.content), file=file.name)
    except CannotRead as trouble:
        return ReadFile(file, problem=str(trouble))
    if is_marked(workbook):
        return ReadFile(file, notices=[CAME_BACK], came_back=True)
    owner = Owner(file.body) if file.body else None
    reading = read_file(workbook, owner=owner, mapping=mapping_that_holds())
    result = ReadFile(
        file,
        owner=reading.owner,
        notices=[*workbook.unread, *reading.notices],
        unread_columns=[
            {
                "sheet": c.sheet,
                "cell": c.cell,
                "heading": without_identity_numbers(c.heading),
                "samples": c.samples,
            }
            for c in reading.unread_columns
        ],
        layout=_layout(workbook, reading),
    )
    if not reading.rows:
        nobodys = notice("unknown_owner") in reading.notices
        result.problem = NO_OWNER if nobodys else NOBODY
        return result
    for row in reading.rows:
        shown = replace(row, is_hidden=row.is_hidden and not file.uses_hidden)
        safe, identity = without_secrets(shown, municipality_id=municipality_id)
        key = key_of(safe, row_id_of(file.pk, safe))
        result.rows.append(KnownRow(key, safe))
        if identity:
            result.identity[key] = identity
    return result
