"""A model from plain data (YAML or JSON), and back: the same shape wherever a model is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from innpass.domain.courses.faults import BadModel, Fault, faults
from innpass.domain.courses.model import (
    Alternative,
    Block,
    Cell,
    CourseModel,
    Form,
    Phase,
    Step,
    Track,
    Unit,
    WeekTemplate,
)
from innpass.domain.sheets.fields import Activity


def read_model(data: Mapping[str, Any]) -> CourseModel:
    """Read a model and check it.

    Raises:
        BadModel: a field is missing or of the wrong shape, or the model has faults.
    """
    try:
        model = _model(data)
    except KeyError as missing:
        raise BadModel((_shape(data, missing.args[0]),)) from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        if isinstance(wrong, BadModel):
            raise
        raise BadModel((_shape(data, str(wrong)),)) from wrong
    if found := faults(model):
        raise BadModel(found)
    return model


def _shape(data: Any, what: str) -> Fault:
    place = str(data.get("id", "?")) if isinstance(data, Mapping) else "?"
    return Fault(place, "file.shape", (("place", place), ("value", what)))


def _model(data: Mapping[str, Any]) -> CourseModel:
    return CourseModel(
        id=data["id"],
        name=data["name"],
        first_day=_day(data["first_day"]),
        last_day=_day(data["last_day"]) if data.get("last_day") else None,
        step=Step(data["step"]),
        source=data["source"],
        tracks=tuple(_track(track) for track in data["tracks"]),
        phases=tuple(Phase(**phase) for phase in data["phases"]),
        cells=tuple(_cell(cell) for cell in data["cells"]),
        says=_words(data.get("says", "")),
        readings=tuple(_words(each) for each in data.get("readings", ())),
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _words(text: str) -> str:
    return " ".join(text.split())


def _track(data: Mapping[str, Any]) -> Track:
    return Track(data["id"], data["name"], data.get("rights_months"))


def _cell(data: Mapping[str, Any]) -> Cell:
    phase, alternatives = data["phase"], data.get("alternatives", ())
    return Cell(
        phase=phase,
        tracks=tuple(data["tracks"]),
        alternatives=tuple(_alternative(each, phase) for each in alternatives),
        says=_words(data.get("says", "")),
    )


def _alternative(data: Mapping[str, Any], phase: str) -> Alternative:
    return Alternative(
        id=data["id"],
        name=data["name"],
        says=_words(data.get("says", "")),
        template=_week(data, f"{phase}, {data['id']}"),
        from_step=data.get("from_step"),
        replaces=_words(data.get("replaces", "")),
        reading=_words(data.get("reading", "")),
    )


def _week(data: Mapping[str, Any], place: str) -> WeekTemplate:
    return WeekTemplate(
        tuple(_block(each, place) for each in data["week"]),
        rest_is_programme=bool(data.get("rest_is_programme", False)),
    )


def read_week(data: Mapping[str, Any]) -> WeekTemplate:
    """Read a week that stands by itself, as ``plain_week`` wrote it."""
    return _week(data, "")


def _block(data: Mapping[str, Any], place: str) -> Block:
    code = data.get("activity")
    known = [activity.value for activity in Activity]
    if code is not None and code not in known:
        values = (("place", place), ("value", str(code)), ("known", ", ".join(known)))
        raise BadModel((Fault(place, "file.activity", values),))
    at_most = data.get("hours_at_most")
    return Block(
        activity=None if code is None else Activity(code),
        hours_per_day=tuple(float(hours) for hours in data.get("days", ())),
        unit=Unit(data.get("unit", Unit.CLOCK_HOUR)),
        hours_at_most=None if at_most is None else float(at_most),
        levels=tuple(data.get("levels", ())),
        form=Form(data.get("form", Form.DAY)),
        text=_words(data.get("text", "")),
    )


def plain_model(model: CourseModel) -> dict[str, Any]:
    """Give a model as plain data that ``read_model`` reads again, and that fits into JSON."""
    return {
        "id": model.id,
        "name": model.name,
        "first_day": model.first_day.isoformat(),
        "last_day": model.last_day.isoformat() if model.last_day else None,
        "step": model.step.value,
        "source": model.source,
        "says": model.says,
        "readings": list(model.readings),
        "tracks": [
            {"id": each.id, "name": each.name, "rights_months": each.rights_months}
            for each in model.tracks
        ],
        "phases": [
            {
                "id": each.id,
                "name": each.name,
                "first": each.first,
                "last": each.last,
                "is_in_programme": each.is_in_programme,
            }
            for each in model.phases
        ],
        "cells": [
            {
                "phase": cell.phase,
                "tracks": list(cell.tracks),
                "says": cell.says,
                "alternatives": [_plain_alternative(each) for each in cell.alternatives],
            }
            for cell in model.cells
        ],
    }


def _plain_alternative(each: Alternative) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "says": each.says,
        "from_step": each.from_step,
        "replaces": each.replaces,
        "reading": each.reading,
        **plain_week(each.template),
    }


def plain_week(template: WeekTemplate) -> dict[str, Any]:
    """Give a week as plain data that ``read_week`` reads again."""
    return {
        "rest_is_programme": template.rest_is_programme,
        "week": [
            {
                "activity": block.activity.value if block.activity else None,
                "days": list(block.hours_per_day),
                "unit": block.unit.value,
                "hours_at_most": block.hours_at_most,
                "levels": list(block.levels),
                "form": block.form.value,
                "text": block.text,
            }
            for block in template.blocks
        ],
    }
