"""Entering by hand: a person's values, periods and tests, and new persons.

What is entered is one more source beside the imported rows, the first among them (ADR 0009), so
that no import overwrites it and it can be taken back.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from innpass.casework.imports.entering import Act, Edit, add_rows, store_decision, store_edits
from innpass.casework.imports.models import HOLDING, CellEdit, Way
from innpass.casework.imports.rows import SECRET_FIELDS, id_of, stored
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import (
    Identifier,
    Participant,
    RowLink,
)
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.cards import SINGLE_FIELDS, Card, stored_cards, value_of
from innpass.casework.reconciliation.deciding import NOT_SAME
from innpass.casework.reconciliation.keeping_apart import resolve_apart
from innpass.casework.reconciliation.preview import changes_of
from innpass.casework.reconciliation.rewriting import (
    lock,
    rewrite_after,
    rows_about,
    write_everybody,
)
from innpass.casework.sealing.queries import token_for
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import NOBODY, MayNot, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.derive import whole_name
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.names import read_name
from innpass.domain.sheets.records import Owner, TableKind, Value
from innpass.exchange.clock import today

NOT_YET = "Siste kontakt kan ikke være fram i tid. Skriv dagen dere sist hadde kontakt."
NUMBER_TAKEN = "Nummeret står allerede på en annen deltaker."
NAMELESS = "En deltaker må ha et navn. Skriv navnet."
NUMBER_TWICE = "Det samme nummeret står på flere deltakere."
NOT_APART = (
    "Deltakeren kan ikke legges til slik det er skrevet. Ingenting er lagret. Se etter at navn, "
    "fødselsdato og numre er riktige."
)
# Of somebody whom the actor may not see: no word of whether there is such a person.
NUMBER_BARRED = (
    "Nummeret kan ikke brukes. Se etter at det er skrevet riktig. Er det det, spør lederen din."
)
_NAMES = ("name", "given_name", "family_name")


class CannotAdd(Exception):
    """A new person cannot be as described. The message is Norwegian and for the user."""


class NumberTaken(MayNot):
    """A number in a row is another person's. The message is Norwegian and for the user."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that somebody wants a person's field to have.

    Attributes:
        field: one of ``cards.SINGLE_FIELDS``; in ``entering_cells`` also of the present placement,
            hours and test.
        value: typed; ``None`` says that there is no value. Of an identity number the digits.
        seen: the stamp of the value that stood on the screen; ``None`` overrules what stands there.
        settles: it is a human's word on a disagreement, and kept also where the value stands there
            already.
        about: of a period or test the mark of the one that stood on the screen (``present``);
            ``None`` where it was not said.
    """

    participant: UUID
    field: str
    value: Value
    seen: str | None = None
    settles: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wanted value.

    Attributes:
        code: ``saved``, ``same`` (it stood there already), ``changed_meanwhile`` or ``refused``.
        value: what stands there now; of an identity number the blind index.
        sentence: why it was refused, in Norwegian.
        by, at: who entered what stands there, and when, if it was entered by hand.
    """

    wanted: Wanted
    code: str
    value: Any = None
    sentence: str = ""
    by: UUID | None = None
    at: datetime | None = None


