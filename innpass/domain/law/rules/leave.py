"""How much time off, leave and holiday the regulation gives: one function per text."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from innpass.domain.law.days_off import after_working_days, number_of_working_days
from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, not_bound, unknown
from innpass.domain.law.extended import last_day_of_months, months_and_days
from innpass.domain.law.facts import Fact, LeaveRow, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import Period, add_months, joined
from innpass.domain.sheets.fields import LeaveKind

_ONE_DAY = timedelta(days=1)
_DAYS_OF_A_MONTH = 30
_YEAR = 12
# Whole spans of time, each with the leave that lies in it.
Spans = Sequence[Period]
Spread = Callable[[Sequence[Period]], Spans]


@DUTIES.rule("intf-11-2")
def regulation_11_second_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Give working days off during a pregnancy.

    Source:
        integreringsforskriften § 11 andre ledd.

    Reading:
        docs/law/leave-limits.md: which days belong to one pregnancy.
    """
    return _working_days(
        facts,
        law,
        LeaveKind.PREGNANCY,
        law.value("pregnancy_days"),
        lambda periods: _of_one_child(periods, law.value("months_of_one_pregnancy")),
    )


@DUTIES.rule("intf-12")
def regulation_12(facts: PersonFacts, law: LawAt) -> Duty:
    """Give working days off after a birth; which parent somebody is, is not held.

    Source:
        integreringsforskriften § 12.

    Reading:
        docs/law/leave-limits.md.
    """
    days = law.value("birth_days")
    return _working_days(
        facts,
        law,
        LeaveKind.BIRTH,
        days["mother"],
        lambda periods: _of_one_child(periods, law.value("months_of_one_pregnancy")),
        (Reason("not_held.which_parent", (("father", days["father"]),)),),
    )


@DUTIES.rule("intf-13")
def regulation_13(facts: PersonFacts, law: LawAt) -> Duty:
    """Give hours off to breastfeed, of which nothing is held.

    Source:
        integreringsforskriften § 13.
    """
    return not_bound(Reason("not_held.breastfeeding"))


@DUTIES.rule("intf-14-1")
def regulation_14_first_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Let working days of welfare leave be given in each calendar year.

    Source:
        integreringsforskriften § 14 første ledd.
    """
    return _working_days(facts, law, LeaveKind.WELFARE, law.value("welfare_days"), calendar_years)


@DUTIES.rule("intf-14a")
def regulation_14a(facts: PersonFacts, law: LawAt) -> Duty:
    """Let working days for peace work be given in each calendar year.

    Source:
        integreringsforskriften § 14a.
    """
    most: int = law.value("peace_work_days")
    return _working_days(facts, law, LeaveKind.PEACE_WORK, most, calendar_years)


@DUTIES.rule("intf-15")
def regulation_15(facts: PersonFacts, law: LawAt) -> Duty:
    """Give leave in long illness, up to a year without a break.

    Source:
        integreringsforskriften § 15.

    Reading:
        docs/law/leave-limits.md: each unbroken leave is measured by itself.
    """
    most: int = law.value("long_illness_months")
    return _months(facts, LeaveKind.LONG_ILLNESS, most, joined)


@DUTIES.rule("intf-16-1")
def regulation_16_first_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Give parents months of leave in the first year of a child, both together.

    Source:
        integreringsforskriften § 16 første og tredje ledd.

    Reading:
        docs/law/leave-limits.md: only what this participant has taken is known.
    """
    return _months(
        facts,
        LeaveKind.PARENTAL,
        law.value("parental_months"),
        lambda periods: _of_one_child(periods, law.value("first_year_months")),
        (Reason("not_held.other_parent"),),
    )


