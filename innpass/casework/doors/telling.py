"""Telling the staff what an employer said: somebody who did not come is to be followed up."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from innpass.casework.doors.codes import Came
from innpass.casework.doors.entering import WEEKS_BACK
from innpass.casework.doors.models import ConfirmedDay
from innpass.casework.doors.queries import CONFIRMED
from innpass.casework.follow_up.told_by_others import ask
from innpass.casework.participants.queries import owner_expression, people_hidden_from
from innpass.casework.timetable.attended import Attendance
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet


@ask
def absent_days(actor: Actor, on: date) -> "QuerySet[Any]":
    """Return the days on which nobody came, as employers say, and nothing is noted by the staff.

    Those of the weeks that employers may confirm, so that what nobody sees to does not stand for
    ever.
    """
    rows: QuerySet[Any] = ConfirmedDay.objects.annotate(
        owning=owner_expression("case__participant")
    )
    if not may_read(actor, CONFIRMED):
        return rows.none()
    noted = Attendance.objects.filter(
        Q(participant=OuterRef("owning")) | Q(participant=OuterRef("case__participant")),
        on=OuterRef("on"),
        employer=OuterRef("case__employer"),
    )
    monday = on - timedelta(days=on.weekday(), weeks=WEEKS_BACK)
    rows = rows.filter(
        ~Exists(noted), case__withdrawn_at=None, came=Came.NONE, on__range=(monday, on)
    )
    if not actor.is_operator:
        rows = rows.exclude(owning__in=people_hidden_from(actor))
    return rows
