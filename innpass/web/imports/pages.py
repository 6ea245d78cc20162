"""What the import screens show: the list, the upload, the progress, the preview and the result."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form

from innpass.web.design.pages import Paging


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import. ``state`` is that of ``imports.queries.State``."""

    href: str
    at: datetime
    by: str
    files: tuple[str, ...]
    state: str
    new_people: int | None = None
    changed_people: int | None = None
    questions: int | None = None


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The page ``imports/imports.html``, newest first."""

    batches: tuple[BatchRow, ...] = ()
    paging: Paging | None = None


@dataclass(frozen=True, slots=True)
class UploadPage:
    """The page ``imports/upload.html``. The files are posted as ``files``; the form is the rest.

    ``formats`` goes into ``accept``, such as ``.xlsx,.xls``; ``errors`` says what was refused.
    """

    form: Form
    formats: str
    formats_in_words: str
    largest_megabytes: int
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressStage:
    """A stage of the work; ``state`` is done, now or later."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The page ``imports/progress.html`` and its fragment ``progress``, asked for every second.

    Once the work is done the view answers with the address of the preview or the result.
    ``state`` is waiting, reading, applying, undoing, or foreseeing what undoing would change.
    ``elapsed`` says how long the work has gone on, so that something moves while one long step
    does; ``obstacle`` says why nothing moves.
    """

    id: UUID
    href: str
    state: str
    percent: int
    now: str
    stages: tuple[ProgressStage, ...]
    files: tuple[str, ...]
    elapsed: str = ""
    obstacle: str = ""
    may_cancel: bool = False


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """A column whose heading was not understood."""

    sheet: str
    cell: str
    heading: str
    samples: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was read from one file.

    Attributes:
        state: read, not_read, seen_before or came_back.
        body: the file's owner, in words.
        sentence: why it was not read, or what there is to say of the whole file.
        notices: what was found and left out, one sentence each (hidden sheets, colours, comments).
        columns_href: where one chooses what its columns mean.
        edits_href: where one sees what was edited, of a sheet that Innpass wrote.
        owner_form: where one says which body it comes from, if its columns do not tell.
    """

    name: str
    state: str
    body: str = ""
    sheets: int = 0
    rows: int = 0
    sentence: str = ""
    notices: tuple[str, ...] = ()
    unread_columns: tuple[UnreadColumn, ...] = ()
    edits_href: str = ""
    columns_href: str = ""
    owner_form: "OwnerForm | None" = None


@dataclass(frozen=True, slots=True)
class OwnerForm:
    """Asks which body a file comes from; ``bodies`` are values with their words."""

    href: str
    file: str
    bodies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that would change. ``before`` is empty for a value that is new."""

    field: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class PersonPreview:
    """A person who is made or changed, and why the rows belong to him or her.

    ``href`` is the person's page, empty while there is none.
    ``links`` holds one sentence per row, such as ``Rad 14 i nav.xlsx: samme fødselsnummer``.
    """

    name: str
    note: str = ""
    href: str = ""
    differences: tuple[FieldDifference, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneRow:
    """A row that was there last time. The person stays; nothing is deleted."""

    name: str
    place: str
    last_seen: date | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    """A question the import would raise."""

    place: str
    text: str
    sentence: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The page ``imports/preview.html``: all that would happen, before anything does.

    The tuples hold the first of each kind, at most as many as the page can carry; the totals count
    all. A protected person shows only to those who may see him or her.
    """

    id: UUID
    at: datetime
    by: str
    files: tuple[FileReport, ...]
    new_total: int = 0
    changed_total: int = 0
    unchanged_total: int = 0
    gone_total: int = 0
    question_total: int = 0
    unlinked_total: int = 0
    new_people: tuple[PersonPreview, ...] = ()
    changed_people: tuple[PersonPreview, ...] = ()
    gone_rows: tuple[GoneRow, ...] = ()
    questions: tuple[QuestionPreview, ...] = ()
    may_apply: bool = True
    may_cancel: bool = True
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class DonePage:
    """The page ``imports/done.html``. ``state`` is applied, undone, cancelled or failed.

    ``undone`` says who undid it, when and why, one sentence each time; ``undo_href`` leads to
    undoing it, for those who may.

    The tuples hold a page of each kind, and are empty unless applied. Of most people only the name
    is kept; what was changed stands in their history.
    """

    state: str
    at: datetime
    by: str = ""
    sentence: str = ""
    new_total: int = 0
    changed_total: int = 0
    unchanged_total: int = 0
    gone_total: int = 0
    question_total: int = 0
    may_see_questions: bool = False
    new_people: tuple[PersonPreview, ...] = ()
    changed_people: tuple[PersonPreview, ...] = ()
    gone_rows: tuple[GoneRow, ...] = ()
    new_paging: Paging | None = None
    changed_paging: Paging | None = None
    gone_paging: Paging | None = None
    files: tuple[FileReport, ...] = ()
    undone: tuple[str, ...] = ()
    undo_href: str = ""
