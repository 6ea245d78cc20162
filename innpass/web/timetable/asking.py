"""Which weeks somebody asks for, as it stands in an address. No name stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from innpass.casework.timetable.caseload import Standing, Wanted
from innpass.web.design.tokens import token_of
from innpass.web.timetable.weeks import week_asked

WORD_OF = {Standing.WITHOUT: "uten", Standing.SHORT: "mangler", Standing.FULL: "full"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; ``municipality`` is whose staff the tokens stand for."""

    wanted: Wanted
    municipality: UUID | None

    @classmethod
    def read(
        cls,
        query: Mapping[str, str],
        *,
        on: date,
        advisers: Sequence[str],
        search: str,
        municipality: UUID | None,
    ) -> Self:
        """Read which list is asked for; what is not understood is as if it was not asked."""
        standing = {word: each for each, word in WORD_OF.items()}.get(query.get("liste", ""))
        adviser = next(
            (
                name
                for name in advisers
                if token_of(name, municipality=municipality) == query.get("radgiver")
            ),
            "",
        )
        wanted = Wanted(
            week=week_asked(query, on=on),
            standing=standing,
            adviser=adviser,
            group=_group_narrowed_to(query),
            search=search,
        )
        return cls(wanted, municipality)

    def but(self, **other: Any) -> Self:
        """Return the same with other values."""
        return replace(self, wanted=replace(self.wanted, **other))

    @property
    def said(self) -> dict[str, str]:
        """Return the parts of the address, without the page."""
        wanted = self.wanted
        said = {
            "uke": str(wanted.week),
            "liste": WORD_OF[wanted.standing] if wanted.standing else "",
            "radgiver": self.token(wanted.adviser),
            "gruppe": str(wanted.group or ""),
        }
        return {name: value for name, value in said.items() if value}

    def token(self, name: str) -> str:
        """Return what stands for a name; nothing for none."""
        return token_of(name, municipality=self.municipality) if name else ""

    def href(self, *, page: int = 1) -> str:
        """Return the address."""
        said = self.said | ({"side": str(page)} if page > 1 else {})
        return f"{reverse('timetable:caseload')}?{urlencode(said)}"


def group_asked(query: Mapping[str, str]) -> UUID | None:
    """Return the group an address asks for; ``None`` where it asks for none.

    Raises:
        ValueError: what is asked for is no id.
    """
    said = query.get("gruppe", "").strip()
    return UUID(said) if said else None


def _group_narrowed_to(query: Mapping[str, str]) -> UUID | None:
    try:
        return group_asked(query)
    except ValueError:
        return None


def page_number(query: Mapping[str, str]) -> int:
    """Return the number of a page, from 1, whatever stands in the address."""
    text = query.get("side", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
