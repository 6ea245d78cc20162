"""An agreement as PDF, and the scan of a signed one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from innpass.casework.agreements import services
from innpass.casework.agreements.paper import print_agreement
from innpass.casework.agreements.queries import versions_of
from innpass.casework.agreements.signing import ENDINGS
from innpass.domain.access.policy import check_may_read
from innpass.exchange.clock import today
from innpass.web.agreements.finding import not_found, open_case
from innpass.web.design.gate import actor_of


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a version as PDF, in Norwegian and a language beside it."""
    actor = actor_of(request)
    check_may_read(actor, "agreement.content")
    found = open_case(request, pk, actor=actor)
    if found is None:
        return not_found(request)
    number = request.GET.get("versjon", "")
    versions = versions_of(found.case)
    version = next((each for each in versions if str(each.number) == number), None)
    if version is None:
        return not_found(request)
    content = print_agreement(
        found.case,
        version,
        language=request.GET.get("sprak", ""),
        made_at=timezone.now(),
        on=today(),
        by=actor,
    )
    return _file(content, "application/pdf", f"praksisavtale-{version.number}")


@require_GET
def scan(request: HttpRequest, pk: UUID, signature: UUID) -> HttpResponse:
    """Give the scan of a signed paper."""
    actor = actor_of(request)
    check_may_read(actor, "agreement.signature")
    found = open_case(request, pk, actor=actor)
    if found is None:
        return not_found(request)
    rows = [each for version in versions_of(found.case) for each in version.signatures.all()]
    kept = next((each for each in rows if each.pk == signature and each.scan_kind), None)
    if kept is None:
        return not_found(request)
    content, kind = services.scan_of(kept, by=actor)
    return _file(content, kind, "underskrevet-avtale")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS[kind]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
