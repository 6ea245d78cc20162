"""Choosing the columns of the list, and their order: a form that works without a script."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.overview.columns import IN_ORDER, readable_columns
from innpass.casework.overview.saved_views import (
    CannotSave,
    choose_columns,
    may_change,
    save_view,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.web.design.gate import actor_of
from innpass.web.overview.addresses import Address, plain
from innpass.web.overview.assembling import COUNTER_NAMES
from innpass.web.overview.editing import SESSION_SAVED
from innpass.web.overview.marking import asked_for
from innpass.web.overview.pages import LABELS

NOTHING_TO_CHOOSE = "Rollen din ser bare navnet i oversikten, så det er ingen kolonner å velge."


@dataclass(frozen=True, slots=True)
class Arranged:
    """A column in the form: whether it is shown, and whether it has just been moved up or down."""

    key: str
    label: str
    is_shown: bool
    moved: str = ""


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """The page ``overview/columns.html``.

    Attributes:
        columns: all that may be read, the shown ones first, in their order.
        view: the name of the opened view whose columns these are; empty for the list as such.
        is_foreign: whether that view is somebody else's, so that a copy needs a name of its own.
        counter: the counter that the columns follow; empty where they were chosen, or follow none.
        is_chosen: whether there is a choice to give up.
        said: what a button just did; ``problem`` why nothing was saved.
    """

    columns: tuple[Arranged, ...]
    back_href: str
    view: str = ""
    is_foreign: bool = False
    counter: str = ""
    is_chosen: bool = False
    name: str = ""
    said: str = ""
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest) -> HttpResponse:
    """Show and save which columns the list, or the opened view, has, and in which order."""
    actor = actor_of(request)
    may = readable_columns(actor)
    if may.isdisjoint(IN_ORDER):
        raise MayNot(NOTHING_TO_CHOOSE)
    address, _offered = asked_for(request, actor)
    is_foreign = address.opened is not None and not may_change(address.opened, actor)
    if request.method != "POST":
        shown = address.columns(may)
        page = _page(address, _ordered(shown, may), shown, is_foreign=is_foreign)
        return render(request, "overview/columns.html", {"page": page})
    order = _ordered(request.POST.getlist("column"), may)
    shown = tuple(key for key in order if key in request.POST.getlist("shown"))
    for way, step in (("up", -1), ("down", 1)):
        if (key := request.POST.get(way, "")) in order:
            moved = _moved(order, key, step)
            page = _page(address, moved, shown, is_foreign=is_foreign, moved=(way, key))
            return render(request, "overview/columns.html", {"page": page})
    name = plain(request.POST.get("name", "")).strip()
    try:
        if "reset" in request.POST:
            choose_columns([], by=actor, view=address.opened)
            return _back(request, address, _("Kolonnene følger utvalget igjen."))
        if is_foreign:
            own = save_view(
                name, selection=address.selection, columns=shown, is_shared=False, by=actor
            )
            return _back(request, address.opening(own, may), _("Visningen er lagret."))
        _store(shown, address, actor)
    except CannotSave as error:
        page = _page(address, order, shown, is_foreign=is_foreign, name=name, problem=str(error))
        return render(request, "overview/columns.html", {"page": page}, status=422)
    return _back(request, address, _("Kolonnene er lagret."))


def _store(shown: Sequence[str], address: Address, actor: Actor) -> None:
    if not shown:
        raise CannotSave(_("Velg minst én kolonne, eller la kolonnene følge utvalget."))
    choose_columns(shown, by=actor, view=address.opened)


def _back(request: HttpRequest, address: Address, said: str) -> HttpResponse:
    request.session[SESSION_SAVED] = {"said": said, "act": ""}
    return HttpResponseRedirect(address.href())


def _ordered(first: Sequence[str], may: frozenset[str]) -> list[str]:
    """Return every column that may be read, those named first; others are left out."""
    return [key for key in dict.fromkeys([*first, *IN_ORDER]) if key in may and key in IN_ORDER]


def _moved(order: list[str], key: str, step: int) -> list[str]:
    """Return the order with a column moved one place; at an end it stays."""
    rest = [each for each in order if each != key]
    at = min(max(order.index(key) + step, 0), len(rest))
    return [*rest[:at], key, *rest[at:]]


def _page(
    address: Address,
    order: Sequence[str],
    shown: Sequence[str],
    *,
    is_foreign: bool,
    name: str = "",
    moved: tuple[str, str] = ("", ""),
    problem: str = "",
) -> ColumnsPage:
    chosen = address.opened.columns if address.opened else address.views.columns
    way, key = moved
    said = ""
    if key:
        words = {"column": LABELS[key], "place": order.index(key) + 1, "all": len(order)}
        said = _("%(column)s er nå nummer %(place)s av %(all)s.") % words
    counter = "" if chosen else address.selection.counter
    return ColumnsPage(
        columns=tuple(
            Arranged(
                key=each,
                label=str(LABELS[each]),
                is_shown=each in shown,
                moved=way if each == key else "",
            )
            for each in order
        ),
        back_href=address.href(),
        view=address.opened.name if address.opened else "",
        is_foreign=is_foreign,
        counter=str(COUNTER_NAMES[counter]) if counter else "",
        is_chosen=bool(chosen) and not is_foreign,
        name=name,
        said=said,
        problem=problem,
    )