def stamp(value: Any) -> str:
    """Return a short mark of a value, by which a save sees whether it still stands.

    Args:
        value: typed, or the blind index of an identity number; ``None`` for no value.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return hashlib.sha256(json.dumps(stored(value)).encode()).hexdigest()[:12]


@transaction.atomic
def enter_values(
    wanted: Sequence[Wanted],
    *,
    municipality_id: UUID,
    by: Actor,
    way: Way = Way.FORM,
    reason: str = "",
    act_id: UUID | None = None,
) -> list[Outcome]:
    """Let persons' fields have values, each only if it is still as the one who enters saw it.

    What cannot be saved never stops the rest; the outcomes come in the order of ``wanted``. All
    that is saved is one act, under ``act_id`` where the caller wants to name it.
    """
    municipality = lock(municipality_id)
    act = Act(municipality, by.user_id, way, reason, act_id or uuid4())
    outcomes = store_values(wanted, municipality=municipality, by=by, act=act)
    saved = [outcome.wanted for outcome in outcomes if outcome.code == "saved"]
    if saved:
        rewrite_after(
            {each.participant for each in saved},
            {each.field for each in saved},
            municipality=municipality,
            by=by,
            action="edit",
            reason=reason,
        )
    return outcomes


def store_values(
    wanted: Sequence[Wanted], *, municipality: Municipality, by: Actor, act: Act
) -> list[Outcome]:
    """Store what can be saved of what is wanted, as ``enter_values``; what follows is not derived.

    Call it in the transaction of an act that holds the lock and rewrites whom it was saved for.
    """
    ids = {each.participant for each in wanted}
    people = {p.pk: p for p in visible_participants(by).filter(pk__in=ids)}
    cards = stored_cards(list(people.values()))
    named = _named(wanted, cards)
    outcomes = _given_once(
        _judge(
            each,
            people.get(each.participant),
            cards,
            by,
            municipality,
            named=each.field != "name" and each.participant in named,
        )
        for each in wanted
    )
    accepted = [outcome.wanted for outcome in outcomes if outcome.code == "saved"]
    if accepted:
        _store(_with_names(accepted, cards), people, cards, act)
    return _told_by(outcomes)


def _judge(
    wanted: Wanted,
    person: Participant | None,
    cards: Mapping[UUID, Card],
    by: Actor,
    municipality: Municipality,
    *,
    named: bool,
) -> Outcome:
    """Say what becomes of a wanted value; ``named``: the person keeps a name whatever of this."""
    if person is None or wanted.field not in SINGLE_FIELDS:
        return Outcome(wanted, "refused", sentence=NOBODY)
    try:
        check_may_write(by, access_name(wanted.field))
    except MayNot as no:
        return Outcome(wanted, "refused", sentence=str(no))
    last = wanted.value if wanted.field == "last_contact" else None
    if isinstance(last, date) and last > today():
        return Outcome(wanted, "refused", sentence=NOT_YET)
    current = value_of(cards[person.pk], wanted.field)
    asked = wanted.value
    if wanted.field.startswith("ids.") and asked:
        asked = _as_known(wanted.field, asked, municipality)
    if stamp(current) == stamp(asked) and not wanted.settles:
        return Outcome(wanted, "same", current)
    if wanted.seen is not None and stamp(current) != wanted.seen:
        return Outcome(wanted, "changed_meanwhile", current)
    if wanted.field in _NAMES and not asked and not named:
        return Outcome(wanted, "refused", current, NAMELESS)
    is_number = wanted.field.startswith("ids.") and asked
    if is_number and (why := why_taken(wanted.field, str(asked), by=by, but=wanted.participant)):
        return Outcome(wanted, "refused", current, why)
    return Outcome(wanted, "saved", asked)


def _named(wanted: Sequence[Wanted], cards: Mapping[UUID, Card]) -> set[UUID]:
    """Return who has a given or a family name when all that is wanted holds."""
    parts = {
        (pk, name): value_of(card, name)
        for pk, card in cards.items()
        for name in ("given_name", "family_name")
    }
    parts |= {(each.participant, each.field): each.value for each in wanted if each.field in _NAMES}
    return {pk for (pk, name), value in parts.items() if value and name != "name"}


def _given_once(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Refuse a number that is wanted for several at once: it can be at most one's."""
    judged = list(outcomes)
    people: dict[tuple[str, Value], set[UUID]] = defaultdict(set)
    for each in judged:
        if each.wanted.field.startswith("ids.") and each.wanted.value:
            people[each.wanted.field, each.wanted.value].add(each.wanted.participant)
    return [
        Outcome(each.wanted, "refused", sentence=NUMBER_TWICE)
        if each.code == "saved" and len(people[each.wanted.field, each.wanted.value]) > 1
        else each
        for each in judged
    ]


def why_taken(name: str, number: str, *, by: Actor, but: UUID | None = None) -> str:
    """Return why a number cannot be a person's; empty where it can.

    Args:
        name: the field, such as ``ids.socio``.
        number: of an identity number the blind index.
        but: the person who is to have it; ``None`` for a new one.
    """
    kind = name.partition(".")[2]
    column = "token" if name in SECRET_FIELDS else "plain"
    found = Identifier.objects.filter(kind=kind, **{column: number})
    people = set(found.exclude(participant=but).values_list("participant", flat=True))
    if not people:
        return ""
    return NUMBER_TAKEN if visible_participants(by).filter(pk__in=people) else NUMBER_BARRED


