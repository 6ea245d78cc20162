"""Editing a course model: every save is a new version, and nobody is moved by it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from innpass.casework.training.course_models import (
    EditedMeanwhile,
    begin_model,
    latest_of,
    save_model,
)
from innpass.casework.training.courses import versions
from innpass.casework.training.queries import measure_here
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.courses.editing import with_cell, with_frame
from innpass.domain.courses.faults import BadModel, Fault, sentence
from innpass.domain.courses.following import Version, latest
from innpass.domain.courses.model import Alternative, CourseModel
from innpass.exchange.clock import today
from innpass.web.courses.forms import FrameForm, NewModelForm, as_day
from innpass.web.courses.pages import EditPage, EditSums
from innpass.web.courses.problems import problems_in
from innpass.web.courses.week_forms import CellForm, WeekForm
from innpass.web.design.course_words import span_words, week_sums
from innpass.web.design.gate import actor_of


def _editor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    check_may(actor, Act.EDIT_COURSE_MODELS)
    return actor


def _latest(key: str) -> Version:
    found = latest_of(key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def new_model(request: HttpRequest) -> HttpResponse:
    """Begin a model as a copy of another, for those who begin on other days."""
    actor = _editor(request)
    sources = latest(versions())
    form = NewModelForm(
        request.POST if request.method == "POST" else None,
        sources=[each.model for each in sources],
        source=request.GET.get("fra", sources[0].model.id),
        first_day=today(),
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            row = begin_model(
                municipality=request.municipality,  # type: ignore[attr-defined]
                source=next(each for each in sources if each.model.id == said["source"]),
                name=said["name"],
                first_day=said["first_day"],
                last_day=said["last_day"],
                reason=said["reason"],
                on=today(),
                by=actor,
            )
        except BadModel as no:
            _tell(form, no.faults)
        else:
            messages.success(request, _("Modellen er laget. Endre rutene som skal være andre."))
            return HttpResponseRedirect(reverse("courses:model", args=[row.key]))
    page = EditPage(
        title=_("Ny modell"),
        model="",
        back_href=reverse("courses:models"),
        form=form,
        expected=0,
        problems=problems_in([form]),
    )
    return render(request, "courses/new.html", {"page": page}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """Change a model's name, intake, tracks and phases."""
    actor = _editor(request)
    version = _latest(key)
    posted = request.POST if request.method == "POST" else None
    form = FrameForm(posted, model=version.model, expected=version.number)
    parts: list[Form] = [form, *form.tracks, *form.phases]

    def page(**more: Any) -> EditPage:
        return EditPage(
            title=_("Faser, spor og opptak"),
            model=version.model.name,
            back_href=reverse("courses:model", args=[key]),
            form=form,
            problems=problems_in(parts),
            **{"expected": _seen(request, version), **more},
        )

    def changed() -> CourseModel:
        said = form.cleaned_data
        return with_frame(
            version.model,
            name=said["name"],
            first_day=said["first_day"],
            last_day=said["last_day"],
            tracks=form.new_tracks,
            phases=form.new_phases,
        )

    return _edit(request, "courses/frame.html", version, form, parts, page, changed, actor=actor)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def cell(request: HttpRequest, key: str, phase: str, track: str) -> HttpResponse:
    """Change the weeks of a cell; the sums follow what is typed."""
    actor = _editor(request)
    version = _latest(key)
    model = version.model
    found = next((each for each in model.phases if each.id == phase), None)
    if found is None or track not in {each.id for each in model.tracks}:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = CellForm(posted, model=model, phase=phase, track=track, expected=version.number)
    blocks = [block for week in form.weeks for block in week.blocks.filled]
    parts: list[Form] = [form, *form.kept, *blocks]

    def page(**more: Any) -> EditPage:
        problems = problems_in(parts)
        return EditPage(
            title=_("Endre ruten"),
            model=model.name,
            place=f"{found.name} ({span_words(model.step, found)})",
            back_href=reverse("courses:model", args=[key]),
            form=form,
            problems=problems,
            sums=_sums(form, is_in_programme=found.is_in_programme),
            **{"expected": _seen(request, version), **more},
        )

    def changed() -> CourseModel:
        said = form.cleaned_data
        return with_cell(
            model, phase, said["tracks"], form.alternatives, says=" ".join(said["says"].split())
        )

    return _edit(request, "courses/cell.html", version, form, parts, page, changed, actor=actor)


