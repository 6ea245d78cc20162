"""Saved views: listed, saved, renamed, shared, deleted, and which one starts with."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.overview.columns import readable_columns
from innpass.casework.overview.queries import Selection
from innpass.casework.overview.saved_views import (
    LONGEST_NAME,
    CannotSave,
    SavedView,
    delete_view,
    may_change,
    rename_view,
    save_view,
    start_with,
    update_view,
    views_of,
)
from innpass.domain.access.roles import Actor
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.design.words import BODIES, listed
from innpass.web.overview.addresses import Address, plain
from innpass.web.overview.assembling import in_words
from innpass.web.overview.editing import SESSION_SAVED
from innpass.web.overview.marking import asked_for
from innpass.web.overview.pages import LABELS


@dataclass(frozen=True, slots=True)
class ListedView:
    """A saved view in the list of them.

    Attributes:
        said: what it shows, in words: filters, order and columns, of what the viewer may read.
        owner: who made it, where somebody else did.
        edit_href: where it is renamed, shared and deleted; empty for those who may not.
    """

    id: UUID
    name: str
    href: str
    said: tuple[tuple[str, str], ...]
    is_shared: bool
    is_start: bool
    owner: str = ""
    edit_href: str = ""


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """The page ``overview/views.html``. ``body`` is what the viewer's body is called."""

    views: tuple[ListedView, ...]
    body: str
    back_href: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class ViewPage:
    """The page ``overview/view.html``: the name of a view, new or old, and who uses it.

    Attributes:
        delete_href: where it is deleted; empty for a new one.
        said: what the view holds, in words; ``search`` is what is searched for and not saved.
        may_share: whether it is the viewer's to share; ``body`` is whom with.
    """

    heading: str
    name: str
    is_shared: bool
    body: str
    back_href: str
    said: tuple[tuple[str, str], ...]
    longest: int = LONGEST_NAME
    may_share: bool = True
    search: str = ""
    delete_href: str = ""
    problem: str = ""


@require_GET
def views(request: HttpRequest) -> HttpResponse:
    """List the viewer's own views and those that the body shares."""
    actor = actor_of(request)
    found = views_of(actor)
    may = readable_columns(actor)
    whole = Address(Selection(), municipality=actor.municipality_id, views=found)
    listed_views = []
    for view in found.saved:
        address = whole.opening(view, may)
        listed_views.append(
            ListedView(
                id=view.pk,
                name=view.name,
                href=address.href(),
                said=_said(address, may),
                is_shared=bool(view.body),
                is_start=view == found.start,
                owner="" if view.owner_id == actor.user_id else str(view.owner),
                edit_href=reverse("overview:view", args=[view.pk])
                if may_change(view, actor)
                else "",
            )
        )
    page = ViewsPage(
        views=tuple(listed_views),
        body=_body(actor),
        back_href=list_href(request),
        said=request.session.pop(SESSION_SAVED, {}).get("said", ""),
    )
    return render(request, "overview/views.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_view(request: HttpRequest) -> HttpResponse:
    """Save the list that the address asks for under a name."""
    actor = actor_of(request)
    address, _offered = asked_for(request, actor)
    may = readable_columns(actor)
    name = plain(request.POST.get("name", "")).strip()
    problem = ""
    if request.method == "POST":
        try:
            saved = save_view(
                name,
                selection=address.selection,
                columns=_chosen(address),
                is_shared="shared" in request.POST,
                by=actor,
            )
            href = address.opening(saved, may).href()
            return _done(request, href, _("Visningen «%(name)s» er lagret."), saved.name)
        except CannotSave as error:
            problem = str(error)
    page = ViewPage(
        heading=_("Lagre visningen"),
        name=name,
        is_shared="shared" in request.POST,
        body=_body(actor),
        back_href=address.href(),
        said=_said(address, may),
        search=address.selection.search,
        problem=problem,
    )
    return render(request, "overview/view.html", {"page": page}, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename a view, share it, or keep it to oneself."""
    actor = actor_of(request)
    saved = _find(pk, actor)
    name, problem = saved.name, ""
    is_shared = bool(saved.body)
    if request.method == "POST":
        name = plain(request.POST.get("name", "")).strip()
        is_shared = "shared" in request.POST
        try:
            rename_view(saved, name, is_shared=is_shared, by=actor)
            return _done(
                request, reverse("overview:views"), _("Visningen «%(name)s» er endret."), saved.name
            )
        except CannotSave as error:
            problem = str(error)
    may = readable_columns(actor)
    page = ViewPage(
        heading=_("Endre visningen"),
        name=name,
        is_shared=is_shared,
        body=_body(actor),
        back_href=reverse("overview:views"),
        said=_said(Address(Selection()).opening(saved, may), may),
        may_share=saved.owner_id == actor.user_id,
        delete_href=reverse("overview:delete_view", args=[pk]),
        problem=problem,
    )
    return render(request, "overview/view.html", {"page": page}, status=422 if problem else 200)


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a view."""
    actor = actor_of(request)
    saved = _find(pk, actor)
    name = saved.name
    delete_view(saved, by=actor)
    return _done(request, reverse("overview:views"), _("Visningen «%(name)s» er slettet."), name)


@require_POST
def update(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a view hold the list that the address asks for."""
    actor = actor_of(request)
    saved = _find(pk, actor)
    address, _offered = asked_for(request, actor)
    update_view(saved, selection=address.selection, columns=saved.columns, by=actor)
    return _done(request, address.href(), _("Visningen «%(name)s» er endret."), saved.name)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Choose which view one starts with; none is the whole list."""
    actor = actor_of(request)
    text = request.POST.get("view", "")
    try:
        chosen = views_of(actor).find(UUID(text)) if text else None
    except ValueError:
        chosen = None
    if text and chosen is None:
        raise Http404
    start_with(chosen, by=actor)
    said = _("Oversikten åpner nå med «%(name)s».")
    return _done(request, reverse("overview:views"), said, chosen.name if chosen else _("Alle"))


def _find(pk: UUID, actor: Actor) -> SavedView:
    """Return a view that the actor may open and change.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    saved = views_of(actor).find(pk)
    if saved is None or not may_change(saved, actor):
        raise Http404
    return saved


def _done(request: HttpRequest, href: str, said: str, name: str) -> HttpResponse:
    request.session[SESSION_SAVED] = {"said": said % {"name": name}, "act": ""}
    return HttpResponseRedirect(href)


def _body(actor: Actor) -> str:
    return str(BODIES[actor.body]) if actor.body in BODIES else ""


def _chosen(address: Address) -> tuple[str, ...]:
    """Return the columns to save: those chosen for what is looked at, or none."""
    return tuple(address.opened.columns) if address.opened else address.views.columns


def _said(address: Address, may: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Say what a view holds, as label and value; the search is not among it."""
    chosen = _chosen(address)
    shown = listed([str(LABELS[key]) for key in address.columns(may)]) if chosen else ""
    order = LABELS.get(address.selection.sort)
    return (
        *(each for each in in_words(address, with_search=False)),
        (_("Rekkefølge"), str(order) if order else _("De som trenger noe, først")),
        (_("Kolonner"), shown or _("Følger utvalget")),
    )
