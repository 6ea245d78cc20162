"""Keeping what weeks are planned by: rooms, places, ways, breaks, rules and workplaces' hours."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.casework.timetable.models import (
    Locality,
    Opening,
    PlanningRules,
    Room,
    SchoolBreak,
    Way,
    Workplace,
)
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor

_ACTS: Mapping[type, Act] = {
    Room: Act.KEEP_GROUPS,
    SchoolBreak: Act.KEEP_GROUPS,
    Locality: Act.KEEP_WORKPLACES,
}
_KINDS: Mapping[type, str] = {
    Room: "room",
    SchoolBreak: "school_break",
    Locality: "locality",
}


def localities() -> list[Locality]:
    """Return the places by name. One query."""
    return list(Locality.objects.order_by("name"))


def rooms() -> list[Room]:
    """Return the rooms by name. One query."""
    return list(Room.objects.order_by("name"))


def breaks() -> list[SchoolBreak]:
    """Return the breaks in order of time. One query."""
    return list(SchoolBreak.objects.order_by("first_day", "name"))


def ways() -> dict[frozenset[UUID], int]:
    """Return the minutes between two places, where somebody said. One query."""
    rows = Way.objects.values_list("one", "other", "minutes")
    return {frozenset((one, other)): minutes for one, other, minutes in rows}


def stored_rules() -> PlanningRules | None:
    """Return what the municipality said that it plans by; ``None`` where it never did."""
    found: PlanningRules | None = PlanningRules.objects.first()
    return found


def workplaces() -> dict[UUID, Workplace]:
    """Return the workplaces by employer, with place and openings. Two queries."""
    rows = Workplace.objects.select_related("locality").prefetch_related("openings")
    return {each.employer_id: each for each in rows}


def has_locality(employer: Employer) -> bool:
    """Tell whether it is known where an employer takes people; without it no way is measured."""
    return bool(Workplace.objects.filter(employer=employer).exists())


def employers_seen_by(actor: Actor) -> "QuerySet[Employer]":
    """Return the employers, but for those where only people hidden from the actor have been."""
    hidden = people_hidden_from(actor)
    somewhere = Placement.objects.exclude(employer=None)
    others = somewhere.exclude(participant__in=hidden).values("employer")
    only_hidden = somewhere.filter(participant__in=hidden).exclude(employer__in=others)
    found: QuerySet[Employer] = Employer.objects.exclude(pk__in=only_hidden.values("employer"))
    return found


def people_at(actor: Actor, *, on: date) -> Counter[UUID]:
    """Count those at each employer on a day or later, of whom the actor may see. One query."""
    there = (
        Placement.objects.filter(Q(last_day=None) | Q(last_day__gte=on))
        .exclude(employer=None)
        .exclude(participant__in=people_hidden_from(actor))
    )
    pairs = set(there.values_list("employer", "participant"))
    return Counter(employer for employer, _who in pairs)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as typed: a room, a break or a place.

    Attributes:
        pk: of the stored row; ``None`` for a new one.
        version: as it was on the screen.
        values: by column; ``None`` takes the row away.
    """

    pk: UUID | None
    version: int
    values: Mapping[str, Any] | None


def keep_rooms(rows: Sequence[Row], *, by: Actor) -> None:
    """Store the rooms as typed; raises what ``keep_localities`` does."""
    _keep_rows(Room, rows, by=by)


def keep_breaks(rows: Sequence[Row], *, by: Actor) -> None:
    """Store the breaks as typed; raises what ``keep_localities`` does."""
    _keep_rows(SchoolBreak, rows, by=by)


def keep_localities(rows: Sequence[Row], *, by: Actor) -> None:
    """Store the places as typed, all of them or none; what is as it was stays.

    Raises:
        MayNot: they are not theirs to keep.
        CannotKeep: two have one name, a break ends before it begins, or what is taken away is used.
        ChangedMeanwhile: somebody else saved one of them.
    """
    _keep_rows(Locality, rows, by=by)


