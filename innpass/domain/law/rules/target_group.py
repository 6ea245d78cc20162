"""Who the introduction programme is for, and who must take part."""

from datetime import date, timedelta

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Duty, not_bound, unknown
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Hours, Reason
from innpass.domain.periods import add_months, age_on
from innpass.domain.sheets.fields import Activity

_ONE_DAY = timedelta(days=1)
_NOT_HELD = (Reason("not_held.permit_and_agreement"),)


@DUTIES.rule("intl-8-1")
def act_8_first_paragraph(facts: PersonFacts, law: LawAt) -> Duty:
    """Count in those of an age between the bounds at the permit, unless they have a great job.

    What is due is the decision, before the person has lived there for so long.

    Source:
        integreringsloven § 8 første og fjerde ledd.

    Reading:
        docs/law/target-group.md.
    """
    return _target_group(facts, law)


@DUTIES.rule("intl-8-1-lov-2025-35")
def act_8_passed_in_2025(facts: PersonFacts, law: LawAt) -> Duty:
    """Count in those who are older, once the day is set.

    Source:
        lov 20. juni 2025 nr. 35, § 8 første ledd første punktum; not in force.

    Reading:
        docs/law/target-group.md.
    """
    return _target_group(facts, law)


def _target_group(facts: PersonFacts, law: LawAt) -> Duty:
    if facts.permit_on is None or facts.birth_date is None:
        needed = {Fact.PERMIT_ON: facts.permit_on, Fact.BIRTH_DATE: facts.birth_date}
        return unknown(*(fact for fact, day in needed.items() if day is None))
    age = age_on(facts.permit_on, facts.birth_date)
    least, most = law.value("lowest_age"), law.value("highest_age")
    values = (("age", age), ("least", least), ("most", most))
    if age < least:
        return not_bound(Reason("target_group.too_young", values))
    if age > most:
        return not_bound(Reason("target_group.too_old", values))
    if facts.settled_on is None:
        return unknown(Fact.SETTLED_ON)
    since = max(facts.settled_on, facts.permit_on)
    months: int = law.value("months_lived_before_decision")
    due = add_months(since, months) - _ONE_DAY
    decided = decided_on(facts)
    if job := _great_job(facts, law, decided or due):
        return not_bound(job)
    lived = (("day", since), ("months", months))
    return Duty(
        due=due,
        done=decided,
        left_out=_NOT_HELD,
        reasons=(
            Reason("target_group.age", values),
            Reason("target_group.lived", lived),
        ),
    )


def _great_job(facts: PersonFacts, law: LawAt, day: date) -> Reason | None:
    """Tell of a job on ``day`` that takes a person out of the target group."""
    least = law.law.at(day).value("job_outside_target_group")
    hours = sum(
        row.hours_per_week or 0.0
        for row in facts.hours
        if row.activity is Activity.PART_TIME_WORK and row.period.contains(day)
    )
    if least is None or hours < least:
        return None
    return Reason("target_group.job", (("hours", Hours(hours)), ("least", Hours(least))))


@DUTIES.rule("intl-8-1-plikt")
def act_8_right_and_duty(facts: PersonFacts, law: LawAt) -> Duty:
    """Say that who is in the target group must take part.

    Source:
        integreringsloven § 8 første ledd.
    """
    return Duty(done=facts.start, reasons=(Reason("participation.right_and_duty"),))


@DUTIES.rule("intl-37c-1-rett")
def former_37c_right_only(facts: PersonFacts, law: LawAt) -> Duty:
    """Say that those with collective protection had a right and no duty.

    Source:
        integreringsloven § 37 c første ledd, as it read until 31 December 2025.
    """
    reason = Reason("participation.right_only")
    return Duty(binds=False, done=facts.start, reasons=(reason,))
