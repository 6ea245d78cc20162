"""Writing resolved people to the tables, in bulk. Called inside the transaction of an apply."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from innpass.casework.imports.models import HOLDING, CellEdit, Question, RowState, SourceRow
from innpass.casework.imports.rows import ROW_COLUMNS, id_of, row_values
from innpass.casework.organisations.inserting import insert_values, update_rows, update_values
from innpass.casework.organisations.models import Municipality, MunicipalityModel
from innpass.casework.participants.models import (
    SECRET_KINDS,
    Identifier,
    IdentifierKind,
    Participant,
    RowLink,
)
from innpass.casework.programme.models import Absence, Decision, Element, Enrolment, Leave
from innpass.casework.reconciliation.becoming import absorb, follow_rows, revive
from innpass.casework.reconciliation.cards import (
    ABSENCE_COLUMNS,
    DECISION_COLUMNS,
    ELEMENT_COLUMNS,
    LEAVE_COLUMNS,
    PERSON_FIELDS,
    TEST_COLUMNS,
    Detail,
    Values,
    told_apart,
)
from innpass.casework.reconciliation.placing import write_placements
from innpass.casework.reconciliation.preview import Change
from innpass.casework.reconciliation.reading import ReadFile
from innpass.casework.reconciliation.resolving import OpenQuestion, Resolution
from innpass.casework.timetable.services import rewrite_planned_hours
from innpass.casework.training.models import LanguageTest, Schooling
from innpass.domain.linking.names import fold
from innpass.domain.linking.rows import QuestionKind

_BATCH = 1000


def write_rows(files: Sequence[ReadFile], resolution: Resolution) -> None:
    """Store the rows of the new files and move the state of the rows they replace."""
    for file in files:
        if not file.rows:
            continue
        insert_values(
            SourceRow,
            ROW_COLUMNS,
            (
                row_values(
                    known,
                    file_id=file.file.pk,
                    identity=file.identity.get(known.key, {}),
                    state=RowState.CURRENT,
                )
                for known in file.rows
            ),
            municipality=file.file.municipality,
        )
    for state, ids in ((RowState.REPLACED, resolution.replaced), (RowState.GONE, resolution.gone)):
        ended: dict[UUID | None, list[UUID]] = defaultdict(list)
        for pk in sorted(ids):
            ended[resolution.ended.get(pk)].append(pk)
        for file_id, lost in ended.items():
            for some in _chunks(lost):
                ending = {"state": state, "ended_by": file_id}
                if state is RowState.GONE:
                    ending["gone_from"] = file_id
                SourceRow.objects.filter(pk__in=some).exclude(state=state).update(
                    **ending, version=models.F("version") + 1
                )


def write_carried(resolution: Resolution, municipality: Municipality) -> None:
    """Let edits go on holding at the rows that took the place of those they were made at."""
    row_of = dict(resolution.carried)
    edits = CellEdit.objects.in_bulk(list(row_of))
    CellEdit.objects.bulk_create(
        CellEdit(
            municipality=municipality,
            row_id=row_of[edit.pk],
            carried_from=edit,
            **{name: getattr(edit, name) for name in _SAID},
        )
        for edit in edits.values()
    )


_SAID = (
    *("act", "way", "reason", "said_at", "said_by_id"),
    *("field", "value", "sealed", "original", "before", "set_aside"),
)


def write_people(
    changes: Sequence[Change],
    resolution: Resolution,
    municipality: Municipality,
    by: UUID | None = None,
) -> dict[str, UUID]:
    """Store people, numbers and details; return the participant of every linked row's key.

    Args:
        by: the user who applies the import; ``None`` for the operator.
    """
    fresh = [change for change in changes if change.participant is None]
    known = [change for change in changes if change.participant is not None]
    for change in fresh:
        change.participant = Participant(
            id=uuid4(),
            municipality=municipality,
            folded_name=_folded(change),
            **change.after.person,
        )
    Participant.objects.bulk_create((c.participant for c in fresh), batch_size=_BATCH)
    renamed = [c for c in known if c.before.person != c.after.person]
    for change in renamed:
        for name in PERSON_FIELDS:
            setattr(change.participant, name, change.after.person[name])
        change.participant.folded_name = _folded(change)  # type: ignore[union-attr]
        change.participant.version += 1  # type: ignore[union-attr]
    update_rows(
        [c.participant for c in renamed if c.participant],
        [*PERSON_FIELDS, "folded_name", "version"],
    )
    owner_of = {
        key: change.participant.pk  # type: ignore[union-attr]
        for change in changes
        for key in change.person.keys
    }
    owner_of |= {
        key: changes[index].participant.pk  # type: ignore[union-attr]
        for key, index in resolution.outdated.items()
    }
    absorb(resolution.absorbed, changes, by)
    revive(resolution.revived, changes, by)
    follow_rows({id_of(key): owner for key, owner in owner_of.items()})
    _write_single(Enrolment, changes, "enrolment", municipality)
    _write_single(Schooling, changes, "schooling", municipality)
    _write_numbers(changes, resolution, municipality)
    _write_many(Element, changes, "elements", ELEMENT_COLUMNS, municipality)
    _write_many(Leave, changes, "leave", LEAVE_COLUMNS, municipality)
    _write_many(Absence, changes, "absences", ABSENCE_COLUMNS, municipality)
    _write_many(Decision, changes, "decisions", DECISION_COLUMNS, municipality)
    _write_many(LanguageTest, changes, "tests", TEST_COLUMNS, municipality)
    write_placements(changes, municipality)
    # A practice that ends ends what stands in the weeks for it.
    moved = {c.participant.pk for c in known if c.before.placements != c.after.placements}  # type: ignore[union-attr]
    rewrite_planned_hours(moved, municipality=municipality)
    return owner_of


def _folded(change: Change) -> str:
    person = change.after.person
    words = dict.fromkeys([*fold(person["name"]), *fold(person["native_name"])])
    return " ".join(words)[:400]


def _chunks(values: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    for at in range(0, len(values), size):
        yield values[at : at + size]


def _write_single(
    model: type[models.Model], changes: Sequence[Change], part: str, municipality: Municipality
) -> None:
    """Store a table with one row a person: what is new is made, what differs is updated."""
    touched = [c for c in changes if getattr(c.before, part) != getattr(c.after, part)]
    new = [c for c in touched if not getattr(c.before, part)]
    model.objects.bulk_create(  # type: ignore[attr-defined]
        (
            model(municipality=municipality, participant=c.participant, **getattr(c.after, part))
            for c in new
        ),
        batch_size=_BATCH,
    )
    old = [c for c in touched if getattr(c.before, part)]
    if not old:
        return
    columns = list(getattr(old[0].after, part))
    stored = {
        row.participant_id: row
        for row in model.objects.filter(participant__in=[c.participant for c in old])  # type: ignore[attr-defined]
    }
    rows = []
    for change in old:
        row = stored[change.participant.pk]  # type: ignore[union-attr]
        for column, value in getattr(change.after, part).items():
            setattr(row, column, value)
        row.version += 1
        rows.append(row)
    update_rows(rows, [*columns, "version"])


def _write_numbers(
    changes: Sequence[Change], resolution: Resolution, municipality: Municipality
) -> None:
    touched = [c for c in changes if c.before.numbers != c.after.numbers]
    if not touched:
        return
    opened = _identity_of(
        {
            id_of(c.person.state.values[f"ids.{kind}"].key)
            for c in touched
            for kind in SECRET_KINDS
            if c.after.numbers.get(kind) and c.before.numbers.get(kind) != c.after.numbers[kind]
        }
    )
    stored: dict[tuple[UUID, str], Identifier] = {
        (row.participant_id, row.kind): row
        for row in Identifier.objects.filter(
            participant__in=[c.participant for c in touched if c.before.numbers]
        )
    }
    new, doomed = [], []
    for change in touched:
        person = change.participant
        for kind in IdentifierKind:
            before, after = change.before.numbers.get(kind), change.after.numbers.get(kind)
            if before == after:
                continue
            old = stored.get((person.pk, kind))  # type: ignore[union-attr]
            if old is not None:
                doomed.append(old.pk)  # a sealed value belongs to one row and is made anew
            if after is None:
                continue
            row = Identifier(id=uuid4(), municipality=municipality, participant=person, kind=kind)
            if kind in SECRET_KINDS:
                name = f"ids.{kind}"
                row.token = after
                row.sealed = opened[id_of(change.person.state.values[name].key)][name]
            else:
                row.plain = after
            new.append(row)
    for some in _chunks(doomed):
        Identifier.objects.filter(pk__in=some).delete()
    Identifier.objects.bulk_create(new, batch_size=_BATCH)


def _identity_of(row_ids: set[UUID]) -> dict[UUID, dict[str, str]]:
    opened: dict[UUID, dict[str, str]] = {}
    for some in _chunks(sorted(row_ids)):
        for row in SourceRow.objects.filter(pk__in=some).only("identity", "municipality_id"):
            opened[row.pk] = dict(row.identity or {})
        edits = CellEdit.objects.filter(row__in=some, undone_at=None, sealed__isnull=False)
        for edit in edits.order_by("said_at", "pk"):
            opened[edit.row_id][edit.field] = edit.sealed
    return opened


def _write_many(
    model: type[MunicipalityModel],
    changes: Sequence[Change],
    part: str,
    columns: tuple[str, ...],
    municipality: Municipality,
) -> None:
    """Store a table with many rows a person: rows that no longer hold go, new ones come.

    A row that only stands in another source row now, as in a newer version of the file, is told so.
    """
    gone: dict[UUID, frozenset[Values]] = {}
    moved: dict[UUID, Detail] = {}
    for change in changes:
        pk = change.participant.pk  # type: ignore[union-attr]
        if removed := getattr(change.before, part) - getattr(change.after, part):
            gone[pk] = removed
        if elsewhere := change.before.moved(part, change.after):
            moved[pk] = elsewhere
    doomed, now_in = [], []
    for some in _chunks(sorted(gone.keys() | moved.keys())):
        stored = model.objects.filter(participant__in=some)
        of_person: dict[UUID, list[Values]] = defaultdict(list)
        for owner, *values, row_id, pk in stored.values_list(
            "participant_id", *columns, "row_id", "pk"
        ):
            of_person[owner].append((*values, (row_id, pk)))
        for owner, rows in of_person.items():
            for place, (_, pk) in told_apart(rows).items():
                if place in gone.get(owner, ()):
                    doomed.append(pk)
                elif place in moved.get(owner, {}):
                    now_in.append((pk, moved[owner][place]))
    update_values(model, ["row_id"], now_in)
    for some in _chunks(doomed):
        model.objects.filter(pk__in=some).delete()
    insert_values(
        model,
        ("participant", *columns, "row_id"),
        (
            (change.participant.pk, *values[:-1], change.after.sources[part][values])  # type: ignore[union-attr]
            for change in changes
            for values in getattr(change.after, part) - getattr(change.before, part)
        ),
        municipality=municipality,
    )


def write_links(
    resolution: Resolution, owner_of: Mapping[str, UUID], municipality: Municipality
) -> None:
    """Store which row is about whom, and why, touching only links that differ."""
    reasons: dict[str, list[Any]] = {
        link.key: [
            {"code": str(reason.code), "values": dict(reason.values)} for reason in link.reasons
        ]
        for link in resolution.linking.links
    }
    stored = {
        row_id: (pk, participant, why)
        for pk, row_id, participant, why in RowLink.objects.filter(
            row__state__in=HOLDING
        ).values_list("pk", "row_id", "participant_id", "reasons")
    }
    former = {
        row_id: (participant, was)
        for row_id, participant, was in RowLink.objects.exclude(was_about=None).values_list(
            "row_id", "participant_id", "was_about_id"
        )
    }
    doomed, new = [], []
    for key, participant in owner_of.items():
        row_id = id_of(key)
        before = stored.pop(row_id, None)
        if before and before[1] == participant and before[2] == reasons.get(key, []):
            continue
        if before:
            doomed.append(before[0])
        same = former.get(row_id if before else resolution.heir_of.get(row_id, row_id))
        was = same[1] if same and same[0] == participant else None
        new.append((row_id, participant, reasons.get(key, []), was))
    doomed += [pk for pk, *_ in stored.values()]
    for some in _chunks(doomed):
        RowLink.objects.filter(pk__in=some).delete()
    columns = ("row", "participant", "reasons", "was_about")
    insert_values(RowLink, columns, new, municipality=municipality)


def write_questions(resolution: Resolution, municipality: Municipality) -> None:
    """Open the questions that are new and close those that settled themselves.

    A question that was closed and is asked again is opened again, as it is asked now.
    """
    _ask(
        resolution.questions,
        among=Question.objects.all(),
        replaced=resolution.replaced,
        municipality=municipality,
    )


def write_questions_of(
    asked: Iterable[OpenQuestion],
    *,
    people: Collection[Participant],
    municipality: Municipality,
) -> None:
    """As ``write_questions``, for the cells of some people's rows; links stay asked about."""
    cells = Question.objects.exclude(kind__in=[kind.value for kind in QuestionKind])
    _ask(
        asked,
        among=cells.filter(row__link__participant__in=people),
        replaced=set(),
        municipality=municipality,
    )


