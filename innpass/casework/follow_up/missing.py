"""What is missing to be hired: named at a visit, carried to every later one until it is closed."""

from collections import defaultdict
from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up.models import EvaluationVisit, MissingForHire
from innpass.casework.follow_up.noting import note
from innpass.casework.follow_up.refusing import one_line, refuse_names, refused
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of, owner_of
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.following.hiring import Closed, Helper, Lack

FIELD = "follow_up.missing"


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing, as it is typed."""

    kind: Lack
    text: str
    owner: Helper
    owner_name: str
    due: date | None


def missing_of(people: Collection[UUID]) -> dict[UUID, list[MissingForHire]]:
    """Return what is and was missing, by person: open ones first, by deadline. One query."""
    found: dict[UUID, list[MissingForHire]] = defaultdict(list)
    rows = (
        MissingForHire.objects.filter(family_of(people))
        .select_related("opened_by", "closed_by", "visit", "case__employer")
        .annotate(owning=OWNER)
    )
    for row in sorted(rows, key=_pressing):
        found[row.owning].append(row)
    return dict(found)


def _pressing(row: MissingForHire) -> tuple[bool, date, str]:
    if row.closed_on is not None:
        return (True, date.fromordinal(date.max.toordinal() - row.closed_on.toordinal()), "")
    return (False, row.due or date.max, str(row.pk))


@transaction.atomic
def name_missing(
    person: Participant,
    lacking: Lacking,
    *,
    by: Actor,
    on: date,
    case: PlacementCase | None = None,
    visit: EvaluationVisit | None = None,
) -> MissingForHire:
    """Say that something is missing before a person can be hired.

    What is missing already, with the same owner and day, is not named again by the same hand.

    Raises:
        MayNot: that is not theirs to say.
        Refused: something unnamed is missing, or a text cannot stand.
    """
    check_may_write(by, FIELD)
    text = one_line(lacking.text, "text")
    if lacking.kind is Lack.OTHER and not text:
        raise refused(_("Skriv hva som mangler."), field="text")
    said: dict[str, Any] = {
        "participant": person,
        "kind": lacking.kind,
        "text": text,
        "owner": lacking.owner,
        "owner_name": one_line(lacking.owner_name, "owner_name", most=120),
        "due": lacking.due,
        "opened_by_id": by.user_id,
    }
    refuse_names({name: said[name] for name in ("text", "owner_name")}, about=person, by=by)
    one_at_a_time(by)
    there: MissingForHire | None = MissingForHire.objects.filter(**said, closed_on=None).first()
    if there is not None:
        return there
    made: MissingForHire = MissingForHire.objects.create(
        municipality_id=person.municipality_id, case=case, visit=visit, opened_on=on, **said
    )
    note(person, "name_missing", by=by, changes={"kind": [None, lacking.kind.value]})
    return made


@transaction.atomic
def change_missing(
    row: MissingForHire,
    *,
    owner: Helper,
    owner_name: str,
    due: date | None,
    by: Actor,
    expected: int,
) -> None:
    """Let somebody else see to it, or by another day; what is so already stays.

    Raises:
        MayNot, Refused: as ``name_missing``.
        ChangedMeanwhile: somebody else changed it.
    """
    check_may_write(by, FIELD)
    name = one_line(owner_name, "owner_name", most=120)
    if (row.owner, row.owner_name, row.due) == (owner, name, due):
        return
    refuse_names({"owner_name": name}, about=owner_of(row.participant), by=by)
    row = copy(row)  # what the caller holds stays as it was where it is not saved
    before = {"owner": row.owner, "due": row.due}
    row.owner, row.owner_name, row.due = owner, name, due
    row.save_version(expected=expected, fields=("owner", "owner_name", "due"))
    changes = {name: [was, getattr(row, name)] for name, was in before.items()}
    note(owner_of(row.participant), "change_missing", by=by, changes=changes)


@transaction.atomic
def close_missing(
    row: MissingForHire,
    how: Closed,
    *,
    text: str,
    by: Actor,
    on: date,
    expected: int,
    visit: EvaluationVisit | None = None,
) -> None:
    """Say that it is missing no more, and how; said again in the same words it stays as it is.

    Raises:
        MayNot, Refused: as ``name_missing``.
        ChangedMeanwhile: somebody else changed or closed it.
    """
    check_may_write(by, FIELD)
    said = one_line(text, "closed_text")
    if (row.closed, row.closed_text, row.closed_by_id) == (how, said, by.user_id):
        return
    if row.closed_on is not None:
        raise ChangedMeanwhile(row)
    refuse_names({"closed_text": said}, about=owner_of(row.participant), by=by)
    row = copy(row)
    row.closed, row.closed_on, row.closed_by_id = how, on, by.user_id
    row.closed_text = said
    row.closed_at_visit_id = visit.pk if visit else None
    fields = ("closed", "closed_on", "closed_by", "closed_text", "closed_at_visit")
    row.save_version(expected=expected, fields=fields)
    person = owner_of(row.participant)
    note(person, "close_missing", by=by, changes={"closed": ["", how.value]})


def close_all_as_hired(person: Participant, *, by: Actor, on: date) -> int:
    """Close what was missing of somebody who is hired; return how many."""
    rows = MissingForHire.objects.filter(family_of([person.pk]), closed_on=None)
    return int(rows.update(closed=Closed.HIRED, closed_on=on, closed_by_id=by.user_id))
