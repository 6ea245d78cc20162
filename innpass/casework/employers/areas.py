"""Keeping how the municipality is organised, and what the map goes by."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.employers.cards import card_of
from innpass.casework.employers.models import Belonging, MapRules, ServiceArea
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind

_COLUMNS = ("name", "employees", "first_day", "last_day")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A service area as typed; ``pk`` is ``None`` for a new one."""

    pk: UUID | None
    version: int
    values: Mapping[str, Any]


@transaction.atomic
def keep_areas(rows: Sequence[AreaRow], *, by: Actor) -> None:
    """Store the service areas as typed, all of them or none. One that is no more gets a last day.

    Raises:
        MayNot: areas are not theirs to keep.
        CannotKeep: two have one name, or one ends before it begins.
        ChangedMeanwhile: somebody else saved one of them.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    stored = {each.pk: each for each in ServiceArea.objects.all()}
    if faults := _faults(rows, stored):
        raise CannotKeep(faults)
    for each in rows:
        there = stored.get(each.pk) if each.pk else None
        if each.pk and (there is None or there.version != each.version):
            raise ChangedMeanwhile(there or ServiceArea(pk=each.pk))
        if there is None:
            there = ServiceArea.objects.create(municipality=municipality, **each.values)
        elif all(getattr(there, name) == each.values[name] for name in _COLUMNS):
            continue
        else:
            for name in _COLUMNS:
                setattr(there, name, each.values[name])
            there.save_version(expected=each.version, fields=_COLUMNS)
        note(
            by,
            action="keep_service_area",
            kind="service_area",
            subject=there.pk,
            changes={"name": [None, there.name]},
        )


def _faults(rows: Sequence[AreaRow], stored: Mapping[UUID, ServiceArea]) -> list[Fault]:
    faults = []
    said = {each.pk for each in rows if each.pk}
    names = {each.name.casefold() for pk, each in stored.items() if pk not in said}
    for at, each in enumerate(rows):
        name = each.values["name"]
        if name.casefold() in names:
            text = _("«%(name)s» står to ganger. Hvert område må ha sitt eget navn.")
            faults.append(Fault(f"{at}.name", text % {"name": name}))
        names.add(name.casefold())
        first, last = each.values["first_day"], each.values["last_day"]
        if first and last and last < first:
            text = _("Siste dag er før første dag. Rett en av dem.")
            faults.append(Fault(f"{at}.last_day", text))
    return faults


@transaction.atomic
def move_units(
    units: Collection[Employer], *, area: ServiceArea, first_day: date, by: Actor
) -> int:
    """Let units belong to an area from a day on; where they were before stays as it was.

    Returns:
        How many moved; those that belonged there already are not among them.

    Raises:
        MayNot: areas are not theirs to keep.
        CannotKeep: none is chosen, the area is not there on that day, one is a firm, or one has
            moved on that day or later already.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    current = {
        each.employer_id: each
        for each in Belonging.objects.filter(employer__in=units, last_day=None)
    }
    if faults := _faults_of_move(units, area, first_day, current):
        raise CannotKeep(faults)
    moved = 0
    for unit in units:
        before = current.get(unit.pk)
        if before and before.area_id == area.pk:
            continue
        card_of(unit, by=by)
        was = None
        if before and before.first_day == first_day:  # it was said wrongly, and never held
            was, before.area = str(before.area_id), area
            before.save_version(expected=before.version, fields=("area",))
        else:
            if before:
                was, before.last_day = str(before.area_id), first_day - timedelta(days=1)
                before.save_version(expected=before.version, fields=("last_day",))
            Belonging.objects.create(
                municipality=municipality, employer=unit, area=area, first_day=first_day
            )
        moved += 1
        note(
            by,
            action="move_unit",
            kind="employer",
            subject=unit.pk,
            changes={"area": [was, str(area.pk)], "first_day": [None, first_day.isoformat()]},
        )
    return moved


def _faults_of_move(
    units: Collection[Employer],
    area: ServiceArea,
    first_day: date,
    current: Mapping[UUID, Belonging],
) -> list[Fault]:
    faults = []
    if not units:
        faults.append(Fault("units", _("Velg minst én enhet.")))
    begun = area.first_day is None or area.first_day <= first_day
    if not begun or (area.last_day is not None and area.last_day < first_day):
        text = _("«%(area)s» finnes ikke %(day)s. Velg en annen dag eller et annet område.")
        day = f"{first_day:%d.%m.%Y}"
        faults.append(Fault("first_day", text % {"area": area.name, "day": day}))
    if any(each.kind != PlacementKind.MUNICIPAL.value for each in units):
        faults.append(Fault("units", _("En bedrift hører ikke til et tjenesteområde.")))
    late = [u.name for u in units if u.pk in current and current[u.pk].first_day > first_day]
    if late:
        text = _("Disse er flyttet senere allerede: %(names)s. Velg en senere dag.")
        faults.append(Fault("first_day", text % {"names": ", ".join(sorted(late))}))
    return faults


@transaction.atomic
def set_rules(*, confirm_days: int, first_day: date, by: Actor) -> None:
    """Say from which day on the map goes by what; what was said for that day before is replaced.

    Raises:
        MayNot: it is not theirs to say.
        CannotKeep: it is less than a day.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    if confirm_days < 1:
        raise CannotKeep([Fault("confirm_days", _("Skriv 1 eller mer."))])
    there = MapRules.objects.filter(first_day=first_day).first()
    was = there.confirm_days if there else None
    if there is None:
        there = MapRules.objects.create(
            municipality=municipality,
            first_day=first_day,
            confirm_days=confirm_days,
            set_by_id=by.user_id,
        )
    else:
        there.confirm_days, there.set_by_id = confirm_days, by.user_id
        there.save_version(expected=there.version, fields=("confirm_days", "set_by"))
    note(
        by,
        action="set_map_rules",
        kind="map_rules",
        subject=there.pk,
        changes={"confirm_days": [was, confirm_days], "first_day": [None, first_day.isoformat()]},
    )
