"""Entering in the cells of the overview: a person's values, and the present placement, hours, test.

All that is entered at once is one act, whichever rows it goes to.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from innpass.casework.imports.entering import Act, store_edits
from innpass.casework.imports.models import CellEdit, SourceRow, Way
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.entering import Outcome, Wanted, enter_values, stamp
from innpass.casework.reconciliation.entering_rows import edits_in
from innpass.casework.reconciliation.present import (
    Present,
    is_of_detail,
    kind_of,
    lacking,
    present_details,
)
from innpass.casework.reconciliation.rewriting import lock, rewrite_after
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import NOBODY, MayNot, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind, Value
from innpass.exchange.clock import today

ANOTHER = (
    "Det som gjaldt da du åpnet siden, er ikke det som gjelder nå. Dette feltet er ikke lagret. "
    "Last siden på nytt og se hva som står."
)
REVERSED = "Praksisen kan ikke slutte før den begynner. Se på begge datoene."
# Without these there is nothing left to show; what ends or never was is said on the form.
EMPTIED = {
    "activity.hours_per_week": (
        "Skriv timer per uke, for eksempel 22,5. Er aktiviteten slutt, skriver du det under «Timer "
        "i planen»."
    ),
    "placement.unit": "Skriv navnet på enheten eller bedriften.",
    "placement.first_day": "Skriv dagen praksisen begynner, for eksempel 12.03.2026.",
    "test.date": "Skriv dagen for prøven, for eksempel 12.03.2026.",
}
_FIRST, _LAST = "placement.first_day", "placement.last_day"


def enter_cells(
    wanted: Sequence[Wanted],
    *,
    municipality_id: UUID,
    by: Actor,
    way: Way = Way.CELL,
    act_id: UUID | None = None,
) -> list[Outcome]:
    """Let cells of the overview have values, each only if it is still as it was on the screen.

    As ``entering.enter_values``, also for fields of the present placement, hours and test.
    """
    act = act_id or uuid4()

    def of_people(some: Sequence[Wanted]) -> list[Outcome]:
        return enter_values(some, municipality_id=municipality_id, by=by, way=way, act_id=act)

    def of_details(some: Sequence[Wanted], meant: "_Meant | None" = None) -> list[Outcome]:
        municipality = lock(municipality_id)
        meant = meant or _meant(some, by)
        return _enter_in_details(some, meant, by, Act(municipality, by.user_id, way, "", act))

    own = [each for each in wanted if not is_of_detail(each.field)]
    detailed = [each for each in wanted if is_of_detail(each.field)]
    if not detailed:
        return of_people(wanted)
    if not own:
        with transaction.atomic():
            return of_details(wanted)
    with transaction.atomic():
        lock(municipality_id)
        meant = _meant(detailed, by)  # as on the screen, before the person's own values change it
        found = dict(zip(own, of_people(own), strict=True))
        found |= dict(zip(detailed, of_details(detailed, meant), strict=True))
    return [found[each] for each in wanted]


def _meant(wanted: Sequence[Wanted], by: Actor) -> "_Meant":
    """Return those whose cells are wanted, and what the cells mean."""
    ids = {each.participant for each in wanted}
    people = {p.pk: p for p in visible_participants(by).filter(pk__in=ids)}
    return people, present_details(list(people.values()), on=today())


def _enter_in_details(
    wanted: Sequence[Wanted], meant: "_Meant", by: Actor, act: Act
) -> list[Outcome]:
    people, present = meant
    outcomes = _not_reversed([_judge(each, people, present, by) for each in wanted], present)
    accepted = [outcome.wanted for outcome in outcomes if outcome.code == "saved"]
    if accepted:
        values, own = _by_row(accepted, present)
        sources = SourceRow.objects.select_related("file").in_bulk(values)
        edits = edits_in({sources[row]: each for row, each in values.items()}, own=own)
        store_edits(edits, act=act)
        rewrite_after(
            {each.participant for each in accepted},
            {each.field for each in accepted},
            municipality=act.municipality,
            by=by,
            action="edit",
        )
    return _told_by(outcomes, present)


_Present = Mapping[UUID, Mapping[TableKind, Present]]
_Meant = tuple[Mapping[UUID, Participant], _Present]


def _judge(
    wanted: Wanted, people: Mapping[UUID, Participant], present: _Present, by: Actor
) -> Outcome:
    if wanted.participant not in people:
        return Outcome(wanted, "refused", sentence=NOBODY)
    kind = kind_of(wanted.field)
    meant = present[wanted.participant][kind]
    if why := lacking(kind, meant.mark):
        return Outcome(wanted, "refused", sentence=why)
    try:
        check_may_write(by, access_name(meant.name(wanted.field)))
    except MayNot as no:
        return Outcome(wanted, "refused", sentence=str(no))
    if wanted.about is not None and wanted.about != meant.mark:
        return Outcome(wanted, "refused", sentence=ANOTHER)
    current = meant.value(wanted.field)
    if stamp(current) == stamp(wanted.value):
        return Outcome(wanted, "same", current)
    if wanted.seen is not None and stamp(current) != wanted.seen:
        return Outcome(wanted, "changed_meanwhile", current)
    if wanted.value is None and wanted.field in EMPTIED:
        return Outcome(wanted, "refused", current, EMPTIED[wanted.field])
    return Outcome(wanted, "saved", wanted.value)


def _not_reversed(outcomes: list[Outcome], present: _Present) -> list[Outcome]:
    """Refuse days by which a placement would end before it begins."""
    wanted = {
        (each.wanted.participant, each.wanted.field): each.wanted.value
        for each in outcomes
        if each.code == "saved"
    }

    def is_reversed(pk: UUID) -> bool:
        meant = present[pk][TableKind.PLACEMENT]
        first, last = (wanted.get((pk, name), meant.value(name)) for name in (_FIRST, _LAST))
        return isinstance(first, date) and isinstance(last, date) and last < first

    return [
        replace(
            each,
            code="refused",
            value=present[each.wanted.participant][TableKind.PLACEMENT].value(each.wanted.field),
            sentence=REVERSED,
        )
        if each.code == "saved"
        and each.wanted.field in (_FIRST, _LAST)
        and is_reversed(each.wanted.participant)
        else each
        for each in outcomes
    ]


def _by_row(
    accepted: Sequence[Wanted], present: _Present
) -> tuple[dict[UUID, dict[str, Value]], dict[UUID, dict[str, Value]]]:
    """Return the values by row and by what the row calls the fields; and what stands there."""
    values: dict[UUID, dict[str, Value]] = defaultdict(dict)
    own: dict[UUID, dict[str, Value]] = defaultdict(dict)
    for each in accepted:
        meant = present[each.participant][kind_of(each.field)]
        if meant.detail is None:
            continue
        plain = meant.name(each.field)
        for told in meant.detail.written_in(plain):
            values[told.row][told.names[plain]] = each.value
            own[told.row][told.names[plain]] = told.own[plain]
    return values, own


def _told_by(outcomes: Sequence[Outcome], present: _Present) -> list[Outcome]:
    """Say who entered what stands where somebody else was first."""
    places = {}
    for each in outcomes:
        meant = present.get(each.wanted.participant, {}).get(kind_of(each.wanted.field))
        if each.code == "changed_meanwhile" and meant and meant.detail:
            name = meant.detail.name_in_row(meant.name(each.wanted.field))
            places[each.wanted] = meant.detail.row, name
    if not places:
        return list(outcomes)
    rows, names = zip(*places.values(), strict=True)
    edits = CellEdit.objects.filter(row__in=rows, field__in=names, undone_at=None)
    latest = {(edit.row_id, edit.field): edit for edit in edits.order_by("said_at", "pk")}

    def told(outcome: Outcome) -> Outcome:
        place = places.get(outcome.wanted)
        edit = latest.get(place) if place else None
        return replace(outcome, by=edit.said_by_id, at=edit.said_at) if edit else outcome

    return [told(outcome) for outcome in outcomes]
