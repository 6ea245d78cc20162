"""Weeks drawn, and times as people write them."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from innpass.domain.periods import IsoWeek
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import Activity
from innpass.web.timetable.assembling import gone_words
from innpass.web.timetable.calendars import Calendar, Entry, draw
from innpass.web.timetable.typed import read
from innpass.web.timetable.weeks import Endings, holds_words, read_clock, until_words, week_asked

WEEK = IsoWeek(2026, 41)
MONDAY = WEEK.monday


def entry(day: int, start: int, end: int, *, part: Part = Part.COURSE, name: str = "x") -> Entry:
    return Entry(day, start, end, part, Activity.NORWEGIAN, name, minutes=end - start)


def drawn(*entries: Entry, **more: Any) -> Calendar:
    given: dict[str, Any] = {"week": WEEK, "today": MONDAY, "off": {}, "label": ""} | more
    return draw(entries, **given)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("8", 480), ("08.30", 510), ("8:30", 510), ("kl. 0830", 510), ("24.00", 1440), ("8,15", 495)],
)
def test_a_time_is_read_however_it_is_written(text: str, minutes: int) -> None:
    assert read_clock(text) == minutes


@pytest.mark.parametrize("text", ["", "halv ni", "25.00", "8.60", "24.01", "830.1"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_clock(text) is None


def test_an_odd_week_is_the_one_of_today() -> None:
    today = date(2026, 6, 30)

    asked = [
        week_asked({"uke": text}, on=today) for text in ("2026-W34", "2026-W60", "x", "9999-W01")
    ]

    assert [str(each) for each in asked] == ["2026-W34", *["2026-W27"] * 3]


def test_blocks_at_the_same_time_stand_beside_each_other() -> None:
    monday = drawn(
        entry(0, 480, 600, name="one"),
        entry(0, 540, 660, name="other"),
        entry(0, 660, 720, name="after"),
    ).columns[0]

    assert [(each.entry.name, each.lane, each.lanes) for each in monday.blocks] == [
        ("one", 1, 2),
        ("other", 2, 2),
        ("after", 1, 1),
    ]


def test_a_calendar_shows_the_hours_it_needs_and_weekends_that_are_used() -> None:
    small, large = drawn(entry(0, 510, 600)), drawn(entry(5, 425, 1055))

    assert (small.opens, small.closes, small.days) == (7, 16, 5)
    assert (large.opens, large.closes, large.days) == (7, 18, 6)


def test_a_break_strikes_sessions_and_a_public_day_off_everything() -> None:
    stay = entry(0, 480, 900, part=Part.PRACTICE)
    course = entry(0, 480, 900)

    def off(why: str) -> list[bool]:
        monday = drawn(stay, course, off={MONDAY: why}).columns[0]
        return [each.is_off for each in sorted(monday.blocks, key=lambda one: one.entry.part)]

    assert off("Høstferie") == [True, False]
    assert off("") == [True, True]


def test_days_off_are_told_as_people_would() -> None:
    autumn = {date(2026, 10, day): "Høstferie" for day in range(5, 12)}

    (said,) = gone_words(autumn)
    (one,) = gone_words({date(2026, 5, 14): ""})

    assert said.startswith("Høstferie 5.–9. okt. 2026: gruppene møtes ikke.")
    assert one == "Torsdag 14. mai 2026: offentlig fridag. Ingen møtes."


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (None, "fra uke 41 til den blir byttet"),
        (WEEK.sunday, "bare uke 41"),
        (date(2026, 10, 18), "fra uke 41 til og med uke 42"),
    ],
)
def test_when_a_timetable_holds_is_told_in_weeks(last: date | None, words: str) -> None:
    assert until_words(MONDAY, last) == words


def test_what_cannot_be_read_is_told_and_kept() -> None:
    week = read(QueryDict("start-3=halv+ni&end-3=15.30&start-4=08&end-4=&start-1=10&end-1=9"))

    assert week.hand.stays == ()
    assert (week.stays[3].start, week.stays[3].end) == ("halv ni", "15.30")
    assert "«halv ni»" in week.stays[3].problem
    assert "både når" in week.stays[4].problem
    assert "Slutten må komme etter" in week.stays[1].problem


def test_a_timetable_of_which_nothing_goes_on_holds_until_then() -> None:
    friday = date(2026, 7, 3)
    ends = Endings({date(2026, 6, 26): ["Jobbklubb"], friday: ["Norsk A2"]}, is_all=True)
    begin, replaced = date(2026, 6, 15), date(2026, 7, 5)

    assert holds_words(begin, None, is_replaced=False, endings=ends) == (
        "fra uke 25 til 3. jul. 2026: Norsk A2 slutter da; Jobbklubb bare til 26. jun. 2026"
    )
    assert holds_words(begin, replaced, is_replaced=True, endings=ends) == (
        "fra uke 25 til og med uke 27; Jobbklubb bare til 26. jun. 2026; "
        "fra uke 28 gjelder en annen"
    )
