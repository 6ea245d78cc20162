"""The overview's address: filters, counter, order, page and which saved view was opened.

No name stands in it: the search is kept in the session, staff have tokens, and views ids.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from innpass.casework.overview.columns import COUNTER_FIELDS, FILTER_FIELDS
from innpass.casework.overview.queries import DEFAULT_SORT, SORTS, Selection
from innpass.casework.overview.saved_views import (
    SavedView,
    Views,
    selection_of,
    shown_columns,
)
from innpass.web.design.tokens import token_of

SESSION_SEARCH = "overview_search"
VIEW_WORD = "visning"
NO_VIEW = "alle"  # the whole list, where a view is what one starts with

# The words in the address, and what they stand for here.
FILTER_WORDS = {
    "status": "status",
    "steg": "step",
    "praksisveileder": "supervisor",
    "programradgiver": "adviser",
    "termin": "term",
    "klasse": "class_name",
    "spor": "track",
}
COUNTER_WORDS = {
    "under-kravet": "below",
    "over-fristen": "overdue",
    "besok": "visits",
    "praksis-slutter": "placement_ends",
    "program-slutter": "ending",
    "tiden-gar-ut": "running_out",
    "uten-praksis": "without_placement",
}
NAMED = ("supervisor", "adviser")  # filters whose values are names of staff
GROUP_WORDS = {"": "active", "avsluttet": "ended", "alle": "all"}
SORT_WORDS = {
    "behov": "need",
    "navn": "name",
    "steg": "step",
    "status": "status",
    "timer": "hours",
    "snitt": "average",
    "praksis": "placement",
    "neste": "next_step",
    "kontakt": "last_contact",
    "termin": "term",
    "program": "programme",
    "program-til": "programme_until",
    "norsk-til": "norwegian_until",
    "spor": "track",
    "niva": "level",
    "prove": "test",
    "programradgiver": "adviser",
    "praksisveileder": "supervisor",
    "nav": "nav_adviser",
    "larer": "teacher",
    "visma-flyktning": "visma_refugee",
    "visma-laring": "visma_learning",
    "socio": "socio",
    "overforing": "handover",
}
_WORD_OF_FILTER = {name: word for word, name in FILTER_WORDS.items()}
_WORD_OF_COUNTER = {name: word for word, name in COUNTER_WORDS.items()}
_WORD_OF_GROUP = {name: word for word, name in GROUP_WORDS.items()}
WORD_OF_SORT = {name: word for word, name in SORT_WORDS.items()}


def plain(text: str) -> str:
    """Return a text without control characters: no value has any, and PostgreSQL takes no NUL."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for. Unknown words, and what may not be read, are left out.

    Attributes:
        municipality: whose staff the tokens stand for.
        views: what the viewer may open, and has chosen.
        opened: the saved view that was opened. Filters and order follow the address, so that they
            can be changed; the columns are the view's.
    """

    selection: Selection
    page: int = 1
    municipality: UUID | None = None
    views: Views = field(default_factory=Views)
    opened: SavedView | None = None

    @classmethod
    def read(
        cls,
        request: HttpRequest,
        *,
        readable: frozenset[str],
        municipality: UUID,
        offered: Mapping[str, Sequence[str]],
        views: Views | None = None,
    ) -> Self:
        """Read a request's address, and the search kept in its session.

        Args:
            readable: the columns that the viewer may read.
            municipality: whose staff the tokens stand for.
            offered: the values of each filter, among which a token finds its name.
            views: among which a view's id finds the view.
        """
        said: QueryDict = request.GET
        filters = {
            name: value[:120]
            for word, name in FILTER_WORDS.items()
            if (value := said.get(word, "")) and FILTER_FIELDS[name] in readable
            if plain(value) == value
        }
        for name in NAMED:
            if token := filters.pop(name, ""):
                tokens = {token_of(each, municipality=municipality): each for each in offered[name]}
                if token in tokens:
                    filters[name] = tokens[token]
        for numeric in ("step", "track"):
            if numeric in filters and not filters[numeric].isdecimal():
                del filters[numeric]
        counter = COUNTER_WORDS.get(said.get("utvalg", ""), "")
        if counter and not readable.issuperset(COUNTER_FIELDS[counter]):
            counter = ""
        word = said.get("sorter", "")
        # Who needs action first, and who has ended, would tell what may not be read.
        default = DEFAULT_SORT if readable >= {"next_step", "status"} else "name"
        sort = SORT_WORDS.get(word.removeprefix("-"), default)
        if sort not in SORTS or sort not in {*readable, default}:
            sort = default
        group = GROUP_WORDS.get(said.get("vis", ""), "active") if "programme" in readable else "all"
        number = said.get("side", "1")
        return cls(
            Selection(
                filters=filters,
                counter=counter,
                group=group,
                search=str(request.session.get(SESSION_SEARCH, ""))[:100],
                sort=sort,
                descending=word.startswith("-"),
            ),
            page=int(number) if number.isdecimal() and len(number) < 7 else 1,
            municipality=municipality,
            views=views or Views(),
            opened=(views or Views()).find(_id(said.get(VIEW_WORD, ""))),
        )

    def opening(self, view: SavedView | None, readable: frozenset[str]) -> "Address":
        """Return the address that opens a saved view; ``None`` opens the whole list."""
        chosen = selection_of(view, may=readable) if view else Selection()
        return replace(self, selection=chosen, page=1, opened=view)

    def columns(self, readable: frozenset[str]) -> tuple[str, ...]:
        """Return the columns to show in their order, without the name, which comes first."""
        chosen = self.opened.columns if self.opened else self.views.columns
        return shown_columns(readable, counter=self.selection.counter, chosen=chosen)

    def differs(self, readable: frozenset[str]) -> bool:
        """Tell whether other rows, or in another order, are shown than the opened view says."""
        if self.opened is None:
            return False
        said = selection_of(self.opened, may=readable, search=self.selection.search)
        return said != self.selection

    def closed(self) -> "Address":
        """Return the address of everybody, in the same order, without a view."""
        chosen = Selection(sort=self.selection.sort, descending=self.selection.descending)
        return replace(self, selection=chosen, page=1, opened=None)

    def with_(self, **changes: object) -> "Address":
        """Return the address of the first page of a changed selection."""
        chosen = replace(self.selection, **changes)  # type: ignore[arg-type]
        return replace(self, selection=chosen, page=1)

    def at(self, page: int) -> "Address":
        """Return the address of another page of the same selection."""
        return replace(self, page=page)

    def value(self, name: str, value: str) -> str:
        """Return how a filter's value is written in the address."""
        return token_of(value, municipality=self.municipality) if name in NAMED else value

    def words(self) -> dict[str, str]:
        """Return the address's parts, without what is as usual."""
        chosen = self.selection
        parts = {
            _WORD_OF_FILTER[name]: self.value(name, value) for name, value in chosen.filters.items()
        }
        if chosen.counter:
            parts["utvalg"] = _WORD_OF_COUNTER[chosen.counter]
        if chosen.group != "active":
            parts["vis"] = _WORD_OF_GROUP[chosen.group]
        if chosen.sort != DEFAULT_SORT or chosen.descending:
            parts["sorter"] = ("-" if chosen.descending else "") + WORD_OF_SORT[chosen.sort]
        if self.page > 1:
            parts["side"] = str(self.page)
        if self.opened:
            parts[VIEW_WORD] = str(self.opened.pk)
        elif not parts and self.views.start:
            parts[VIEW_WORD] = NO_VIEW
        return parts

    def href(self, view: str = "overview:overview") -> str:
        """Spell the address out."""
        words = self.words()
        return reverse(view) + (f"?{urlencode(words)}" if words else "")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
