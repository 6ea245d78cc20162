"""One case: where it stands, what is next and whose it is, what was agreed and done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from innpass.casework.agreements.course import course_for
from innpass.casework.agreements.queries import (
    CaseEnding,
    FormerEnding,
    former_endings,
    standing_of,
    versions_of,
)
from innpass.casework.agreements.refusing import roles_of
from innpass.casework.agreements.surroundings import clashes_of, days_of
from innpass.casework.agreements.versions import content_of
from innpass.casework.doors.queries import is_shut_by_wrong_codes
from innpass.domain.access.policy import check_may_read, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.demands import DEMAND_NAMES, Demand
from innpass.domain.placing.moves import MOVE_OF, Move, refusal
from innpass.domain.placing.sentences import choice, say
from innpass.domain.placing.states import Outcome, State, Step
from innpass.exchange.clock import today
from innpass.web.agreements.finding import Found, not_found, open_case
from innpass.web.agreements.forms import DemandForm, days_typed
from innpass.web.agreements.pages import Action, CasePage, DemandLine, FormerCard, NoteLine, Stop
from innpass.web.agreements.versions import version_cards
from innpass.web.agreements.words import (
    COLOURS,
    contacts_of,
    days_text,
    kind_text,
    state_name,
)
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import day, moment
from innpass.web.design.words import capitalised

_STOPS = (
    *(State.PROPOSED, State.PRESENTED, State.INTERVIEW_PREPARED, State.FIRST_MEETING_HELD),
    *(State.AGREED, State.RUNNING, State.ENDED),
)
_STEP_AT = {
    State.PRESENTED: Step.PRESENTED,
    State.INTERVIEW_PREPARED: Step.INTERVIEW_PREPARED,
    State.FIRST_MEETING_HELD: Step.FIRST_MEETING,
}


@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a case; the opening is noted."""
    actor = actor_of(request)
    check_may_read(actor, "agreement.state")
    found = open_case(request, pk, actor=actor, page="placement_case")
    if found is None:
        return not_found(request)
    page = case_page(found, actor=actor, on=today())
    return render(request, "agreements/case.html", {"page": page})


def case_page(found: Found, *, actor: Actor, on: date) -> CasePage:
    """Put the page together, cut to what the actor may read. A fixed number of queries."""
    case, told = found.case, found.told
    state = told.state(on=on)
    reads = may_read(actor, "agreement.content")
    versions = versions_of(case) if reads else []
    cards = version_cards(found, versions, actor=actor, on=on)
    waiting, in_force = told.waiting, told.in_force
    actions = list(_actions(found, actor=actor, on=on)) if _writes(actor) else []
    first, text = _next(found, actions, state=state, actor=actor, on=on)
    shown = in_force or waiting
    notices = list(_notices(found, actor=actor, on=on)) if reads else []
    course, course_href = _course(found, actor=actor, on=on) if reads else ("", "")
    return CasePage(
        title=_("%(name)s hos %(employer)s") % {"name": found.name, "employer": case.employer.name},
        person=Link(found.name, reverse("participant:participant", args=[_person(found)])),
        employer=Link(case.employer.name, _employer_href(found)),
        state=_("Trukket tilbake") if case.withdrawn_at else state_name(state),
        colour="danger" if case.withdrawn_at else COLOURS[state],
        kind=kind_text(case),
        days=days_text(told.first_day, told.last_day),
        supervisor=str(case.supervisor) if case.supervisor else _("ingen ennå"),
        stops=tuple(_stops(found, state, on=on)),
        next_text=text,
        next_action=first,
        actions=tuple(each for each in actions if each.href and each is not first),
        refused=tuple(each for each in actions if each.why_not),
        waiting=cards.get(waiting.number) if waiting else None,
        in_force=cards.get(in_force.number) if in_force else None,
        older=tuple(
            card
            for number, card in cards.items()
            if number not in {each.number for each in (waiting, in_force) if each}
        ),
        contacts=contacts_of(shown) if shown and reads else (),
        notes=tuple(_notes(found, actor)),
        demands=tuple(_demands(found)) if may_read(actor, "agreement.demand") else (),
        no_agreement=_no_agreement(found),
        demand_form=_demand_form(found, actor=actor, on=on),
        expectations=_expectations(found) if reads else "",
        ending=tuple(_ending(told.ending, actor)),
        former_endings=tuple(_former(found, actor)),
        course=course,
        course_href=course_href,
        notices=tuple(each.text for each in notices if not each.is_only_told),
        told=tuple(each.text for each in notices if each.is_only_told),
        links=tuple(_links(found, actor)),
        advice_href=reverse("matching:advice", args=[found.case.pk])
        if may_read(actor, "match.advice")
        else "",
        case_id=str(case.pk),
        version=case.version,
        discard_href=reverse("agreements:discard", args=[case.pk]) if waiting else "",
    )


