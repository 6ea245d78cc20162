"""Where somebody is in a model: steps without leave, the version kept, choices and deviations."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.courses.following import (
    Choice,
    Deviation,
    Life,
    Version,
    course_place,
    day_of_step,
    steps_begun,
    suggested,
)
from innpass.domain.courses.model import Block, Step, WeekTemplate
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import Activity

SHIPPED = tuple(Version(model) for model in shipped_models().values())
START = date(2025, 9, 1)
AUTUMN = shipped_models()["autumn-2025"]
EDITED = Version(replace(AUTUMN, name="Modell 3, rettet"), 1, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2025, 8, 31), 0),
        (date(2025, 9, 1), 1),
        (date(2025, 9, 30), 1),
        (date(2025, 10, 1), 2),
        (date(2026, 9, 1), 13),
    ],
)
def test_a_month_begins_on_its_day(on: date, month: int) -> None:
    assert steps_begun(START, on, step=Step.MONTH) == month


def test_leave_stops_the_months_and_moves_the_next_phase() -> None:
    leave = Period(date(2025, 12, 1), date(2026, 2, 28))
    life = Life(START, "2", away=(leave,))

    during = course_place(life, SHIPPED, on=date(2026, 2, 1))
    after = course_place(life, SHIPPED, on=date(2026, 5, 29))

    assert during is not None
    assert after is not None
    assert (during.step, after.step) == (3, 6)
    assert during.next_on == after.next_on == date(2026, 5, 30)
    assert course_place(life, SHIPPED, on=date(2026, 5, 30)).step == 7  # type: ignore[union-attr]


def test_leave_without_an_end_leaves_the_next_phase_open() -> None:
    where = course_place(
        Life(START, "1", away=(Period(date(2026, 1, 1), None),)), SHIPPED, on=date(2026, 6, 30)
    )

    assert where is not None
    assert (where.step, where.next_on) == (4, None)


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 120)).map(
            lambda t: Period(START + timedelta(days=t[0]), START + timedelta(days=t[0] + t[1]))
        ),
        max_size=4,
    ),
    st.integers(2, 24),
    st.sampled_from(Step),
)
def test_a_step_begins_on_the_day_that_is_told(away: list[Period], number: int, step: Step) -> None:
    day = day_of_step(START, number, step=step, away=away)

    assert day is not None
    assert steps_begun(START, day, step=step, away=away) == number
    assert steps_begun(START, day - timedelta(days=1), step=step, away=away) == number - 1


@pytest.mark.parametrize(
    ("start", "number"), [(date(2026, 1, 14), 0), (date(2026, 1, 15), 1), (date(2026, 3, 1), 1)]
)
def test_an_edit_moves_nobody_who_had_begun(start: date, number: int) -> None:
    found = suggested([*SHIPPED, EDITED], start)

    assert found is not None
    assert (found.model.id, found.number) == ("autumn-2025", number)


OWN = Version(replace(AUTUMN, id="own", first_day=date(2025, 8, 15)), 1, date(2026, 5, 1))
CLOSED = Version(replace(AUTUMN, last_day=date(2025, 8, 31)), 1, date(2026, 1, 15))
POSTPONED = Version(replace(AUTUMN, first_day=date(2026, 8, 1)), 1, date(2026, 1, 15))


@pytest.mark.parametrize("edit", [OWN, CLOSED, POSTPONED])
def test_no_edit_of_an_intake_moves_somebody_who_had_begun(edit: Version) -> None:
    found = suggested([*SHIPPED, edit], START)

    assert found is not None
    assert (found.model.id, found.number) == ("autumn-2025", 0)


@pytest.mark.parametrize(
    ("versions", "start", "expected"),
    [
        ((OWN,), date(2026, 5, 1), ("own", 1)),  # a later intake, made by the day
        ((CLOSED,), date(2026, 2, 2), ("autumn-2025", 0)),  # closed, and nothing in its place
        ((CLOSED, OWN), date(2026, 2, 2), ("autumn-2025", 0)),
        ((CLOSED, OWN), date(2026, 6, 1), ("own", 1)),
    ],
)
def test_who_begins_later_follows_what_was_made_by_then(
    versions: tuple[Version, ...], start: date, expected: tuple[str, int]
) -> None:
    found = suggested([*SHIPPED, *versions], start)

    assert found is not None
    assert (found.model.id, found.number) == expected


def test_what_was_made_afterwards_holds_only_where_nothing_else_does() -> None:
    early = replace(AUTUMN, id="own", first_day=date(2022, 1, 1), last_day=date(2023, 12, 31))
    made = Version(early, 1, date(2026, 5, 1))
    moved = Version(replace(early, first_day=date(2023, 1, 1)), 2, date(2026, 6, 1))

    found = suggested([*SHIPPED, made, moved], date(2022, 2, 1))
    shipped = suggested([*SHIPPED, made, moved], date(2023, 9, 1))

    assert found is made
    assert shipped is not None
    assert shipped.model.id == "autumn-2023"


def test_a_choice_keeps_its_version_until_the_next_choice() -> None:
    choices = (
        Choice(START, "autumn-2025", 0, "2"),
        Choice(date(2026, 3, 1), "autumn-2025", 1, "3", "Rask framgang"),
    )
    life = Life(START, "1", choices=choices)
    before = course_place(life, [*SHIPPED, EDITED], on=date(2026, 2, 28))
    after = course_place(life, [*SHIPPED, EDITED], on=date(2026, 3, 1))

    assert before is not None
    assert after is not None
    assert (before.version.number, before.track, before.step) == (0, "2", 6)
    assert (after.version.number, after.track, after.step) == (1, "3", 7)


def test_a_class_counts_its_weeks_from_when_it_was_joined() -> None:
    choices = (
        Choice(date(2025, 11, 3), "pilot-2025", 0, "1"),
        Choice(date(2025, 12, 1), "pilot-2025", 0, "1", "Ny lærer"),
    )
    where = course_place(Life(START, choices=choices), SHIPPED, on=date(2025, 12, 1))

    assert where is not None
    assert (where.begins, where.step) == (date(2025, 11, 3), 5)


def test_without_a_track_the_phase_is_known_and_the_week_is_not() -> None:
    where = course_place(Life(START, "9"), SHIPPED, on=date(2025, 10, 1))

    assert where is not None
    assert (where.track, where.phase is None, where.template) == ("", False, None)


def test_a_deviation_gives_its_week_for_its_days() -> None:
    own = WeekTemplate((Block(Activity.PRACTICE, (7.5,) * 5),))
    deviation = Deviation(date(2026, 3, 1), date(2026, 3, 31), "", own, "Sesong i butikken")
    less = Deviation(date(2026, 4, 1), None, "two-and-three", None, "Mer praksis")
    life = Life(START, "2", deviations=(deviation, less))

    on_own, on_less = (
        course_place(life, SHIPPED, on=day) for day in (date(2026, 3, 31), date(2026, 4, 1))
    )

    assert on_own is not None
    assert on_less is not None
    assert on_own.template == own
    assert on_less.alternative is not None
    assert on_less.alternative.id == "two-and-three"


def test_a_week_that_the_phase_does_not_offer_is_told_and_not_used() -> None:
    life = Life(START, "1", deviations=(Deviation(START, None, "two-and-three", None, "x"),))
    where = course_place(life, SHIPPED, on=START)

    assert where is not None
    assert where.is_elsewhere
    assert where.alternative is not None
    assert where.alternative.id == "course"
