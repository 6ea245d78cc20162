"""Groups of a term: proposed, moved by hand, agreed; and places in classes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from innpass.casework.intake import grouping, queries
from innpass.casework.intake.problems import grouping_of, problem_of
from innpass.casework.intake.refusing import Refused, refused
from innpass.casework.reconciliation.class_places import place_and_enter
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.checks import Severity
from innpass.domain.intake.explain import new_clashes
from innpass.domain.intake.placing import LEVELS
from innpass.domain.intake.sentences import render as sentence
from innpass.domain.intake.solve import Proposal, Status
from innpass.exchange.clock import today
from innpass.web.intake.grouping import Done, classes_page, groups_page
from innpass.web.intake.pages import Ask
from innpass.web.intake.views import reader, term_or_404
from innpass.web.intake.words import days_to, session_label

TRACKS = (1, 2, 3)
_CONFIRMED = ("confirmed", "1")


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def groups(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a term's groups; propose them, move somebody, give a session, agree."""
    actor = reader(request)
    term = term_or_404(pk)
    done = Done()
    if request.method == "POST":
        check_may_write(actor, "intake.term")
        try:
            done = _ACTS.get(request.POST.get("act", ""), _nothing)(request, term, actor)
        except Refused as refusal:
            done = Done(refusals=tuple(refusal.sentences))
    page = groups_page(term_or_404(pk), actor=actor, on=today(), done=done)
    is_part = request.headers.get("HX-Request") == "true"
    template = "intake/groups.html" + ("#groups" if is_part else "")
    status = 422 if done.refusals else 200
    return render(request, template, {"page": page}, status=status)


def _nothing(_request: HttpRequest, _term: Any, _actor: Actor) -> Done:
    return Done()


def _propose(_request: HttpRequest, term: Any, actor: Actor) -> Done:
    waiting = _without_group(term, actor)
    proposal = grouping.propose_groups(term, by=actor, on=today())
    told = _how_good(proposal)
    if term.agreed_at is not None:
        placed = len(waiting - _without_group(term, actor))
        told = _("Ingen er flyttet. De som var invitert, står der de sto.")
        if placed:
            told = _(
                "%(n)s uten gruppe er satt i gruppe og invitert. De som var invitert, står der de "
                "sto."
            ) % {"n": placed}
    return Done(told=(told,), clash=tuple(sentence(one) for one in proposal.clash))


def _without_group(term: Any, actor: Actor) -> set[str]:
    groups = grouping_of(queries.members(term, actor=actor))
    return {key for key, group in groups.items() if group is None}


def _how_good(proposal: Proposal) -> str:
    if proposal.status is Status.PROVED_BEST:
        return _("Gruppene er foreslått. Det finnes ingen bedre inndeling etter ønskene.")
    return _(
        "Gruppene er foreslått. Tiden tok slutt, så det kan finnes en inndeling som er opptil "
        "%(percent)s prosent bedre."
    ) % {"percent": round(100 * proposal.gap)}


def _move(request: HttpRequest, term: Any, actor: Actor) -> Done:
    found = queries.members(term, actor=actor)
    wanted = {str(one.intake.pk): one for one in found}.get(request.POST.get("intake", ""))
    by_key = {str(group.pk): group for group in queries.groups_of(term)}
    group = by_key.get(request.POST.get("group", ""))
    if wanted is None:
        return Done(refusals=(_("Personen er ikke i terminen lenger. Last siden på nytt."),))
    before, problem = grouping_of(found), problem_of(term, found, by_key.values())
    key = str(wanted.intake.pk)
    after = {**before, key: str(group.pk) if group else None}
    clashes = new_clashes(problem, before, after)
    broken = tuple(sentence(one.reason) for one in clashes if one.severity is Severity.BROKEN)
    if broken and term.agreed_at is None and not _is_confirmed(request):
        heading = _("Skal %(name)s flyttes likevel?") % {"name": wanted.person.name}
        sent = ("act", "move"), ("intake", key), ("group", after[key] or ""), _CONFIRMED
        return Done(ask=Ask(heading, broken, _("Flytt likevel"), sent))
    grouping.set_group(wanted, group, by=actor)
    told = _("%(name)s er flyttet til %(group)s.") % {
        "name": wanted.person.name,
        "group": group.name if group else _("ingen gruppe"),
    }
    return Done(told=(told, *(sentence(clash.reason) for clash in clashes)), moved=key)


def _is_confirmed(request: HttpRequest) -> bool:
    name, value = _CONFIRMED
    return request.POST.get(name) == value


