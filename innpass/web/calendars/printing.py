"""A person's week on paper: a page to print, and a PDF."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from innpass.casework.participants.queries import Participant, find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.paper import Paper, paper_of, pdf_of
from innpass.casework.timetable.tongues import TONGUES
from innpass.domain.access.policy import check_may_read
from innpass.domain.periods import IsoWeek
from innpass.exchange.clock import today
from innpass.web.calendars.assembling import week_link
from innpass.web.calendars.pages import Language, PaperPage
from innpass.web.design.gate import actor_of

_WEEK = timedelta(days=7)
_REACH = timedelta(days=2 * 366)


@require_GET
def paper(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """Show a week as it is printed, in one of the languages."""
    person, week, made = _asked(request, pk, language, "week_on_paper")

    def href(at: IsoWeek, code: str, name: str = "calendars:paper") -> str:
        return f"{reverse(name, args=[pk, code])}?{urlencode({'uke': str(at)})}"

    page = PaperPage(
        name=person.name,
        paper=made,
        languages=tuple(
            Language(one.code, one.name, one.direction, href(week, one.code), one.code == language)
            for one in TONGUES.values()
        ),
        week_label=_("Uke %(number)s, %(year)s") % {"number": week.number, "year": week.year},
        before=href(IsoWeek.of(week.monday - _WEEK), language),
        after=href(IsoWeek.of(week.monday + _WEEK), language),
        pdf_href=href(week, language, "calendars:pdf"),
        back=week_link("deltaker", person),
        calendar_href=reverse("calendars:calendar", args=["deltaker", pk]),
        is_protected=person.is_protected,
    )
    return render(request, "calendars/paper.html", {"page": page})


@require_GET
def pdf(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """Hand out a week as PDF; the name of the file names nobody."""
    _person, week, made = _asked(request, pk, language, "week_as_pdf")
    response = HttpResponse(pdf_of(made, made_at=timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="timeplan-{week}-{language}.pdf"'
    return response


def _asked(
    request: HttpRequest, pk: UUID, language: str, page: str
) -> tuple[Participant, IsoWeek, Paper]:
    actor, on = actor_of(request), today()
    check_may_read(actor, "timetable.week")
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    try:
        week = IsoWeek.parse(request.GET.get("uke", ""))
    except ValueError:
        week = IsoWeek.of(on)
    if abs(week.monday - on) > _REACH:
        week = IsoWeek.of(on)
    note_reading(participant=person, page=page, by=actor)
    return person, week, paper_of(person, week=week, tongue=TONGUES[language], on=on, actor=actor)
