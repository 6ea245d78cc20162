"""What an employer does without an account: uses a link, shows a code, confirms days.

Whoever asks is not signed in: the secret says which municipality and which placement. What is
unknown, used, too old, withdrawn or over is answered alike, with ``None``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from secrets import compare_digest, token_urlsafe
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from innpass.casework.agreements.queries import Told
from innpass.casework.doors.codes import Came, ClosedWhy
from innpass.casework.doors.models import ConfirmedDay, Door, DoorCode
from innpass.casework.doors.pack import Pack, pack_of
from innpass.casework.doors.queries import (
    WRONG_TRIES,
    DoorState,
    digest_of,
    is_shut_by_protection,
    state_of,
)
from innpass.casework.doors.services import OCTETS, close, code_digest, note
from innpass.casework.doors.showing import (
    Contact,
    Shown,
    is_agreed_and_not_over,
    planned_days,
    shown_of,
    told_about,
)
from innpass.casework.follow_up.services import (
    Said,
    give_voice,
    visit_that_waits,
    visit_to_speak_at,
)
from innpass.domain.following.voices import Answer, GivenBy, Speaker, Theme
from innpass.domain.periods import IsoWeek

CONFIRMS_FOR = timedelta(minutes=10)
WEEKS_BACK = 4  # that may be confirmed
_SEEN_EVERY = timedelta(minutes=5)  # how exact the last use is kept
_CASE = ("municipality", "case__participant__turned_out_to_be", "case__employer")


class Proof(StrEnum):
    """What a code was found to be."""

    RIGHT = "right"
    WRONG = "wrong"
    SHUT = "shut"  # it was wrong once too often: nothing leads in any more


class Opened(NamedTuple):
    """A way in that was just used: what it is, its key, and the last day of the placement."""

    pk: UUID
    key: str
    last_day: date | None


class Inside(NamedTuple):
    """An open way in, with what is told of its placement."""

    door: Door
    told: Told


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day at the employer that may be confirmed; minutes after midnight."""

    on: date
    start: int
    end: int
    came: Came | None


@dataclass(frozen=True, slots=True)
class EmployerView:
    """What the employer's page shows of one placement.

    Attributes:
        week: which the days are of; ``earlier`` and ``later`` are those that may be gone to.
        days: that have come and may be confirmed.
        needs_code: whether a code is asked for before anything is sent.
        may_speak: whether a visit waits for the employer's voice.
    """

    pk: UUID
    shown: Shown
    week: IsoWeek
    earlier: IsoWeek | None
    later: IsoWeek | None
    days: tuple[PlannedDay, ...]
    needs_code: bool
    may_speak: bool


def leads_somewhere(secret: str, *, on: date) -> bool:
    """Say whether a link may still be used. It uses nothing up: mail scanners ask, too."""
    door = _by_secret(secret)
    if door is None or not _is_fresh(door):
        return False
    with scope(municipality=door.municipality):
        return state_of(door, on=on) is DoorState.SENT


def open_door(secret: str, *, on: date) -> Opened | None:
    """Use a link up; the key to it is for one browser, and not kept."""
    door = _by_secret(secret)
    if door is None or not _is_fresh(door):
        return None
    with scope(municipality=door.municipality), transaction.atomic():
        held = Door.objects.select_for_update(of=("self",)).select_related(*_CASE).get(pk=door.pk)
        if state_of(held, on=on) is not DoorState.SENT:
            return None
        key = token_urlsafe(OCTETS)
        held.key_digest, held.opened_at = digest_of(key), timezone.now()
        held.last_used_at = held.opened_at
        fields = ("key_digest", "opened_at", "last_used_at")
        held.save_version(expected=held.version, fields=fields)
        note("open_employer_door", held, by=None)
        return Opened(held.pk, key, told_about(held.case).last_day)


def view(pk: UUID, key: str, *, on: date, week: IsoWeek | None = None) -> EmployerView | None:
    """Return what is behind an open way in; ``None`` where it leads nowhere.

    Args:
        week: to confirm; the one of ``on`` where it is none that may be confirmed.
    """
    with _opened(pk, key, on=on) as inside:
        if inside is None:
            return None
        door, told = inside
        _note_use(door)
        weeks = _weeks(on)
        chosen = week if week in weeks else weeks[-1]
        at = weeks.index(chosen)
        return EmployerView(
            pk=door.pk,
            shown=shown_of(door.case, told),
            week=chosen,
            earlier=weeks[at - 1] if at else None,
            later=weeks[at + 1] if at + 1 < len(weeks) else None,
            days=_days(inside, chosen, on=on),
            needs_code=not _is_believed(door),
            may_speak=visit_that_waits(door.case) is not None,
        )


def prove(pk: UUID, key: str, code: str, *, on: date) -> Proof | None:
    """Hold a code against the last one made; ``None`` where the way in leads nowhere.

    A code is right once. Five wrong ones in a row close the way in.
    """
    with _opened(pk, key, on=on) as inside, transaction.atomic():
        if inside is None:
            return None
        held = Door.objects.select_for_update(of=("self",)).select_related(*_CASE).get(pk=pk)
        if held.closed_at is not None:
            return None
        now = timezone.now()
        last = DoorCode.objects.filter(door=held).order_by("-made_at").first()
        digest = code_digest(held, "".join(code.split()))
        is_right = compare_digest(digest, last.digest if last else code_digest(held, "none"))
        if last and is_right and last.used_at is None and last.usable_until > now:
            last.used_at = now
            last.save_version(expected=last.version, fields=("used_at",))
            held.confirms_until, held.wrong_tries = now + CONFIRMS_FOR, 0
            held.save_version(expected=held.version, fields=("confirms_until", "wrong_tries"))
            note("prove_employer_code", held, by=None)
            return Proof.RIGHT
        held.wrong_tries += 1
        held.save_version(expected=held.version, fields=("wrong_tries",))
        if held.wrong_tries >= WRONG_TRIES:
            close(held, ClosedWhy.WRONG_CODES, by=None)
            return Proof.SHUT
        return Proof.WRONG


