"""The dialogue with employers: one line each time somebody was in touch."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.outreach.codes import DialogueKind
from innpass.casework.outreach.models import DialogueLine
from innpass.casework.outreach.noting import note
from innpass.casework.outreach.queries import known_employers
from innpass.casework.outreach.refusing import Refused, one_line, refuse_names
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import Act, MayNot, check_may
from innpass.domain.access.roles import Actor

LONGEST_LINE = 500
_TWICE_WITHIN = timedelta(minutes=1)


@transaction.atomic
def note_dialogue(
    *, employer_id: UUID, kind: str, text: str, by: Actor, today: date, on: date | None = None
) -> DialogueLine:
    """Keep one line about being in touch with an employer.

    The same line by the same hand within a minute is a button pressed twice: it is kept once.

    Args:
        kind: of ``DialogueKind``.
        on: when; ``None`` for today.

    Raises:
        MayNot: it is not theirs to note.
        Refused: there is no such employer, nothing is said, the day is to come, or the text holds
            an identity number.
    """
    check_may(by, Act.NOTE_DIALOGUE)
    if not known_employers(by, on=today).filter(pk=employer_id).exists():
        raise Refused(_("Velg en arbeidsgiver fra listen."), field="employer")
    values = {
        "employer_id": employer_id,
        "by_id": by.user_id,
        **_values(kind, text, on or today, today, by),
    }
    one_at_a_time(by)
    twice: DialogueLine | None = DialogueLine.objects.filter(
        **values, noted_at__gte=timezone.now() - _TWICE_WITHIN
    ).first()
    if twice is not None:
        return twice
    made: DialogueLine = DialogueLine.objects.create(municipality_id=by.municipality_id, **values)
    note(by, action="note_dialogue", kind="employer", subject=employer_id)
    return made


@transaction.atomic
def change_dialogue(
    line: DialogueLine, *, kind: str, text: str, on: date, by: Actor, today: date, expected: int
) -> None:
    """Write a line otherwise: whoever wrote it may.

    Raises:
        MayNot: another wrote it.
        Refused: as ``note_dialogue``.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_is_own(line, by)
    values = _values(kind, text, on, today, by)
    for name, value in values.items():
        setattr(line, name, value)
    line.save_version(expected=expected, fields=tuple(values))
    note(by, action="change_dialogue", kind="employer", subject=line.employer_id)


@transaction.atomic
def delete_dialogue(line: DialogueLine, *, by: Actor) -> None:
    """Take a line away that was written by mistake: whoever wrote it may.

    Raises:
        MayNot: another wrote it.
    """
    check_is_own(line, by)
    note(by, action="delete_dialogue", kind="employer", subject=line.employer_id)
    line.delete()


def check_is_own(line: DialogueLine, by: Actor) -> None:
    """Raise ``MayNot`` unless somebody wrote a line."""
    check_may(by, Act.NOTE_DIALOGUE)
    if not by.is_operator and line.by_id != by.user_id:
        raise MayNot(_("Bare den som skrev linja, kan rette den. Skriv heller en ny linje."))


def _values(kind: str, text: str, on: date, today: date, by: Actor) -> dict[str, object]:
    said = one_line(text, "text", most=LONGEST_LINE)
    refuse_names({"text": said}, by=by)
    if not said:
        raise Refused(_("Skriv kort hva dere snakket om."), field="text")
    if kind not in DialogueKind.values:
        raise Refused(_("Velg hvordan dere var i kontakt."), field="kind")
    if on > today:
        raise Refused(_("Dagen er ikke kommet ennå. Skriv dagen dere var i kontakt."), field="on")
    return {"kind": kind, "text": said, "on": on}
