"""Where somebody is in a course model today, in words: on the person's page and on the model's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from innpass.domain.courses.choosing import NoSuchPart, alternative_for, cell_of
from innpass.domain.courses.counting import Measure
from innpass.domain.courses.following import CoursePlace, Deviation, Version
from innpass.domain.courses.model import CourseModel, Phase
from innpass.domain.law.words import days_words
from innpass.web.design.course_words import (
    WeekSums,
    span_words,
    step_words,
    version_words,
    week_sums,
)


@dataclass(frozen=True, slots=True)
class CourseNow:
    """The model somebody follows, and where in it he or she is.

    Attributes:
        model: its name; ``version`` says which, where there are several; ``has_newer``.
        track: the name of the track; empty where nobody says which.
        is_suggested: nobody chose.
        phase: the phase now; empty where all are over. ``step`` is the month it is.
        days_away: days of leave that the months do not count.
        week: the name of this week; empty where there is none.
        sums: this week in words.
        says: what the model says where there is no week.
        others: the other weeks that the phase offers.
        deviation: from when to when this week is another; empty where it is the ordinary one.
        reason: why; empty where one may not read it.
        is_elsewhere: a deviation names a week that the phase does not offer.
        following: the next phase, ``next_on`` its first day, ``next_week`` its ordinary week.
    """

    href: str
    model: str
    version: str
    track: str
    is_suggested: bool
    has_newer: bool = False
    phase: str = ""
    step: str = ""
    days_away: int = 0
    week: str = ""
    sums: WeekSums | None = None
    says: str = ""
    others: tuple[str, ...] = ()
    deviation: str = ""
    reason: str = ""
    is_elsewhere: bool = False
    following: str = ""
    next_on: date | None = None
    next_week: str = ""


def course_now(
    place: CoursePlace,
    *,
    href: str,
    measure: Measure | None,
    reads_reasons: bool,
    versions: Sequence[Version] = (),
) -> CourseNow:
    """Put a place in words.

    Args:
        href: where the model stands.
        measure: the law's numbers for the person; ``None`` where it asks none.
        reads_reasons: whether the viewer may read why a week is another.
        versions: every version here.
    """
    version, model = place.version, place.version.model
    has_newer = any(each.model.id == model.id and each.number > version.number for each in versions)
    now = CourseNow(
        href=href,
        model=model.name,
        version=version_words(version) if version.number or has_newer else "",
        track=next((each.name for each in model.tracks if each.id == place.track), ""),
        is_suggested=place.choice is None,
        has_newer=has_newer,
    )
    if place.phase is None:
        return now
    deviation = place.deviation
    following = place.following
    return replace(
        now,
        phase=_named(model, place.phase),
        step=step_words(model.step, place.step),
        days_away=place.days_away,
        week=_week_name(place),
        sums=_sums(place, place.phase, measure),
        says=_silence(place, place.phase),
        others=_others(place, place.phase),
        deviation=days_words(deviation.first_day, deviation.last_day) if deviation else "",
        reason=deviation.reason if deviation and reads_reasons else "",
        is_elsewhere=place.is_elsewhere,
        following=_named(model, following) if following else "",
        next_on=place.next_on,
        next_week=_ordinary(model, following, place.track) if following else "",
    )


def deviation_name(deviation: Deviation, model: CourseModel | None) -> str:
    """Name the week of a deviation."""
    if deviation.template is not None:
        return _("Egen uke")
    cells = model.cells if model else ()
    weeks = (each for cell in cells for each in cell.alternatives)
    return next((each.name for each in weeks if each.id == deviation.alternative), "") or _(
        "En uke som modellen ikke har lenger"
    )


def _named(model: CourseModel, phase: Phase) -> str:
    return f"{phase.name} ({span_words(model.step, phase)})"


def _week_name(place: CoursePlace) -> str:
    if place.alternative:
        return place.alternative.name
    return _("Egen uke") if place.template else ""


def _sums(place: CoursePlace, phase: Phase, measure: Measure | None) -> WeekSums | None:
    if place.template is None:
        return None
    return week_sums(
        place.template,
        measure,
        is_in_programme=phase.is_in_programme,
        is_early=measure is not None and place.step <= measure.months_before,
    )


def _silence(place: CoursePlace, phase: Phase) -> str:
    if place.template is not None or not place.track:
        return ""
    return cell_of(place.version.model, phase.id, place.track).says


def _others(place: CoursePlace, phase: Phase) -> tuple[str, ...]:
    if not place.track:
        return ()
    cell = cell_of(place.version.model, phase.id, place.track)
    return tuple(
        each.name
        for each in cell.alternatives
        if each is not place.alternative and (each.from_step is None or each.from_step > place.step)
    )


def _ordinary(model: CourseModel, phase: Phase, track: str) -> str:
    try:
        found = alternative_for(model, track, phase.first)
    except NoSuchPart:
        return ""
    return found.name if found else cell_of(model, phase.id, track).says
