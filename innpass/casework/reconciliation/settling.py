"""Settling what sources disagree about: a human says what holds, and why; it can be reopened."""

from uuid import UUID

from django.db import transaction

from innpass.casework.imports.models import Way
from innpass.casework.participants.models import Disagreement
from innpass.casework.reconciliation.disagreements import open_disagreements
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.entering_rows import enter_in_row
from innpass.casework.reconciliation.rewriting import lock
from innpass.casework.reconciliation.taking_back import CannotTakeBack, take_back
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import MayNot, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import Value

__all__ = ["CannotTakeBack", "NothingToSettle", "SomethingNew", "reopen", "settle"]

GONE = "Noen har avgjort dette, eller kildene er blitt enige."


class NothingToSettle(Exception):
    """It waits no longer. The message is Norwegian and for the user."""


class SomethingNew(Exception):
    """A source has come to say something else since the disagreement was shown."""


@transaction.atomic
def settle(
    disagreement: UUID,
    value: Value,
    *,
    seen: int,
    municipality_id: UUID,
    by: Actor,
    reason: str,
) -> None:
    """Let a value hold, and keep that the others were known.

    Args:
        value: typed, as the field holds it; ``None`` says that there is no value.
        seen: the version of the disagreement that was on the screen.
        reason: why, for those who read it later.

    Raises:
        NothingToSettle: it waits no longer, or is not for the actor to see.
        SomethingNew: it changed since it was shown.
        MayNot: the actor may not write the field; the message says who could.
    """
    lock(municipality_id)
    found: Disagreement | None = open_disagreements(by).filter(pk=disagreement).first()
    if found is None:
        raise NothingToSettle(GONE)
    check_may_write(by, access_name(found.field))
    if found.version != seen:
        raise SomethingNew
    if found.row_id:
        enter_in_row(found.row_id, {found.name: value}, by=by, way=Way.SETTLE, reason=reason)
        return
    (outcome,) = enter_values(
        [Wanted(found.participant_id, found.field, value, settles=True)],
        municipality_id=municipality_id,
        by=by,
        way=Way.SETTLE,
        reason=reason,
    )
    if outcome.code != "saved":
        raise MayNot(outcome.sentence)


def reopen(act: UUID, *, municipality_id: UUID, by: Actor, reason: str = "") -> None:
    """Take a decision back, so that what held before holds again and the sources disagree anew.

    Raises:
        MayNot: the actor may not write the field.
        CannotTakeBack: somebody has changed the value since, or it is taken back already.
    """
    take_back(act, municipality_id=municipality_id, by=by, reason=reason)
