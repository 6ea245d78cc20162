"""The models that ship: our reading of the guide's annex."""

from datetime import date

import pytest

from innpass.domain.courses.choosing import (
    NoSuchPart,
    alternative_for,
    cell_of,
    model_for,
    phase_of,
    template_for,
)
from innpass.domain.courses.counting import Measure, week_hours
from innpass.domain.courses.model import CourseModel, Step, Unit, WeekTemplate
from innpass.domain.courses.reading import plain_model, read_model
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.law.law import THE_LAW, full_time_hours
from innpass.domain.sheets.fields import Activity

MODELS = list(shipped_models().values())
DAY = date(2026, 6, 30)


def measure() -> Measure:
    law = THE_LAW.at(DAY)
    return Measure(
        full_time=full_time_hours(start=DAY),
        work_oriented=law.value("minimum_hours"),
        lesson_hours=law.value("lesson_hours"),
        oriented=frozenset({Activity.PRACTICE}),
    )


def model(name: str) -> CourseModel:
    return shipped_models()[name]


def week(name: str, track: str, step: int, alternative: str | None = None) -> WeekTemplate:
    template = template_for(model(name), track, step, alternative)
    assert template is not None
    return template


def test_the_three_models_last_as_long_as_the_longest_right() -> None:
    months = [each for each in MODELS if each.step is Step.MONTH]

    assert [each.id for each in months] == ["autumn-2023", "autumn-2024", "autumn-2025"]
    assert {each.steps for each in months} == {36}
    assert [[track.rights_months for track in each.tracks] for each in months] == [
        [36, 36, 18],
        [36, 18, 18],
        [36, 18, 18],
    ]


def test_the_pilot_class_has_three_and_three_times_nine_weeks() -> None:
    pilot = model("pilot-2025")

    assert [phase.last - phase.first + 1 for phase in pilot.phases] == [3, 9, 9, 9]


def test_the_guides_week_is_full_in_lessons_and_not_in_clock_hours() -> None:
    hours = week_hours(week("autumn-2025", "1", 4), measure())

    assert [(each.stated, each.block.unit) for each in hours.blocks] == [
        (16, Unit.LESSON),
        (15, Unit.CLOCK_HOUR),
        (2, Unit.LESSON),
    ]
    assert (hours.counted, hours.as_clock_hours) == (37.5, 33)
    assert (hours.work_oriented, hours.missing, hours.missing_work_oriented) == (15, 0, 0)


@pytest.mark.parametrize(
    ("name", "track", "step", "alternative", "counted", "oriented", "missing"),
    [
        ("autumn-2023", "1", 1, None, 27.5, 7.5, 10),
        ("autumn-2023", "1", 12, "three-days", 30, 15, 7.5),
        ("autumn-2024", "2", 3, None, 20, 0, 17.5),
        ("autumn-2024", "2", 4, None, 35, 15, 2.5),
        ("autumn-2024", "2", 7, None, 37.5, 15, 0),
        ("autumn-2025", "2", 13, None, 37.5, 30, 0),
        ("pilot-2025", "1", 13, None, 37.5, 15, 0),
    ],
)
def test_a_week_adds_up(
    name: str,
    track: str,
    step: int,
    alternative: str | None,
    counted: float,
    oriented: float,
    missing: float,
) -> None:
    hours = week_hours(week(name, track, step, alternative), measure())

    assert (hours.counted, hours.work_oriented, hours.missing) == (counted, oriented, missing)


def test_a_week_whose_hours_nobody_states_is_open() -> None:
    hours = week_hours(week("autumn-2025", "3", 1), measure())

    assert hours.is_open
    assert hours.counted == 0


def test_nothing_is_taught_where_the_right_is_used_up() -> None:
    chosen = model("autumn-2025")

    assert alternative_for(chosen, "2", 19) is None
    assert "Ikke rettigheter" in cell_of(chosen, "d", "2").says


@pytest.mark.parametrize(("step", "phase"), [(1, "a"), (12, "a"), (13, "b"), (36, "e")])
def test_a_month_has_a_phase(step: int, phase: str) -> None:
    assert phase_of(model("autumn-2023"), step).id == phase


@pytest.mark.parametrize("step", [0, 37])
def test_a_month_outside_the_model_has_none(step: int) -> None:
    with pytest.raises(NoSuchPart):
        phase_of(model("autumn-2023"), step)


def test_an_alternative_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchPart):
        template_for(model("autumn-2023"), "1", 1, "nothing")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 7, 31), None),
        (date(2023, 8, 1), "autumn-2023"),
        (date(2024, 7, 31), "autumn-2023"),
        (date(2024, 8, 1), "autumn-2024"),
        (date(2025, 8, 1), "autumn-2025"),
        (date(2030, 1, 1), "autumn-2025"),
    ],
)
def test_the_day_of_the_start_picks_the_model(day: date, name: str | None) -> None:
    found = model_for(MODELS, day)

    assert (found.id if found else None) == name


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.id)
def test_a_model_is_read_again_from_its_plain_data(each: CourseModel) -> None:
    assert read_model(plain_model(each)) == each
