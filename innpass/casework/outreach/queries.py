"""Reading what is known of being in touch with employers. Days are inclusive."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from innpass.casework.employers import queries as employers
from innpass.casework.employers.models import EmployerCard, PracticePlace
from innpass.casework.outreach.models import (
    CampaignLetter,
    CampaignRecipient,
    DialogueLine,
    MeetingInvitation,
    PlaceOrigin,
)
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Employer, Placement
from innpass.domain.access.policy import Act, may
from innpass.domain.access.roles import Actor


@dataclass(frozen=True, slots=True)
class Touch:
    """When somebody and an employer were last in touch, and how.

    ``kind`` is of ``DialogueKind``, or ``reply`` (to a campaign) or ``came`` (to a meeting).
    """

    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something in the history of an employer.

    Attributes:
        kind: ``letter``, ``reminder``, ``reply``, ``invited``, ``came``, ``stayed_away``,
            ``place``, or of ``DialogueKind``.
        code: the answer, or what the meeting was thought of, as in ``codes``.
        text: what was said; ``about``: the campaign, meeting or place it belongs to.
        pk: of the row: the recipient, invitation, line or place.
    """

    on: date
    kind: str
    pk: UUID
    text: str = ""
    about: str = ""
    code: str = ""
    seats: int | None = None
    by: str = ""
    by_id: UUID | None = None


def seen_employers(actor: Actor) -> "QuerySet[Employer]":
    """Return the employers that an actor may know of, those that are closed among them.

    Left out are those of which nothing is known but that somebody was there whom the actor may not
    see.
    """
    own = (CampaignRecipient, MeetingInvitation, DialogueLine)
    asked = (Q(pk__in=rows.objects.values("employer")) for rows in own)
    seen = Q(pk__in=employers.employers_seen_by(actor).values("pk"))
    found: QuerySet[Employer] = Employer.objects.filter(reduce(or_, asked, seen))
    return found


def known_employers(actor: Actor, *, on: date) -> "QuerySet[Employer]":
    """Return the employers that can be asked on a day.

    Those have not closed, and are no other spelling of another.
    """
    closed = EmployerCard.objects.filter(Q(closed_on__lte=on) | Q(same_as__isnull=False))
    return seen_employers(actor).exclude(pk__in=closed.values("employer"))


def find_employer(pk: UUID, *, actor: Actor) -> Employer | None:
    """Return an employer that the actor may know of, or ``None``."""
    return seen_employers(actor).filter(pk=pk).first()


def areas_of(found: Iterable[Employer], *, on: date) -> dict[UUID, str]:
    """Return the service area of each employer on a day: its belonging, else as the sheets say."""
    placed = employers.areas_on(on)
    return {e.pk: placed[e.pk].name if e.pk in placed else e.area for e in found}


def last_touch(wanted: Collection[UUID]) -> dict[UUID, Touch]:
    """Return when each employer and somebody were last in touch; those never are left out.

    A letter that was only sent is none: an answer is, and coming to a meeting. Four queries.
    """
    heirs = employers.heirs()
    found: dict[UUID, Touch] = {}

    def add(employer: UUID, on: date, kind: str) -> None:
        heir = heirs.get(employer, employer)
        if heir not in found or on > found[heir].on:
            found[heir] = Touch(on, kind)

    names = {*wanted, *(pk for pk, heir in heirs.items() if heir in wanted)}
    lines = DialogueLine.objects.filter(employer__in=names).order_by()
    for employer, kind, on in lines.values_list("employer", "kind").annotate(last=Max("on")):
        add(employer, on, kind)
    replies = CampaignRecipient.objects.filter(employer__in=names).exclude(answer="").order_by()
    for employer, on in replies.values_list("employer").annotate(last=Max("answered_on")):
        add(employer, on, "reply")
    came = MeetingInvitation.objects.filter(employer__in=names, came=True).order_by()
    for employer, on in came.values_list("employer").annotate(last=Max("meeting__day")):
        add(employer, on, "came")
    return found


def untouched(on: date, *, actor: Actor) -> set[UUID]:
    """Return the employers that nobody has asked, met or used until a day.

    They have no letter, invitation, dialogue, place or participant, of whom the actor may see.
    """
    return _known(actor, on) - _touched(on, actor)


def never_worked_with(*, actor: Actor, on: date) -> set[UUID]:
    """Return the employers where no participant has been, of whom the actor may see."""
    return _known(actor, on) - _used(actor)


def _known(actor: Actor, on: date) -> set[UUID]:
    return set(known_employers(actor, on=on).values_list("pk", flat=True))


def _touched(on: date, actor: Actor) -> set[UUID]:
    heirs = employers.heirs()
    found = _worked_with(actor) | _offering()
    for rows in (
        CampaignLetter.objects.filter(sending__sent_on__lte=on).values_list("recipient__employer"),
        CampaignRecipient.objects.filter(answered_on__lte=on).values_list("employer"),
        MeetingInvitation.objects.filter(invited_on__lte=on).values_list("employer"),
        DialogueLine.objects.filter(on__lte=on).values_list("employer"),
    ):
        found |= {employer for (employer,) in rows.distinct()}
    return {heirs.get(each, each) for each in found}


def _used(actor: Actor) -> set[UUID]:
    heirs = employers.heirs()
    return {heirs.get(each, each) for each in _worked_with(actor)}


