"""Questions and their answers in words, cut to the people and fields the viewer may see."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.imports.rows import SECRET_FIELDS
from innpass.casework.participants.queries import (
    people_of_rows,
    places_of_rows,
    seen_questions,
)
from innpass.casework.reconciliation.answering import Answer
from innpass.casework.reconciliation.deciding import NEW_PERSON, SAME_AS, WRONG_NUMBER
from innpass.casework.reconciliation.queries import readable_reasons
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.sentences import question_sentence
from innpass.domain.linking.rows import Reason
from innpass.domain.linking.sentences import sentence
from innpass.domain.sheets.fields import plain
from innpass.web.design.words import BODIES, capitalised, field_label, in_words, listed
from innpass.web.questions.kinds import ABOUT_ROWS
from innpass.web.questions.pages import Question

_COLUMNS = (
    *("pk", "row", "row__file__name", "row__sheet", "row__number"),
    *("field", "cell", "kind", "text", "possible", "values", "asks"),
)


def describe(
    ids: Iterable[UUID], *, actor: Actor, cells: Mapping[UUID, int] | None = None
) -> dict[UUID, Question]:
    """Return questions, open or closed, as they are shown. Constant queries.

    Args:
        cells: how many cells are asked about at once, where it is more than one.
    """
    rows = list(seen_questions(actor).filter(pk__in=list(ids)).values(*_COLUMNS))
    candidates = {UUID(each) for row in rows for each in row["values"].get("candidates", ())}
    people = people_of_rows({row["row"] for row in rows} | candidates, actor=actor)
    places = places_of_rows(candidates)
    may = readable(actor)
    return {
        row["pk"]: _question(row, people, places, may, (cells or {}).get(row["pk"], 1), actor)
        for row in rows
    }


def _question(
    row: Mapping[str, Any],
    people: Mapping[UUID, Any],
    places: Mapping[UUID, tuple[str, str, int]],
    may: frozenset[str],
    cells: int,
    actor: Actor,
) -> Question:
    may_read = access_name(plain(row["field"])) in may
    person = people.get(row["row"])
    is_about_row = row["kind"] in ABOUT_ROWS
    label = field_label(row["field"])
    return Question(
        href=reverse("questions:question", args=[row["pk"]]),
        file=row["row__file__name"],
        sheet=row["row__sheet"],
        cell=_("rad %(number)s") % {"number": row["row__number"]} if is_about_row else row["cell"],
        text=row["text"] if is_about_row and may_read else "",
        field="" if is_about_row else capitalised(label),
        sentence=question_sentence(row["kind"], field=label, text=row["text"] if may_read else ""),
        readings=tuple(in_words(row["field"], each) for each in row["possible"])
        if may_read
        else (),
        evidence=tuple(_evidence(row, people, places, may)),
        person=person.name if person else "",
        person_href=reverse("participant:participant", args=[person.pk]) if person else "",
        cells=cells,
        also=_also(row["asks"], actor),
    )


def _also(asks: Sequence[str], actor: Actor) -> str:
    if len(asks) < 2:
        return ""
    others = [str(BODIES[body]) for body in asks if body != actor.body]
    return listed(others)


def _evidence(
    row: Mapping[str, Any],
    people: Mapping[UUID, Any],
    places: Mapping[UUID, tuple[str, str, int]],
    may: frozenset[str],
) -> Iterable[str]:
    """Say who the row could be about, and what speaks for and against the likeliest."""
    if "link.reasons" not in may:
        return
    own = people.get(row["row"])
    for each in row["values"].get("candidates", ()):
        pk = UUID(each)
        person = people.get(pk)
        if person is None or (own and person.pk == own.pk) or pk not in places:
            continue
        file, sheet, number = places[pk]
        template = (
            _("Kan være %(name)s (%(file)s, %(sheet)s, rad %(row)s).")
            if row["kind"] in ABOUT_ROWS
            else _("Nummeret står også på %(name)s (%(file)s, %(sheet)s, rad %(row)s).")
        )
        yield template % {"name": person.name, "file": file, "sheet": sheet, "row": number}
    if row["kind"] in ABOUT_ROWS:
        for reason in readable_reasons(row["values"].get("reasons", []), may):
            yield sentence(Reason(reason["code"], reason["values"]))


def rows_named(answers: Collection[Answer]) -> set[UUID]:
    """Return the rows that answers name, whose people and places their sentences need."""
    decisions = [each for answer in answers for each in answer.decisions]
    return {pk for each in decisions for pk in (each.row_id, each.other_id) if pk}


def answer_in_words(
    answer: Answer,
    *,
    people: Mapping[UUID, Any],
    places: Mapping[UUID, tuple[str, str, int]],
    may: frozenset[str],
) -> tuple[str, ...]:
    """Say what an answer said, each thing once; nothing of fields one may not read."""
    said = [_edit_in_words(each, may) for each in answer.edits]
    if "link.reasons" in may:
        said += [_decision_in_words(each, people, places) for each in answer.decisions]
    return tuple(dict.fromkeys(line for line in said if line))


def _edit_in_words(edit: Any, may: frozenset[str]) -> str:
    name = plain(edit.field)
    if access_name(name) not in may:
        return ""
    label = capitalised(field_label(name))
    if edit.value is None:
        return _("%(field)s: ingen verdi") % {"field": label}
    value = "•" * 11 if name in SECRET_FIELDS else in_words(name, edit.value)
    return _("%(field)s: %(value)s") % {"field": label, "value": value}


def _decision_in_words(
    said: Any, people: Mapping[UUID, Any], places: Mapping[UUID, tuple[str, str, int]]
) -> str:
    other = people.get(said.other_id) if said.other_id else None
    name = other.name if other else _("en annen deltaker")
    if said.kind == SAME_AS:
        return _("Raden gjelder %(name)s.") % {"name": name}
    if said.kind == NEW_PERSON:
        return str(_("Raden gjelder en ny person."))
    if said.kind == WRONG_NUMBER:
        file, sheet, number = places.get(said.row_id, ("", "", 0))
        return _("Nummeret i %(file)s, %(sheet)s, rad %(row)s er feil.") % {
            "file": file,
            "sheet": sheet,
            "row": number,
        }
    return _("Raden gjelder ikke %(name)s.") % {"name": name}
