"""What several pages of the intake ask for, asked once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.intake import queries
from innpass.casework.intake.problems import in_groups
from innpass.casework.intake.queries import Likely, Member, Need
from innpass.domain.access.roles import Actor
from innpass.domain.intake.forecast import Certainty
from innpass.web.intake.pages import Absence, SessionLine, TermCard
from innpass.web.intake.words import BOOKING, CAME, days_to, session_label

COLOURS = {"": "danger", "ordered": "warning", "confirmed": "success", "cancelled": "neutral"}
COLOURS["moved"] = "danger"
_COUNTED = ("invited", "came")


@dataclass(frozen=True)
class Gathered:
    """Terms with all that is around them, as far as the actor may see."""

    members: dict[UUID, list[Member]]
    likely: dict[UUID, list[Likely]]
    groups: dict[UUID, list[Any]]
    sessions: dict[UUID, list[Any]]
    needs: dict[UUID, list[Need]]
    invited: dict[UUID, int]
    on: date

    def card(self, term: Any) -> TermCard:
        """Sum a term up."""
        likely = self.likely.get(term.pk, [])
        sure = sum(1 for one in likely if one.starter.certainty is Certainty.SURE)
        of_groups = [one for one in self.sessions[term.pk] if not one.is_individual]
        return TermCard(
            name=term.name,
            href=reverse("intake:term", args=[term.pk]),
            first_day=term.first_day,
            cut_off=term.cut_off,
            when=days_to(term.first_day, self.on),
            members=len(self.members[term.pk]),
            sure=sure,
            possible=len(likely) - sure,
            groups=len(self.groups[term.pk]),
            sessions=len(of_groups),
            held=sum(1 for one in of_groups if one.day < self.on),
            is_agreed=term.agreed_at is not None,
            missing=tuple(self._missing(term)) if term.first_day > self.on else (),
            is_erased=term.erased_at is not None,
        )

    def _missing(self, term: Any) -> list[str]:
        people, groups = self.members[term.pk], self.groups[term.pk]
        sessions = [one for one in self.sessions[term.pk] if one.day >= self.on]
        unordered = sum(
            1 for session in sessions for need in self.needs[session.pk] if need.must_be_ordered
        )
        unknown = sum(1 for one in people if lacks(one))
        without = sum(1 for one in in_groups(people) if one.intake.group_id is None)
        no_session = sum(1 for group in groups if group.session_id is None)
        no_supervisor = sum(1 for one in sessions if one.supervisor_id is None)
        unplaced = sum(1 for one in people if one.intake.placed_at is None)
        counted = (
            (unknown, _("%(n)s mangler språk, tolkebehov eller barnepass")),
            (without, _("%(n)s er uten gruppe")),
            (
                no_session,
                ngettext(
                    "%(n)s gruppe mangler dag og tid",
                    "%(n)s grupper mangler dag og tid",
                    no_session,
                ),
            ),
            (
                no_supervisor,
                ngettext(
                    "%(n)s samtale mangler praksisveileder",
                    "%(n)s samtaler mangler praksisveileder",
                    no_supervisor,
                ),
            ),
            (
                unordered,
                ngettext("%(n)s tolk må bestilles", "%(n)s tolker må bestilles", unordered),
            ),
            (unplaced, _("%(n)s er ikke plassert i klasse")),
        )
        told = [text % {"n": n} for n, text in counted if n]
        if groups and term.agreed_at is None:
            told.append(_("Gruppene er ikke avtalt"))
        return told

    def line(self, session: Any) -> SessionLine:
        """Tell of a session in a list."""
        group = getattr(session, "group", None)
        in_group = sum(
            1 for one in self.members[session.term_id] if group and one.intake.group_id == group.pk
        )
        return SessionLine(
            href=reverse("intake:session", args=[session.pk]),
            label=session_label(session),
            place=session.place,
            leader=str(session.leader or ""),
            supervisor=str(session.supervisor or ""),
            invited=self.invited.get(session.pk, 0) or in_group,
            group=group.name if group else "",
            is_individual=session.is_individual,
            is_past=session.day < self.on,
            interpreters=tuple(
                (need.language, *booking(need)) for need in self.needs[session.pk] if need.people
            ),
        )


def gather(terms: Sequence[Any], *, actor: Actor, on: date) -> Gathered:
    """Ask for all that is around some terms; as many queries however many there are."""
    keys = [term.pk for term in terms]
    members: dict[UUID, list[Member]] = defaultdict(list)
    for member in queries.members(terms[0] if len(terms) == 1 else None, actor=actor):
        members[member.intake.term_id].append(member)
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for group in queries.groups_in(keys):
        groups[group.term_id].append(group)
    sessions: dict[UUID, list[Any]] = defaultdict(list)
    for session in queries.sessions(actor).filter(term__in=keys):
        sessions[session.term_id].append(session)
    needs: dict[UUID, list[Need]] = defaultdict(list)
    for need in queries.interpreter_needs(actor, term__in=keys):
        needs[need.session.pk].append(need)
    invited: dict[UUID, int] = defaultdict(int)
    for one in queries.invitations(actor, session__term__in=keys, state__in=_COUNTED):
        invited[one.session_id] += 1
    return Gathered(
        members, queries.likely(actor=actor, on=on), groups, sessions, needs, invited, on
    )


def booking(need: Need) -> tuple[str, str]:
    """Say how far a booking is, and in which colour."""
    state = need.booking.state if need.booking else ""
    return str(BOOKING[state]), COLOURS[state]


def lacks(member: Member) -> str:
    """Say what is not known of somebody that groups are made by; empty: nothing."""
    intake = member.intake
    missing = [
        word
        for word, is_missing in (
            (_("språk"), not intake.language),
            (_("tolkebehov"), intake.needs_interpreter is None),
            (_("barnepass"), not intake.child_care),
        )
        if is_missing
    ]
    return ", ".join(missing)


def absences(actor: Actor, *, term: Any = None) -> tuple[Absence, ...]:
    """Tell of those who did not come and have not been seen to."""
    return tuple(
        Absence(
            id=str(one.pk),
            name=queries.owner_of(one.intake).name,
            href=reverse("intake:person", args=[one.intake_id]),
            session=session_label(one.session),
            session_href=reverse("intake:session", args=[one.session_id]),
            state=str(CAME[one.state]),
            onward=onward(one),
            is_stuck=one.moved_to is None,
        )
        for one in queries.unseen_absences(actor, term=term)
    )


def onward(invitation: Any) -> str:
    """Say where somebody who did not come is invited now; empty where he or she came."""
    if invitation.state in _COUNTED:
        return ""
    if invitation.moved_to is None:
        return _("Ingen senere samtale passer. Lag en egen samtale, eller flytt til neste termin.")
    return _("Flyttet til %(session)s.") % {"session": session_label(invitation.moved_to.session)}