def check_numbers(
    values: Mapping[str, Value], *, by: Actor, municipality: Municipality, but: UUID | None
) -> None:
    """Check that no number among the values of a row is another's than the row's person.

    Of a row about nobody yet (``but`` is ``None``) a number may tell whom it is about, unless that
    is somebody whom the actor may not see.

    Raises:
        NumberTaken: one is.
    """
    for name, value in values.items():
        if name.startswith("ids.") and value:
            why = why_taken(name, _as_known(name, value, municipality), by=by, but=but)
            if why and (but is not None or why == NUMBER_BARRED):
                raise NumberTaken(why)


def _as_known(name: str, number: Value, municipality: Municipality) -> str:
    """Return a number as it is compared: of an identity number the blind index."""
    if name in SECRET_FIELDS:
        return token_for(name.partition(".")[2], str(number), municipality.pk)
    return str(number)


def _with_names(accepted: Sequence[Wanted], cards: Mapping[UUID, Card]) -> list[Wanted]:
    """Return what is wanted, each name whole and with its parts: ``derive`` takes all from one row.

    A whole name of two words is a given and a family name; of more, nobody can tell.
    """
    wanted = {(each.participant, each.field): each for each in accepted}
    for pk in dict.fromkeys(each.participant for each in accepted if each.field in _NAMES):
        card = cards.get(pk)

        def part(name: str, pk: UUID = pk, card: Card | None = card) -> Any:
            each = wanted.get((pk, name))
            return each.value if each else value_of(card, name) if card else None

        if (pk, "name") in wanted:
            whole = read_name(str(part("name")))
            words = str(part("name")).split()
            given, family = (whole.given, whole.family) if whole else (None, None)
            if len(words) == 2 and not family:
                given, family = words
            names: dict[str, Value] = {"given_name": given, "family_name": family}
        else:
            parts = [part("given_name"), part("family_name")]
            names = {
                **dict(zip(("given_name", "family_name"), parts, strict=True)),
                "name": " ".join(str(each) for each in parts if each) or None,
            }
        for name, value in names.items():
            wanted.setdefault((pk, name), Wanted(pk, name, value))
    return list(wanted.values())


def _store(
    accepted: Sequence[Wanted],
    people: Mapping[UUID, Participant],
    cards: Mapping[UUID, Card],
    act: Act,
) -> None:
    touched = [people[pk] for pk in dict.fromkeys(each.participant for each in accepted)]
    row_of = hand_rows(touched, act=act)
    rows = rows_about(touched)
    store_edits(
        [
            Edit(
                row=row_of[each.participant],
                field=each.field,
                value=each.value,
                before=value_of(cards[each.participant], each.field),
                set_aside=_stated(
                    rows.get(each.participant, ()), each.field, but=row_of[each.participant]
                ),
            )
            for each in accepted
        ],
        act=act,
    )


def _stated(rows: Sequence[KnownRow], name: str, *, but: UUID) -> list[dict[str, Any]]:
    """Return what the rows about a person state of a field, but for the row that is written in."""
    said = {
        (str(known.row.owner), stored(value))
        for known in rows
        if known.row.kind is TableKind.PERSON
        and id_of(known.key) != but
        and not known.row.is_hidden
        for value in (whole_name(known.row) if name == "name" else known.row.value(name),)
        if value is not None
    }
    return [{"owner": owner, "value": value} for owner, value in sorted(said, key=str)]


def hand_rows(people: Sequence[Participant], *, act: Act) -> dict[UUID, UUID]:
    """Return the row of each person that holds what is entered by hand, made where missing.

    Where there are several, as after two persons became one, the oldest (``derive``).
    """
    found = stored_hand_rows(people)
    missing = [person for person in people if person.pk not in found]
    rows = add_rows([TableKind.PERSON] * len(missing), act=act)
    link_rows_to(dict(zip(rows, missing, strict=True)), act=act)
    return found | {person.pk: row for person, row in zip(missing, rows, strict=True)}


def stored_hand_rows(people: Sequence[Participant]) -> dict[UUID, UUID]:
    """Return, as ``hand_rows``, the rows of those who have one."""
    links = RowLink.objects.filter(
        participant__in=people,
        row__owner=Owner.HAND,
        row__kind=TableKind.PERSON,
        row__state__in=HOLDING,
    )
    return dict(links.order_by("-row__number").values_list("participant_id", "row_id"))


