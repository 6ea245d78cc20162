"""Who somebody about to be entered may already be, among the people whom the actor may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, When
from django.db.models import Value as Constant

from innpass.casework.imports.rows import SECRET_FIELDS, id_of
from innpass.casework.overview.queries import rows_for
from innpass.casework.overview.spellings import spelling
from innpass.casework.overview.trigrams import LETTERS, narrowed
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.resolving import link_row
from innpass.casework.reconciliation.rewriting import rows_about
from innpass.casework.sealing.queries import token_for
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.linking.evidence import (
    Birth,
    Evidence,
    Facts,
    facts_of,
    is_possible,
    names_of,
    near_births,
    weigh,
)
from innpass.domain.linking.names import NameLevel, compare_names, fold
from innpass.domain.linking.rows import NATIONAL_IDS, SYSTEM_OWNER, LinkRow, Reason
from innpass.domain.sheets import records
from innpass.domain.sheets.records import Owner, TableKind

_NUMBERS = (*NATIONAL_IDS, *SYSTEM_OWNER)
_MOST_BY_NAME = 300  # people who share a part of the name, those who share most parts first
_MOST_COMPARED = 30  # people all of whose rows are looked at
_BIRTH_REASONS = {Birth.SAME: "same_birth_date", Birth.NEAR: "similar_birth_date"}

Values = Mapping[str, records.Value]  # by field, typed


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody known who may be the one described.

    Attributes:
        row: one of the person's rows, to say of that the new person is another.
        reasons: what is alike, for ``linking.sentences``; of fields the actor may read.
        numbers: the fields of numbers that are the same; then it can be nobody else.
    """

    participant: Participant
    row: UUID
    reasons: tuple[Reason, ...]
    numbers: frozenset[str]


def people_alike(values: Values, *, by: Actor, most: int = 5) -> list[Alike]:
    """Return who somebody may already be, the likeliest first; a fixed number of queries.

    Numbers, birth dates (and slips of them) and names in all spellings count, as in all the rows of
    the three bodies; nothing that the actor may not read does.

    Args:
        values: by field; identity numbers as digits.
    """
    may = readable(by)
    row = _as_row(values, by, may)
    holders = _holders(row)
    typed = facts_of([row])

    def likeliest_first(person: Participant) -> tuple[object, ...]:
        rough = _rough(typed, person, may).score
        return person.pk not in holders, -rough, person.name.casefold(), str(person.pk)

    likely = sorted(_candidates(row, holders, by), key=likeliest_first)[:_MOST_COMPARED]
    rows = rows_about(likely)
    found = []
    for person in likely:
        mine = [(known, _cut(link_row(known), may)) for known in rows.get(person.pk, ())]
        shown = [(known, each) for known, each in mine if not each.is_hidden]
        if not shown:
            continue
        evidence = weigh(typed, facts_of(each for _, each in shown))
        if _is_worth_saying(evidence):
            anchor = min(shown, key=lambda pair: (pair[1].is_detail, pair[0].key))[0]
            alike = Alike(
                participant=person,
                row=id_of(anchor.key),
                reasons=tuple(_reasons(row, [each for _, each in shown], evidence)),
                numbers=evidence.national | evidence.system,
            )
            found.append((evidence.score, alike))
    found.sort(key=lambda pair: (-pair[0], pair[1].participant.name.casefold()))
    return [alike for _, alike in found[:most]]


def barred_numbers(values: Values, *, by: Actor) -> frozenset[str]:
    """Return the fields whose number belongs to somebody whom the actor may not see.

    Say no more of them than that the number cannot be used.
    """
    taken = Identifier.objects.filter(_with_numbers(_numbers_in(values, by)))
    hidden = taken.exclude(participant__in=visible_participants(by).values("pk"))
    hidden = hidden.filter(participant__absorbed_by=None)
    return frozenset(f"ids.{kind}" for kind in hidden.values_list("kind", flat=True))


def _numbers_in(values: Values, by: Actor) -> dict[str, str]:
    """Return the numbers among the values, identity numbers as blind indexes."""
    return {
        name: token_for(name.partition(".")[2], str(values[name]), by.municipality_id)
        if name in SECRET_FIELDS
        else str(values[name])
        for name in _NUMBERS
        if values.get(name)
    }


def _as_row(values: Values, by: Actor, may: Collection[str]) -> LinkRow:
    def text(name: str) -> str | None:
        return str(values[name]) if values.get(name) else None

    born = values.get("birth_date")
    row = LinkRow(
        key="typed",
        owner=Owner.HAND,
        kind=TableKind.PERSON,
        ids=_numbers_in(values, by),
        name=text("name"),
        given_name=text("given_name"),
        family_name=text("family_name"),
        native_name=text("native_name"),
        birth_date=born if isinstance(born, date) else None,
    )
    return _cut(row, may)


