"""The disagreements: about the open person, the hidden, one of another municipality, nobody."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django_scopes import scopes_disabled

from innpass.casework.participants.models import Disagreement
from tests.web.access.address import ADVISER, CASEWORKERS, LEADERS, Address, Arguments
from tests.web.access.town import ABROAD, HIDDEN, OPEN, Life, Town

SEE = CASEWORKERS | LEADERS


def _about(town: Town, life: Life) -> Disagreement:
    with scopes_disabled():
        found: Disagreement = Disagreement.objects.get(
            participant=town.people[life.number], field="programme.planned_end"
        )
        return found


def disputed(life: Life) -> Arguments:
    """Name the disagreement about when somebody's programme ends."""
    return lambda town: [_about(town, life).pk]


def decision(life: Life) -> Callable[[Town], Mapping[str, Any]]:
    """Let what holds hold."""
    return lambda town: {"seen": _about(town, life).version, "choice": "0", "reason": "Ringte"}


ADDRESSES = [
    Address("disagreements:disagreements", SEE),
    Address("disagreements:disagreements", SEE, query="?eier=nav&side=9", about="of a body"),
    Address("disagreements:decided", SEE),
    Address("disagreements:disagreement", SEE, disputed(OPEN), notes_reading=True, about="open"),
    Address(
        "disagreements:disagreement",
        SEE,
        disputed(HIDDEN),
        status=404,
        for_named=200,
        notes_reading=True,
        about="hidden",
    ),
    Address(
        "disagreements:disagreement",
        SEE,
        disputed(ABROAD),
        status=404,
        notes_reading=True,
        about="abroad",
    ),
    Address("disagreements:disagreement", SEE, lambda _: [UUID(int=7)], status=404, about="nobody"),
    Address(
        "disagreements:disagreement",
        {ADVISER},
        disputed(OPEN),
        method="post",
        data=decision(OPEN),
        status=302,
        about="decide",
    ),
    *(
        Address(
            "disagreements:disagreement",
            SEE,
            disputed(life),
            method="post",
            data=decision(life),
            status=404,
            for_named=for_named,
            about=f"decide, {life.given}",
        )
        for life, for_named in ((HIDDEN, 302), (ABROAD, None))
    ),
    # Nobody has decided yet: there is nothing to reopen.
    Address("disagreements:reopen", SEE, lambda _: [UUID(int=7)], method="post", status=404),
]
