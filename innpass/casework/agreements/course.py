"""The vocational Norwegian course that begins with a placement: proposed, with what clashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from innpass.casework.timetable.groups import groups_between
from innpass.casework.timetable.queries import weeks_in_force
from innpass.domain.periods import IsoWeek
from innpass.domain.placing.clashes import WEEKDAYS, Days
from innpass.domain.planning.sentences import clock_text
from innpass.domain.sheets.fields import Activity


@dataclass(frozen=True, slots=True)
class CourseOffer:
    """A group of vocational Norwegian.

    Attributes:
        when: its sessions, in words.
        clashes: what is at the same time, a sentence each; empty where nothing is.
    """

    group: UUID
    name: str
    when: str
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What is to be said of the course: that somebody is in it, or the groups that there are."""

    has_it: bool
    offers: tuple[CourseOffer, ...]


def course_for(person: UUID, *, days: Days, begins: date) -> Course:
    """Return the groups of vocational Norwegian that go when a placement begins. Eight queries.

    Those without a clash come first. What is held against them is the agreement's days and the
    person's week in force, but for practice, which the agreement takes the place of.
    """
    week = weeks_in_force([person], week=IsoWeek.of(begins)).get(person)
    blocks = week.blocks if week else ()
    groups = [
        each
        for each in groups_between(begins, begins)
        if each.activity == Activity.VOCATIONAL_NORWEGIAN
    ]
    if any(each.activity is Activity.VOCATIONAL_NORWEGIAN for each in blocks):
        return Course(has_it=True, offers=())
    busy = [(*each, "praksisen") for each in days]
    busy += [
        (int(each.day), each.start, each.end, each.name or "noe i timeplanen")
        for each in blocks
        if each.activity is not Activity.PRACTICE
    ]
    offers = []
    for group in groups:
        sessions = [(each.day, each.start, each.end) for each in group.sessions.all()]
        offers.append(
            CourseOffer(
                group=group.pk,
                name=group.name,
                when="; ".join(
                    f"{WEEKDAYS[day]} {clock_text(start)}–{clock_text(end)}"
                    for day, start, end in sorted(sessions)
                ),
                clashes=tuple(_clashes(sessions, busy)),
            )
        )
    return Course(False, tuple(sorted(offers, key=lambda each: (bool(each.clashes), each.name))))


def _clashes(
    sessions: list[tuple[int, int, int]], busy: list[tuple[int, int, int, str]]
) -> Iterator[str]:
    for day, start, end in sorted(sessions):
        for there, begin, stop, name in busy:
            if day == there and start < stop and begin < end:
                times = f"{clock_text(begin)}–{clock_text(stop)}"
                yield f"{WEEKDAYS[day].capitalize()} {times}: {name}."
