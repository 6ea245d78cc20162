"""What the pages of the course models show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innpass.web.design.course_words import WeekSums


@dataclass(frozen=True, slots=True)
class WeekCard:
    """A week of a cell. ``says`` are the guide's words, ``reading`` is ours."""

    name: str
    tag: str
    sums: WeekSums
    says: str
    reading: str


@dataclass(frozen=True, slots=True)
class CellCard:
    """A cell that ``span`` tracks share; ``says`` is what the guide says of the cell itself.

    Attributes:
        is_changed: the municipality made it otherwise than the guide's words say.
        href: where it is edited; empty where it cannot be.
    """

    tracks: str
    span: int
    says: str
    weeks: tuple[WeekCard, ...]
    is_changed: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase with its cells from the first track to the last."""

    name: str
    steps: str
    is_in_programme: bool
    cells: tuple[CellCard, ...]


@dataclass(frozen=True, slots=True)
class TrackHead:
    """A track and the right that the guide says it has."""

    name: str
    rights: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A version of a model. ``is_now``: who begins today follows it.

    ``version`` says which; empty where it is as Innpass ships it.
    ``is_own``: Innpass ships none such.
    """

    id: str
    name: str
    href: str
    version: str
    intake: str
    length: str
    is_now: bool
    is_own: bool
    source: str
    says: str
    readings: tuple[str, ...]
    tracks: tuple[TrackHead, ...]
    phases: tuple[PhaseRow, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A number of the law that the sums rest on, with its source."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ModelsPage:
    """The page ``courses/models.html``."""

    models: tuple[ModelCard, ...]
    measure: tuple[MeasureLine, ...]
    may_edit: bool
    may_place: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of a model, and how many are on it.

    ``suggested``: nobody chose for them; they are on it by the day they began.
    """

    name: str
    href: str
    is_shown: bool
    made_at: datetime | None
    made_by: str
    reason: str
    chosen: int
    suggested: int


@dataclass(frozen=True, slots=True)
class ModelPage:
    """The page ``courses/one.html``: a version of a model, and the others."""

    model: ModelCard
    is_latest: bool
    may_edit: bool
    may_place: bool
    versions: tuple[VersionLine, ...]
    counts_people: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What must be put right, and the id of the field."""

    href: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EditSums:
    """A week that is being edited, added up; ``sums`` is ``None`` while it cannot be read."""

    name: str
    sums: WeekSums | None


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form about a model: ``courses/cell.html``, ``frame.html`` and ``new.html``.

    Attributes:
        expected: the version that is changed.
        place: which part of the model, in words.
        note: that somebody else saved meanwhile.
    """

    title: str
    model: str
    back_href: str
    form: Any
    expected: int
    place: str = ""
    problems: tuple[Problem, ...] = ()
    sums: tuple[EditSums, ...] = ()
    note: str = ""
