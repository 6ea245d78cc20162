"""The course models."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.exchange.clock import today
from innpass.web.courses.assembling import model_page, models_page
from innpass.web.design.gate import actor_of


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """Show every model as in the annex: nothing of it is about a person, so all may read it."""
    # Who works nowhere here has no municipality whose readings would hold.
    page = models_page(actor=actor_of(request), on=today())
    return render(request, "courses/models.html", {"page": page})


@require_GET
def model(request: HttpRequest, key: str) -> HttpResponse:
    """Show one model, as it is now or as it was, and for those who may know how many are on it."""
    page = model_page(
        key, shown=request.GET.get("versjon", ""), actor=actor_of(request), on=today()
    )
    if page is None:
        raise Http404
    return render(request, "courses/one.html", {"page": page})
