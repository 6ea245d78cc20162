"""What the history of a person tells of plans, timetables and the intake: agreed, made, taken back.

They are rows of their own, apart from what the sheets and the forms say (``participants.history``).
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.intake.queries import intakes_of
from innpass.casework.participants.history import Event, FieldChange
from innpass.casework.participants.queries import Participant
from innpass.casework.plans.queries import versions_of
from innpass.casework.timetable.queries import every_timetable_of
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.web.design.templatetags.design import day

PLAN, TIMETABLE, INTAKE = "plan", "timetable", "intake"


def events_of_plans(person: Participant, *, actor: Actor) -> list[Event]:
    """Return what the viewer may know of a person's plans, timetables and intakes; five queries."""
    found: list[Event] = []
    if may_read(actor, "plan.version"):
        found += _plans(person, actor)
    if may_read(actor, "timetable.week"):
        found += _timetables(person, actor)
    if may_read(actor, "intake.term"):
        found += _intakes(person, actor)
    return found


def _plans(person: Participant, actor: Actor) -> Iterator[Event]:
    for version in versions_of(person):
        plan = version.plan
        if plan.agreed_on is None:
            told = _("Versjon %(number)s, påbegynt") % {"number": plan.number}
            yield Event(plan.begun_at, "", PLAN, changes=(_told("plan.version", told),))
            continue
        told = _("Versjon %(number)s, avtalt %(day)s") % {
            "number": plan.number,
            "day": day(plan.agreed_on),
        }
        yield Event(
            _moment(plan.agreed_on),
            str(plan.agreed_by or ""),
            PLAN,
            reason=plan.reason if may_read(actor, "plan.reason") else "",
            changes=(_told("plan.version", told),),
        )


def _timetables(person: Participant, actor: Actor) -> Iterator[Event]:
    may_reason = may_read(actor, "timetable.reason")
    for row in every_timetable_of(person.pk):
        values = {"week": _week(row.first_monday)}
        told = _("Fra %(week)s") % values
        if row.last_sunday and IsoWeek.of(row.last_sunday) == IsoWeek.of(row.first_monday):
            told = _("Bare %(week)s") % values
        elif row.last_sunday:
            told = _("Fra %(week)s til %(last)s") % {**values, "last": _week(row.last_sunday)}
        if row.is_proposed:
            told = _("%(when)s, foreslått av planleggeren") % {"when": told}
        yield Event(
            row.made_at,
            str(row.made_by or ""),
            TIMETABLE,
            reason=row.reason if may_reason else "",
            changes=(_told("timetable.week", told),),
        )
        if row.withdrawn_at is not None:
            since = _week(row.withdrawn_from or row.first_monday)
            ended = _("Trukket fra %(week)s") % {"week": since}
            yield Event(
                row.withdrawn_at,
                str(row.withdrawn_by or ""),
                TIMETABLE,
                reason=row.withdrawn_because if may_reason else "",
                changes=(FieldChange("timetable.week", told, ended),),
            )


def _intakes(person: Participant, actor: Actor) -> Iterator[Event]:
    may_reason = may_read(actor, "intake.reason")
    for row in intakes_of(person.pk, actor=actor):
        term = row.term.name
        yield Event(
            _moment(row.taken_in_on),
            "",
            INTAKE,
            reason=row.reason if may_reason else "",
            changes=(_told("intake.term", term),),
        )
        if row.left_on is not None:
            yield Event(
                _moment(row.left_on),
                "",
                INTAKE,
                reason=row.left_reason if may_reason else "",
                changes=(FieldChange("intake.term", term, _("Ute av terminen")),),
            )
        if row.placed_at is not None and may_read(actor, "intake.placement"):
            track = _("spor %(track)s") % {"track": row.track} if row.track else ""
            where = str(row.teaching_group or "")
            told = ", ".join(filter(None, (track, row.level, where)))
            yield Event(
                row.placed_at,
                str(row.placed_by or ""),
                INTAKE,
                reason=row.placement_reason,
                changes=(_told("intake.placement", told),),
            )


def _told(field: str, text: str) -> FieldChange:
    return FieldChange(field, "", text)


def _week(on: date) -> str:
    week = IsoWeek.of(on)
    return _("uke %(number)s i %(year)s") % {"number": week.number, "year": week.year}


def _moment(on: date) -> datetime:
    """Return the day as a moment: nobody noted the time."""
    return timezone.make_aware(datetime.combine(on, time()))
