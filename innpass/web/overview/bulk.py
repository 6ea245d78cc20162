"""Changing many people at once: who, which field, which value; then what it would change."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from innpass.casework.reconciliation.standing import Way, standing_values
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.overview.addresses import Address, plain
from innpass.web.overview.cells import Field, field_of
from innpass.web.overview.editing import NOTHING_TO_EDIT, remember_saved
from innpass.web.overview.marking import asked_for, count_of_list, marked, on_list
from innpass.web.overview.pasting import fields_in_order
from innpass.web.overview.proposing import MOST_PEOPLE, Proposals, propose
from innpass.web.overview.saving import (
    NotUnderstood,
    Saved,
    changes_as_json,
    changes_from_json,
    save,
)

WAYS = {"paste": Way.PASTE, "bulk": Way.BULK}


@dataclass(frozen=True, slots=True)
class BulkPage:
    """The page ``overview/bulk.html``.

    Attributes:
        people: those marked, as ids; ``names`` are theirs.
        everyone: whether all on the list are meant; ``on_list`` is how many they are.
        too_many: whether they are more than one act takes.
        address: the list's own address, so that "all" means the same list.
        several: the fields that are emptied, where they are more than one.
        left_out: whether a field that was marked is not changed for many.
        proposals: what it would do; ``None`` before field and value were chosen.
    """

    people: tuple[UUID, ...]
    names: tuple[str, ...]
    everyone: bool
    on_list: int
    too_many: bool
    address: str
    fields: tuple[Field, ...]
    chosen: str
    text: str
    back_href: str
    problem: str = ""
    several: tuple[Field, ...] = ()
    left_out: bool = False
    proposals: Proposals | None = None


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask for field and value, and show what it would change; several fields are emptied."""
    actor = actor_of(request)
    # A number is one person's alone.
    fields = [name for name in fields_in_order(actor) if not _is_ones_own(name)]
    if not fields:
        raise MayNot(NOTHING_TO_EDIT)
    ids = marked(request)
    count = count_of_list(request, actor)
    # Who opens the page with nobody marked is offered all on the list; what is done says who.
    everyone = request.POST.get("who", "" if ids or "text" in request.POST else "all") == "all"
    meant = on_list(request, actor, most=MOST_PEOPLE) if everyone else ids[:MOST_PEOPLE]
    named = standing_values(ids[:MOST_PEOPLE], [], actor=actor)
    asked = list(dict.fromkeys(request.POST.getlist("field")))
    chosen = [name for name in asked if name in fields]
    several = len(chosen) > 1
    text = "" if several else plain(request.POST.get("text", "")).strip()
    is_for_nobody = not everyone and not ids
    is_asked = bool(chosen) and "text" in request.POST
    too_many = (count if everyone else len(ids)) > MOST_PEOPLE
    proposals = None
    problem = ""
    if is_for_nobody:
        problem = _("Ingen deltakere er merket. Merk noen i listen, eller velg alle på listen.")
    elif is_asked and not text and not request.POST.get("empty"):
        problem = _("Skriv en verdi, eller kryss av for at feltet skal tømmes.")
    elif is_asked and not too_many:
        words = [[text] * len(chosen)] * len(meant)
        proposals = propose(meant, chosen, words, actor, by_column=several)
    page = BulkPage(
        people=tuple(person.pk for person in named),
        names=tuple(person.name for person in named),
        everyone=everyone,
        on_list=count,
        too_many=too_many,
        address=_query_of(asked_for(request, actor)[0]),
        fields=tuple(field_of(name) for name in fields),
        chosen=chosen[0] if chosen else "",
        text=text,
        back_href=list_href(request),
        problem=problem,
        several=tuple(field_of(name) for name in chosen) if several else (),
        left_out=len(asked) > len(chosen),
        proposals=proposals,
    )
    return render(request, "overview/bulk.html", {"page": page}, status=422 if problem else 200)


def _is_ones_own(name: str) -> bool:
    return name == "name" or name.startswith("ids.")


def _query_of(address: Address) -> str:
    return address.href("overview:bulk")


@dataclass(frozen=True, slots=True)
class Left:
    """A change that was not saved: whose, which field, both texts, and why.

    ``again`` saves it over what stands there now, as JSON; empty where that is no way out.
    """

    name: str
    pk: UUID
    label: str
    mine: str
    theirs: str
    sentence: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class LeftPage:
    """The page ``overview/left.html``: what of a paste or a bulk change was not saved."""

    saved: int
    left: tuple[Left, ...]
    way: str
    back_href: str


@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Save what was shown, as one act; show what somebody else changed meanwhile."""
    actor = actor_of(request)
    if not fields_in_order(actor):
        raise MayNot(NOTHING_TO_EDIT)
    word = request.POST.get("way", "")
    try:
        changes = [
            change for text in request.POST.getlist("changes") for change in changes_from_json(text)
        ]
    except NotUnderstood as error:
        return render(request, "overview/left.html", {"problem": str(error)}, status=422)
    saved = save(changes, actor=actor, way=WAYS.get(word, Way.BULK))
    remember_saved(request, saved, actor=actor)
    if not saved.left:
        return HttpResponseRedirect(list_href(request))
    page = LeftPage(
        saved=len(saved.saved),
        left=tuple(_left(saved, actor)),
        way=word if word in WAYS else "bulk",
        back_href=list_href(request),
    )
    status = 409 if any(each.again for each in page.left) else 422
    return render(request, "overview/left.html", {"page": page}, status=status)


def _left(saved: Saved, actor: Actor) -> list[Left]:
    people = standing_values([r.change.participant for r in saved.left], [], actor=actor)
    names = {person.pk: person.name for person in people}
    told = []
    for result in saved.left:
        change = result.change
        again = ""
        if result.code == "conflict":
            again = changes_as_json([replace(change, seen=result.theirs)])
        told.append(
            Left(
                name=names.get(change.participant, ""),
                pk=change.participant,
                label=field_of(change.field).label,
                mine=change.text,
                theirs=result.theirs,
                sentence=result.sentence,
                again=again,
            )
        )
    return told