def _writes(actor: Actor) -> bool:
    return may_write(actor, "agreement.state")


def _person(found: Found) -> UUID:
    pk: UUID = found.case.participant.turned_out_to_be_id or found.case.participant_id
    return pk


def _employer_href(found: Found) -> str:
    return reverse("employers:employer", args=[found.case.employer_id])


def _stops(found: Found, state: State, *, on: date) -> Iterator[Stop]:
    case, told = found.case, found.told
    reached = _STOPS.index(state)
    for at, stop in enumerate(_STOPS):
        step = told.steps.get(_STEP_AT[stop]) if stop in _STEP_AT else None
        when: date | None = step.on if step else None
        if stop is State.PROPOSED:
            when = case.proposed_on if case.proposed_on <= on else None  # adopted before it began
        elif stop is State.RUNNING:
            when = told.first_day
        elif stop is State.ENDED:
            when = told.ending.last_day if told.ending else told.last_day
        is_skipped = _is_skipped(found, stop) and at < reached
        how = "now" if at == reached else "done" if at < reached and not is_skipped else "later"
        yield Stop(state_name(stop), how, when)


def _is_skipped(found: Found, stop: State) -> bool:
    """Tell whether a case that has come further never was at a stop."""
    if stop in _STEP_AT:
        return _STEP_AT[stop] not in found.told.steps
    ending = found.told.ending
    if stop is State.RUNNING and ending is not None and ending.outcome == Outcome.NOT_STARTED:
        return True
    return stop in (State.AGREED, State.RUNNING) and not found.told.is_laid


def _actions(found: Found, *, actor: Actor, on: date) -> Iterator[Action]:
    """Yield everything that can be done, in the order it is done, with why where it cannot."""
    case, told = found.case, found.told

    def action(label: str, move: Move, name: str, *args: object, query: str = "") -> Action:
        standing = standing_of(case, told, on=on, party=None)
        why = refusal(move, standing, roles_of(actor))
        href = reverse(f"agreements:{name}", args=[case.pk, *args]) + query
        return Action(label, "" if why else href, why)

    for step in Step:
        if step not in told.steps and not told.is_laid:
            yield action(
                _("Før: %(step)s") % {"step": say(f"step.{step}")}, MOVE_OF[step], "step", step
            )
    if told.expectations is None and told.ending is None:
        yield action(_("Før at forventningene er gitt"), Move.GIVE_EXPECTATIONS, "expectations")
    if told.waiting is not None:
        yield action(_("Endre avtalen"), Move.EDIT_VERSION, "write")
        if told.signatures:
            yield action(_("Åpne avtalen igjen"), Move.LIFT, "lift")
    elif told.latest is None:
        yield action(_("Skriv avtalen"), Move.MAKE_VERSION, "write")
    else:
        yield action(_("Forleng"), Move.MAKE_VERSION, "write", query="?ny=extended")
        yield action(_("Ny versjon av avtalen"), Move.MAKE_VERSION, "write")
    if told.ending is None:
        yield action(_("Avslutt"), Move.END, "end")
        yield action(_("Trekk tilbake"), Move.WITHDRAW, "withdraw")
    else:
        yield action(_("Rett avslutningen"), Move.CORRECT_END, "correct_end")


