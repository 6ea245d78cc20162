"""Filling the page of one person's course, cut to what the viewer may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.timetable.telling import planned_for
from innpass.casework.training.courses import (
    as_deviation,
    choices_of,
    deviations_of,
    lives,
    track_name,
    versions,
)
from innpass.casework.training.queries import measure_for
from innpass.domain.access.policy import may_write, readable
from innpass.domain.access.roles import Actor
from innpass.domain.courses.counting import Measure, week_hours
from innpass.domain.courses.following import CoursePlace, Version, course_place, version_of
from innpass.domain.law.words import days_words
from innpass.web.courses.pages import EditSums, Problem
from innpass.web.design.course_now import CourseNow, course_now, deviation_name
from innpass.web.design.course_words import version_words
from innpass.web.design.templatetags.design import hours
from innpass.web.design.words import capitalised

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

_NEARLY = 0.01  # hours are stored as fractions


@dataclass(frozen=True, slots=True)
class Decided:
    """A choice or a deviation in the list.

    Attributes:
        when: its days; ``is_now`` says whether it holds today.
        reason: why; empty where none was given, or one may not read it.
        withdrawn_at: when it was taken back; ``None`` where it stands.
        href: where it is corrected; empty where it cannot be.
    """

    what: str
    when: str
    is_now: bool
    reason: str
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None
    href: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page ``courses/person.html``.

    ``now`` is ``None`` where there is no model, or it has not begun; ``planned`` says what the
    timetable in force holds, where that is other hours than the model's week; ``hides_reasons``
    says that there are reasons one may not read.
    """

    id: UUID
    name: str
    list_href: str
    now: CourseNow | None
    planned: str
    choices: tuple[Decided, ...]
    deviations: tuple[Decided, ...]
    may_write: bool
    hides_reasons: bool


@dataclass(frozen=True, slots=True)
class PersonFormPage:
    """The pages ``courses/choice.html`` and ``courses/deviation.html``.

    ``version`` is that of the row that is corrected.
    """

    name: str
    back_href: str
    form: Any
    is_new: bool
    version: int
    problems: tuple[Problem, ...] = ()
    note: str = ""
    sums: EditSums | None = None


def person_page(person: "Participant", *, actor: Actor, on: date, list_href: str) -> PersonPage:
    """Return the page. A fixed number of queries."""
    pk, every = person.pk, versions()
    life = lives([pk])[pk]
    place = course_place(life, every, on=on)
    reads = "course.reason" in readable(actor)
    writes = may_write(actor, "course.choice")
    chosen = choices_of([pk], also_withdrawn=True).get(pk, [])
    deviated = deviations_of([pk], also_withdrawn=True).get(pk, [])
    now, planned = None, ""
    if place is not None:
        measure = measure_for(life.start)
        if "timetable.week" in readable(actor):
            planned = _planned(place, measure, pk, start=life.start, on=on)
        now = course_now(
            place,
            href=reverse("courses:model", args=[place.version.model.id])
            + f"?versjon={place.version.number}",
            measure=measure,
            reads_reasons=reads,
            versions=every,
        )
    choices = []
    stands = [row for row in chosen if row.withdrawn_at is None]
    for row in chosen:
        version = version_of(every, row.key, row.number)
        model = version.model if version else None
        words = [
            model.name if model else row.key,
            version_words(version) if version and _is_one_of_many(version, every) else "",
            track_name(model, row.track) if model else row.track,
        ]
        follows = next((each for each in stands if each.first_day > row.first_day), None)
        is_now = row.withdrawn_at is None and row.first_day <= on
        choices.append(
            _decided(
                ", ".join(filter(None, words)),
                days_words(row.first_day, None),
                row,
                is_now=is_now and (follows is None or follows.first_day > on),
                reads=reads,
                href=reverse("courses:correct_choice", args=[pk, row.pk]) if writes else "",
            )
        )
    deviations = [
        _decided(
            deviation_name(as_deviation(row), place.version.model if place else None),
            days_words(row.first_day, row.last_day),
            row,
            is_now=row.withdrawn_at is None and as_deviation(row).period.contains(on),
            reads=reads,
            href=reverse("courses:correct_deviation", args=[pk, row.pk]) if writes else "",
        )
        for row in deviated
    ]
    return PersonPage(
        id=pk,
        name=person.name,
        list_href=list_href,
        now=now,
        planned=planned,
        choices=tuple(reversed(choices)),
        deviations=tuple(reversed(deviations)),
        may_write=writes,
        hides_reasons=not reads and any(row.reason for row in [*chosen, *deviated]),
    )


def _planned(
    place: CoursePlace, measure: Measure | None, pk: UUID, *, start: date | None, on: date
) -> str:
    """Say what the timetable of today holds; nothing where it is as much as the model's week."""
    if place.template is None or measure is None:
        return ""
    holds = next(
        (each for each in planned_for(pk, on=on, start=start) if each.first_day <= on), None
    )
    if holds is None:
        return ""
    week = week_hours(place.template, measure)
    pairs = ((holds.hours, week.counted), (holds.oriented, week.work_oriented))
    if not week.is_open and all(abs(one - other) < _NEARLY for one, other in pairs):
        return ""
    return _(
        "Timeplanen som gjelder nå, har andre timer: %(hours)s, %(oriented)s arbeidsrettet."
    ) % {
        "hours": hours(holds.hours),
        "oriented": hours(holds.oriented),
    }


def _is_one_of_many(version: Version, every: Sequence[Version]) -> bool:
    return version.number > 0 or any(
        each.number > 0 and each.model.id == version.model.id for each in every
    )


def _decided(what: str, when: str, row: Any, *, is_now: bool, reads: bool, href: str) -> Decided:
    return Decided(
        what=what,
        when=capitalised(when),
        is_now=is_now,
        reason=row.reason if reads else "",
        made_at=row.made_at,
        made_by=str(row.made_by or _("Kommandolinjen")),
        withdrawn_at=row.withdrawn_at,
        href=href if row.withdrawn_at is None else "",
    )
