"""The course model that people follow, and the week it gives them, on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from innpass.casework.participants.queries import OWNER, family_of
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.training.models import (
    CourseChoice,
    CourseDeviation,
    CourseModelVersion,
    Schooling,
)
from innpass.domain.courses.following import (
    Choice,
    CoursePlace,
    Deviation,
    Life,
    Version,
    course_place,
)
from innpass.domain.courses.model import CourseModel, WeekTemplate
from innpass.domain.courses.reading import read_model, read_week
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.periods import Period

_FEW = 400  # people asked for one by one; more are found among all
_read: dict[UUID, CourseModel] = {}  # by version: a version never changes


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """The week that a person's course model gives on a day.

    Attributes:
        track: the name of the track, as is ``phase``.
        step: the month (or week) of the model, from 1.
        alternative: the name of the week; empty where the right to tuition is used up, and where
            somebody wrote the week for this person alone.
        template: ``None`` where the right to tuition is used up.
        is_suggested: nobody chose: the model is by the programme's start, the track the centre's.
        deviation_reason: why the week is not the ordinary one; empty where it is. Not all who may
            read the week may read it (``course.reason`` in the table of access).
    """

    model_name: str
    track: str
    phase: str
    step: int
    alternative: str
    template: WeekTemplate | None
    is_suggested: bool
    deviation_reason: str


def course_weeks(participants: Collection[UUID], *, on: date) -> dict[UUID, CourseWeek]:
    """Return the week of some people on a day. A fixed number of queries.

    Left out are those of whom nothing can be said: no programme, no model, no track, or it has not
    begun or is over.
    """
    found = {}
    for pk, where in course_places(participants, on=on).items():
        if where.phase is None or not (where.track or where.deviation):
            continue
        model = where.version.model
        found[pk] = CourseWeek(
            model_name=model.name,
            track=track_name(model, where.track),
            phase=where.phase.name,
            step=where.step,
            alternative=where.alternative.name if where.alternative else "",
            template=where.template,
            is_suggested=where.choice is None,
            deviation_reason=where.deviation.reason
            if where.deviation and not where.is_elsewhere
            else "",
        )
    return found


def track_name(model: CourseModel, track: str) -> str:
    """Return the name of a track; empty where the model has none such."""
    return next((each.name for each in model.tracks if each.id == track), "")


def course_places(participants: Collection[UUID], *, on: date) -> dict[UUID, CoursePlace]:
    """Return where in which model some people are on a day. A fixed number of queries."""
    every = versions()
    found = {}
    for pk, life in lives(participants).items():
        where = course_place(life, every, on=on)
        if where is not None:
            found[pk] = where
    return found


def versions() -> tuple[Version, ...]:
    """Return every version of every course model here, those that ship first. One query, or two."""
    rows = CourseModelVersion.objects.order_by("made_at", "number")
    known = list(rows.values_list("pk", "number", "made_on"))
    unread = [pk for pk, _number, _day in known if pk not in _read]
    if unread:
        contents = rows.filter(pk__in=unread).values_list("pk", "content")
        _read.update((pk, read_model(content)) for pk, content in contents)
    return (
        *(Version(model) for model in shipped_models().values()),
        *(Version(_read[pk], number, day) for pk, number, day in known),
    )


def lives(participants: Collection[UUID] | None) -> dict[UUID, Life]:
    """Return what decides where people are in a course model; ``None``: everybody. Five queries."""
    wanted = None if participants is None else set(participants)
    starts: dict[UUID, date | None] = dict(
        _of(Enrolment, wanted).values_list("participant", "first_day")
    )
    tracks = dict(_of(Schooling, wanted).values_list("participant", "track"))
    away: dict[UUID, list[Period]] = defaultdict(list)
    for pk, first, last in _of(Leave, wanted).values_list("participant", "first_day", "last_day"):
        away[pk].append(Period(first, last))
    choices, deviations = choices_of(wanted), deviations_of(wanted)
    people = {*starts, *choices, *deviations} if wanted is None else wanted
    return {
        pk: Life(
            start=starts.get(pk),
            track=str(tracks.get(pk) or ""),
            away=tuple(away.get(pk, ())),
            choices=tuple(as_choice(row) for row in choices.get(pk, ())),
            deviations=tuple(as_deviation(row) for row in deviations.get(pk, ())),
        )
        for pk in people
    }


def life_of(
    participant: UUID, *, start: date | None, track: int | None, away: Iterable[Leave]
) -> Life:
    """Return a person's life, where programme, track and leave are read already. Two queries."""
    return Life(
        start=start,
        track=str(track or ""),
        away=tuple(Period(each.first_day, each.last_day) for each in away),
        choices=tuple(as_choice(row) for row in choices_of([participant]).get(participant, ())),
        deviations=tuple(
            as_deviation(row) for row in deviations_of([participant]).get(participant, ())
        ),
    )


def _of(model: Any, wanted: set[UUID] | None) -> "QuerySet[Any]":
    rows: QuerySet[Any] = model.objects.all()
    return rows if wanted is None or len(wanted) > _FEW else rows.filter(participant__in=wanted)


def choices_of(
    participants: Collection[UUID] | None, *, also_withdrawn: bool = False
) -> Mapping[UUID, list[CourseChoice]]:
    """Return the choices that hold (or all), by person and in time; ``None``: of everybody.

    What was chosen for somebody who turned out to be a person's second is that person's, too.
    """
    return _decided(CourseChoice, participants, also_withdrawn=also_withdrawn)


def deviations_of(
    participants: Collection[UUID] | None, *, also_withdrawn: bool = False
) -> Mapping[UUID, list[CourseDeviation]]:
    """Return the deviations that hold (or all), as ``choices_of``."""
    return _decided(CourseDeviation, participants, also_withdrawn=also_withdrawn)


def _decided(
    model: Any, participants: Collection[UUID] | None, *, also_withdrawn: bool
) -> Mapping[UUID, list[Any]]:
    rows = model.objects.annotate(owner=OWNER).order_by("first_day", "made_at")
    if not also_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    if participants is not None and len(participants) <= _FEW:
        rows = rows.filter(family_of(participants))
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.select_related("made_by"):
        found[row.owner].append(row)
    return found


def as_choice(row: CourseChoice) -> Choice:
    """Return a stored choice as the domain knows it."""
    return Choice(row.first_day, row.key, row.number, row.track, row.reason)


def as_deviation(row: CourseDeviation) -> Deviation:
    """Return a stored deviation as the domain knows it."""
    template = read_week(row.template) if row.template else None
    return Deviation(row.first_day, row.last_day, row.alternative, template, row.reason)
