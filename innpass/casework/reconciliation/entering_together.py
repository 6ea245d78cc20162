"""Entering much at once: values of persons, cells of rows and new periods, derived once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from innpass.casework.imports.entering import Act, Edit, add_rows, store_edits
from innpass.casework.imports.models import HOLDING, SourceRow
from innpass.casework.imports.rows import known_row
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.entering import (
    Outcome,
    Wanted,
    check_numbers,
    hand_rows,
    link_rows_to,
    store_values,
)
from innpass.casework.reconciliation.entering_rows import OUTDATED, RowOutdated, edits_in
from innpass.casework.reconciliation.rewriting import lock, rewrite_after, rows_about
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import NOBODY, MayNot, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind, Value


@dataclass(frozen=True, slots=True)
class Period:
    """A placement, activity, leave or test that a person is to have; as ``add_detail`` takes it."""

    participant: UUID
    kind: TableKind
    values: Mapping[str, Value]


@transaction.atomic
def enter_together(
    *,
    act: Act,
    by: Actor,
    values: Sequence[Wanted] = (),
    rows: Mapping[UUID, Mapping[str, Value]] | None = None,
    periods: Sequence[Period] = (),
) -> list[Outcome]:
    """Enter all in one act, and find out once what holds then. As many queries whatever is entered.

    Args:
        act: under which it is kept; it names who.
        by: with whose eyes and rights.
        values: as ``enter_values`` takes them; what cannot be saved never stops the rest.
        rows: corrections of rows about persons, as ``enter_in_row`` takes them.
        periods: new ones.

    Returns:
        What became of ``values``, in their order.

    Raises:
        MayNot: the actor may not see one of the persons or not write one of the fields.
        NumberTaken: a number in a row is another person's.
        RowOutdated: a newer version of the file has taken a row's place.
    """
    municipality = lock(act.municipality.pk)
    outcomes = store_values(values, municipality=municipality, by=by, act=act) if values else []
    saved = [each.wanted for each in outcomes if each.code == "saved"]
    people = {each.participant for each in saved}
    fields = {each.field for each in saved}
    if rows:
        people |= _correct(rows, act=act, by=by)
        fields |= {name for each in rows.values() for name in each}
    if periods:
        people |= _add(periods, act=act, by=by)
    if people:
        rewrite_after(
            people, fields, municipality=municipality, by=by, action="edit", reason=act.reason
        )
    return outcomes


def _correct(rows: Mapping[UUID, Mapping[str, Value]], *, act: Act, by: Actor) -> set[UUID]:
    """Let cells of rows have values; return whom the rows are about."""
    holding = SourceRow.objects.filter(pk__in=list(rows), state__in=HOLDING)
    sources = {source.pk: source for source in holding.select_related("file")}
    links = RowLink.objects.filter(row__in=list(sources))
    owner_of = dict(links.values_list("row_id", "participant_id"))
    if owner_of.keys() != rows.keys():
        raise RowOutdated(OUTDATED)
    people = _seen(set(owner_of.values()), by)
    for row, values in rows.items():
        _check_may_write(values, by)
        check_numbers(values, by=by, municipality=act.municipality, but=owner_of[row])
    known = {each.key: each for some in rows_about(people).values() for each in some}
    own: dict[UUID, dict[str, Value]] = {}
    for row, values in rows.items():
        now = known[known_row(sources[row], sources[row].file.name).key].row
        own[row] = {name: now.value(name) for name in values}
    edits = edits_in({sources[row]: values for row, values in rows.items()}, own=own)
    store_edits(edits, act=act)
    return {person.pk for person in people}


def _add(periods: Sequence[Period], *, act: Act, by: Actor) -> set[UUID]:
    """Store new periods in rows by hand; return whose they are."""
    people = {person.pk: person for person in _seen({each.participant for each in periods}, by)}
    for period in periods:
        _check_may_write(period.values, by)
    hand_rows(list(people.values()), act=act)
    rows = add_rows([each.kind for each in periods], act=act)
    pairs = list(zip(rows, periods, strict=True))
    link_rows_to({row: people[period.participant] for row, period in pairs}, act=act)
    edits = [
        Edit(row, name, value)
        for row, period in pairs
        for name, value in period.values.items()
        if value is not None
    ]
    store_edits(edits, act=act)
    return set(people)


def _seen(ids: set[UUID], by: Actor) -> list[Participant]:
    people = list(visible_participants(by).filter(pk__in=ids))
    if len(people) < len(ids):
        raise MayNot(NOBODY)
    return people


def _check_may_write(values: Mapping[str, Value], by: Actor) -> None:
    for name in values:
        check_may_write(by, access_name(name))
