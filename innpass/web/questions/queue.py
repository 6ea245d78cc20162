"""The questions that wait, in the order in which they are shown and answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from innpass.casework.participants.queries import open_questions
from innpass.domain.access.policy import bodies_asked, may_answer_question
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.words import fold
from innpass.web.design.words import BODIES
from innpass.web.questions.kinds import ASKED_ONCE, KINDS


@dataclass(frozen=True, slots=True)
class Waiting:
    """One question as it is asked: of one cell or row, or of a word that stands in many cells.

    ``body`` is the one under which it is listed, ``cells`` the questions that one answer settles.
    """

    body: str
    kind: str
    cells: tuple[UUID, ...]
    is_mine: bool


def order_of_bodies(actor: Actor) -> list[str]:
    """Return the bodies, the viewer's own first."""
    return sorted(BODIES, key=lambda body: (body != actor.body, list(BODIES).index(body)))


def queue(actor: Actor) -> list[Waiting]:
    """Return all that wait, each once: under the viewer's own body if that is asked. One query."""
    order = order_of_bodies(actor)
    kinds = list(KINDS)
    found: dict[tuple[object, ...], list[UUID]] = {}
    asked: dict[tuple[object, ...], tuple[str, str, bool]] = {}
    rows = (
        open_questions(actor)
        .order_by("row__file__name", "row__sheet", "row__number", "cell", "kind")
        .values_list("pk", "kind", "asks", "field", "text")
    )
    for pk, kind, named, name, text in rows:
        asks = bodies_asked(named)
        body = min(asks, key=order.index)
        is_mine = any(may_answer_question(actor, owner=owner) for owner in asks)
        place: tuple[object, ...] = (pk,)
        if kind in ASKED_ONCE and text:
            place = (kind, body, is_mine, plain(name), fold(text))
        found.setdefault(place, []).append(pk)
        asked[place] = (body, kind, is_mine)
    waiting = [Waiting(*asked[at][:2], tuple(cells), asked[at][2]) for at, cells in found.items()]
    return sorted(waiting, key=lambda each: (order.index(each.body), kinds.index(each.kind)))


def after(waiting: list[Waiting], question: UUID) -> Waiting | None:
    """Return what the viewer may answer next after a question; ``None`` where nothing is left."""
    at = next((i for i, each in enumerate(waiting) if question in each.cells), -1)

    def around() -> Iterator[Waiting]:
        yield from waiting[at + 1 :]
        yield from waiting[: max(at, 0)]

    return next((each for each in around() if each.is_mine), None)
