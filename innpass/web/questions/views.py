"""What only a human can decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.domain.access.policy import check_may_see_questions
from innpass.web.design.gate import actor_of
from innpass.web.questions.assembling import assemble


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions that wait, by who should answer."""
    actor = actor_of(request)
    check_may_see_questions(actor)
    return render(request, "questions/questions.html", {"page": assemble(actor=actor)})