@transaction.atomic
def _keep_rows(model: type, rows: Sequence[Row], *, by: Actor) -> None:
    check_may(by, _ACTS[model])
    municipality = one_at_a_time(by)
    stored = model.objects.in_bulk([each.pk for each in rows if each.pk])  # type: ignore[attr-defined]
    if found := list(_faults(model, rows, stored)):
        raise CannotKeep(found)
    _free_names(model, rows, stored)
    # Those that go go first: another may take the name.
    for at, each in sorted(enumerate(rows), key=lambda one: one[1].values is not None):
        there = stored.get(each.pk) if each.pk else None
        if each.pk and (there is None or there.version != each.version):
            raise ChangedMeanwhile(there or model(pk=each.pk))
        if each.values is None:
            if there is not None:
                _take_away(model, there, at, by)
        elif there is None:
            made = model.objects.create(municipality=municipality, **each.values)  # type: ignore[attr-defined]
            _note(by, "keep", made)
        elif any(getattr(there, name) != value for name, value in each.values.items()):
            for name, value in each.values.items():
                setattr(there, name, value)
            there.save_version(expected=each.version, fields=tuple(each.values))
            _note(by, "keep", there)


@transaction.atomic
def keep_ways(minutes: Mapping[tuple[UUID, UUID], int | None], *, by: Actor) -> None:
    """Store how long it takes between places; ``None`` leaves it to the rules.

    Raises:
        MayNot: ways are not theirs to keep.
    """
    check_may(by, Act.KEEP_WORKPLACES)
    municipality = one_at_a_time(by)
    stored = {frozenset((each.one_id, each.other_id)): each for each in Way.objects.all()}
    for (one, other), took in minutes.items():
        there = stored.get(frozenset((one, other)))
        if there is None and took is not None:
            made = Way.objects.create(
                municipality=municipality, one_id=one, other_id=other, minutes=took
            )
            note(by, action="keep_way", kind="way", subject=made.pk)
        elif there is not None and took is None:
            note(by, action="delete_way", kind="way", subject=there.pk)
            there.delete()
        elif there is not None and there.minutes != took:
            note(
                by,
                action="keep_way",
                kind="way",
                subject=there.pk,
                changes={"minutes": [there.minutes, took]},
            )
            there.minutes = took
            there.save_version(expected=there.version, fields=("minutes",))