@DUTIES.rule("intf-16-2")
def regulation_16_second_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for follow-up and Norwegian tuition from the fourth month of parental leave.

    What was offered is not held, so it is never shown as done.

    Source:
        integreringsforskriften § 16 andre ledd.

    Reading:
        docs/law/leave-limits.md.
    """
    months: int = law.value("months_before_follow_up")
    taken = joined(row.period for row in facts.leaves if row.kind is LeaveKind.PARENTAL)
    begins = [
        add_months(period.first_day, months)
        for period in taken
        if period.last_day is None or period.last_day >= add_months(period.first_day, months)
    ]
    if not begins:
        return not_bound(Reason("leave_parental_follow_up.not_so_long", (("months", months),)))
    reasons = (
        Reason("leave_parental_follow_up.asked", (("day", begins[-1]),)),
        Reason("not_held.follow_up"),
    )
    return Duty(due=begins[-1], reasons=reasons)


@DUTIES.rule("intf-17-2")
def regulation_17_second_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Give own religious days off in each calendar year.

    Source:
        integreringsforskriften § 17 andre ledd.
    """
    most: int = law.value("religious_days")
    return _working_days(facts, law, LeaveKind.RELIGIOUS, most, calendar_years)


@DUTIES.rule("intf-18")
def regulation_18(facts: PersonFacts, law: LawAt) -> Duty:
    """Give working days of holiday; the municipality says when.

    Source:
        integreringsforskriften § 18.

    Reading:
        docs/law/leave-limits.md: over what time the days are counted.
    """
    over = law.value("holiday_counted_over")
    if over == "programme_year" and facts.start is None:
        if not any(row.kind in (LeaveKind.HOLIDAY, None) for row in facts.leaves):
            return not_bound(Reason("leave.none", (("kind", LeaveKind.HOLIDAY),)))
        return unknown(Fact.START)
    start = facts.start or date.min
    spread: Spread = {
        "programme_year": lambda periods: _programme_years(periods, start),
        "calendar_year": calendar_years,
        "whole_programme": lambda periods: (_from_first_to_last(periods),),
    }[over]
    return _working_days(facts, law, LeaveKind.HOLIDAY, law.value("holiday_days"), spread)


def calendar_years(periods: Sequence[Period]) -> Spans:
    """Give the calendar years in which periods lie; an open one lies in its first year."""
    whole = _from_first_to_last(periods)
    years = range(whole.first_day.year, (whole.last_day or whole.first_day).year + 1)
    return [Period(date(year, 1, 1), date(year, 12, 31)) for year in years]


def _programme_years(periods: Sequence[Period], start: date) -> Spans:
    whole = _from_first_to_last(periods)
    last = whole.last_day or whole.first_day
    spans = [Period(whole.first_day, start - _ONE_DAY)] if whole.first_day < start else []
    months = 0
    while (first := add_months(start, months)) <= last:
        spans.append(Period(first, add_months(start, months + _YEAR) - _ONE_DAY))
        months += _YEAR
    return spans


def _from_first_to_last(periods: Sequence[Period]) -> Period:
    lasts = [period.last_day or period.first_day for period in periods]
    return Period(min(period.first_day for period in periods), max(lasts))


def _of_one_child(periods: Sequence[Period], months: int) -> Spans:
    """Give spans of so many months, each from the first day off after the one before."""
    spans: list[Period] = []
    begun = (Period(each.first_day, each.last_day or each.first_day) for each in periods)
    for period in joined(begun):
        day = period.first_day
        last = _last(period)
        while day <= last:
            if spans and spans[-1].contains(day):
                day = (spans[-1].last_day or last) + _ONE_DAY
            else:
                spans.append(Period(day, last_day_of_months(day, months)))
    return spans


