"""A model that cannot be used is refused with a sentence that says where and why."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innpass.domain.courses.choosing import NoSuchPart, phase_of
from innpass.domain.courses.editing import with_cell
from innpass.domain.courses.faults import BadModel, sentence
from innpass.domain.courses.model import Block, CourseModel, WeekTemplate
from innpass.domain.courses.reading import read_model
from innpass.domain.sheets.fields import Activity


def phase(name: str, first: int, last: int) -> dict[str, Any]:
    return {"id": name, "name": name, "first": first, "last": last, "is_in_programme": True}


def plain(*phases: dict[str, Any]) -> dict[str, Any]:
    """A model of one track, with a week of three days of Norwegian in each phase."""
    return {
        "id": "m",
        "name": "Modell",
        "first_day": "2026-01-01",
        "last_day": None,
        "step": "month",
        "source": "test",
        "tracks": [{"id": "1", "name": "Spor 1"}],
        "phases": list(phases or [phase("A", 1, 6)]),
        "cells": [
            {
                "phase": each["id"],
                "tracks": ["1"],
                "alternatives": [
                    {
                        "id": "w",
                        "name": "Uke",
                        "week": [{"activity": "norwegian", "days": [6, 6, 4], "unit": "lesson"}],
                    }
                ],
            }
            for each in phases or [phase("A", 1, 6)]
        ],
    }


def with_week(model: CourseModel, *blocks: Block) -> CourseModel:
    """The model with other blocks in its first week."""
    week = replace(model.cells[0].alternatives[0], template=WeekTemplate(blocks))
    return with_cell(model, "A", ["1"], [week])


def said(data: dict[str, Any]) -> list[str]:
    with pytest.raises(BadModel) as refused:
        read_model(data)
    return [fault.code for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("phases", "code"),
    [
        ([phase("A", 1, 6), phase("B", 6, 12)], "phases.overlap"),
        ([phase("A", 1, 6), phase("B", 8, 12)], "phases.gap"),
        ([phase("A", 2, 6)], "phases.start"),
        ([phase("A", 1, 0)], "phase.turned"),
    ],
)
def test_phases_follow_one_another(phases: list[dict[str, Any]], code: str) -> None:
    assert said(plain(*phases)) == [code]


def test_an_activity_nobody_knows_is_refused_with_those_there_are() -> None:
    data = plain()
    data["cells"][0]["alternatives"][0]["week"][0]["activity"] = "yoga"

    with pytest.raises(BadModel, match=r"«yoga» finnes ikke. Velg en av: norwegian"):
        read_model(data)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data["cells"].clear(), "cell.missing"),
        (lambda data: data["cells"].append(data["cells"][0]), "cell.twice"),
        (lambda data: data["cells"][0].update(tracks=["1", "9"]), "cell.nowhere"),
        (lambda data: data["cells"][0].update(alternatives=[]), "cell.silent"),
        (lambda data: data["cells"][0]["alternatives"][0].update(week=[]), "week.empty"),
        (
            lambda data: data["cells"][0]["alternatives"][0].update(from_step=7),
            "alternative.outside",
        ),
        (lambda data: data["cells"][0]["alternatives"][0].update(replaces="x"), "cell.no_ordinary"),
        (lambda data: data.update(last_day="2025-01-01"), "intake.turned"),
        (lambda data: data["tracks"][0].update(rights_months=0), "track.rights"),
        (lambda data: data.pop("source"), "file.shape"),
        (lambda data: data.update(step="year"), "file.shape"),
    ],
)
def test_a_fault_is_named(change: Any, code: str) -> None:
    data = plain()
    change(data)

    assert code in said(data)


def test_a_week_has_seven_days() -> None:
    six = Block(Activity.NORWEGIAN, (4.0,) * 6)
    two = Block(Activity.PRACTICE, (7.5, 7.5))

    with pytest.raises(BadModel, match=r"Uka får 8 dager\. En uke har høyst 7"):
        with_week(read_model(plain()), six, two)


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (Block(Activity.PRACTICE, (25.0,)), "block.hours"),
        (Block(Activity.PRACTICE, (0.0,)), "block.hours"),
        (Block(Activity.PRACTICE, (float("nan"),)), "block.hours"),
        (Block(Activity.NORWEGIAN, (6.0, 6.0), hours_at_most=10.0), "block.range"),
        (Block(None), "block.nothing"),
    ],
)
def test_a_block_is_checked(block: Block, code: str) -> None:
    with pytest.raises(BadModel) as refused:
        with_week(read_model(plain()), block)

    assert [fault.code for fault in refused.value.faults] == [code]
    assert sentence(refused.value.faults[0]).startswith("«Uke», linje 1")


def test_a_changed_week_leaves_the_model_it_came_from() -> None:
    before: CourseModel = read_model(plain())

    after = with_week(before, Block(Activity.PRACTICE, (7.5,) * 5))

    assert before == read_model(plain())
    assert after.cells[0].alternatives[0].template.blocks[0].days == 5


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(lengths=st.lists(st.integers(1, 24), min_size=1, max_size=8), step=st.integers(-2, 200))
def test_every_step_of_phases_without_gaps_is_in_one_phase(lengths: list[int], step: int) -> None:
    phases, first = [], 1
    for number, length in enumerate(lengths):
        phases.append(phase(f"P{number}", first, first + length - 1))
        first += length
    model = read_model(plain(*phases))

    assert model.steps == sum(lengths)
    if 1 <= step <= model.steps:
        found = phase_of(model, step)
        assert [each for each in model.phases if each.first <= step <= each.last] == [found]
    else:
        with pytest.raises(NoSuchPart):
            phase_of(model, step)
