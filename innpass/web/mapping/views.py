"""What the columns of a file mean: as they were understood, and as the municipality chooses."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from innpass.casework.imports.queries import find_file
from innpass.casework.imports.services import TooLate
from innpass.casework.reconciliation.columns import CannotRead, choose_columns
from innpass.domain.access.policy import check_may_import
from innpass.web.design.gate import actor_of
from innpass.web.mapping.assembling import columns_page, wanted_in


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what the columns are understood as, or keep what is chosen and read the import anew."""
    actor = actor_of(request)
    check_may_import(actor)
    file = find_file(pk)
    if file is None or file.batch is None:
        raise Http404
    if request.method != "POST":
        page = columns_page(file, file.batch, actor=actor)
        return render(request, "mapping/columns.html", {"page": page})
    here = HttpResponseRedirect(reverse("mapping:columns", args=[pk]))
    try:
        posted = {name: str(value) for name, value in request.POST.items()}
        changed = choose_columns(file, wanted_in(file, posted, actor=actor), by=actor)
    except (TooLate, CannotRead) as refusal:
        messages.warning(request, str(refusal))
        return here
    except ValueError:
        messages.warning(request, _("Velg en av betydningene på listen. Ingenting er endret."))
        return here
    if not changed:
        messages.info(request, _("Ingen kolonner fikk ny betydning."))
        return here
    said = ngettext(
        "%(count)s kolonne leses nå etter kommunens valg. Filen leses på nytt.",
        "%(count)s kolonner leses nå etter kommunens valg. Filen leses på nytt.",
        changed,
    )
    messages.success(request, said % {"count": changed})
    return HttpResponseRedirect(reverse("imports:batch", args=[file.batch_id]))
