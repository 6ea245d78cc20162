"""The course model as a card on the person's page: phase now, its weeks, and what comes next."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.training.queries import measure_here, models_here
from innpass.domain.courses.choosing import NoSuchPart, cell_of, model_for, phase_of
from innpass.domain.courses.counting import Measure, week_hours
from innpass.domain.courses.model import Alternative, CourseModel, Phase
from innpass.domain.law.parameters import NoSuchParameter
from innpass.web.design.templatetags.design import hours
from innpass.web.participant.pages import Course

NEEDS = frozenset({"programme.start", "programme.track"})


def course_of(*, start: date | None, month: int | None, track: int | None) -> Course | None:
    """Return the card: the model that was in use when the person began, which he or she keeps.

    Args:
        start: the first day of the programme.
        month: the month of the programme it is, the first is 1.
        track: the track at the learning centre.
    """
    model = model_for(models_here(), start) if start else None
    if start is None or month is None or model is None:
        return None
    name = next((each.name for each in model.tracks if each.id == str(track)), "")
    href = f"{reverse('courses:models')}#{model.id}"
    try:
        phase = phase_of(model, month)
    except NoSuchPart:
        return Course(href, model.name, track=name)
    following = phase_of(model, phase.last + 1) if phase.last < model.steps else None
    measure = _measure(start)
    return Course(
        href=href,
        model=model.name,
        track=name,
        phase=_named(phase),
        weeks=_weeks(model, phase, str(track), measure) if name else (),
        following=_named(following) if following else "",
        following_weeks=_weeks(model, following, str(track), measure) if name and following else (),
    )


def _measure(start: date) -> Measure | None:
    try:
        return measure_here(start=start)
    except NoSuchParameter:  # the law asked no hours of one who started then
        return None


def _named(phase: Phase) -> str:
    span = {"name": phase.name, "first": phase.first, "last": phase.last}
    return _("%(name)s (måned %(first)s til %(last)s)") % span


def _weeks(
    model: CourseModel, phase: Phase, track: str, measure: Measure | None
) -> tuple[str, ...]:
    cell = cell_of(model, phase.id, track)
    if not cell.alternatives:
        return (cell.says,)
    return tuple(_week(each, measure) for each in cell.alternatives)


def _week(alternative: Alternative, measure: Measure | None) -> str:
    name = alternative.name
    if alternative.from_step:
        name = _("%(week)s, fra måned %(month)s") % {
            "week": name,
            "month": alternative.from_step,
        }
    found = week_hours(alternative.template, measure) if measure else None
    if found is None or found.is_open:
        return name
    sums = {"week": name, "hours": hours(found.counted), "oriented": hours(found.work_oriented)}
    return _("%(week)s: %(hours)s i programmet, %(oriented)s av dem arbeidsrettet") % sums
