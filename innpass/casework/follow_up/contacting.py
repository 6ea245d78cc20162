"""Being in touch, and looking for work: one line each."""

from copy import copy
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.follow_up.laying import tell_contact
from innpass.casework.follow_up.models import ContactLine, JobSeekingLine
from innpass.casework.follow_up.noting import note
from innpass.casework.follow_up.refusing import one_line, refuse_names, refused
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import family_of, owner_of
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import JobSeeking, Reply

_SHOWN = 50
_TWICE_WITHIN = timedelta(minutes=1)


@transaction.atomic
def note_contact(
    person: Participant, *, way: ContactWay, text: str, day: date, by: Actor, on: date
) -> ContactLine:
    """Note that somebody was in touch; the case's last contact follows, where none was later.

    The same line by the same hand within a minute is a button pressed twice: it is noted once.

    Raises:
        MayNot: contact is not theirs to note.
        Refused: the day is to come, or the text cannot stand.
    """
    check_may_write(by, "follow_up.contact")
    if day > on:
        raise refused(
            _("Kontakten kan ikke være fram i tid. Skriv dagen dere hadde kontakt."), field="day"
        )
    said = one_line(text, "text")
    refuse_names({"text": said}, about=person, by=by)
    one_at_a_time(by)
    twice: ContactLine | None = ContactLine.objects.filter(
        participant=person,
        on=day,
        way=way,
        text=said,
        by=by.user_id,
        noted_at__gte=timezone.now() - _TWICE_WITHIN,
    ).first()
    if twice is not None:
        return twice
    made: ContactLine = ContactLine.objects.create(
        municipality_id=person.municipality_id,
        participant=person,
        on=day,
        way=way,
        text=said,
        by_id=by.user_id,
    )
    tell_contact(person, day, by=by)
    note(person, "note_contact", by=by, changes={"on": [None, day]})
    return made


def contact_lines(person: UUID) -> list[ContactLine]:
    """Return what was noted about being in touch, the latest first. One query."""
    rows = ContactLine.objects.filter(family_of([person])).select_related("by")
    return list(rows.order_by("-on", "-noted_at")[:_SHOWN])


@transaction.atomic
def note_job_seeking(
    person: Participant,
    *,
    kind: JobSeeking,
    day: date,
    employer: str,
    channel: str,
    text: str,
    by: Actor,
    on: date,
) -> JobSeekingLine:
    """Note what somebody did to find work; an application waits for an answer.

    The same line by the same hand within a minute is noted once, as ``note_contact`` does.

    Raises:
        MayNot: that is not theirs to note.
        Refused: the day is to come, an application names no employer, or a text cannot stand.
    """
    check_may_write(by, "follow_up.job_seeking")
    if day > on:
        raise refused(_("Skriv en dag som har vært."), field="day")
    name = one_line(employer, "employer", most=200)
    if kind is JobSeeking.APPLICATION and not name:
        raise refused(_("Skriv hvem søknaden er sendt til."), field="employer")
    said: dict[str, Any] = {
        "participant": person,
        "kind": kind,
        "on": day,
        "employer": name,
        "channel": one_line(channel, "channel", most=80),
        "text": one_line(text, "text"),
        "by_id": by.user_id,
    }
    texts = {each: said[each] for each in ("employer", "channel", "text")}
    refuse_names(texts, about=person, by=by)
    one_at_a_time(by)
    twice: JobSeekingLine | None = JobSeekingLine.objects.filter(
        **said, noted_at__gte=timezone.now() - _TWICE_WITHIN
    ).first()
    if twice is not None:
        return twice
    made: JobSeekingLine = JobSeekingLine.objects.create(
        municipality_id=person.municipality_id,
        reply=Reply.WAITING if kind is JobSeeking.APPLICATION else "",
        **said,
    )
    note(person, "note_job_seeking", by=by, changes={"kind": [None, kind.value]})
    return made


@transaction.atomic
def note_reply(line: JobSeekingLine, reply: Reply, *, by: Actor, on: date, expected: int) -> None:
    """Say what became of an application; what is so already stays.

    Raises:
        MayNot: as ``note_job_seeking``.
        ChangedMeanwhile: somebody else said so first.
    """
    check_may_write(by, "follow_up.job_seeking")
    if line.reply == reply:
        return
    line = copy(line)  # what the caller holds stays as it was where it is not saved
    before, line.reply = line.reply, reply
    line.replied_on = None if reply is Reply.WAITING else on
    line.save_version(expected=expected, fields=("reply", "replied_on"))
    person = owner_of(line.participant)
    note(person, "note_reply", by=by, changes={"reply": [before, reply.value]})


def job_seeking_of(person: UUID) -> list[JobSeekingLine]:
    """Return what somebody did to find work, the latest first. One query."""
    rows = JobSeekingLine.objects.filter(family_of([person])).select_related("by")
    return list(rows.order_by("-on", "-pk")[:_SHOWN])
