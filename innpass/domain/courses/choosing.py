"""Which phase and which week of a model a month (or a week) falls into."""

from collections.abc import Iterable
from datetime import date

from innpass.domain.courses.model import Alternative, Cell, CourseModel, Phase, WeekTemplate


class NoSuchPart(LookupError):
    """The model has no such step, track or alternative."""


def phase_of(model: CourseModel, step: int) -> Phase:
    """Give the phase of a step (month or week); the first step is 1.

    Raises:
        NoSuchPart: the model has not begun or is over.
    """
    for phase in model.phases:
        if phase.first <= step <= phase.last:
            return phase
    raise NoSuchPart(f"{model.id} has no step {step}")


def cell_of(model: CourseModel, phase: str, track: str) -> Cell:
    """Give the cell of a phase and a track.

    Raises:
        NoSuchPart: there is none.
    """
    for cell in model.cells:
        if cell.phase == phase and track in cell.tracks:
            return cell
    raise NoSuchPart(f"{model.id} has no cell {phase}, {track}")


def alternative_for(
    model: CourseModel, track: str, step: int, alternative: str | None = None
) -> Alternative | None:
    """Give the week of a step: the one asked for, or the ordinary one.

    The ordinary one is the first that is no exception; where some begin within the phase, the last
    that has begun. ``None`` where the right to tuition is used up.

    Raises:
        NoSuchPart: the model has no such step, track or alternative there.
    """
    cell = cell_of(model, phase_of(model, step).id, track)
    if alternative is not None:
        for each in cell.alternatives:
            if each.id == alternative:
                return each
        raise NoSuchPart(f"{model.id} has no alternative {alternative} in {cell.phase}, {track}")
    ordinary = [each for each in cell.alternatives if not each.replaces]
    begun = [each for each in ordinary if each.from_step and each.from_step <= step]
    if begun:
        return max(begun, key=lambda each: each.from_step or 0)
    return next((each for each in ordinary if each.from_step is None), None)


def template_for(
    model: CourseModel, track: str, step: int, alternative: str | None = None
) -> WeekTemplate | None:
    """Give the week template of ``alternative_for``.

    Raises:
        NoSuchPart: the model has no such step, track or alternative there.
    """
    chosen = alternative_for(model, track, step, alternative)
    return chosen.template if chosen else None


def model_for(models: Iterable[CourseModel], day: date) -> CourseModel | None:
    """Give the model that one who begins on ``day`` follows; ``None`` where there is none."""
    for model in models:
        if model.first_day <= day and (model.last_day is None or day <= model.last_day):
            return model
    return None
