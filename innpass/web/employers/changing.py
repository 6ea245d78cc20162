"""Forms that change one employer: its card, contacts and places."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.employers import areas as area_services
from innpass.casework.employers import cards, contacts, offers, queries
from innpass.casework.employers.occupations import occupations
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.gate import actor_of
from innpass.web.employers.forms import (
    CardForm,
    ContactForm,
    EndForm,
    JoinForm,
    NewEmployerForm,
    OurContactForm,
    PlaceForm,
    as_uuid,
)

if TYPE_CHECKING:
    from innpass.casework.employers.models import PracticePlace
    from innpass.casework.placements.models import Employer

_form = require_http_methods(["GET", "HEAD", "POST"])


@_form
def new_employer(request: HttpRequest) -> HttpResponse:
    """Note a unit or firm that no sheet has named."""
    actor = _keeper(request)
    areas = queries.service_areas()
    form = NewEmployerForm(posted(request), areas=areas)

    def save() -> str:
        said = form.cleaned_data
        made = cards.make_employer(
            kind=PlacementKind(said["kind"]), name=said["name"], values=form.values, by=actor
        )
        area = next((each for each in areas if str(each.pk) == said["area"]), None)
        if area is not None:
            area_services.move_units([made], area=area, first_day=today(), by=actor)
        return reverse("employers:employer", args=[made.pk])

    page = EditPage(
        title=_("Ny arbeidsgiver"),
        lead=_(
            "Skriv en enhet i kommunen eller en bedrift. Står den i arkene allerede med samme "
            "navn, blir det den samme."
        ),
        back_href=reverse("employers:map"),
        back=_("Arbeidsplasser"),
        form=form,
    )
    return answer(
        request, "employers/form.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what is noted of an employer."""
    actor = _keeper(request)
    found = _find(pk, actor)
    card = getattr(found, "card", None)
    form = CardForm(posted(request), initial=CardForm.initial_of(card))

    def save() -> str:
        cards.keep_card(employer=found, values=form.values, expected=expected(request), by=actor)
        return reverse("employers:employer", args=[pk])

    page = _page(found, _("Om arbeidsgiveren"), form, version=card.version if card else 0)
    return answer(
        request, "employers/form.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def contact(request: HttpRequest, pk: UUID, person: UUID | None = None) -> HttpResponse:
    """Keep somebody at an employer whom one can call."""
    actor = _keeper(request)
    found = _find(pk, actor)
    stored = None
    if person is not None:
        people = queries.contact_people_of(found)
        stored = next((each for each in people if each.pk == person), None)
        if stored is None:
            raise Http404
    form = ContactForm(posted(request), initial=ContactForm.initial_of(stored, on=today()))

    def save() -> str:
        contacts.keep_contact_in_roles(
            employer=found,
            person=stored,
            values=form.values,
            roles=form.roles,
            expected=expected(request),
            by=actor,
        )
        return reverse("employers:employer", args=[pk])

    title = _("Kontaktperson") if stored else _("Ny kontaktperson")
    page = _page(found, title, form, version=stored.version if stored else 0)
    return answer(
        request, "employers/form.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def municipal_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who the municipality's one contact person of an employer is."""
    actor = _keeper(request)
    found = _find(pk, actor)
    people = contacts.possible_contacts(on=today())
    rows = queries.municipal_contacts_of(found)
    current = next((each for each in rows if each.last_day is None), None)
    form = OurContactForm(
        posted(request),
        people=people,
        initial={
            "user": str(current.user_id if current else actor.user_id),
            "first_day": f"{today():%d.%m.%Y}",
        },
    )

    def save() -> str:
        user = next(each for each in people if str(each.pk) == form.cleaned_data["user"])
        contacts.set_municipal_contact(
            employer=found,
            user=user,
            first_day=form.cleaned_data["first_day"],
            expected=expected(request),
            by=actor,
        )
        return reverse("employers:employer", args=[pk])

    page = _page(
        found,
        _("Kommunens kontaktperson"),
        form,
        lead=_(
            "Arbeidsgiveren har én fast kontaktperson i kommunen om gangen. Navnet står på hvert "
            "brev. Den som er det nå, slutter dagen før."
        ),
        version=current.version if current else 0,
    )
    return answer(
        request, "employers/form.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def place(request: HttpRequest, pk: UUID, place: UUID | None = None) -> HttpResponse:
    """Keep a practice place."""
    actor = _keeper(request)
    found = _find(pk, actor)
    stored = _find_place(found, place) if place else None
    among = occupations()
    form = PlaceForm(
        posted(request),
        among=among,
        initial=PlaceForm.initial_of(stored, on=today(), among=among),
    )

    def save() -> str:
        offers.keep_place(
            employer=stored.employer if stored else found,
            place=stored,
            values=form.values,
            expected=expected(request),
            by=actor,
        )
        return reverse("employers:employer", args=[pk])

    page = _page(
        found,
        stored.name if stored else _("Ny praksisplass"),
        form,
        version=stored.version if stored else 0,
        facts=tuple(f"{code} {title}" for code, title in among.items()),
    )
    return answer(
        request, "employers/place.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def end_place(request: HttpRequest, pk: UUID, place: UUID) -> HttpResponse:
    """Say on which day an offer stands for the last time."""
    actor = _keeper(request)
    found = _find(pk, actor)
    stored = _find_place(found, place)
    form = EndForm(posted(request), initial={"last_day": f"{today():%d.%m.%Y}"})

    def save() -> str:
        offers.end_place(
            place=stored,
            last_day=form.cleaned_data["last_day"],
            expected=expected(request),
            by=actor,
        )
        return reverse("employers:employer", args=[pk])

    title = _("Avslutt tilbudet «%(name)s»") % {"name": stored.name}
    page = _page(found, title, form, version=stored.version)
    return answer(
        request, "employers/form.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that an employer is another spelling of one."""
    actor = _keeper(request)
    found = _find(pk, actor)
    others = cards.may_be_joined_with(found, actor=actor)
    form = JoinForm(posted(request), others=others)

    def save() -> str:
        wanted = as_uuid(form.cleaned_data["heir"])
        heir = next(each for each in others if each.pk == wanted)
        cards.join_names(alias=found, heir=heir, by=actor)
        return reverse("employers:employer", args=[heir.pk])

    page = _page(
        found,
        _("Samme arbeidsgiver med annet navn"),
        form,
        lead=_(
            "Bruk dette når arkene skriver den samme arbeidsgiveren på to måter. Det kan angres på "
            "siden til den du velger."
        ),
    )
    return answer(
        request, "employers/form.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    check_may(actor, Act.KEEP_EMPLOYERS)
    return actor


def _find(pk: UUID, actor: Actor) -> "Employer":
    found = queries.find_employer(pk, actor=actor)
    if found is None:
        raise Http404
    return found


def _find_place(employer: "Employer", pk: UUID) -> "PracticePlace":
    found = next((each for each in queries.places_of(employer) if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _page(
    employer: "Employer",
    title: str,
    form: object,
    *,
    lead: str = "",
    version: int = 0,
    facts: object = None,
) -> EditPage:
    return EditPage(
        title=title,
        lead=lead,
        back_href=reverse("employers:employer", args=[employer.pk]),
        back=employer.name,
        form=form,
        version=version,
        facts=facts,
    )
