"""Nav's schemes around a placement: what each may give, and how far it has come."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.agreements.schemes import STATE, KnownScheme, move_scheme, schemes_of
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.placing.schemes import SchemeKind, SchemeState, scheme_name, state_name
from innpass.exchange.clock import today
from innpass.web.agreements.finding import kept, not_found, open_case
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.fields import DayField
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day
from innpass.web.design.words import capitalised

_COLOURS = {
    SchemeState.DISCUSSED: "info",
    SchemeState.APPLIED: "warning",
    SchemeState.GRANTED: "success",
    SchemeState.REFUSED: "danger",
    SchemeState.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing that was said of a scheme."""

    state: str
    on: date
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """A scheme in words; ``href`` leads to saying something of it, empty for who may not."""

    name: str
    state: str
    colour: str
    days: str
    told: tuple[str, ...]
    rule: str
    steps: tuple[StepLine, ...]
    cautions: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class SchemesPage:
    """The page ``agreements/schemes.html``: those spoken of first, then the others."""

    name: str
    employer: str
    back_href: str
    spoken_of: tuple[SchemeCard, ...]
    others: tuple[SchemeCard, ...]


class MoveForm(forms.Form):
    """What is said of a scheme."""

    state = forms.ChoiceField(
        label=gettext_lazy("Hva er gjort?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva som er gjort.")},
    )
    on = DayField(label=gettext_lazy("Dag"))
    first_day = DayField(label=gettext_lazy("Gjelder fra"), required=False)
    last_day = DayField(label=gettext_lazy("Gjelder til og med"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Merknad"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Ikke skriv om helse. Hvorfor noe er innvilget, står hos Nav."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, states: tuple[SchemeState, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, capitalised(state_name(each))) for each in states]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


@require_GET
def schemes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show Nav's schemes around a placement."""
    actor = actor_of(request)
    check_may_read(actor, STATE)
    found = open_case(request, pk, actor=actor, page="placement_schemes")
    if found is None:
        return not_found(request)
    cards = [
        (each.state is not None, _card(pk, each))
        for each in schemes_of(found.case, on=today(), actor=actor)
    ]
    page = SchemesPage(
        name=found.name,
        employer=found.case.employer.name,
        back_href=found.href,
        spoken_of=tuple(card for is_spoken_of, card in cards if is_spoken_of),
        others=tuple(card for is_spoken_of, card in cards if not is_spoken_of),
    )
    return render(request, "agreements/schemes.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Note that a scheme was discussed, applied for, granted, refused or withdrawn."""
    actor, on = actor_of(request), today()
    check_may_write(actor, STATE)
    if kind not in set(SchemeKind):
        raise Http404
    found = open_case(request, pk, actor=actor, page="placement_schemes")
    if found is None:
        return not_found(request)
    known = {each.kind: each for each in schemes_of(found.case, on=on, actor=actor)}
    one = known[SchemeKind(kind)]
    form = MoveForm(posted(request), states=one.next, initial=_initial(one, on))

    def saved() -> str:
        given = form.cleaned_data
        move_scheme(
            found.case,
            one.kind,
            SchemeState(given["state"]),
            said_on=given["on"],
            first_day=given["first_day"],
            last_day=given["last_day"],
            text=given["text"],
            by=actor,
            on=on,
            expected=expected(request),
        )
        return reverse("agreements:schemes", args=[pk])

    page = EditPage(
        title=capitalised(scheme_name(one.kind)),
        lead=" ".join(one.told),
        back_href=reverse("agreements:schemes", args=[pk]),
        back=_("Ordninger fra Nav"),
        form=form,
        version=one.version,
        facts=_("Før det"),
    )
    return answer(
        request,
        "agreements/form.html",
        page,
        parts=[form],
        is_valid=form.is_valid,
        save=kept(saved, fields=frozenset(form.fields)),
    )


def _initial(one: KnownScheme, on: date) -> dict[str, Any]:
    return {
        name: f"{value:%d.%m.%Y}"
        for name, value in (("on", on), ("first_day", one.first_day), ("last_day", one.last_day))
        if value
    }


def _card(pk: UUID, one: KnownScheme) -> SchemeCard:
    days = ""
    if one.first_day:
        days = _("Fra %(day)s") % {"day": day(one.first_day)}
        if one.last_day:
            days = _("%(from)s til og med %(day)s") % {"from": days, "day": day(one.last_day)}
    return SchemeCard(
        name=capitalised(scheme_name(one.kind)),
        state=capitalised(state_name(one.state)) if one.state else "",
        colour=_COLOURS[one.state] if one.state else "",
        days=days,
        told=one.told,
        rule=_("%(source)s, slik den står fra %(day)s (%(by)s)")
        % {"source": capitalised(one.source), "day": day(one.since), "by": one.in_force_by},
        steps=tuple(
            StepLine(capitalised(state_name(each.state)), each.on, each.by, each.note)
            for each in one.steps
        ),
        cautions=one.cautions,
        href=reverse("agreements:scheme", args=[pk, one.kind.value]) if one.next else "",
    )
