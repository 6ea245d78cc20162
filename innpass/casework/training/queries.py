"""The numbers of the law that the weeks of a course model are held against."""

from datetime import date

from innpass.casework.programme.readings import law_here
from innpass.domain.courses.counting import Measure
from innpass.domain.law.law import Law, full_time_hours
from innpass.domain.law.parameters import NoSuchParameter
from innpass.domain.sheets.fields import Activity


def measure_here(*, start: date, law: Law | None = None) -> Measure:
    """Return the law's numbers for a programme that started on ``start``, as they are read here.

    Args:
        law: as it is read here, where the caller has asked already.

    Raises:
        NoSuchParameter: the law asked for no work-oriented hours of one who started then.
    """
    law = law or law_here()
    at = law.at(start)
    counts = at.value("work_oriented_activities")
    return Measure(
        full_time=full_time_hours(start=start, law=law),
        work_oriented=float(at.value("minimum_hours")),
        lesson_hours=float(at.value("lesson_hours")),
        oriented=frozenset(each for each in Activity if counts[each.value]),
        months_before=min(at.value("months_before_required").values()),
    )


def measure_for(start: date | None, *, law: Law | None = None) -> Measure | None:
    """Return the law's numbers for a programme; ``None`` where the law asked for no such hours."""
    if start is None:
        return None
    try:
        return measure_here(start=start, law=law)
    except NoSuchParameter:
        return None
