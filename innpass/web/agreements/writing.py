"""Writing a version of an agreement, and putting one away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from innpass.casework.agreements import services
from innpass.casework.employers.queries import places_of
from innpass.casework.matching.agreeing import begin_with
from innpass.domain.access.policy import check_may_write
from innpass.domain.placing.agreement import VersionKind
from innpass.exchange.clock import today
from innpass.web.agreements.finding import done_or_told, kept, not_found, open_case
from innpass.web.agreements.forms import AgreementForm
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.gate import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a new version, or change the one that waits and that nobody has signed."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.content")
    found = open_case(request, pk, actor=actor, page="agreement")
    if found is None:
        return not_found(request)
    on, waiting = today(), found.told.waiting
    content = begin_with(found.case, found.told, by=actor, on=on)
    asked = request.GET.get("ny", "")
    is_first = waiting.kind == VersionKind.MADE if waiting else found.told.latest is None
    form = AgreementForm(
        posted(request),
        content=content,
        places=places_of(found.case.employer),
        is_first=is_first,
        kind=waiting.kind if waiting else asked,
        reason=waiting.reason if waiting else "",
    )

    def save() -> str:
        said = form.cleaned_data
        if waiting is not None:
            services.edit_version(
                waiting,
                form.content,
                by=actor,
                on=on,
                reason=said.get("reason", ""),
                expected=expected(request),
            )
        else:
            services.make_version(
                found.case,
                form.content,
                kind=VersionKind(said.get("kind") or VersionKind.MADE),
                reason=said.get("reason", ""),
                by=actor,
                on=on,
                expected=expected(request),
            )
        return found.href

    title = _("Praksisavtale") if is_first else _("Ny versjon av avtalen")
    page = EditPage(
        title=_("Endre avtalen") if waiting else title,
        lead=f"{found.name}, {found.case.employer.name}",
        back_href=found.href,
        back=_("Praksisløpet"),
        form=form,
        version=found.case.version,
    )
    about = {"days": "day0", "hours": "hours", "goals": "goals"}
    return answer(
        request,
        "agreements/write.html",
        page,
        parts=[form],
        is_valid=form.is_valid,
        save=kept(save, fields=frozenset(form.fields), names=about),
    )


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the version that waits away."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.content")
    found = open_case(request, pk, actor=actor, page="agreement")
    if found is None or found.told.waiting is None:
        return not_found(request)
    waiting = found.told.waiting
    return done_or_told(
        request,
        lambda: services.discard_version(waiting, by=actor, on=today(), expected=expected(request)),
        href=found.href,
        said=_("Versjonen er forkastet."),
    )