@transaction.atomic
def keep_rules(values: Mapping[str, int], *, expected: int, by: Actor) -> None:
    """Store what the municipality plans by; times and lengths in minutes.

    Args:
        expected: the ``version`` on the screen; 0 where nobody had said anything.

    Raises:
        MayNot: rules are not theirs to keep.
        CannotKeep: they close before they open, or the shortest day is longer than the longest.
        ChangedMeanwhile: somebody else saved them.
    """
    check_may(by, Act.KEEP_WORKPLACES)
    municipality = one_at_a_time(by)
    faults = []
    if values["opening_end"] <= values["opening_start"]:
        faults.append(Fault("opening", _("Slutten må komme etter starten, samme dag.")))
    if values["longest_stay"] < values["shortest_stay"]:
        text = _("Den lengste dagen må være minst så lang som den korteste.")
        faults.append(Fault("longest_stay", text))
    if faults:
        raise CannotKeep(faults)
    there = PlanningRules.objects.first()
    if there is None:
        there = PlanningRules.objects.create(municipality=municipality, **values)
    else:
        for name, value in values.items():
            setattr(there, name, value)
        there.save_version(expected=expected, fields=tuple(values))
    note(by, action="keep_rules", kind="planning_rules", subject=there.pk)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a workplace takes participants on a day of the week, and how many."""

    day: int
    start: int
    end: int
    seats: int


@transaction.atomic
def keep_workplace(
    *, employer: Employer, locality: UUID, hours: Sequence[Hours], expected: int, by: Actor
) -> None:
    """Store where an employer takes participants, and when; no hours leaves them to the rules.

    Args:
        expected: the workplace's ``version`` on the screen; 0 where there was none.

    Raises:
        MayNot: workplaces are not theirs to keep.
        CannotKeep: a day ends before it begins or stands twice, or has no seat.
        ChangedMeanwhile: somebody else saved the workplace.
    """
    check_may(by, Act.KEEP_WORKPLACES)
    municipality = one_at_a_time(by)
    if found := list(_faults_of_hours(hours)):
        raise CannotKeep(found)
    there = Workplace.objects.filter(employer=employer).first()
    if (there.version if there else 0) != expected:
        raise ChangedMeanwhile(there or employer)
    if there is None:
        there = Workplace.objects.create(
            municipality=municipality, employer=employer, locality_id=locality
        )
    else:
        there.locality_id = locality
        there.save_version(expected=expected, fields=("locality",))
        there.openings.all().delete()
    Opening.objects.bulk_create(
        Opening(municipality=municipality, workplace=there, **asdict(each)) for each in hours
    )
    note(by, action="keep_workplace", kind="workplace", subject=there.pk)


def _faults_of_hours(hours: Sequence[Hours]) -> Iterator[Fault]:
    for each in hours:
        if each.end <= each.start:
            yield Fault(f"{each.day}.time", _("Slutten må komme etter starten, samme dag."))
        if each.seats < 1:
            yield Fault(f"{each.day}.seats", _("Skriv hvor mange det er plass til, minst 1."))


def _faults(model: type, rows: Sequence[Row], stored: Mapping[UUID, Any]) -> Iterator[Fault]:
    wanted = [(at, each.values) for at, each in enumerate(rows) if each.values is not None]
    if model is SchoolBreak:
        for at, values in wanted:
            if values["last_day"] < values["first_day"]:
                yield Fault(f"{at}.last_day", _("Siste dag er før første dag. Rett en av dem."))
        return
    others = model.objects.exclude(pk__in=[each.pk for each in rows if each.pk])  # type: ignore[attr-defined]
    there = {name.casefold() for name in others.values_list("name", flat=True)}
    for at, values in wanted:
        if values["name"].casefold() in there:
            text = _("«%(name)s» finnes allerede. Velg et annet navn.")
            yield Fault(f"{at}.name", text % {"name": values["name"]})
    names = sorted((values["name"].casefold(), at) for at, values in wanted)
    for (one, _first), (other, at) in pairwise(names):
        if one == other:
            text = _("«%(name)s» står to ganger. Hver må ha sitt eget navn.")
            yield Fault(f"{at}.name", text % {"name": dict(wanted)[at]["name"]})


def _free_names(model: type, rows: Sequence[Row], stored: Mapping[UUID, Any]) -> None:
    """Let rows that give their name to another stand under their id until they have their own.

    Names are asked for one by one, so two that change places would clash on the way.
    """
    if model is SchoolBreak:  # of which several may have one name
        return
    wanted = {each.values["name"] for each in rows if each.values is not None}
    for each in rows:
        there = stored.get(each.pk) if each.pk and each.values else None
        if there and there.name in wanted and there.name != (each.values or {})["name"]:
            model.objects.filter(pk=there.pk).update(name=str(there.pk))  # type: ignore[attr-defined]


def _take_away(model: type, row: Any, at: int, by: Actor) -> None:
    if model is Locality:
        Way.objects.filter(one=row).delete()
        Way.objects.filter(other=row).delete()
    name = row.name
    _note(by, "delete", row)
    try:
        row.delete()
    except ProtectedError as no:
        text = _("«%(name)s» er i bruk og kan ikke tas bort. Flytt det som bruker den, først.")
        raise CannotKeep([Fault(f"{at}.name", text % {"name": name})]) from no


def _note(by: Actor, verb: str, row: Any) -> None:
    kind = _KINDS[type(row)]
    note(by, action=f"{verb}_{kind}", kind=kind, subject=row.pk, changes={"name": [None, row.name]})
