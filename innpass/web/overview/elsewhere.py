"""Where hours, placements and tests are entered when a cell cannot tell which one is meant."""

import json
from uuid import UUID

from django.urls import reverse

from innpass.casework.reconciliation.present import is_of_detail, kind_of, lacking
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.journey.current import PLANNED, SEVERAL, UNDATED
from innpass.domain.sheets.records import TableKind

# The form of each kind, as in its address, and a field without which it cannot be saved.
_FORMS = {
    TableKind.ACTIVITY: ("timer", "activity.kind"),
    TableKind.PLACEMENT: ("praksis", "placement.kind"),
    TableKind.TEST: ("norskprove", "test.date"),
}
_MARKS = {TableKind.PLACEMENT: (UNDATED,), TableKind.ACTIVITY: (PLANNED,)}
SOMEBODY = UUID(int=0)  # stands in an address for whoever a row is about


def form_href(kind: TableKind, *, mark: str, person: UUID, actor: Actor) -> str:
    """Return the form for a new one where there is none, else the list; empty where barred.

    Hours by a timetable lead to it.
    """
    if mark == PLANNED:
        may_open = may_read(actor, "timetable.week")
        return reverse("timetable:week", args=[person]) if may_open else ""
    slug, needed = _FORMS[kind]
    if not may_write(actor, access_name(needed)):
        return ""
    where = "entering:details" if mark else "entering:add"
    return reverse(where, args=[person, slug])


def lacking_as_json(names: tuple[str, ...], *, actor: Actor) -> str:
    """Tell the script what a cell of a column says where nothing can be typed; else nothing.

    By mark: the sentence, and the form of ``SOMEBODY``.
    """
    if not names or not is_of_detail(names[0]):
        return ""
    kind = kind_of(names[0])
    return json.dumps(
        {
            mark: {
                "sentence": lacking(kind, mark),
                "href": form_href(kind, mark=mark, person=SOMEBODY, actor=actor),
            }
            for mark in ("", SEVERAL, *_MARKS.get(kind, ()))
        },
        ensure_ascii=False,
    )
