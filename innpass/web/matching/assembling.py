"""Filling the pages of one participant and of one place."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.employers.occupations import title_of
from innpass.casework.employers.queries import confirm_days, is_grey
from innpass.casework.matching.looking import PersonAdvice, PlaceAdvice, names_of, told
from innpass.casework.matching.places import PlaceRow
from innpass.casework.matching.weeks import WORKING_DAYS
from innpass.casework.timetable.keeping import DAYS
from innpass.domain.access.policy import Act, may, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.matching.problem import Offer, Seeker
from innpass.domain.matching.reasons import Level
from innpass.domain.matching.shortlist import FallenOut, Suggestion
from innpass.domain.placing.demands import DEMAND_NAMES
from innpass.web.design.pages import Paging, paging
from innpass.web.design.templatetags.design import number
from innpass.web.design.words import capitalised, listed
from innpass.web.matching.asking import said, week_choice
from innpass.web.matching.pages import Card, Known, PersonPage, PlacePage
from innpass.web.matching.travel import minutes_words

FIT_SHOWN, OUT_SHOWN = 10, 6
ALL_SHOWN = 100  # people on a page of either list of a place
FIT_PAGE, OUT_PAGE = "side", "side_ut"  # in an address: which page of either list
# What is missing about the person is told once, beside the list.
_OF_THE_PERSON = frozenset({"unknown.home", "unknown.week"})
_LONG_STRETCH = 3 * 60
_HOUR = 60


def person_page(
    advice: PersonAdvice,
    *,
    actor: Actor,
    on: date,
    shows_all: bool = False,
    problems: Mapping[UUID, tuple[str, str]] | None = None,
    apart: str = "",
) -> PersonPage:
    """Show the places for one participant.

    Args:
        apart: why the participant looks for no place; empty where she or he does.
        problems: why a place could not be chosen, and what was typed as the reason, by place.
    """
    person, monday = advice.participant, advice.monday
    here = reverse("matching:person", args=[person.pk])
    fit, out = advice.found.fit, advice.found.fallen_out
    wrong = problems or {}
    kept = {*map(str, wrong), advice.locked, *advice.seeker.refused_offers}
    grey_after = confirm_days(on=on)

    def is_stale(place: PlaceRow) -> bool:
        return is_grey(place.offered, on=on, after_days=grey_after)

    lines_fit, lines_out = (_lines(each, advice, kept, is_stale) for each in (fit, out))
    shown_fit = _first(lines_fit, FIT_SHOWN, shows_all, kept)
    shown_out = _first(lines_out, OUT_SHOWN, shows_all, kept)
    ranks = {each.offer: rank for rank, each in enumerate(fit, start=1)}
    best = max((each.points for each in fit), default=0)
    writes, idle = may_write(actor, "match.advice"), advice.idle_lock
    unlock_href = reverse("matching:unlock", args=[person.pk]) + said(monday) if writes else ""

    def card(alike: Sequence[Suggestion | FallenOut]) -> Card:
        each = alike[0]
        place = advice.place(each.offer)
        problem, typed = wrong.get(place.pk, ("", ""))
        is_best = isinstance(each, Suggestion) and each.points >= best
        return Card(
            key=place.pk,
            name=place.name,
            href=_at_place(each.offer, monday),
            about=_about_place(advice.problem.offer[each.offer], place.employer_name, advice),
            number=ranks.get(each.offer, 0),
            told=told(each, advice.problem, but=_OF_THE_PERSON),
            choose_href=_act("choose", person.pk, place.pk, advice.monday) if writes else "",
            lock_href=_act("lock", person.pk, place.pk, advice.monday) if writes else "",
            unlock_href=unlock_href,
            refuse_href=_act("refuse", person.pk, place.pk, advice.monday)
            if may_write(actor, "work.refusals")
            else "",
            asks_why=not is_best,
            is_locked=each.offer == advice.locked,
            locked_for=advice.kept_for.get(each.offer, ()),
            is_refused=each.offer in advice.seeker.refused_offers,
            is_grey=is_stale(place),
            alike=tuple(_at_place(one.offer, monday) for one in alike),
            problem=problem,
            typed=typed,
        )

    is_all = advice.is_whole and (len(shown_fit), len(shown_out)) == (
        len(lines_fit),
        len(lines_out),
    )
    return PersonPage(
        name=person.name,
        back_href=reverse("participant:participant", args=[person.pk]),
        week=week_choice(advice.monday, on=on, href=here),
        known=tuple(_known(advice, actor)),
        fit=tuple(card(each) for each in shown_fit),
        out=tuple(card(each) for each in shown_out),
        count_fit=len(fit) if advice.is_whole else None,
        count_out=len(out) if advice.is_whole else None,
        more_href="" if is_all else f"{here}{said(advice.monday)}&vis=alle",
        note="" if advice.market.offers else _("Ingen praksisplasser tilbys fra denne dagen."),
        apart=apart,
        profile_href=reverse("matching:profile", args=[person.pk])
        if may_write(actor, "work.goals")
        else "",
        cv_href=reverse("matching:cv", args=[person.pk]) if may_read(actor, "work.cv") else "",
        everybody_href=reverse("matching:start"),
        idle_lock=f"{idle.name}, {idle.employer.name}" if idle else "",
        unlock_href=unlock_href,
        may_write=writes,
    )


def place_page(
    advice: PlaceAdvice,
    *,
    actor: Actor,
    on: date,
    shows_all: bool = False,
    numbers: Mapping[str, int] | None = None,
) -> PlacePage:
    """Show the people for one place.

    Args:
        shows_all: page by page; otherwise the first of either list.
        numbers: which page of ``FIT_PAGE`` and ``OUT_PAGE``; the first otherwise.
    """
    place, problem = advice.place, advice.problem
    here = reverse("matching:place", args=[place.pk])
    fit, out = advice.found.fit, advice.found.fallen_out
    asked, everything = dict(numbers or {}), f"{here}{said(advice.monday)}&vis=alle"

    def pages(name: str, total: int) -> Paging:
        def href(number: int) -> str:
            wanted = {key: each for key, each in (asked | {name: number}).items() if each > 1}
            return "&".join([everything, *(f"{key}={each}" for key, each in wanted.items())])

        return paging(number=asked.get(name, 1), size=ALL_SHOWN, total=total, href=href)

    of_fit, of_out = pages(FIT_PAGE, len(fit)), pages(OUT_PAGE, len(out))
    shown_fit, shown_out = fit[:FIT_SHOWN], out[:OUT_SHOWN]
    if shows_all:
        shown_fit = fit[max(0, of_fit.first - 1) : of_fit.last]
        shown_out = out[max(0, of_out.first - 1) : of_out.last]
    shown = [UUID(each.seeker) for each in shown_fit] + [UUID(each.seeker) for each in shown_out]
    names = names_of(shown, actor=actor)

    def card(each: Suggestion | FallenOut, rank: int) -> Card:
        key = UUID(each.seeker)
        return Card(
            key=key,
            name=names[each.seeker],
            href=reverse("matching:person", args=[key]) + said(advice.monday),
            about=_about_person(advice.known[each.seeker], problem.words),
            number=rank,
            told=told(each, problem),
            is_locked=each.seeker in advice.locked,
        )

    note = ""
    if not advice.is_offered:
        note = _("Plassen tilbys ikke fra denne dagen.")
    elif not fit and not out:
        note = _("Ingen av dem du kan se, søker praksisplass fra denne dagen.")
    offer = problem.offer.get(str(place.pk))
    is_all = shows_all or (len(shown_fit) == len(fit) and len(shown_out) == len(out))
    return PlacePage(
        name=place.name,
        employer=place.employer.name,
        employer_href=reverse("employers:employer", args=[place.employer_id]),
        facts=tuple(_facts(offer, problem.words)) if offer else (),
        week=week_choice(advice.monday, on=on, href=here),
        fit=tuple(
            card(each, rank)
            for rank, each in enumerate(shown_fit, start=of_fit.first if shows_all else 1)
        ),
        out=tuple(card(each, 0) for each in shown_out),
        count_fit=len(fit),
        count_out=len(out),
        more_href="" if is_all else everything,
        fit_paging=of_fit if shows_all else None,
        out_paging=of_out if shows_all else None,
        note=note,
        may_write=may_write(actor, "match.advice"),
    )


def level_words(level: Level | None) -> str:
    """Name a level of Norwegian; empty where none is known or asked for."""
    if level is None:
        return ""
    return _("under A1") if level is Level.NONE else level.name


_Line: TypeAlias = "list[Suggestion | FallenOut]"


def _lines(
    found: Sequence[Suggestion | FallenOut],
    advice: PersonAdvice,
    kept: Collection[str],
    is_stale: Callable[[PlaceRow], bool],
) -> list[_Line]:
    """Put places together that are alike in everything, such as ten of one offer.

    Args:
        kept: places that stand by themselves: something is said of each.
        is_stale: whether a place must be asked about again.
    """
    lines: dict[Any, _Line] = {}
    for each in found:
        place = advice.place(each.offer)
        offer = replace(advice.problem.offer[each.offer], key="")
        alike = place.employer, offer, is_stale(place)
        alone = each.offer in kept or advice.kept_for.get(each.offer)
        lines.setdefault(each.offer if alone else alike, []).append(each)
    return list(lines.values())


def _first(
    lines: Sequence[_Line], most: int, shows_all: bool, kept: Collection[str]
) -> list[_Line]:
    """Take the first of a list, and those further down that must be seen."""
    if shows_all:
        return list(lines)
    return [line for place, line in enumerate(lines) if place < most or line[0].offer in kept]


def _at_place(key: str, monday: date) -> str:
    return reverse("matching:place", args=[key]) + said(monday)


def _act(name: str, person: UUID, place: UUID, monday: date) -> str:
    return reverse(f"matching:{name}", args=[person, place]) + said(monday)


def _about_place(offer: Offer, employer: str, advice: PersonAdvice) -> str:
    area = advice.problem.employer[offer.employer].area
    return ", ".join(filter(None, (employer, area, *_wants(offer))))


def _wants(offer: Offer) -> tuple[str, ...]:
    days = _("minst %(n)s dager i uka") if offer.days > 1 else _("dager etter avtale")
    level = level_words(offer.level_at_start) if offer.level_at_start else ""
    return (
        _("norsk %(level)s") % {"level": level} if level else _("uten krav til norsk"),
        days % {"n": offer.days},
    )


def _about_person(seeker: Seeker, words: Mapping[str, str]) -> str:
    level = level_words(seeker.level)
    parts = [_("norsk %(level)s") % {"level": level}] if level else []
    if seeker.goal:
        parts.append(_("mål: %(goal)s") % {"goal": title_of(seeker.goal, words).lower()})
    if seeker.supervisor:
        parts.append(_("praksisveileder %(name)s") % {"name": seeker.supervisor})
    return capitalised(", ".join(parts))


def _facts(offer: Offer, words: Mapping[str, str]) -> Sequence[Known]:
    days = [DAYS[each.day] for each in offer.openings if each.free_seats]
    demands = [DEMAND_NAMES[each] for each in DEMAND_NAMES if each in offer.demands]
    facts = [
        Known(_("Yrke"), words.get(offer.occupation or "", offer.occupation or "")),
        Known(_("Ledige plasser"), number(offer.seats)),
        Known(_("Ledig på"), listed(days)),
        Known(_("Vil ha noen"), ", ".join(_wants(offer))),
        Known(_("Krever"), listed(demands)),
        Known(_("Kan læres der"), listed(list(offer.can_be_learnt))),
    ]
    return [each for each in facts if each.value]


def _known(advice: PersonAdvice, actor: Actor) -> Sequence[Known]:
    seeker, lacks, pk = advice.seeker, advice.lacks, advice.participant.pk
    words = advice.problem.words
    may_keep = may_write(actor, "work.goals")
    profile = reverse("matching:profile", args=[pk]) if may_keep else ""
    ties = reverse("teaching:ties", args=[pk]) if may_write(actor, "timetable.ties") else ""
    week = reverse("timetable:week", args=[pk]) if may_read(actor, "timetable.week") else ""
    wishes = [
        *(title_of(each, words) for each in sorted(seeker.wished_occupations)),
        *sorted(seeker.wished_areas),
        *(
            advice.problem.employer[each].name
            for each in sorted(seeker.wished_employers)
            if each in advice.problem.employer
        ),
    ]
    done = [title_of(each, words) for each in sorted(seeker.experience)]
    hours = _("%(hours)s timer") % {"hours": number(seeker.minutes_wanted / _HOUR)}
    return [
        Known(
            _("Yrkesmål"),
            title_of(seeker.goal or "", words) or _("Ikke valgt"),
            profile,
            lacks.goal,
        ),
        Known(_("Erfaring"), listed(done) or _("Ikke ført"), profile, not done),
        Known(_("Ønsker"), listed(wishes) or _("Ikke ført"), profile),
        Known(
            _("Norsk, lytte og snakke"),
            level_words(seeker.level) or _("Ikke ført"),
            "",
            lacks.level,
        ),
        Known(
            _("Ledig i uka"),
            _free(seeker),
            week,
            lacks.week,
        ),
        Known(_("Timer som gjenstår i uka"), hours if seeker.minutes_wanted else _("Ikke kjent")),
        Known(
            _("Reiser fra"),
            words.get(seeker.home or "", "") or _("Ikke ført"),
            ties,
            lacks.home,
        ),
        Known(
            _("Lengste reisetid"),
            _("%(minutes)s hver vei")
            % {"minutes": minutes_words(advice.problem.rules.longest_travel)},
            reverse("matching:travel") if may(actor, Act.KEEP_WORKPLACES) else "",
        ),
        Known(_("Praksisveileder"), seeker.supervisor or _("Ingen ennå"), "", False),
    ]


def _free(seeker: Seeker) -> str:
    """Name the days on which there is room for a day at work."""
    if seeker.free is None:
        return _("Ikke kjent")
    long = {each.day for each in seeker.free if each.end - each.start >= _LONG_STRETCH}
    days = [DAYS[day] for day in sorted(long)]
    if set(WORKING_DAYS) <= long:
        return _("Noe alle dager")
    return listed(days) or _("Ingen dag har tre timer på rad")
