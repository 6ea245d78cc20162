"""The person's placement cases: where each stands, and the way to it."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from innpass.casework.agreements.listing import Line, lines_of_person
from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.sentences import choice, say
from innpass.web.design.words import capitalised
from innpass.web.participant.pages import CaseLine, Cases

_SHOWN = 5  # the latest; the rest stand in the history


def cases_of(person: UUID, *, actor: Actor, on: date) -> Cases:
    """Return the person's cases, the latest first. A fixed number of queries."""
    found = lines_of_person(person, actor=actor, on=on)
    may_propose = may_write(actor, "agreement.state")
    return Cases(
        lines=tuple(_line(each) for each in found[:_SHOWN]),
        propose_href=f"{reverse('agreements:propose')}?deltaker={person}" if may_propose else "",
    )


def _line(line: Line) -> CaseLine:
    place = f", {line.case.place.name}" if line.case.place else ""
    says = ""
    if line.waits_for:
        who = choice((say(f"party.{party}") for party in line.waits_for), last="og")
        says = capitalised(f"venter på {who}")
    elif line.told.ending is not None:
        says = capitalised(say(f"outcome.{line.told.ending.outcome}"))
    return CaseLine(
        name=f"{line.case.employer.name}{place}",
        href=reverse("agreements:case", args=[line.case.pk]),
        state=capitalised(say(f"state.{line.state}")),
        says=says,
    )
