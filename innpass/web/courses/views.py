"""The course models."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.exchange.clock import today
from innpass.web.courses.assembling import models_page
from innpass.web.design.gate import actor_of


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """Show every model as in the annex: nothing of it is about a person, so all may read it."""
    actor_of(request)  # who works nowhere here has no municipality whose readings would hold
    page = models_page(on=today())
    return render(request, "courses/models.html", {"page": page})
