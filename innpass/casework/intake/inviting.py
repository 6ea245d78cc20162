"""Who is invited to which session: with the group, alone, and on to a later one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.intake.models import (
    BookingState,
    Came,
    Intake,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
    SessionPoint,
)
from innpass.casework.intake.problems import limits_of, slot
from innpass.casework.intake.queries import invitations, owner_of, protected
from innpass.casework.intake.refusing import Refused, refused
from innpass.casework.participants.queries import OWNERS, family_of
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.problem import (
    ChildCare,
    Person,
    interpreted,
    room_of,
    suits_child_care,
)
from innpass.domain.intake.reasons import reason

_AWAY = frozenset({Came.STAYED_AWAY, Came.EXCUSED})


def invite_groups(term: IntakeTerm) -> None:
    """Invite everybody in a group to the group's session, and nobody to another group's.

    Whoever came, has been moved on, or has a session alone is left as he or she is.
    """
    keep_apart(term=term)
    invited: dict[UUID, list[Invitation]] = defaultdict(list)
    for invitation in Invitation.objects.filter(intake__term=term).select_related("session"):
        invited[invitation.intake_id].append(invitation)
    moved = {
        key for key, rows in invited.items() if any(one.moved_to_id is not None for one in rows)
    }
    made = []
    for rows in _by_person(term):
        mine = [one for row in rows for one in invited[row.pk]]
        if any(row.pk in moved for row in rows) or any(
            one.session.is_individual or one.state != Came.INVITED for one in mine
        ):
            continue
        intake = rows[0]
        wanted = intake.group.session_id if intake.group else None
        kept = [one for one in mine if (one.intake_id, one.session_id) == (intake.pk, wanted)]
        for one in mine:
            if one not in kept:
                one.delete()
        if wanted and not kept:
            made.append(
                Invitation(municipality_id=term.municipality_id, intake=intake, session_id=wanted)
            )
    Invitation.objects.bulk_create(made)


def _by_person(term: IntakeTerm) -> list[list[Intake]]:
    """Return who is in a term, those who turned out to be one together, as ``members`` has them."""
    found: dict[UUID, list[Intake]] = defaultdict(list)
    rows = Intake.objects.filter(term=term, left_on=None).select_related("group", *OWNERS)
    for row in rows.order_by("taken_in_on", "pk"):
        found[owner_of(row).pk].append(row)
    return list(found.values())


def invite_alone(intake: Intake, session: IntakeSession) -> Invitation:
    """Invite one person to a session alone, and to no other that is to come."""
    withdraw(intake, but=session)
    intake.group, intake.is_pinned = None, False
    intake.save(update_fields=["group", "is_pinned"])
    found: Invitation = Invitation.objects.get_or_create(
        municipality_id=intake.municipality_id, session=session, intake=intake
    )[0]
    return found


def withdraw(intake: Intake, *, but: IntakeSession | None = None) -> None:
    """Take back invitations that nothing has become of yet, with the sessions they alone were for.

    An own session stays where something has been noted in it, or an interpreter must be told.
    """
    Invitation.objects.filter(intake=intake, state=Came.INVITED).delete()
    own = IntakeSession.objects.filter(intake=intake, invitations=None, questions=None)
    told = SessionPoint.objects.filter(is_told=True).values("session")
    ordered = InterpreterBooking.objects.exclude(state=BookingState.CANCELLED).values("session")
    own = own.exclude(pk__in=told).exclude(pk__in=ordered)
    own.exclude(pk=but.pk if but else None).delete()


def keep_apart(*, term: IntakeTerm | None = None, person: UUID | None = None) -> None:
    """Take people with a protected address out of groups, and back their invitations to them.

    Args:
        term: whose people; ``None``: every term's.
        person: the one who was just protected; ``None``: everybody who is.
    """
    rows = Intake.objects.filter(protected(), left_on=None)
    if term is not None:
        rows = rows.filter(term=term)
    if person is not None:
        rows = rows.filter(family_of([person]))
    keys = list(rows.values_list("pk", flat=True))
    Invitation.objects.filter(
        intake__in=keys, state=Came.INVITED, session__is_individual=False
    ).delete()
    Intake.objects.filter(pk__in=keys).exclude(group=None).update(group=None, is_pinned=False)


@transaction.atomic
def note_attendance(
    session: IntakeSession,
    states: Mapping[str, str],
    *,
    by: Actor,
    on: date,
    shown: Mapping[str, str] | None = None,
    rest_came: bool = False,
) -> list[Invitation]:
    """Note who came. Who did not goes on to the next session that suits, and stays visible.

    Args:
        states: values of ``Came`` by the invitation; those the actor may not see are passed over.
        shown: the states that stood on the screen; what was left as it was shown stays as it is
            now, and what is not among them stood there as not noted. ``None``: what is now.
        rest_came: those of ``states`` of whom nobody has noted anything came.

    Returns:
        Those who did not come and were not noted so before, with ``moved_to`` where there is one.

    Raises:
        MayNot: attendance is not theirs to note.
        Refused: the session has not been held, or somebody else noted something else meanwhile.
    """
    check_may_write(by, "intake.attendance")
    if session.day > on:
        raise refused("not_held", day=session.day)
    IntakeTerm.objects.select_for_update().get(pk=session.term_id)
    away = []
    rows = invitations(by, session=session)
    for invitation, state in _to_note(rows, states, shown, rest_came=rest_came):
        was_away, is_away = invitation.state in _AWAY, state in _AWAY
        before, invitation.state = invitation.state, state
        if was_away and not is_away:
            _take_back(invitation)
        if is_away and not was_away:
            invitation.moved_to = _move_on(invitation)
            invitation.seen_at, invitation.seen_by_id = None, None
            away.append(invitation)
        invitation.save(update_fields=["state", "moved_to", "seen_at", "seen_by"])
        audit.record(
            municipality_id=invitation.municipality_id,
            actor_id=by.user_id,
            action="note_intake_attendance",
            subject_kind="participant",
            subject_id=invitation.intake.participant_id,
            changes={"attendance": [before, str(state)]},
        )
    return away


def _to_note(
    rows: Sequence[Invitation],
    states: Mapping[str, str],
    shown: Mapping[str, str] | None,
    *,
    rest_came: bool,
) -> list[tuple[Invitation, Came]]:
    """Give what is to be noted of whom.

    Raises:
        Refused: somebody else noted something else of them meanwhile.
    """
    found: list[tuple[Invitation, Came]] = []
    both: list[tuple[Invitation, Came]] = []
    for one in rows:
        key, now = str(one.pk), Came(one.state)
        was = now if shown is None else Came(shown.get(key, Came.INVITED))
        state = Came(states.get(key, was))
        if rest_came and key in states and now == state == Came.INVITED:
            found.append((one, Came.CAME))
        elif state not in (was, now):
            (found if was == now else both).append((one, state))
    if both:
        raise Refused(
            *(
                reason(
                    "refuse.attendance_meanwhile",
                    person=owner_of(one.intake).name,
                    state=one.get_state_display(),
                )
                for one, _state in both
            )
        )
    return found


def _move_on(invitation: Invitation) -> Invitation | None:
    """Invite somebody to the next session of the term that suits and has place.

    Whoever was to have a session alone, or has a protected address, is never put among others.
    """
    session, intake = invitation.session, invitation.intake
    if session.is_individual or owner_of(intake).is_protected:
        return None
    limits = limits_of(session.term)
    person = Person(str(intake.pk), "", child_care=ChildCare(intake.child_care))
    mine = _one_to_interpret(intake)
    later = IntakeSession.objects.filter(
        term=session.term, is_individual=False, day__gte=session.day
    ).order_by("day", "start", "pk")
    for other in later:
        if (other.day, other.start) <= (session.day, session.start):
            continue
        already = Invitation.objects.filter(session=other, intake=intake).first()
        if already is not None and already.state not in _AWAY:
            return already
        coming = Invitation.objects.filter(session=other).exclude(state__in=_AWAY)
        if already is not None or coming.exclude(state=Came.INVITED).exists():
            continue  # was away there as well, or who came to it has been noted
        if not suits_child_care(slot("", "", other), person, limits.noon):
            continue
        if not _can_be_interpreted(other, coming, mine, limits.most_interpreters):
            continue
        if coming.count() < room_of(slot("", "", other), limits):
            made: Invitation = Invitation.objects.create(
                municipality_id=intake.municipality_id,
                session=other,
                intake=intake,
                is_moved_on=True,
            )
            return made
    return None


def _can_be_interpreted(
    session: IntakeSession, coming: "QuerySet[Invitation]", mine: Person, most: int
) -> bool:
    """Say whether one more can come without an interpreter too many, or in two places at once."""
    if not mine.needs_interpreter or not mine.language:
        return True
    there = interpreted([_one_to_interpret(one.intake) for one in coming.select_related("intake")])
    if mine.language in there:
        return True
    if len(there) >= most:
        return False
    beside = Invitation.objects.filter(
        session__term=session.term_id,
        session__day=session.day,
        intake__needs_interpreter=True,
        intake__language=mine.language,
    ).exclude(session=session)
    return not any(
        one.session.start < session.end and session.start < one.session.end
        for one in beside.exclude(state__in=_AWAY).select_related("session")
    )


def _one_to_interpret(intake: Intake) -> Person:
    return Person(
        str(intake.pk),
        "",
        language=intake.language,
        needs_interpreter=bool(intake.needs_interpreter),
    )


def _take_back(invitation: Invitation) -> None:
    """Undo that somebody was moved on, if nothing has become of it."""
    to = invitation.moved_to
    if to is not None and to.is_moved_on and to.state == Came.INVITED:
        to.delete()
    invitation.moved_to = None
    invitation.seen_at, invitation.seen_by_id = None, None


@transaction.atomic
def mark_seen(wanted: set[str], *, by: Actor) -> int:
    """Note that somebody has seen to those who did not come; returns how many.

    Raises:
        MayNot: attendance is not theirs to note.
    """
    check_may_write(by, "intake.attendance")
    rows = [
        row
        for row in invitations(by, state__in=tuple(_AWAY), seen_at=None)
        if str(row.pk) in wanted
    ]
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(
        seen_at=timezone.now(), seen_by=by.user_id
    )
    audit.record_many(
        audit.event(
            municipality_id=row.municipality_id,
            actor_id=by.user_id,
            action="see_intake_absence",
            subject_kind="participant",
            subject_id=row.intake.participant_id,
        )
        for row in rows
    )
    return len(rows)
