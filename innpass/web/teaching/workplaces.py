"""Workplaces: where they are, and when they take how many participants."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.timetable import places as services
from innpass.casework.timetable.keeping import DAYS, time_text
from innpass.casework.timetable.problems import rules_here
from innpass.domain.access.policy import Act, check_may, check_may_read, may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.fields import as_times
from innpass.web.design.gate import actor_of
from innpass.web.design.words import capitalised
from innpass.web.teaching.forms import WorkplaceForm
from innpass.web.teaching.pages import WorkplaceLine, WorkplacesPage
from innpass.web.teaching.tabs import tabs_for

if TYPE_CHECKING:
    from innpass.casework.timetable.models import Opening


@require_GET
def workplaces(request: HttpRequest) -> HttpResponse:
    """Show where participants can be, when, and how many are there."""
    actor = actor_of(request)
    check_may_read(actor, "timetable.week")
    check_may_read(actor, "placement.unit")
    known, others = _lines(actor)
    rules = rules_here()
    page = WorkplacesPage(
        tabs=tabs_for(actor, "workplaces"),
        known=known,
        others=others,
        may_keep=may(actor, Act.KEEP_WORKPLACES),
        usual=as_times(rules.opening_start, rules.opening_end),
    )
    return render(request, "teaching/workplaces.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def workplace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep where an employer takes participants, and when."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_WORKPLACES)
    employer = services.employers_seen_by(actor).filter(pk=pk).first()
    if employer is None:
        raise Http404
    stored = services.workplaces().get(employer.pk)
    form = WorkplaceForm(
        posted(request),
        workplace=stored,
        openings=list(stored.openings.all()) if stored else [],
        places=services.localities(),
    )

    def save() -> str:
        services.keep_workplace(
            employer=employer,
            locality=UUID(form.cleaned_data["locality"]),
            hours=form.hours,
            expected=expected(request),
            by=actor,
        )
        return reverse("teaching:workplaces")

    page = EditPage(
        title=employer.name,
        lead=_(
            "Skriv når deltakere kan være der, og hvor mange det er plass til samtidig. La en dag "
            "stå tom hvis arbeidsstedet ikke tar imot noen da."
        ),
        back_href=reverse("teaching:workplaces"),
        back=_("Arbeidssteder"),
        form=form,
        version=stored.version if stored else 0,
    )
    return answer(
        request,
        "teaching/workplace.html",
        page,
        parts=[form, *form.days],
        is_valid=form.is_valid,
        save=save,
        rows=lambda: form.days,
    )


def _lines(actor: Actor) -> tuple[tuple[WorkplaceLine, ...], tuple[WorkplaceLine, ...]]:
    """Return those with hours or with participants now or soon, and all others. Five queries."""
    places = services.workplaces()
    people = services.people_at(actor, on=today())
    keeps = may(actor, Act.KEEP_WORKPLACES)
    known: list[WorkplaceLine] = []
    others: list[WorkplaceLine] = []
    for each in services.employers_seen_by(actor).order_by("name", "pk"):
        row = places.get(each.pk)
        line = WorkplaceLine(
            name=each.name,
            href=reverse("teaching:workplace", args=[each.pk]) if keeps else "",
            place=row.locality.name if row else "",
            hours=_hours_words(list(row.openings.all())) if row else (),
            people=people[each.pk],
        )
        (known if row or people[each.pk] else others).append(line)
    return tuple(known), tuple(others)


def _hours_words(openings: "list[Opening]") -> tuple[str, ...]:
    """Write when it is open; days that follow one another with the same hours together."""
    found: list[list[Opening]] = []
    for each in sorted(openings, key=lambda one: one.day):
        last = found[-1][-1] if found else None
        if last and last.day + 1 == each.day and _of(last) == _of(each):
            found[-1].append(each)
        else:
            found.append([each])
    return tuple(_span_words(several) for several in found)


def _of(opening: "Opening") -> tuple[int, int, int]:
    return opening.start, opening.end, opening.seats


def _span_words(several: "list[Opening]") -> str:
    first, last = several[0], several[-1]
    days = capitalised(DAYS[first.day])
    if last is not first:
        days = f"{days}–{DAYS[last.day]}"
    seats = _("1 plass") if first.seats == 1 else _("%(seats)s plasser") % {"seats": first.seats}
    return f"{days} {time_text(first.start, first.end)} · {seats}"
