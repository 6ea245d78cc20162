"""Whole-year and full time, from the hours of the timetable."""

import itertools
from datetime import date, timedelta

from innpass.domain.law.days_off import is_working_day
from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, unknown
from innpass.domain.law.facts import Fact, HoursRow, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Hours, Reason
from innpass.domain.sheets.fields import Activity

_ONE_DAY = timedelta(days=1)
_WHOLE = 100
_LESSONS = (Activity.NORWEGIAN, Activity.VOCATIONAL_NORWEGIAN)


@DUTIES.rule("intl-13-3-heltid")
def acts_13_and_14_full_time(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for full time all through the programme; recorded part time is against it.

    Source:
        integreringsloven § 13 tredje ledd and § 14 første ledd.

    Reading:
        docs/law/full-time.md.
    """
    extent = facts.extent_percent
    duty = _full_time(facts, law, percent=_WHOLE)
    if extent is not None and extent < _WHOLE:
        return Duty(
            amounts=duty.amounts, breaches=(Reason("full_time.part_time", (("percent", extent),)),)
        )
    return duty


@DUTIES.rule("intl-37c-4")
def former_37c_part_time(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the extent that was agreed: those with collective protection could have part time.

    Source:
        integreringsloven § 37 c fjerde ledd as it read until 31 December 2025.

    Reading:
        docs/law/full-time.md.
    """
    return _full_time(facts, law, percent=facts.extent_percent or _WHOLE)


@DUTIES.rule("intf-43i")
def regulation_43i(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the agreed extent where it is decided that capacity allows no more.

    Source:
        integreringsforskriften § 43i as it read until 31 December 2025.

    Reading:
        docs/law/full-time.md.
    """
    extent = facts.extent_percent
    if extent is None or extent >= _WHOLE or facts.part_time_decision:
        return _full_time(facts, law, percent=extent or _WHOLE)
    duty = _full_time(facts, law, percent=_WHOLE)
    asked = Reason("full_time.part_time_without_decision", (("percent", extent),))
    return Duty(amounts=duty.amounts, missing=duty.missing, reasons=(asked, *duty.reasons))


def _full_time(facts: PersonFacts, law: LawAt, *, percent: int) -> Duty:
    end = facts.actual_end or facts.planned_end
    if facts.start is None or end is None:
        needed = {Fact.START: facts.start, Fact.END: end}
        return unknown(*(fact for fact, day in needed.items() if day is None))
    full = float(law.value("full_time_hours")) * percent / _WHOLE
    reason = Reason("full_time.asked", (("hours", Hours(full)),))
    if not facts.hours:
        nothing = Amount("full_time_week", None, Unit.HOURS, least=full)
        return Duty(amounts=(nothing,), reasons=(reason,))
    hours, first, last, is_partial = _least(facts, facts.start, end, law)
    amount = Amount("full_time_week", hours, Unit.HOURS, least=full)
    if not amount.is_short:
        return Duty(amounts=(amount,), reasons=(reason,))
    missing = (Fact.HOURS_PER_WEEK,) if is_partial else ()
    least = (("first", first), ("last", last), ("hours", Hours(hours)))
    return Duty(
        amounts=(amount,), missing=missing, reasons=(reason, Reason("full_time.least", least))
    )


def _least(
    facts: PersonFacts, start: date, end: date, law: LawAt
) -> tuple[float, date, date, bool]:
    """Give the least hours a week of any stretch, its days, and whether some of it is unknown.

    A stretch lies between two days on which something begins or ends. Leave and stretches without
    a working day are passed over; without any other stretch the answer is full of nothing: 0.
    """
    changes: dict[date, tuple[float, int, int]] = {start: (0, 0, 0), end + _ONE_DAY: (0, 0, 0)}

    def change(day: date, hours: float, unknown_rows: int, leaves: int) -> None:
        before = changes.get(day, (0, 0, 0))
        changes[day] = (before[0] + hours, before[1] + unknown_rows, before[2] + leaves)

    for row in facts.hours:
        first, last = max(row.period.first_day, start), min(row.period.last_day or end, end)
        if first <= last:
            hours, is_unknown = _counted_as(row, law), int(row.hours_per_week is None)
            change(first, hours, is_unknown, 0)
            change(last + _ONE_DAY, -hours, -is_unknown, 0)
    for period in facts.leave:
        first, last = max(period.first_day, start), min(period.last_day or end, end)
        if first <= last:
            change(first, 0, 0, 1)
            change(last + _ONE_DAY, 0, 0, -1)
    days = sorted(changes)
    found: list[tuple[float, date, date, bool]] = []
    total, unknown_rows, leaves = 0.0, 0, 0
    for day, after in itertools.pairwise(days):
        hours, more_unknown, more_leaves = changes[day]
        total, unknown_rows, leaves = (
            total + hours,
            unknown_rows + more_unknown,
            leaves + more_leaves,
        )
        if not leaves and _has_working_day(day, after, law):
            found.append((round(total, 6), day, after - _ONE_DAY, unknown_rows > 0))
    return min(found, default=(0.0, start, end, False))


def _has_working_day(day: date, after: date, law: LawAt) -> bool:
    while day < after:
        if is_working_day(day, law.law):
            return True
        day += _ONE_DAY
    return False


def _counted_as(row: HoursRow, law: LawAt) -> float:
    hours = row.hours_per_week or 0.0
    if row.is_counted:
        return hours
    if row.activity in _LESSONS and law.value("norwegian_in_full_time") == "lessons":
        return hours * float(law.value("lesson_hours"))
    return hours
