"""What does not go together with an agreement: other placements, the place, programme and law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from innpass.domain.law.extended import last_day_of_months
from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.law.measures import MeasureKind, measure_limit
from innpass.domain.periods import Period
from innpass.domain.placing.sentences import choice, say
from innpass.domain.placing.states import CaseKind
from innpass.domain.placing.usual import usual

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MEASURES = {
    CaseKind.WORK_TRAINING: MeasureKind.WORK_TRAINING,
    CaseKind.SUMMER_JOB: MeasureKind.SUMMER_JOB,
}
_HOUR = 60
_DATED_BACK = 14  # days after which a beginning in the past is told of
_ONLY_TOLD = frozenset({"leave_within", "dated_back"})

Days = tuple[tuple[int, int, int], ...]  # weekday, and minutes after midnight from and to


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an agreement would say. Days are inclusive, minutes are clock minutes a week."""

    kind: CaseKind
    first_day: date
    last_day: date
    days: Days
    minutes_per_week: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another placement of the same person; ``days`` are empty where nobody knows them.

    ``kind`` is the arrangement, where there is a case of it.
    """

    employer: str
    first_day: date
    last_day: date | None
    days: Days = ()
    minutes_per_week: int = 0
    kind: CaseKind | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The practice place that is agreed.

    Attributes:
        weekdays: on which it takes participants.
        seats: how many at once; ``taken`` says by weekday how many others are there, at most, on
            one such day of the period.
        offered_from, offered_until: inclusive.
    """

    name: str
    weekdays: tuple[int, ...]
    seats: int
    taken: Mapping[int, int]
    offered_from: date
    offered_until: date | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What is around an agreement.

    Attributes:
        cap: how many the employer takes at once, ``at_employer`` how many others are there, at
            most, on one day of the period; ``cap`` is ``None`` where nobody set one.
        closed_on: the first day on which the employer takes nobody.
        programme_first, programme_planned, programme_ended: the programme's days;
            ``programme_ended`` the last day in fact.
        own: the days of this placement as they hold now; ``None`` where none do.
    """

    employer: str = ""
    elsewhere: Sequence[Elsewhere] = ()
    place: Place | None = None
    cap: int | None = None
    at_employer: int = 0
    closed_on: date | None = None
    has_programme: bool = True
    programme_first: date | None = None
    programme_planned: date | None = None
    programme_ended: date | None = None
    leaves: Sequence[Period] = ()
    own: Period | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that does not go together, as a sentence; a warning stops nothing.

    Attributes:
        code: of ``sentences.yml``.
        about: the field of the form it is about: ``first_day``, ``last_day``, ``days``, ``hours``
            or ``place``; empty where it is about none.
        needs_reason: it may be so, but whoever writes the agreement must say why.
    """

    code: str
    text: str
    about: str = ""
    is_warning: bool = False
    needs_reason: bool = False

    @property
    def is_only_told(self) -> bool:
        """Whether nobody has to decide anything because of it."""
        return self.code in _ONLY_TOLD


def _clash(
    code: str,
    about: str = "",
    *,
    is_warning: bool = False,
    needs_reason: bool = False,
    **values: Any,
) -> Clash:
    text = say(f"clash.{code}", **values)
    return Clash(code, text[:1].upper() + text[1:], about, is_warning, needs_reason)


def clashes(wanted: Wanted, around: Around, *, on: date, law: Law = THE_LAW) -> Iterator[Clash]:
    """Yield what does not go together, what stops it before what is told only.

    Args:
        on: today, by which a beginning lies in the past.
    """
    own = [*_of_itself(wanted, law, on)]
    yield from own
    if any(each.code == "reversed" for each in own):
        return
    found = [
        *_of_others(wanted, around, law, on),
        *_of_place(wanted, around),
        *_of_programme(wanted, around, on),
        *_of_measure(wanted, around, law, on),
        *_of_length(wanted, on),
    ]
    days = (on - _new_from(wanted, around, on)).days
    if days > _DATED_BACK:
        found.append(_clash("dated_back", "first_day", is_warning=True, days=days))
    yield from sorted(found, key=lambda each: (each.is_warning, not each.needs_reason))


