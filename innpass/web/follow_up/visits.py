"""A visit to a workplace: booking it, filling it in while it goes on, correcting it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.forms import MultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from innpass.casework.drafts.queries import draft_of
from innpass.casework.follow_up import services
from innpass.casework.follow_up.cases import case_for, case_or_none, placement_or_none
from innpass.casework.follow_up.prompts import PROMPTS
from innpass.casework.follow_up.queries import find_visit, told_of_person, visits_of
from innpass.casework.follow_up.refusing import Refused
from innpass.casework.follow_up.visiting import open_visit
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.tongues import DEFAULT, TONGUES
from innpass.domain.access.policy import check_may_read, check_may_write, may_write, readable
from innpass.domain.access.roles import Actor
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import THEMES, GivenBy, Interpreter, Speaker, Theme
from innpass.exchange.clock import today
from innpass.web.design.drafting import (
    draft_for,
    forget,
    keeps_what_was_typed,
    remember_saved,
)
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.design.words import capitalised
from innpass.web.follow_up import words
from innpass.web.follow_up.assembling import (
    missing_line,
    trail_to,
    visit_line,
    voice_line,
)
from innpass.web.follow_up.board import person_href
from innpass.web.follow_up.forms import (
    BookForm,
    CloseForm,
    CooperationForm,
    HeldForm,
    MissingForm,
    VoiceForm,
)
from innpass.web.follow_up.pages import FormPage, VisitForms
from innpass.web.follow_up.people import person_or_404
from innpass.web.follow_up.saving import expected, saved

if TYPE_CHECKING:
    from innpass.casework.agreements.models import PlacementCase
    from innpass.casework.drafts.models import Draft
    from innpass.casework.follow_up.models import EvaluationVisit, MissingForHire, Voice
    from innpass.casework.participants.models import Participant
    from innpass.casework.placements.models import Placement

_SPEAKERS = {
    VisitKind.EVALUATION: (Speaker.PARTICIPANT, Speaker.EMPLOYER),
    VisitKind.LANGUAGE: (Speaker.TEACHER,),
    VisitKind.COOPERATION: (),
}
_SPARE = 1  # rows for what else is missing
_TEMPLATE = "follow_up/visit.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visit's form is about.

    Attributes:
        visit: the stored one; ``None`` where a new one is noted.
        case: ``None`` while the placement has none, which is made when something is saved.
        key: tells the form's draft from others.
    """

    person: "Participant"
    kind: VisitKind
    key: str
    visit: "EvaluationVisit | None" = None
    case: "PlacementCase | None" = None
    placement: "Placement | None" = None

    @property
    def unit(self) -> str:
        """Where the visit goes."""
        if self.case is not None:
            return str(self.case.employer.name)
        employer = self.placement.employer if self.placement else None
        return str(employer.name) if employer else ""

    def case_made(self, *, by: Actor, on: date) -> "PlacementCase":
        """Return the case, made where the placement came with a sheet."""
        if self.case is not None:
            return self.case
        if self.placement is None:
            raise ValueError("a visit is to a placement or a case")
        return case_for(self.placement, by=by, on=on)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def new_visit(request: HttpRequest, pk: UUID, place: UUID, slug: str) -> HttpResponse:
    """Note a visit to one of somebody's placements, or agree a day for it.

    ``place`` is the case, or the placement where it has none yet.
    """
    actor = actor_of(request)
    check_may_read(actor, "follow_up.visit")
    if slug not in list(VisitKind):
        raise Http404
    kind = VisitKind(slug)
    services.check_may_visit(actor, kind)
    person = person_or_404(pk, actor=actor)
    case = case_or_none(person, place, actor=actor)
    placement = placement_or_none(person, place)
    if case is None and placement is None:
        raise Http404
    booked = open_visit(case, kind) if case else None
    if booked is not None and request.method != "POST":
        return HttpResponseRedirect(reverse("follow_up:visit", args=[booked.pk]))
    about = case.pk if case else placement.pk if placement else ""
    asked = Asked(person, kind, f"visit:{kind.value}:{about}", None, case, placement)
    if request.POST.get("act") == "book":
        return _book(request, asked, actor=actor)
    return _form(request, asked, actor=actor)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a visit; whoever makes such visits fills it in or corrects it."""
    actor = actor_of(request)
    check_may_read(actor, "follow_up.visit")
    if request.method == "POST":
        check_may_write(actor, "follow_up.visit")
    found = find_visit(pk, actor=actor)
    if found is None or found.called_off_on is not None:
        raise Http404
    person = owner_of(found.case.participant)
    kind = VisitKind(found.kind)
    asked = Asked(person, kind, f"visit:{pk}", found, found.case)
    is_theirs = may_write(actor, "follow_up.visit") and may_write(
        actor, "follow_up.norwegian" if kind is VisitKind.LANGUAGE else "follow_up.voice"
    )
    if not is_theirs:
        if request.method == "POST":
            services.check_may_visit(actor, kind)
        note_reading(participant=person, page="visit", by=actor)
        return _read(request, asked, found, actor=actor)
    if request.POST.get("act") == "book":
        return _book(request, asked, actor=actor)
    return _form(request, asked, actor=actor)


@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a booked visit up, and say why."""
    actor = actor_of(request)
    check_may_write(actor, "follow_up.visit")
    found = find_visit(pk, actor=actor)
    if found is None:
        raise Http404
    person = owner_of(found.case.participant)
    asked = Asked(person, VisitKind(found.kind), f"visit:{pk}", found, found.case)

    def save() -> str:
        services.call_off(
            found,
            because=request.POST.get("because", ""),
            by=actor,
            on=today(),
            expected=expected(request),
        )
        return person_href(person.pk)

    services.check_may_visit(actor, asked.kind)
    try:
        href = save()
    except Refused as no:
        return _shown(request, asked, None, actor=actor, status=422, note=str(no))
    return HttpResponseRedirect(href)


