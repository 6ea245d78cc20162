"""Which events somebody asks for, as it stands in an address or a form. No name stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from innpass.casework.programme.register_duties import Wanted
from innpass.domain.law.events import Registered
from innpass.domain.sheets.dates import read_date
from innpass.web.design.tokens import token_of

EVERYBODY = "alle"
_STATES = {"apne": "open", "for-sent": "late", "snart": "soon", "registrert": "done", "alle": "all"}
_WORDS = {code: word for word, code in _STATES.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, understood and as it was typed.

    Attributes:
        wanted: what is shown.
        adviser: the token that stands for the adviser's name; empty for all, which is asked for by
            ``EVERYBODY`` where the list opens on the viewer's own cases.
        mine: the token of the viewer; empty for one who has no cases.
        typed: a day that was not understood; empty otherwise.
        page: from 1.
    """

    wanted: Wanted
    adviser: str = ""
    mine: str = ""
    typed: str = ""
    page: int = 1

    @property
    def kept(self) -> dict[str, str]:
        """Return the parts of the address, without the page."""
        wanted = self.wanted
        parts = {
            "vis": "" if wanted.state == "open" else _WORDS[wanted.state],
            "hendelse": wanted.kind or "",
            "radgiver": self.adviser or (EVERYBODY if self.mine else ""),
            "til": wanted.until.isoformat() if wanted.until else "",
        }
        return {name: str(value) for name, value in parts.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Say whether a filter leaves events out."""
        return bool(self.wanted.kind or self.adviser or self.wanted.until)

    def href(self, *, state: str = "", page: int = 1, adviser: str | None = None) -> str:
        """Return the address of what was asked for, in another state or on another page.

        Args:
            adviser: whose cases instead, as it stands in the address.
        """
        parts = self.kept | ({} if adviser is None else {"radgiver": adviser})
        if state:
            parts.pop("vis", None)
            parts |= {} if state == "open" else {"vis": _WORDS[state]}
        if page > 1:
            parts["side"] = str(page)
        address = reverse("registering:duties")
        return f"{address}?{urlencode(parts)}" if parts else address


def asked_for(
    sent: Mapping[str, str], *, advisers: list[str], municipality: UUID, me: str = ""
) -> Asked:
    """Read what was asked for; what is not understood asks for nothing.

    Args:
        me: the viewer's name. One who is among the advisers sees the own cases unless others are
            asked for.
    """
    own = next((name for name in advisers if name.casefold() == me.strip().casefold()), "")
    mine = token_of(own, municipality=municipality) if own else ""
    tokens = {token_of(name, municipality=municipality): name for name in advisers}
    token = sent.get("radgiver", mine)
    kind = sent.get("hendelse", "")
    typed = sent.get("til", "").strip()[:40]
    found = read_date(typed) if typed else None
    until = found.value if found and isinstance(found.value, date) else None
    number = sent.get("side", "1")
    return Asked(
        wanted=Wanted(
            state=_STATES.get(sent.get("vis", ""), "open"),
            kind=Registered(kind) if kind in set(Registered) else None,
            adviser=tokens.get(token, ""),
            until=until,
        ),
        adviser=token if token in tokens else "",
        mine=mine,
        typed=typed if typed and until is None else "",
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
