"""A person's week on paper, in the person's own language: for the screen and as PDF."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import name_on_paper
from innpass.casework.timetable.calendars import Ahead, Entry, Eyes, weeks_of_person
from innpass.casework.timetable.tongues import Tongue, apart
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.sentences import clock_text
from innpass.exchange.pdf.printing import render_pdf

_MINUTES, _FRIDAY = 60, 4


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A stretch of a day in words; names and times are set apart from text that runs otherwise."""

    when: str
    what: str
    place: str


@dataclass(frozen=True, slots=True)
class PaperDay:
    """A day; ``said`` is a sentence where it is off."""

    name: str
    date: str
    said: str
    entries: tuple[PaperEntry, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A week on paper.

    Attributes:
        name: whose; empty where the address is protected, as are the places then.
        said: why there is no week; then there are no days.
    """

    language: str
    direction: str
    title: str
    week: str
    name: str
    said: str
    days: tuple[PaperDay, ...]
    hours: str
    printed: str


def paper_of(
    person: Participant, *, week: IsoWeek, tongue: Tongue, on: date, actor: Actor
) -> Paper:
    """Return a person's week for print. A fixed number of queries.

    Own appointments are named where the actor may read them; otherwise the time is taken.
    """
    eyes = Eyes(
        appointments=may_read(actor, "timetable.appointment"), places=not person.is_protected
    )
    (ahead,) = weeks_of_person(person.pk, begin=week, weeks=1, tongue=tongue, eyes=eyes)
    said = ""
    if not ahead.is_running:
        said = tongue.say("away")
    elif not ahead.has_week:
        said = tongue.say("no_week")
    return Paper(
        language=tongue.code,
        direction=tongue.direction,
        title=tongue.say("week"),
        week=tongue.say("number", number=week.number, year=week.year),
        name=_apart(name_on_paper(person), tongue),
        said=said,
        days=() if said else tuple(_days(ahead, tongue)),
        hours=tongue.say("hours", hours=_hours(ahead.counted_minutes, tongue)),
        printed=tongue.say("printed", day=_apart(f"{on:%d.%m.%Y}", tongue)),
    )


def pdf_of(paper: Paper, *, made_at: datetime) -> bytes:
    """Return the paper as tagged PDF, a page in landscape."""
    data: dict[str, Any] = asdict(paper)
    return render_pdf("week", data, made_at=made_at)


def _days(ahead: Ahead, tongue: Tongue) -> list[PaperDay]:
    found = []
    for number, name in enumerate(tongue.days):
        day = ahead.week.monday + timedelta(days=number)
        entries = [each for each in ahead.entries if each.on == day]
        if number > _FRIDAY and not entries:
            continue
        said = ""
        if day in ahead.closed:
            said = tongue.say("break" if ahead.closed[day] else "holiday")
        elif not entries:
            said = tongue.say("nothing")
        shown = tuple(_entry(each, tongue) for each in entries)
        heading = name[:1].upper() + name[1:]
        found.append(PaperDay(heading, _apart(f"{day:%d.%m}.", tongue), said, shown))
    return found


def _entry(each: Entry, tongue: Tongue) -> PaperEntry:
    when = f"{clock_text(each.start)}–{clock_text(each.end)}"
    return PaperEntry(_apart(when, tongue), each.title(tongue), _apart(each.place, tongue))


def _apart(text: str, tongue: Tongue) -> str:
    return apart(text) if tongue.direction == "rtl" else text


def _hours(minutes: int, tongue: Tongue) -> str:
    hours = f"{minutes / _MINUTES:.1f}".removesuffix(".0")
    return _apart(hours if tongue.code == "en" else hours.replace(".", ","), tongue)
