"""Filling the preview and the result: all that happens, cut to what the viewer may see."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.imports.queries import ImportBatch, State, Undoing, undoings_of
from innpass.casework.imports.services import may_cancel
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.queries import (
    TABLE_FIELDS,
    VisiblePreview,
    owners_of,
    visible_preview,
)
from innpass.domain.access.policy import (
    MayNot,
    check_may_apply_import,
    may_apply_import,
    may_see_questions,
)
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.sentences import question_sentence
from innpass.domain.linking.rows import Reason
from innpass.domain.linking.sentences import sentence
from innpass.web.design.pages import Paging, paging
from innpass.web.design.templatetags.design import day, hours, moment
from innpass.web.design.words import BODIES, capitalised, field_label, in_words, listed
from innpass.web.imports.assembling import file_reports, handed_in_by
from innpass.web.imports.pages import (
    DonePage,
    FieldDifference,
    GoneRow,
    PersonPreview,
    PreviewPage,
    QuestionPreview,
)

_TABLES = {
    "elements": gettext_lazy("Aktivitet"),
    "leave": gettext_lazy("Permisjon"),
    "absences": gettext_lazy("Fravær"),
    "decisions": gettext_lazy("Vedtak"),
    "tests": gettext_lazy("Norskprøve"),
    "placements": gettext_lazy("Praksis"),
}
_HIDDEN = "(skjult)"  # how a preview says that there is an identity number


def preview_page(batch: ImportBatch, state: State, *, actor: Actor) -> PreviewPage:
    """Return the preview of an import that is ready."""
    seen = visible_preview(batch.preview or {}, actor=actor)
    totals = seen.totals
    obstacle = ""
    try:
        check_may_apply_import(actor, owners=owners_of(batch))
    except MayNot as refusal:
        obstacle = str(refusal)
    return PreviewPage(
        id=batch.pk,
        at=batch.created_at,
        by=handed_in_by(batch),
        files=file_reports(seen.files, owner_href=_owner_href(batch, actor)),
        new_total=totals["new"],
        changed_total=totals["changed"],
        unchanged_total=totals["unchanged"],
        gone_total=totals["gone"],
        question_total=totals["questions"],
        unlinked_total=totals["unlinked"],
        new_people=tuple(_new(entry) for entry in seen.new_people),
        changed_people=tuple(_changed(entry) for entry in seen.changed_people),
        gone_rows=tuple(_gone(entry) for entry in seen.gone),
        questions=tuple(_question(entry) for entry in seen.questions)
        if may_see_questions(actor)
        else (),
        may_apply=not obstacle,
        may_cancel=may_cancel(actor, batch),
        obstacle=obstacle or state.problem,
    )


NEW, CHANGED, GONE = "nye", "endret", "borte"  # which page of which list, in the address
_PAGE_SIZE = 50


def done_page(
    batch: ImportBatch, state: State, *, actor: Actor, numbers: Mapping[str, int] | None = None
) -> DonePage:
    """Return how an import ended; one that was applied, with whom it was about.

    Args:
        numbers: which page of each list, from 1.
    """
    seen = visible_preview(batch.preview, actor=actor) if batch.preview else None
    totals = seen.totals if seen else {}
    applied = seen if state.code == "applied" else None
    lists = _lists(batch, applied, actor=actor, numbers=numbers or {}) if applied else {}
    return DonePage(
        state=state.code,
        at=batch.applied_at or batch.created_at,
        by=handed_in_by(batch),
        sentence=state.problem,
        new_total=totals.get("new", 0),
        changed_total=totals.get("changed", 0),
        unchanged_total=totals.get("unchanged", 0),
        gone_total=totals.get("gone", 0),
        question_total=totals.get("questions", 0),
        may_see_questions=may_see_questions(actor),
        **lists,
        files=file_reports(
            seen.files, owner_href=_owner_href(batch, actor) if state.code == "failed" else ""
        )
        if seen
        else (),
        undone=tuple(_undone(each) for each in undoings_of(batch)),
        undo_href=reverse("undoing:undo", args=[batch.pk])
        if applied and may_apply_import(actor, owners=owners_of(batch))
        else "",
    )


def _lists(
    batch: ImportBatch, seen: VisiblePreview, *, actor: Actor, numbers: Mapping[str, int]
) -> dict[str, Any]:
    """Return a page of each list, with the way to the others. Constant queries."""
    here = reverse("imports:batch", args=[batch.pk])

    def paged(name: str, total: int) -> Paging:
        def href(number: int) -> str:
            asked = {key: value for key, value in {**numbers, name: number}.items() if value > 1}
            return f"{here}?{urlencode(asked)}" if asked else here

        return paging(number=numbers.get(name, 1), size=_PAGE_SIZE, total=total, href=href)

    def part(pages: Paging) -> slice:
        return slice(max(pages.first - 1, 0), pages.last)

    new, changed, gone = (
        paged(name, total)
        for name, total in (
            (NEW, len(seen.new_ids)),
            (CHANGED, len(seen.changed_ids)),
            (GONE, len(seen.gone)),
        )
    )
    some_new, some_changed = seen.new_ids[part(new)], seen.changed_ids[part(changed)]
    known_new = {entry["participant"]: _new(entry) for entry in seen.new_people}
    known_changed = {entry["participant"]: _changed(entry) for entry in seen.changed_people}
    unknown = {*some_new} - known_new.keys() | {*some_changed} - known_changed.keys()
    people = visible_participants(actor).filter(pk__in=unknown)
    named = {
        str(pk): PersonPreview(name=name, href=reverse("participant:participant", args=[pk]))
        for pk, name in people.values_list("pk", "name")
    }
    return {
        "new_people": tuple(p for pk in some_new if (p := known_new.get(pk) or named.get(pk))),
        "changed_people": tuple(
            p for pk in some_changed if (p := known_changed.get(pk) or named.get(pk))
        ),
        "gone_rows": tuple(_gone(entry) for entry in seen.gone[part(gone)]),
        "new_paging": new,
        "changed_paging": changed,
        "gone_paging": gone,
    }


def _owner_href(batch: ImportBatch, actor: Actor) -> str:
    """Return where the viewer may say which body a file comes from."""
    return reverse("imports:owner", args=[batch.pk]) if may_cancel(actor, batch) else ""


def _undone(undoing: Undoing) -> str:
    values = {
        "by": undoing.undone_by or _("kommandolinjen"),
        "at": moment(undoing.undone_at),
        "why": undoing.reason,
    }
    if undoing.is_whole:
        return _("Angret av %(by)s %(at)s: %(why)s") % values
    return _("Angret for noen av personene av %(by)s %(at)s: %(why)s") % values


def place_of(file: str, sheet: str, cell: str) -> str:
    """Write where something stands: a cell, or a row where only its number is known."""
    what = _("rad %(number)s") % {"number": cell} if cell.isdecimal() else cell
    return f"{file}, {sheet}, {what}"


def _new(entry: Mapping[str, Any]) -> PersonPreview:
    born = date.fromisoformat(entry["born"]) if entry["born"] else None
    return PersonPreview(
        name=entry["name"],
        note=_("født %(day)s") % {"day": day(born)} if born else "",
        href=_address(entry),
        links=_links(entry["links"]),
    )


def _changed(entry: Mapping[str, Any]) -> PersonPreview:
    differences = tuple(_differences(entry["changes"], entry["places"]))
    return PersonPreview(
        name=entry["name"],
        note="" if differences else _("bare i felt du ikke leser"),
        href=_address(entry),
        differences=differences,
        links=_links(entry["links"]),
    )


def _gone(entry: Mapping[str, Any]) -> GoneRow:
    return GoneRow(
        name=entry["name"],
        place=place_of(entry["file"], entry["sheet"], str(entry["row"])),
        last_seen=localtime(datetime.fromisoformat(entry["seen"])).date()
        if entry["seen"]
        else None,
        href=_address(entry),
    )


def _address(entry: Mapping[str, Any]) -> str:
    """Return the page of the entry's person, who has none before the import is applied."""
    known = entry["participant"]
    return reverse("participant:participant", args=[known]) if known else ""


