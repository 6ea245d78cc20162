"""The answers that one key gives, and what each would lead to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.imports.rows import SECRET_FIELDS, restored, stored
from innpass.casework.participants.queries import places_of_rows
from innpass.casework.reconciliation.answering import (
    ABOUT_LINKS,
    ABOUT_NUMBERS,
    HasNumber,
    IsNewPerson,
    IsNoneOfThem,
    IsPerson,
    LinkAnswer,
)
from innpass.casework.reconciliation.foreseeing import Foreseen, foresee_links, foresee_values
from innpass.casework.reconciliation.queries import TABLE_FIELDS
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.dates import likely_days
from innpass.domain.sheets.fields import FIELDS, FieldType, plain
from innpass.domain.sheets.records import TableKind, Value
from innpass.exchange.clock import today
from innpass.web.design.templatetags.design import day
from innpass.web.design.words import capitalised, field_label, in_words
from innpass.web.questions.pages import Choice

LEVELS = ("pre-A1", "A1", "A2", "B1", "B2", "C1", "C2")
NOTHING, TYPED, NEW, NONE, OWN = "none", "typed", "new", "none_of_them", "number:own"
MOST = 9  # keys with a digit
MOST_DAYS = 4
VAGUE = ("week_only", "month_only", "date_without_year")


def offered_values(question: Any) -> list[Value]:
    """Return the values of a cell that are offered, most likely first."""
    field = FIELDS[plain(question.field)]
    found = [restored(question.field, each) for each in question.possible]
    if field.type is FieldType.DATE and not found and question.kind in VAGUE:
        found += likely_days(question.text, *_programme_of(question))[:MOST_DAYS]
    if field.type is FieldType.CODE and field.codes:
        found += [str(code) for code in field.codes]
    elif field.type is FieldType.YES_NO:
        found += [True, False]
    elif field.type is FieldType.LEVEL:
        found += LEVELS
    return list(dict.fromkeys(found))[:MOST]


def _programme_of(question: Any) -> tuple[date, date]:
    """Return the days of the programme of whom the row is about, as far as known, or today."""
    link = getattr(question.row, "link", None)
    enrolment = getattr(link.participant, "enrolment", None) if link else None
    first = enrolment.first_day if enrolment else None
    last = enrolment.planned_last_day if enrolment else None
    start = first or last or today()
    return start, max(start, last or today())


def value_of_choice(question: Any, sent: str) -> Value:
    """Return the value that a button stood for.

    Raises:
        LookupError: no such button was offered.
    """
    if sent == NOTHING:
        return None
    for value in offered_values(question):
        if sent == _sent(value):
            return value
    raise LookupError(sent)


def _sent(value: Value) -> str:
    return f"value:{stored(value)}"


def link_of_choice(question: Any, sent: str) -> LinkAnswer:
    """Return the answer about links that a button stood for.

    Raises:
        LookupError: no such button was offered.
    """
    what, _colon, row = sent.partition(":")
    if sent == NEW:
        return IsNewPerson()
    if sent == NONE:
        return IsNoneOfThem()
    if sent == OWN:
        return HasNumber(None)
    try:
        found = UUID(row)
    except ValueError as wrong:
        raise LookupError(sent) from wrong
    if what == "person":
        return IsPerson(found)
    if what == "number":
        return HasNumber(found)
    raise LookupError(sent)


def choices_of(
    question: Any,
    *,
    person: Any,
    people: Mapping[UUID, Any],
    actor: Actor,
) -> list[Choice]:
    """Return the answers by one key.

    Args:
        person: whom the row is about, if that is known.
        people: the candidates by the row that stands for each, most likely first.
    """
    if question.kind in ABOUT_NUMBERS:
        return _about_number(question, person, people)
    if question.kind in ABOUT_LINKS:
        return _about_row(question, people, actor)
    return _about_cell(question, person, actor)


def _about_cell(question: Any, person: Any, actor: Actor) -> list[Choice]:
    values = offered_values(question)
    seen: list[Foreseen | None] = [None] * (len(values) + 1)
    if person is not None and question.field not in SECRET_FIELDS:
        seen = [*foresee_values(question, person, [*values, None])]
    may = readable(actor)
    found = [
        Choice(
            key=str(number),
            label=_label(question.field, value),
            value=_sent(value),
            **_outcome(foreseen, may),
        )
        for number, (value, foreseen) in enumerate(zip(values, seen, strict=False), 1)
    ]
    last = Choice("T", _("Cellen har ingen verdi"), NOTHING, **_outcome(seen[-1], may))
    return [*found, last]


def _label(name: str, value: Value) -> str:
    """Write a value for a button; a day with its weekday, which people know it by."""
    words = in_words(name, value)
    if isinstance(value, date):
        words = f"{date_format(value, 'l')} {words}"
    return capitalised(words)


def _about_row(question: Any, people: Mapping[UUID, Any], actor: Actor) -> list[Choice]:
    seen = foresee_links(question.row, list(people.values()))
    may = readable(actor)
    found = [
        Choice(
            key=str(number),
            label=_("Raden gjelder %(name)s") % {"name": person.name},
            value=f"person:{row}",
            **_outcome(seen.get(person.pk), may, _born(person, may)),
        )
        for number, (row, person) in enumerate(list(people.items())[:MOST], 1)
    ]
    if question.row.kind == TableKind.PERSON:
        new = _("Raden gjelder en ny person")
        outcome = _("%(name)s blir en deltaker for seg.") % {"name": question.text or _("Raden")}
        found.append(Choice("N", new, NEW, (outcome,)))
    elif people:
        none = _("Ingen av dem") if len(people) > 1 else _("Ikke denne personen")
        outcome = _("Raden blir stående uten person til noe nytt viser hvem det er.")
        found.append(Choice("I", none, NONE, (outcome,)))
    return found


def _born(person: Any, may: frozenset[str]) -> str:
    """Say when somebody was born: names alone do not tell people apart."""
    if person.birth_date is None or "birth_date" not in may:
        return ""
    return _("Født %(day)s.") % {"day": day(person.birth_date)}


def _about_number(question: Any, person: Any, people: Mapping[UUID, Any]) -> list[Choice]:
    """Offer each person as the one who has the number, and that the two are one."""
    places = places_of_rows([question.row_id])
    holders = dict(
        zip(question.values["candidates"], question.values.get("holders", []), strict=False)
    )
    every = {row for rows in holders.values() for row in rows} | {str(question.row_id)}
    found = []
    for number, (row, candidate) in enumerate(list(people.items())[: MOST - 1], 1):
        wrong = len(every - set(holders.get(str(row), [])))
        found.append(
            Choice(
                key=str(number),
                label=_("%(name)s har nummeret") % {"name": candidate.name},
                value=f"number:{row}",
                outcome=(
                    ngettext(
                        "Nummeret regnes som feil i én rad som ikke gjelder %(name)s.",
                        "Nummeret regnes som feil i %(count)s rader som ikke gjelder %(name)s.",
                        wrong,
                    )
                    % {"count": wrong, "name": candidate.name},
                ),
            )
        )
    if person is None:
        file, sheet, number_ = places[question.row_id]
        own = _("Nummeret er riktig i raden (%(file)s, %(sheet)s, rad %(row)s)") % {
            "file": file,
            "sheet": sheet,
            "row": number_,
        }
        found.append(Choice(str(len(found) + 1), own, OWN, (_("Det er feil på de andre."),)))
    others = [(row, p) for row, p in people.items() if person is None or p.pk != person.pk]
    for row, candidate in others[:1]:
        label = _("Det er én person: %(name)s") % {"name": candidate.name}
        outcome = _("Radene samles på én deltaker, som beholder all historikk.")
        found.append(Choice("E", label, f"person:{row}", (outcome,)))
    return found


def _outcome(foreseen: Foreseen | None, may: frozenset[str], first: str = "") -> dict[str, Any]:
    if foreseen is None:
        return {}
    before, after = foreseen.verdicts
    lines = _lines(foreseen.changes, may)
    verdicts = None
    if before != after and "status.verdict" in may:
        verdicts = (before or "", after or "")
    if not lines and not verdicts:
        lines = [_("Endrer ingenting vi viser om deltakeren i dag.")]
    return {"outcome": tuple([first, *lines] if first else lines), "verdicts": verdicts}


def _lines(changes: Mapping[str, Sequence[Any]], may: frozenset[str]) -> list[str]:
    """Say what would change, field by field; a table's rows are told by what differs in them."""
    lines = []
    for name, (before, after) in changes.items():
        if name not in TABLE_FIELDS:
            if access_name(name) in may:
                lines.append(_change(name, before, after))
            continue
        fields = {c: f for c, f in TABLE_FIELDS[name].items() if access_name(f) in may}
        if len(before) == len(after) == 1:
            lines += [
                _change(field, before[0][column], after[0][column], column)
                for column, field in fields.items()
                if before[0][column] != after[0][column]
            ]
        else:
            lines += [_row(_("Nytt"), row, fields) for row in after if row not in before]
            lines += [_row(_("Faller bort"), row, fields) for row in before if row not in after]
    return [line for line in lines if line]


def _change(name: str, before: Any, after: Any, column: str = "") -> str:
    if column == "has_contract":
        return str(_("Har arbeidskontrakt") if after else _("Har ingen arbeidskontrakt"))
    words = {
        "field": capitalised(field_label(name)),
        "before": in_words(name, before),
        "after": in_words(name, after),
    }
    if not words["before"]:
        return _("%(field)s: %(after)s") % words
    if not words["after"]:
        return _("%(field)s: %(before)s faller bort") % words
    return _("%(field)s: %(before)s blir %(after)s") % words


def _row(what: str, row: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    values = [
        field_label(field) if row[column] is True else in_words(field, row[column] or None)
        for column, field in fields.items()
    ]
    told = ", ".join(dict.fromkeys(value for value in values if value))
    return f"{what}: {told}" if told else ""
