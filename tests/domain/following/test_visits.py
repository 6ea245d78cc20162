from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.following.contact import days_without_contact, is_silent
from innpass.domain.following.visits import (
    Rhythm,
    Standing,
    Stay,
    VisitKind,
    next_language_visit,
    next_visit,
)

MONDAY = date(2026, 6, 1)
USUAL = Rhythm()


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def lay_out(stay: Stay, rhythm: Rhythm, held: Sequence[date] = ()) -> Iterator[date]:
    """Yield the days of the visits to come, each held on its day."""
    done = list(held)
    while (due := next_visit(stay, rhythm, held=done)) is not None:
        yield due.on
        done.append(due.on)


def test_the_first_visit_is_after_four_weeks_and_the_next_an_interval_later() -> None:
    stay = Stay(MONDAY, after(90))

    assert list(lay_out(stay, USUAL)) == [after(28), after(70)]


def test_a_visit_moves_the_ones_after_it_by_the_day_it_was_held() -> None:
    stay = Stay(MONDAY, after(90))

    assert list(lay_out(stay, USUAL, held=[after(33)])) == [after(75)]


def test_a_placement_too_short_for_a_visit_after_four_weeks_is_visited_before_it_ends() -> None:
    assert list(lay_out(Stay(MONDAY, after(13)), USUAL)) == [after(13)]


def test_a_visit_before_the_first_day_is_of_another_placement() -> None:
    due = next_visit(Stay(MONDAY, after(90)), USUAL, held=[after(-5)])

    assert due is not None
    assert (due.on, due.number) == (after(28), 1)


def test_whoever_moves_the_first_day_moves_what_is_not_held() -> None:
    before = next_visit(Stay(MONDAY), USUAL)
    moved = next_visit(Stay(after(14)), USUAL)

    assert before is not None
    assert moved is not None
    assert moved.on - before.on == timedelta(days=14)


@pytest.mark.parametrize(
    ("day", "booked", "standing"),
    [
        (20, None, Standing.LATER),
        (21, None, Standing.DUE),
        (35, None, Standing.DUE),
        (36, None, Standing.LATE),
        (36, 36, Standing.BOOKED),
        (20, 40, Standing.BOOKED),
        (31, 30, Standing.LATE),
    ],
)
def test_how_pressing_a_visit_is(day: int, booked: int | None, standing: Standing) -> None:
    agreed = None if booked is None else after(booked)
    due = next_visit(Stay(MONDAY, after(90)), USUAL, booked=agreed)

    assert due is not None
    assert due.standing(on=after(day)) is standing


def test_a_booked_visit_stands_also_where_none_would_be_due() -> None:
    stay = Stay(MONDAY, after(60))
    due = next_visit(stay, USUAL, held=[after(28)], booked=after(50))

    assert next_visit(stay, USUAL, held=[after(28)]) is None
    assert due is not None
    assert (due.on, due.number) == (after(50), 2)


def test_the_teachers_visit_is_one() -> None:
    stay = Stay(MONDAY, after(90))
    due = next_language_visit(stay, USUAL)

    assert due is not None
    assert (due.kind, due.on) == (VisitKind.LANGUAGE, after(56))
    assert next_language_visit(stay, USUAL, held=[after(50)]) is None
    assert next_language_visit(Stay(MONDAY, after(40)), USUAL) is None
    assert next_language_visit(stay, Rhythm(language_after=None)) is None


@pytest.mark.parametrize(
    "numbers",
    [{"first_after": 0}, {"interval": 0}, {"window": 28}, {"window": -1}, {"language_after": -3}],
)
def test_a_rhythm_nobody_can_keep_is_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="rhythm"):
        Rhythm(**numbers)


def test_whoever_has_just_begun_is_not_late() -> None:
    stay = Stay(MONDAY)

    assert days_without_contact(stay, last_contact=after(-60), on=after(3)) == 3
    assert not is_silent(stay, USUAL, last_contact=None, on=after(13))
    assert is_silent(stay, USUAL, last_contact=None, on=after(14))
    assert not is_silent(stay, USUAL, last_contact=after(7), on=after(20))


RHYTHMS = st.builds(
    Rhythm, first_after=st.integers(8, 60), window=st.integers(0, 7), interval=st.integers(8, 120)
)


@given(RHYTHMS, st.integers(0, 400), st.data())
def test_every_day_of_a_placement_is_within_reach_of_a_visit(
    rhythm: Rhythm, length: int, data: st.DataObject
) -> None:
    """No day lies further from the visit before, or the first day, than the rhythm says.

    Each visit is held when it is due or within its window, and the rest laid out from there.
    """
    stay = Stay(MONDAY, after(length))
    held: list[date] = []
    while (due := next(lay_out(stay, rhythm, held=held), None)) is not None:
        drift = timedelta(days=data.draw(st.integers(-rhythm.window, rhythm.window)))
        day = max(due + drift, stay.first_day)
        held.append(day if not held else max(day, held[-1] + timedelta(days=1)))
    marks = [stay.first_day, *held, after(length)]
    reach = timedelta(days=max(rhythm.first_after, rhythm.interval) + rhythm.window)

    assert held, "a placement is visited at least once"
    assert all(b - a <= reach for a, b in pairwise(marks))


@given(RHYTHMS, st.integers(0, 400))
def test_an_open_placement_is_visited_as_one_that_ends(rhythm: Rhythm, length: int) -> None:
    ended = list(lay_out(Stay(MONDAY, after(length)), rhythm))
    is_open = takewhile(lambda day: day <= after(length), lay_out(Stay(MONDAY), rhythm))

    assert length < rhythm.first_after or list(islice(is_open, 99)) == ended
