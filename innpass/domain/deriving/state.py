"""The types between a person's rows and what casework stores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from innpass.domain.sheets.fields import (
    AbsenceKind,
    Activity,
    DecisionKind,
    LeaveKind,
    PlacementKind,
)
from innpass.domain.sheets.records import Issue, Owner, Row, Value

CLEARED = "cleared"  # the note of a reading where a human says that there is no value

# All rows that tell of a period or test, the first the one whose values hold; each with what the
# fields are called there, or nothing where they are called as always.
ToldIn = tuple[tuple[str, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row under its key. ``is_gone``: a newer version of its file no longer has the person."""

    key: str
    row: Row
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value with the row and cell it stands in."""

    value: Value
    key: str
    cell: str
    owner: Owner


@dataclass(frozen=True, slots=True)
class PlacementState:
    """A practice period.

    ``sources`` tells where each value stands, by plain field name; ``names`` what the fields are
    called in the row ``key``, which is where a correction of the period belongs. ``told_in`` are
    all the rows that tell of the period, each with what the fields are called there.
    """

    kind: PlacementKind
    key: str
    area: str | None = None
    unit: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    extended: bool | None = None
    hours_per_week: float | None = None
    evaluation_visit: date | None = None
    contract: date | None = None
    has_contract: bool = False
    sources: Mapping[str, Sourced] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    told_in: ToldIn = ()


@dataclass(frozen=True, slots=True)
class ActivityState:
    """Hours a week of one activity, inclusive days; ``last_day`` may be open."""

    kind: Activity
    first_day: date
    last_day: date | None
    hours_per_week: float
    key: str
    owner: Owner
    told_in: ToldIn = ()


@dataclass(frozen=True, slots=True)
class LeaveState:
    """A period of leave, inclusive days."""

    first_day: date
    last_day: date
    reason: str
    key: str
    kind: LeaveKind | None = None
    told_in: ToldIn = ()


@dataclass(frozen=True, slots=True)
class AbsenceState:
    """Days away without leave, inclusive."""

    first_day: date
    last_day: date
    kind: AbsenceKind | None
    key: str
    told_in: ToldIn = ()


@dataclass(frozen=True, slots=True)
class DecisionState:
    """An individual decision; ``first_day`` and ``last_day`` are the period it is about."""

    kind: DecisionKind
    day: date | None
    first_day: date | None
    last_day: date | None
    reason: str
    key: str
    told_in: ToldIn = ()


@dataclass(frozen=True, slots=True)
class TestState:
    """One sitting of the Norwegian test; ``levels`` by skill."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    day: date
    goal: str | None
    reached: bool | None
    levels: Mapping[str, str | None]
    key: str
    told_in: ToldIn = ()


class Unsettled(StrEnum):
    """Why a cell needs a human though each cell by itself was read."""

    REVERSED_DAYS = "reversed_days"
    HOURS_OUT_OF_RANGE = "hours_out_of_range"


@dataclass(frozen=True, slots=True)
class CellQuestion:
    """A cell with no single right reading that no other source settles."""

    key: str
    field: str
    cell: str
    kind: Issue | Unsettled
    text: str
    possible: tuple[Value, ...]
    asks: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class CellNote:
    """What was settled without asking, and how: a code with the other source's place."""

    key: str
    field: str
    cell: str
    code: str
    other_key: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources state different values; the first is the current one.

    ``is_settled``: a human has entered the current value, knowing all the others. ``about`` is the
    row of the practice period that the field is of, where it is of one, and ``name`` the field's
    name there: the cell in which a human's word settles it.
    """

    field: str
    values: tuple[Sourced, ...]
    is_settled: bool = False
    about: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PersonState:
    """All that holds about one person."""

    values: Mapping[str, Sourced]
    placements: tuple[PlacementState, ...]
    activities: tuple[ActivityState, ...]
    leave: tuple[LeaveState, ...]
    absences: tuple[AbsenceState, ...]
    decisions: tuple[DecisionState, ...]
    tests: tuple[TestState, ...]
    at_learning_centre: bool
    questions: tuple[CellQuestion, ...]
    notes: tuple[CellNote, ...]
    disagreements: tuple[Disagreement, ...]

    def value(self, name: str) -> Value:
        """Return the current value of a field, or ``None``."""
        found = self.values.get(name)
        return found.value if found else None
