"""The course model as a card on the person's page: phase and week now, and what comes next."""

from datetime import date

from django.urls import reverse

from innpass.casework.overview.queries import Case
from innpass.casework.training.courses import life_of, versions
from innpass.casework.training.queries import measure_for
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.courses.following import course_place
from innpass.web.design.course_now import CourseNow, course_now

NEEDS = frozenset({"programme.start", "programme.track", "course.choice"})


def course_of(case: Case, *, actor: Actor, on: date) -> CourseNow | None:
    """Return the card; ``None`` where there is no model, or it has not begun. Three queries."""
    pk, start = case.participant.pk, case.enrolment.first_day
    track = case.schooling.track if case.schooling else None
    life = life_of(pk, start=start, track=track, away=case.leaves)
    every = versions()
    place = course_place(life, every, on=on)
    if place is None:
        return None
    return course_now(
        place,
        href=reverse("courses:person", args=[pk]),
        measure=measure_for(start, law=case.law.here if case.law else None),
        reads_reasons="course.reason" in readable(actor),
        versions=every,
    )