def _give_session(request: HttpRequest, term: Any, actor: Actor) -> Done:
    group = {str(one.pk): one for one in queries.groups_of(term)}.get(request.POST.get("group", ""))
    if group is None:
        return Done(refusals=(_("Gruppa finnes ikke lenger. Last siden på nytt."),))
    sessions = queries.sessions(actor).filter(term=term, is_individual=False)
    chosen = {str(one.pk): one for one in sessions}.get(request.POST.get("session", ""))
    if term.agreed_at is not None and not _is_confirmed(request):
        told = _what_moves(group, chosen, actor)
        if told:
            heading, yes = _("Skal %(group)s være uten samtale?"), _("Ja, ta bort samtalen")
            if chosen:
                heading, yes = _("Skal %(group)s ha en annen samtale?"), _("Ja, bytt samtale")
            heading = heading % {"group": group.name}
            session = str(chosen.pk) if chosen else ""
            sent = ("act", "session"), ("group", str(group.pk)), ("session", session), _CONFIRMED
            return Done(ask=Ask(heading, (told,), yes, sent))
    grouping.give_session(group, chosen, by=actor)
    return Done(told=(_("%(group)s har fått ny samtale.") % {"group": group.name},))


def _what_moves(group: Any, chosen: Any, actor: Actor) -> str:
    """Say whose invitations follow a group to a session, and how soon; empty: nobody's."""
    if group.session_id == (chosen.pk if chosen else None):
        return ""
    if group.session_id:
        rows = queries.invitations(
            actor, session=group.session_id, intake__group=group.pk, state="invited"
        )
        count = len(rows)
    else:
        count = sum(
            1 for one in queries.members(group.term, actor=actor) if one.intake.group_id == group.pk
        )
    if not count:
        return ""
    old = session_label(group.session) if group.session else ""
    if chosen is None:
        told = ngettext(
            "%(n)s invitasjon til %(old)s tas tilbake.",
            "%(n)s invitasjoner til %(old)s tas tilbake.",
            count,
        )
        return told % {"n": count, "old": old}
    told = _("%(n)s inviteres til %(new)s. Den er %(notice)s.")
    if old:
        told = ngettext(
            "%(n)s invitasjon flyttes fra %(old)s til %(new)s. Den er %(notice)s.",
            "%(n)s invitasjoner flyttes fra %(old)s til %(new)s. Den er %(notice)s.",
            count,
        )
    return told % {
        "n": count,
        "old": old,
        "new": session_label(chosen),
        "notice": days_to(chosen.day, today()),
    }


def _make(_request: HttpRequest, term: Any, actor: Actor) -> Done:
    made = grouping.make_group(term, by=actor)
    return Done(told=(_("%(group)s er laget. Flytt noen dit.") % {"group": made.name},))


def _agree(_request: HttpRequest, term: Any, actor: Actor) -> Done:
    grouping.agree(term, by=actor)
    return Done(told=(_("Gruppene er avtalt, og alle i dem er invitert til samtalen sin."),))


_ACTS = {
    "propose": _propose,
    "move": _move,
    "session": _give_session,
    "make": _make,
    "agree": _agree,
}


@require_http_methods(["GET", "HEAD", "POST"])
def classes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who shall be in which class, with what is suggested; the teacher decides."""
    actor = reader(request)
    term = term_or_404(pk)
    refusals: dict[str, tuple[str, ...]] = {}
    if request.method == "POST":
        check_may_write(actor, "intake.placement")
        key = request.POST.get("intake", "")
        members = {str(one.intake.pk): one for one in queries.members(term, actor=actor)}
        if key in members:
            try:
                _place(request, members[key], term, actor)
                messages.success(
                    request, _("%(name)s er plassert.") % {"name": members[key].person.name}
                )
                return HttpResponseRedirect(reverse("intake:classes", args=[pk]) + f"#p-{key}")
            except Refused as refusal:
                refusals[key] = tuple(refusal.sentences)
    page = classes_page(term, actor=actor, refused=refusals, typed=request.POST)
    status = 422 if refusals else 200
    return render(request, "intake/classes.html", {"page": page}, status=status)


def _place(request: HttpRequest, member: Any, term: Any, actor: Actor) -> None:
    track, level = request.POST.get("track", ""), request.POST.get("level", "")
    chosen = {str(row.group.pk): row.group for row in queries.classes_for(term)}
    sent = request.POST.get("class", "")
    if sent and sent not in chosen:
        raise refused("class_gone")
    place_and_enter(
        member,
        track=int(track) if track in map(str, TRACKS) else None,
        level=level if level in LEVELS else "",
        teaching_group=chosen.get(sent),
        reason=request.POST.get("reason", ""),
        seen=request.POST.get("seen"),
        by=actor,
    )
