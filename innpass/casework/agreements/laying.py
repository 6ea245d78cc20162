"""Laying what an agreement says over the rows (ADR 0009), so that law and figures follow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import Held
from innpass.casework.agreements.models import AgreementVersion
from innpass.casework.agreements.queries import told_of
from innpass.casework.agreements.refusing import refused
from innpass.casework.employers.queries import area_name_of
from innpass.casework.imports.edits import WITHDRAWN
from innpass.casework.imports.models import CellEdit, SourceRow
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import owner_of
from innpass.casework.reconciliation.details import Detail, details_of, withdraw_detail
from innpass.casework.reconciliation.entering_rows import add_detail, enter_in_row, withdraw
from innpass.casework.reconciliation.taking_back import CannotTakeBack, take_back
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import VersionKind
from innpass.domain.placing.moves import OF_NAV
from innpass.domain.sheets.fields import Activity
from innpass.domain.sheets.records import Owner, TableKind, Value

_HOUR = 60


def lay(held: Held, version: AgreementVersion, *, by: Actor, on: date) -> None:
    """Lay a version that all have signed over the rows; keeps its rows with the case, unsaved.

    Raises:
        MayNot: the actor may not write placements, or not the hours of Nav's measure.
    """
    person = owner_of(held.case.participant)
    hours = version.minutes_per_week / _HOUR
    is_of_nav = held.case.kind in OF_NAV
    days: dict[str, Value] = {
        "placement.first_day": version.first_day,
        "placement.last_day": version.last_day,
    }
    if not is_of_nav:
        days["placement.hours_per_week"] = hours
    if version.kind == VersionKind.EXTENDED:
        days["placement.extended"] = True
    reason = f"Praksisavtale, versjon {version.number}"
    if held.case.row is None:
        employer = held.case.employer
        values: dict[str, Value] = {
            "placement.kind": employer.kind,
            "placement.unit": employer.name,
            "placement.area": area_name_of(employer, on=on) or None,
            **days,
        }
        held.case.row = add_detail(person, TableKind.PLACEMENT, values, by=by, reason=reason)
    else:
        correct(held, days, by=by, reason=reason)
    if is_of_nav:
        _lay_measure(held, person, version, hours=hours, by=by, reason=reason)


def _lay_measure(
    held: Held,
    person: Participant,
    version: AgreementVersion,
    *,
    hours: float,
    by: Actor,
    reason: str,
) -> None:
    values: dict[str, Value] = {
        "activity.first_day": version.first_day,
        "activity.last_day": version.last_day,
        "activity.hours_per_week": hours,
    }
    if held.case.activity_row is None:
        values["activity.kind"] = Activity.NAV_MEASURE
        held.case.activity_row = add_detail(
            person, TableKind.ACTIVITY, values, by=by, reason=reason
        )
    else:
        enter_in_row(held.case.activity_row, values, by=by, reason=reason)


def correct(held: Held, values: Mapping[str, Value], *, by: Actor, reason: str) -> None:
    """Let the placement that the rows tell of a case have values; what is so already stays.

    Raises:
        MayNot: the actor may not write one of the fields.
    """
    detail = detail_of(held)
    if detail is None:
        return
    changed = {name: value for name, value in values.items() if detail.values.get(name) != value}
    if not changed:
        return
    rows = detail.rows_for(changed)
    own = rows.pop(detail.row)
    enter_in_row(detail.row, own, also=rows, by=by, reason=reason)


def end_measure(held: Held, last_day: date, *, by: Actor, reason: str) -> None:
    """Let Nav's measure that was laid beside a placement end with it."""
    if held.case.activity_row is not None:
        values: dict[str, Value] = {"activity.last_day": last_day}
        enter_in_row(held.case.activity_row, values, by=by, reason=reason)


def take_away(held: Held, *, by: Actor, reason: str) -> None:
    """Say that the placement of a case never was; what a sheet says of it stays."""
    act = uuid4()
    if held.case.activity_row is not None:
        withdraw(held.case.activity_row, by=by, reason=reason, act_id=act)
    laid = SourceRow.objects.filter(pk=held.case.row, owner=Owner.HAND)
    detail = detail_of(held) if laid.exists() else None
    if detail is not None:
        withdraw_detail(detail, by=by, reason=reason, act_id=act)


def bring_back(held: Held, *, by: Actor, reason: str) -> Held:
    """Let what ``take_away`` took from the rows count again; the case as it is told of then.

    Raises:
        MayNot: the actor may not write placements.
        Refused: somebody has entered something else there since.
    """
    taken = CellEdit.objects.filter(row=held.case.row, field=WITHDRAWN, undone_at=None)
    latest = taken.order_by("-said_at", "-pk").first()
    if latest is None or not latest.value:
        return held
    try:
        take_back(latest.act, municipality_id=held.case.municipality_id, by=by, reason=reason)
    except CannotTakeBack as no:
        text = _(
            "Praksisen ble tatt bort i oversikten, og noe er endret der siden. Før den på nytt "
            "under deltakeren, lag praksisløp av den, og si der hvordan den endte."
        )
        raise refused(text) from no
    return replace(held, told=told_of([held.case])[held.case.pk])


def detail_of(held: Held) -> Detail | None:
    """Return the detail of the rows that a case tells of; ``None`` where the rows have none."""
    placement = held.told.placement
    if placement is None:
        return None
    mine = details_of(owner_of(held.case.participant), TableKind.PLACEMENT)
    same_row = [each for each in mine if each.row == placement.row_id]
    alike = [
        each
        for each in same_row
        if each.values.get("placement.first_day") == placement.first_day
        and each.values.get("placement.unit") == (placement.employer and placement.employer.name)
    ]
    return next(iter(alike or same_row), None)
