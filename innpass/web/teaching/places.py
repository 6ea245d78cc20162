"""Rooms, places and travel times, breaks, and what is planned by: each one form."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.timetable import places as services
from innpass.casework.timetable.problems import rules_here
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.gate import actor_of
from innpass.web.teaching.forms import BreakForm, PlaceForm, RoomForm, RowsForm, RulesForm, WayForm
from innpass.web.teaching.pages import WayRow
from innpass.web.teaching.tabs import tabs_for

if TYPE_CHECKING:
    from innpass.casework.timetable.models import Locality


@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    """Keep the rooms and how many they hold."""
    actor = _keeper(request, Act.KEEP_GROUPS)
    places = services.localities()
    form = RowsForm(RoomForm, services.rooms(), posted(request), places=places)
    lead = _(
        "Rommene gruppene møtes i, og hvor mange deltakere hvert rom har plass til. Tøm navnet "
        "for å ta bort et rom."
    )
    if not places:
        lead = _("Legg først inn stedet rommene ligger, under «Steder og reisetid».")
    page = _page(actor, "rooms", _("Rom"), lead, form)
    return _answer(request, page, form, lambda: services.keep_rooms(_rows(form), by=actor))


@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: HttpRequest) -> HttpResponse:
    """Keep the breaks, in which no group meets."""
    actor = _keeper(request, Act.KEEP_GROUPS)
    form = RowsForm(BreakForm, services.breaks(), posted(request))
    lead = _(
        "Dager uten undervisning. Praksis går som vanlig. Offentlige fridager trenger du ikke "
        "føre: dem kjenner Innpass. Tøm navnet for å ta bort en ferie."
    )
    page = _page(actor, "breaks", _("Skoleferier"), lead, form)
    return _answer(request, page, form, lambda: services.keep_breaks(_rows(form), by=actor))


@require_http_methods(["GET", "HEAD", "POST"])
def localities(request: HttpRequest) -> HttpResponse:
    """Keep the places and how long it takes between them."""
    actor = _keeper(request, Act.KEEP_WORKPLACES)
    stored = services.localities()
    form = RowsForm(PlaceForm, stored, posted(request))
    ways = _ways(stored, posted(request))
    lead = _(
        "Deler av kommunen eller bygg som folk reiser til og fra, aldri adresser. Tøm navnet for å "
        "ta bort et sted."
    )
    rows = _way_rows(stored, ways)
    page = _page(actor, "places", _("Steder og reisetid"), lead, form, facts=rows)

    def save() -> None:
        with transaction.atomic():
            gone = {each.row.pk for each in form.filled if each.row.values is None}
            minutes = {
                each.pair: each.cleaned_data["minutes"]
                for each in ways
                if each.is_sent and not gone & set(each.pair)
            }
            services.keep_localities(_rows(form), by=actor)
            services.keep_ways(minutes, by=actor)

    return _answer(request, page, form, save, more=ways)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Keep what is planned by where nobody says otherwise."""
    actor = _keeper(request, Act.KEEP_WORKPLACES)
    stored = services.stored_rules()
    form = RulesForm(posted(request), rules=stored or rules_here())

    def save() -> str:
        services.keep_rules(form.values, expected=expected(request), by=actor)
        return reverse("teaching:rules")

    lead = _("Dette planlegges det etter når ingen har sagt noe annet.")
    page = _page(
        actor,
        "rules",
        _("Regler for planlegging"),
        lead,
        form,
        version=stored.version if stored else 0,
    )
    return answer(
        request, "teaching/rules.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


def _keeper(request: HttpRequest, act: Act) -> Actor:
    actor = actor_of(request)
    check_may(actor, act)
    return actor


def _page(actor: Actor, name: str, title: str, lead: str, form: Any, **more: Any) -> EditPage:
    return EditPage(
        title=title,
        lead=lead,
        back_href=reverse(f"teaching:{name}"),
        back="",
        form=form,
        tabs=tabs_for(actor, name),
        **more,
    )


def _rows(form: RowsForm) -> list[services.Row]:
    return [each.row for each in form.filled]


def _answer(
    request: HttpRequest,
    page: EditPage,
    form: RowsForm,
    save: Callable[[], None],
    *,
    more: Sequence[WayForm] = (),
) -> HttpResponse:
    def saved() -> str:
        save()
        return page.back_href

    def is_valid() -> bool:
        return all([form.is_valid(), *(each.is_valid() for each in more)])

    return answer(
        request,
        "teaching/rows.html",
        page,
        parts=[*form.filled, *more] if request.method == "POST" else [],
        is_valid=is_valid,
        save=saved,
        rows=lambda: form.filled,
    )


def _ways(places: "Sequence[Locality]", data: Any) -> list[WayForm]:
    known = services.ways()
    return [
        WayForm(
            data,
            prefix=f"w{one.pk.hex}{other.pk.hex}",
            label=f"{other.name} – {one.name}",
            pair=(one.pk, other.pk),
            initial={"minutes": known.get(frozenset((one.pk, other.pk)))},
        )
        for one, other in combinations(places, 2)
    ]


def _way_rows(places: "Sequence[Locality]", ways: Sequence[WayForm]) -> tuple[WayRow, ...]:
    """Lay the ways out: a row for each place but the first, a cell for each place before it."""
    found: dict[tuple[UUID, UUID], WayForm] = {each.pair: each for each in ways}
    return tuple(
        WayRow(
            name=other.name,
            cells=tuple(found[one.pk, other.pk] for one in places[:at]),
        )
        for at, other in enumerate(places)
        if at
    )