def _next(
    found: Found, actions: list[Action], *, state: State, actor: Actor, on: date
) -> tuple[Action | None, str]:
    """Return what is to be done next, and a sentence that says whose it is."""
    told, by = found.told, {}
    for each in actions:
        by[each.label] = each
    if found.case.withdrawn_at is not None:
        return None, _("Praksisløpet er trukket tilbake. Det som var lagt over arkene, er borte.")
    if told.ending is not None:
        return None, _when_ended(told.ending, state=state, on=on)
    if told.waiting is not None:
        who = choice((say(f"party.{party}") for party in told.waits_for), last="og")
        return None, _("Avtalen venter på underskrift fra %(who)s.") % {"who": who}
    if state is State.ENDED:
        return by.get(_("Avslutt")), _("Siste dag er passert. Før hvordan det gikk, eller forleng.")
    if state is State.RUNNING and told.last_day == on:
        return by.get(_("Avslutt")), _("Siste dag i dag. Før hvordan det gikk, eller forleng.")
    if state is State.RUNNING:
        return None, _("Praksisen pågår. Oppfølgingen går til siste dag.")
    if state is State.AGREED:
        return None, _("Alt er underskrevet. Praksisen begynner første dag i avtalen.")
    nexts = {
        State.PROPOSED: (Step.PRESENTED, _("Presenter deltakeren for stedet.")),
        State.PRESENTED: (Step.INTERVIEW_PREPARED, _("Forbered deltakeren til intervjuet.")),
        State.INTERVIEW_PREPARED: (Step.FIRST_MEETING, _("Bli med på det første møtet.")),
    }
    if state is State.PROPOSED and may_write(actor, "match.presentation"):
        href = reverse("matching:presentation", args=[found.case.pk])
        return Action(_("Skriv presentasjonen"), href), nexts[state][1]
    if state in nexts:
        step, text = nexts[state]
        return by.get(_("Før: %(step)s") % {"step": say(f"step.{step}")}), text
    return by.get(_("Skriv avtalen")), _("Skriv avtalen som alle skal underskrive.")


def _when_ended(ending: CaseEnding, *, state: State, on: date) -> str:
    """Say of a case whose ending is noted whether it is over."""
    if state is State.ENDED:
        return _("Praksisløpet er avsluttet.")
    if ending.last_day == on:
        return _("Siste dag i dag. Det er ført hvordan det gikk.")
    text = _("Praksisen slutter %(day)s. Det er ført hvordan det gikk.")
    return text % {"day": day(ending.last_day)}


def _notes(found: Found, actor: Actor) -> Iterator[NoteLine]:
    reads = may_read(actor, "agreement.note")
    for step, taken in found.told.steps.items():
        yield NoteLine(
            name=capitalised(say(f"step.{step}")),
            day=taken.on,
            by=str(taken.by) if taken.by else "",
            text=taken.text if reads else "",
        )


def _demands(found: Found) -> Iterator[DemandLine]:
    place = found.told.waiting.place if found.told.waiting else found.case.place
    for code in place.demands if place else ():
        seen = found.told.demands.get(code)
        told = {"day": day(seen.seen_on), "by": seen.by} if seen else {}
        yield DemandLine(
            name=capitalised(DEMAND_NAMES[Demand(code)]),
            code=code,
            seen=_("Sett %(day)s av %(by)s") % told if seen else "",
        )


def _no_agreement(found: Found) -> str:
    if found.told.is_laid:
        return _("Praksisen kom med regnearkene. En avtale kan skrives når den skal endres.")
    if found.told.ending is not None:
        return _("Det ble ikke skrevet noen avtale.")
    return _(
        "Avtalen skrives etter det første møtet. Deltakeren og arbeidsgiveren skriver under først, "
        "praksisveilederen til slutt."
    )


def _demand_form(found: Found, *, actor: Actor, on: date) -> object | None:
    standing = standing_of(found.case, found.told, on=on)
    if not _writes(actor) or refusal(Move.SEE_DEMAND, standing, roles_of(actor)):
        return None
    return DemandForm(initial=days_typed(on))


def _expectations(found: Found) -> str:
    given = found.told.expectations
    if given is None:
        return ""
    told = {"day": day(given.given_on), "how": say(f"given.{given.how}"), "by": given.by or ""}
    text = _("Gitt %(day)s %(how)s") % told
    if given.language:
        text += f" ({given.language})"
    return text + (_(" av %(by)s") % told if given.by else "") + "."


