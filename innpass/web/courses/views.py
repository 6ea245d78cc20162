"""The course models."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.exchange.clock import today
from innpass.web.courses.assembling import models_page


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """Show every model as in the annex: nothing of it is about a person, so all may read it."""
    page = models_page(on=today())
    return render(request, "courses/models.html", {"page": page})
