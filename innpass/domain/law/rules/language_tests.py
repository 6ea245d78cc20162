"""The final tests in Norwegian, and the level that the tuition shall lead to."""

from collections.abc import Sequence
from datetime import date, timedelta

from innpass.domain.law.added import lengthened_by_days, stretches
from innpass.domain.law.deciding import texts_that_may_bind
from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, unknown
from innpass.domain.law.facts import Fact, PersonFacts, SittingRow
from innpass.domain.law.law import LawAt, law_of
from innpass.domain.law.length import LENGTHS
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months
from innpass.domain.sheets.fields import SKILLS

_TUITION = "norwegian_length"
_LOWEST = "pre-A1"
_ONE_DAY = timedelta(days=1)


@DUTIES.rule("intl-37-1")
def act_37_tests(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for a sitting of the final test in Norwegian while the right to tuition lasts.

    Source:
        integreringsloven § 37 første ledd; integreringsforskriften § 38 fjerde ledd.

    Reading:
        docs/law/tests.md.
    """
    number = len(facts.tests)
    amount = Amount("norwegian_tests", number or None, Unit.TIMES, least=1)
    asked = Reason("test_rights.duty", (("free", int(law.value("free_tests"))),))
    if number:
        return Duty(done=facts.tests[0].day, amounts=(amount,), reasons=(asked,))
    due, missing = _end_of_tuition(facts, law)
    return Duty(due=due, amounts=(amount,), missing=missing, reasons=() if missing else (asked,))


@DUTIES.rule("intl-37d-2-prove")
def act_37d_tests(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask nothing of those with collective protection, who may sit one test for nothing.

    Source:
        integreringsloven § 37 d andre ledd.

    Reading:
        docs/law/tests.md.
    """
    free = (("free", int(law.value("free_tests"))), ("number", len(facts.tests)))
    done = facts.tests[0].day if facts.tests else None
    return Duty(binds=False, done=done, reasons=(Reason("test_rights.offer", free),))


@DUTIES.rule("intf-28")
def regulation_28_goals(facts: PersonFacts, law: LawAt) -> Duty:
    """Hold the best results against the guideline goals of the person's schooling.

    Done is the day of the test with which the last skill was reached.

    Source:
        integreringsloven § 31; integreringsforskriften § 28 første til tredje ledd.

    Reading:
        docs/law/tests.md.
    """
    schooled = _goal(law, "norwegian_goal_upper_secondary")
    primary = _goal(law, "norwegian_goal_primary")
    lowest = _goal(law, "norwegian_goal_below_primary")
    if facts.upper_secondary is not False and (day := _reached(facts.tests, schooled)):
        return Duty(done=day, reasons=(_asked("norwegian_goal.reached", schooled),))
    if facts.upper_secondary is None:
        return unknown(Fact.UPPER_SECONDARY)
    goal = schooled if facts.upper_secondary else lowest
    if not facts.upper_secondary:
        if day := _reached(facts.tests, primary):
            return Duty(done=day, reasons=(_asked("norwegian_goal.reached", primary),))
        if _reached(facts.tests, lowest):
            return Duty(binds=False, reasons=(_asked("not_held.primary_school", primary),))
    due, missing = _end_of_tuition(facts, law)
    code = "norwegian_goal.schooled" if facts.upper_secondary else "norwegian_goal.others"
    return Duty(due=due, missing=missing, reasons=() if missing else (_asked(code, goal),))


def _goal(law: LawAt, name: str) -> tuple[str, ...]:
    levels = law.value(name)
    return tuple(levels[skill] for skill in SKILLS)


def _asked(code: str, goal: Sequence[str]) -> Reason:
    return Reason(code, tuple(zip(SKILLS, goal, strict=True)))


def _reached(tests: Sequence[SittingRow], goal: Sequence[str]) -> date | None:
    """Give the day on which the best results so far first reached the goal in every skill."""
    best = [""] * len(goal)
    for test in tests:
        levels = ("" if level == _LOWEST else level for level in test.levels)
        best = [max(pair) for pair in zip(best, levels, strict=True)]
        if all(level >= least for level, least in zip(best, goal, strict=True)):
            return test.day
    return None


def _end_of_tuition(facts: PersonFacts, law: LawAt) -> tuple[date | None, tuple[Fact, ...]]:
    """Give the last day of the right to tuition, extension aside, or the facts that would tell."""
    offered = facts.norwegian_offered_on
    if offered is None:
        return None, (Fact.NORWEGIAN_OFFERED_ON,)
    texts, missing = texts_that_may_bind(_TUITION, facts, law=law.law, on=offered)
    lengths = [LENGTHS.of(text.rule)(facts, law_of(law.law, text)) for text in texts]
    months = {length.months for length in lengths if length.months is not None}
    if len(months) != 1 or any(length.months is None for length in lengths):
        found = {fact for length in lengths for fact in length.missing}
        return None, missing + tuple(fact for fact in Fact if fact in found and fact not in missing)
    leave = stretches(facts.leaves, first_day=offered, last_day=None, on=offered)
    lengthened = lengthened_by_days((*leave.sure, *leave.maybe))
    return lengthened(add_months(offered, months.pop()) - _ONE_DAY).last_day, ()
