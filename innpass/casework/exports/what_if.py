"""What would be if the law were another, as a workbook: by contact, and who it is."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.exports.services import note_taken_out
from innpass.casework.programme.what_if import CONTACTS, Line, WhatIf, lines_of
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.policy import check_may_export, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.words import state_word, title
from innpass.exchange.workbooks.writing import ColumnToWrite, SheetToWrite, write_workbook

_NOTE = (
    "Ingenting i sakene er endret. Svaret gjelder {people} deltakere som den som spurte, kan se, "
    "per {day:%d.%m.%Y}."
)


@transaction.atomic
def export_what_if(asked: WhatIf, *, supposed: str, by: Actor) -> bytes:
    """Return those who fall short now or would, as a workbook; each has it in the read log.

    Args:
        supposed: what was supposed, in words.

    Raises:
        MayNot: the actor's role does not export.
    """
    check_may_export(by)
    lines = lines_of(asked, actor=by)
    people: list[UUID] = list(dict.fromkeys(line.participant for line in lines))
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="export_what_if",
        subject_kind="municipality",
        subject_id=by.municipality_id,
        changes={"people": [None, len(people)], "supposed": [None, asked.supposed]},
    )
    note_taken_out(people, by=by)
    return _workbook(asked, lines, supposed=supposed, by=by)


def _workbook(asked: WhatIf, lines: Sequence[Line], *, supposed: str, by: Actor) -> bytes:
    contacts = [name for name in CONTACTS if may_read(by, name)]
    rows = [
        [
            line.name,
            *(line.contacts[name] or None for name in contacts),
            title(line.topic),
            state_word(line.now),
            state_word(line.then),
            difference(line),
        ]
        for line in lines
    ]
    headings = [FIELDS[name].label for name in contacts]
    headings = ["Deltaker", *(each[:1].upper() + each[1:] for each in headings)]
    headings += ["Tema", "Nå", "Da", "Forskjell"]
    note = _NOTE.format(people=asked.people or 0, day=asked.as_of)
    sheet = SheetToWrite(
        name="Hva om",
        columns=[ColumnToWrite(each) for each in headings],
        rows=rows,
        title=supposed,
        notes=[note],
    )
    return write_workbook([sheet], title="Hva om")


def difference(line: Line) -> str:
    """Say what becomes of somebody."""
    if line.is_short and line.would_be_short:
        return "Under kravet nå og da"
    return "Kommer under kravet" if line.would_be_short else "Ikke lenger under kravet"
