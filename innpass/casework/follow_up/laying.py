"""What following up tells the rows, so that overview, law and figures know it (ADR 0009)."""

from datetime import date

from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import Held
from innpass.casework.agreements.laying import correct
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import told_of
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor

_VISIT, _CONTRACT = "placement.evaluation_visit", "placement.contract"


def tell_contact(person: Participant, day: date, *, by: Actor) -> None:
    """Let the last contact be on a day, where none is known that was later.

    Whoever may not write it tells nobody: the teacher's visit is no contact in the case.
    """
    if not may_write(by, "last_contact"):
        return
    known = Enrolment.objects.filter(participant=person).values_list("last_contact", flat=True)
    if any(last is not None and last >= day for last in known):
        return
    enter_values(
        [Wanted(person.pk, "last_contact", day, None)],
        municipality_id=person.municipality_id,
        by=by,
    )


def tell_visit(
    case: PlacementCase, day: date, *, replaces: date | None, by: Actor, on: date
) -> None:
    """Let the placement's evaluation visit be on a day, held or booked.

    The rows know one visit, the first: one that was held stands, one that was booked gives way.

    Args:
        replaces: the day that the same visit had before.
    """
    told = told_of([case])[case.pk]
    if told.placement is None or not may_write(by, _VISIT):
        return
    stands = told.placement.evaluation_visit
    if stands is not None and stands <= on and stands != replaces and (day > on or stands <= day):
        return
    correct(Held(case, told), {_VISIT: day}, by=by, reason=str(_("Besøk på arbeidsplassen")))


def untell_visit(case: PlacementCase, day: date, *, by: Actor) -> None:
    """Let the placement know no evaluation visit on a day that was booked and then given up."""
    told = told_of([case])[case.pk]
    if (
        told.placement is None
        or told.placement.evaluation_visit != day
        or not may_write(by, _VISIT)
    ):
        return
    correct(Held(case, told), {_VISIT: None}, by=by, reason=str(_("Besøket er avlyst")))


def tell_contract(case: PlacementCase, first_day: date | None, *, by: Actor) -> None:
    """Let the placement have led to a contract from a day; ``None`` where it led to none."""
    held = Held(case, told_of([case])[case.pk])
    correct(held, {_CONTRACT: first_day}, by=by, reason=str(_("Arbeidskontrakt")))
