"""What the regulation says of absence through illness: information, no duty of the municipality."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from innpass.domain.law.days_off import number_of_working_days
from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, not_bound
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import Period, add_months, joined
from innpass.domain.sheets.fields import AbsenceKind

_ONE_DAY = timedelta(days=1)
_YEAR = 366  # days


@DUTIES.rule("intf-8-9")
def regulation_8_and_9(facts: PersonFacts, law: LawAt) -> Duty:
    """Tell where own declarations of illness go beyond what they can be used for.

    Source:
        integreringsforskriften §§ 8 and 9.

    Reading:
        docs/law/absence.md: told, and nobody is said to have broken anything.
    """
    spells = _spells(facts, AbsenceKind.SELF_DECLARED)
    if not spells:
        return not_bound(Reason("absence.none", (("kind", AbsenceKind.SELF_DECLARED),)))
    reasons: list[Reason] = []
    weeks: int = law.value("weeks_before_self_declared")
    if facts.start and spells[0].first_day < facts.start + timedelta(weeks=weeks):
        values = (("day", spells[0].first_day), ("weeks", weeks))
        reasons.append(Reason("absence.too_early", values))
    most: int = law.value("self_declared_days")
    within: int = law.value("self_declared_joined_days")
    for spell, days in _days_with_earlier(spells, within):
        if days > most:
            near = (("first", spell.first_day), ("days", days), ("most", most))
            reasons.append(Reason("absence.needs_note", near))
    months: int = law.value("absence_months")
    times = _times_of_late(facts, spells, months)
    enough: int = law.value("self_declared_times")
    if times >= enough:
        counts = (("times", times), ("months", months))
        reasons.append(Reason("absence.may_lose_right", counts))
    return Duty(
        amounts=(Amount(AbsenceKind.SELF_DECLARED, times, Unit.TIMES),),
        reasons=tuple(reasons) or (Reason("absence.within"),),
    )


@DUTIES.rule("intf-7")
def regulation_7(facts: PersonFacts, law: LawAt) -> Duty:
    """Count the working days of absence with an ill child in twelve months.

    How many days the participant has depends on what is not held: how many children, whether
    somebody is alone with them, and whether a child is chronically ill.

    Source:
        integreringsforskriften § 7.

    Reading:
        docs/law/absence.md.
    """
    spells = _spells(facts, AbsenceKind.CHILD_ILL)
    if not spells:
        return not_bound(Reason("absence.none", (("kind", AbsenceKind.CHILD_ILL),)))
    months: int = law.value("absence_months")
    most = law.value("child_ill_days")
    # The fullest months begin on a day of absence, not always the first of its spell: that may be
    # a Saturday, which counts for nothing.
    days = max(
        number_of_working_days(_inside(spells, first, months), law.law)
        for spell in spells
        for first in _first_days(spell)
    )
    reasons = [Reason("absence.child_ill", (("days", days), ("months", months)))]
    if days > max(most.values()):
        reasons.append(Reason("absence.child_ill_over_all", (("most", max(most.values())),)))
    elif days > most["usual"]:
        reasons.append(Reason("absence.child_ill_over_usual", (("most", most["usual"]),)))
        reasons.append(Reason("not_held.children"))
    return Duty(
        amounts=(Amount(AbsenceKind.CHILD_ILL, days, Unit.WORKING_DAYS),), reasons=tuple(reasons)
    )


def _spells(facts: PersonFacts, kind: AbsenceKind) -> tuple[Period, ...]:
    """Give the spells of a kind, in time; one without a last day is as long as its first day."""
    rows = (row.period for row in facts.absences if row.kind is kind)
    return joined(Period(each.first_day, each.last_day or each.first_day) for each in rows)


def _days_with_earlier(spells: Sequence[Period], within: int) -> list[tuple[Period, int]]:
    """Give each spell with its calendar days, those of earlier spells counted that are near."""
    found: list[tuple[Period, int]] = []
    before = 0
    for earlier, spell in pairwise((None, *spells)):
        if spell is None:
            continue
        near = earlier is not None and (spell.first_day - _last(earlier)).days <= within
        days = (_last(spell) - spell.first_day).days + 1 + (before if near else 0)
        found.append((spell, days))
        before = days
    return found


def _times_of_late(facts: PersonFacts, spells: Sequence[Period], months: int) -> int:
    """Count spells of the months up to the latest, those aside that a doctor's note goes on from.

    Source:
        integreringsforskriften § 9 første og andre ledd.
    """
    noted = {row.period.first_day for row in facts.absences if row.kind is AbsenceKind.DOCTORS_NOTE}
    since = add_months(spells[-1].first_day, -months)
    return sum(spell.first_day > since and _last(spell) + _ONE_DAY not in noted for spell in spells)


def _inside(spells: Sequence[Period], first: date, months: int) -> list[Period]:
    last = add_months(first, months) - _ONE_DAY
    return [
        Period(max(spell.first_day, first), min(_last(spell), last))
        for spell in spells
        if spell.first_day <= last and first <= _last(spell)
    ]


def _first_days(spell: Period) -> list[date]:
    """Give the days of a spell, of its first year at most: a longer one fills the months alone."""
    length = (_last(spell) - spell.first_day).days + 1
    return [spell.first_day + day * _ONE_DAY for day in range(min(length, _YEAR))]


def _last(period: Period) -> date:
    return period.last_day or period.first_day