def _read(
    request: HttpRequest, asked: Asked, stored: "EvaluationVisit", *, actor: Actor
) -> HttpResponse:
    every = visits_of([stored.case_id])[stored.case_id]
    told = next(each for each in every if each.visit.pk == stored.pk)
    page = FormPage(
        title=capitalised(str(words.VISITS[asked.kind])),
        name=asked.person.name,
        trail=trail_to(asked.person, capitalised(str(words.VISITS[asked.kind]))),
        lead=asked.unit,
        form=None,
        submit="",
        back_href=person_href(asked.person.pk),
        extra=visit_line(told, actor=actor),
    )
    return render(request, "follow_up/visit_read.html", {"page": page})


def _book(request: HttpRequest, asked: Asked, *, actor: Actor) -> HttpResponse:
    form = BookForm(request.POST, prefix="book", auto_id="id_%s")

    def save() -> str:
        with transaction.atomic():
            case = asked.case_made(by=actor, on=today())
            services.book(
                case,
                asked.kind,
                form.cleaned_data["day"],
                by=actor,
                on=today(),
                expected=expected(request),
            )
        return person_href(asked.person.pk)

    return saved(
        request,
        [form],
        save,
        said=_("Besøket er avtalt."),
        again=lambda status, note, version: _shown(
            request, asked, None, actor=actor, status=status, note=note, booking=form, now=version
        ),
    )


