"""Filling the page that shows what undoing an import would do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.drafts.queries import draft_of
from innpass.casework.drafts.services import discard_draft, keep_draft
from innpass.casework.imports.queries import ImportBatch
from innpass.casework.participants.queries import Participant, visible_participants
from innpass.casework.reconciliation.queries import TABLE_FIELDS, readable_changes
from innpass.casework.reconciliation.reaching import CannotUndo, Reach, reach_of
from innpass.casework.reconciliation.since import PLAN, RECORD, TICKS, TIMETABLE, WHOM, ChangedSince
from innpass.casework.reconciliation.undo_preview import find_undo_preview, undo_preview_state
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import plain
from innpass.web.design.templatetags.design import moment
from innpass.web.design.words import capitalised, field_label, in_words
from innpass.web.undoing.forms import UndoForm
from innpass.web.undoing.pages import Difference, Person, Since, UndoPage

LISTED = 100
_TYPED = ("reason", "people", "others")
_TABLES = {
    "elements": "activity.kind",
    "leave": "leave.first_day",
    "absences": "absence.first_day",
    "decisions": "decision.kind",
    "tests": "test.date",
    "placements": "placement.unit",
}


def undo_page(
    batch: ImportBatch, *, actor: Actor, data: Mapping[str, Any] | None = None, obstacle: str = ""
) -> UndoPage:
    """Return the page; ``data`` is what was posted, ``obstacle`` why it was refused."""
    page = UndoPage(
        href=reverse("undoing:undo", args=[batch.pk]),
        batch_href=reverse("imports:batch", args=[batch.pk]),
        files=tuple(file.name for file in batch.files.all()),
        at=batch.applied_at,
    )
    try:
        reach = reach_of(batch)
        found = find_undo_preview(batch, by=actor)
    except CannotUndo as no:
        first = reverse("imports:batch", args=[no.first.pk]) if no.first else ""
        return replace(page, obstacle=str(no), first_href=first)
    seen = _seen(reach.touched | (found.people if found else set()), actor)
    may = readable(actor)
    page = replace(
        page,
        obstacle=obstacle,
        since=tuple(_since(reach, seen, may)),
        form=form_of(reach, seen, data, kept=None if data else _kept(batch, actor)),
    )
    if found is None:
        state = undo_preview_state(batch)
        return replace(page, trouble=state.problem if state else "")
    changed = [pk for pk in found.changed if pk in seen]
    listed = [pk for pk in changed if pk in found.differences][:LISTED]
    return replace(
        page,
        is_found=True,
        found_at=found.found_at,
        is_outdated=found.is_outdated,
        changed_total=len(changed),
        erased_total=len(found.erased & seen.keys()),
        kept_total=len(found.kept & seen.keys()),
        changed=tuple(
            _person(seen[pk], tuple(_differences(found.differences[pk], may))) for pk in listed
        ),
        erased=_people(found.erased, seen),
        kept=_people(found.kept, seen),
    )


def _seen(concerned: Collection[UUID], actor: Actor) -> dict[UUID, Participant]:
    """Return the people concerned whom the actor may see."""
    people = visible_participants(actor).order_by("name", "pk")
    return {person.pk: person for person in people if person.pk in concerned}


def _draft_name(batch: ImportBatch) -> str:
    return f"undo:{batch.pk}"


def keep_typed(batch: ImportBatch, *, actor: Actor, data: QueryDict) -> None:
    """Keep what is typed while the worker finds out what undoing would do."""
    if actor.user_id is not None:
        keep_draft(
            _draft_name(batch),
            {name: data.getlist(name) for name in _TYPED if name in data},
            user_id=actor.user_id,
            municipality_id=actor.municipality_id,
        )


def forget_typed(batch: ImportBatch, *, actor: Actor) -> None:
    """Forget what was typed: the import is undone."""
    discard_draft(_draft_name(batch), user_id=actor.user_id)


def _kept(batch: ImportBatch, actor: Actor) -> dict[str, Any] | None:
    draft = draft_of(_draft_name(batch), user_id=actor.user_id)
    if draft is None:
        return None
    typed: dict[str, list[str]] = draft.content
    return {
        "reason": "".join(typed.get("reason", ())),
        "people": typed.get("people", []),
        "others": "others" in typed,
    }


def form_of(
    reach: Reach,
    seen: Mapping[UUID, Participant],
    data: Mapping[str, Any] | None = None,
    *,
    kept: Mapping[str, Any] | None = None,
) -> UndoForm:
    """Return the form; it asks for whom only where somebody has changed something since.

    Args:
        kept: what was typed before, shown again where nothing is posted.
    """
    changed = [(str(pk), seen[pk].name) for pk in seen if pk in reach.changed]
    others = len((reach.touched - reach.changed.keys()) & seen.keys())
    label = ngettext(
        "Angre for den ene med rader i importen som ingen har endret noe om siden",
        "Angre for de %(count)s med rader i importen som ingen har endret noe om siden",
        others,
    )
    return UndoForm(data, initial=kept, people=changed, others=label % {"count": others})


def chosen_people(reach: Reach, form: UndoForm) -> set[UUID] | None:
    """Return for whom a valid form asks; ``None`` for everybody."""
    if "people" not in form.fields:
        return None
    chosen = {UUID(pk) for pk in form.cleaned_data["people"]}
    if form.cleaned_data["others"]:
        chosen |= reach.touched - reach.changed.keys()
    return chosen


def reach_and_form(
    batch: ImportBatch, *, actor: Actor, data: Mapping[str, Any]
) -> tuple[Reach, UndoForm]:
    """Return whom undoing would be about now, and the posted form as it fits that.

    Raises:
        CannotUndo: as ``reach_of``.
    """
    reach = reach_of(batch)
    return reach, form_of(reach, _seen(reach.touched, actor), data)


def _people(ids: Collection[UUID], seen: Mapping[UUID, Participant]) -> tuple[Person, ...]:
    return tuple(_person(seen[pk]) for pk in seen if pk in ids)[:LISTED]


def _person(person: Participant, differences: tuple[Difference, ...] | None = None) -> Person:
    return Person(
        name=person.name,
        href=reverse("participant:participant", args=[person.pk]),
        note=_("bare i felt du ikke leser") if differences == () else "",
        differences=differences or (),
    )


def _differences(changes: Mapping[str, Any], may: frozenset[str]) -> Iterable[Difference]:
    for name, (before, after) in readable_changes(changes, may).items():
        if name in TABLE_FIELDS:
            label = capitalised(field_label(_TABLES[name]))
            yield Difference(label, _count(before), _count(after))
        else:
            yield Difference(
                capitalised(field_label(name)), in_words(name, before), in_words(name, after)
            )


def _count(rows: Sequence[Any]) -> str:
    return ngettext("%(n)s rad", "%(n)s rader", len(rows)) % {"n": len(rows)} if rows else ""


def _since(reach: Reach, seen: Mapping[UUID, Participant], may: frozenset[str]) -> Iterable[Since]:
    for pk, person in seen.items():
        if pk in reach.changed:
            yield Since(
                name=person.name,
                href=reverse("history:history", args=[pk]),
                said=tuple(_said(each, may) for each in reach.changed[pk]),
            )


def _said(each: ChangedSince, may: frozenset[str]) -> str:
    values = {"by": each.by or _("kommandolinjen"), "at": moment(each.at)}
    if each.field == WHOM:
        return _("Hvem raden gjelder, ble avgjort av %(by)s %(at)s") % values
    if each.field == PLAN:
        return _("Har fått en integreringsplan %(at)s") % values
    if each.field == TIMETABLE:
        return _("Har fått timeplan, avtaler, oppmøte eller valgt norskmodell")
    if each.field == RECORD:
        return _("Har fått %(records)s") % {"records": each.value}
    if each.field == TICKS:
        return _("Hendelser er merket som registrert i NIR")
    name = access_name(plain(each.field))
    if name not in may:
        return _("Et felt du ikke leser, ble endret av %(by)s %(at)s") % values
    values["field"] = capitalised(field_label(each.field))
    if name.startswith("identifier.") or each.value is None:
        return _("%(field)s ble endret av %(by)s %(at)s") % values
    values["value"] = in_words(each.field, each.value)
    return _("%(field)s ble endret til «%(value)s» av %(by)s %(at)s") % values
