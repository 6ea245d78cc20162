"""What comes after the four sheets: a short list of each body, and the days the law asks about.

So that the demo has disagreements between the bodies, as every municipality does. They are written
as workbooks from the people of the sample and read by the real importer.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from innpass.casework.imports.services import HandedOver
from innpass.casework.participants.models import Disagreement, Identifier
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.settling import settle
from innpass.casework.training.models import Schooling
from innpass.demo.milestones import milestones
from innpass.demo.plans import write_plans
from innpass.demo.practice import autumn_practice
from innpass.demo.timetables import PRACTICE_AT
from innpass.domain.access.roles import Actor
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

EXTENDED, REGROUPED, MOVED = 2, 3, 2  # how many people each list is about
_WHO = (("Navn", ColumnKind.TEXT), ("Fødselsdato", ColumnKind.DATE))
_REASON = "Vedtaket om forlengelse er i saken, men står ikke i de andre arkene ennå."


def later_lists(*, on: date) -> list[HandedOver]:
    """Return the lists as of a day: extensions, classes, meetings, the law's days, the autumn."""
    going_on = list(_enrolments().filter(actual_last_day=None)[: EXTENDED + REGROUPED])
    met = list(_enrolments().exclude(handover=None).order_by("-handover", "pk")[:MOVED])
    extended, regrouped = going_on[:EXTENDED], going_on[EXTENDED:]
    classes = dict(
        Schooling.objects.filter(
            participant__in=[row.participant_id for row in regrouped]
        ).values_list("participant_id", "class_name")
    )
    return [
        _list(
            "forlengelser.xlsx",
            "Forlengelser",
            ("Visma flyktning", "visma_refugee"),
            ("Planlagt slutt", ColumnKind.DATE),
            [(row, _later(row.planned_last_day, 91)) for row in extended],
        ),
        _list(
            "klassebytter.xlsx",
            "Klassebytter",
            ("Visma læringssenter", "visma_learning"),
            ("Klasse", ColumnKind.TEXT),
            [(row, _next_class(classes[row.participant_id])) for row in regrouped],
        ),
        _list(
            "overføringsmøter.xlsx",
            "Overføringsmøter",
            ("Socionr", "socio"),
            ("Overføringsmøte", ColumnKind.DATE),
            [(row, _later(row.handover, 7)) for row in met],
        ),
        milestones(list(_enrolments()), on=on),
        autumn_practice(at=PRACTICE_AT),
    ]


def agree_plans(*, on: date, by: Actor) -> None:
    """Let the programme adviser have agreed plans with some of the participants."""
    write_plans(list(_enrolments()), on=on, by=by)


def settle_one(by: Actor) -> None:
    """Let somebody have decided one of the disagreements, as the department's own list says."""
    found = (
        Disagreement.objects.filter(field="programme.planned_end", is_settled=False)
        .order_by("participant__name", "pk")
        .first()
    )
    if found is None:
        return
    latest = max(date.fromisoformat(each["value"]) for each in found.values)
    settle(
        found.pk,
        latest,
        seen=found.version,
        municipality_id=by.municipality_id,
        by=by,
        reason=_REASON,
    )


def _enrolments() -> "QuerySet[Enrolment]":
    """Return the programmes of people without a protected address, in a fixed order."""
    return (
        Enrolment.objects.filter(participant__is_protected=False, participant__absorbed_by=None)
        .exclude(planned_last_day=None)
        .select_related("participant")
        .order_by("planned_last_day", "participant__name", "pk")
    )


def _later(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None


def _next_class(name: str) -> str:
    """Return the class beside it: ``A2508`` becomes ``B2508``."""
    return {"A": "B", "B": "C"}.get(name[:1], "A") + name[1:]


def _list(
    file: str,
    sheet: str,
    number: tuple[str, str],
    told: tuple[str, ColumnKind],
    rows: Sequence[tuple[Enrolment, object]],
) -> HandedOver:
    heading, kind = number
    numbers: Mapping[object, str] = dict(
        Identifier.objects.filter(
            kind=kind, participant__in=[row.participant_id for row, _ in rows]
        ).values_list("participant_id", "plain")
    )
    columns = [(heading, ColumnKind.TEXT), *_WHO, told]
    content = write_workbook(
        [
            SheetToWrite(
                name=sheet,
                columns=[ColumnToWrite(text, of) for text, of in columns],
                rows=[
                    [
                        numbers.get(row.participant_id),
                        row.participant.name,
                        row.participant.birth_date,
                        value,  # type: ignore[list-item]
                    ]
                    for row, value in rows
                ],
            )
        ]
    )
    return HandedOver(file, content)
