"""A changed model: other cells, tracks and phases; the one it came from stays as it is."""

from dataclasses import replace
from datetime import date

import pytest

from innpass.domain.courses.choosing import cell_of
from innpass.domain.courses.editing import copied, is_same, with_cell, with_frame
from innpass.domain.courses.faults import BadModel
from innpass.domain.courses.model import CourseModel, Phase, Track
from innpass.domain.courses.reading import plain_model, plain_week, read_model, read_week
from innpass.domain.courses.shipped import shipped_models

AUTUMN = shipped_models()["autumn-2025"]


def framed(**changes: object) -> CourseModel:
    values: dict[str, object] = {
        "name": AUTUMN.name,
        "first_day": AUTUMN.first_day,
        "last_day": AUTUMN.last_day,
        "tracks": AUTUMN.tracks,
        "phases": AUTUMN.phases,
    }
    return with_frame(AUTUMN, **{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("model", shipped_models().values(), ids=lambda model: model.id)
def test_a_frame_with_nothing_changed_holds_the_same_weeks(model: CourseModel) -> None:
    same = with_frame(
        model,
        name=model.name,
        first_day=model.first_day,
        last_day=model.last_day,
        tracks=model.tracks,
        phases=model.phases,
    )

    assert is_same(same, model)
    assert read_model(plain_model(same)) == same


def test_a_track_that_shared_a_cell_keeps_what_it_had() -> None:
    week = cell_of(AUTUMN, "b", "1").alternatives

    changed = with_cell(AUTUMN, "a", ["1"], week)

    assert cell_of(changed, "a", "1").alternatives == week
    assert cell_of(changed, "a", "2").alternatives == cell_of(AUTUMN, "a", "2").alternatives
    assert cell_of(changed, "a", "2").tracks == ("2",)


def test_a_cell_can_be_shared_again() -> None:
    changed = with_cell(AUTUMN, "b", ["1", "2"], cell_of(AUTUMN, "b", "1").alternatives)

    assert cell_of(changed, "b", "2") == cell_of(changed, "b", "1")


def test_a_new_track_and_a_new_phase_begin_with_the_weeks_beside_them() -> None:
    changed = framed(
        tracks=(*AUTUMN.tracks, Track("4", "Spor 4")),
        phases=(*AUTUMN.phases, Phase("g", "Etterpå", 37, 42, is_in_programme=False)),
    )

    assert cell_of(changed, "a", "4").alternatives == cell_of(AUTUMN, "a", "3").alternatives
    assert cell_of(changed, "g", "1").alternatives == cell_of(AUTUMN, "f", "1").alternatives


def test_what_is_taken_away_takes_its_cells_with_it() -> None:
    changed = framed(tracks=AUTUMN.tracks[:1], phases=AUTUMN.phases[:2])

    assert {(cell.phase, cell.tracks) for cell in changed.cells} == {("a", ("1",)), ("b", ("1",))}


def test_a_week_from_a_month_that_the_phase_no_longer_has_is_refused() -> None:
    first, second, *rest = AUTUMN.phases

    with pytest.raises(BadModel, match="begynner i måned 4, som ikke er i fasen"):
        framed(phases=(replace(first, last=3), replace(second, first=4), *rest))


def test_a_copy_is_for_others_and_carries_no_reading_of_the_guide() -> None:
    model = copied(AUTUMN, key="own", name="Egen", first_day=date(2026, 8, 1), last_day=None)

    assert (model.id, model.readings) == ("own", ())
    assert is_same(
        replace(model, id=AUTUMN.id, name=AUTUMN.name),
        replace(AUTUMN, readings=(), first_day=model.first_day),
    )


def test_a_week_is_read_as_it_was_written() -> None:
    for cell in AUTUMN.cells:
        for each in cell.alternatives:
            assert read_week(plain_week(each.template)) == each.template
