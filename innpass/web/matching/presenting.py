"""Presenting a participant to an employer: writing the text, noting whom it was sent to."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.agreements.queries import PlacementCase, find_case, owner_id
from innpass.casework.matching import choosing, presenting
from innpass.casework.matching.looking import Told
from innpass.casework.matching.presenting import NameShown, Presentation, Version
from innpass.casework.matching.profiles import consent_of, profiles_of
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read, check_may_write, may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.fields import DayField, DesignForm, as_day
from innpass.web.design.gate import actor_of
from innpass.web.matching.pages import AdvicePage, Sending, VersionShown
from innpass.web.matching.profile_forms import SECTION_NAMES

_SHOWN_NAMES = {
    NameShown.FIRST: gettext_lazy("Fornavnet"),
    NameShown.FULL: gettext_lazy("Hele navnet"),
    NameShown.NONE: gettext_lazy("Ikke navnet"),
}


class TextForm(DesignForm):
    """The text of a presentation."""

    text = forms.CharField(
        label=gettext_lazy("Tekst til arbeidsgiveren"),
        strip=False,
        error_messages={"required": gettext_lazy("Skriv en tekst.")},
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, data: Any, *, text: str, shows: tuple[NameShown, ...]) -> None:
        super().__init__(data, initial={"text": text, "shows": shows[0].value})
        self.fields["shows"] = forms.ChoiceField(
            label=_("Navn i teksten"), choices=[(each.value, _SHOWN_NAMES[each]) for each in shows]
        )


class SendForm(DesignForm):
    """To whom a version was sent, when, and whether the CV went along."""

    recipient = forms.CharField(
        label=gettext_lazy("Sendt til"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv hvem hos arbeidsgiveren det sendes til.")},
        widget=forms.TextInput(attrs={"list": "recipients", "autocomplete": "off"}),
    )
    sent_on = DayField(
        label=gettext_lazy("Dag"),
        error_messages={"required": gettext_lazy("Skriv dagen det ble sendt.")},
    )
    with_cv = forms.BooleanField(label=gettext_lazy("CV er lagt ved"), required=False)

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data, initial={"sent_on": as_day(on)})


@require_http_methods(["GET", "HEAD", "POST"])
def presentation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the text that presents somebody, and note whom it was sent to."""
    actor = actor_of(request)
    check_may_read(actor, "match.presentation")
    if request.method == "POST":
        check_may_write(actor, "match.presentation")
    case, on = _case(pk, actor), today()
    versions = presenting.versions_of(case)
    allowed = presenting.names_allowed(case.participant)
    is_sending = request.POST.get("act") == "send"
    shows = _shown(request.GET.get("navn", ""), allowed)
    latest = versions[0].presentation if versions else None
    text = latest.text if latest and "navn" not in request.GET else _suggested(case, shows)
    form = TextForm(
        None if is_sending else posted(request),
        text=text,
        shows=(shows, *(each for each in allowed if each is not shows)),
    )
    send_form = SendForm(posted(request) if is_sending else None, on=on)

    def save() -> str:
        if is_sending:
            presenting.send(
                _on_screen(versions, expected(request)),
                recipient=send_form.cleaned_data["recipient"],
                on=send_form.cleaned_data["sent_on"],
                today=on,
                with_cv=send_form.cleaned_data["with_cv"],
                by=actor,
            )
        else:
            presenting.write(
                case,
                form.cleaned_data["text"],
                shows=NameShown(form.cleaned_data["shows"]),
                expected=expected(request),
                by=actor,
            )
        return reverse("matching:presentation", args=[pk])

    if request.method != "POST":
        note_reading(participant=owner_of(case.participant), page="presentation", by=actor)
    profile = profiles_of([owner_id(case)]).get(owner_id(case))
    page = EditPage(
        title=_("Presentasjon"),
        lead=_("%(name)s for %(employer)s")
        % {"name": owner_of(case.participant).name, "employer": case.employer.name},
        back_href=page_of(case),
        back=_("Praksisløpet"),
        form=form,
        version=latest.number if latest else 0,
        facts={
            "versions": [_version(each, case) for each in versions],
            "send_form": send_form,
            "recipients": presenting.recipients_of(case, on=on),
            "consent": consent_of(profile),
            "has_cv": bool(profile and profile.cv),
            "is_protected": owner_of(case.participant).is_protected,
            "cv_href": reverse("matching:cv", args=[owner_id(case)]),
            "names": [(each.value, _SHOWN_NAMES[each]) for each in allowed],
            "may_write": may_write(actor, "match.presentation"),
        },
    )
    part = send_form if is_sending else form
    return answer(
        request, "matching/presentation.html", page, parts=[part], is_valid=part.is_valid, save=save
    )


