"""Which employers somebody asks to see, as it stands in an address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from innpass.casework.agreements.mapped import Standing

LONGEST_SEARCH = 80
FIRM, UNIT = "bedrifter", ""
NO_AREA = "uten"

# word in the address: what it is called, and which employers it holds
ONLY: dict[str, tuple[Any, Callable[[Standing, UUID | None], bool]]] = {
    "ledig": (_("Har ledig plass"), lambda one, _me: one.free_sure > 0),
    "slutter": (_("Noen slutter innen 30 dager"), lambda one, _me: one.ending[0] > 0),
    "spor": (_("Må spørres igjen"), lambda one, _me: one.grey > 0),
    "ny": (_("Aldri brukt"), lambda one, _me: one.is_untouched),
    "mine": (
        _("Jeg er kontakt"),
        lambda one, me: me is not None and one.contact == me,
    ),
    "uten": (_("Uten kontakt i kommunen"), lambda one, _me: one.contact is None),
    "stengt": (_("Tar ikke imot"), lambda one, _me: one.is_closed),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        area: the name of a service area; "" for all, ``NO_AREA`` for those in none.
        only: of ``ONLY``; "" for all.
        search: words that stand in the name or the organisation number.
    """

    kind: str = UNIT
    area: str = ""
    only: str = ""
    search: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read it from an address; what is not understood is as if it was not asked."""
        return cls(
            kind=FIRM if query.get("slag") == FIRM else UNIT,
            area=query.get("omrade", "")[:120],
            only=query.get("vis", "") if query.get("vis") in ONLY else "",
            search=" ".join(query.get("sok", "").split())[:LONGEST_SEARCH],
        )

    def but(self, **other: str) -> Self:
        """Return the same with other values."""
        return replace(self, **other)

    def href(self, *, page: int = 1) -> str:
        """Return the address."""
        said = {
            "slag": self.kind,
            "omrade": self.area,
            "vis": self.only,
            "sok": self.search,
            "side": str(page) if page > 1 else "",
        }
        query = urlencode({name: value for name, value in said.items() if value})
        home = reverse("employers:map")
        return f"{home}?{query}" if query else home

    @property
    def is_narrowed(self) -> bool:
        """Tell whether some are left out, beside units or firms."""
        return bool(self.area or self.only or self.search)

    def holds(self, one: Standing, *, me: UUID | None) -> bool:
        """Tell whether an employer is asked for; closed ones only where they are."""
        if one.is_firm is not (self.kind == FIRM):
            return False
        if self.area and self.kind == UNIT and (one.area or NO_AREA) != self.area:
            return False
        if self.only and not ONLY[self.only][1](one, me):
            return False
        if one.is_closed and self.only != "stengt" and not self.search:
            return False
        words = self.search.casefold().split()
        said = f"{one.name} {one.area} {one.organisation_number}".casefold()
        return all(word in said for word in words)
