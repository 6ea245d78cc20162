"""Which people an act is about: those marked, those on the page, or all on the list."""

from uuid import UUID

from django.http import HttpRequest

from innpass.casework.overview import queries
from innpass.casework.overview.columns import readable_columns
from innpass.casework.overview.saved_views import views_of
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.overview.addresses import Address
from innpass.web.overview.assembling import PAGE_SIZE


def asked_for(request: HttpRequest, actor: Actor) -> tuple[Address, dict[str, list[str]]]:
    """Return the list that the address asks for, and what its filters offer."""
    offered = queries.offered_choices(actor=actor)
    address = Address.read(
        request,
        readable=readable_columns(actor),
        municipality=actor.municipality_id,
        offered=offered,
        views=views_of(actor),
    )
    return address, offered


def marked(request: HttpRequest) -> list[UUID]:
    """Return the people that were marked, in the order they stand; what is no id is left out."""
    found = []
    for text in request.POST.getlist("person"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def on_page(request: HttpRequest, actor: Actor) -> list[UUID]:
    """Return the people on the page that the address asks for, in its order."""
    address, _offered = asked_for(request, actor)
    start = (address.page - 1) * PAGE_SIZE
    rows = queries.page_of(address.selection, actor=actor, on=today(), start=start, size=PAGE_SIZE)
    return [row.participant_id for row in rows]


def on_list(request: HttpRequest, actor: Actor, *, most: int) -> list[UUID]:
    """Return the people on every page of the list, in its order, no more than ``most``."""
    address, _offered = asked_for(request, actor)
    rows = queries.ordered(
        queries.selected(address.selection, actor=actor, on=today()), address.selection
    )
    return list(rows.values_list("participant_id", flat=True)[:most])


def count_of_list(request: HttpRequest, actor: Actor) -> int:
    """Return how many people the list has."""
    address, _offered = asked_for(request, actor)
    return int(queries.selected(address.selection, actor=actor, on=today()).count())
