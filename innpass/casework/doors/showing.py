"""What an employer is shown of a placement: a first name, days and hours, whom to call, the deal.

Nothing else of the person is read here, so nothing else can be shown (security.md 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.agreements.queries import Told, told_of
from innpass.casework.participants.queries import owner_of
from innpass.casework.timetable.queries import days_without_sessions, weeks_in_force
from innpass.domain.periods import IsoWeek
from innpass.domain.placing.agreement import Goal
from innpass.domain.placing.states import State
from innpass.domain.planning.solution import Part


@dataclass(frozen=True, slots=True)
class Contact:
    """The municipality's one contact person, as the agreement names her or him."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole of what an employer may see.

    Attributes:
        first_name: of the participant; empty where only a whole name is known.
        first_day, last_day: inclusive.
        days: weekday (Monday 0) with begin and end in minutes after midnight.
        minutes_per_week: ``None`` where nobody said.
        goals: codes; ``goal_text`` says more.
    """

    first_name: str
    first_day: date | None
    last_day: date | None
    days: tuple[tuple[int, int, int], ...]
    minutes_per_week: int | None
    contact: Contact
    tasks: str
    goals: tuple[Goal, ...]
    goal_text: str


def told_about(case: PlacementCase) -> Told:
    """Return what is told of a case: the placement of the rows and the agreement in force."""
    return told_of([case])[case.pk]


def is_agreed_and_not_over(case: PlacementCase, told: Told, *, on: date) -> bool:
    """Say whether there is an agreement, or a placement of a sheet, that has not ended."""
    return case.withdrawn_at is None and told.state(on=on) in (State.AGREED, State.RUNNING)


def shown_of(case: PlacementCase, told: Told) -> Shown:
    """Return what the employer of a case may see."""
    version = told.in_force
    return Shown(
        first_name=owner_of(case.participant).given_name,
        first_day=told.first_day,
        last_day=told.last_day,
        days=tuple((day, begin, end) for day, begin, end in version.days) if version else (),
        minutes_per_week=version.minutes_per_week if version else None,
        contact=_contact(case, version),
        tasks=version.tasks if version else "",
        goals=tuple(Goal(code) for code in version.goals) if version else (),
        goal_text=version.goal_text if version else "",
    )


def _contact(case: PlacementCase, version: AgreementVersion | None) -> Contact:
    """Whom the agreement names, reached as it says; else as the user is reached now."""
    named = version.contacts.get("supervisor", {}) if version else {}
    ours = case.supervisor
    if ours is None or named.get("name") not in (None, "", str(ours)):
        return Contact(named.get("name", ""), named.get("phone", ""), named.get("email", ""))
    return Contact(
        str(ours), named.get("phone", "") or ours.phone, named.get("email", "") or ours.email
    )


def planned_days(
    case: PlacementCase, told: Told, *, week: IsoWeek
) -> Mapping[date, tuple[int, int]]:
    """Return the days of a week at the employer, with begin and end in minutes after midnight.

    As agreed; of a placement that came with a sheet, as the timetable has it. Public holidays are
    left out. Days of a break are not: workplaces are open.
    """
    version, first, last = told.in_force, told.first_day, told.last_day
    days: dict[date, tuple[int, int]] = {}
    if version is not None and version.days:
        for day, begin, end in version.days:
            days[week.monday + timedelta(days=day)] = (begin, end)
    else:
        person = owner_of(case.participant).pk
        in_force = weeks_in_force({person}, week=week).get(person)
        for block in in_force.blocks if in_force else ():
            if block.part is Part.PRACTICE and block.employer == case.employer_id:
                days[block.on(week.monday)] = (block.start, block.end)
    closed = {day for day, why in days_without_sessions(week).items() if why == ""}
    return {
        day: times
        for day, times in sorted(days.items())
        if day not in closed and (first is None or day >= first) and (last is None or day <= last)
    }
