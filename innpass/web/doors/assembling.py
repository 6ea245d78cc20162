"""Filling the screens of ways in for employers."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.doors.codes import Came
from innpass.casework.doors.entering import EmployerView
from innpass.casework.follow_up.asking import EMPLOYER_QUESTIONS, YES_OR_NO
from innpass.domain.following.voices import THEMES, Answer, Speaker, Theme
from innpass.domain.placing.resources import Audience, resources_for
from innpass.domain.placing.sentences import say
from innpass.domain.planning.sentences import clock_text
from innpass.web.design.pages import Link
from innpass.web.design.words import capitalised
from innpass.web.doors.pages import Choice, DayLine, EmployerPage, Question, VoiceForm

DAY_FIELD, ANSWER_FIELD = "dag-", "svar-"
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def employer_page(seen: EmployerView, *, chosen: Mapping[date, Came] | None = None) -> EmployerPage:
    """Return the employer's page; ``chosen`` is what was just sent and not kept."""
    shown = seen.shown
    return EmployerPage(
        pk=seen.pk,
        first_name=shown.first_name,
        first_day=shown.first_day,
        last_day=shown.last_day,
        weekdays=tuple(
            f"{capitalised(WEEKDAYS[day])} {times(start, end)}" for day, start, end in shown.days
        ),
        hours=_hours(shown.minutes_per_week),
        contact_name=shown.contact.name,
        contact_phone=shown.contact.phone,
        contact_email=shown.contact.email,
        tasks=shown.tasks,
        goals=tuple(capitalised(say(f"goal.{goal}")) for goal in shown.goals),
        goal_text=shown.goal_text,
        week=str(seen.week),
        week_label=_("Uke %(number)s") % {"number": seen.week.number},
        earlier_href=_href(seen.pk, str(seen.earlier)) if seen.earlier else "",
        later_href=_href(seen.pk, str(seen.later)) if seen.later else "",
        days=tuple(
            DayLine(
                name=f"{DAY_FIELD}{day.on.isoformat()}",
                on=day.on,
                times=times(day.start, day.end),
                choices=tuple(
                    Choice(one.value, str(one.label), one is (chosen or {}).get(day.on, day.came))
                    for one in Came
                ),
            )
            for day in seen.days
        ),
        needs_code=seen.needs_code,
        voice=voice_form() if seen.may_speak else None,
        links=resource_links(),
    )


def voice_form(
    answers: Mapping[Theme, str] | None = None,
    *,
    text: str = "",
    problem: str = "",
    code_problem: str = "",
) -> VoiceForm:
    """Return the questions to an employer; ``answers`` by theme is what was just sent."""
    given = answers or {}
    return VoiceForm(
        questions=tuple(
            Question(
                name=f"{ANSWER_FIELD}{theme}",
                text=str(EMPLOYER_QUESTIONS[theme]),
                choices=tuple(
                    Choice(answer.value, str(YES_OR_NO[answer]), given.get(theme) == answer)
                    for answer in Answer
                ),
            )
            for theme in THEMES[Speaker.EMPLOYER]
        ),
        text=text,
        problem=problem,
        code_problem=code_problem,
    )


def times(start: int, end: int) -> str:
    """Write two times of day as ``08.00–15.30``."""
    return f"{clock_text(start)}–{clock_text(end)}"


def resource_links() -> tuple[Link, ...]:
    """Return the public pages for employers."""
    return tuple(Link(each.title, each.url) for each in resources_for(Audience.EMPLOYER))


def _hours(minutes: int | None) -> str:
    if minutes is None:
        return ""
    number = f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return _("%(hours)s timer i uka") % {"hours": number}


def _href(pk: UUID, week: str) -> str:
    return f"{reverse('doors:employer', args=[pk])}?uke={week}#oppmote"
