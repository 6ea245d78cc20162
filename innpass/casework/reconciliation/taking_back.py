"""Taking back what somebody said: an edit, a paste, an answer, a merge, a split."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from innpass.casework.imports.edits import WITHDRAWN
from innpass.casework.imports.models import (
    HOLDING,
    CellEdit,
    LinkDecision,
    RowState,
    SourceRow,
    Way,
)
from innpass.casework.participants.models import RowLink
from innpass.casework.participants.queries import visible_participants
from innpass.casework.plans.queries import plans_of_people
from innpass.casework.programme.registering import people_with_ticks
from innpass.casework.reconciliation.becoming import erase
from innpass.casework.reconciliation.records import in_words, records_of_people
from innpass.casework.reconciliation.rewriting import lock, rewrite_after, rewrite_everybody
from innpass.casework.timetable.queries import people_with_timetables
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import NOBODY, MayNot, check_may_undo_link, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import Owner

CHANGED_SINCE = (
    "Noen har endret dette senere, så det kan ikke tas tilbake. Endre verdien på nytt i stedet."
)


ELSEWHERE = (
    "Dette kan ikke tas tilbake herfra. Svar på spørsmål tas tilbake under Spørsmål, av dem som "
    "kan svare."
)
HAS_PLAN = (
    "Personen har fått en integreringsplan, så det kan ikke tas tilbake at personen ble ført inn."
)
HAS_TICKS = (
    "Hendelser for deltakeren er merket som registrert i NIR. Ta tilbake merkene først, eller rett "
    "opplysningene for hånd."
)
HAS_TIMETABLE = (
    "Personen har fått timeplan, avtaler, oppmøte eller valgt norskmodell, så det kan ikke tas "
    "tilbake at personen ble ført inn."
)
HAS_RECORDS = "Personen har fått {records}, så det kan ikke tas tilbake at personen ble ført inn."
MORE_SINCE = "Noen har ført mer om personen senere. Ta tilbake det først, eller behold personen."


ENTERED = frozenset({Way.CELL, Way.FORM, Way.PASTE, Way.BULK, Way.SHEET, Way.SETTLE})
JOINED = frozenset({Way.JOIN, Way.PART})


class CannotTakeBack(Exception):
    """It was changed since, or is taken back already. The message is Norwegian, for the user."""


@transaction.atomic
def take_back(
    act: UUID,
    *,
    municipality_id: UUID,
    by: Actor,
    reason: str = "",
    ways: frozenset[Way] = ENTERED | JOINED,
    check: Callable[[Actor, str], None] = check_may_write,
) -> None:
    """Take back everything of one act, so that what held before holds again.

    Args:
        ways: what may be taken back from here. An answer to a question is the questions' to take
            back, which know who answers it (``answering``); what was kept when an import was
            undone, nobody's.
        check: raises ``MayNot`` where the actor may not change a field of the access table.

    Raises:
        MayNot: the actor may not see one of the persons or not write one of the fields, or the act
            was of another way.
        CannotTakeBack: somebody has changed one of the cells since, or there is nothing to take
            back.
    """
    municipality = lock(municipality_id)
    edits = CellEdit.objects.filter(act=act, undone_at=None)
    decisions = LinkDecision.objects.filter(act=act, undone_at=None)
    said = list(edits.order_by("said_at", "pk"))
    if not said and not decisions.exists():
        raise CannotTakeBack("Dette er alt tatt tilbake.")
    decided = list(decisions)
    if not {Way(each.way) for each in (*said, *decided)} <= ways:
        raise MayNot(ELSEWHERE)
    rows_said = {each.row_id for each in (*said, *decided)}
    rows_named = rows_said | {each.other_id for each in decided if each.other_id}
    links = RowLink.objects.filter(participant__absorbed_by=None)
    people = set(links.filter(row__in=rows_said).values_list("participant", flat=True))
    named = set(links.filter(row__in=rows_named).values_list("participant", flat=True))
    _check_may_see(people | named, by)
    for edit in said:
        if edit.field != WITHDRAWN:
            check(by, access_name(edit.field))
    if any(each.way in JOINED for each in decided):
        check_may_undo_link(by)
    if any(each.way in ENTERED for each in decided):
        check(by, "name")
    if said and _was_changed_since(said, act):
        raise CannotTakeBack(CHANGED_SINCE)
    entered = _people_entered(said)
    now: datetime = timezone.now()
    for rows in (edits, decisions):
        rows.update(undone_at=now, undone_by_id=by.user_id)
    rows_of_theirs = SourceRow.objects.filter(pk__in=entered)
    rows_of_theirs.update(state=RowState.UNDONE, version=models.F("version") + 1)
    told: dict[str, Any] = {
        "municipality": municipality,
        "by": by,
        "action": "take_back",
        "reason": reason,
    }
    if decided:
        rewrite_everybody(**told)
    else:
        rewrite_after(people, {edit.field for edit in said}, **told)
    erase(entered.values())


def _people_entered(said: list[CellEdit]) -> dict[UUID, UUID]:
    """Return those whom the act entered, about whom nothing else is known, by their row.

    Raises:
        CannotTakeBack: more was entered about one of them since, who would be left without a name.
    """
    named = [e.row_id for e in said if e.field == "name" and e.before is None]
    new = RowLink.objects.filter(row__in=named, row__owner=Owner.HAND)
    found: dict[UUID, UUID] = dict(new.values_list("row_id", "participant_id"))
    others = RowLink.objects.filter(participant__in=found.values(), row__state__in=HOLDING).exclude(
        row__in=found
    )
    in_files = set(others.exclude(row__owner=Owner.HAND).values_list("participant", flat=True))
    found = {row: person for row, person in found.items() if person not in in_files}
    mine = {edit.pk for edit in said}
    if plans_of_people(found.values()):
        raise CannotTakeBack(HAS_PLAN)
    if people_with_timetables(found.values()):
        raise CannotTakeBack(HAS_TIMETABLE)
    if people_with_ticks(found.values()):
        raise CannotTakeBack(HAS_TICKS)
    if records := records_of_people(found.values()):
        raise CannotTakeBack(HAS_RECORDS.format(records=in_words(records)))
    more = CellEdit.objects.filter(row__link__participant__in=found.values(), undone_at=None)
    if more.exclude(pk__in=mine).exists():
        raise CannotTakeBack(MORE_SINCE)
    return found


def _check_may_see(people: set[UUID], by: Actor) -> None:
    """Raise ``MayNot`` unless the actor may see everybody whom an act was about."""
    if visible_participants(by).filter(pk__in=people).count() < len(people):
        raise MayNot(NOBODY)


def _was_changed_since(said: list[CellEdit], act: UUID) -> bool:
    """Tell whether another act came after at one of the same cells."""
    cells = {(edit.row_id, edit.field) for edit in said}
    since = CellEdit.objects.filter(
        row__in={edit.row_id for edit in said},
        undone_at=None,
        said_at__gt=max(edit.said_at for edit in said),
    ).exclude(act=act)
    return any(cell in cells for cell in since.values_list("row_id", "field"))
