"""Whether a choice of model, or a deviation, can be made for a person."""

from collections.abc import Iterator, Sequence
from datetime import date

from innpass.domain.courses.choosing import cell_of, phase_of
from innpass.domain.courses.faults import Fault, template_faults
from innpass.domain.courses.following import (
    Choice,
    Deviation,
    Life,
    Version,
    course_place,
    suggested,
    version_of,
)
from innpass.domain.sheets.cells import without_identity_numbers


def is_default(choice: Choice, life: Life, versions: Sequence[Version]) -> bool:
    """Say whether a choice is what we suggest: the model by the start, and the centre's track."""
    if life.start is None:
        return False
    ours = suggested(versions, life.start)
    return (
        ours is not None
        and (choice.key, choice.number) == (ours.model.id, ours.number)
        and (not life.track or choice.track == life.track)
    )


def choice_faults(new: Choice, life: Life, versions: Sequence[Version]) -> tuple[Fault, ...]:
    """List why a choice cannot be made; empty where it can.

    Args:
        life: without the choice that is corrected.
    """
    return tuple(_choice_faults(new, life, versions))


def _choice_faults(new: Choice, life: Life, versions: Sequence[Version]) -> Iterator[Fault]:
    version = version_of(versions, new.key, new.number)
    if version is None:
        yield Fault("model", "choice.model")
    elif new.track not in {track.id for track in version.model.tracks}:
        yield Fault("track", "choice.track", (("model", version.model.name),))
    if life.start and new.first_day < life.start:
        yield Fault("first_day", "choice.early", (("day", _day(life.start)),))
    if any(each.first_day == new.first_day for each in life.choices):
        yield Fault("first_day", "choice.taken", (("day", _day(new.first_day)),))
    yield from reason_faults(new.reason)
    if not new.reason.strip():
        if any(each.first_day < new.first_day for each in life.choices):
            yield Fault("reason", "choice.changed")
        elif version is not None and not is_default(new, life, versions):
            yield Fault("reason", "choice.other")


def deviation_faults(new: Deviation, life: Life, versions: Sequence[Version]) -> tuple[Fault, ...]:
    """List why a deviation cannot be made; empty where it can.

    Args:
        life: without the deviation that is corrected.
    """
    return tuple(_deviation_faults(new, life, versions))


def _deviation_faults(new: Deviation, life: Life, versions: Sequence[Version]) -> Iterator[Fault]:
    if new.last_day is not None and new.last_day < new.first_day:
        yield Fault("last_day", "deviation.turned")
        return
    for other in life.deviations:
        if other.period.overlaps(new.period):
            days = (("first", _day(other.first_day)), ("last", _until(other.last_day)))
            yield Fault("first_day", "deviation.overlap", days)
    if not new.reason.strip():
        yield Fault("reason", "deviation.reason")
    yield from reason_faults(new.reason)
    if new.template is not None:
        yield from template_faults(new.template, place="week", name="Egen uke")
    else:
        yield from _offer_faults(new, life, versions)


def reason_faults(reason: str) -> Iterator[Fault]:
    """Refuse what looks like an identity number: why does not need it, and many read it."""
    if without_identity_numbers(reason) != reason:
        yield Fault("reason", "reason.number")


def _offer_faults(new: Deviation, life: Life, versions: Sequence[Version]) -> Iterator[Fault]:
    """Ask that the week is one that the model offers on the first day of the deviation."""
    where = course_place(life, versions, on=new.first_day)
    if where is None or where.phase is None or not where.track:
        yield Fault("first_day", "deviation.nowhere", (("day", _day(new.first_day)),))
        return
    phase = phase_of(where.version.model, where.step)
    cell = cell_of(where.version.model, phase.id, where.track)
    if new.alternative not in {each.id for each in cell.alternatives}:
        names = ", ".join(f"«{each.name}»" for each in cell.alternatives) or "egen uke"
        values = (("day", _day(new.first_day)), ("phase", phase.name), ("names", names))
        yield Fault("alternative", "deviation.elsewhere", values)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _until(day: date | None) -> str:
    return f"til {_day(day)}" if day else "uten sluttdag"
