"""Calendar files keep the rules of RFC 5545, by a check of our own and by a library's reader."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from innpass.exchange.calendars.writing import Event, write_calendar

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
START = datetime(2026, 8, 17, 8, 30)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
_LINE = re.compile(rb"[A-Z0-9-]+(;[A-Z-]+=[^;:,\x00-\x1f]+)*:[^\x00-\x08\x0a-\x1f\x7f]*")
# A text value: no bare comma or semicolon, and a backslash only before one of four signs.
_TEXT = re.compile(r"(?:[^\\,;\n]|\\[\\,;nN])*")


def event(**changes: object) -> Event:
    values = {
        "uid": "a@innpass",
        "sequence": 0,
        "start": START,
        "end": START + timedelta(hours=5),
        "summary": "Norsk A1",
    }
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def written(*events: Event, name: str = "Min uke") -> bytes:
    return write_calendar(events, name=name, language="nb", stamped_at=AT)


def unfolded(content: bytes) -> list[bytes]:
    """Read the lines, and hold the content against 3.1: CRLF, 75 octets, whole letters."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is broken across two lines
    return content.replace(b"\r\n ", b"").split(b"\r\n")[:-1]


@settings(deadline=None)
@given(summary=TEXTS, place=TEXTS, name=TEXTS, note=TEXTS)
def test_any_text_keeps_the_form_and_comes_back(
    summary: str, place: str, name: str, note: str
) -> None:
    content = written(event(summary=summary, place=place, note=note), name=name)
    lines = unfolded(content)

    assert [line for line in lines if not _LINE.fullmatch(line)] == []
    texts = [
        line.partition(b":")[2].decode()
        for line in lines
        if line.startswith((b"SUMMARY", b"LOCATION", b"DESCRIPTION", b"NAME"))
    ]
    assert [text for text in texts if not _TEXT.fullmatch(text)] == []
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(found["SUMMARY"]) == kept(summary)
    if place:
        assert str(found["LOCATION"]) == kept(place)


def kept(text: str) -> str:
    """What is left of a text: line ends are line feeds, other control characters are gone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", lines)


def test_a_reader_finds_events_at_norwegian_time_in_summer_and_winter() -> None:
    winter = datetime(2026, 11, 2, 8, 30)
    content = written(event(), event(uid="b@innpass", start=winter, end=winter, sequence=3))
    calendar: Any = Calendar.from_ical(content)
    first, second = calendar.walk("VEVENT")

    assert first["DTSTART"].dt.astimezone(UTC).hour == 6
    assert second["DTSTART"].dt.astimezone(UTC).hour == 7
    assert (str(first["UID"]), int(second["SEQUENCE"])) == ("a@innpass", 3)
    assert first["DTSTAMP"].dt == AT
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone.to_tz().utcoffset(winter) == timedelta(hours=1)
    assert zone.to_tz().utcoffset(START) == timedelta(hours=2)


def test_what_the_standard_asks_for_stands_once_and_in_its_place() -> None:
    lines = unfolded(written(event()))

    assert lines[:3] == [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//Innpass//Innpass//NB"]
    assert lines[-1] == b"END:VCALENDAR"
    inside = lines[lines.index(b"BEGIN:VEVENT") : lines.index(b"END:VEVENT")]
    names = [re.split(rb"[;:]", line)[0] for line in inside]
    assert len(names) == len(set(names))
    assert {b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SEQUENCE", b"SUMMARY"} <= set(names)


def test_a_calendar_without_events_is_one_that_can_be_read() -> None:
    content = written()
    calendar = Calendar.from_ical(content)

    unfolded(content)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
