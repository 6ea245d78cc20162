"""Filling the pages of groups and classes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.intake import queries
from innpass.casework.intake.problems import grouping_of, in_groups, problem_of
from innpass.casework.intake.queries import Member
from innpass.casework.intake.services import mark_of_place
from innpass.domain.access.policy import may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.checks import Clash, Severity, check
from innpass.domain.intake.explain import elsewhere, why
from innpass.domain.intake.placing import LEVELS
from innpass.domain.intake.problem import Grouping, Problem
from innpass.domain.intake.sentences import render
from innpass.web.intake.assembling import level_words, member_line, placed_words
from innpass.web.intake.pages import (
    Ask,
    Choice,
    ClassesPage,
    ClassLine,
    GroupCard,
    GroupsPage,
    Placed,
)
from innpass.web.intake.words import CHILD_CARE, session_label, spoken

TRACKS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Done:
    """What an act on the groups brought."""

    told: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    moved: str = ""
    ask: Ask | None = None


def groups_page(term: Any, *, actor: Actor, on: date, done: Done) -> GroupsPage:
    """Fill the page of a term's groups."""
    members = queries.members(term, actor=actor)
    groups = queries.groups_of(term)
    grouped = in_groups(members)
    problem, grouping = problem_of(term, members, groups), grouping_of(members)
    clashes = check(problem, grouping)
    names = [(str(group.pk), group.name) for group in groups]
    over = queries.held_sessions(term, on=on)
    held = {str(group.pk) for group in groups if group.session_id in over}
    sessions = [
        one
        for one in queries.sessions(actor).filter(term=term, is_individual=False)
        if one.pk not in over
    ]
    may_plan = may_write(actor, "intake.term")

    def placed(one: Member) -> Placed:
        told = _why(problem, grouping, str(one.intake.pk), held)
        return _placed(one, names, told, moved=done.moved)

    return GroupsPage(
        id=str(term.pk),
        term=term.name,
        groups=tuple(
            GroupCard(
                id=str(group.pk),
                name=group.name,
                people=tuple(placed(one) for one in grouped if one.intake.group_id == group.pk),
                session=session_label(group.session) if group.session else "",
                session_href=(
                    reverse("intake:session", args=[group.session_id]) if group.session else ""
                ),
                is_held=str(group.pk) in held,
                sessions=_session_choices(group, sessions),
                broken=_told(clashes, str(group.pk), Severity.BROKEN),
                short=_told(clashes, str(group.pk), Severity.SHORT),
                languages=_languages([one for one in grouped if one.intake.group_id == group.pk]),
            )
            for group in groups
        ),
        without=tuple(placed(one) for one in grouped if one.intake.group_id is None),
        alone=tuple(
            member_line(one, may_see_reason=may_read(actor, "intake.reason"))
            for one in members
            if one.person.is_protected or one.has_own
        ),
        clash=done.clash,
        told=done.told,
        refusals=done.refusals,
        ask=done.ask,
        is_agreed=term.agreed_at is not None,
        is_open=term.first_day > on,
        may_plan=may_plan,
        size=_("%(least)s–%(most)s") % {"least": term.smallest_group, "most": term.largest_group},
    )


def _placed(
    one: Member, names: list[tuple[str, str]], told: tuple[str, ...], *, moved: str
) -> Placed:
    key, here = str(one.intake.pk), str(one.intake.group_id or "")
    return Placed(
        id=key,
        name=one.person.name,
        href=reverse("intake:person", args=[one.intake.pk]),
        language=spoken(one.intake.language, one.intake.needs_interpreter),
        child_care=str(CHILD_CARE[one.intake.child_care]),
        level=level_words(one),
        why=told,
        is_pinned=one.intake.is_pinned,
        choices=(
            Choice("", _("Ingen gruppe"), not here),
            *(Choice(value, label, value == here) for value, label in names),
        ),
        is_moved=key == moved,
    )


