"""The clocks: what holds of them whatever the calendar, and a slow checker that walks the days."""

import calendar
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innpass.domain.law.clocks import Clock, norwegian_clock, programme_clock
from innpass.domain.law.days_off import after_working_days, is_working_day, number_of_working_days
from innpass.domain.law.facts import AbsenceRow, DecisionRow, LeaveRow, PersonFacts
from innpass.domain.law.law import THE_LAW, law_of
from innpass.domain.law.length import LENGTHS
from innpass.domain.law.sentences import render
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import (
    AbsenceKind,
    DecisionKind,
    EndGoal,
    LeaveKind,
    Protection,
)

ONE_DAY = timedelta(days=1)
ON = date(2026, 6, 30)
ABOVE = THE_LAW.with_value("added_days", "above_the_floor")
UNTIL = THE_LAW.with_value("running_norwegian_extensions", "end_with_the_text")


# --- The slow checker: days in a set, walked one by one; written from the paragraphs alone. ---


def easter_sunday(year: int) -> date:
    """Give Easter Sunday by the Gregorian computus (Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def works(day: date) -> bool:
    if day.weekday() in (5, 6) or (day.month, day.day) in {(1, 1), (5, 1), (5, 17)}:
        return False
    from_easter = (day - easter_sunday(day.year)).days
    return (day.month, day.day) not in {(12, 25), (12, 26)} and from_easter not in {
        *(-3, -2, 1, 39, 50)
    }


def days_of(period: Period, *, on: date) -> set[date]:
    last = period.last_day or on
    return {period.first_day + n * ONE_DAY for n in range((last - period.first_day).days + 1)}


def end_after(first: date, months: int) -> date:
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    length = calendar.monthrange(year, month)[1]
    return (
        date(year, month, length) if first.day > length else date(year, month, first.day) - ONE_DAY
    )


def slow_programme_end(facts: PersonFacts, months: int, *, on: date) -> date:
    assert facts.start is not None
    away: set[date] = set()
    rows: tuple[LeaveRow | AbsenceRow, ...] = (*facts.leaves, *facts.absences)
    for row in rows:
        if row.kind in (LeaveKind.HOLIDAY, LeaveKind.RELIGIOUS, AbsenceKind.UNAUTHORISED):
            continue
        away |= days_of(row.period, on=on)
    last_of_all = facts.actual_end or date.max
    away = {day for day in away if facts.start <= day <= last_of_all and works(day)}
    ordinary = last = end_after(facts.start, months)
    while True:
        inside = sum(day <= last for day in away)
        left, moved = (inside if inside > 10 else 0), ordinary
        while left:
            moved += ONE_DAY
            left -= works(moved)
        if moved <= last:
            return last
        last = moved


def slow_norwegian_end(facts: PersonFacts, months: int, *, on: date) -> date:
    first = facts.norwegian_offered_on
    assert first is not None
    away: set[date] = set()
    for row in facts.leaves:
        if row.kind not in (LeaveKind.HOLIDAY, LeaveKind.RELIGIOUS):
            away |= {day for day in days_of(row.period, on=on) if day >= first}
    ordinary = last = end_after(first, months)
    while True:
        moved = ordinary + sum(day <= last for day in away) * ONE_DAY
        if moved <= last:
            return last
        last = moved


# --- People. ---

STARTS = st.one_of(
    st.dates(date(2021, 1, 1), date(2029, 1, 1)),
    st.sampled_from(
        [
            *(date(2024, 2, 29), date(2025, 8, 31), date(2025, 12, 31), date(2026, 1, 1)),
            *(date(2023, 6, 30), date(2023, 7, 1), date(2028, 6, 30), date(2028, 7, 1)),
        ]
    ),
)


@st.composite
def periods(draw: st.DrawFn, start: date, *, may_be_open: bool = True) -> Period:
    first = start + draw(st.integers(-60, 900)) * ONE_DAY
    lengths = st.integers(0, 300) | st.integers(0, 8)
    length = draw(lengths | st.none() if may_be_open else lengths)
    return Period(first, None if length is None else first + length * ONE_DAY)


@st.composite
def leaves(draw: st.DrawFn, start: date, *, known: bool) -> LeaveRow:
    kinds = st.sampled_from(LeaveKind)
    return LeaveRow(draw(kinds if known else st.none() | kinds), draw(periods(start)))


@st.composite
def absences(draw: st.DrawFn, start: date, *, known: bool) -> AbsenceRow:
    kinds = st.sampled_from(AbsenceKind)
    return AbsenceRow(draw(kinds if known else st.none() | kinds), draw(periods(start)))


@st.composite
def decisions(draw: st.DrawFn, start: date) -> DecisionRow:
    day = st.none() | st.integers(-60, 900).map(lambda n: start + n * ONE_DAY)
    return DecisionRow(draw(st.sampled_from(DecisionKind)), draw(day), draw(day), draw(day))


@st.composite
def people(draw: st.DrawFn, *, known: bool = False, with_decisions: bool = True) -> PersonFacts:
    start = draw(STARTS)
    maybe = (lambda one: one) if known else (lambda one: st.none() | one)
    near = st.integers(-90, 20).map(lambda n: start + n * ONE_DAY)
    rows = tuple(draw(st.lists(leaves(start, known=known), max_size=4)))
    return PersonFacts(
        start=start,
        planned_end=draw(st.none() | st.integers(0, 2000).map(lambda n: start + n * ONE_DAY)),
        actual_end=draw(st.none() | st.integers(-5, 900).map(lambda n: start + n * ONE_DAY)),
        protection=draw(maybe(st.sampled_from(Protection))),
        upper_secondary=draw(maybe(st.booleans())),
        end_goal=draw(maybe(st.sampled_from(EndGoal))),
        permit_on=draw(st.none() | near),
        offered_on=draw(maybe(near)),
        norwegian_offered_on=start,
        leave=tuple(row.period for row in rows),
        leaves=rows,
        absences=tuple(draw(st.lists(absences(start, known=known), max_size=4))),
        decisions=tuple(draw(st.lists(decisions(start), max_size=4)) if with_decisions else ()),
    )


CLOCKS = pytest.mark.parametrize("ask", [programme_clock, norwegian_clock])
DAYS = st.dates(date(2021, 1, 1), date(2034, 1, 1))


def earliest_and_latest(clock: Clock) -> tuple[date, date]:
    return clock.possible[0], clock.possible[-1]


# --- What holds. ---


@given(facts=people(known=True, with_decisions=False), on=DAYS)
@settings(max_examples=120, deadline=None)
def test_the_clocks_answer_as_the_slow_checker(facts: PersonFacts, on: date) -> None:
    programme, norwegian = programme_clock(facts, on=on), norwegian_clock(facts, on=on)

    if programme.last_day:
        assert programme.months is not None
        assert programme.last_day == slow_programme_end(facts, programme.months, on=on)
    if norwegian.last_day:
        assert norwegian.months is not None
        assert norwegian.last_day == slow_norwegian_end(facts, norwegian.months, on=on)


@CLOCKS
@given(data=st.data(), on=DAYS)
@settings(max_examples=60, deadline=None)
def test_more_leave_never_shortens(ask, data: st.DataObject, on: date) -> None:
    facts = data.draw(people())
    assert facts.start is not None
    more = replace(facts, leaves=(*facts.leaves, data.draw(leaves(facts.start, known=False))))

    before, after = ask(facts, on=on), ask(more, on=on)

    if before.possible:
        assert earliest_and_latest(before)[0] <= earliest_and_latest(after)[0]
        assert earliest_and_latest(before)[1] <= earliest_and_latest(after)[1]


@CLOCKS
@given(facts=people(), on=DAYS, random=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_the_order_of_rows_nor_a_row_entered_twice_moves_a_day(
    ask, facts: PersonFacts, on: date, random: Random
) -> None:
    def mixed(rows: tuple) -> tuple:
        twice = [*rows, *rows]
        random.shuffle(twice)
        return tuple(twice)

    other = replace(
        facts,
        leaves=mixed(facts.leaves),
        absences=mixed(facts.absences),
        decisions=mixed(facts.decisions),
    )

    one, two = ask(facts, on=on), ask(other, on=on)

    assert (one.possible, one.last_possible_day, one.missing) == (
        *(two.possible, two.last_possible_day),
        two.missing,
    )
    assert (one.months, one.extended_months, one.added.days) == (
        *(two.months, two.extended_months),
        two.added.days,
    )


@CLOCKS
@given(facts=people(), on=DAYS, asked=DAYS)
@settings(max_examples=80, deadline=None)
def test_used_and_left_are_the_whole_and_the_last_day_lies_where_it_may(
    ask, facts: PersonFacts, on: date, asked: date
) -> None:
    clock = ask(facts, on=on)

    told = clock.reasons + clock.breaches + clock.warnings
    assert all(render(each) for each in (*told, *clock.added.counted, *clock.added.left_out))
    assert list(clock.possible) == sorted(set(clock.possible))
    assert (clock.last_day is not None) == (len(clock.possible) == 1)
    if clock.last_day is None:
        assert clock.used_days(on=asked) is None
        assert clock.left_months(on=asked) is None
        return
    assert clock.months is not None
    assert clock.last_day >= end_after(clock.first_day, clock.months)
    assert clock.last_possible_day >= clock.last_day
    assert 0 <= clock.extended_months <= clock.extension_months
    used, left = clock.used_days(on=asked), clock.left_days(on=asked)
    assert 0 <= used <= clock.total_days
    assert used + left == clock.total_days
    later = clock.used_days(on=asked + ONE_DAY)
    assert used <= later <= used + 1
    assert clock.used_months(on=asked) + clock.left_months(on=asked) >= 0
    if clock.has_run_out(on=asked) and clock.ended_on is None:
        assert left == 0


@given(facts=people(), on=DAYS)
@settings(max_examples=60, deadline=None)
def test_a_reading_that_adds_less_never_ends_later(facts: PersonFacts, on: date) -> None:
    for law, ask in ((ABOVE, programme_clock), (UNTIL, norwegian_clock)):
        usual, other = ask(facts, on=on), ask(facts, on=on, law=law)
        if usual.possible and other.possible:
            assert earliest_and_latest(other)[1] <= earliest_and_latest(usual)[1]


@given(facts=people(known=True), on=DAYS)
@settings(max_examples=60, deadline=None)
def test_what_is_unknown_only_widens_what_is_possible(facts: PersonFacts, on: date) -> None:
    known = programme_clock(facts, on=on)
    unknown = programme_clock(
        replace(facts, protection=None, upper_secondary=None, end_goal=None, offered_on=None), on=on
    )

    if known.possible and facts.permit_on is None:
        assert set(known.possible) <= set(unknown.possible) or facts.offered_on > facts.start  # type: ignore[operator]


@given(period=periods(date(2024, 1, 1), may_be_open=False), number=st.integers(0, 400))
@settings(max_examples=80, deadline=None)
def test_working_days_are_counted_as_they_are_walked(period: Period, number: int) -> None:
    walked = sum(works(day) for day in days_of(period, on=ON))

    assert number_of_working_days([period, period]) == walked
    day = after_working_days(period.first_day, number)
    passed = {period.first_day + n * ONE_DAY for n in range(1, (day - period.first_day).days + 1)}
    assert sum(works(each) for each in passed) == number
    assert number == 0 or works(day)


@pytest.mark.parametrize("year", range(2020, 2040))
def test_the_days_off_of_a_year_are_those_of_the_regulation(year: int) -> None:
    days = [date(year, 1, 1) + n * ONE_DAY for n in range(365 + calendar.isleap(year))]

    assert [is_working_day(day) for day in days] == [works(day) for day in days]


def test_an_open_period_has_no_number_of_working_days() -> None:
    with pytest.raises(ValueError, match="open period"):
        number_of_working_days([Period(ON, None)])


def test_only_the_days_above_the_number_are_added_in_the_other_reading() -> None:
    leave = LeaveRow(LeaveKind.PARENTAL, Period(date(2026, 3, 2), date(2026, 3, 16)))
    facts = PersonFacts(
        date(2026, 1, 5), offered_on=date(2026, 1, 2), upper_secondary=True, leaves=(leave,)
    )

    usual, other = programme_clock(facts, on=ON), programme_clock(facts, on=ON, law=ABOVE)

    assert (usual.added.days, usual.last_day) == (11, date(2027, 1, 19))
    assert (other.added.days, other.last_day) == (1, date(2027, 1, 5))


def test_a_running_extension_may_be_read_to_end_with_its_text() -> None:
    decided = DecisionRow(
        DecisionKind.NORWEGIAN_EXTENSION, date(2026, 4, 1), date(2026, 5, 4), date(2026, 11, 3)
    )
    facts = PersonFacts(
        None,
        protection=Protection.COLLECTIVE,
        upper_secondary=True,
        norwegian_offered_on=date(2025, 5, 4),
        decisions=(decided,),
    )

    usual, other = norwegian_clock(facts, on=ON), norwegian_clock(facts, on=ON, law=UNTIL)

    assert usual.last_day == date(2026, 11, 3)
    assert other.last_day == other.last_possible_day == date(2026, 6, 30)


def test_a_year_that_ends_after_the_text_is_not_cut_by_the_other_reading() -> None:
    facts = PersonFacts(
        None,
        protection=Protection.COLLECTIVE,
        upper_secondary=True,
        norwegian_offered_on=date(2025, 9, 1),
    )

    assert norwegian_clock(facts, on=ON, law=UNTIL).last_day == date(2026, 8, 31)


def test_what_is_used_stops_where_the_programme_ended() -> None:
    facts = PersonFacts(
        date(2026, 1, 5),
        actual_end=date(2026, 3, 4),
        offered_on=date(2026, 1, 2),
        upper_secondary=True,
    )

    clock = programme_clock(facts, on=ON)

    assert clock.used_months(on=ON) == 2
    assert clock.left_months(on=ON) == 10
    assert clock.used_days(on=ON) == clock.used_days(on=date(2026, 3, 4))


def test_a_programme_that_ended_before_it_began_has_used_nothing() -> None:
    facts = PersonFacts(
        date(2026, 1, 5),
        actual_end=date(2026, 1, 1),
        offered_on=date(2026, 1, 2),
        upper_secondary=True,
        leaves=(LeaveRow(LeaveKind.PARENTAL, Period(date(2025, 12, 1), date(2026, 6, 1))),),
    )

    clock = programme_clock(facts, on=ON)

    assert clock.used_days(on=ON) == 0
    assert clock.added.days == 0


def test_lengths_go_by_the_facts_they_are_kept_by_alone() -> None:
    class Watched:
        asked: set[str] = set()

        def __getattr__(self, name: str) -> object:
            self.asked.add(name)
            return getattr(PersonFacts(None), name)

    texts = [text for topic in THE_LAW.topics for text in THE_LAW.texts(topic)]
    lengths = [text for text in texts if text.rule in LENGTHS]
    for text in lengths:
        LENGTHS.of(text.rule)(Watched(), law_of(THE_LAW, text))  # type: ignore[arg-type]
    assert len(lengths) > 5
    assert Watched.asked <= {"upper_secondary", "end_goal", "permit_on"}
