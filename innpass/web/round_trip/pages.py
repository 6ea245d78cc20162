"""What the screens of the round trip show: the choice of form, and what was edited in a sheet."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A shared sheet whose layout an export can have."""

    pk: UUID
    name: str
    applied_at: datetime | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page ``round_trip/form.html``. ``problem`` says why the last export failed."""

    forms: tuple[FormChoice, ...]
    may_import: bool
    days_kept: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class EditLine:
    """A cell that becomes another value."""

    field: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PersonEdits:
    """A person with the cells that change."""

    name: str
    href: str
    lines: tuple[EditLine, ...]


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A cell that was changed in Innpass, too, since the sheet went out.

    ``id`` names the choice in the form, ``seen`` marks the value that was on the screen.
    """

    id: str
    seen: str
    person: str
    href: str
    field: str
    place: str
    before: str
    now: str
    after: str


@dataclass(frozen=True, slots=True)
class NewRowLine:
    """A row that was added; ``alike`` names those of the same name, with their addresses."""

    id: str
    name: str
    place: str
    values: tuple[tuple[str, str], ...]
    alike: tuple[tuple[str, str], ...]
    obstacle: str


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """What is not taken, and why."""

    person: str
    field: str
    place: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AppliedLine:
    """One time the sheet was entered."""

    pk: UUID
    at: datetime
    by: str
    cells: int
    new_people: int
    taken_back_at: datetime | None
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class EnteringPage:
    """The page ``round_trip/entering.html`` and its fragment ``progress``, asked for every second.

    Once the work is done the view answers with the address of the sheet. ``obstacle`` says why
    nothing moves.
    """

    pk: UUID
    name: str
    now: str
    percent: int
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the sheet the last time somebody had it entered, in sentences.

    ``colour`` is that of the alert: success, info or danger; ``left`` says what was not entered.
    """

    colour: str
    sentence: str
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """The page ``round_trip/returned.html``; ``problem`` says why nothing can be compared.

    The tuples hold the first of each kind; the totals count all.
    """

    pk: UUID
    name: str
    problem: str = ""
    exported_at: datetime | None = None
    exported_by: str = ""
    keep_until: date | None = None
    edits: tuple[PersonEdits, ...] = ()
    edit_total: int = 0
    person_total: int = 0
    conflicts: tuple[ConflictLine, ...] = ()
    conflict_total: int = 0
    new_rows: tuple[NewRowLine, ...] = ()
    new_total: int = 0
    unread: tuple[UnreadLine, ...] = ()
    unread_total: int = 0
    removed: tuple[str, ...] = ()
    removed_total: int = 0
    same: int = 0
    applied: tuple[AppliedLine, ...] = ()
    result: Result | None = None

    @property
    def may_apply(self) -> bool:
        """Tell whether there is anything to enter."""
        return bool(self.edit_total or self.conflict_total or self.new_total)
