"""What is wrong with a model, as codes with values; the sentences stand in ``sentences.yml``."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import cast

from innpass.domain.courses.model import Block, Cell, CourseModel, Step, WeekTemplate
from innpass.domain.yaml_text import read_yaml

DAYS_OF_A_WEEK = 7
HOURS_OF_A_DAY = 24
_STEPS = {Step.MONTH: "måned", Step.WEEK: "uke"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: ``place`` names the field, ``code`` the sentence that ``values`` are filled into."""

    place: str
    code: str
    values: tuple[tuple[str, str | int], ...] = ()


class BadModel(ValueError):
    """A model cannot be used. ``faults`` says why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(sentence(fault) for fault in faults))
        self.faults = faults


def sentence(fault: Fault) -> str:
    """Say a fault in plain Norwegian: what, where and what to do."""
    return _sentences()[fault.code].format(**dict(fault.values))


@cache
def _sentences() -> dict[str, str]:
    text = files("innpass.domain.courses").joinpath("sentences.yml").read_text("utf-8")
    return cast(dict[str, str], read_yaml(text))


def _fault(place: str, code: str, **values: str | int) -> Fault:
    return Fault(place, code, tuple(values.items()))


def faults(model: CourseModel) -> tuple[Fault, ...]:
    """List what is wrong with a model, in the order of the page; empty where it can be used."""
    return (
        *_intake_faults(model),
        *_phase_faults(model),
        *_grid_faults(model),
        *(fault for cell in model.cells for fault in _cell_faults(model, cell)),
    )


def _intake_faults(model: CourseModel) -> Iterator[Fault]:
    if model.last_day is not None and model.last_day < model.first_day:
        yield _fault("last_day", "intake.turned")
    if not model.tracks:
        yield _fault("tracks", "tracks.none")
    for track in model.tracks:
        if track.rights_months is not None and track.rights_months < 1:
            yield _fault(f"tracks.{track.id}", "track.rights", track=track.name)


def _phase_faults(model: CourseModel) -> Iterator[Fault]:
    if not model.phases:
        yield _fault("phases", "phases.none")
        return
    if model.phases[0].first != 1:
        first = model.phases[0]
        yield _fault(f"phases.{first.id}", "phases.start", phase=first.name, step=_step(model, 1))
    for phase in model.phases:
        if phase.last < phase.first:
            yield _fault(
                f"phases.{phase.id}",
                "phase.turned",
                phase=phase.name,
                first=phase.first,
                last=phase.last,
            )
    for before, after in pairwise(model.phases):
        values: dict[str, str | int] = {"before": before.name, "after": after.name}
        if after.first <= before.last:
            yield _fault(
                f"phases.{after.id}", "phases.overlap", **values, step=_step(model, after.first)
            )
        elif after.first > before.last + 1:
            step = _step(model, before.last + 1)
            yield _fault(f"phases.{after.id}", "phases.gap", **values, step=step)


def _grid_faults(model: CourseModel) -> Iterator[Fault]:
    phases = {phase.id: phase.name for phase in model.phases}
    tracks = {track.id: track.name for track in model.tracks}
    held = Counter((cell.phase, track) for cell in model.cells for track in cell.tracks)
    for phase, track in held:
        if phase not in phases or track not in tracks:
            yield _fault(f"cells.{phase}.{track}", "cell.nowhere", phase=phase, track=track)
    for phase, phase_name in phases.items():
        for track, track_name in tracks.items():
            count = held[phase, track]
            if count != 1:
                code = "cell.missing" if count == 0 else "cell.twice"
                yield _fault(f"cells.{phase}.{track}", code, phase=phase_name, track=track_name)


def _cell_faults(model: CourseModel, cell: Cell) -> Iterator[Fault]:
    if not cell.alternatives:
        if not cell.says:
            yield _fault(f"cells.{cell.phase}", "cell.silent", phase=_phase_name(model, cell))
        return
    names = Counter(each.id for each in cell.alternatives)
    for each in cell.alternatives:
        place = f"cells.{cell.phase}.{'-'.join(cell.tracks)}.{each.id}"
        if names[each.id] > 1:
            yield _fault(place, "alternative.twice", name=each.name)
        if each.from_step is not None and not _is_within(model, cell.phase, each.from_step):
            yield _fault(
                place,
                "alternative.outside",
                name=each.name,
                step=_step(model, each.from_step),
                phase=_phase_name(model, cell),
            )
        yield from template_faults(each.template, place=place, name=each.name)
    if not any(not each.replaces and each.from_step is None for each in cell.alternatives):
        yield _fault(f"cells.{cell.phase}", "cell.no_ordinary", phase=_phase_name(model, cell))


def _step(model: CourseModel, number: int) -> str:
    return f"{_STEPS[model.step]} {number}"


def _phase_name(model: CourseModel, cell: Cell) -> str:
    return next((phase.name for phase in model.phases if phase.id == cell.phase), cell.phase)


def _is_within(model: CourseModel, phase_id: str, step: int) -> bool:
    return any(phase.first <= step <= phase.last for phase in model.phases if phase.id == phase_id)


def template_faults(template: WeekTemplate, *, place: str, name: str) -> Iterator[Fault]:
    """List what is wrong with a week."""
    if not template.blocks:
        yield _fault(place, "week.empty", name=name)
    days = sum(block.days for block in template.blocks)
    if days > DAYS_OF_A_WEEK:
        yield _fault(place, "week.days", name=name, days=days)
    for number, block in enumerate(template.blocks, start=1):
        yield from _block_faults(block, place=f"{place}.{number}", name=name, number=number)


def _block_faults(block: Block, *, place: str, name: str, number: int) -> Iterator[Fault]:
    if any(not 0 < hours <= HOURS_OF_A_DAY for hours in block.hours_per_day):
        yield _fault(place, "block.hours", name=name, number=number)
    elif block.hours_at_most is not None and block.hours_at_most < (block.hours or 0):
        yield _fault(place, "block.range", name=name, number=number)
    if block.activity is None and not block.text:
        yield _fault(place, "block.nothing", name=name, number=number)
