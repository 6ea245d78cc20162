"""Putting all who began in a term on a course model: preview, act, and taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.participants.queries import hidden_people
from innpass.casework.training import services
from innpass.casework.training.courses import track_name, versions
from innpass.casework.training.placing import Candidate, Outcome, candidates, chosen_in, terms
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.courses.following import Version
from innpass.exchange.clock import today
from innpass.web.courses.pages import Problem
from innpass.web.courses.placing_forms import TermForm
from innpass.web.courses.problems import problems_in
from innpass.web.design.course_words import version_words
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import month

_WRITES = "course.choice"
_LEFT = {
    Outcome.NO_TRACK: gettext_lazy("Sporet er ikke kjent. Før det inn først."),
    Outcome.NO_MODEL: gettext_lazy("Ingen modell gjelder for dem som begynte da."),
    Outcome.HAS_CHOICE: gettext_lazy("Har en modell noen har valgt."),
    Outcome.IS_THERE: gettext_lazy("Er på versjonen fra før."),
}


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Somebody in the list: what would be chosen (``mark`` says it in a word), or why nothing."""

    id: UUID
    name: str
    start: date
    href: str
    mark: str = ""
    model: str = ""
    track: str = ""
    first_day: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlacingPage:
    """The page ``courses/placing.html``.

    ``lines`` would be put on a model, ``left`` would not; ``None`` before a term is chosen.
    """

    form: TermForm
    problems: tuple[Problem, ...] = ()
    lines: tuple[PlacedLine, ...] | None = None
    left: tuple[PlacedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """The page ``courses/placed.html``: what one act did."""

    act: UUID
    lines: tuple[PlacedLine, ...]
    standing: int
    made_at: Any
    made_by: str


@require_http_methods(["GET", "HEAD", "POST"])
def placing(request: HttpRequest) -> HttpResponse:
    """Show what would be chosen for all who began in a term, and choose it for those ticked."""
    actor = actor_of(request)
    check_may_write(actor, _WRITES)
    every = versions()
    posted = request.POST if request.method == "POST" else None
    found = terms(actor=actor)
    names = {
        key: f"{month(date.fromisoformat(f'{key}-01'))} ({count})" for key, count in found.items()
    }
    form = TermForm(posted, terms=names, versions=every)
    if not form.is_valid():
        page = PlacingPage(form, problems_in([form]))
        status = 422 if form.is_bound else 200
        return render(request, "courses/placing.html", {"page": page}, status=status)
    said = form.cleaned_data
    target = form.target
    people = candidates(
        said["termin"],
        actor=actor,
        on=today(),
        target=target,
        first_day=said["fra"],
        reason=said["hvorfor"],
    )
    if request.POST.get("act") == "choose":
        return _choose(request, people, actor, is_first=target is None)
    page = PlacingPage(
        form,
        lines=tuple(_line(each) for each in people if each.choice),
        left=tuple(_line(each) for each in people if not each.choice),
    )
    return render(request, "courses/placing.html", {"page": page})


def _choose(
    request: HttpRequest, people: list[Candidate], actor: Actor, *, is_first: bool
) -> HttpResponse:
    ticked = set(request.POST.getlist("person"))
    # A line that says something else than it did in the preview is left out.
    chosen = {
        each.participant: each.choice
        for each in people
        if each.choice and mark_of(each.participant, each.choice) in ticked
    }
    act = services.choose_many(chosen=chosen, by=actor, is_first=is_first) if chosen else None
    if act is None:
        messages.info(request, _("Ingen ble satt på en modell. Se gjennom lista, og prøv på nytt."))
        return HttpResponseRedirect(reverse("courses:placing"))
    count = len(chosen_in(act, actor=actor))
    said = ngettext(
        "%(n)s deltaker er satt på modellen.", "%(n)s deltakere er satt på modellen.", count
    )
    if count < len(ticked):
        more = _("De andre var endret i mellomtiden og er som før.")
        said = f"{said} {more}"
    messages.success(request, said % {"n": count})
    return HttpResponseRedirect(reverse("courses:placed", args=[act]))


@require_GET
def placed(request: HttpRequest, act: UUID) -> HttpResponse:
    """Show what one act chose, so that it can be taken back."""
    actor = actor_of(request)
    check_may_write(actor, _WRITES)
    rows = chosen_in(act, actor=actor)
    if not rows:
        raise Http404
    every = {(each.model.id, each.number): each for each in versions()}
    lines = []
    for row in rows:
        version = every.get((row.key, row.number))
        why = ""
        if row.withdrawn_at:
            why = _("Tatt tilbake")
        elif row.version > 1:
            why = _("Rettet etterpå")
        lines.append(
            PlacedLine(
                id=row.participant_id,
                name=row.participant.name,
                start=row.first_day,
                href=reverse("courses:person", args=[row.participant_id]),
                model=_model_words(version),
                track=track_name(version.model, row.track) if version else row.track,
                first_day=row.first_day,
                why=why,
            )
        )
    page = PlacedPage(
        act=act,
        lines=tuple(lines),
        standing=sum(1 for row in rows if row.withdrawn_at is None and row.version == 1),
        made_at=rows[0].made_at,
        made_by=str(rows[0].made_by or _("Kommandolinjen")),
    )
    return render(request, "courses/placed.html", {"page": page})


@require_POST
def take_back(request: HttpRequest, act: UUID) -> HttpResponse:
    """Take back what one act chose."""
    actor = actor_of(request)
    check_may_write(actor, _WRITES)
    if not chosen_in(act, actor=actor):
        raise Http404
    count = services.take_back(act=act, hidden=hidden_people(actor), by=actor)
    said = ngettext("Tatt tilbake for %(n)s deltaker.", "Tatt tilbake for %(n)s deltakere.", count)
    messages.success(request, said % {"n": count})
    return HttpResponseRedirect(reverse("courses:placed", args=[act]))


def mark_of(participant: UUID, choice: Any) -> str:
    """Say in one word what a line of the preview would choose for whom."""
    return f"{participant}:{choice.key}:{choice.number}:{choice.track}:{choice.first_day}"


def _line(each: Candidate) -> PlacedLine:
    choice, version = each.choice, each.version
    return PlacedLine(
        id=each.participant,
        name=each.name,
        start=each.start,
        href=reverse("courses:person", args=[each.participant]),
        mark=mark_of(each.participant, choice) if choice else "",
        model=_model_words(version),
        track=track_name(version.model, choice.track) if version and choice else "",
        first_day=choice.first_day if choice else None,
        why=each.why or str(_LEFT.get(each.outcome, "")),
    )


def _model_words(version: Version | None) -> str:
    if version is None:
        return ""
    name = version.model.name
    return f"{name}, {version_words(version)}" if version.number else name
