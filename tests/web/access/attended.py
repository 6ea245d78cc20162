"""Who came, in the town, with a reason that only some may read, and an address to subscribe to."""

from datetime import date, timedelta
from uuid import UUID

from innpass.casework.participants.models import Participant
from innpass.casework.timetable.addresses import make_address
from innpass.casework.timetable.attended import Attendance
from innpass.casework.timetable.models import Block, TeachingGroup, Timetable
from innpass.domain.access.roles import Actor

THEN = date(2026, 6, 22)
START = 510


def attend(person: Participant, group: UUID) -> None:
    """Let a person have been ill on a Monday of the group's."""
    held = TeachingGroup.objects.get(pk=group)
    week = Timetable.objects.create(
        municipality=person.municipality,
        participant=person,
        first_monday=THEN,
        last_sunday=THEN + timedelta(days=6),
    )
    planned = {
        "municipality": person.municipality,
        "start": START,
        "end": 810,
        "part": "course",
        "activity": "norwegian",
        "name": held.name,
        "counted_minutes": 450,
        "group": held,
    }
    Block.objects.create(timetable=week, day=0, lessons=6, **planned)
    Attendance.objects.create(
        participant=person, on=THEN, absent_minutes=300, kind="doctors_note", **planned
    )


def subscribe(person: Participant, *, by: Actor) -> str:
    """Return the secret of an address of a person's calendar."""
    return make_address(person, language="nb", by=by)
