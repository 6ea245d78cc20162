"""Meetings with employers: held by whom, who is invited, who came, what they thought."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.employers.models import PracticePlace
from innpass.casework.outreach.codes import Coming, MeetingKind, Usefulness, Wish
from innpass.casework.outreach.models import EmployerMeeting, MeetingInvitation
from innpass.casework.outreach.noting import note
from innpass.casework.outreach.offering import PlaceTemplate, offer_place
from innpass.casework.outreach.queries import known_employers
from innpass.casework.outreach.refusing import Refused, one_line, refuse_names, several_lines
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor

_MEETING_VALUES = ("name", "kind", "day", "start", "end", "place", "text")
_MOST_COMING = 50


@transaction.atomic
def save_meeting(
    *,
    values: Mapping[str, Any],
    by: Actor,
    meeting: EmployerMeeting | None = None,
    expected: int = 0,
) -> EmployerMeeting:
    """Make a meeting, or change one; one that is there with all the same is not made again.

    Args:
        values: name, kind, day, start and end (minutes after midnight), place, text.
        expected: the version on the screen of one that is changed.

    Raises:
        MayNot: meetings are not theirs to keep.
        Refused: it ends before it begins, or a text holds an identity number.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    said = {name: values[name] for name in _MEETING_VALUES}
    said["name"] = one_line(said["name"], "name", most=120)
    said["place"] = one_line(said["place"], "place", most=120)
    said["text"] = several_lines(said["text"], "text", most=2000)
    refuse_names({name: said[name] for name in ("name", "place", "text")}, by=by)
    if not said["name"]:
        raise Refused(_("Skriv hva møtet heter."), field="name")
    if said["kind"] not in MeetingKind.values:
        raise Refused(_("Velg hva slags møte det er."), field="kind")
    if said["end"] <= said["start"]:
        raise Refused(_("Møtet må slutte etter at det begynner, samme dag."), field="time")
    one_at_a_time(by)
    if meeting is None:
        twice: EmployerMeeting | None = EmployerMeeting.objects.filter(
            **said, cancelled_on=None
        ).first()
        if twice is not None:
            return twice
        meeting = EmployerMeeting.objects.create(municipality_id=by.municipality_id, **said)
    else:
        for name, value in said.items():
            setattr(meeting, name, value)
        meeting.save_version(expected=expected, fields=_MEETING_VALUES)
    day = said["day"].isoformat()
    note(
        by,
        action="save_employer_meeting",
        kind="employer_meeting",
        subject=meeting.pk,
        changes={"day": [None, day]},
    )
    return meeting


@transaction.atomic
def cancel_meeting(meeting: EmployerMeeting, *, by: Actor, on: date) -> None:
    """Call a meeting off; those invited stay on the list, to be told.

    Raises:
        MayNot: meetings are not theirs to keep.
        Refused: somebody came to it.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    meeting.refresh_from_db()
    if meeting.invitations.filter(came=True).exists():
        raise Refused(_("Møtet er holdt: noen har møtt. Da kan det ikke avlyses."))
    EmployerMeeting.objects.filter(pk=meeting.pk, cancelled_on=None).update(cancelled_on=on)
    note(by, action="cancel_employer_meeting", kind="employer_meeting", subject=meeting.pk)


@transaction.atomic
def invite(meeting: EmployerMeeting, employers: Collection[UUID], *, by: Actor, on: date) -> int:
    """Invite employers that are not invited yet; returns how many.

    Raises:
        MayNot: meetings are not theirs to keep.
        Refused: the meeting is called off, or nobody is chosen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    meeting.refresh_from_db()
    if meeting.cancelled_on is not None:
        raise Refused(_("Møtet er avlyst. Lag et nytt møte for å invitere."))
    there = set(meeting.invitations.values_list("employer", flat=True))
    wanted = known_employers(by, on=on).filter(pk__in=employers).exclude(pk__in=there)
    made = MeetingInvitation.objects.bulk_create(
        MeetingInvitation(
            municipality_id=by.municipality_id, meeting=meeting, employer=each, invited_on=on
        )
        for each in wanted
    )
    if not made:
        raise Refused(_("Velg minst én arbeidsgiver som ikke er invitert fra før."))
    note(
        by,
        action="invite_employers",
        kind="employer_meeting",
        subject=meeting.pk,
        changes={"invited": [None, len(made)]},
    )
    return len(made)


