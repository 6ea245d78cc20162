"""Pasting a block copied from a spreadsheet: read, shown, and only then saved."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from innpass.casework.overview.columns import editable_columns, readable_columns
from innpass.casework.reconciliation.standing import standing_values
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.overview.addresses import plain
from innpass.web.overview.cells import Field, field_of
from innpass.web.overview.editing import NOTHING_TO_EDIT
from innpass.web.overview.marking import asked_for, marked, on_page
from innpass.web.overview.pages import LABELS
from innpass.web.overview.proposing import MOST_PEOPLE, Proposals, propose

LONGEST_PASTE = 500_000
MOST_COLUMNS = 40
SKIP = "-"  # a pasted column that is about no field


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """A column of what was pasted, and the field it is about; an empty one is left out."""

    number: int
    chosen: str
    sample: str


@dataclass(frozen=True, slots=True)
class PastePage:
    """The page ``overview/paste.html``.

    Attributes:
        people: the rows that are pasted into, as ids, from the first on.
        names: the first and the last of them.
        fields: what a pasted column can be about.
        notices: sentences about what of the block was left out.
        proposals: what it would do; ``None`` before anything was pasted.
    """

    people: tuple[UUID, ...]
    names: tuple[str, str]
    fields: tuple[Field, ...]
    first: str
    text: str
    back_href: str
    columns: tuple[PastedColumn, ...] = ()
    notices: tuple[str, ...] = ()
    proposals: Proposals | None = None


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Ask for a block, and show what it would change."""
    actor = actor_of(request)
    address, _offered = asked_for(request, actor)
    fields = fields_in_order(actor, shown=address.columns(readable_columns(actor)))
    if not fields:
        raise MayNot(NOTHING_TO_EDIT)
    ids = marked(request) or on_page(request, actor)
    people = standing_values(ids[:MOST_PEOPLE], [], actor=actor)
    first = request.POST.get("first", "")
    first = first if first in fields else fields[0]
    text = request.POST.get("text", "")[:LONGEST_PASTE]
    rows = block(text)
    chosen = _chosen(request, rows, fields, first)
    kept = [place for place, name in enumerate(chosen) if name != SKIP]
    page = PastePage(
        people=tuple(person.pk for person in people),
        names=(people[0].name, people[-1].name) if people else ("", ""),
        fields=tuple(field_of(name) for name in fields),
        first=first,
        text=text,
        back_href=list_href(request),
        columns=tuple(
            PastedColumn(place, name, rows[0][place] if place < len(rows[0]) else "")
            for place, name in enumerate(chosen)
        ),
        notices=tuple(_notices(rows, len(people), set(kept))),
        proposals=propose(
            [person.pk for person in people],
            [chosen[place] for place in kept],
            [[row[place] for place in kept if place < len(row)] for row in rows],
            actor,
        )
        if rows and people
        else None,
    )
    return render(request, "overview/paste.html", {"page": page})


def fields_in_order(actor: Actor, *, shown: Sequence[str] = ()) -> list[str]:
    """Return the fields one may edit: those of the shown columns in their order, then others."""
    mine = editable_columns(actor)
    keys = dict.fromkeys(["name", *shown, *LABELS])
    return [name for key in keys for name in mine.get(key, ())]


def block(text: str) -> list[list[str]]:
    r"""Take a block apart as a spreadsheet puts it on the clipboard: tabs, lines, quoted cells.

    Example:
        >>> block('Per Hauge\\t1.6.2026\\n"to\\nlinjer"\\t\\n')
        [['Per Hauge', '1.6.2026'], ['to linjer', '']]
    """
    if not text.strip():
        return []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    lines: Sequence[Sequence[str]]
    try:
        lines = list(csv.reader(StringIO(text), delimiter="\t", strict=True))
    except csv.Error:  # a quotation mark that is only a quotation mark
        lines = [line.split("\t") for line in text.split("\n")]
    return [[plain(" ".join(each.split())) for each in line] or [""] for line in lines]


def _chosen(
    request: HttpRequest, rows: list[list[str]], fields: list[str], first: str
) -> list[str]:
    """Return the field of each pasted column: as chosen, else one after the other."""
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    after = fields[fields.index(first) :]
    taken: set[str] = set()
    chosen = []
    for place in range(width):
        usual = after[place] if place < len(after) else SKIP
        name = request.POST.get(f"column-{place}", usual)
        name = name if name in fields and name not in taken else SKIP
        taken.add(name)
        chosen.append(name)
    return chosen


def _notices(rows: list[list[str]], people: int, kept: set[int]) -> list[str]:
    notices = []
    if len(rows) > people:
        over = len(rows) - people
        notices.append(
            ngettext(
                "Du limte inn %(rows)s rader, men det er plass til %(people)s. %(over)s rad er "
                "ikke med.",
                "Du limte inn %(rows)s rader, men det er plass til %(people)s. %(over)s rader er "
                "ikke med.",
                over,
            )
            % {"rows": len(rows), "people": people, "over": over}
        )
    width = max((len(row) for row in rows), default=0)
    # Nothing is lost of a column in which nothing stands, as beside a marked range.
    held = {place for row in rows for place, text in enumerate(row) if text}
    if over := len(held - kept):
        notices.append(
            _("Du limte inn %(width)s kolonner. %(over)s av dem er ikke med.")
            % {"width": width, "over": over}
        )
    return notices
