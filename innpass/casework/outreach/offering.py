"""Places that come of an answer, a meeting or a bulk offer, each with what it came of."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.offers import MOST_SEATS
from innpass.casework.outreach.models import (
    BulkOffer,
    CampaignRecipient,
    MeetingInvitation,
    PlaceOrigin,
)
from innpass.casework.outreach.noting import note
from innpass.casework.outreach.queries import known_employers
from innpass.casework.outreach.refusing import Refused, one_line, refuse_names, several_lines
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor

WORKDAYS = (0, 1, 2, 3, 4)
_UNNAMED = "Praksisplass"


@dataclass(frozen=True, slots=True)
class PlaceTemplate:
    """What all places of an offer have in common; ``seats`` at each employer.

    ``weekdays`` are numbers with Monday 0; ``start`` and ``end`` minutes after midnight.
    """

    seats: int
    name: str = ""
    tasks: str = ""
    can_learn: str = ""
    occupation: str = ""
    language_at_start: str = ""
    weekdays: tuple[int, ...] = WORKDAYS
    start: int = 8 * 60
    end: int = 15 * 60 + 30
    offered_until: date | None = field(default=None)


def offer_place(
    *,
    employer_id: UUID,
    template: PlaceTemplate,
    on: date,
    by: Actor,
    recipient: CampaignRecipient | None = None,
    invitation: MeetingInvitation | None = None,
    bulk_offer: BulkOffer | None = None,
) -> PracticePlace:
    """Make a place that an employer offers from a day on, with the one thing it came of.

    Raises:
        Refused: too many seats, or a text holds an identity number or names somebody protected.
    """
    return _make_place(
        _checked(template, by),
        by,
        on,
        employer_id,
        recipient=recipient,
        invitation=invitation,
        bulk_offer=bulk_offer,
    )


def _checked(template: PlaceTemplate, by: Actor) -> PlaceTemplate:
    """Return a template with its texts as they are stored. One query, whatever it is made for."""
    if not 1 <= template.seats <= MOST_SEATS:
        raise Refused(
            _("Skriv et helt antall plasser fra 1 til %(most)s.") % {"most": MOST_SEATS},
            field="seats",
        )
    name = one_line(template.name, "name", most=120) or _UNNAMED
    tasks = several_lines(template.tasks, "tasks", most=2000)
    can_learn = several_lines(template.can_learn, "can_learn", most=2000)
    refuse_names({"name": name, "tasks": tasks, "can_learn": can_learn}, by=by)
    return replace(template, name=name, tasks=tasks, can_learn=can_learn)


def _make_place(
    template: PlaceTemplate, by: Actor, on: date, employer_id: UUID, **origin: Any
) -> PracticePlace:
    made: PracticePlace = PracticePlace.objects.create(
        municipality_id=by.municipality_id,
        employer_id=employer_id,
        name=template.name,
        tasks=template.tasks,
        can_learn=template.can_learn,
        occupation=template.occupation,
        language_at_start=template.language_at_start,
        seats=template.seats,
        weekdays=sorted(template.weekdays),
        start=template.start,
        end=template.end,
        offered_from=on,
        offered_until=template.offered_until,
        confirmed_on=on,
    )
    PlaceOrigin.objects.create(municipality_id=by.municipality_id, place=made, **origin)
    note(
        by,
        action="offer_place",
        kind="practice_place",
        subject=made.pk,
        changes={"seats": [None, made.seats]},
    )
    return made


@transaction.atomic
def offer_in_bulk(
    *,
    name: str,
    text: str = "",
    employers: Collection[UUID],
    template: PlaceTemplate,
    by: Actor,
    on: date,
) -> BulkOffer:
    """Make one place with so many seats at each of some employers, as was agreed.

    Args:
        name: what the offer is called, such as ``Ti plasser på renhold``.
        on: the first day of the offer.

    Raises:
        MayNot: it is not theirs to do.
        Refused: nobody offers, too many seats, the offer ends before it begins, a text holds an
            identity number or names somebody protected, or the same ones have an offer of that
            name and day, as by a second click.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    wanted = list(
        known_employers(by, on=on)
        .filter(pk__in=employers)
        .order_by("name")
        .values_list("pk", flat=True)
    )
    if not wanted or len(wanted) != len(set(employers)):
        raise Refused(_("Velg minst én arbeidsgiver fra listen."), field="employers")
    if template.offered_until is not None and template.offered_until < on:
        raise Refused(
            _("Tilbudet kan ikke slutte før det begynner %(day)s.") % {"day": f"{on:%d.%m.%Y}"},
            field="offered_until",
        )
    called = one_line(name, "name", most=120) or _UNNAMED
    said = one_line(text, "text", most=1000)
    refuse_names({"name": called, "text": said}, by=by)
    template = _checked(template, by)
    if any(
        set(each.origins.values_list("place__employer", flat=True)) == set(wanted)
        for each in BulkOffer.objects.filter(name=called, offered_on=on)
    ):
        told = _("«%(name)s» er ført fra før for de samme arbeidsgiverne og den samme dagen.")
        raise Refused(told % {"name": called}, field="name")
    offer: BulkOffer = BulkOffer.objects.create(
        municipality_id=by.municipality_id,
        name=called,
        text=said,
        offered_on=on,
        by_id=by.user_id,
    )
    for employer in wanted:
        _make_place(template, by, on, employer, bulk_offer=offer)
    note(
        by,
        action="offer_in_bulk",
        kind="bulk_offer",
        subject=offer.pk,
        changes={"employers": [None, len(wanted)], "seats": [None, template.seats]},
    )
    return offer