def _links(links: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return one sentence per row: ``Rad 14 i nav.xlsx, Brukere: samme fødselsnummer.``."""
    said = []
    for link in links:
        reasons = [_reason(each) for each in link["reasons"]]
        where = _("Rad %(row)s i %(file)s, %(sheet)s") % link
        said.append(f"{where}: {listed(reasons)}." if reasons else f"{where}.")
    return tuple(said)


def _reason(reason: Mapping[str, Any]) -> str:
    text = sentence(Reason(reason["code"], reason["values"])).removesuffix(".")
    return text[:1].lower() + text[1:]


def _differences(
    changes: Mapping[str, Any], places: Mapping[str, list[str]]
) -> Iterable[FieldDifference]:
    for name, (before, after) in changes.items():
        place = place_of(*places[name]) if name in places else ""
        if name in TABLE_FIELDS:
            for one, other in zip_longest(before, after):
                yield FieldDifference(
                    field=str(_TABLES[name]),
                    before=_row(name, one) if one else "",
                    after=_row(name, other) if other else "",
                    place=place,
                )
            continue
        yield FieldDifference(
            field=capitalised(field_label(name)),
            before=_value(name, before),
            after=_value(name, after),
            place=place,
        )


def _value(name: str, value: Any) -> str:
    if value == _HIDDEN:
        return _("står i filen, vises ikke")
    return in_words(name, value)


def _row(table: str, row: Mapping[str, Any]) -> str:
    """Write a row of a table in one line: what it is, its days, and the rest with their names."""
    fields = TABLE_FIELDS[table]
    said = [
        in_words(fields[column], row[column])
        for column in ("unit", "kind", "area")
        if row.get(column)
    ]
    if table == "tests":
        said.append(in_words("test.date", row.get("day")))
    if row.get("first_day") or row.get("last_day"):
        first, last = (in_words(fields[c], row.get(c)) for c in ("first_day", "last_day"))
        said.append(f"{first}–{last}")
    if row.get("hours_per_week") is not None:
        said.append(_("%(hours)s i uka") % {"hours": hours(row["hours_per_week"])})
    shown = {"unit", "kind", "area", "day", "first_day", "last_day", "hours_per_week"}
    for column, name in fields.items():
        value = row.get(column)
        if column in shown or value in (None, "", False):
            continue
        if column == "has_contract" and row.get("contract"):
            continue
        label = field_label(name)
        said.append(label if value is True else f"{label}: {in_words(name, value)}")
    return ", ".join(part for part in said if part)


def _question(entry: Mapping[str, Any]) -> QuestionPreview:
    return QuestionPreview(
        place=place_of(entry["file"], entry["sheet"], entry["cell"]),
        text="",
        sentence=question_sentence(
            entry["kind"], field=field_label(entry["field"]), text=entry["text"]
        ),
        answered_by=listed([str(BODIES[body]) for body in entry["asks"]]),
    )