def link_rows_to(rows: Mapping[UUID, Participant], *, act: Act) -> None:
    """Let rows entered by hand be about the persons they were entered for."""
    RowLink.objects.bulk_create(
        RowLink(municipality=act.municipality, row_id=row, participant=person)
        for row, person in rows.items()
    )


def _told_by(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Say who entered what stands where somebody else was first."""
    late = [each for each in outcomes if each.code == "changed_meanwhile"]
    if not late:
        return list(outcomes)
    latest: dict[tuple[UUID, str], CellEdit] = {}
    edits = CellEdit.objects.filter(
        row__link__participant__in={each.wanted.participant for each in late},
        field__in={each.wanted.field for each in late},
        undone_at=None,
    )
    for edit in edits.select_related("row__link").order_by("said_at", "pk"):
        latest[edit.row.link.participant_id, edit.field] = edit

    def told(outcome: Outcome) -> Outcome:
        edit = latest.get((outcome.wanted.participant, outcome.wanted.field))
        if outcome.code != "changed_meanwhile" or edit is None:
            return outcome
        return replace(outcome, by=edit.said_by_id, at=edit.said_at)

    return [told(outcome) for outcome in outcomes]


def add_person(
    values: Mapping[str, Value],
    *,
    municipality_id: UUID,
    by: Actor,
    way: Way = Way.FORM,
    reason: str = "",
    act_id: UUID | None = None,
    unlike: Collection[UUID] = (),
) -> Participant:
    """Enter a new person; ``values`` by field, the name among them.

    Args:
        unlike: rows of known persons whom somebody has said that this is not; linking never asks.
        act_id: see ``enter_values``.

    Raises:
        MayNot, CannotAdd: see ``add_people``.
    """
    (person,) = add_people(
        [values],
        municipality_id=municipality_id,
        by=by,
        way=way,
        reason=reason,
        act_id=act_id,
        unlike=unlike,
    )
    return person


@transaction.atomic
def add_people(
    people: Sequence[Mapping[str, Value]],
    *,
    municipality_id: UUID,
    by: Actor,
    way: Way = Way.FORM,
    reason: str = "",
    act_id: UUID | None = None,
    unlike: Collection[UUID] = (),
) -> list[Participant]:
    """Enter new persons, each the ``values`` by field; nobody known changes by it.

    Whether one of them is known is to be asked before (``duplicates``): each becomes a person of
    his or her own, also besides somebody of the same name whom the actor may not see.

    Raises:
        MayNot: the actor may not write one of the fields.
        CannotAdd: a number is somebody else's.
    """
    municipality = lock(municipality_id)
    numbers: set[tuple[str, str]] = set()
    for values in people:
        for name, value in values.items():
            check_may_write(by, access_name(name))
            if not name.startswith("ids.") or not value:
                continue
            number = (name, _as_known(name, value, municipality))
            why = NUMBER_TWICE if number in numbers else why_taken(*number, by=by)
            if why:
                raise CannotAdd(why)
            numbers.add(number)
    act = Act(municipality, by.user_id, way, reason, act_id or uuid4())
    rows = add_rows([TableKind.PERSON] * len(people), act=act)
    for row in rows:
        for other in unlike:
            store_decision(row=row, kind=NOT_SAME, act=act, other=other)
    made = [
        Participant.objects.create(municipality=municipality, name=str(values["name"]))
        for values in people
    ]
    link_rows_to(dict(zip(rows, made, strict=True)), act=act)
    edits = [
        Edit(row=row, field=each.field, value=each.value)
        for row, person, values in zip(rows, made, people, strict=True)
        for each in _with_names([Wanted(person.pk, *each) for each in values.items()], {})
        if each.value is not None
    ]
    store_edits(edits, act=act)
    resolution = resolve_apart(rows, municipality=municipality, way=way)
    write_everybody(
        resolution,
        changes_of(resolution),
        municipality=municipality,
        by=by,
        action="add_person",
        reason=reason,
    )
    found = Participant.objects.in_bulk([person.pk for person in made])
    if any(found[person.pk].absorbed_by_id for person in made):
        raise CannotAdd(NOT_APART)
    return [found[person.pk] for person in made]


def seen_person(participant: UUID, by: Actor) -> Participant:
    """Return a person; raise ``MayNot`` where the actor may see no such person."""
    person: Participant | None = visible_participants(by).filter(pk=participant).first()
    if person is None:
        raise MayNot(NOBODY)
    return person
