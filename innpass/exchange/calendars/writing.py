"""Writing iCalendar (RFC 5545): events in Norwegian time, whole, in one piece."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

CONTENT_TYPE = "text/calendar; charset=utf-8"
ZONE = "Europe/Oslo"
_MAKER = "-//Innpass//Innpass//NB"
_READ_AGAIN = "PT12H"
_OCTETS = 75  # of a line, without its end (RFC 5545 3.1)
# Summer time as it has been since 1996; nothing older is written.
_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a calendar.

    Attributes:
        uid: the same whenever the event is written again, and no other's.
        sequence: grows when the event is changed.
        start, end: by the clock in Norway, without a time zone; the end is not included.
        place, note: empty where there is none.
    """

    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    place: str = ""
    note: str = ""


def write_calendar(
    events: Iterable[Event], *, name: str, language: str, stamped_at: datetime
) -> bytes:
    """Return a calendar as a file.

    Args:
        name: what a calendar program calls it.
        language: of the texts, as BCP 47 tag (``nb``).
        stamped_at: when what it says was last changed, with a time zone.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_MAKER}",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"X-WR-TIMEZONE:{ZONE}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_READ_AGAIN}",
        f"X-PUBLISHED-TTL:{_READ_AGAIN}",
        *_ZONE_LINES,
    ]
    for event in events:
        lines += _event(event, language, stamped_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, language: str, stamped_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;TZID={ZONE}:{event.start:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={ZONE}:{event.end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(event.summary)}"
    if event.place:
        yield f"LOCATION;LANGUAGE={language}:{_text(event.place)}"
    if event.note:
        yield f"DESCRIPTION;LANGUAGE={language}:{_text(event.note)}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """Write a text value: some signs are escaped, and no control character is left."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or (c >= " " and not "\x7f" <= c <= "\x9f"))
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """End a line, broken where it is too long, never inside a letter."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        # A line that goes on begins with a space, which counts.
        if len(piece) + len(octets) > _OCTETS - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
