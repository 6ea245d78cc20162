"""Acts on one case, each with its form: a step, a demand seen, expectations given, an end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from innpass.casework.agreements import services
from innpass.casework.agreements.ending import SAID, Ending
from innpass.casework.agreements.queries import standing_of
from innpass.casework.agreements.refusing import roles_of
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Given
from innpass.domain.placing.demands import Demand
from innpass.domain.placing.moves import Move, refusal
from innpass.domain.placing.sentences import say
from innpass.domain.placing.states import Initiative, Outcome, Step
from innpass.exchange.clock import today
from innpass.web.agreements.finding import Found, done_or_told, kept, not_found, open_case
from innpass.web.agreements.forms import (
    CorrectEndForm,
    DemandForm,
    EndForm,
    ExpectationsForm,
    ReasonForm,
    StepForm,
    days_typed,
)
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.fields import as_day
from innpass.web.design.gate import actor_of
from innpass.web.design.words import capitalised

_ANY = ["GET", "HEAD", "POST"]


def _answer(
    request: HttpRequest,
    found: Found,
    form: Any,
    *,
    title: str,
    save: Callable[[], object],
    button: str,
    lead: str = "",
) -> HttpResponse:
    def saved() -> str:
        save()
        return found.href

    page = EditPage(
        title=title,
        lead=lead or f"{found.name}, {found.case.employer.name}",
        back_href=found.href,
        back=_("Praksisløpet"),
        form=form,
        version=found.case.version,
        facts=button,
    )
    return answer(
        request,
        "agreements/form.html",
        page,
        parts=[form],
        is_valid=form.is_valid,
        save=kept(saved, fields=frozenset(form.fields)),
    )


@require_http_methods(_ANY)
def step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Note that something on the way to an agreement was done."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.state")
    if step not in set(Step):
        raise Http404
    found = open_case(request, pk, actor=actor, page="placement_case")
    if found is None:
        return not_found(request)
    taken = Step(step)
    form = StepForm(posted(request), initial=days_typed(today()))
    return _answer(
        request,
        found,
        form,
        title=capitalised(say(f"step.{taken}")),
        button=_("Før det"),
        save=lambda: services.take_step(
            found.case,
            taken,
            on=form.cleaned_data["on"],
            text=form.cleaned_data["text"],
            by=actor,
            today=today(),
            expected=expected(request),
        ),
    )


@require_POST
def demand(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that what the place demands has been seen."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.demand")
    found = open_case(request, pk, actor=actor, page="placement_case")
    if found is None:
        return not_found(request)
    form = DemandForm(request.POST)
    if not form.is_valid() or form.cleaned_data["demand"] not in set(Demand):
        messages.warning(request, _("Skriv dagen du så det, som 30.06.2026."))
        return HttpResponseRedirect(found.href)
    return done_or_told(
        request,
        lambda: services.see_demand(
            found.case,
            Demand(form.cleaned_data["demand"]),
            seen_on=form.cleaned_data["seen_on"],
            by=actor,
            today=today(),
            expected=expected(request),
        ),
        href=found.href,
        said=_("Ført som sett."),
    )


@require_http_methods(_ANY)
def expectations(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the participant got demands, expectations and rights, and how."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.content")
    found = open_case(request, pk, actor=actor, page="placement_case")
    if found is None:
        return not_found(request)
    form = ExpectationsForm(posted(request), initial=days_typed(today()))
    return _answer(
        request,
        found,
        form,
        title=_("Krav, forventninger og rettigheter er gitt"),
        button=_("Før det"),
        save=lambda: services.give_expectations(
            found.case,
            given_on=form.cleaned_data["given_on"],
            how=Given(form.cleaned_data["how"]),
            language=form.cleaned_data["language"],
            by=actor,
            today=today(),
            expected=expected(request),
        ),
    )


def _offered(request: HttpRequest, pk: UUID, move: Move, actor: Actor) -> Found | HttpResponse:
    """Return the case that a move is to be made in, or say why its form is not offered.

    What is posted, the service judges. A reading is noted where something is shown.
    """
    found = open_case(request, pk, actor=actor)
    if found is None:
        return not_found(request)
    if request.method == "POST":
        return found
    why = refusal(move, standing_of(found.case, found.told, on=today()), roles_of(actor))
    if why:
        messages.warning(request, why)
        return HttpResponseRedirect(found.href)
    note_reading(participant=owner_of(found.case.participant), page="placement_case", by=actor)
    return found


@require_http_methods(_ANY)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how a case ended."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.state")
    found = _offered(request, pk, Move.END, actor)
    if isinstance(found, HttpResponse):
        return found
    form = EndForm(
        posted(request), initial=days_typed(min(found.told.last_day or today(), today()))
    )
    return _answer(
        request,
        found,
        form,
        title=_("Avslutt praksisløpet"),
        button=_("Avslutt"),
        save=lambda: services.end_case(
            found.case,
            outcome=Outcome(form.cleaned_data["outcome"]),
            initiative=Initiative(form.cleaned_data["initiative"]),
            reason=form.cleaned_data["reason"],
            last_day=form.cleaned_data["last_day"],
            text=form.cleaned_data["text"],
            told=form.cleaned_data["told"],
            by=actor,
            on=today(),
            expected=expected(request),
        ),
    )


@require_http_methods(_ANY)
def correct_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what was said of how a case ended."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.state")
    found = _offered(request, pk, Move.CORRECT_END, actor)
    if isinstance(found, HttpResponse):
        return found
    stored = found.told.ending
    said = {name: getattr(stored, name) for name in SAID} if stored else {}
    if stored:
        said["last_day"] = as_day(stored.last_day)
    form = CorrectEndForm(posted(request), initial=said)

    def save() -> object:
        typed = form.cleaned_data
        return services.correct_end(
            found.case,
            Ending(
                Outcome(typed["outcome"]),
                Initiative(typed["initiative"]),
                typed["reason"],
                typed["last_day"],
                text=typed["text"],
                told=typed["told"],
            ),
            why=typed["why"],
            by=actor,
            on=today(),
            expected=expected(request),
        )

    return _answer(
        request,
        found,
        form,
        title=_("Rett avslutningen"),
        lead=_(
            "%(name)s, %(employer)s. Det som stod før, blir stående under, med hvem som rettet og "
            "hvorfor. Siste dag i oversikten og i avtalen følger med."
        )
        % {"name": found.name, "employer": found.case.employer.name},
        button=_("Lagre rettelsen"),
        save=save,
    )


@require_http_methods(_ANY)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a case that was made by mistake."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.state")
    found = _offered(request, pk, Move.WITHDRAW, actor)
    if isinstance(found, HttpResponse):
        return found
    form = ReasonForm(posted(request))
    return _answer(
        request,
        found,
        form,
        title=_("Trekk praksisløpet tilbake"),
        lead=_(
            "For det som ble ført ved en feil. Det som var lagt over arkene, tas bort. Sluttet "
            "deltakeren, avslutter du i stedet."
        ),
        button=_("Trekk tilbake"),
        save=lambda: services.withdraw_case(
            found.case,
            reason=form.cleaned_data["reason"],
            by=actor,
            on=today(),
            expected=expected(request),
        ),
    )
