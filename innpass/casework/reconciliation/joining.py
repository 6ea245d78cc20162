"""Two persons who are one, and one who is two: a human's word on whom rows are about.

Each act is decisions about rows (``domain.linking.rows.Decision``), so it holds against all
evidence, goes on at the rows of newer versions, and can be taken back (``taking_back``).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from innpass.casework.imports.edits import edits_that_hold, with_edits
from innpass.casework.imports.entering import Act, store_decision
from innpass.casework.imports.models import HOLDING, SourceRow, Way
from innpass.casework.imports.rows import SECRET_FIELDS, known_row
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.queries import visible_participants
from innpass.casework.participants.services import share_protection
from innpass.casework.participants.sources import MASK
from innpass.casework.reconciliation.deciding import NEW_PERSON, NOT_SAME, SAME_AS, WRONG_NUMBER
from innpass.casework.reconciliation.foreseeing_joins import plain_differences
from innpass.casework.reconciliation.rewriting import lock, rewrite_everybody
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import NOBODY, MayNot, check_may_undo_link, readable
from innpass.domain.access.roles import Actor
from innpass.domain.linking.placing import LISTING_ORDER
from innpass.domain.sheets.records import Owner, Row, TableKind

THE_SAME = "Dette er samme deltaker. Velg en annen å slå sammen med."
STILL_TWO = (
    "Vi fikk ikke slått dem sammen. Noen har sagt at rader om dem gjelder to forskjellige. Ta det "
    "tilbake i historikken først."
)
PLAINLY_DIFFERENT = (
    "De to ser ut til å være forskjellige personer. Ingenting er lagret. Kryss av for at du er "
    "sikker hvis det likevel er samme person."
)
NONE_CHOSEN = "Velg minst én rad som gjelder en annen."
ALL_CHOSEN = "Minst én rad om personen må bli stående."
WHOSE_NUMBER = "Samme nummer står i rader på begge sider. Velg hvem som har det."
ROWS_CHANGED = (
    "Radene om personen er endret siden du åpnet siden. Ingenting er lagret. Velg på nytt."
)
STILL_ONE = (
    "Vi fikk ikke skilt radene fra hverandre. Noen har sagt at de gjelder samme person. Ta det "
    "tilbake i historikken først."
)
_MARKS = ("name", "given_name", "family_name", "native_name", "birth_date")


class CannotDecide(Exception):
    """What was asked cannot be done so. The message is Norwegian and for the user."""


@dataclass(frozen=True, slots=True)
class RowAbout:
    """An imported row about a person, as it may be parted from that person.

    Attributes:
        marks: what it says of who it is about, by field, cut to what may be read; an identity
            number is masked. A row about a period or a test says that first, to be known by it.
        numbers: every number it states, by field; of an identity number the blind index.
    """

    id: UUID
    file: str
    sheet: str
    number: int
    kind: TableKind
    owner: Owner
    marks: Mapping[str, Any]
    numbers: Mapping[str, str]


def rows_to_part(participant: Participant, *, actor: Actor) -> list[RowAbout]:
    """Return the imported rows that hold about a person, those that introduce the person first."""
    may = readable(actor)
    stored = list(
        _rows([participant.pk])
        .exclude(owner=Owner.HAND)
        .filter(is_hidden=False)
        .select_related("file")
        .defer("identity", "file__content", "file__layout")
        .order_by("file__name", "sheet", "number")
    )
    edits = edits_that_hold([row.pk for row in stored])
    found = []
    for row in stored:
        known = with_edits(known_row(row, row.file.name), edits.get(row.pk, {})).row
        found.append(
            RowAbout(
                id=row.pk,
                file=row.file.name,
                sheet=row.sheet,
                number=row.number,
                kind=TableKind(row.kind),
                owner=Owner(row.owner),
                marks={
                    name: MASK if name in SECRET_FIELDS else value
                    for name, value in (*_details(known), *_who(known))
                    if access_name(name) in may
                },
                numbers={n: str(v) for n, v in _who(known) if n.startswith("ids.")},
            )
        )
    return sorted(found, key=lambda row: row.kind is not TableKind.PERSON)


def _who(row: Row) -> Iterable[tuple[str, Any]]:
    names = [*_MARKS, *(name for name in row.readings if name.startswith("ids."))]
    return [(name, row.value(name)) for name in names if row.value(name) is not None]


def _details(row: Row) -> Iterable[tuple[str, Any]]:
    """Return what a row about a period or a test says of it."""
    own = f"{row.kind.value}."
    return [
        (name, reading.value)
        for name, reading in row.readings.items()
        if name.startswith(own) and reading.value is not None
    ]


def _rows(people: Collection[UUID]) -> Any:
    return SourceRow.objects.filter(
        link__participant__in=people, state__in=HOLDING, file__is_current=True
    )


@transaction.atomic
def join_people(
    one: UUID,
    other: UUID,
    *,
    municipality_id: UUID,
    by: Actor,
    reason: str,
    is_sure: bool = False,
) -> Participant:
    """Say that two participants are one person; returns the one who stays, the older.

    Args:
        is_sure: the actor says so knowing that they are plainly different.

    Raises:
        MayNot: the actor may not, or may not see one of them.
        CannotDecide: they are the same participant, or stay two in spite of it, or are plainly
            different (``plain_differences``) and nobody is sure.
    """
    check_may_undo_link(by)
    municipality = lock(municipality_id)
    people = [_seen(one, by), _seen(other, by)]
    if one == other:
        raise CannotDecide(THE_SAME)
    if not is_sure and plain_differences(*people):
        raise CannotDecide(PLAINLY_DIFFERENT)
    older, younger = sorted(people, key=lambda person: (person.created_at, person.pk))
    anchor, *_ = _introducing(older)
    act = Act(municipality, by.user_id, Way.JOIN, reason)
    for row in _introducing(younger):
        store_decision(row=row, kind=SAME_AS, other=anchor, act=act)
    rewrite_everybody(municipality=municipality, by=by, action="join", reason=reason)
    left = list(Participant.objects.filter(pk__in=(one, other), absorbed_by=None))
    if len(left) != 1:
        raise CannotDecide(STILL_TWO)
    return left[0]


def _introducing(person: Participant) -> list[UUID]:
    """Return the rows that say who a person is, the one that says it best first."""
    rows = _rows([person.pk]).filter(kind=TableKind.PERSON)
    found = list(rows.values_list("pk", "owner", "is_hidden", "number"))
    order = [*LISTING_ORDER[1:], Owner.OVERVIEW, Owner.HAND]
    found.sort(key=lambda row: (row[2], order.index(Owner(row[1])), row[3], str(row[0])))
    if not found:
        raise CannotDecide(ROWS_CHANGED)
    return [pk for pk, *_ in found]


@transaction.atomic
def part_rows(
    participant: UUID,
    rows: Collection[UUID],
    *,
    municipality_id: UUID,
    by: Actor,
    reason: str,
    goes_along: Mapping[str, bool] | None = None,
) -> Participant:
    """Say that rows about a participant are about somebody else; returns that somebody, new.

    What was entered by hand stays with the participant. Protection holds for both from then on.

    Args:
        goes_along: for each number that rows on both sides state, by field, whether it is that of
            the somebody else (``shared_numbers``).

    Raises:
        MayNot: the actor may not, or may not see the person.
        CannotDecide: no row is chosen, or none would stay, or a number is left open, or they stay
            one in spite of it.
    """
    check_may_undo_link(by)
    municipality = lock(municipality_id)
    person = _seen(participant, by)
    known = rows_to_part(person, actor=by)
    leaving = [row for row in known if row.id in rows]
    staying = [row for row in known if row.id not in rows]
    if len(leaving) != len(set(rows)):
        raise CannotDecide(ROWS_CHANGED)
    if not leaving:
        raise CannotDecide(NONE_CHOSEN)
    if not any(row.kind is TableKind.PERSON for row in staying):
        raise CannotDecide(ALL_CHOSEN)
    shared = shared_numbers(leaving, staying)
    whose = goes_along or {}
    if shared - whose.keys():
        raise CannotDecide(WHOSE_NUMBER)
    act = Act(municipality, by.user_id, Way.PART, reason)
    _decide(leaving, staying, {name: whose[name] for name in shared}, act)
    _link_to_somebody_new(person, leaving, municipality, by)
    rewrite_everybody(municipality=municipality, by=by, action="part", reason=reason)
    owners = RowLink.objects.filter(row__in=[row.id for row in leaving]).order_by("row__number")
    now = {link.participant_id: link.participant for link in owners.select_related("participant")}
    stayed = RowLink.objects.filter(row__in=[row.id for row in staying])
    if person.pk in now or len(now) != 1 or stayed.exclude(participant=person.pk).exists():
        raise CannotDecide(STILL_ONE)
    (somebody,) = now.values()
    return somebody


def shared_numbers(leaving: Iterable[RowAbout], staying: Iterable[RowAbout]) -> set[str]:
    """Return the fields of which rows on both sides state the same number."""
    theirs = {(name, number) for row in leaving for name, number in row.numbers.items()}
    return {
        name for row in staying for name, number in row.numbers.items() if (name, number) in theirs
    }


def _decide(
    leaving: list[RowAbout], staying: list[RowAbout], whose: Mapping[str, bool], act: Act
) -> None:
    first, *others = sorted(leaving, key=lambda row: row.kind is not TableKind.PERSON)
    for row in leaving:
        store_decision(row=row.id, kind=NEW_PERSON, act=act)
    for row in others:
        store_decision(row=row.id, kind=SAME_AS, other=first.id, act=act)
    for row in staying:
        store_decision(row=first.id, kind=NOT_SAME, other=row.id, act=act)
    theirs = {(name, number) for row in leaving for name, number in row.numbers.items()}
    both = {
        (name, number)
        for row in staying
        for name, number in row.numbers.items()
        if (name, number) in theirs
    }
    for name, goes_along in whose.items():
        for row in staying if goes_along else leaving:
            if (name, row.numbers.get(name)) in both:
                store_decision(row=row.id, kind=WRONG_NUMBER, number=name, act=act)


def _link_to_somebody_new(
    person: Participant, leaving: Iterable[RowAbout], municipality: Municipality, by: Actor
) -> None:
    """Link the rows to a participant of their own, so that each side is who it was.

    Rows that were about somebody whom the person absorbed are about that one again.
    """
    links = RowLink.objects.filter(row__in=[row.id for row in leaving])
    if links.exclude(was_about=None).exists():
        return
    somebody = Participant.objects.create(municipality=municipality, name=person.name)
    share_protection(participant=somebody, parted_from=person, by=by.user_id)
    links.update(participant=somebody)


def _seen(participant: UUID, by: Actor) -> Participant:
    person: Participant | None = visible_participants(by).filter(pk=participant).first()
    if person is None:
        raise MayNot(NOBODY)
    return person
