"""Proposing a place for somebody, and making cases of placements that the sheets tell of."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from innpass.casework.agreements import services
from innpass.casework.agreements.listing import Placement, placed_now, without_case
from innpass.casework.employers.queries import employers_seen_by, find_place, places_offered
from innpass.casework.participants.queries import Participant, find_participant, search_participants
from innpass.domain.access.policy import check_may_write, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.states import CaseKind
from innpass.exchange.clock import today
from innpass.web.agreements.finding import kept, not_found
from innpass.web.agreements.forms import ProposeForm
from innpass.web.agreements.pages import Found, SearchPage
from innpass.web.agreements.words import days_text
from innpass.web.design.editing import EditPage, answer, posted
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day

_MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a place: whom first, then where."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.state")
    asked = request.GET.get("deltaker", "")
    if not asked:
        return render(request, "agreements/whom.html", {"page": _search(request, actor)})
    person = _person(asked, actor)
    if person is None:
        return not_found(request)
    form = ProposeForm(
        posted(request),
        groups=_groups(actor),
        initial={"where": _where(request.GET), "kind": "practice"},
    )

    def save() -> str:
        employer, place = _chosen(form.cleaned_data["where"], actor)
        kind = form.cleaned_data["kind"]
        if kind == "practice":
            is_private = employer is not None and employer.kind == "private"
            kind = CaseKind.PRIVATE_PRACTICE if is_private else CaseKind.MUNICIPAL_PRACTICE
        case = services.propose(
            person, employer, place=place, kind=CaseKind(kind), by=actor, on=today()
        )
        return reverse("agreements:case", args=[case.pk])

    page = EditPage(
        title=_("Foreslå plass"),
        lead=". ".join(filter(None, (person.name, _in_the_way(person, actor)))),
        back_href=reverse("participant:participant", args=[person.pk]),
        back=person.name,
        form=form,
        facts=_("Foreslå"),
    )
    names = {"place": "where", "employer": "where"}
    return answer(
        request,
        "agreements/form.html",
        page,
        parts=[form],
        is_valid=form.is_valid,
        save=kept(save, fields=frozenset(form.fields), names=names),
    )


def _person(text: str, actor: Actor) -> Participant | None:
    try:
        return find_participant(UUID(text), actor=actor)
    except ValueError:
        return None


def _where(query: Any) -> str:
    if query.get("plass"):
        return f"place:{query['plass']}"
    return f"employer:{query['sted']}" if query.get("sted") else ""


def _search(request: HttpRequest, actor: Actor) -> SearchPage:
    """Find whom is meant. A name is posted, so that no address and no log has it."""
    query = request.POST.get("sok", "").replace("\x00", "").strip()[:100]
    tells = may_read(actor, "birth_date")
    rest = request.GET.copy()
    found = search_participants(query, actor=actor, most=_MOST_FOUND) if query else []
    placed = placed_now([each.pk for each in found], actor=actor, on=today())
    return SearchPage(
        query=query,
        found=tuple(
            Found(
                name=each.name,
                note=". ".join(
                    filter(
                        None,
                        (
                            day(each.birth_date) if tells and each.birth_date else "",
                            _there(placed.get(each.pk, ())),
                        ),
                    )
                ),
                href=f"?{_with(rest, each.pk)}",
            )
            for each in found
        ),
    )


def _there(placed: Iterable[Placement]) -> str:
    """Say where somebody is in practice, or will be; nothing where nowhere."""
    where = [
        " ".join(filter(None, (each.employer.name, days_text(each.first_day, each.last_day))))
        if each.employer
        else days_text(each.first_day, each.last_day)
        for each in placed
    ]
    return _("Har praksis: %(where)s") % {"where": ", ".join(where)} if where else ""


def _in_the_way(person: Participant, actor: Actor) -> str:
    """Say before anything is proposed what an agreement would not go together with."""
    said = _there(placed_now([person.pk], actor=actor, on=today()).get(person.pk, ()))
    more = _("En ny avtale kan ikke ha de samme dagene. Velg andre dager der, eller avslutt først.")
    return f"{said}. {more}" if said else ""


def _with(rest: Any, person: UUID) -> str:
    asked = rest.copy()
    asked["deltaker"] = str(person)
    text: str = asked.urlencode()
    return text


def _groups(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places that stand and the employers without any, by employer. Two queries."""
    seen = {each.pk: each for each in employers_seen_by(actor).order_by("name")}
    by_employer: dict[UUID, list[tuple[str, str]]] = {}
    for place in places_offered(today()):
        if place.employer_id in seen:
            by_employer.setdefault(place.employer_id, []).append((f"place:{place.pk}", place.name))
    return [
        (
            employer.name,
            [
                *by_employer.get(pk, ()),
                (
                    f"employer:{pk}",
                    _("%(name)s, plassen er ikke bestemt") % {"name": employer.name},
                ),
            ],
        )
        for pk, employer in seen.items()
    ]


def _chosen(text: str, actor: Actor) -> tuple[Any, Any]:
    kind, _colon, key = text.partition(":")
    if kind == "place":
        place = find_place(UUID(key))
        return (place.employer if place else None), place
    return employers_seen_by(actor).select_related("card").get(pk=key), None


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Make cases of the placements that run or come by the sheets and have none."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.state")
    on = today()
    made = services.adopt(without_case(actor, on=on), by=actor, on=on)
    messages.success(request, _("%(n)s praksisløp er laget.") % {"n": made})
    return HttpResponseRedirect(reverse("agreements:board") + "?hvem=alle")
