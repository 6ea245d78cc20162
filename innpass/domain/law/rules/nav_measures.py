"""Nav's measures beside the time that each kind of them may last."""

from innpass.domain.law.duty import DUTIES, Duty, not_bound, unknown
from innpass.domain.law.extended import months_and_days
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.measures import MeasureKind, measure_limit
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import Period, joined
from innpass.domain.sheets.fields import Activity


@DUTIES.rule("tf-varighet")
def regulation_on_measures(facts: PersonFacts, law: LawAt) -> Duty:
    """Tell of which kinds the longest unbroken measure would be too long.

    Innpass holds that somebody is on a measure and not on which, so nothing is called broken.

    Source:
        tiltaksforskriften §§ 2-4 to 13-4.

    Reading:
        docs/law/nav-measures.md.
    """
    rows = joined(row.period for row in facts.hours if row.activity is Activity.NAV_MEASURE)
    if not rows:
        return not_bound(Reason("nav_measures.none"))
    ends = facts.actual_end or facts.planned_end
    if any(row.last_day is None for row in rows) and ends is None:
        return unknown(Fact.END)
    closed = [
        Period(row.first_day, row.last_day or max(row.first_day, ends or row.first_day))
        for row in rows
    ]
    longest = max(
        closed, key=lambda period: (period.last_day or period.first_day) - period.first_day
    )
    last = longest.last_day or longest.first_day
    too_long = [
        Reason(f"nav_measures.too_long.{kind}", (("last", limit),))
        for kind in MeasureKind
        if (limit := measure_limit(kind, on=law.day, law=law.law).last_day(longest.first_day))
        and limit < last
    ]
    whole, rest = months_and_days(longest)
    values = (("first", longest.first_day), ("last", last), ("months", whole + (rest > 0)))
    lasts = Reason("nav_measures.lasts", values)
    if not too_long:
        return Duty(reasons=(lasts, Reason("nav_measures.within_all")))
    return not_bound(lasts, Reason("not_held.measure_kind"), *too_long)
