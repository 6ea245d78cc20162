"""Keeping practice places: offered, confirmed, ended."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.employers.cards import card_of
from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.queries import is_offered
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.placing.demands import Demand
from innpass.domain.sheets.cells import without_identity_numbers

MOST_SEATS = 99
WORKING_DAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class PlaceValues:
    """A practice place as typed, as ``PracticePlace`` has it."""

    name: str
    offered_from: date
    tasks: str = ""
    occupation: str = ""
    seats: int = 1
    weekdays: tuple[int, ...] = WORKING_DAYS
    start: int = 8 * 60
    end: int = 15 * 60 + 30
    days_a_week: int | None = None
    language_at_start: str = ""
    can_learn: str = ""
    demands: tuple[Demand, ...] = ()
    accessibility: str = ""
    offered_until: date | None = None
    confirmed_on: date | None = field(default=None)


_COLUMNS = tuple(each.name for each in fields(PlaceValues))


@transaction.atomic
def keep_place(
    *,
    employer: Employer,
    place: PracticePlace | None,
    values: PlaceValues,
    expected: int,
    by: Actor,
) -> PracticePlace:
    """Store a practice place. A new one is confirmed on the day from which it is offered.

    Args:
        place: which is changed; ``None`` for a new one.
        expected: the ``version`` on the screen.

    Raises:
        MayNot: places are not theirs to keep.
        CannotKeep: it takes nobody on any day, ends before it begins, or wants more days a week
            than there are.
        ChangedMeanwhile: somebody else saved it.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    if found := list(_faults(values)):
        raise CannotKeep(found)
    card_of(employer, by=by)
    new = asdict(values)
    new["weekdays"] = sorted(set(values.weekdays))
    new["demands"] = [each.value for each in dict.fromkeys(values.demands)]
    if place is None:
        new["confirmed_on"] = values.confirmed_on or values.offered_from
        place = PracticePlace.objects.create(municipality=municipality, employer=employer, **new)
        changes = {"name": [None, values.name], "seats": [None, values.seats]}
    else:
        new["confirmed_on"] = values.confirmed_on or place.confirmed_on
        changes = {
            name: [_told(getattr(place, name)), _told(value)]
            for name, value in new.items()
            if getattr(place, name) != value
        }
        for name, value in new.items():
            setattr(place, name, value)
        place.save_version(expected=expected, fields=_COLUMNS)
    note(by, action="keep_place", kind="practice_place", subject=place.pk, changes=changes)
    return place


@transaction.atomic
def end_place(*, place: PracticePlace, last_day: date, expected: int, by: Actor) -> None:
    """Say on which day an offer stands for the last time; who is there stays.

    Raises:
        MayNot: places are not theirs to keep.
        CannotKeep: it is before the offer begins.
        ChangedMeanwhile: somebody else saved it.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    one_at_a_time(by)
    if last_day < place.offered_from:
        text = _("Tilbudet begynner %(day)s. Velg den dagen eller en senere.")
        day = f"{place.offered_from:%d.%m.%Y}"
        raise CannotKeep([Fault("last_day", text % {"day": day})])
    was, place.offered_until = place.offered_until, last_day
    place.save_version(expected=expected, fields=("offered_until",))
    note(
        by,
        action="end_place",
        kind="practice_place",
        subject=place.pk,
        changes={"offered_until": [_told(was), _told(last_day)]},
    )


@transaction.atomic
def confirm(employers: Iterable[Employer], *, on: date, by: Actor) -> int:
    """Note that employers say today that all their offers stand; returns how many places.

    Raises:
        MayNot: places are not theirs to keep.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    one_at_a_time(by)
    rows = PracticePlace.objects.filter(is_offered(on), employer__in=list(employers))
    count = 0
    for place in rows.exclude(confirmed_on__gte=on):
        was, place.confirmed_on = place.confirmed_on, on
        place.save_version(expected=place.version, fields=("confirmed_on",))
        note(
            by,
            action="confirm_place",
            kind="practice_place",
            subject=place.pk,
            changes={"confirmed_on": [_told(was), _told(on)]},
        )
        count += 1
    return count


def _faults(values: PlaceValues) -> Iterable[Fault]:
    for name in ("name", "tasks", "can_learn", "accessibility"):
        if without_identity_numbers(getattr(values, name)) != getattr(values, name):
            text = _(
                "Teksten inneholder et tall som kan være et fødselsnummer, D-nummer eller "
                "DUF-nummer. Ta det bort. Her skal det bare stå noe om plassen."
            )
            yield Fault(name, text)
    if not values.weekdays:
        yield Fault("weekdays", _("Velg minst én dag."))
    if not 1 <= values.seats <= MOST_SEATS:
        text = _("Skriv et tall fra 1 til %(most)s.")
        yield Fault("seats", text % {"most": MOST_SEATS})
    if values.end <= values.start:
        yield Fault("times", _("Slutten må komme etter starten, samme dag."))
    if values.days_a_week and values.days_a_week > len(set(values.weekdays)):
        text = _("Plassen er åpen %(days)s dager i uka. Skriv det tallet eller mindre.")
        yield Fault("days_a_week", text % {"days": len(set(values.weekdays))})
    if values.offered_until and values.offered_until < values.offered_from:
        yield Fault("offered_until", _("Siste dag er før første dag. Rett en av dem."))


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


__all__ = [
    "MOST_SEATS",
    "WORKING_DAYS",
    "ChangedMeanwhile",
    "PlaceValues",
    "confirm",
    "end_place",
    "keep_place",
]
