"""Entering in rows: corrections of any row's cells, and periods and tests by hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from innpass.casework.imports.edits import WITHDRAWN
from innpass.casework.imports.entering import Act, Edit, add_rows, store_edits
from innpass.casework.imports.models import HOLDING, SourceRow, Way
from innpass.casework.imports.rows import known_row
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import (
    Disagreement,
    Participant,
    RowLink,
)
from innpass.casework.reconciliation.carrying import original_of
from innpass.casework.reconciliation.entering import (
    check_numbers,
    hand_rows,
    link_rows_to,
    seen_person,
    stamp,
)
from innpass.casework.reconciliation.rewriting import (
    lock,
    rewrite_after,
    rewrite_people,
    rows_about,
)
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind, Value

OUTDATED = (
    "En nyere fil har tatt plassen til raden du så på. Ingenting er lagret. Last siden på nytt og "
    "se hva som står nå."
)


@contextmanager
def held(participant: Participant) -> Iterator[None]:
    """Hold up whoever else would enter something, so that what is looked at holds when saved."""
    with transaction.atomic():
        Municipality.objects.select_for_update().get(pk=participant.municipality_id)
        yield


class RowOutdated(Exception):
    """What was to be corrected no longer holds. The message is Norwegian and for the user."""


@transaction.atomic
def add_detail(
    participant: Participant,
    kind: TableKind,
    values: Mapping[str, Value],
    *,
    by: Actor,
    way: Way = Way.FORM,
    reason: str = "",
    act_id: UUID | None = None,
) -> UUID:
    """Enter a placement, activity, leave or test of a person; returns its row.

    ``values`` are by the kind's fields, such as ``placement.unit``.

    Raises:
        MayNot: the actor may not see the person or not write one of the fields.
    """
    municipality = lock(participant.municipality_id)
    person = seen_person(participant.pk, by)
    for name in values:
        check_may_write(by, access_name(name))
    act = Act(municipality, by.user_id, way, reason, act_id or uuid4())
    hand_rows([person], act=act)
    (row,) = add_rows([kind], act=act)
    link_rows_to({row: person}, act=act)
    store_edits([Edit(row, name, v) for name, v in values.items() if v is not None], act=act)
    rewrite_people([person.pk], municipality=municipality, by=by, action="edit", reason=reason)
    return row


@transaction.atomic
def enter_in_row(
    row: UUID,
    values: Mapping[str, Value],
    *,
    by: Actor,
    seen: Mapping[str, str] | None = None,
    also: Mapping[UUID, Mapping[str, Value]] | None = None,
    way: Way = Way.FORM,
    reason: str = "",
    act_id: UUID | None = None,
    check: Callable[[Actor, str], None] = check_may_write,
) -> dict[str, Any]:
    """Let cells of a row about a person have values: a correction, or an answer to a question.

    Args:
        row: imported or entered by hand.
        values: by field, as the row's readings name them (``placements.1.unit``); ``None`` for an
            empty cell.
        seen: the stamps of what was on the screen, by field; where one no longer fits, nothing is
            saved.
        also: what other rows about the person are to say in the same act, as where several tell
            the same (``details.Detail.rows_for``).
        check: raises ``MayNot`` where the actor may not let a field of the access table have a
            value.

    Returns:
        The values that were changed meanwhile, by field; empty when all was saved.

    Raises:
        MayNot: the actor may not see the person or not write one of the fields.
        NumberTaken: a number is another person's.
        RowOutdated: a newer version of the file has taken the row's place.
    """
    municipality = lock(SourceRow.objects.values_list("municipality", flat=True).get(pk=row))
    source = SourceRow.objects.select_related("file").get(pk=row)
    link = RowLink.objects.filter(row=row).first()
    if link is None or source.state not in HOLDING:
        raise RowOutdated(OUTDATED)
    person = seen_person(link.participant_id, by)
    for name in values:
        if name != WITHDRAWN:
            check(by, access_name(name))
    check_numbers(values, by=by, municipality=municipality, but=person.pk)
    now = {known.key: known for known in rows_about([person])[person.pk]}
    sources = [source, *SourceRow.objects.select_related("file").filter(pk__in=also or ())]
    keys = [known_row(each, each.file.name).key for each in sources]
    if any(key not in now for key in keys):
        raise RowOutdated(OUTDATED)
    current = now[keys[0]].row
    changed = {
        name: current.value(name)
        for name, mark in (seen or {}).items()
        if name in values and stamp(current.value(name)) != mark
    }
    if changed:
        return changed
    act = Act(municipality, by.user_id, way, reason, act_id or uuid4())
    said = {row: values, **(also or {})}
    own = {
        each.pk: {name: now[key].row.value(name) for name in said[each.pk]}
        for each, key in zip(sources, keys, strict=True)
    }
    edits = edits_in({each: said[each.pk] for each in sources}, own=own)
    store_edits(edits, act=act)
    rewrite_after(
        {person.pk}, set(values), municipality=municipality, by=by, action="edit", reason=reason
    )
    return {}


def edits_in(
    wanted: Mapping[SourceRow, Mapping[str, Value]], *, own: Mapping[UUID, Mapping[str, Value]]
) -> list[Edit]:
    """Return the edits that let cells of rows have values. One query.

    Args:
        wanted: by row, with its file, and field.
        own: what the rows themselves say of these fields now, by row and field.
    """
    disputed = {
        (each.row_id, each.name): each.values
        for each in Disagreement.objects.filter(row_id__in=[source.pk for source in wanted])
    }
    return [
        Edit(
            row=source.pk,
            field=name,
            value=value,
            before=own[source.pk][name],
            original=original_of(known_row(source, source.file.name).row, name),
            set_aside=[
                {"owner": each["owner"], "value": each["value"]}
                for each in disputed.get((source.pk, name), ())
                if each["row"] != str(source.pk)
            ],
        )
        for source, values in wanted.items()
        for name, value in values.items()
    ]


def withdraw(
    row: UUID,
    *,
    by: Actor,
    fields: Sequence[str] = (),
    reason: str,
    act_id: UUID | None = None,
) -> None:
    """Say that a placement, activity, leave or test never was; the row stays, and tells nothing.

    Args:
        fields: of one among several groups in a person's row, the group's fields, which are
            emptied; else the whole row is withdrawn.

    Raises:
        MayNot: as ``enter_in_row``.
    """
    values: dict[str, Value] = dict.fromkeys(fields) if fields else {WITHDRAWN: True}
    source = SourceRow.objects.get(pk=row)
    if not fields:
        for name in _writable_of(source):
            check_may_write(by, access_name(name))
    enter_in_row(row, values, by=by, reason=reason, act_id=act_id)


_FIRST_FIELD: Mapping[TableKind, str] = {
    TableKind.PLACEMENT: "placement.unit",
    TableKind.ACTIVITY: "activity.kind",
    TableKind.LEAVE: "leave.first_day",
    TableKind.ABSENCE: "absence.first_day",
    TableKind.DECISION: "decision.kind",
    TableKind.TEST: "test.date",
}


def _writable_of(source: SourceRow) -> list[str]:
    kind = TableKind(source.kind)
    if kind not in _FIRST_FIELD:
        raise ValueError(f"a row of kind {kind} cannot be withdrawn")
    return [_FIRST_FIELD[kind]]
