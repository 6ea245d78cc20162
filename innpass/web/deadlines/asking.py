"""Which list somebody asks for, as it stands in an address. No name stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from innpass.casework.programme.deadlines import Of, Selection, Within
from innpass.web.design.tokens import token_of

WORD_OF_ADVISER = {"adviser": "radgiver", "nav_adviser": "nav"}
_WORD_OF = {Of.PROGRAMME: "program", Of.NORWEGIAN: "norsk", Of.PLAN: "plan"}
_WORD_WITHIN = {
    Within.OUT: "ute",
    Within.DAYS_30: "30",
    Within.DAYS_60: "60",
    Within.DAYS_90: "90",
    Within.MISSING: "mangler",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; ``municipality`` is whose staff the tokens stand for."""

    selection: Selection
    municipality: UUID | None

    @classmethod
    def read(
        cls,
        query: Mapping[str, str],
        *,
        advisers: Mapping[str, Sequence[str]],
        municipality: UUID | None,
    ) -> Self:
        """Read which list is asked for; what is not understood is as if it was not asked.

        Args:
            advisers: whom the asker may choose among, by the names of ``WORD_OF_ADVISER``.
        """
        of = {word: of for of, word in _WORD_OF.items()}.get(query.get("klokke", ""))
        within = {word: within for within, word in _WORD_WITHIN.items()}.get(query.get("liste", ""))
        chosen = {
            field: next(
                (
                    name
                    for name in advisers.get(field, ())
                    if token_of(name, municipality=municipality) == query.get(word)
                ),
                "",
            )
            for field, word in WORD_OF_ADVISER.items()
        }
        selection = Selection(
            of=of or Of.PROGRAMME, within=within, fact=query.get("mangel", "")[:60], **chosen
        )
        return cls(selection, municipality)

    def but(self, **other: Any) -> Self:
        """Return the same with other values of the selection."""
        return replace(self, selection=replace(self.selection, **other))

    @property
    def said(self) -> dict[str, str]:
        """Return the parts of the address, without the page."""
        selection = self.selection
        said = {
            "klokke": _WORD_OF[selection.of],
            "liste": _WORD_WITHIN[selection.within] if selection.within else "",
            **{
                word: self.token(getattr(selection, field))
                for field, word in WORD_OF_ADVISER.items()
            },
            "mangel": selection.fact if selection.within is Within.MISSING else "",
        }
        return {name: value for name, value in said.items() if value}

    def token(self, name: str) -> str:
        """Return what stands for a name; nothing for none."""
        return token_of(name, municipality=self.municipality) if name else ""

    def href(self, *, page: int = 1) -> str:
        """Return the address."""
        said = self.said | ({"side": str(page)} if page > 1 else {})
        return f"{reverse('deadlines:deadlines')}?{urlencode(said)}"
