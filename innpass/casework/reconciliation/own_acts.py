"""Whom an act of somebody's own is about, so that it can be taken back from where it was done."""

from uuid import UUID

from innpass.casework.imports.models import CellEdit
from innpass.casework.participants.models import RowLink
from innpass.domain.access.roles import Actor


def people_of_own_act(act: UUID, *, by: Actor) -> frozenset[UUID]:
    """Return the persons an act is about; nobody where it is somebody else's, or taken back."""
    rows = CellEdit.objects.filter(act=act, said_by=by.user_id, undone_at=None).values("row")
    return frozenset(RowLink.objects.filter(row__in=rows).values_list("participant", flat=True))
