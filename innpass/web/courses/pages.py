"""What the page of the course models shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A block of a week in words, such as ``norsk A1`` and ``3 dager: 6 + 6 + 4 timer``."""

    what: str
    how_much: str


@dataclass(frozen=True, slots=True)
class WeekCard:
    """A week of a cell.

    Attributes:
        total: hours of the programme; empty where nobody states any.
        oriented: the work-oriented hours of these.
        remark: how it stands against the law, in words; ``colour`` goes with it.
        as_clock_hours: the sum if all were clock hours; empty where it is the same.
        says: the guide's words; ``reading`` is ours.
    """

    name: str
    tag: str
    lines: tuple[WeekLine, ...]
    total: str
    oriented: str
    remark: str
    colour: str
    icon: str
    as_clock_hours: str
    says: str
    reading: str


@dataclass(frozen=True, slots=True)
class CellCard:
    """A cell that ``span`` tracks share; ``says`` is what the guide says of the cell itself."""

    tracks: str
    span: int
    says: str
    weeks: tuple[WeekCard, ...]


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
    """A model. ``is_now``: who begins today follows it."""

    id: str
    name: str
    intake: str
    length: str
    is_now: bool
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
