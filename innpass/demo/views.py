"""Signing in by a click. This module is not installed outside the demo."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import SourceFile
from innpass.casework.organisations.models import Municipality, OrganisationKind
from innpass.casework.participants.models import Participant
from innpass.demo.personas import STAFF
from innpass.domain.access.roles import ROLE_NAMES, Role
from innpass.web.home.pages import Body, FrontPage, Persona

_LEADING = {Role.LEADER, Role.COORDINATOR, Role.ADMINISTRATOR}
_BODIES = (
    (OrganisationKind.REFUGEE_DEPARTMENT, "PersonGroup", "accent"),
    (OrganisationKind.NAV_OFFICE, "Briefcase", "info"),
    (OrganisationKind.ADULT_LEARNING_CENTRE, "HatSchool", "brand2"),
)


def _personas(body: OrganisationKind, *, leading: bool) -> tuple[Persona, ...]:
    return tuple(
        Persona(p.username, p.name, ROLE_NAMES[p.role].capitalize(), p.sees)
        for p in STAFF
        if p.body == body and (p.role in _LEADING) == leading
    )


@login_not_required
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Show whom one can be."""
    bodies = [
        Body(str(kind.label), icon, colour, _personas(kind, leading=False))
        for kind, icon, colour in _BODIES
    ]
    leading = _personas(OrganisationKind.REFUGEE_DEPARTMENT, leading=True)
    bodies.append(Body(_("Ledelse og administrasjon"), "BarChart", "brand1", leading))
    municipality = Municipality.objects.order_by("created_at").first()
    people = files = 0
    if municipality:
        with scope(municipality=municipality):
            people = Participant.objects.filter(absorbed_by=None, is_protected=False).count()
            files = SourceFile.objects.filter(is_current=True).count()
    page = FrontPage(
        municipality=municipality.name if municipality else "",
        bodies=tuple(bodies),
        participants=people,
        files=files,
    )
    return render(request, "home/front.html", {"page": page})


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's staff, and as nobody else."""
    chosen = request.POST.get("persona", "")
    if chosen not in {person.username for person in STAFF}:
        raise PermissionDenied(_("Denne personen finnes ikke i demoen."))
    user = User.objects.get(username=chosen)
    login(request, user)
    return redirect("overview:overview")
