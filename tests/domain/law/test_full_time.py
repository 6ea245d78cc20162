"""The least full week of a programme, against a checker that goes day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.law.days_off import is_working_day
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.law.findings import finding
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import Activity, Protection

START, END = date(2026, 3, 2), date(2026, 5, 29)
ON = date(2026, 6, 30)
DAYS = st.integers(-20, 110).map(lambda n: START + timedelta(days=n))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    length = draw(st.none() | st.integers(0, 60))
    return Period(first, None if length is None else first + timedelta(days=length))


ROWS = st.builds(HoursRow, st.just(Activity.PRACTICE), periods(), st.sampled_from((0, 7.5, 15, 30)))


def slowly(rows: list[HoursRow], leave: list[Period]) -> float:
    days = [START + timedelta(days=n) for n in range((END - START).days + 1)]
    judged = [
        day for day in days if is_working_day(day) and not any(each.contains(day) for each in leave)
    ]
    return min(
        (sum(row.hours_per_week or 0 for row in rows if row.period.contains(d)) for d in judged),
        default=0,
    )


@given(st.lists(ROWS, min_size=1, max_size=5), st.lists(periods(), max_size=2))
def test_the_least_week_is_that_of_the_emptiest_working_day(
    rows: list[HoursRow], leave: list[Period]
) -> None:
    facts = PersonFacts(
        START, END, protection=Protection.OTHER, hours=tuple(rows), leave=tuple(leave)
    )

    answer = finding("full_time", facts, on=ON)

    (amount,) = answer.duty.amounts
    assert amount.value == slowly(rows, leave)
    assert (answer.state == "kept") is (amount.value >= (amount.least or 0))
