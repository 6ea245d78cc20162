"""Editing one person's cells: a page of its own without a script, and in place with one."""

import json
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.overview.columns import (
    COLUMN_OF_FIELD,
    EDITED_FIELDS,
    check_may_edit,
    editable_columns,
)
from innpass.casework.overview.known_names import known_names
from innpass.casework.reconciliation.present import is_of_detail, kind_of
from innpass.casework.reconciliation.standing import Standing, Way, standing_values
from innpass.casework.reconciliation.taking_back import CannotTakeBack, take_back
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.typed import LONGEST_TYPED, as_text
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.overview.assembling import rows_of
from innpass.web.overview.cells import Field, field_of, mark_key, text_of
from innpass.web.overview.elsewhere import form_href
from innpass.web.overview.marking import asked_for, marked
from innpass.web.overview.pages import LABELS
from innpass.web.overview.saving import (
    Change,
    NotUnderstood,
    Saved,
    as_json,
    changes_from_json,
    said_of,
    save,
)

SESSION_SAVED = "overview_saved"
NOTHING_TO_EDIT = "Rollen din kan ikke endre noe i oversikten."


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field of the form: what stands in it, and what is wrong with it.

    ``theirs`` is the text that somebody else wrote meanwhile; ``None`` where nobody did. ``names``
    are offered where somebody who works here is named. ``lacking`` says why nothing can be typed,
    and ``elsewhere_href`` is where it can; both are empty where it can be typed here.
    """

    field: Field
    text: str
    problem: str = ""
    theirs: str | None = None
    names: tuple[str, ...] = ()
    lacking: str = ""
    elsewhere_href: str = ""

    @property
    def is_contested(self) -> bool:
        """Tell whether somebody else was first here."""
        return self.theirs is not None


@dataclass(frozen=True, slots=True)
class CellPage:
    """The page ``overview/cell.html``: some fields of one person.

    ``seen`` is what stood in them when the page was made, as JSON; so it survives the browser.
    """

    name: str
    heading: str
    person_href: str
    back_href: str
    fields: tuple[TypedField, ...]
    seen: str

    @property
    def has_conflict(self) -> bool:
        """Tell whether somebody else was first at one of the fields."""
        return any(each.is_contested for each in self.fields)


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: UUID, column: str = "") -> HttpResponse:
    """Show the fields of a cell, or of a whole row, and save what was typed."""
    actor = actor_of(request)
    names = _fields(column, actor)
    found = standing_values([pk], names, actor=actor)
    if not found:
        raise Http404
    page = _page(request, found[0], column, actor=actor)
    if request.method != "POST":
        return render(request, "overview/cell.html", {"page": page})
    seen = _seen(request.POST.get("seen", ""))
    typed = {name: as_text(request.POST.get(name, seen.get(name, ""))).strip() for name in names}
    changes = [
        Change(
            pk,
            name,
            typed[name][:LONGEST_TYPED],
            seen[name],
            seen.get(mark_key(name), "") if is_of_detail(name) else None,
        )
        for name in names
        if name in seen and typed[name] != seen[name].strip()
    ]
    saved = save(changes, actor=actor, way=Way.CELL, all_or_none=True)
    if not saved.left:
        remember_saved(request, saved, actor=actor)
        return HttpResponseRedirect(list_href(request))
    return render(
        request, "overview/cell.html", {"page": _with_results(page, changes, saved)}, status=422
    )


def _fields(column: str, actor: Actor) -> tuple[str, ...]:
    if column and column not in EDITED_FIELDS:
        raise Http404
    mine = editable_columns(actor)
    if column and column not in mine:
        check_may_edit(actor, EDITED_FIELDS[column][0])
        raise MayNot(NOTHING_TO_EDIT)
    if not mine:
        raise MayNot(NOTHING_TO_EDIT)
    columns = [column] if column else [key for key in LABELS if key in mine]
    return tuple(name for key in columns for name in mine[key])


def _page(request: HttpRequest, person: Standing, column: str, *, actor: Actor) -> CellPage:
    texts = {name: text_of(value) for name, value in person.values.items()}
    known = known_names(texts, actor=actor, on=today())
    # What was typed while there was something to type in is kept.
    lacking = person.lacking.keys() - request.POST.keys()
    return CellPage(
        name=person.name,
        heading=str(LABELS[column]) if column else _("Endre raden"),
        person_href=reverse("participant:participant", args=[person.pk]),
        back_href=list_href(request),
        fields=tuple(
            _lacking(name, person, actor)
            if name in lacking
            else TypedField(field_of(name), text, names=known.get(name, ()))
            for name, text in texts.items()
            if name not in lacking or name == EDITED_FIELDS[COLUMN_OF_FIELD[name]][0]
        ),
        seen=json.dumps(
            texts | {mark_key(name): mark for name in texts if (mark := person.mark(name))},
            ensure_ascii=False,
        ),
    )


def _lacking(name: str, person: Standing, actor: Actor) -> TypedField:
    """Return what stands in the place of the fields of a column in which nothing can be typed."""
    mark = person.mark(name) or ""
    return TypedField(
        replace(field_of(name), label=str(LABELS[COLUMN_OF_FIELD[name]])),
        "",
        lacking=person.lacking[name],
        elsewhere_href=form_href(kind_of(name), mark=mark, person=person.pk, actor=actor),
    )


def _seen(text: str) -> dict[str, str]:
    try:
        return {str(name): str(value) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _with_results(page: CellPage, changes: list[Change], saved: Saved) -> CellPage:
    """Return the page with the typed text, what is wrong beside it, and what stands there now."""
    typed = {change.field: change.text for change in changes}
    left = {result.change.field: result for result in saved.left}
    now = {r.change.field: r.theirs for r in saved.saved}  # saved beside what was not
    fields = []
    for each in page.fields:
        name = each.field.name
        result = left.get(name)
        fields.append(
            replace(
                each,
                text=typed.get(name, each.text),
                problem=result.sentence if result else "",
                theirs=result.theirs if result and result.code == "conflict" else None,
            )
        )
    seen = json.dumps(_seen(page.seen) | now, ensure_ascii=False)
    return replace(page, fields=tuple(fields), seen=seen)


def remember_saved(request: HttpRequest, saved: Saved, *, actor: Actor) -> None:
    """Keep what was saved for the list, which says it once and offers to take it back."""
    if said := said_of(saved, actor=actor):
        request.session[SESSION_SAVED] = {"said": said, "act": str(saved.act)}


@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """Tell the script that edits cells which names to offer, by field."""
    actor = actor_of(request)
    mine = editable_columns(actor)
    if not mine:
        raise MayNot(NOTHING_TO_EDIT)
    fields = [name for column in mine.values() for name in column]
    return JsonResponse(known_names(fields, actor=actor, on=today()))


@require_POST
def save_cells(request: HttpRequest) -> HttpResponse:
    """Save what was typed in place; answer with the rows as they are now, and what is left."""
    actor = actor_of(request)
    if not editable_columns(actor):
        raise MayNot(NOTHING_TO_EDIT)
    try:
        changes = changes_from_json(request.POST.get("changes", ""))
    except NotUnderstood as error:
        return JsonResponse({"sentence": str(error)}, status=422)
    saved = save(changes, actor=actor, way=Way.CELL, all_or_none=True)
    ids = {change.participant for change in changes}
    address, _offered = asked_for(request, actor)
    page = rows_of(ids, address=address, actor=actor, on=today())
    return JsonResponse(
        {
            "rows": render_to_string("overview/rows.html", {"page": page}, request),
            "left": [as_json(result) for result in saved.left],
            "said": said_of(saved, actor=actor),
            "act": str(saved.act) if saved.saved else "",
        }
    )


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one act: a cell, a paste or a bulk change.

    A script names the people whose rows it shows, and gets them as they are now.
    """
    actor = actor_of(request)
    if not editable_columns(actor):
        raise MayNot(NOTHING_TO_EDIT)
    is_script = request.headers.get("Accept", "").startswith("application/json")
    try:
        take_back(
            UUID(request.POST.get("act", "")), municipality_id=actor.municipality_id, by=actor
        )
        answer = {"said": _("Angret. Det som sto der før, gjelder igjen."), "sentence": ""}
    except ValueError:
        answer = {"said": "", "sentence": _("Vi fant ikke det som skulle angres.")}
    except CannotTakeBack as error:
        answer = {"said": "", "sentence": str(error)}
    if is_script:
        address, _offered = asked_for(request, actor)
        page = rows_of(marked(request), address=address, actor=actor, on=today())
        rows = render_to_string("overview/rows.html", {"page": page}, request)
        return JsonResponse({**answer, "rows": rows})
    request.session[SESSION_SAVED] = {**answer, "act": ""}
    return HttpResponseRedirect(list_href(request))