def _new_from(wanted: Wanted, around: Around, on: date) -> date:
    """Return the first day that is new: of a placement that goes on, the one after its last.

    One whose last day nobody knows goes on until today at least.
    """
    own = around.own
    if own is None or own.first_day != wanted.first_day:
        return wanted.first_day
    return max(wanted.first_day, (own.last_day or on) + timedelta(days=1))


def _of_length(wanted: Wanted, on: date) -> Iterator[Clash]:
    """Yield whether it goes on longer than the municipality holds for long; Nav has its own."""
    months = usual("longest_agreement_months", on=on)
    longest = last_day_of_months(wanted.first_day, months)
    if wanted.kind not in _MEASURES and wanted.last_day > longest:
        yield _clash(
            "long",
            "last_day",
            is_warning=True,
            needs_reason=True,
            months=months,
            day=_d(longest),
        )


def _of_itself(wanted: Wanted, law: Law, on: date) -> Iterator[Clash]:
    if wanted.last_day < wanted.first_day:
        yield _clash(
            "reversed", "last_day", first_day=_d(wanted.first_day), last_day=_d(wanted.last_day)
        )
    if not wanted.days:
        yield _clash("no_days", "days")
        return
    for day, start, end in wanted.days:
        if end <= start:
            yield _clash("day_reversed", "days", day=WEEKDAYS[day])
    there = [day for day, _start, _end in wanted.days]
    for day in sorted({day for day in there if there.count(day) > 1}):
        yield _clash("day_twice", "days", day=WEEKDAYS[day])
    most = sum(max(0, end - start) for _day, start, end in wanted.days)
    if wanted.minutes_per_week > most:
        yield _clash("more_than_days", "hours", hours=_h(wanted.minutes_per_week), most=_h(most))
    full = full_time_minutes(law, on)
    if wanted.minutes_per_week > full:
        yield _clash("full_time", "hours", hours=_h(wanted.minutes_per_week), most=_h(full))


def full_time_minutes(law: Law, on: date) -> int:
    """Return full time in clock minutes a week."""
    minutes: float = law.at(on).value("full_time_hours") * _HOUR
    return round(minutes)


def _of_others(wanted: Wanted, around: Around, law: Law, on: date) -> Iterator[Clash]:
    beside = []
    for other in around.elsewhere:
        if other.first_day > wanted.last_day or (other.last_day or date.max) < wanted.first_day:
            continue
        told: dict[str, Any] = {"employer": other.employer, "days": _between(other)}
        if not other.days:
            yield _clash("overlap_unknown", "first_day", **told)
            continue
        same = _same_time(wanted.days, other.days)
        if same is not None:
            yield _clash("overlap", "days", day=WEEKDAYS[same], **told)
        else:
            beside.append(other)
    yield from _of_hours(wanted, beside, full=full_time_minutes(law, on))


def _of_hours(wanted: Wanted, beside: Sequence[Elsewhere], *, full: int) -> Iterator[Clash]:
    """Yield whether the hours of all that go on at once are more than full time."""
    at_once = [
        [each for each in beside if each.first_day <= day <= (each.last_day or date.max)]
        for day in {max(each.first_day, wanted.first_day) for each in beside}
    ]
    most = max(
        at_once, key=lambda some: (_minutes(some), -some[0].first_day.toordinal()), default=[]
    )
    if most and wanted.minutes_per_week + _minutes(most) > full:
        yield _clash(
            "full_time_together",
            "hours",
            employer=choice((each.employer for each in most), last="og"),
            others=_h(_minutes(most)),
            hours=_h(wanted.minutes_per_week + _minutes(most)),
            most=_h(full),
        )


def _minutes(some: Sequence[Elsewhere]) -> int:
    return sum(each.minutes_per_week for each in some)


def _between(period: Elsewhere | Period) -> str:
    """Say from when to when in words; nobody reads the last day of the calendar."""
    first, last = period.first_day, period.last_day
    until = f"til {_d(last)}" if last else "uten sluttdato"
    return f"fra {_d(first)} {until}" if first != date.min else until


def _same_time(one: Days, other: Days) -> int | None:
    return next(
        (
            day
            for day, start, end in one
            for there, begin, stop in other
            if day == there and start < stop and begin < end
        ),
        None,
    )