def _why(problem: Problem, grouping: Grouping, key: str, held: set[str]) -> tuple[str, ...]:
    """Say why somebody is in a group; of who is in none, what comes in the way of each to come."""
    if grouping.get(key):
        return tuple(render(reason) for reason in why(problem, grouping, key))
    return tuple(
        render(clash.reason)
        for other in elsewhere(problem, grouping, key)
        for clash in other.clashes
        if other.slot not in held and clash.severity is Severity.BROKEN
    )


def _session_choices(group: Any, sessions: list[Any]) -> tuple[Choice, ...]:
    """Offer the sessions that no other group has."""
    free = [one for one in sessions if getattr(one, "group", None) in (None, group)]
    return (
        Choice("", _("Ingen ennå"), group.session_id is None),
        *(Choice(str(one.pk), session_label(one), one.pk == group.session_id) for one in free),
    )


def _told(clashes: tuple[Clash, ...], group: str, severity: Severity) -> tuple[str, ...]:
    return tuple(
        render(clash.reason)
        for clash in clashes
        if clash.slot == group and clash.severity is severity
    )


def _languages(people: list[Member]) -> str:
    spoken_here = Counter(one.intake.language or _("ikke kjent") for one in people)
    return ", ".join(
        f"{language} {count}"
        for language, count in sorted(spoken_here.items(), key=lambda one: (-one[1], one[0]))
    )


def classes_page(
    term: Any, *, actor: Actor, refused: Mapping[str, tuple[str, ...]], typed: Any
) -> ClassesPage:
    """Fill the page on which the teacher places people in classes."""
    members = queries.members(term, actor=actor)
    offered = queries.classes_for(term)
    return ClassesPage(
        term=term.name,
        term_href=reverse("intake:term", args=[term.pk]),
        people=tuple(
            _class_line(one, offered, refused.get(str(one.intake.pk), ()), typed) for one in members
        ),
        classes=tuple(
            (row.group.name, row.group.level, row.taken, row.group.capacity) for row in offered
        ),
        placed=sum(1 for one in members if one.intake.placed_at),
        may_place=may_write(actor, "intake.placement"),
    )


def _class_line(one: Member, offered: Any, refusals: tuple[str, ...], typed: Any) -> ClassLine:
    intake, suggested = one.intake, one.suggestion
    track = intake.track if intake.placed_at else suggested.track
    level = intake.level if intake.placed_at else suggested.level
    chosen = str(intake.teaching_group_id or "")
    reason = intake.placement_reason
    if refusals:  # what was typed stays
        track = {str(n): n for n in TRACKS}.get(typed.get("track", ""))
        level, chosen = typed.get("level", ""), typed.get("class", "")
        reason = typed.get("reason", "")
    nothing = Choice("", _("Ikke bestemt"))
    return ClassLine(
        id=str(intake.pk),
        name=one.person.name,
        href=reverse("intake:person", args=[intake.pk]),
        suggested=placed_words(suggested.track, suggested.level, "") or _("Ikke noe forslag"),
        why=tuple(render(reason) for reason in suggested.reasons),
        child_care=str(CHILD_CARE[intake.child_care]),
        track=(
            nothing,
            *(Choice(str(n), _("Spor %(track)s") % {"track": n}, n == track) for n in TRACKS),
        ),
        level=(nothing, *(Choice(one, one, one == level) for one in LEVELS)),
        classes=(
            nothing,
            *(
                Choice(
                    str(row.group.pk),
                    _("%(name)s, %(free)s ledige")
                    % {"name": row.group.name, "free": max(0, row.group.capacity - row.taken)},
                    str(row.group.pk) == chosen,
                )
                for row in offered
            ),
        ),
        reason=reason,
        seen=mark_of_place(intake),
        is_placed=intake.placed_at is not None,
        decided=level_words(one) if intake.placed_at else "",
        refusals=refusals,
    )
