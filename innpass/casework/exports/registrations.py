"""What must be registered in the national register, as text with semicolons for a spreadsheet."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from innpass.casework.audit import services as audit
from innpass.casework.exports.services import note_taken_out
from innpass.casework.programme.registered import Registration
from innpass.domain.access.policy import Act, check_may, check_may_export, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.events import Registered

_HEADINGS = (
    *("Navn", "Hendelse", "Kode i NIR", "Dato", "Siste dag", "Dager igjen"),
    *("Programrådgiver", "Merket som registrert"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@transaction.atomic
def registrations_csv(
    rows: "QuerySet[Registration]",
    *,
    kinds: Mapping[Registered, str],
    codes: Mapping[Registered, str],
    on: date,
    by: Actor,
) -> bytes:
    """Return events that the actor may see; it is logged, and in each person's read log.

    Raises:
        MayNot: the actor's role does not export, or has nothing to do with the register.
    """
    check_may_export(by)
    check_may(by, Act.SEE_REGISTRATION)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    reads_adviser = may_read(by, "programme.adviser")
    people: dict[UUID, None] = {}
    for row in rows:
        kind = Registered(row.kind)
        people[row.participant_id] = None
        enrolment = getattr(row.participant, "enrolment", None)
        values = (
            row.participant.name,
            kinds[kind],
            codes.get(kind, ""),
            f"{row.day:%d.%m.%Y}",
            f"{row.last_day:%d.%m.%Y}",
            (row.last_day - on).days,
            enrolment.adviser if enrolment and reads_adviser else "",
            f"{localtime(row.registered_at):%d.%m.%Y}" if row.registered_at else "",
        )
        writer.writerow([_harmless(value) for value in values])
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="export_registrations",
        subject_kind="municipality",
        subject_id=by.municipality_id,
        changes={"people": [None, len(people)]},
    )
    note_taken_out(people, by=by)
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    """Keep a spreadsheet from calculating what somebody wrote as a name."""
    text = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if text else value
