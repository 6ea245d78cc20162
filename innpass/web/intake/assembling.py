"""Filling the board, a term's page and a person's page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.intake import queries
from innpass.casework.intake.problems import grouping_of, problem_of
from innpass.casework.intake.queries import Member
from innpass.domain.access.policy import may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.explain import elsewhere, why
from innpass.domain.intake.forecast import Certainty
from innpass.domain.intake.sentences import render
from innpass.web.intake.forms import MoveForm, NeedsForm
from innpass.web.intake.gathering import absences, gather, lacks
from innpass.web.intake.pages import (
    BoardPage,
    Elsewhere,
    LikelyLine,
    MemberLine,
    PersonPage,
    TermPage,
)
from innpass.web.intake.words import CAME, CHILD_CARE, session_label, spoken

TERMS_AHEAD = 4  # a year's
TERMS_BEHIND = 4


def board_page(*, actor: Actor, on: date) -> BoardPage:
    """Fill the board: the terms ahead, sessions to come, and who did not come."""
    every = list(queries.terms())
    coming = [term for term in every if term.first_day > on][:TERMS_AHEAD]
    past = [term for term in every if term.first_day <= on][-TERMS_BEHIND:]
    found = gather([*past, *coming], actor=actor, on=on)
    ahead = [one for term in coming for one in found.sessions[term.pk] if one.day >= on]
    return BoardPage(
        terms=tuple(found.card(term) for term in coming),
        past=tuple(found.card(term) for term in reversed(past)),
        absences=absences(actor),
        next_sessions=tuple(
            found.line(one) for one in sorted(ahead, key=lambda s: (s.day, s.start))[:3]
        ),
        to_order=sum(1 for one in ahead for need in found.needs[one.pk] if need.must_be_ordered),
        may_plan=may_write(actor, "intake.term"),
        may_note=may_write(actor, "intake.attendance"),
    )


def term_page(term: Any, *, actor: Actor, on: date) -> TermPage:
    """Fill a term's page."""
    found = gather([term], actor=actor, on=on)
    may_see_reason = may_read(actor, "intake.reason")
    return TermPage(
        id=str(term.pk),
        card=found.card(term),
        likely=tuple(
            LikelyLine(
                id=str(one.person.pk),
                name=one.person.name,
                href=reverse("participant:participant", args=[one.person.pk]),
                is_sure=one.starter.certainty is Certainty.SURE,
                reason=render(one.starter.reason),
            )
            for one in found.likely.get(term.pk, [])
        ),
        members=tuple(
            member_line(one, may_see_reason=may_see_reason) for one in found.members[term.pk]
        ),
        sessions=tuple(found.line(one) for one in found.sessions[term.pk]),
        is_open=term.first_day > on,
        may_plan=may_write(actor, "intake.term"),
        may_see_reason=may_see_reason,
    )


def member_line(one: Member, *, may_see_reason: bool) -> MemberLine:
    """Tell of somebody in a term."""
    intake = one.intake
    moved = _("Fra %(term)s.") % {"term": intake.moved_from.name} + " " if intake.moved_from else ""
    return MemberLine(
        id=str(intake.pk),
        name=one.person.name,
        href=reverse("intake:person", args=[intake.pk]),
        language=spoken(intake.language, intake.needs_interpreter),
        child_care=str(CHILD_CARE[intake.child_care]),
        level=level_words(one),
        group=intake.group.name if intake.group else "",
        reason=moved + intake.reason if may_see_reason else "",
        is_protected=one.person.is_protected,
        lacks=lacks(one),
    )


def level_words(one: Member) -> str:
    """Say track and level: as the teacher decided, or as suggested."""
    intake = one.intake
    if intake.placed_at:
        return placed_words(intake.track, intake.level, str(intake.teaching_group or ""))
    suggested = placed_words(one.suggestion.track, one.suggestion.level, "")
    return _("%(level)s (forslag)") % {"level": suggested} if suggested else _("Ikke kjent")


def placed_words(track: int | None, level: str, name: str) -> str:
    """Write a place in a class."""
    parts = [_("Spor %(track)s") % {"track": track} if track else "", level, name]
    return ", ".join(part for part in parts if part)


def person_page(
    member: Member,
    *,
    actor: Actor,
    on: date,
    form: Any = None,
    move_form: Any = None,
    refusals: tuple[str, ...] = (),
) -> PersonPage:
    """Fill the page of one person's way into a term."""
    intake, term = member.intake, member.intake.term
    others = queries.members(term, actor=actor)
    groups = queries.groups_of(term)
    problem, grouping = problem_of(term, others, groups), grouping_of(others)
    key, names = str(intake.pk), {str(group.pk): group.name for group in groups}
    is_grouped = key in problem.person and bool(groups)
    may_plan = may_write(actor, "intake.term")
    return PersonPage(
        id=key,
        name=member.person.name,
        href=reverse("participant:participant", args=[member.person.pk]),
        term=term.name,
        term_href=reverse("intake:term", args=[term.pk]),
        taken_in_on=intake.taken_in_on,
        moved_from=intake.moved_from.name if intake.moved_from else "",
        reason=intake.reason if may_read(actor, "intake.reason") else "",
        group=intake.group.name if intake.group else "",
        why=tuple(render(one) for one in why(problem, grouping, key)) if is_grouped else (),
        elsewhere=tuple(
            Elsewhere(names[other.slot], tuple(render(c.reason) for c in other.clashes))
            for other in (elsewhere(problem, grouping, key) if is_grouped else ())
        ),
        invitations=tuple(
            (
                session_label(one.session),
                reverse("intake:session", args=[one.session_id]),
                str(CAME[one.state]),
            )
            for one in queries.invitations(actor, intake=intake)
        ),
        told=tuple(queries.told_to(intake)),
        form=form or NeedsForm(initial=known_needs(intake)),
        shown=tuple(known_needs(intake).items()),
        move_form=move_form or MoveForm(terms=other_terms(intake, on)),
        refusals=refusals,
        needs=(
            (_("Språk"), spoken(intake.language, intake.needs_interpreter)),
            (_("Barnepass"), str(CHILD_CARE[intake.child_care])),
        ),
        languages=tuple(queries.languages()),
        may_describe=may_write(actor, "intake.child_care"),
        may_plan=may_plan,
        alone_href=f"{reverse('intake:new_session', args=[term.pk])}?for={intake.pk}",
    )


def known_needs(intake: Any) -> dict[str, str]:
    """Give what is known of somebody's needs as the form has it."""
    yes_no = {None: "", True: "ja", False: "nei"}
    return {
        "language": intake.language,
        "needs_interpreter": yes_no[intake.needs_interpreter],
        "child_care": intake.child_care,
    }


def other_terms(intake: Any, on: date) -> list[tuple[str, str]]:
    """Offer the terms that somebody can be moved to."""
    return [
        (str(term.pk), term.name)
        for term in queries.terms()
        if term.first_day > on and term.pk != intake.term_id
    ]