def _worked_with(actor: Actor) -> set[UUID]:
    seen = Placement.objects.exclude(employer=None)
    seen = seen.exclude(participant__in=people_hidden_from(actor))
    return set(seen.values_list("employer", flat=True).distinct())


def _offering() -> set[UUID]:
    return set(PracticePlace.objects.values_list("employer", flat=True).distinct())


def history_of(employer: Employer, *, actor: Actor) -> list[Event]:
    """Return what has been between the municipality and an employer, the newest first.

    Cut to what the actor may see of campaigns, meetings and dialogue. At most six queries.
    """
    names = [each.pk for each in employers.names_of(employer)]
    found: list[Event] = []
    if may(actor, Act.SEE_CAMPAIGNS):
        found += _letters(names) + _replies(names)
    if may(actor, Act.SEE_MEETINGS):
        found += _invitations(names)
    if may(actor, Act.SEE_DIALOGUE):
        found += _lines(names)
    found += _places(names, actor)
    return sorted(found, key=lambda each: each.on, reverse=True)


def _letters(names: list[UUID]) -> list[Event]:
    rows = CampaignLetter.objects.filter(recipient__employer__in=names)
    return [
        Event(
            on=row.sending.sent_on,
            kind="reminder" if row.sending.is_reminder else "letter",
            pk=row.recipient_id,
            about=row.sending.campaign.name,
            by=row.contact,
        )
        for row in rows.select_related("sending__campaign")
    ]


def _replies(names: list[UUID]) -> list[Event]:
    rows = CampaignRecipient.objects.filter(employer__in=names).exclude(answer="")
    return [
        Event(
            on=row.answered_on,
            kind="reply",
            pk=row.pk,
            text=row.text,
            about=row.campaign.name,
            code=row.answer,
            seats=row.seats,
            by=row.answered_by,
        )
        for row in rows.select_related("campaign")
    ]


def _invitations(names: list[UUID]) -> list[Event]:
    kinds = {None: "invited", True: "came", False: "stayed_away"}
    rows = MeetingInvitation.objects.filter(employer__in=names)
    return [
        Event(
            on=row.invited_on if row.came is None else row.meeting.day,
            kind=kinds[row.came],
            pk=row.meeting_id,
            text=row.feedback,
            about=row.meeting.name,
            code=row.usefulness,
            by=row.who,
        )
        for row in rows.select_related("meeting")
    ]


def _lines(names: list[UUID]) -> list[Event]:
    rows = DialogueLine.objects.filter(employer__in=names).order_by("-on", "-noted_at")
    return [
        Event(
            on=row.on,
            kind=row.kind,
            pk=row.pk,
            text=row.text,
            by=str(row.by or ""),
            by_id=row.by_id,
        )
        for row in rows.select_related("by")
    ]


def _places(names: list[UUID], actor: Actor) -> list[Event]:
    rows = PlaceOrigin.objects.filter(place__employer__in=names).select_related(
        "place", "bulk_offer", "recipient__campaign", "invitation__meeting"
    )
    return [
        Event(
            on=row.place.offered_from,
            kind="place",
            pk=row.place_id,
            text=row.place.name,
            about=origin_name(row, actor),
            seats=row.place.seats,
        )
        for row in rows
    ]


def origin_name(origin: PlaceOrigin, actor: Actor) -> str:
    """Return what a place came of, by name; nothing where the actor may not know of it."""
    if origin.recipient is not None:
        return origin.recipient.campaign.name if may(actor, Act.SEE_CAMPAIGNS) else ""
    if origin.invitation is not None:
        return origin.invitation.meeting.name if may(actor, Act.SEE_MEETINGS) else ""
    return origin.bulk_offer.name if origin.bulk_offer is not None else ""


def find_line(pk: UUID) -> DialogueLine | None:
    """Return a line of the dialogue, or ``None``."""
    found: DialogueLine | None = (
        DialogueLine.objects.filter(pk=pk).select_related("employer", "by").first()
    )
    return found


def lines(
    *, employer: UUID | None = None, by: UUID | None = None, kind: str = ""
) -> "QuerySet[DialogueLine]":
    """Return the dialogue, the newest first; of one employer, writer or kind where given."""
    found: QuerySet[DialogueLine] = DialogueLine.objects.select_related("employer", "by")
    if employer is not None:
        found = found.filter(employer=employer)
    if by is not None:
        found = found.filter(by=by)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("-on", "-noted_at", "pk")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employer that could be asked or invited.

    ``is_new``: no participant has been there; ``is_untouched``: nobody has been in touch, either.
    """

    employer: Employer
    area: str
    touch: Touch | None
    is_new: bool
    is_untouched: bool
    has_place: bool


def candidates(actor: Actor, *, on: date) -> list[Candidate]:
    """Return every employer that can be asked, by name, with what one chooses by."""
    found = list(known_employers(actor, on=on).order_by("name", "pk"))
    areas = areas_of(found, on=on)
    touches = last_touch([each.pk for each in found])
    touched, used = _touched(on, actor), _used(actor)
    offers = PracticePlace.objects.filter(employers.is_offered(on))
    offering = set(offers.values_list("employer", flat=True).distinct())
    return [
        Candidate(
            employer=each,
            area=areas[each.pk],
            touch=touches.get(each.pk),
            is_new=each.pk not in used,
            is_untouched=each.pk not in touched,
            has_place=each.pk in offering,
        )
        for each in found
    ]


def with_contact(*, on: date) -> set[UUID]:
    """Return the employers that have a contact person in the municipality on a day."""
    return set(employers.contacts_on(on))
