"""The course model that people follow, and the week it gives them, on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.training.models import Schooling
from innpass.domain.courses.following import Life, Standing, Version, standing
from innpass.domain.courses.model import WeekTemplate
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.periods import Period


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
        deviation_reason: why the week is not the ordinary one; empty where it is.
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
    for pk, where in standings(participants, on=on).items():
        if where.phase is None or not (where.track or where.deviation):
            continue
        model = where.version.model
        found[pk] = CourseWeek(
            model_name=model.name,
            track=next((each.name for each in model.tracks if each.id == where.track), ""),
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


def standings(participants: Collection[UUID], *, on: date) -> dict[UUID, Standing]:
    """Return where in which model some people are on a day. A fixed number of queries."""
    every = versions()
    found = {}
    for pk, life in lives(participants).items():
        where = standing(life, every, on=on)
        if where is not None:
            found[pk] = where
    return found


def versions() -> tuple[Version, ...]:
    """Return every version of every course model here, those that ship first."""
    return tuple(Version(model) for model in shipped_models().values())


def lives(participants: Collection[UUID]) -> dict[UUID, Life]:
    """Return what decides where people are in a course model. A fixed number of queries."""
    wanted = set(participants)
    starts = dict(
        Enrolment.objects.filter(participant__in=wanted).values_list("participant", "first_day")
    )
    tracks = dict(
        Schooling.objects.filter(participant__in=wanted).values_list("participant", "track")
    )
    away: dict[UUID, list[Period]] = {}
    for pk, first, last in Leave.objects.filter(participant__in=wanted).values_list(
        "participant", "first_day", "last_day"
    ):
        away.setdefault(pk, []).append(Period(first, last))
    return {
        pk: Life(
            start=starts.get(pk),
            track=str(tracks.get(pk) or ""),
            away=tuple(away.get(pk, ())),
        )
        for pk in wanted
    }
