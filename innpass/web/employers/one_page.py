"""Filling an employer's page."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.agreements import mapped
from innpass.casework.agreements.seats import free_seats
from innpass.casework.employers import queries
from innpass.casework.employers.occupations import occupations, title_of
from innpass.casework.employers.people import Visit, visits
from innpass.casework.timetable.keeping import DAYS, time_text
from innpass.casework.timetable.places import has_locality
from innpass.domain.access.policy import Act, may
from innpass.domain.access.roles import Actor
from innpass.domain.placing.demands import DEMAND_NAMES, Demand
from innpass.domain.sheets.fields import PlacementKind
from innpass.web.design.lengths import days_away
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.design.words import capitalised
from innpass.web.employers.lists import follow_href, phone_href
from innpass.web.employers.map_page import tags_of
from innpass.web.employers.pages import (
    ContactLine,
    EmployerPage,
    FreeDay,
    OtherName,
    PastLine,
    PlaceCard,
    StayLine,
)

if TYPE_CHECKING:
    from innpass.casework.employers.models import ContactPerson, PracticePlace
    from innpass.casework.placements.models import Employer

MOST_STAYS = 25
KINDS = {
    PlacementKind.MUNICIPAL.value: gettext_lazy("Kommunal enhet"),
    PlacementKind.PRIVATE.value: gettext_lazy("Privat bedrift"),
}
_SHORT = ("ma", "ti", "on", "to", "fr", "lø", "sø")


def employer_page(employer: "Employer", *, actor: Actor, on: date) -> EmployerPage:
    """Return the page of an employer. Constant queries."""
    pk = employer.pk
    names = queries.names_of(employer)
    here = [each.pk for each in names]
    standing = next(iter(mapped.standings(actor=actor, on=on, at=here)), None)
    card = getattr(employer, "card", None)
    keeps = may(actor, Act.KEEP_EMPLOYERS)
    contacts = [_contact(each, keeps, on) for each in queries.contact_people_of(employer)]
    places = _places(employer, here, actor=actor, on=on, keeps=keeps)
    been = visits(employer, actor=actor)
    ours = queries.municipal_contacts_of(employer)
    now = next((each for each in ours if holds(each.first_day, each.last_day, on)), None)
    same_as = card.same_as if card and card.same_as_id else None
    return EmployerPage(
        pk=str(pk),
        name=employer.name,
        on=on,
        kind=str(KINDS[employer.kind]),
        facts=tuple(_facts(employer, on)),
        tags=tuple(tags_of(standing)) if standing else (),
        cap=_cap(card, standing),
        is_over_cap=bool(standing and standing.cap_left == 0),
        contact=now.user.get_full_name() if now else "",
        contact_since=day_text(now.first_day) if now else "",
        contact_href=reverse("employers:municipal_contact", args=[pk]) if keeps else "",
        past_contacts=tuple(
            PastLine(each.user.get_full_name(), period_text(each.first_day, each.last_day))
            for each in ours
            if each is not now
        ),
        contacts=tuple(each for each in contacts if not each.has_stopped),
        stopped=tuple(each for each in contacts if each.has_stopped),
        places=tuple(each for each in places if not each.is_over),
        old_places=tuple(each for each in places if each.is_over),
        stays=tuple(_stay(each, on) for each in _in_order(been, on)[:MOST_STAYS]),
        now=sum(each.is_now(on) for each in been),
        coming=sum(each.is_to_come(on) for each in been),
        been=sum(not each.is_now(on) and not each.is_to_come(on) for each in been),
        areas=tuple(
            PastLine(each.area.name, period_text(each.first_day, each.last_day))
            for each in queries.belongings_of(employer)
        ),
        other_names=tuple(
            OtherName(str(each.pk), each.name, reverse("employers:part", args=[each.pk]))
            for each in names[1:]
        ),
        same_as=same_as.name if same_as else "",
        same_as_href=reverse("employers:employer", args=[same_as.pk]) if same_as else "",
        may_keep=keeps,
        has_grey=any(each.is_grey for each in places),
        edit_href=reverse("employers:edit", args=[pk]),
        new_place_href=reverse("employers:new_place", args=[pk]),
        new_contact_href=reverse("employers:new_contact", args=[pk]),
        move_href=f"{reverse('employers:move')}?enhet={pk}"
        if employer.kind == PlacementKind.MUNICIPAL.value
        else "",
        join_href=reverse("employers:join", args=[pk]),
        hours_href=reverse("teaching:workplace", args=[pk])
        if may(actor, Act.KEEP_WORKPLACES)
        else "",
        has_locality=has_locality(employer),
        history_href=reverse("outreach:employer", args=[pk])
        if may(actor, Act.SEE_MEETINGS)
        else "",
    )


def holds(first: date | None, last: date | None, on: date) -> bool:
    """Tell whether a day lies between two, both included; ``None`` is open."""
    return (first is None or first <= on) and (last is None or last >= on)


def period_text(first: date | None, last: date | None) -> str:
    """Write from when to when."""
    if first and last:
        return f"{day_text(first)} – {day_text(last)}"
    if first:
        return _("fra %(day)s") % {"day": day_text(first)}
    return _("til %(day)s") % {"day": day_text(last)} if last else ""


def _facts(employer: "Employer", on: date) -> list[tuple[str, str]]:
    card = getattr(employer, "card", None)
    facts = []
    if employer.kind == PlacementKind.MUNICIPAL.value:
        area = queries.area_name_of(employer, on=on)
        facts.append((_("Tjenesteområde"), area or _("Ikke oppgitt")))
    number = card.organisation_number if card else ""
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}" if number else _("Ikke oppgitt")
    facts.append((_("Organisasjonsnummer"), spaced))
    employees = card.employees if card else None
    facts.append((_("Ansatte"), _("Ikke oppgitt") if employees is None else str(employees)))
    if card and card.closed_on:
        facts.append((_("Tar ikke imot fra"), day_text(card.closed_on)))
    return facts


def _cap(card: Any, standing: mapped.Standing | None) -> str:
    if standing is None or card is None or card.most_at_once is None:
        return ""
    told = {"most": card.most_at_once, "left": standing.cap_left}
    if standing.cap_left == 0:
        return (
            _("Tar høyst %(most)s samtidig. Det er fullt nå, medregnet dem som er på vei.") % told
        )
    return (
        _("Tar høyst %(most)s samtidig. Det er rom for %(left)s til, når de på vei er regnet med.")
        % told
    )


def _contact(each: "ContactPerson", keeps: bool, on: date) -> ContactLine:
    return ContactLine(
        role=capitalised(each.get_role_display()),
        name=each.name,
        phone=each.phone,
        phone_href=phone_href(each.phone),
        email=each.email,
        period=period_text(each.first_day, each.last_day),
        href=reverse("employers:contact", args=[each.employer_id, each.pk]) if keeps else "",
        has_stopped=each.last_day is not None and each.last_day < on,
    )


def _in_order(found: Sequence[Visit], on: date) -> list[Visit]:
    """Put those who are there first, then those to come, then those who were."""
    return sorted(found, key=lambda one: 0 if one.is_now(on) else 1 if one.is_to_come(on) else 2)


def _stay(each: Visit, on: date) -> StayLine:
    if each.is_to_come(on):
        state, colour = _("Kommer"), "info"
    elif each.is_now(on):
        state, colour = _("Er her"), "success"
    else:
        state, colour = _("Var her"), "neutral"
    if each.has_contract:
        state = _("%(state)s · fikk arbeidskontrakt") % {"state": state}
    return StayLine(
        name=each.name,
        href=reverse("participant:participant", args=[each.person]),
        period=period_text(each.first_day, each.last_day),
        place="",
        state=state,
        colour=colour,
    )


def _places(
    employer: "Employer", here: Sequence[UUID], *, actor: Actor, on: date, keeps: bool
) -> list[PlaceCard]:
    rows = queries.places_of(employer)
    if not rows:
        return []
    free = free_seats(on, at=here)
    titles = occupations()
    days = queries.confirm_days(on=on)
    return [_place(each, free.get(each.pk), titles, days, actor, on, keeps) for each in rows]


def _place(
    each: "PracticePlace",
    free: dict[int, int] | None,
    titles: dict[str, str],
    confirm_days: int,
    actor: Actor,
    on: date,
    keeps: bool,
) -> PlaceCard:
    is_over = each.offered_until is not None and each.offered_until < on
    said = queries.last_said(each)
    least = ngettext(
        "minst %(days)s dag i uka", "minst %(days)s dager i uka", each.days_a_week or 0
    )
    args = [each.employer_id, each.pk]
    return PlaceCard(
        name=each.name,
        href=reverse("employers:place", args=args) if keeps else "",
        end_href=reverse("employers:end_place", args=args) if keeps and not is_over else "",
        occupation=title_of(each.occupation, titles) if each.occupation else "",
        tasks=each.tasks,
        seats=each.seats,
        free_days=tuple(
            FreeDay(DAYS[at], _SHORT[at], free[at]) for at in sorted(free) if 0 <= at < len(DAYS)
        )
        if free is not None
        else (),
        hours=f"{days_text(each.weekdays)} {time_text(each.start, each.end)}",
        days_a_week=least % {"days": each.days_a_week} if each.days_a_week else "",
        language=each.language_at_start,
        can_learn=each.can_learn,
        demands=tuple(DEMAND_NAMES[Demand(name)] for name in each.demands if name in set(Demand)),
        accessibility=each.accessibility,
        period=period_text(each.offered_from, each.offered_until),
        confirmed=days_away(said, on=on),
        is_grey=not is_over and queries.is_grey(each, on=on, after_days=confirm_days),
        is_over=is_over,
        is_to_come=each.offered_from > on,
        follow_href="" if is_over else follow_href(each.pk, actor=actor),
    )


def days_text(weekdays: Sequence[int]) -> str:
    """Write days of the week, those that follow one another together.

    Example:
        >>> days_text([0, 1, 2, 4])
        'Mandag–onsdag, fredag'
    """
    runs: list[list[int]] = []
    for at in sorted(set(weekdays)):
        if runs and runs[-1][-1] + 1 == at:
            runs[-1].append(at)
        else:
            runs.append([at])
    told = ", ".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}–{DAYS[run[-1]]}" for run in runs
    )
    return capitalised(told) if told else ""
