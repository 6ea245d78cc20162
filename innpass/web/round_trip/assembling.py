"""Filling the pages of the round trip."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.round_trip.comparing import Comparison, Edited, NewRow, Unread
from innpass.casework.round_trip.queries import (
    NotReadable,
    SheetReturn,
    SourceFile,
    forms,
    read_returned,
    returns_of,
)
from innpass.casework.round_trip.services import DAYS_KEPT
from innpass.domain.access.policy import may_import, may_read
from innpass.domain.access.roles import Actor
from innpass.web.design.words import capitalised, field_label, in_words
from innpass.web.round_trip.pages import (
    AppliedLine,
    ConflictLine,
    EditLine,
    FormChoice,
    FormPage,
    NewRowLine,
    PersonEdits,
    ReturnedPage,
    UnreadLine,
)

LISTED = 200


def form_page(*, actor: Actor, problem: str = "") -> FormPage:
    """Return the choice of form."""
    return FormPage(
        forms=tuple(
            FormChoice(
                file.pk,
                file.name if may_read(actor, "provenance") else _("Felles oversiktsark"),
                file.batch.applied_at if file.batch else None,
            )
            for file in forms()
        ),
        may_import=may_import(actor),
        days_kept=DAYS_KEPT,
        problem=problem,
    )


def returned_page(file: SourceFile, *, actor: Actor, on: date) -> ReturnedPage:
    """Return what was edited in a sheet that came back."""
    applied = tuple(_applied(each) for each in returns_of(file))
    try:
        found = read_returned(file, on=on)
    except NotReadable as refusal:
        return ReturnedPage(file.pk, file.name, str(refusal), applied=applied)
    seen = found.comparison(actor)
    export = found.export
    return ReturnedPage(
        pk=file.pk,
        name=file.name,
        exported_at=export.made_at,
        exported_by=str(export.made_by) if export.made_by else _("Kommandolinjen"),
        keep_until=export.keep_until,
        edits=_by_person(seen.edits, seen)[:LISTED],
        edit_total=len(seen.edits),
        person_total=len({each.participant for each in seen.edits}),
        conflicts=tuple(_conflict(each, seen) for each in seen.conflicts[:LISTED]),
        conflict_total=len(seen.conflicts),
        new_rows=tuple(_new(each) for each in seen.new_rows[:LISTED]),
        new_total=len(seen.new_rows),
        unread=tuple(_unread(each, seen) for each in seen.unread[:LISTED]),
        unread_total=len(seen.unread),
        removed=tuple(person.name for person in seen.removed[:LISTED]),
        removed_total=len(seen.removed),
        same=seen.same,
        applied=applied,
    )


def _address(person: UUID) -> str:
    return reverse("participant:participant", args=[person])


def _label(name: str) -> str:
    return capitalised(field_label(name)) if name else ""


def _by_person(edits: Sequence[Edited], seen: Comparison) -> tuple[PersonEdits, ...]:
    lines: dict[UUID, list[EditLine]] = {}
    for each in edits:
        lines.setdefault(each.participant, []).append(
            EditLine(
                field=_label(each.field),
                place=f"{each.sheet}, {each.cell}",
                before=in_words(each.field, each.before),
                after=in_words(each.field, each.after),
            )
        )
    return tuple(
        PersonEdits(seen.people[pk].name, _address(pk), tuple(some)) for pk, some in lines.items()
    )


def _conflict(each: Edited, seen: Comparison) -> ConflictLine:
    return ConflictLine(
        id=each.id,
        seen=each.seen,
        person=seen.people[each.participant].name,
        href=_address(each.participant),
        field=_label(each.field),
        place=f"{each.sheet}, {each.cell}",
        before=in_words(each.field, each.before),
        now=in_words(each.field, each.now),
        after=in_words(each.field, each.after),
    )


def _new(row: NewRow) -> NewRowLine:
    return NewRowLine(
        id=row.id,
        name=str(row.values["name"]),
        place=_("%(sheet)s, rad %(row)s") % {"sheet": row.sheet, "row": row.number},
        values=tuple(
            (_label(name), in_words(name, value))
            for name, value in row.values.items()
            if name != "name"
        ),
        alike=tuple((person.name, _address(person.pk)) for person in row.alike),
        obstacle=row.obstacle,
    )


def _unread(each: Unread, seen: Comparison) -> UnreadLine:
    person = seen.people.get(each.participant) if each.participant else None
    where = _("rad %(row)s") % {"row": each.cell} if each.cell.isdecimal() else each.cell
    return UnreadLine(
        person=person.name if person else "",
        field=_label(each.field),
        place=f"{each.sheet}, {where}",
        text=each.text,
        sentence=each.sentence,
    )


def _applied(each: SheetReturn) -> AppliedLine:
    return AppliedLine(
        pk=each.pk,
        at=each.applied_at,
        by=str(each.applied_by) if each.applied_by else _("Kommandolinjen"),
        cells=each.cells,
        new_people=each.new_people,
        taken_back_at=each.taken_back_at,
        may_take_back=each.taken_back_at is None,
    )
