"""The front page: who is signed in goes to the overview, others are told what this is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from innpass.web.home.pages import FrontPage


@login_not_required
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    if request.user.is_authenticated:
        return redirect("overview:overview")
    return render(request, "home/front.html", {"page": FrontPage(municipality="")})
