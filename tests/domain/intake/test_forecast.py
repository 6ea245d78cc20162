"""Who may start in which term, and which class is suggested."""

from datetime import date

import pytest

from innpass.domain.intake.agenda import agenda_on
from innpass.domain.intake.forecast import Certainty, PersonDays, TermDays, forecast
from innpass.domain.intake.placing import suggest
from innpass.domain.intake.rules import rules_on
from innpass.domain.intake.sentences import render

ON = date(2026, 6, 30)
PAST = TermDays("past", date(2026, 4, 7), date(2026, 3, 20))
AUGUST = TermDays("august", date(2026, 8, 17), date(2026, 7, 31))
OCTOBER = TermDays("october", date(2026, 10, 12), date(2026, 9, 25))

CASES = [
    ({"settled_on": date(2026, 5, 4)}, "august", "settled", Certainty.POSSIBLE),
    ({"settled_on": date(2026, 7, 31)}, "august", "will_settle", Certainty.POSSIBLE),
    ({"settled_on": date(2026, 8, 1)}, "october", "will_settle", Certainty.POSSIBLE),
    ({"settled_on": date(2026, 9, 26)}, None, "", None),  # after the last cut-off
    ({"offered_on": date(2026, 6, 1)}, "august", "offered", Certainty.SURE),
    ({"first_day": date(2026, 8, 17)}, "august", "start_set", Certainty.SURE),
    ({"first_day": date(2026, 8, 3)}, "august", "start_set", Certainty.SURE),
    ({"first_day": date(2026, 10, 19)}, "october", "start_set", Certainty.SURE),
    ({"first_day": ON}, None, "", None),  # has begun
    ({"settled_on": date(2026, 5, 4), "last_day": date(2026, 6, 1)}, None, "", None),
    ({}, None, "", None),
]
LONG = (date(2026, 3, 1), date(2026, 8, 16))
LEAVES = [
    ((LONG,), "august"),
    (((LONG[0], date(2026, 8, 17)),), "october"),  # away on the first day of the term
    (((date(2026, 6, 1), date(2026, 7, 25)),), None),  # 55 days: back to the same class
    (((date(2026, 6, 1), date(2026, 7, 26)),), "august"),  # 56 days
    (((date(2026, 1, 1), date(2026, 6, 29)),), None),  # over
    (((date(2026, 7, 1), date(2026, 10, 1)),), None),  # not begun
    (((date(2026, 6, 1), ON), (date(2026, 7, 1), date(2026, 8, 20))), "october"),  # one of two
    (((date(2026, 6, 1), ON), (date(2026, 7, 2), date(2026, 8, 20))), None),  # a day between
]


@pytest.mark.parametrize(("days", "term", "code", "certainty"), CASES)
def test_who_starts_when(
    days: dict[str, date], term: str | None, code: str, certainty: Certainty | None
) -> None:
    found = forecast([PersonDays("p", **days)], [OCTOBER, AUGUST, PAST], on=ON)  # type: ignore[arg-type]

    assert [(one.term, one.reason.code, one.certainty) for one in found] == (
        [(term, f"forecast.{code}", certainty)] if term else []
    )
    assert all(render(one.reason) for one in found)


def test_who_starts_late_in_a_term_that_has_begun_is_not_of_the_next() -> None:
    late = PersonDays("p", settled_on=date(2026, 5, 1), first_day=date(2026, 8, 25))

    assert forecast([late], [AUGUST, OCTOBER], on=date(2026, 8, 20)) == ()


@pytest.mark.parametrize(("leaves", "term"), LEAVES)
def test_who_is_back_from_a_long_leave(
    leaves: tuple[tuple[date, date], ...], term: str | None
) -> None:
    person = PersonDays("p", first_day=date(2025, 8, 11), leaves=leaves)

    assert [one.term for one in forecast([person], [AUGUST, OCTOBER], on=ON)] == [
        one for one in (term,) if one
    ]


@pytest.mark.parametrize(
    ("levels", "upper_secondary", "track", "expected"),
    [
        (["B1", "A2", ""], True, 2, (2, "A2", "place.keeps_track")),
        (["A1"], True, None, (3, "A1", "place.upper_secondary")),
        (["B1", "A2"], False, None, (2, "A2", "place.some_norwegian")),
        (["A2", "A1"], False, None, (1, "A1", "place.begins")),
        ([], False, None, (1, "", "place.begins")),
        (["x"], None, None, (None, "", "place.unknown_schooling")),
    ],
)
def test_a_class_is_suggested_for_a_reason(
    levels: list[str], upper_secondary: bool | None, track: int | None, expected: object
) -> None:
    found = suggest(levels, upper_secondary=upper_secondary, track=track)

    assert (found.track, found.level, found.reasons[0].code) == expected
    assert all(render(one) for one in found.reasons)


def test_rules_and_agenda_hold_before_their_first_day_too() -> None:
    assert rules_on(date(2000, 1, 1)) == rules_on(ON)
    assert (rules_on(ON).smallest_group, rules_on(ON).session_minutes) == (15, 90)
    assert agenda_on(date(2000, 1, 1)) == agenda_on(ON)
    assert len({point.code for point in agenda_on(ON)}) == len(agenda_on(ON))