def tries_left(pk: UUID, key: str, *, on: date) -> int:
    """Return how many wrong codes a way in still takes; 0 where it leads nowhere."""
    with _opened(pk, key, on=on) as inside:
        return max(0, WRONG_TRIES - inside.door.wrong_tries) if inside else 0


def whom_to_ring(pk: UUID, key: str, *, on: date) -> Contact | None:
    """Return the contact person where wrong codes shut a way in; ``None`` wherever else it leads.

    Only to the browser that was let in, which has been shown that much before; and to none when
    the placement is over or the address protected.
    """
    with scopes_disabled():
        doors = Door.objects.filter(pk=pk, key_digest=digest_of(key)).select_related(*_CASE)
        door = doors.filter(closed_why=ClosedWhy.WRONG_CODES).first()
    if door is None:
        return None
    with scope(municipality=door.municipality):
        told = told_about(door.case)
        if is_shut_by_protection(door.case, since=door.made_at):
            return None
        if not is_agreed_and_not_over(door.case, told, on=on):
            return None
        return shown_of(door.case, told).contact


def confirm_days(pk: UUID, key: str, came: Mapping[date, Came], *, on: date) -> int | None:
    """Keep what the employer says of days; ``None`` where it may not be said.

    Only days on which somebody was to be there are kept, today's and those of four weeks back.

    Returns:
        how many days were said something new about.
    """
    with _opened(pk, key, on=on) as inside, transaction.atomic():
        if inside is None or not _is_believed(inside.door):
            return None
        door = inside.door
        changed: dict[str, list[object]] = {}
        for week in sorted({IsoWeek.of(day) for day in came} & set(_weeks(on))):
            for day in _days(inside, week, on=on):
                said = came.get(day.on)
                if said is None or said is day.came:
                    continue
                ConfirmedDay.objects.update_or_create(
                    case=door.case,
                    on=day.on,
                    defaults={
                        "municipality": door.municipality,
                        "came": said,
                        "door": door,
                        "said_at": timezone.now(),
                    },
                )
                changed[str(day.on)] = [day.came and day.came.value, said.value]
        if changed:
            note("confirm_days", door, by=None, changes=changed)
        return len(changed)


def speak(
    pk: UUID, key: str, answers: Mapping[Theme, Answer], *, text: str, on: date
) -> bool | None:
    """Keep the employer's voice at the visit it belongs to; ``None`` where it may not be given.

    Returns:
        whether there was anything in it.

    Raises:
        Refused: the text cannot stand, or no visit waits for it; the sentence says so.
    """
    with _opened(pk, key, on=on) as inside, transaction.atomic():
        if inside is None or not _is_believed(inside.door):
            return None
        door = inside.door
        said = Said(answers=answers, text=text, given_by=GivenBy.DOOR)
        if said.is_empty:
            return False
        visit = visit_to_speak_at(door.case)
        give_voice(visit, Speaker.EMPLOYER, said, by=None, on=on)
        note("speak_through_door", door, by=None)
        return True


def pack(pk: UUID, key: str, *, on: date) -> Pack | None:
    """Return the employer pack behind an open way in; ``None`` where it leads nowhere."""
    with _opened(pk, key, on=on) as inside:
        return pack_of(inside.door.case, on=on) if inside else None


def _by_secret(secret: str) -> Door | None:
    """Find a link by its digest, which nobody can steer: how long that takes tells nothing."""
    with scopes_disabled():
        found: Door | None = (
            Door.objects.filter(digest=digest_of(secret)).select_related(*_CASE).first()
        )
    return found


def _is_fresh(door: Door) -> bool:
    """Say whether a link by itself may be used: those that may not answer as fast as none."""
    is_used = door.opened_at is not None or door.closed_at is not None
    return not is_used and door.opens_until > timezone.now()


@contextmanager
def _opened(pk: UUID, key: str, *, on: date) -> Iterator[Inside | None]:
    """Give an open way in, within its municipality; ``None`` where it leads nowhere."""
    with scopes_disabled():
        door = Door.objects.filter(pk=pk, key_digest=digest_of(key)).select_related(*_CASE).first()
    if door is None:
        yield None
        return
    with scope(municipality=door.municipality):
        told = told_about(door.case)
        is_open = state_of(door, on=on, told=told) is DoorState.OPEN
        yield Inside(door, told) if is_open else None


def _is_believed(door: Door) -> bool:
    return door.confirms_until is not None and door.confirms_until > timezone.now()


def _weeks(on: date) -> list[IsoWeek]:
    return [IsoWeek.of(on - timedelta(weeks=back)) for back in range(WEEKS_BACK, -1, -1)]


def _days(inside: Inside, week: IsoWeek, *, on: date) -> tuple[PlannedDay, ...]:
    case = inside.door.case
    planned = planned_days(case, inside.told, week=week)
    rows = ConfirmedDay.objects.filter(case=case, on__range=(week.monday, week.sunday))
    said = {row.on: Came(row.came) for row in rows}
    return tuple(
        PlannedDay(day, start, end, said.get(day))
        for day, (start, end) in planned.items()
        if day <= on
    )


def _note_use(door: Door) -> None:
    now = timezone.now()
    if door.last_used_at is None or now - door.last_used_at > _SEEN_EVERY:
        Door.objects.filter(pk=door.pk).update(last_used_at=now)