def _of_place(wanted: Wanted, around: Around) -> Iterator[Clash]:
    if around.closed_on is not None and wanted.last_day >= around.closed_on:
        yield _clash("employer_closed", "place", employer=around.employer, day=_d(around.closed_on))
    if around.cap is not None and around.at_employer >= around.cap:
        yield _clash("cap", "place", employer=around.employer, most=around.cap)
    place = around.place
    if place is None:
        return
    for day in sorted({day for day, _start, _end in wanted.days}):
        if day not in place.weekdays:
            yield _clash("place_closed", "days", place=place.name, day=WEEKDAYS[day])
        elif place.taken.get(day, 0) >= place.seats:
            yield _clash(
                "place_full", "place", place=place.name, day=WEEKDAYS[day], seats=place.seats
            )
    until = place.offered_until
    if wanted.first_day < place.offered_from or (until is not None and wanted.last_day > until):
        offered = (
            f"{_d(place.offered_from)}–{_d(until)}" if until else f"fra {_d(place.offered_from)}"
        )
        yield _clash("place_not_offered", "place", place=place.name, offered=offered)


def _of_programme(wanted: Wanted, around: Around, on: date) -> Iterator[Clash]:
    if not around.has_programme:
        yield _clash("no_programme", "first_day")
        return
    ended, begun = around.programme_ended, around.programme_first
    is_of_nav = wanted.kind in _MEASURES
    if ended is not None and wanted.last_day > ended and not is_of_nav:
        yield _clash("programme_ended", "last_day", day=_d(ended))
    new_from = _new_from(wanted, around, on)
    if begun is not None and new_from < begun:
        yield _clash("programme_not_begun", "first_day", day=_d(begun))
    for leave in around.leaves:
        last = leave.last_day or date.max
        told: dict[str, Any] = {"days": _between(leave)}
        is_new = new_from == wanted.first_day
        if is_new and leave.first_day <= wanted.first_day <= last:
            yield _clash("on_leave", "first_day", **told)
        elif leave.first_day <= wanted.last_day and last >= new_from:
            yield _clash("leave_within", is_warning=True, **told)
    planned = around.programme_planned
    if ended is None and planned is not None and wanted.last_day > planned and not is_of_nav:
        yield _clash("planned_end", "last_day", is_warning=True, needs_reason=True, day=_d(planned))


def _of_measure(wanted: Wanted, around: Around, law: Law, on: date) -> Iterator[Clash]:
    kind = _MEASURES.get(wanted.kind)
    if kind is None:
        return
    last = measure_limit(kind, on=max(on, wanted.first_day), law=law).last_day(wanted.first_day)
    if last is not None and wanted.last_day > last:
        name = say(f"kind.{wanted.kind}")
        yield _clash(
            "measure_too_long",
            "last_day",
            kind=name,
            day=_d(last),
            first_day=_d(wanted.first_day),
        )
        return
    used = sum(_days_before(wanted, each) for each in around.elsewhere)
    if last is not None and used and wanted.last_day > last - timedelta(days=used):
        name = say(f"kind.{wanted.kind}")
        most = (last - wanted.first_day).days + 1
        together = used + (wanted.last_day - wanted.first_day).days + 1
        yield _clash(
            "measure_together", is_warning=True, kind=name, used=used, days=together, most=most
        )


def _days_before(wanted: Wanted, other: Elsewhere) -> int:
    """Count the days of the same measure before; of a summer job those of the same year."""
    if other.kind is not wanted.kind:
        return 0
    first = other.first_day
    if wanted.kind is CaseKind.SUMMER_JOB:
        first = max(first, date(wanted.first_day.year, 1, 1))
    last = min(other.last_day or date.max, wanted.first_day - timedelta(days=1))
    return max(0, (last - first).days + 1) if first != date.min else 0


def busiest(others: Sequence[tuple[date, date | None]], *, first_day: date, last_day: date) -> int:
    """Return how many of some periods are at most at once within a period.

    Example:
        >>> june, july = date(2026, 6, 1), date(2026, 7, 1)
        >>> busiest([(june, june), (july, None)], first_day=june, last_day=date(2026, 8, 1))
        1
    """
    begins = [max(first, first_day) for first, _last in others]
    return max(
        (
            sum(1 for first, last in others if first <= day <= (last or date.max))
            for day in begins
            if day <= last_day
        ),
        default=0,
    )


def _d(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _h(minutes: int) -> str:
    number = f"{minutes / _HOUR:.2f}".rstrip("0").rstrip(".")
    return number.replace(".", ",")
