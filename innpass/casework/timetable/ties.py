"""Keeping what ties a participant: home, child care, days at the workplace, own appointments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import owned_by
from innpass.casework.timetable.keeping import (
    DAYS,
    CannotKeep,
    Fault,
    note,
    one_at_a_time,
    overlaps,
    time_text,
)
from innpass.casework.timetable.models import Appointment, Availability
from innpass.casework.timetable.queries import availability_of, timetables_of
from innpass.casework.timetable.services import follow
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor

MOST_APPOINTMENTS = 30


@dataclass(frozen=True, slots=True)
class TieValues:
    """When and from where somebody can; as in ``Availability``."""

    home_id: UUID | None
    care_id: UUID | None
    care_start: int | None
    care_end: int | None
    care_days: tuple[int, ...]
    stay_days: tuple[int, ...] | None
    shortest_stay: int | None
    longest_stay: int | None


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as typed; as in ``Appointment``.

    Attributes:
        pk: of the stored one; ``None`` for a new one.
        version: as it was on the screen.
        is_gone: it is to be taken away.
    """

    pk: UUID | None
    version: int
    name: str
    day: int
    start: int
    end: int
    locality_id: UUID | None
    activity: str
    first_day: date
    last_day: date | None
    is_gone: bool = False


def appointments_of(person: UUID) -> list[Appointment]:
    """Return somebody's appointments, past ones too, in order of time. One query.

    Those of somebody who turned out to be the person's second are the person's.
    """
    rows = owned_by(Appointment.objects.all(), [person])
    return list(rows.select_related("locality").order_by("first_day", "day", "start", "pk"))


@transaction.atomic
def keep_ties(
    *,
    participant: Participant,
    values: TieValues,
    appointments: Sequence[AppointmentRow],
    expected: int,
    by: Actor,
) -> None:
    """Store what ties somebody, all of it or nothing. Weeks in force stay as they are.

    Args:
        appointments: all of them, in the order of the screen; a stored one that is not among them
            stays.
        expected: the ``version`` of the availability on the screen; 0 where there was none.

    Raises:
        MayNot: ties or appointments are not theirs to write.
        CannotKeep: something ends before it begins, or two appointments are at the same time.
        ChangedMeanwhile: somebody else saved the ties meanwhile.
    """
    check_may_write(by, "timetable.ties")
    check_may_write(by, "timetable.appointment")
    municipality = one_at_a_time(by)
    if found := [*_faults_of_ties(values), *faults_of_appointments(appointments)]:
        raise CannotKeep(found)
    there = availability_of([participant.pk]).get(participant.pk)
    if (there.version if there else 0) != expected:
        raise ChangedMeanwhile(there or participant)
    said: dict[str, Any] = asdict(values)
    said["care_days"] = list(values.care_days)
    said["stay_days"] = None if values.stay_days is None else list(values.stay_days)
    if there is None or there.participant_id != participant.pk:
        Availability.objects.create(
            municipality_id=participant.municipality_id, participant=participant, **said
        )
    else:
        for name, value in said.items():
            setattr(there, name, value)
        # Saved whatever was changed, so that whoever has the same screen open is told.
        there.save_version(expected=expected, fields=tuple(said))
    _keep_appointments(participant, appointments)
    if timetables_of([participant.pk]):  # an appointment of the programme may have ended
        follow([participant.pk], municipality)
    note(by, action="keep_ties", kind="participant", subject=participant.pk)


def _keep_appointments(participant: Participant, rows: Sequence[AppointmentRow]) -> None:
    stored = {each.pk: each for each in appointments_of(participant.pk)}
    for each in rows:
        there = stored.get(each.pk) if each.pk else None
        if each.pk and there is None:
            raise ChangedMeanwhile(participant)
        if each.is_gone:
            if there is not None:
                there.delete()
            continue
        said = asdict(each)
        for name in ("pk", "version", "is_gone"):
            del said[name]
        if there is None:
            Appointment.objects.create(
                municipality_id=participant.municipality_id, participant=participant, **said
            )
        elif any(getattr(there, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(there, name, value)
            there.save_version(expected=each.version, fields=tuple(said))


def _faults_of_ties(values: TieValues) -> Iterator[Fault]:
    start, end = values.care_start, values.care_end
    if values.care_id is None and (start is not None or values.care_days):
        text = _("Velg hvor barnepasset er, eller ta bort tidene og dagene.")
        yield Fault("care", text)
    if values.care_id is not None:
        if start is None or end is None:
            yield Fault("care_time", _("Skriv når barnepasset er åpent, som 07.30–16.00."))
        elif end <= start:
            yield Fault("care_time", _("Slutten må komme etter starten, samme dag."))
        if not values.care_days:
            yield Fault("care_days", _("Velg hvilke dager det er barnepass."))
    if (
        values.shortest_stay is not None
        and values.longest_stay is not None
        and values.longest_stay < values.shortest_stay
    ):
        text = _("Den lengste dagen må være minst så lang som den korteste.")
        yield Fault("longest_stay", text)


def faults_of_appointments(rows: Sequence[AppointmentRow]) -> Iterator[Fault]:
    """Say which appointments cannot be meant: they end too early, or two are at the same time."""
    kept = [(at, each) for at, each in enumerate(rows) if not each.is_gone]
    for at, each in kept:
        if each.end <= each.start:
            yield Fault(f"{at}.time", _("Slutten må komme etter starten, samme dag."))
        if each.last_day is not None and each.last_day < each.first_day:
            yield Fault(f"{at}.last_day", _("Siste dag er før første dag. Rett en av dem."))
    for (_at, one), (at, other) in combinations(kept, 2):
        if _are_together(one, other):
            told: Mapping[str, Any] = {
                "one": one.name,
                "other": other.name,
                "day": DAYS[other.day],
                "time": time_text(max(one.start, other.start), min(one.end, other.end)),
            }
            text = _("«%(one)s» og «%(other)s» er samtidig på %(day)s, %(time)s. Flytt den ene.")
            yield Fault(f"{at}.time", text % told)


def _are_together(one: AppointmentRow, other: AppointmentRow) -> bool:
    return (
        overlaps((one.day, one.start, one.end), (other.day, other.start, other.end))
        and (one.last_day is None or other.first_day <= one.last_day)
        and (other.last_day is None or one.first_day <= other.last_day)
    )