def _working_days(
    facts: PersonFacts,
    law: LawAt,
    kind: LeaveKind,
    most: int,
    spread: Spread,
    notes: tuple[Reason, ...] = (),
) -> Duty:
    """Count the working days of a kind of leave in each span, beside the most of a span."""
    closed, running, doubtful = _sorted(facts.leaves, kind)
    if not closed and not running:
        return not_bound(Reason("leave.none", (("kind", kind),)))
    counted: list[Reason] = []
    largest = 0
    for span in spread([*closed, *running]):
        days = _days_in(span, closed, law)
        if days:
            values = (("first", span.first_day), ("last", _last(span)), ("days", days))
            counted.append(Reason("leave.days_in", values))
        largest = max(largest, days)
    due = None
    if running:
        begin = running[-1].first_day
        span = next(each for each in spread([*closed, *running]) if each.contains(begin))
        left = most - _days_in(span, closed, law)
        # An unfinished leave may last until the days are used; days of another year come beside.
        due = after_working_days(begin - _ONE_DAY, max(left, 0), law.law)
    missing = (
        (Fact.LEAVE_KIND,)
        if largest <= most and doubtful and _is_over([*closed, *doubtful], spread, most, law)
        else ()
    )
    return Duty(
        due=due,
        amounts=(Amount(kind, largest, Unit.WORKING_DAYS, most=most),),
        counted=tuple(counted),
        missing=missing,
        reasons=(
            *((Reason("leave.over_days", (("days", largest),)),) if largest > most else ()),
            Reason("leave.most_days", (("kind", kind), ("most", most))),
            *notes,
        ),
    )


def _months(
    facts: PersonFacts,
    kind: LeaveKind,
    most: int,
    spread: Spread,
    notes: tuple[Reason, ...] = (),
) -> Duty:
    """Count the calendar months of a kind of leave in each span, beside the most of a span."""
    closed, running, doubtful = _sorted(facts.leaves, kind)
    if not closed and not running:
        return not_bound(Reason("leave.none", (("kind", kind),)))
    largest = _longest(closed, spread)
    due = None
    if running:
        first = running[-1].first_day
        span = next(each for each in spread([*closed, *running]) if each.contains(first))
        taken = _months_of(_clipped(closed, span))
        whole = int(max(most - taken, 0))
        rest = round((max(most - taken, 0) - whole) * _DAYS_OF_A_MONTH)
        due = last_day_of_months(first, whole) + timedelta(days=rest)
    missing = (
        (Fact.LEAVE_KIND,)
        if largest <= most and doubtful and _longest([*closed, *doubtful], spread) > most
        else ()
    )
    return Duty(
        due=due,
        amounts=(Amount(kind, largest, Unit.MONTHS, most=most),),
        missing=missing,
        reasons=(
            *((Reason("leave.over_months"),) if largest > most else ()),
            Reason("leave.most_months", (("kind", kind), ("most", most))),
            *notes,
        ),
    )


def _sorted(
    leaves: Iterable[LeaveRow], kind: LeaveKind
) -> tuple[list[Period], list[Period], list[Period]]:
    """Give the closed and the open periods of a kind, and the closed ones of no known kind."""
    closed: list[Period] = []
    running: list[Period] = []
    doubtful: list[Period] = []
    for row in leaves:
        if row.kind is kind:
            (closed if row.period.last_day else running).append(row.period)
        elif row.kind is None and row.period.last_day:
            doubtful.append(row.period)
    return closed, sorted(running, key=lambda period: period.first_day), doubtful


def _is_over(periods: Sequence[Period], spread: Spread, most: int, law: LawAt) -> bool:
    return any(_days_in(span, periods, law) > most for span in spread(periods))


def _days_in(span: Period, periods: Iterable[Period], law: LawAt) -> int:
    return number_of_working_days(_clipped(periods, span), law.law)


def _longest(periods: Sequence[Period], spread: Spread) -> float:
    spans = spread(periods) if periods else ()
    return max((_months_of(_clipped(periods, span)) for span in spans), default=0.0)


def _months_of(periods: Iterable[Period]) -> float:
    """Sum months, days beyond whole ones as thirtieths, to two decimals and never down to one."""
    months = days = 0
    for period in joined(periods):
        whole, rest = months_and_days(period)
        months, days = months + whole, days + rest
    return round(months + days / _DAYS_OF_A_MONTH, 2)


def _clipped(periods: Iterable[Period], span: Period) -> list[Period]:
    found = []
    for period in periods:
        first = max(period.first_day, span.first_day)
        last = min(_last(period), _last(span))
        if first <= last:
            found.append(Period(first, last))
    return found


def _last(period: Period) -> date:
    return period.last_day or date.max