def _cut(row: LinkRow, may: Collection[str]) -> LinkRow:
    """Leave out what the actor may not read."""

    def kept(name: str) -> str | None:
        return getattr(row, name) if name in may else None

    return LinkRow(
        key=row.key,
        owner=row.owner,
        kind=row.kind,
        is_hidden=row.is_hidden,
        ids={name: value for name, value in row.ids.items() if access_name(name) in may},
        name=kept("name"),
        given_name=kept("given_name"),
        family_name=kept("family_name"),
        native_name=kept("native_name"),
        birth_date=row.birth_date if "birth_date" in may else None,
        source=row.source,
    )


def _with_numbers(numbers: Mapping[str, str]) -> Q:
    condition = Q(pk__in=[])
    for name, number in numbers.items():
        column = "token" if name in SECRET_FIELDS else "plain"
        condition |= Q(kind=name.partition(".")[2], **{column: number})
    return condition


def _holders(row: LinkRow) -> set[UUID]:
    """Return those who have one of the numbers; they are compared before all others."""
    if not row.ids:
        return set()
    found = Identifier.objects.filter(_with_numbers(row.ids))
    return set(found.values_list("participant_id", flat=True))


def _candidates(row: LinkRow, holders: Collection[UUID], by: Actor) -> Iterable[Participant]:
    """Return the visible people who share a number, a birth date or a part of a name."""
    condition = Q(pk__in=holders)
    if row.birth_date:
        condition |= Q(birth_date__in=[row.birth_date, *near_births(row.birth_date)])
    condition |= Q(pk__in=_named_alike(row, by))
    return visible_participants(by).filter(condition)


def _named_alike(row: LinkRow, by: Actor) -> list[UUID]:
    """Return those who share a part of the name, in whatever spelling; most parts first."""
    parts = {
        part
        for name in names_of(row)
        for part in fold(name.text)
        if len(spelling(part)) >= LETTERS and len(part) > 1
    }
    if not parts:
        return []
    condition, shared = Q(pk__in=[]), Constant(0, output_field=IntegerField())
    for part in sorted(parts):
        holds = Q(spellings__contains=spelling(part))
        condition |= narrowed([part]) & holds
        shared = shared + Case(When(holds, then=Constant(1)), default=Constant(0))  # type: ignore[assignment]
    rows = rows_for(by).filter(condition).annotate(shared=shared).order_by("-shared", "pk")
    return list(rows.values_list("participant_id", flat=True)[:_MOST_BY_NAME])


def _rough(typed: Facts, person: Participant, may: Collection[str]) -> Evidence:
    """Compare with what is current of a person; numbers are compared later."""
    row = LinkRow(
        key=str(person.pk),
        owner=Owner.HAND,
        kind=TableKind.PERSON,
        name=person.name,
        given_name=person.given_name or None,
        family_name=person.family_name or None,
        native_name=person.native_name or None,
        birth_date=person.birth_date,
    )
    return weigh(typed, facts_of([_cut(row, may)]))


def _is_worth_saying(evidence: Evidence) -> bool:
    """Say whether a human should look: a number, or a name alike in more than an initial."""
    if evidence.national or evidence.system:
        return True
    if evidence.name is None or not is_possible(evidence):
        return False
    return evidence.is_named or evidence.birth in _BIRTH_REASONS


def _reasons(typed: LinkRow, rows: Iterable[LinkRow], evidence: Evidence) -> Iterable[Reason]:
    for name in _NUMBERS:
        if name in evidence.national | evidence.system:
            yield Reason(f"same_{name.partition('.')[2]}")
    if evidence.birth in _BIRTH_REASONS:
        yield Reason(_BIRTH_REASONS[evidence.birth])
    elif evidence.birth is Birth.DIFFERENT:
        yield Reason("other_birth_date")
    likenesses = [
        (compare_names(one, other).level, row.source, one.text, other.text)
        for row in rows
        for one in names_of(typed)
        for other in names_of(row)
    ]
    if not likenesses:
        return
    level, source, written, known = max(likenesses)
    if level >= NameLevel.SAME_FOLDED:
        yield Reason("same_name")
    else:
        code = "similar_name" if level >= NameLevel.WEAK else "other_name"
        yield Reason(code, {"written": written, "known": known, "source": source})
