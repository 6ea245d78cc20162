"""What the administration shows: who reads which field, whose address is protected, and files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One personal field of the access table, in words.

    ``revealers`` may show a masked number in full; empty where nothing is masked.
    """

    label: str
    sensitivity: str
    legal_basis: str
    readers: tuple[str, ...]
    revealers: tuple[str, ...]
    writers: tuple[str, ...]
    retention: str


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, such as ``Numre``."""

    label: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """Something one may do, and who may."""

    label: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldsPage:
    """The page ``administration/fields.html``: the table that is executed, as it is."""

    groups: tuple[FieldGroup, ...]
    acts: tuple[ActRow, ...] = ()
    may_protect: bool = False
    may_review: bool = False
    may_keep_terms: bool = False


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    """Someone whose address is protected, and who said so.

    ``named`` are those who may see the person; ``form`` lifts the mark, with a reason.
    """

    name: str
    href: str
    set_at: datetime
    set_by: str
    reason: str
    named: tuple[str, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """The page ``administration/protection.html``, for the staff who may set marks.

    Forms post to ``administration:protection``: ``search_form`` with ``act=search``, ``set_form``
    (once there is somebody to choose) with ``act=set``, each person's with ``act=lift``. ``note``
    says what the search came to.
    """

    search_form: Form
    set_form: Form | None = None
    note: str = ""
    people: tuple[ProtectedPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to be reviewed.

    Attributes:
        name: empty where the viewer may not read where values come from.
        body: whose it is, in words.
        is_applied: its import was applied; what it says stands in the cases.
        rows: how many rows were stored from it.
        size: bytes.
        is_due: its day of review has come.
        is_chosen: it was chosen when the form was posted.
    """

    pk: UUID
    name: str
    body: str
    handed_in_at: datetime
    handed_in_by: str
    is_applied: bool
    rows: int
    size: int
    review_day: date
    is_due: bool
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The page ``administration/files.html``: the first of ``total`` files to be reviewed."""

    form: Form
    files: tuple[FileRow, ...]
    total: int
    days_ahead: int

    @property
    def due(self) -> int:
        """Count those shown whose day has come."""
        return sum(file.is_due for file in self.files)


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term whose people are to be reviewed; ``people`` is how many were ever in it."""

    pk: UUID
    name: str
    first_day: date
    people: int
    review_day: date
    is_due: bool
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class IntakesPage:
    """The page ``administration/intakes.html``."""

    form: Form
    terms: tuple[TermRow, ...]
    days_ahead: int
