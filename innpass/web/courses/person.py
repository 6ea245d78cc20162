"""One person's course: the model and track, every choice and deviation, and their forms."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.training import services
from innpass.casework.training.courses import (
    as_choice,
    as_deviation,
    choices_of,
    deviations_of,
    lives,
    versions,
)
from innpass.casework.training.queries import measure_for
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.courses.faults import Fault, sentence
from innpass.domain.courses.following import Choice, CoursePlace, Life, course_place, suggested
from innpass.exchange.clock import today
from innpass.web.courses.forms import as_day, typed_day
from innpass.web.courses.pages import EditSums
from innpass.web.courses.person_assembling import PersonFormPage, person_page
from innpass.web.courses.person_forms import OWN, ChoiceForm, DeviationForm
from innpass.web.courses.problems import problems_in
from innpass.web.design.course_words import week_sums
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

_WRITES = "course.choice"
_CHOICE, _DEVIATION = "courses/choice.html", "courses/deviation.html"


def _found(pk: UUID, actor: Actor) -> "Participant":
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    return person


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where somebody is in a course model, and all that was decided; it is noted."""
    actor = actor_of(request)
    check_may_read(actor, _WRITES)
    found = _found(pk, actor)
    note_reading(participant=found, page="course", by=actor)
    page = person_page(found, actor=actor, on=today(), list_href=list_href(request))
    return render(request, "courses/person.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Choose model and track from a day on, or correct a choice; or take it back."""
    actor = actor_of(request)
    check_may_write(actor, _WRITES)
    found = _found(pk, actor)
    stored = _row(choices_of([pk]).get(pk, ()), row)
    life, every = lives([pk])[pk], versions()
    form = ChoiceForm(
        _posted(request),
        versions=every,
        life=life,
        choice=as_choice(stored) if stored else _first_choice(life),
    )
    if request.POST.get("act") == "withdraw":
        return _withdraw(request, found, stored, actor)

    def save() -> None:
        services.choose(
            participant=found,
            choice=form.choice,
            by=actor,
            row=stored,
            expected=_expected(request),
        )

    return _answer(request, found, form, [form], save, _CHOICE, stored=stored, actor=actor)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def deviation(request: HttpRequest, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Enter, correct or end days with another week; or take them back."""
    actor = actor_of(request)
    check_may_write(actor, _WRITES)
    found = _found(pk, actor)
    stored = _row(deviations_of([pk]).get(pk, ()), row)
    life, every = lives([pk])[pk], versions()
    place = course_place(life, every, on=max(today(), stored.first_day if stored else today()))
    typed = typed_day(request.POST.get("first_day", ""))
    then = course_place(life, every, on=typed) if typed else None
    known = as_deviation(stored) if stored else None
    form = DeviationForm(
        _posted(request),
        places=(then, place),
        initial={
            "alternative": (known.alternative or OWN) if known else _another(place),
            "first_day": as_day(known.first_day if known else today()),
            "last_day": as_day(known.last_day) if known else "",
            "reason": known.reason if known else "",
        },
        template=known.template if known else None,
    )
    if request.POST.get("act") == "withdraw":
        return _withdraw(request, found, stored, actor)
    parts: list[Form] = [form, *(form.week.filled if form.is_own else ())]

    def save() -> None:
        services.deviate(
            participant=found,
            deviation=form.deviation,
            by=actor,
            row=stored,
            expected=_expected(request),
        )

    return _answer(
        request,
        found,
        form,
        parts,
        save,
        _DEVIATION,
        stored=stored,
        actor=actor,
        sums=_own_sums(form, life),
    )


def _answer(
    request: HttpRequest,
    found: "Participant",
    form: Any,
    parts: list[Form],
    save: Any,
    template: str,
    *,
    stored: Any,
    actor: Actor,
    sums: EditSums | None = None,
) -> HttpResponse:
    """Show a form about a person, draw it with more rows or other sums, or save what was typed."""

    def page(status: int, **more: Any) -> HttpResponse:
        drawn = PersonFormPage(
            name=found.name,
            back_href=reverse("courses:person", args=[found.pk]),
            form=form,
            is_new=stored is None,
            **{
                "version": _expected(request) or (stored.version if stored else 0),
                "problems": problems_in(parts) if status == 422 else (),
                "sums": sums,
                **more,
            },
        )
        part = "#sums" if request.headers.get("HX-Request") == "true" else ""
        return render(request, template + part, {"page": drawn}, status=status)

    if request.method != "POST":
        note_reading(participant=found, page="course", by=actor)
        return page(200)
    if request.POST.get("act"):
        note_reading(participant=found, page="course", by=actor)
        for part in parts:  # nobody has tried to save it yet
            part._errors = ErrorDict()  # type: ignore[attr-defined]
        return page(200)
    if not form.is_valid():
        return page(422)
    try:
        save()
    except services.CannotDecide as no:
        _tell(form, no.faults)
        return page(422)
    except ChangedMeanwhile as no:
        note = _(
            "Noen andre rettet dette mens du skrev. Det du skrev, står her fortsatt. Lagrer du "
            "igjen, gjelder det som står her. Se først hva den andre lagret."
        )
        if getattr(no.current, "withdrawn_at", None):
            note = _(
                "Noen andre trakk dette tilbake mens du skrev. Legg det inn som nytt i stedet."
            )
        return page(409, note=note, version=getattr(no.current, "version", 0))
    messages.success(request, _("Lagret."))
    return HttpResponseRedirect(reverse("courses:person", args=[found.pk]))


def _withdraw(
    request: HttpRequest, found: "Participant", stored: Any, actor: Actor
) -> HttpResponse:
    if stored is None:
        raise Http404
    try:
        services.withdraw(participant=found, row=stored, expected=_expected(request), by=actor)
    except ChangedMeanwhile:
        said = _("Noen andre endret dette i mellomtiden. Se gjennom det, og prøv på nytt.")
        messages.warning(request, said)
    else:
        messages.success(request, _("Trukket tilbake. Det som gjaldt før, gjelder igjen."))
    return HttpResponseRedirect(reverse("courses:person", args=[found.pk]))


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _row(rows: Iterable[Any], pk: UUID | None) -> Any:
    if pk is None:
        return None
    found = next((each for each in rows if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _expected(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _first_choice(life: Life) -> Choice:
    """Return what the form begins with: what holds now, or what we suggest."""
    if life.choices:
        return replace(
            max(life.choices, key=lambda each: each.first_day), first_day=today(), reason=""
        )
    ours = suggested(versions(), life.start) if life.start else None
    return Choice(
        life.start or today(), ours.model.id if ours else "", ours.number if ours else 0, life.track
    )


def _another(place: CoursePlace | None) -> str:
    """Return the week that a new deviation begins with: another one that the phase offers."""
    if place is None or place.phase is None or not place.track:
        return OWN
    for cell in place.version.model.cells:
        if cell.phase == place.phase.id and place.track in cell.tracks:
            others = (each.id for each in cell.alternatives if each is not place.alternative)
            return next(others, OWN)
    return OWN


def _own_sums(form: DeviationForm, life: Life) -> EditSums | None:
    """Add up the own week as it stands in the form."""
    if not form.is_own:
        return None
    is_read = not form.is_bound or form.week.is_valid()
    template = form.template if is_read else None
    sums = week_sums(template, measure_for(life.start)) if template and template.blocks else None
    return EditSums(_("Egen uke"), sums)


def _tell(form: Any, faults: Iterable[Fault]) -> None:
    for fault in faults:
        parts = fault.place.split(".")
        if parts[0] in form.fields:
            form.add_error(parts[0], sentence(fault))
        elif parts[0] == "week" and len(parts) > 1:
            form.week.filled[int(parts[1]) - 1].add_error("days", sentence(fault))
        else:
            form.add_error("alternative" if parts[0] == "week" else None, sentence(fault))
