"""Acts of handing out data; each is an audit event."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.exports.workbook import overview_workbook
from innpass.casework.overview.queries import Selection
from innpass.domain.access.policy import check_may_export
from innpass.domain.access.roles import Actor

PAGE = "export"
_PURPOSE = "Eksport til {form}, {count} deltakere"


def note_taken_out(people: Collection[UUID], *, by: Actor, form: str = "Excel") -> None:
    """Note in the read log of each person that the person was in a file that somebody took out.

    ``form`` is what kind of file.
    """
    audit.record_readings(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        subject_ids=people,
        page=PAGE,
        purpose=_PURPOSE.format(form=form, count=len(people)),
    )


def export_overview(
    *,
    selection: Selection,
    filters_in_words: Sequence[tuple[str, str]],
    on: date,
    by: Actor,
    chosen_columns: Sequence[str] | None = None,
) -> bytes:
    """Return the rows of a selection as a workbook, with all columns or those chosen.

    Raises:
        MayNot: the actor's role does not export.
    """
    check_may_export(by)
    content, people = overview_workbook(
        actor=by,
        on=on,
        selection=selection,
        filters_in_words=filters_in_words,
        chosen_columns=chosen_columns,
    )
    # The workbook is long work, while which others must be able to write.
    with transaction.atomic():
        audit.record(
            municipality_id=by.municipality_id,
            actor_id=by.user_id,
            action="export_overview",
            subject_kind="municipality",
            subject_id=by.municipality_id,
            changes={"people": [None, len(people)], "filters": [None, sorted(selection.filters)]},
        )
        note_taken_out(people, by=by)
    return content
