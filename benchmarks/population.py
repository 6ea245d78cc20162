"""A municipality of any size in the database, written in bulk.

Spans and the grid's rows come from the real services (``reassess``, ``refresh_rows``), in blocks;
identity numbers are sealed as in use. Each person has one source row with its link, one in a
hundred an open question, and one in five hundred a protected address, named to the adviser.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django_scopes import scope

from benchmarks.databases import analyse
from benchmarks.people import TODAY, Person, invent
from innpass.casework.accounts.models import User
from innpass.casework.imports.models import ImportBatch, Question, SourceFile, SourceRow
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.services import employ, make_municipality
from innpass.casework.overview.services import refresh_rows
from innpass.casework.participants.models import (
    Identifier,
    NamedStaff,
    Participant,
    ProtectionMark,
    RowLink,
)
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element, Enrolment, Leave
from innpass.casework.programme.services import reassess
from innpass.casework.sealing.queries import token_for
from innpass.casework.training.models import LanguageTest, Schooling
from innpass.domain.access.roles import Role
from innpass.domain.linking.names import fold
from innpass.domain.sheets.fields import SKILLS
from innpass.domain.sheets.records import Owner, TableKind

_BATCH = 2000
_PROTECTED = 500  # one in so many
_ASKED = 100
_T = TypeVar("_T")


def staffed_municipality() -> tuple[Municipality, User]:
    """Make a municipality and a programme adviser who signs in to it."""
    municipality = make_municipality(name="Storevik", by=None)
    adviser = User.objects.create_user("kari", full_name="Kari Lunde")
    employ(
        user=adviser,
        municipality=municipality,
        role=Role.PROGRAMME_ADVISER,
        first_day=date(2023, 1, 1),
        by=None,
    )
    return municipality, adviser


def populate(count: int, *, seed: int = 1, rows: bool = True) -> tuple[Municipality, User]:
    """Fill an empty database with invented people.

    Args:
        count: how many.
        seed: the same seed, the same people.
        rows: also compute the spans and the grid's rows.
    """
    municipality, adviser = staffed_municipality()
    with scope(municipality=municipality):
        with transaction.atomic():
            writer = _Writer(municipality, adviser)
            for people in _blocks(invent(count, seed=seed)):
                writer.write(people)
        analyse()
        if rows:
            ids = list(Participant.objects.values_list("pk", flat=True))
            for some in _blocks(ids):
                with transaction.atomic():
                    reassess(participants=some, municipality=municipality, on=TODAY)
                    refresh_rows(participants=some, municipality=municipality, on=TODAY)
            analyse()
    return municipality, adviser


def _blocks(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    for at in range(0, len(values), _BATCH):
        yield values[at : at + _BATCH]


class _Writer:
    """Writes blocks of people; keeps the employers it made."""

    def __init__(self, municipality: Municipality, adviser: User) -> None:
        self.of = {"municipality": municipality}
        self.adviser = adviser
        self.employers: dict[tuple[str, str], Employer] = {}
        self.number = 0
        batch = ImportBatch.objects.create(**self.of, status="applied")
        self.file = SourceFile(
            **self.of, batch=batch, name="alle.xlsx", digest="0", size=1, content=b"0"
        )
        self.file.save(force_insert=True)

    def write(self, people: Sequence[Person]) -> None:
        """Write a block with a fixed number of statements."""
        ids = [uuid4() for _ in people]
        pairs = list(zip(ids, people, strict=True))
        Participant.objects.bulk_create(self._participant(pk, p) for pk, p in pairs)
        self._protect(ids[::_PROTECTED])
        Identifier.objects.bulk_create(i for pk, p in pairs for i in self._identifiers(pk, p))
        Enrolment.objects.bulk_create(self._enrolment(pk, p) for pk, p in pairs)
        Schooling.objects.bulk_create(self._schooling(pk, p) for pk, p in pairs)
        Element.objects.bulk_create(
            Element(
                **self.of,
                participant_id=pk,
                kind=h.activity,
                first_day=h.first_day,
                last_day=h.last_day,
                hours_per_week=h.per_week,
                owner=h.owner,
            )
            for pk, p in pairs
            for h in p.hours
        )
        Leave.objects.bulk_create(
            Leave(**self.of, participant_id=pk, first_day=first, last_day=last)
            for pk, p in pairs
            for first, last in p.leave
        )
        LanguageTest.objects.bulk_create(
            LanguageTest(
                **self.of,
                participant_id=pk,
                day=t.day,
                goal=t.goal,
                reached=t.reached,
                **dict.fromkeys(SKILLS, t.level),
            )
            for pk, p in pairs
            for t in p.tests
        )
        self._placements(pairs)
        self._source_rows(ids)

    def _participant(self, pk: UUID, person: Person) -> Participant:
        return Participant(
            **self.of,
            id=pk,
            name=person.name,
            given_name=person.given,
            family_name=person.family,
            folded_name=" ".join(fold(person.name)),
            birth_date=person.born,
            country=person.country,
        )

    def _protect(self, ids: Sequence[UUID]) -> None:
        marks = [
            ProtectionMark(**self.of, participant_id=pk, set_by=self.adviser, reason="Oppdiktet.")
            for pk in ids
        ]
        ProtectionMark.objects.bulk_create(marks)
        NamedStaff.objects.bulk_create(
            NamedStaff(**self.of, mark=mark, user=self.adviser) for mark in marks
        )
        Participant.objects.filter(pk__in=ids).update(is_protected=True)

    def _identifiers(self, pk: UUID, person: Person) -> Iterable[Identifier]:
        for kind in ("visma_refugee", "visma_learning", "socio"):
            yield Identifier(**self.of, participant_id=pk, kind=kind, plain=getattr(person, kind))
        yield Identifier(
            **self.of,
            participant_id=pk,
            kind="fnr",
            sealed=person.fnr,
            token=token_for("fnr", person.fnr, self.of["municipality"].pk),
        )

    def _enrolment(self, pk: UUID, person: Person) -> Enrolment:
        return Enrolment(
            **self.of,
            participant_id=pk,
            first_day=person.start,
            planned_last_day=person.planned_end,
            actual_last_day=person.actual_end,
            end_reason=person.end_reason or "",
            protection=person.protection,
            upper_secondary=person.upper_secondary,
            end_goal=person.end_goal,
            extent_percent=person.extent,
            adviser=person.adviser,
            supervisor=person.supervisor,
        )

    def _schooling(self, pk: UUID, person: Person) -> Schooling:
        return Schooling(
            **self.of,
            participant_id=pk,
            class_name=person.class_name,
            track=person.track,
            **dict.fromkeys(SKILLS, person.level),
        )

    def _placements(self, pairs: Sequence[tuple[UUID, Person]]) -> None:
        new = {}
        for _, person in pairs:
            for p in person.practice:
                key = (p.kind.value, p.unit)
                if key not in self.employers:
                    new[key] = self.employers[key] = Employer(
                        **self.of, kind=p.kind, area=p.area, name=p.unit
                    )
        Employer.objects.bulk_create(new.values())
        Placement.objects.bulk_create(
            Placement(
                **self.of,
                participant_id=pk,
                kind=p.kind,
                employer=self.employers[p.kind.value, p.unit],
                first_day=p.first_day,
                last_day=p.last_day,
                hours_per_week=p.per_week,
            )
            for pk, person in pairs
            for p in person.practice
        )

    def _source_rows(self, ids: Sequence[UUID]) -> None:
        rows = [
            SourceRow(
                **self.of,
                file=self.file,
                sheet="Deltakere",
                number=self.number + place,
                owner=Owner.REFUGEE,
                kind=TableKind.PERSON,
            )
            for place, _ in enumerate(ids, start=2)
        ]
        self.number += len(ids)
        SourceRow.objects.bulk_create(rows)
        RowLink.objects.bulk_create(
            RowLink(**self.of, row=row, participant_id=pk)
            for row, pk in zip(rows, ids, strict=True)
        )
        Question.objects.bulk_create(
            Question(**self.of, row=row, field="birth_date", cell="E2", kind="unclear_date")
            for row in rows[::_ASKED]
        )