@transaction.atomic
def note_coming(
    invitation: MeetingInvitation,
    *,
    answer: str,
    coming: int | None = None,
    who: str = "",
    by: Actor,
    expected: int,
) -> None:
    """Note what an employer answered to an invitation.

    Raises:
        MayNot: meetings are not theirs to keep.
        Refused: the answer is none, too many come, or a text holds an identity number.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    if answer and answer not in Coming.values:
        raise Refused(_("Velg et svar fra listen."), field="answer")
    is_coming = answer == Coming.YES
    if coming is not None and not 1 <= coming <= _MOST_COMING:
        told = _("Skriv hvor mange som kommer, fra 1 til %(most)s.") % {"most": _MOST_COMING}
        raise Refused(told, field="coming")
    named = one_line(who, "who", most=200)
    refuse_names({"who": named}, by=by)
    invitation.answer = answer
    invitation.coming = (coming or 1) if is_coming else None
    invitation.who = named
    invitation.save_version(expected=expected, fields=("answer", "coming", "who"))
    _note(invitation, by, {"answer": [None, answer]})


@transaction.atomic
def note_came(
    meeting: EmployerMeeting,
    came: Mapping[UUID, bool | None],
    *,
    by: Actor,
    today: date,
    shown: Mapping[UUID, bool | None] | None = None,
) -> int:
    """Note who came to a meeting; returns for how many it is other than it was.

    Args:
        came: by invitation; ``None`` for not noted. Those not named are left as they are.
        shown: what stood on the screen; what was left as it was shown stays as it is now.
            ``None``: what is now.

    Raises:
        MayNot: meetings are not theirs to keep.
        Refused: the meeting has not been, or was called off, or somebody else noted something else
            meanwhile.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    meeting.refresh_from_db()
    if meeting.cancelled_on is not None:
        raise Refused(_("Møtet er avlyst."))
    if meeting.day > today:
        raise Refused(_("Møtet er ikke holdt ennå. Før oppmøtet når det har vært."))
    changed = 0
    rows = meeting.invitations.filter(pk__in=list(came)).select_related("employer")
    for row in rows.order_by("employer__name", "pk"):
        now, wanted = row.came, came[row.pk]
        was = now if shown is None else shown.get(row.pk)
        if wanted in (was, now):
            continue
        if was != now:
            told = _("Noen andre har ført noe annet for %(name)s. Se over, og lagre igjen.")
            raise Refused(told % {"name": row.employer.name})
        row.came = wanted
        row.save_version(expected=row.version, fields=("came",))
        _note(row, by, {"came": [now, wanted]})
        changed += 1
    return changed


@transaction.atomic
def note_feedback(
    invitation: MeetingInvitation,
    *,
    usefulness: str,
    wish: str,
    feedback: str,
    template: PlaceTemplate | None = None,
    by: Actor,
    today: date,
    expected: int,
) -> PracticePlace | None:
    """Note what an employer thought of a meeting; make the place it offered, if it did.

    Args:
        template: the place that came of it; ``None`` for none.

    Raises:
        MayNot: meetings are not theirs to keep.
        Refused: the meeting has not been, nothing is said, too many seats, or a text holds an
            identity number.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    if invitation.meeting.day > today:
        raise Refused(_("Møtet er ikke holdt ennå."))
    if usefulness and usefulness not in Usefulness.values:
        raise Refused(_("Velg fra listen."), field="usefulness")
    if wish and wish not in Wish.values:
        raise Refused(_("Velg fra listen."), field="wish")
    said = one_line(feedback, "feedback", most=1000)
    refuse_names({"feedback": said}, by=by)
    if not (usefulness or wish or said or template):
        raise Refused(_("Velg eller skriv noe av det arbeidsgiveren sa."), field="feedback")
    invitation.usefulness, invitation.wish, invitation.feedback = usefulness, wish, said
    invitation.save_version(expected=expected, fields=("usefulness", "wish", "feedback"))
    _note(invitation, by, {"usefulness": [None, usefulness], "wish": [None, wish]})
    if template is None:
        return None
    return offer_place(
        employer_id=invitation.employer_id,
        template=template,
        on=today,
        by=by,
        invitation=invitation,
    )


def _note(invitation: MeetingInvitation, by: Actor, changes: Mapping[str, Any]) -> None:
    note(
        by,
        action="note_meeting_invitation",
        kind="employer",
        subject=invitation.employer_id,
        changes=changes,
    )
