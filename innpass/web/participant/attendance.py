"""A person's last four weeks in one line, on the person's page."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from innpass.casework.timetable.following_up import four_weeks, percent_of
from innpass.web.participant.pages import AttendanceSum

_MINUTES = 60


def attendance_of(participant: UUID, *, on: date) -> AttendanceSum | None:
    """Add up what was planned and attended; nothing where nothing is noted."""
    found = four_weeks(participant, on=on)
    if found is None:
        return None
    return AttendanceSum(
        percent=percent_of(found.attended, found.attended + found.absent),
        planned=found.planned / _MINUTES,
        attended=found.attended / _MINUTES,
        absent=found.absent / _MINUTES,
        unnoted=found.unnoted / _MINUTES,
        href=reverse("attendance:person", args=[participant]),
    )
