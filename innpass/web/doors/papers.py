"""Papers for an employer and a participant: the employer pack, and the document of expectations."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.agreements.queries import PlacementCase
from innpass.casework.doors.codes import PackWay
from innpass.casework.doors.expecting import pdf_of_expectations
from innpass.casework.doors.pack import pack_of, pdf_of_pack
from innpass.casework.doors.queries import PACK, packs_given
from innpass.casework.doors.services import note_pack
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read, check_may_write, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.expectations import expectations as translations
from innpass.exchange.clock import today
from innpass.web.design.forms import DayInput
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Link
from innpass.web.design.way_back import list_href
from innpass.web.doors.pages import PapersPage, Translated
from innpass.web.doors.staff import asked

_DAYS = ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"]


class GivenForm(forms.Form):
    """When and how the employer got the pack."""

    on = forms.DateField(
        label=gettext_lazy("Gitt"),
        input_formats=_DAYS,
        widget=DayInput(),
        error_messages={"invalid": gettext_lazy("Skriv dagen som dd.mm.åååå.")},
    )
    way = forms.ChoiceField(label=gettext_lazy("Hvordan"), choices=PackWay.choices)

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(_("Dagen har ikke vært ennå. Skriv i dag eller før."))
        return day


def _page(request: HttpRequest, actor: Actor, case: PlacementCase, form: GivenForm) -> HttpResponse:
    person = owner_of(case.participant)
    page = PapersPage(
        pk=case.pk,
        name=person.name,
        employer=case.employer.name,
        trail=(
            Link(_("Deltakere"), list_href(request)),
            Link(person.name, reverse("participant:participant", args=[person.pk])),
            Link(_("Arbeidsgiverens side"), reverse("doors:case", args=[case.pk])),
            Link(_("Papirer")),
        ),
        pack=pack_of(case, on=today()),
        given=tuple(
            _("%(day)s: %(way)s%(by)s")
            % {
                "day": formats.date_format(row.on, "j. F Y"),
                "way": PackWay(row.way).label.lower(),
                "by": f", {by}" if by else "",
            }
            for row, by in packs_given(case, actor=actor)
        ),
        may_give=may_write(actor, PACK),
        languages=tuple(
            Translated(
                each.code,
                each.name,
                each.direction,
                tuple(
                    said
                    for holds, said in (
                        (each.is_behind, _("eldre enn den norske teksten")),
                        (not each.is_checked, _("ikke kontrollert av en morsmålsbruker")),
                    )
                    if holds
                ),
            )
            for each in translations().values()
        ),
    )
    status = 422 if form.is_bound else 200
    return render(request, "doors/papers.html", {"page": page, "form": form}, status=status)


@require_GET
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the papers of a placement."""
    actor, case = asked(request, pk)
    check_may_read(actor, PACK)
    note_reading(participant=owner_of(case.participant), page="employer_papers", by=actor)
    form = GivenForm(initial={"on": today(), "way": PackWay.MEETING})
    return _page(request, actor, case, form)


@require_GET
def pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the employer pack; the name of the file names nobody."""
    actor, case = asked(request, pk)
    check_may_read(actor, PACK)
    content = pdf_of_pack(pack_of(case, on=today()), made_at=timezone.now())
    return _pdf(content, "arbeidsgiverpakke")


@require_POST
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the employer got the pack."""
    actor, case = asked(request, pk, writes=True)
    check_may_write(actor, PACK)
    form = GivenForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, case, form)
    note_pack(
        case, way=PackWay(form.cleaned_data["way"]), given_on=form.cleaned_data["on"], by=actor
    )
    messages.success(request, _("Det er ført at arbeidsgiveren har fått pakken."))
    return HttpResponseRedirect(reverse("doors:papers", args=[pk]))


@require_GET
def expectations(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the document of demands, expectations and rights; it is about nobody."""
    check_may_read(actor_of(request), PACK)
    content = pdf_of_expectations(code, made_at=timezone.now())
    return _pdf(content, f"krav-forventninger-rettigheter-{code}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