def _edit(
    request: HttpRequest,
    template: str,
    version: Version,
    form: Any,
    parts: list[Form],
    page: Callable[..., EditPage],
    changed: Callable[[], CourseModel],
    *,
    actor: Actor,
) -> HttpResponse:
    """Show a form about a model, draw it with more rows or other sums, or save what was typed."""
    if request.method != "POST":
        return render(request, template, {"page": page()})
    if request.POST.get("act"):
        is_part = request.headers.get("HX-Request") == "true"
        drawn = replace(page(), problems=())
        for part in parts:  # nobody has tried to save it yet
            part._errors = ErrorDict()  # type: ignore[attr-defined]
        return render(request, f"{template}#sums" if is_part else template, {"page": drawn})
    if not form.is_valid():
        return render(request, template, {"page": page()}, status=422)
    try:
        row = save_model(
            municipality=request.municipality,  # type: ignore[attr-defined]
            model=changed(),
            reason=form.cleaned_data["reason"],
            expected=form.cleaned_data["expected"],
            on=today(),
            by=actor,
        )
    except BadModel as no:
        _tell(form, no.faults)
        return render(request, template, {"page": page()}, status=422)
    except EditedMeanwhile as no:
        note = _(
            "Noen andre lagret versjon %(number)s mens du skrev. Det du skrev, står her fortsatt. "
            "Se først hva den andre lagret. Lagrer du igjen, blir det en ny versjon med det som "
            "står her."
        ) % {"number": no.latest.number}
        drawn = page(note=note, expected=no.latest.number)
        return render(request, template, {"page": drawn}, status=409)
    said = _(
        "Lagret som versjon %(number)s. Den gjelder dem som begynner fra %(day)s. Alle andre "
        "beholder versjonen de er på, til noen flytter dem."
    )
    first = changed().first_day
    since = as_day(first) if first > today() else _("i dag")
    messages.success(request, said % {"number": row.number, "day": since})
    return HttpResponseRedirect(reverse("courses:model", args=[version.model.id]))


def _seen(request: HttpRequest, version: Version) -> int:
    """Return the version that was on the screen when the form was opened."""
    text = request.POST.get("expected", "")
    return int(text) if text.isdecimal() and len(text) < 5 else version.number


def _sums(form: CellForm, *, is_in_programme: bool) -> tuple[EditSums, ...]:
    """Add up the weeks as they stand in the form."""
    measure = measure_here(start=today())
    read = [(week, _alternative(week)) for week in form.kept]
    later = [each.from_step for _week, each in read if each and each.from_step]
    found = []
    for week, each in read:
        sums = None
        if each is not None:
            is_first = not each.from_step and not each.replaces
            is_early = is_first and bool(later) and min(later) - 1 <= measure.months_before
            sums = week_sums(
                each.template, measure, is_in_programme=is_in_programme, is_early=is_early
            )
        found.append(EditSums(_name_of(week), sums))
    return tuple(found)


def _alternative(week: WeekForm) -> Alternative | None:
    """Return the week as it stands in the form; ``None`` where it cannot be read."""
    if not week.is_bound:
        return week.week
    return week.alternative(set()) if week.is_valid() else None


def _name_of(week: WeekForm) -> str:
    typed = week.data.get(week.add_prefix("name"), "") if week.is_bound else week.initial["name"]
    return str(typed).strip() or _("Uke %(n)s") % {"n": week.place + 1}


def _tell(form: Any, faults: Iterable[Fault]) -> None:
    """Put what is wrong with the model beside the field that can mend it."""
    for fault in faults:
        target, name = _field_of(form, fault)
        target.add_error(name, sentence(fault))


def _field_of(form: Any, fault: Fault) -> tuple[Form, str | None]:
    parts = fault.place.split(".")
    if parts[0] in form.fields:
        return form, parts[0]
    weeks = {week.cleaned_data["id"]: week for week in getattr(form, "kept", ())}
    if parts[0] == "cells" and len(parts) > 3:
        week = next((weeks[key] for key in weeks if key and key == parts[3]), None)
        week = week or next((each for key, each in weeks.items() if not key), None)
        if week is None:
            return form, None
        if len(parts) > 4 and parts[4].isdecimal():
            return week.blocks.filled[int(parts[4]) - 1], "days"
        return week, "name"
    if fault.code == "cell.silent":
        return form, "says"
    return form, None
