"""Which of several timetables holds when, and the days on which no group meets."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from innpass.casework.timetable.models import SchoolBreak
from innpass.casework.timetable.queries import days_without_sessions, stretches
from innpass.domain.periods import IsoWeek
from tests.casework.timetable.conftest import Centre

MONDAY = date(2026, 8, 3)
WEEK = timedelta(days=7)


@st.composite
def several(draw: st.DrawFn) -> list[tuple[UUID, date, date | None]]:
    spans = draw(st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(1, 5)), max_size=6))
    return [
        (
            UUID(int=number),
            MONDAY + WEEK * first,
            None if length is None else MONDAY + WEEK * (first + length) - timedelta(days=1),
        )
        for number, (first, length) in enumerate(spans)
    ]


@given(several())
def test_in_every_week_the_latest_that_covers_it_holds(
    timetables: list[tuple[UUID, date, date | None]],
) -> None:
    found = stretches(timetables)

    for place in range(20):
        monday = MONDAY + WEEK * place
        covering = [
            pk
            for pk, first, last in timetables
            if first <= monday and (last is None or monday <= last)
        ]
        holding = [
            each.timetable
            for each in found
            if each.first_monday <= monday
            and (each.last_sunday is None or monday <= each.last_sunday)
        ]
        assert holding == covering[-1:]


def test_groups_do_not_meet_on_holidays_and_in_breaks(centre: Centre) -> None:
    SchoolBreak.objects.create(
        municipality=centre.amina.municipality,
        name="Påskeferie",
        first_day=date(2026, 3, 30),
        last_day=date(2026, 4, 1),
    )

    found = days_without_sessions(IsoWeek.of(date(2026, 4, 1)))

    assert found == {
        date(2026, 3, 30): "Påskeferie",
        date(2026, 3, 31): "Påskeferie",
        date(2026, 4, 1): "Påskeferie",
        date(2026, 4, 2): "",
        date(2026, 4, 3): "",
    }
