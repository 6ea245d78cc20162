"""Days at an employer, three things apart: planned, noted by the staff, said by the employer."""

from dataclasses import dataclass
from datetime import date, timedelta

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told
from innpass.casework.doors.codes import Came
from innpass.casework.doors.entering import WEEKS_BACK
from innpass.casework.doors.queries import CONFIRMED, confirmed_days
from innpass.casework.doors.showing import planned_days
from innpass.casework.participants.queries import owner_of
from innpass.casework.timetable.marks import noted_between
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek


@dataclass(frozen=True, slots=True)
class ComparedDay:
    """A day on which somebody was to be there.

    Attributes:
        start, end: minutes after midnight.
        absent_minutes: as the staff noted it; ``None`` where nobody noted, or it may not be read.
        came: as the employer said it; ``None`` where the employer said nothing.
    """

    on: date
    start: int
    end: int
    absent_minutes: int | None
    came: Came | None

    @property
    def differs(self) -> bool:
        """Whether staff and employer say what cannot both be so."""
        if self.absent_minutes is None or self.came is None:
            return False
        noted = Came.ALL
        if self.absent_minutes:
            noted = Came.NONE if self.absent_minutes >= self.end - self.start else Came.PART
        return noted is not self.came


def compared_days(
    case: PlacementCase, told: Told, *, on: date, actor: Actor
) -> tuple[ComparedDay, ...]:
    """Return the days of the last weeks until ``on``, the last first. A fixed number of queries.

    Raises:
        MayNot: what employers confirm is not theirs to read.
    """
    check_may_read(actor, CONFIRMED)
    weeks = [IsoWeek.of(on - timedelta(weeks=back)) for back in range(WEEKS_BACK + 1)]
    first = weeks[-1].monday
    person = owner_of(case.participant).pk
    noted = {}
    if may_read(actor, "attendance.minutes"):
        rows = noted_between(first, on, among={person}).get(person, [])
        noted = {row.on: row.absent_minutes for row in rows if row.employer_id == case.employer_id}
    said = confirmed_days(case, first, on)
    planned = {
        day: times
        for week in weeks
        for day, times in planned_days(case, told, week=week).items()
        if day <= on
    }
    return tuple(
        ComparedDay(
            day,
            *planned[day],
            absent_minutes=noted.get(day),
            came=Came(said[day].came) if day in said else None,
        )
        for day in sorted(planned, reverse=True)
    )
