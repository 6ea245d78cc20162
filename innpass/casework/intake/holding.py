"""Intake sessions: when and by whom they are held, what is told and asked, and interpreters."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from innpass.casework.accounts.models import User
from innpass.casework.audit import services as audit
from innpass.casework.intake.inviting import invite_alone, invite_groups
from innpass.casework.intake.models import (
    BookingState,
    Came,
    Intake,
    IntakeGroup,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
    SessionPoint,
    SessionQuestion,
)
from innpass.casework.intake.problems import broken_in, check_nothing_new_is_broken
from innpass.casework.intake.queries import members
from innpass.casework.intake.refusing import NamesPeople, Refused, refused
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.agenda import agenda_on
from innpass.domain.intake.reasons import Clock, Reason, reason
from innpass.domain.intake.sentences import named
from innpass.domain.linking.names import fold
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.typed import as_text

SESSION_VALUES = ("day", "start", "minutes", "place", "capacity", "leader", "supervisor")
BOOKING_STATES = frozenset({"", *BookingState.values})
MIDNIGHT = 24 * 60
LONGEST_QUESTION = 500
_SHORTEST_NAME = 3  # letters; shorter parts of names are common words


@transaction.atomic
def save_session(
    *,
    term: IntakeTerm,
    values: Mapping[str, Any],
    by: Actor,
    on: date,
    session: IntakeSession | None = None,
    expected: int = 0,
    alone: Intake | None = None,
) -> IntakeSession:
    """Make a session of a term, or change one.

    Args:
        values: by the names of ``SESSION_VALUES``.
        expected: the ``version`` of the session that was on the screen.
        alone: the one person whom a new session is for; ``None``: it is for a group.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: the day has passed, somebody or the room is somewhere else, or people are invited
            who could not be there.
        ChangedMeanwhile: somebody else saved the session.
    """
    check_may_write(by, "intake.term")
    IntakeTerm.objects.select_for_update().get(pk=term.pk)
    problems = list(_faults(term, values, session, on))
    if problems:
        raise Refused(*problems)
    if session is None:
        session = IntakeSession.objects.create(
            municipality_id=by.municipality_id,
            term=term,
            is_individual=alone is not None,
            intake=alone,
            **values,
        )
        SessionPoint.objects.bulk_create(
            SessionPoint(
                municipality_id=by.municipality_id,
                session=session,
                place=place,
                code=point.code,
                text=point.text,
            )
            for place, point in enumerate(agenda_on(session.day), start=1)
        )
        if alone is not None:
            invite_alone(alone, session)
    else:
        before = broken_in(term, actor=by)
        is_moved = any(getattr(session, n) != values[n] for n in ("day", "start", "minutes"))
        for name, value in values.items():
            setattr(session, name, value)
        session.save_version(expected=expected, fields=tuple(values))
        if is_moved:  # whoever was ordered was ordered for another time
            ordered = (BookingState.ORDERED, BookingState.CONFIRMED)
            session.bookings.filter(state__in=ordered).update(state=BookingState.MOVED)
        if term.agreed_at is not None:
            check_nothing_new_is_broken(term, before, actor=by)
    if term.agreed_at is not None:
        invite_groups(term)
    _note(session, by, "save_intake_session", {"day": [None, session.day.isoformat()]})
    return session


@transaction.atomic
def cancel_session(session: IntakeSession, *, by: Actor) -> None:
    """Call a session off: its group is without one, and those moved on to it are seen to again.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: something is noted in it, or an interpreter is ordered.
    """
    check_may_write(by, "intake.term")
    IntakeTerm.objects.select_for_update().get(pk=session.term_id)
    if (
        session.invitations.exclude(state=Came.INVITED).exists()
        or session.points.filter(is_told=True).exists()
        or session.questions.exists()
    ):
        raise refused("session_noted")
    if session.bookings.exclude(state=BookingState.CANCELLED).exists():
        raise refused("interpreter_ordered")
    _note(session, by, "cancel_intake_session", {"day": [session.day.isoformat(), None]})
    Invitation.objects.filter(moved_to__session=session).update(seen_at=None, seen_by=None)
    session.invitations.all().delete()
    IntakeGroup.objects.filter(session=session).update(session=None)
    session.delete()


def _faults(
    term: IntakeTerm, values: Mapping[str, Any], session: IntakeSession | None, on: date
) -> Iterator[Reason]:
    day, start = values["day"], values["start"]
    end = start + values["minutes"]
    if session is None or session.day != day:
        if day < on:
            yield reason("refuse.session_past", day=day)
        if session and session.invitations.exclude(state=Came.INVITED).exists():
            yield reason("refuse.session_held")
    if day >= term.first_day:
        yield reason("refuse.session_after_start", day=term.first_day)
    if end > MIDNIGHT:
        yield reason("refuse.session_too_late")
    yield from _taken(values, session, end)
    if session and values["capacity"] is not None:
        people = session.invitations.filter(state__in=(Came.INVITED, Came.CAME)).count()
        if people > values["capacity"]:
            yield reason("refuse.room_too_small", people=people, capacity=values["capacity"])


def _taken(values: Mapping[str, Any], session: IntakeSession | None, end: int) -> Iterator[Reason]:
    """Say who, and which room, is in another session at that time."""
    staff: list[User] = [values[name] for name in ("leader", "supervisor") if values[name]]
    if len(staff) == 2 and staff[0] == staff[1]:
        yield reason("refuse.same_person", name=str(staff[0]))
    others = [
        other
        for other in IntakeSession.objects.filter(day=values["day"])
        if other.pk != (session.pk if session else None)
        and other.start < end
        and values["start"] < other.end
    ]
    for other in others:
        when = {"start": Clock(other.start), "end": Clock(other.end)}
        for one in dict.fromkeys(staff):
            if one.pk in (other.leader_id, other.supervisor_id):
                yield reason("refuse.leader_busy", name=str(one), **when)
        if values["place"] and values["place"].casefold() == other.place.casefold():
            yield reason("refuse.room_busy", place=values["place"], **when)


@transaction.atomic
def tick_points(
    session: IntakeSession,
    told: Collection[str],
    *,
    shown: Collection[str] | None = None,
    own: str = "",
    by: Actor,
) -> None:
    """Note which points were told, and add an own one. What one was told follows from these.

    Args:
        told: ids of the points; all others were not told.
        shown: ids of those that stood as told on the screen; a point that was left as it was shown
            stays as it is now. ``None``: all are as they are now.

    Raises:
        MayNot: it is not theirs to note.
    """
    check_may_write(by, "intake.attendance")
    for point in SessionPoint.objects.filter(session=session):
        wanted, key = str(point.pk) in told, str(point.pk)
        was = point.is_told if shown is None else key in shown
        if wanted not in (was, point.is_told):
            point.is_told = wanted
            point.save(update_fields=["is_told"])
    own = " ".join(as_text(own).split())[:200]
    if own:
        last = SessionPoint.objects.filter(session=session).aggregate(n=Max("place"))["n"] or 0
        SessionPoint.objects.create(
            municipality_id=session.municipality_id,
            session=session,
            place=last + 1,
            text=without_identity_numbers(own),
        )
    _note(session, by, "tick_session_points", {"told": [None, len(told)]})


@transaction.atomic
def note_question(
    session: IntakeSession, text: str, *, by: Actor, is_confirmed: bool = False
) -> SessionQuestion:
    """Keep a question that was asked, without saying who asked.

    Args:
        is_confirmed: whoever writes says that words that are names mean something else.

    Raises:
        MayNot: it is not theirs to note.
        NamesPeople: words of it are names of people in the term.
        Refused: it is empty, or holds an identity number.
    """
    check_may_write(by, "intake.attendance")
    text = " ".join(as_text(text).split())[:LONGEST_QUESTION]
    if not text:
        raise refused("empty_question")
    if without_identity_numbers(text) != text:
        raise refused("identity_number")
    names = _names_in(text, session.term, by)
    if names and not is_confirmed:
        raise NamesPeople(reason("refuse.names", names=named(names)))
    made: SessionQuestion = SessionQuestion.objects.create(
        municipality_id=session.municipality_id, session=session, text=text
    )
    return made


def _names_in(text: str, term: IntakeTerm, actor: Actor) -> list[str]:
    words = {word for word in fold(text) if len(word) >= _SHORTEST_NAME}
    return sorted(
        {
            part
            for one in members(term, actor=actor)
            for part in one.person.name.split()
            if words & set(fold(part))
        }
    )


@transaction.atomic
def book_interpreter(
    session: IntakeSession,
    language: str,
    *,
    state: str,
    reference: str = "",
    seen: str | None = None,
    by: Actor,
) -> None:
    """Note how far the booking of an interpreter is; an empty state is no booking.

    Args:
        seen: the mark of the booking that stood on the screen (``mark_of_booking``); ``None``
            overrules what stands there.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: the same interpreter, by the reference, is booked for another session then; or
            somebody else has noted something else meanwhile.
    """
    check_may_write(by, "intake.term")
    IntakeSession.objects.select_for_update().get(pk=session.pk)
    now = InterpreterBooking.objects.filter(session=session, language=language).first()
    if seen is not None and seen != mark_of_booking(now):
        label = BookingState(now.state).label if now else ""
        theirs = ", ".join(filter(None, (str(label), now.reference if now else "")))
        raise refused("booked_meanwhile", theirs=theirs or _("ikke bestilt"))
    reference = " ".join(without_identity_numbers(as_text(reference)).split())[:60]
    if not state:
        InterpreterBooking.objects.filter(session=session, language=language).delete()
    else:
        if reference and state != BookingState.CANCELLED:
            _check_interpreter_is_free(session, language, reference)
        InterpreterBooking.objects.update_or_create(
            municipality_id=session.municipality_id,
            session=session,
            language=language,
            defaults={"state": BookingState(state), "reference": reference},
        )
    _note(session, by, "book_interpreter", {"state": [None, state], "language": [None, language]})


def mark_of_booking(booking: InterpreterBooking | None) -> str:
    """Return a mark of a booking, by which a save sees what stood."""
    return f"{booking.state}|{booking.reference}" if booking else "|"


def _check_interpreter_is_free(session: IntakeSession, language: str, reference: str) -> None:
    others = InterpreterBooking.objects.filter(
        session__day=session.day, reference__iexact=reference
    ).exclude(state__in=(BookingState.CANCELLED, BookingState.MOVED))
    for other in others.exclude(session=session, language=language).select_related("session"):
        held = other.session
        if held.start < session.end and session.start < held.end:
            raise refused(
                "interpreter_busy",
                reference=reference,
                start=Clock(held.start),
                end=Clock(held.end),
            )


def _note(session: IntakeSession, by: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        municipality_id=session.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="intake_session",
        subject_id=session.pk,
        changes=changes,
    )
