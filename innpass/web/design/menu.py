"""The menu: what stands in it for whom, what is done every day first and the rest behind «Mer»."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from innpass.casework.reconciliation.disagreements import count_waiting
from innpass.domain.access.policy import (
    Act,
    may,
    may_import,
    may_read,
    may_see_questions,
    may_see_results,
    may_set_protection,
)
from innpass.domain.access.roles import Actor, Role


class Waits(NamedTuple):
    """How many things wait behind an entry, and what they are."""

    number: int
    are: "str | Promise"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu.

    Attributes:
        address: the name of its page; its first part is the screen it is current on.
        also: other screens it is current on.
        waits: ``None`` where nothing is counted.
        is_daily: it stands in the first row, not behind «Mer».
    """

    label: "str | Promise"
    address: str
    icon: str
    also: tuple[str, ...] = ()
    waits: Waits | None = None
    is_daily: bool = False

    @property
    def screens(self) -> tuple[str, ...]:
        """The screens on which the entry is the current one."""
        return (self.address.partition(":")[0], *self.also)


_TOLD = ("questions:questions", "disagreements:disagreements")
# What each role opens every day, so few that the first row is one row; the rest is behind «Mer».
_DAILY: Mapping[Role, tuple[str, ...]] = {
    Role.PRACTICE_SUPERVISOR: (
        *("follow_up:board", "agreements:board", "employers:map", "timetable:caseload"),
        *("deadlines:deadlines", *_TOLD),
    ),
    Role.PROGRAMME_ADVISER: (
        *("deadlines:deadlines", "timetable:caseload", "intake:board", "agreements:board"),
        *("employers:map", *_TOLD),
    ),
    Role.TEACHER: (
        *("attendance:day", "timetable:caseload", "teaching:groups", "intake:board"),
        *("follow_up:board", *_TOLD),
    ),
    Role.NAV_ADVISER: (
        *("deadlines:deadlines", "timetable:caseload", "agreements:board", "follow_up:board"),
        *("results:results", *_TOLD),
    ),
    Role.COORDINATOR: (
        *("employers:map", "outreach:board", "follow_up:contracts", "results:results"),
        "regulations:register",
    ),
    Role.LEADER: (
        *("deadlines:deadlines", "employers:map", "results:results", "inspection:reports"),
        *("registering:duties", *_TOLD),
    ),
    Role.ADMINISTRATOR: (
        *("results:results", "courses:models", "regulations:register", "administration:fields"),
    ),
}
_EVERYBODYS = "overview:overview"


def menu_of(actor: Actor, *, to_review: int) -> tuple[Entry, ...]:
    """Return the menu of somebody, in its order. One query.

    Args:
        to_review: files and intakes whose day of review has come, for those who review them.
    """
    waiting = count_waiting(actor)
    questions = may_see_questions(actor)
    weeks = may_read(actor, "timetable.week")
    open_ones = Waits(waiting.questions, _("åpne"))
    disputed = Waits(waiting.disagreements, _("åpne"))
    due = Waits(to_review, _("til vurdering"))
    deadlines = may_read(actor, "clock.programme_until")
    attendance = may_read(actor, "attendance.minutes")
    intake = may_read(actor, "intake.term")
    registration = may(actor, Act.SEE_REGISTRATION)
    employers = may(actor, Act.SEE_EMPLOYERS)
    placing = may_read(actor, "agreement.state")
    follows = may_read(actor, "follow_up.visit")
    contracts = not follows and may_read(actor, "contract.terms")
    results, inspect = may_see_results(actor), may(actor, Act.INSPECT)
    administer = may(actor, Act.CHANGE_SETTINGS) or may_set_protection(actor)
    people = ("participant", "entering")
    lines = (
        (True, Entry(_("Deltakere"), "overview:overview", "PersonGroup", also=people)),
        (deadlines, Entry(_("Frister"), "deadlines:deadlines", "Hourglass")),
        (weeks, Entry(_("Timeplan"), "timetable:caseload", "Calendar")),
        (attendance, Entry(_("Oppmøte"), "attendance:day", "PersonCircle")),
        (intake, Entry(_("Inntak"), "intake:board", "HatSchool")),
        (employers, Entry(_("Arbeidsplasser"), "employers:map", "Briefcase")),
        (placing, Entry(_("Praksis"), "agreements:board", "Handshake", also=("doors",))),
        (follows, Entry(_("Oppfølging"), "follow_up:board", "Clock")),
        (contracts, Entry(_("Arbeidskontrakter"), "follow_up:contracts", "HandShakeHeart")),
        (
            questions,
            Entry(_("Spørsmål"), "questions:questions", "QuestionmarkCircle", waits=open_ones),
        ),
        (
            questions,
            Entry(
                _("Uenigheter"),
                "disagreements:disagreements",
                "HandShakeHeart",
                waits=disputed,
            ),
        ),
        (results, Entry(_("Resultater"), "results:results", "BarChart")),
        (weeks, Entry(_("Grupper"), "teaching:groups", "Buildings3")),
        (may_read(actor, "match.advice"), Entry(_("Matching"), "matching:start", "Funnel")),
        (questions, Entry(_("Numre"), "crosswalk:crosswalk", "Link")),
        (may_import(actor), Entry(_("Import"), "imports:imports", "FileImport")),
        (registration, Entry(_("Registrering"), "registering:duties", "CheckmarkCircle")),
        (
            may(actor, Act.SEE_MEETINGS),
            Entry(_("Kampanjer og møter"), "outreach:board", "PersonSuit"),
        ),
        (True, Entry(_("Regelverk"), "regulations:register", "Paragraph")),
        (True, Entry(_("Norskmodeller"), "courses:models", "Bookmark")),
        (inspect, Entry(_("Tilsyn"), "inspection:reports", "ShieldCheckmark")),
        (administer, Entry(_("Administrasjon"), "administration:fields", "Cog", waits=due)),
    )
    daily = {_EVERYBODYS, *(address for role in actor.roles for address in _DAILY[role])}
    return tuple(
        replace(entry, is_daily=entry.address in daily) for is_theirs, entry in lines if is_theirs
    )