def _form(request: HttpRequest, asked: Asked, *, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        note_reading(participant=asked.person, page="visit", by=actor)
        kept = draft_of(asked.key, user_id=actor.user_id)
        return _shown(request, asked, kept, actor=actor)
    if request.POST.get("act") == "discard":
        forget(asked.key, actor=actor)
        return HttpResponseRedirect(request.get_full_path())
    on = today()
    forms = _forms(asked, request.POST, actor=actor, on=on)
    wanted = [each for each in forms.missing if each.is_filled]
    parts = [forms.held, *forms.voices, *(form for _line, form in forms.closing), *wanted]

    def save() -> str:
        with transaction.atomic():
            case = asked.case_made(by=actor, on=on)
            made = services.hold(
                case,
                asked.kind,
                forms.held.values,
                {each.speaker: each.said for each in forms.voices},
                visit=asked.visit,
                by=actor,
                on=on,
                expected=expected(request),
            )
            still = {row.pk: row for row in _open(asked, actor=actor)}
            for line, form in forms.closing:
                row, how = still.get(line.pk), form.how
                if row is not None and how is not None:
                    services.close_missing(
                        row,
                        how,
                        text=form.cleaned_data["closed_text"],
                        by=actor,
                        on=on,
                        expected=row.version,
                        visit=made,
                    )
            for each in wanted:
                services.name_missing(
                    asked.person, each.lacking, by=actor, on=on, case=case, visit=made
                )
        return person_href(asked.person.pk)

    answer = saved(
        request,
        parts,
        save,
        said=_("%(kind)s er ført.") % {"kind": capitalised(str(words.VISITS[asked.kind]))},
        again=lambda status, note, version: _shown(
            request, asked, None, actor=actor, status=status, note=note, bound=forms, now=version
        ),
    )
    if answer.status_code == 302:
        remember_saved(request, answer, key=asked.key, actor=actor)
    return answer


def _open(asked: Asked, *, actor: Actor) -> "list[MissingForHire]":
    """Return what is missing still, in the order of the form."""
    if asked.kind is VisitKind.LANGUAGE or not may_write(actor, "follow_up.missing"):
        return []
    told = told_of_person(asked.person, actor=actor, on=today())
    return [row for row in told.missing if row.closed_on is None]


def _forms(
    asked: Asked,
    data: Any,
    *,
    actor: Actor,
    on: date,
    kept: Mapping[str, Sequence[str]] | None = None,
) -> VisitForms:
    held_form = CooperationForm if asked.kind is VisitKind.COOPERATION else HeldForm
    held = held_form(data, initial=_initial(asked, on=on))
    if not may_write(actor, "follow_up.note"):
        del held.fields["internal"]
    told = told_of_person(asked.person, actor=actor, on=on)
    rows = _open(asked, actor=actor)
    is_about_hire = asked.kind is not VisitKind.LANGUAGE and may_write(actor, "follow_up.missing")
    spare = _SPARE if is_about_hire else 0
    return VisitForms(
        held=held,
        voices=tuple(
            _voice_form(asked, speaker, data, kept, actor=actor)
            for speaker in _SPEAKERS[asked.kind]
        ),
        closing=tuple(
            (missing_line(row, told, on=on), CloseForm(data, prefix=f"close-{row.pk}"))
            for row in rows
        ),
        missing=tuple(
            MissingForm(
                data,
                prefix=f"new-{n}",
                initial={"owner": "practice_supervisor", "owner_name": actor.name},
            )
            for n in range(spare)
        ),
        tongues=tuple(
            (code, TONGUES[code].name) for code in PROMPTS if code != DEFAULT and code in TONGUES
        )
        if Speaker.PARTICIPANT in _SPEAKERS[asked.kind]
        else (),
    )


def _initial(asked: Asked, *, on: date) -> dict[str, Any]:
    stored = asked.visit
    if stored is None:
        return {"day": f"{on:%d.%m.%Y}"}
    day = stored.held_on or on
    return {
        "day": f"{day:%d.%m.%Y}",
        "told": stored.told,
        "internal": stored.internal,
        "present": stored.present,
        "others": stored.others,
        "schemes": stored.schemes,
    }


def _voice_form(
    asked: Asked,
    speaker: Speaker,
    data: Any,
    kept: Mapping[str, Sequence[str]] | None,
    *,
    actor: Actor,
) -> VoiceForm:
    """Return what asks for a voice, and shows what the employer gave without help.

    Where staff wrote the employer's words down, too, those are corrected as before. What somebody
    typed before they could see that there are own words is shown still, to be moved elsewhere.
    """
    voices = _stored_voices(asked, speaker)
    own = next((each for each in voices if each.given_by == GivenBy.DOOR), None)
    written = next((each for each in voices if each.given_by != GivenBy.DOOR), None)
    words_typed = (*(theme.value for theme in THEMES[speaker]), "text")
    typed = any(
        "".join(each.get(f"{speaker.value}-{name}") or ()).strip()
        for each in (data, kept)
        if each
        for name in words_typed
    )
    return VoiceForm(
        data,
        speaker=speaker,
        initial=_voice_initial(written),
        heard=voice_line(own, may=readable(actor)) if own else None,
        asks=own is None or written is not None or typed,
    )


def _stored_voices(asked: Asked, speaker: Speaker) -> "Sequence[Voice]":
    if asked.visit is None:
        return ()
    every = visits_of([asked.visit.case_id]).get(asked.visit.case_id, ())
    voices = next((each.voices for each in every if each.visit.pk == asked.visit.pk), {})
    return voices.get(speaker, ())


def _voice_initial(voice: "Voice | None") -> dict[str, Any]:
    if voice is None:
        return {"given_by": GivenBy.ORALLY.value, "interpreter": Interpreter.NONE.value}
    return {
        **voice.answers,
        Theme.LANGUAGE.value: voice.norwegian,
        "text": voice.text,
        "norwegian_text": voice.norwegian_text,
        "given_by": voice.given_by,
        "interpreter": voice.interpreter,
        "given_in": voice.given_in,
    }


def _shown(
    request: HttpRequest,
    asked: Asked,
    kept: "Draft | None",
    *,
    actor: Actor,
    status: int = 200,
    note: str = "",
    bound: VisitForms | None = None,
    booking: BookForm | None = None,
    now: int | None = None,
) -> HttpResponse:
    on = today()
    content = kept.content if kept is not None else None
    forms = bound or _forms(asked, None, actor=actor, on=on, kept=content)
    if kept is not None:
        _fill(forms, kept.content)
    stored = asked.visit
    booked = stored.booked_for if stored and stored.held_on is None else None
    version = now if now is not None else stored.version if stored else 0
    if request.method == "POST" and status != 409:
        version = expected(request)
    title = capitalised(str(words.VISITS[asked.kind]))
    page = FormPage(
        title=title,
        name=asked.person.name,
        trail=trail_to(asked.person, title),
        lead=asked.unit,
        form=forms,
        submit=_("Lagre besøket"),
        back_href=person_href(asked.person.pk),
        version=version,
        note=note,
        facts=((_("Avtalt"), day_text(booked)),) if booked else (),
        parts=(forms.held, *forms.parts[1:], *((booking,) if booking else ())),
        draft=draft_for(asked.key, actor=actor, restored_at=kept.kept_at if kept else None),
        was_posted=request.method == "POST",
        extra={
            "booking": booking or BookForm(prefix="book", auto_id="id_%s"),
            "may_book": stored is None or stored.held_on is None,
            "call_off_href": reverse("follow_up:call_off", args=[stored.pk])
            if stored and stored.held_on is None
            else "",
        },
    )
    return render(request, _TEMPLATE, {"page": page}, status=status)


def _fill(forms: VisitForms, typed: Mapping[str, Sequence[str]]) -> None:
    """Let what was typed before stand in the forms, not yet tried to be saved."""
    for form in forms.parts:
        for name, field in form.fields.items():
            texts = typed.get(form.add_prefix(name))
            if texts:
                several = isinstance(field, MultipleChoiceField)
                form.initial[name] = list(texts) if several else texts[-1]
