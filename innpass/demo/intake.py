"""The terms of the demo: one that is being prepared, with a session held, and three to come."""

from datetime import date, timedelta
from typing import Any

from innpass.casework.accounts.models import User
from innpass.casework.intake.grouping import agree, propose_groups
from innpass.casework.intake.holding import (
    book_interpreter,
    note_question,
    save_session,
    tick_points,
)
from innpass.casework.intake.inviting import note_attendance
from innpass.casework.intake.models import IntakeTerm, Invitation, SessionPoint
from innpass.casework.intake.queries import classes_for, interpreter_needs, likely, members
from innpass.casework.intake.services import describe, place, save_term, take_in
from innpass.demo.arrivals import LANGUAGES
from innpass.domain.access.roles import Actor

_MONTHS = (
    *("Januar", "Februar", "Mars", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Desember"),
)
_DAYS_TO_TERMS = (-78, 48, 104, 195, 286)  # to the Monday on which each begins, or the next
_CUT_OFF = 17  # days before the first
_LEFT_OUT = 5  # who has not been taken in yet
_CARE = ("not_needed", "all_day", "morning", "all_day", "not_needed", "afternoon", "all_day")
_SESSIONS = (  # days from today, start, room
    (-6, 9 * 60, "Læringssenteret, rom 204"),
    (8, 9 * 60, "Læringssenteret, rom 204"),
    (9, 12 * 60 + 30, "Flyktningtjenesten, møterom 1"),
)
_QUESTIONS = (
    "Kan jeg velge hvor jeg skal ha praksis?",
    "Hva skjer hvis barnet blir sykt en dag?",
    "Får jeg lønn i praksisen?",
    "Kan jeg jobbe ved siden av programmet?",
)


def write_terms(*, on: date, by: Actor, teacher: Actor) -> None:
    """Write the terms, with everything around the next one."""
    terms = [_term(on + timedelta(days=days), by) for days in _DAYS_TO_TERMS]
    term = terms[1]
    before = on - timedelta(days=14)
    staff = {user.username: user for user in User.objects.filter(username__in=["kari", "ingrid"])}
    people = [one.person for one in likely(actor=by, on=on).get(term.pk, [])][:-_LEFT_OUT]
    take_in(term=term, people=people, by=by, on=before)
    for at, member in enumerate(members(term, actor=by)):
        if at % 19 == 18:
            continue  # not mapped yet
        values = {
            "language": LANGUAGES.get(member.person.country, ""),
            "needs_interpreter": at % 8 != 5,
            "child_care": _CARE[at % len(_CARE)],
        }
        describe(member.intake, values=values, by=by)
    for days, start, room in _SESSIONS:
        values = {
            "day": on + timedelta(days=days),
            "start": start,
            "minutes": 90,
            "place": room,
            "capacity": 20,
            "leader": staff["kari"],
            "supervisor": None if days == _SESSIONS[-1][0] else staff["ingrid"],
        }
        save_session(term=term, values=values, by=by, on=before)
    propose_groups(term, by=by, on=before)
    agree(term, by=by)
    _hold_the_first(term, by=by, on=on)
    _place_some(term, by=teacher)


def _term(day: date, by: Actor) -> IntakeTerm:
    first_day = day + timedelta(days=-day.weekday() % 7)
    values = {
        "name": f"{_MONTHS[first_day.month - 1]} {first_day.year}",
        "first_day": first_day,
        "cut_off": first_day - timedelta(days=_CUT_OFF),
        "smallest_group": 12,
        "largest_group": 20,
        "session_minutes": 90,
    }
    return save_term(values=values, by=by)


def _hold_the_first(term: IntakeTerm, *, by: Actor, on: date) -> None:
    """Let all but two have come to the first session, and book what the next ones need."""
    needs = interpreter_needs(by, term=term)
    for at, need in enumerate(needs):
        if need.session.day < on or at % 3 == 0:
            book_interpreter(
                need.session,
                need.language,
                state="confirmed",
                reference=f"Tolketjenesten {4410 + at}",
                by=by,
            )
        elif at % 3 == 1:
            book_interpreter(need.session, need.language, state="ordered", by=by)
    first = needs[0].session
    invited: list[Any] = list(Invitation.objects.filter(session=first).order_by("pk"))
    came = {str(one.pk): "came" for one in invited}
    away = dict(zip(list(came)[3:5], ("stayed_away", "excused"), strict=False))
    note_attendance(first, {**came, **away}, by=by, on=on)
    points = [
        str(pk) for pk in SessionPoint.objects.filter(session=first).values_list("pk", flat=True)
    ]
    tick_points(first, points[:7], own="Omvisning på læringssenteret", by=by)
    for text in _QUESTIONS:
        note_question(first, text, by=by)


def _place_some(term: IntakeTerm, *, by: Actor) -> None:
    """Let the teacher have placed some as suggested, while there is room."""
    classes = [row for row in classes_for(term) if row.group.level in ("", "A1")]
    for at, member in enumerate(members(term, actor=by)):
        if at % 3 or member.suggestion.track is None:
            continue
        row = classes[at % len(classes)] if classes else None
        place(
            member,
            track=member.suggestion.track,
            level=member.suggestion.level,
            teaching_group=row.group if row and row.taken + at < row.group.capacity else None,
            reason="",
            by=by,
        )