@require_GET
def sent(request: HttpRequest, pk: UUID, sending: UUID) -> HttpResponse:
    """Show what was sent as it was, fit to be printed or copied."""
    actor = actor_of(request)
    check_may_read(actor, "match.presentation")
    case = _case(pk, actor)
    found = presenting.find_sending(case, str(sending))
    if found is None:
        raise Http404
    note_reading(participant=owner_of(case.participant), page="presentation", by=actor)
    page = {
        "back_href": reverse("matching:presentation", args=[pk]),
        "text": found.presentation.text,
        "recipient": found.recipient,
        "on": found.sent_on,
        "by": found.sent_by.full_name if found.sent_by else "",
        "cv": [(SECTION_NAMES[name], text) for name, text in found.cv.items()],
        "number": found.presentation.number,
    }
    return render(request, "matching/sent.html", {"page": page})


@require_GET
def advice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was advised and chosen when a case was made; as a part of another page, too."""
    actor = actor_of(request)
    check_may_read(actor, "match.advice")
    case = _case(pk, actor)
    is_part = request.headers.get("HX-Request") == "true"
    page = _advice(case)
    if page is None:
        if is_part:
            return HttpResponse()
        return HttpResponseRedirect(page_of(case))
    if not is_part:
        note_reading(participant=owner_of(case.participant), page="matching", by=actor)
    template = "matching/advice.html" + ("#advice" if is_part else "")
    return render(request, template, {"page": page})


def page_of(case: PlacementCase) -> str:
    """Return the address of a case's page."""
    return reverse("agreements:case", args=[case.pk])


def _advice(case: PlacementCase) -> AdvicePage | None:
    choice = choosing.choice_of(case)
    if choice is None:
        return None
    told: Told = choosing.words_of(choice)
    advised = choice.advised
    return AdvicePage(
        person=owner_of(case.participant).name,
        place=f"{case.place.name}, {case.employer.name}" if case.place else case.employer.name,
        case_href=page_of(case),
        advised=f"{advised.name}, {advised.employer.name}" if advised else "",
        is_advice=not choice.reason,
        rank=choice.rank,
        told=told,
        reason=choice.reason,
        by=choice.chosen_by.full_name if choice.chosen_by else "",
        on=choice.chosen_at.date(),
    )


def _on_screen(versions: tuple[Version, ...], number: int) -> Presentation:
    """Return the version that was shown; the latest may be another's, whom nobody has read."""
    found = next(
        (each.presentation for each in versions if each.presentation.number == number), None
    )
    if found is None:
        raise Http404
    return found


def _version(each: Version, case: PlacementCase) -> VersionShown:
    made = each.presentation
    return VersionShown(
        number=made.number,
        text=made.text,
        by=made.written_by.full_name if made.written_by else "",
        when=made.written_at,
        sendings=tuple(
            Sending(
                to=one.recipient,
                on=one.sent_on,
                by=one.sent_by.full_name if one.sent_by else "",
                with_cv=one.with_cv,
                href=reverse("matching:sent", args=[case.pk, one.pk]),
            )
            for one in each.sendings
        ),
    )


def _suggested(case: PlacementCase, shows: NameShown) -> str:
    ours = case.supervisor
    name = ours.full_name if ours else _("praksisveilederen i kommunen")
    reach = ", ".join(filter(None, (ours.phone, ours.email))) if ours else ""
    return presenting.suggest(case, shows=shows, on=today(), by_name=name, reach=reach)


def _shown(typed: str, allowed: tuple[NameShown, ...]) -> NameShown:
    return next((each for each in allowed if each.value == typed), allowed[0])


def _case(pk: UUID, actor: Actor) -> PlacementCase:
    found = find_case(pk, actor=actor)
    if found is None:
        raise Http404
    return found
