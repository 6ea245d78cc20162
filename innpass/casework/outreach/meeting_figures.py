"""Reading meetings with employers and bulk offers: who came, what they thought, what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from innpass.casework.outreach.codes import Coming
from innpass.casework.outreach.models import (
    BulkOffer,
    EmployerMeeting,
    MeetingInvitation,
    PlaceOrigin,
)


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """What came of a meeting. Employers are counted, and ``people`` that said they come."""

    meeting: EmployerMeeting
    invited: int
    coming: int
    people: int
    came: int
    unmarked: int
    feedback: int
    seats: int


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """A bulk offer with its employers and seats."""

    offer: BulkOffer
    employers: tuple[str, ...]
    seats: int


def meetings() -> "QuerySet[EmployerMeeting]":
    """Return every meeting."""
    found: QuerySet[EmployerMeeting] = EmployerMeeting.objects.all()
    return found


def find_meeting(pk: UUID) -> EmployerMeeting | None:
    """Return a meeting, or ``None``."""
    return meetings().filter(pk=pk).first()


def invitations(meeting: EmployerMeeting) -> "QuerySet[MeetingInvitation]":
    """Return who is invited to a meeting, by name, with the seats that came of it (``seats``)."""
    found: QuerySet[MeetingInvitation] = MeetingInvitation.objects.filter(meeting=meeting)
    counted = found.annotate(seats=Sum("origins__place__seats")).select_related("employer")
    return counted.order_by("employer__name", "pk")


def find_invitation(pk: UUID) -> MeetingInvitation | None:
    """Return an invitation with its meeting and employer, or ``None``."""
    rows: QuerySet[MeetingInvitation] = MeetingInvitation.objects.filter(pk=pk)
    return rows.select_related("meeting", "employer").first()


def seats_of(invitation: MeetingInvitation) -> int:
    """Count the seats that came of a meeting at one employer."""
    counted = invitation.origins.aggregate(seats=Sum("place__seats"))
    return int(counted["seats"] or 0)


def figures(found: Iterable[EmployerMeeting]) -> list[MeetingFigures]:
    """Count what came of meetings, in their order. Two queries."""
    wanted = list(found)
    rows: dict[UUID, list[MeetingInvitation]] = defaultdict(list)
    for row in MeetingInvitation.objects.filter(meeting__in=wanted):
        rows[row.meeting_id].append(row)
    seats = Counter(
        dict(
            PlaceOrigin.objects.filter(invitation__meeting__in=wanted)
            .order_by()
            .values_list("invitation__meeting")
            .annotate(Sum("place__seats"))
        )
    )
    return [_count(each, rows[each.pk], seats[each.pk]) for each in wanted]


def _count(meeting: EmployerMeeting, rows: list[MeetingInvitation], seats: int) -> MeetingFigures:
    coming = [row for row in rows if row.answer == Coming.YES]
    return MeetingFigures(
        meeting=meeting,
        invited=len(rows),
        coming=len(coming),
        people=sum(row.coming or 1 for row in coming),
        came=sum(row.came is True for row in rows),
        unmarked=sum(row.came is None for row in rows),
        feedback=sum(bool(row.usefulness or row.wish or row.feedback) for row in rows),
        seats=seats,
    )


def bulk_offers() -> list[OfferFigures]:
    """Return the bulk offers, the newest first. Two queries."""
    rows: dict[UUID, list[PlaceOrigin]] = defaultdict(list)
    origins = PlaceOrigin.objects.exclude(bulk_offer=None).select_related("place__employer")
    for row in origins.order_by("place__employer__name", "pk"):
        rows[row.bulk_offer_id].append(row)
    return [
        OfferFigures(
            offer,
            tuple(dict.fromkeys(row.place.employer.name for row in rows[offer.pk])),
            sum(row.place.seats for row in rows[offer.pk]),
        )
        for offer in BulkOffer.objects.select_related("by").order_by("-offered_on", "name", "pk")
    ]


@dataclass(frozen=True, slots=True)
class SeatsBySource:
    """How many places and seats came of what, still offered on a day or not."""

    places: int
    campaigns: int
    meetings: int
    bulk: int

    @property
    def seats(self) -> int:
        """All of them."""
        return self.campaigns + self.meetings + self.bulk


def seats_by_source(*, on: date) -> SeatsBySource:
    """Count the seats that came of campaigns, meetings and bulk offers until a day. One query."""
    counted = PlaceOrigin.objects.filter(place__offered_from__lte=on).aggregate(
        campaigns=Sum("place__seats", filter=Q(recipient__isnull=False)),
        meetings=Sum("place__seats", filter=Q(invitation__isnull=False)),
        bulk=Sum("place__seats", filter=Q(bulk_offer__isnull=False)),
    )
    places = PlaceOrigin.objects.filter(place__offered_from__lte=on).count()
    return SeatsBySource(places, **{name: seats or 0 for name, seats in counted.items()})