def _ending(ending: CaseEnding | FormerEnding | None, actor: Actor) -> Iterator[tuple[str, str]]:
    if ending is None:
        return
    yield _("Utfall"), capitalised(say(f"outcome.{ending.outcome}"))
    yield _("Siste dag"), day(ending.last_day)
    if may_read(actor, "agreement.told"):
        yield _("På initiativ fra"), capitalised(say(f"initiative.{ending.initiative}"))
        if ending.told:
            yield _("Deltakeren får vite"), ending.told
    if may_read(actor, "agreement.note"):
        yield _("Årsak"), capitalised(say(f"reason.{ending.reason}"))
        if ending.text:
            yield _("Internt"), ending.text


def _former(found: Found, actor: Actor) -> Iterator[FormerCard]:
    """Yield what was said of the ending before it was put right."""
    if found.told.ending is None:
        return
    for each in former_endings(found.case):
        told = {"at": moment(each.replaced_at), "by": each.replaced_by or ""}
        yield FormerCard(
            title=_("Rettet %(at)s av %(by)s. Før rettelsen:") % told,
            facts=tuple(_ending(each, actor)),
            why=each.why if may_read(actor, "agreement.note") else "",
        )


def _course(found: Found, *, actor: Actor, on: date) -> tuple[str, str]:
    """Say which vocational Norwegian course could begin with the placement."""
    told = found.told
    version = told.in_force or told.waiting
    state = told.state(on=on)
    if version is None or state is State.ENDED or not may_read(actor, "timetable.week"):
        return "", ""
    begins = max(on, version.first_day)
    course = course_for(_person(found), days=days_of(version.days), begins=begins)
    if course.has_it:
        return _("Deltakeren har yrkesnorsk i timeplanen."), ""
    if not course.offers:
        return _("Ingen gruppe i yrkesnorsk går når praksisen begynner."), ""
    best = course.offers[0]
    told_of = {"group": best.name, "when": best.when}
    text = _("Yrkesnorsk kan begynne samtidig: %(group)s, %(when)s.") % told_of
    text += " " + (
        _("Det kolliderer med dette: %(what)s") % {"what": " ".join(best.clashes)}
        if best.clashes
        else _("Det går sammen med avtalen og timeplanen.")
    )
    return text, reverse("timetable:propose", args=[_person(found)])


@dataclass(frozen=True, slots=True)
class _Notice:
    """What is told of the version that waits; ``is_only_told`` where nobody has to do anything."""

    text: str
    is_only_told: bool = False


def _notices(found: Found, *, actor: Actor, on: date) -> Iterator[_Notice]:
    """Yield what does not go together with the version that waits, or with the rows."""
    case, told = found.case, found.told
    if told.waiting is not None:
        wanted = content_of(told.waiting).wanted(case.kind)
        for each in clashes_of(case, wanted, place=told.waiting.place, by=actor, on=on):
            if each.needs_reason and told.waiting.long_reason:
                continue  # whoever wrote it has said why, which stands in the version
            yield _Notice(each.text, is_only_told=each.is_only_told)
    placed, agreed = told.placement, told.in_force
    if told.is_laid and placed is None and told.ending is None:
        yield _Notice(
            _("Arkene forteller ikke lenger om denne praksisen. Se historikken til deltakeren.")
        )
    if placed is None or agreed is None or told.ending is not None:
        return
    if (placed.first_day, placed.last_day) != (agreed.first_day, agreed.last_day):
        text = _(
            "Avtalen sier %(agreed)s, men oversikten sier %(told)s. Oversikten gjelder til en ny "
            "versjon er underskrevet."
        )
        days = {
            "agreed": days_text(agreed.first_day, agreed.last_day),
            "told": days_text(placed.first_day, placed.last_day),
        }
        yield _Notice(text % days)


def _door_label(found: Found) -> str:
    if is_shut_by_wrong_codes(found.case):
        return _("Arbeidsgiverens side ble stengt etter fem feil koder")
    return _("Arbeidsgiverens side og papirer")


def _links(found: Found, actor: Actor) -> Iterator[Link]:
    pk = found.case.pk
    links = (
        ("follow_up.visit", _("Oppfølging"), reverse("follow_up:person", args=[_person(found)])),
        (
            "match.presentation",
            _("Presentasjon for stedet"),
            reverse("matching:presentation", args=[pk]),
        ),
        ("door.link", _door_label(found), reverse("doors:case", args=[pk])),
        ("scheme.state", _("Ordninger fra Nav"), reverse("agreements:schemes", args=[pk])),
    )
    for field, label, href in links:
        if may_read(actor, field):
            yield Link(label, href)
