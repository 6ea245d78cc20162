"""The overview's address: filters, counter, order and page. The search is never in it."""

from dataclasses import dataclass, replace
from typing import Self

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from innpass.casework.overview.columns import COUNTER_FIELDS, FILTER_FIELDS
from innpass.casework.overview.queries import DEFAULT_SORT, SORTS, Selection

SESSION_SEARCH = "overview_search"

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
    "uten-praksis": "without_placement",
}
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


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for. Unknown words, and what may not be read, are left out."""

    selection: Selection
    page: int = 1

    @classmethod
    def read(cls, request: HttpRequest, *, readable: frozenset[str]) -> Self:
        """Read a request's address, and the search kept in its session."""
        said: QueryDict = request.GET
        filters = {
            name: said.get(word, "")[:120]
            for word, name in FILTER_WORDS.items()
            if said.get(word) and FILTER_FIELDS[name] in readable
        }
        for numeric in ("step", "track"):
            if numeric in filters and not filters[numeric].isdecimal():
                del filters[numeric]
        counter = COUNTER_WORDS.get(said.get("utvalg", ""), "")
        if counter and not readable.issuperset(COUNTER_FIELDS[counter]):
            counter = ""
        word = said.get("sorter", "")
        # Who needs action first, and who has ended, would tell what may not be read.
        default = DEFAULT_SORT if "next_step" in readable else "name"
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
        )

    def with_(self, **changes: object) -> "Address":
        """Return the address of the first page of a changed selection."""
        return Address(replace(self.selection, **changes))  # type: ignore[arg-type]

    def at(self, page: int) -> "Address":
        """Return the address of another page of the same selection."""
        return Address(self.selection, page)

    def words(self) -> dict[str, str]:
        """Return the address's parts, without what is as usual."""
        chosen = self.selection
        parts = {_WORD_OF_FILTER[name]: value for name, value in chosen.filters.items()}
        if chosen.counter:
            parts["utvalg"] = _WORD_OF_COUNTER[chosen.counter]
        if chosen.group != "active":
            parts["vis"] = _WORD_OF_GROUP[chosen.group]
        if chosen.sort != DEFAULT_SORT or chosen.descending:
            parts["sorter"] = ("-" if chosen.descending else "") + WORD_OF_SORT[chosen.sort]
        if self.page > 1:
            parts["side"] = str(self.page)
        return parts

    def href(self, view: str = "overview:overview") -> str:
        """Spell the address out."""
        query = QueryDict(mutable=True)
        query.update(self.words())
        return reverse(view) + (f"?{query.urlencode()}" if query else "")
