"""Participants become one, are parted again, or cease to be. Called where people are written."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models

from innpass.casework.participants.models import (
    CrosswalkTask,
    Disagreement,
    Identifier,
    Participant,
    ProtectionMark,
    RowLink,
)
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import (
    inherit_protection,
    share_protection,
    trace_seconds,
)
from innpass.casework.placements.models import Placement
from innpass.casework.plans.queries import plans_of_people
from innpass.casework.programme.models import Absence, Decision, Element, Enrolment, Leave
from innpass.casework.programme.registering import (
    carry_over,
    part_again,
    people_with_ticks,
    take_back_copies,
)
from innpass.casework.reconciliation.preview import Change
from innpass.casework.reconciliation.records import records_of_people, relations_to_participants
from innpass.casework.timetable.queries import people_with_timetables
from innpass.casework.timetable.services import rewrite_planned_hours
from innpass.casework.training.models import LanguageTest, Schooling

_AT_A_TIME = 500  # people taken away by one statement for each table
_VALUES = (
    *(Enrolment, Schooling, Identifier, Element, Leave, Absence, Decision),
    *(LanguageTest, Placement, CrosswalkTask, Disagreement),
)


def absorb(absorbed: Mapping[UUID, UUID], changes: Sequence[Change], by: UUID | None) -> None:
    """Let those who turned out to be somebody's second be that somebody, history and marks too."""
    seconds = Participant.objects.in_bulk(list(absorbed))
    firsts = {c.participant.pk: c.participant for c in changes if c.participant is not None}
    for pk, into in absorbed.items():
        inherit_protection(participant=firsts[into], absorbed=seconds[pk], by=by)
        Participant.objects.filter(pk=pk).update(
            absorbed_by_id=into, version=models.F("version") + 1
        )
        links = RowLink.objects.filter(participant=pk)
        links.filter(was_about=None).update(was_about=pk)
        links.update(participant=into, version=models.F("version") + 1)
        carry_over(pk, into=into)
        for model in _VALUES:
            model.objects.filter(participant=pk).delete()
    if absorbed:
        trace_seconds()
        municipality = next(iter(seconds.values())).municipality
        rewrite_planned_hours({*absorbed, *absorbed.values()}, municipality=municipality)


def revive(revived: Collection[UUID], changes: Sequence[Change], by: UUID | None) -> None:
    """Let those who were somebody's second be persons of their own again, with their history.

    A protected address of the one they were parted from is theirs, too, until somebody lifts it.
    """
    parted: set[UUID] = set()
    again = {c.participant.pk: c.participant for c in changes if c.participant is not None}
    for pk in sorted(revived):
        person = again[pk]
        parted_from = owner_of(person)
        Participant.objects.filter(pk=pk).update(absorbed_by=None, version=models.F("version") + 1)
        person.absorbed_by = None
        person.version += 1
        RowLink.objects.filter(was_about=pk).update(
            participant=pk, was_about=None, version=models.F("version") + 1
        )
        part_again(pk, parted_from=parted_from.pk)
        share_protection(participant=person, parted_from=parted_from, by=by)
        parted |= {pk, parted_from.pk}
    if parted:
        trace_seconds()
        rewrite_planned_hours(parted, municipality=parted_from.municipality)


def follow_rows(owner_of_row: Mapping[UUID, UUID]) -> None:
    """Let everybody who is still somebody's second be that of whom the own rows are about now.

    Of two who were found to be a third and are parted together, one is that person again
    (``revive``), and the other is the second of that one.

    Args:
        owner_of_row: rows and the participants they are about from now on.
    """
    votes: dict[UUID, Counter[UUID]] = defaultdict(Counter)
    about: dict[UUID, set[UUID]] = defaultdict(set)  # as the links still say
    links = RowLink.objects.exclude(was_about=None)
    for row, was, now in links.values_list("row", "was_about", "participant"):
        about[was].add(now)
        if row in owner_of_row:
            votes[was][owner_of_row[row]] += 1
    seconds = Participant.objects.filter(pk__in=list(votes)).exclude(absorbed_by=None)
    moved: set[UUID] = set()
    for second in seconds.select_related("turned_out_to_be__municipality").order_by("pk"):
        before, counts = second.turned_out_to_be, votes[second.pk]
        into = min(counts, key=lambda pk: (-counts[pk], pk != before.pk, pk))
        if about[second.pk] != {into}:
            links.filter(was_about=second.pk).update(
                participant=into, version=models.F("version") + 1
            )
        if into != before.pk:
            Participant.objects.filter(pk=second.pk).update(
                absorbed_by_id=into, version=models.F("version") + 1
            )
            take_back_copies(second.pk)
            carry_over(second.pk, into=into)
            moved |= {into, before.pk}
    if moved:
        trace_seconds()
        rewrite_planned_hours(moved, municipality=before.municipality)


def protect_the_new(
    owner_of: Iterable[tuple[UUID, UUID]], changes: Sequence[Change], by: UUID | None
) -> None:
    """Let a person who is made of a protected one's rows be protected as that one is.

    Args:
        owner_of: rows and the participants they are about from now on; the links say still whom
            they were about.
    """
    marked = RowLink.objects.filter(participant__is_protected=True, participant__absorbed_by=None)
    of_row = dict(marked.values_list("row_id", "participant_id"))
    if not of_row:
        return
    people = {c.participant.pk: c.participant for c in changes if c.participant is not None}
    parted = {
        (owner, of_row[row])
        for row, owner in owner_of
        if row in of_row and of_row[row] != owner and owner in people
    }
    for owner, before in sorted(parted):
        if not people[owner].is_protected:
            share_protection(
                participant=people[owner], parted_from=Participant.objects.get(pk=before), by=by
            )


def _told_of_participants() -> list[tuple[Any, str]]:
    """Return every table that tells something of a participant, with the column that says whom."""
    return [
        (relation.related_model, relation.field.name)
        for relation in relations_to_participants()
        if relation.related_model not in (Participant, ProtectionMark, RowLink)
        and relation.on_delete is not models.SET_NULL
    ]


def erase(people: Collection[UUID]) -> None:
    """Take away those about whom nobody says anything, as if they had never come.

    What was done with them stays in the log. Nobody with a mark of a protected address is erased,
    nor anybody with a plan, a timetable or ties, or of whom something is said to be registered, or
    any record of a later context (``records``): those are no part of what a file brought.
    """
    if not people:
        return
    kept = ProtectionMark.objects.filter(participant__in=people).values_list(
        "participant_id", flat=True
    )
    agreed = plans_of_people(people).keys() | people_with_timetables(people)
    agreed |= people_with_ticks(people) | records_of_people(people).keys()
    doomed = sorted(set(people) - set(kept) - agreed)
    for at in range(0, len(doomed), _AT_A_TIME):
        some = doomed[at : at + _AT_A_TIME]
        seconds = Participant.objects.filter(turned_out_to_be__in=some)
        everybody = [*seconds.values_list("pk", flat=True), *some]
        RowLink.objects.filter(was_about__in=everybody).update(was_about=None)
        RowLink.objects.filter(participant__in=everybody).delete()
        for model, name in _told_of_participants():
            model.objects.filter(**{f"{name}__in": everybody}).delete()
        everyone = Participant.objects.filter(pk__in=everybody)
        everyone.update(absorbed_by=None, turned_out_to_be=None)
        everyone.delete()