def _ask(
    questions: Iterable[OpenQuestion],
    *,
    among: Any,
    replaced: Collection[UUID],
    municipality: Municipality,
) -> None:
    wanted = {(id_of(q.key), q.field, q.kind): q for q in questions}
    settled: dict[str, list[UUID]] = defaultdict(list)
    changed: list[Question] = []
    for question in among.filter(closed_at=None):
        asked = wanted.pop((question.row_id, question.field, question.kind), None)
        if asked is None:
            why = "row_replaced" if question.row_id in replaced else "settled"
            settled[why].append(question.pk)
        elif _ask_as(question, asked):
            changed.append(question)
    for why, ids in settled.items():
        for some in _chunks(ids):
            Question.objects.filter(pk__in=some).update(
                closed_at=timezone.now(), closed_because=why, version=models.F("version") + 1
            )
    for some in _chunks(list({row_id for row_id, _, _ in wanted})):
        for question in Question.objects.filter(row__in=some).exclude(closed_at=None):
            asked = wanted.pop((question.row_id, question.field, question.kind), None)
            if asked is not None:
                _ask_as(question, asked)
                question.closed_at, question.closed_because = None, ""
                question.answer = None
                changed.append(question)
    for question in changed:
        question.version += 1
    columns = [*_ASKED, "closed_at", "closed_because", "answer", "version"]
    update_rows(changed, columns)
    new = [
        Question(
            municipality=municipality,
            row_id=row_id,
            field=asked.field,
            kind=asked.kind,
            **{name: _plain(getattr(asked, name)) for name in _ASKED},
        )
        for (row_id, _, _), asked in wanted.items()
    ]
    Question.objects.bulk_create(new, batch_size=_BATCH)


_ASKED = ("cell", "text", "possible", "values", "asks")


def _ask_as(question: Question, asked: OpenQuestion) -> bool:
    """Let a stored question be as it is asked now; return whether it differs from before."""
    fresh = {name: _plain(getattr(asked, name)) for name in _ASKED}
    differs = any(getattr(question, name) != value for name, value in fresh.items())
    for name, value in fresh.items():
        setattr(question, name, value)
    return differs


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value
