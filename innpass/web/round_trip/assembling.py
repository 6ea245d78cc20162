"""Filling the pages of the round trip."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.jobs.queries import waits_in_vain
from innpass.casework.round_trip.comparing import Comparison, Edited, NewRow, Unread
from innpass.casework.round_trip.queries import (
    NotReadable,
    Ordered,
    SheetReturn,
    SourceFile,
    forms,
    ordered,
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
    EnteringPage,
    FormChoice,
    FormPage,
    NewRowLine,
    PersonEdits,
    Result,
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
    returns = returns_of(file)
    applied = tuple(_applied(each) for each in returns)
    order = ordered(file)
    result = _result(order, returns, actor) if order else None
    try:
        found = read_returned(file, on=on)
    except NotReadable as refusal:
        return ReturnedPage(file.pk, file.name, str(refusal), applied=applied, result=result)
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
        result=result,
    )


def entering_page(file: SourceFile, order: Ordered) -> EnteringPage:
    """Return how far the worker has come with a sheet."""
    job = order.job
    has_begun = bool(job and job.status == "running")
    done, total = (job.progress_done, job.progress_total) if job and has_begun else (0, 0)
    said = job.message if job and has_begun else ""
    return EnteringPage(
        pk=file.pk,
        name=file.name,
        now=said or (_("Begynner") if has_begun else _("Venter på tur")),
        percent=round(100 * done / (total + 1)) if total else 0,
        obstacle=_(
            "Ingen arbeidsprosess tar imot nå, så ingenting er ført inn ennå. Arbeidet begynner av "
            "seg selv når «innpass worker» går igjen. Si fra til den som drifter Innpass."
        )
        if job and waits_in_vain(job)
        else "",
    )


def _result(order: Ordered, returns: Sequence[SheetReturn], actor: Actor) -> Result | None:
    """Say what became of a sheet; nothing of what was taken back since.

    Why a value could not stand, only whoever asked reads: it may tell of somebody whom others do
    not see.
    """
    is_mine = order.order.asked_by_id == actor.user_id
    if order.problem:
        why = order.problem if is_mine else _("Den som ba om det, ser hvorfor.")
        return Result("danger", _("Arket ble ikke ført inn."), (why,))
    outcome = order.order.outcome
    if outcome is None:
        return None
    if any(str(each.act) == outcome["act"] and each.taken_back_at for each in returns):
        return None
    left = []
    if outcome["left"]:
        said = ngettext(
            "%(count)s celle er endret i Innpass i mellomtiden og står urørt.",
            "%(count)s celler er endret i Innpass i mellomtiden og står urørt.",
            outcome["left"],
        )
        left.append(said % {"count": outcome["left"]})
    if is_mine:
        left += outcome["refused"]
    if outcome["act"] is None:
        return Result("info", _("Ingenting ble endret."), tuple(left))
    said = ngettext(
        "%(count)s celle er ført inn.", "%(count)s celler er ført inn.", outcome["cells"]
    ) % {"count": outcome["cells"]}
    if outcome["new_people"]:
        new = ngettext(
            "%(count)s ny deltaker er lagt til.",
            "%(count)s nye deltakere er lagt til.",
            outcome["new_people"],
        ) % {"count": outcome["new_people"]}
        said = f"{said} {new}" if outcome["cells"] else new
    return Result("success", said, tuple(left))


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
