"""The course models of the municipality, and the numbers their weeks are held against."""

from datetime import date

from innpass.casework.programme.readings import law_here
from innpass.domain.courses.counting import Measure
from innpass.domain.courses.model import CourseModel, Step
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.law.law import full_time_hours
from innpass.domain.sheets.fields import Activity


def models_here() -> tuple[CourseModel, ...]:
    """Return the course models: the latest intake first, a class counted in weeks after them."""
    latest = sorted(shipped_models().values(), key=lambda model: model.first_day, reverse=True)
    return tuple(sorted(latest, key=lambda model: model.step is Step.WEEK))


def measure_here(*, start: date) -> Measure:
    """Return the law's numbers for a programme that started on ``start``, as they are read here.

    Raises:
        NoSuchParameter: the law asked for no work-oriented hours of one who started then.
    """
    law = law_here()
    at = law.at(start)
    counts = at.value("work_oriented_activities")
    return Measure(
        full_time=full_time_hours(start=start, law=law),
        work_oriented=float(at.value("minimum_hours")),
        lesson_hours=float(at.value("lesson_hours")),
        oriented=frozenset(each for each in Activity if counts[each.value]),
        months_before=min(at.value("months_before_required").values()),
    )
