"""From a button or a typed text to an answer."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from innpass.casework.participants.queries import search_participants
from innpass.casework.reconciliation.answering import (
    ABOUT_LINKS,
    ABOUT_NUMBERS,
    answer_cells,
    answer_link,
    row_of_each,
)
from innpass.casework.reconciliation.entering import NumberTaken
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.identity_cells import read_identity
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.typed import LONGEST_TYPED, as_text, read_typed
from innpass.exchange.clock import today
from innpass.web.questions.choices import TYPED, link_of_choice, value_of_choice

MOST_FOUND = 5
NUMBERS = ("ids.fnr", "ids.dnr")


class Unclear(Exception):
    """What was sent is no answer. The message is Norwegian, for the user."""


def store_answer(
    question: Any,
    sent: Mapping[str, str],
    *,
    cells: Collection[UUID],
    municipality_id: UUID,
    by: Actor,
) -> None:
    """Store what a form sent as the answer to a question.

    Args:
        cells: all the questions that the answer settles, this one among them.

    Raises:
        Unclear: nothing was chosen, or what was typed has no one reading.
        MayNot, AnsweredAlready: as ``casework.reconciliation.answering``.
    """
    chosen = sent.get("answer", "")
    try:
        if chosen == TYPED:
            values = _typed(question, sent.get("text", ""))
        elif question.kind in ABOUT_LINKS:
            answer_link(
                question.pk,
                link_of_choice(question, chosen),
                municipality_id=municipality_id,
                by=by,
            )
            return
        else:
            values = {plain(question.field): value_of_choice(question, chosen)}
    except (LookupError, ValueError) as nothing:
        raise Unclear(_("Velg et av svarene, eller skriv ditt eget.")) from nothing
    try:
        answer_cells(cells, values, municipality_id=municipality_id, by=by)
    except NumberTaken as taken:
        raise Unclear(str(taken)) from None


def find_people(question: Any, text: str, *, by: Actor) -> dict[UUID, Any]:
    """Return those whom a row may be about by a typed name, by the row that stands for each.

    Raises:
        Unclear: nobody whom the actor may see has such a name.
    """
    found = row_of_each(search_participants(text, actor=by, most=MOST_FOUND))
    if not found:
        raise Unclear(_("Vi fant ingen deltaker med det navnet. Skriv fornavn eller etternavn."))
    return found


def is_search(question: Any, sent: Mapping[str, str]) -> bool:
    """Tell whether what was typed is the name of somebody to look for."""
    about_row = question.kind in ABOUT_LINKS and question.kind not in ABOUT_NUMBERS
    return about_row and sent.get("answer") == TYPED


def _typed(question: Any, text: str) -> dict[str, Value]:
    """Read what was typed; a D-number may be typed where a fødselsnummer is asked for."""
    name = plain(question.field)
    text = as_text(text)[:LONGEST_TYPED]
    if not text.strip():
        raise Unclear(_("Skriv et svar, eller velg at cellen ikke har noen verdi."))
    if name in NUMBERS:
        for kind in NUMBERS:
            found = read_identity(text).get(kind)
            if found is not None and found.value is not None:
                return {kind: found.value}
    typed = read_typed(question.field, text, on=today())
    if typed.value is None:
        raise Unclear(typed.problem)
    return {name: typed.value}
