"""A model with something changed. Whoever is on the model it came from, is not touched by it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from innpass.domain.courses.choosing import cell_of
from innpass.domain.courses.faults import BadModel, faults
from innpass.domain.courses.model import Alternative, Cell, CourseModel, Phase, Track


def with_cell(
    model: CourseModel,
    phase: str,
    tracks: Collection[str],
    alternatives: Sequence[Alternative],
    *,
    says: str = "",
) -> CourseModel:
    """Give the model with another cell for some tracks of a phase.

    A track that shared a cell with one of them, and is not among them, keeps what it had.

    Raises:
        BadModel: the cell has faults.
    """
    order = [track.id for track in model.tracks]
    chosen = tuple(sorted(tracks, key=order.index))
    cell = Cell(phase, chosen, tuple(alternatives), says)
    kept = []
    for each in model.cells:
        if each.phase != phase:
            kept.append(each)
        elif left := tuple(track for track in each.tracks if track not in chosen):
            kept.append(replace(each, tracks=left))
    return _checked(replace(model, cells=(*kept, cell)))


def with_frame(
    model: CourseModel,
    *,
    name: str,
    first_day: date,
    last_day: date | None,
    tracks: Sequence[Track],
    phases: Sequence[Phase],
) -> CourseModel:
    """Give the model with other days of intake, tracks and phases.

    Cells follow: those of a track or a phase that is gone go with it. A new track begins with the
    weeks of the last track there was, a new phase with those of the phase before it.

    Raises:
        BadModel: the model would have faults.
    """
    cells: list[Cell] = []
    old_tracks, old_phases = [t.id for t in model.tracks], [p.id for p in model.phases]
    before = ""
    for phase in phases:
        source = phase.id if phase.id in old_phases else before or old_phases[0]
        before = source
        grouped: dict[int, tuple[Cell, list[str]]] = {}
        for track in tracks:
            held = cell_of(model, source, track.id if track.id in old_tracks else old_tracks[-1])
            grouped.setdefault(id(held), (held, []))[1].append(track.id)
        for held, ids in grouped.values():
            weeks = held.alternatives
            if phase.id not in old_phases:  # a month of another phase says nothing here
                weeks = tuple(each for each in weeks if each.from_step is None)
            cells.append(Cell(phase.id, tuple(ids), weeks, held.says))
    return _checked(
        replace(
            model,
            name=name,
            first_day=first_day,
            last_day=last_day,
            tracks=tuple(tracks),
            phases=tuple(phases),
            cells=tuple(cells),
        )
    )


def copied(
    model: CourseModel, *, key: str, name: str, first_day: date, last_day: date | None
) -> CourseModel:
    """Give a new model that begins as a copy of another, for those who begin on other days.

    Raises:
        BadModel: its days are turned.
    """
    return _checked(
        replace(model, id=key, name=name, first_day=first_day, last_day=last_day, readings=())
    )


def is_same(one: CourseModel, other: CourseModel) -> bool:
    """Say whether two models say the same, in whichever order their cells stand."""
    return _arranged(one) == _arranged(other)


def _arranged(model: CourseModel) -> CourseModel:
    phases = [phase.id for phase in model.phases]
    cells = sorted(model.cells, key=lambda cell: (phases.index(cell.phase), cell.tracks))
    return replace(model, cells=tuple(cells))


def _checked(model: CourseModel) -> CourseModel:
    if found := faults(model):
        raise BadModel(found)
    return _arranged(model)
