"""What a programme must contain, and how much of it."""

from collections.abc import Mapping

from innpass.domain.law.added import lengthened_by_days, stretches
from innpass.domain.law.duty import DUTIES, Amount, Duty, Unit, not_bound, unknown
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import add_months
from innpass.domain.sheets.fields import Activity

_NORWEGIAN = (Activity.NORWEGIAN, Activity.VOCATIONAL_NORWEGIAN)


@DUTIES.rule("intl-14a-1")
def act_14a_content(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for work or education, Norwegian, social studies and life skills by the end.

    Source:
        integreringsloven § 14 a første ledd; until 2025 § 14, with the same elements.

    Reading:
        docs/law/content.md.
    """
    amounts = (_work_or_education(facts), _norwegian(facts), _social(facts), _life_skills(facts))
    return _by_the_end(facts, amounts, Reason("content.asked"))


@DUTIES.rule("intl-37c")
def act_37c_content(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask the same without social studies of those with collective protection.

    Source:
        integreringsloven §§ 14 a første ledd and 37 c.

    Reading:
        docs/law/content.md.
    """
    amounts = (_work_or_education(facts), _norwegian(facts), _life_skills(facts))
    return _by_the_end(facts, amounts, Reason("content.without_social_studies"))


@DUTIES.rule("intl-37c-content-2022")
def former_37c_content(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask those with collective protection for work or education only.

    The language could be English, and neither social studies nor life skills were required.

    Source:
        integreringsloven § 37 c and integreringsforskriften § 43f until 31 December 2025.

    Reading:
        docs/law/content.md.
    """
    return _by_the_end(facts, (_work_or_education(facts),), Reason("content.before_2026"))


@DUTIES.rule("intf-4")
def regulation_4_life_skills(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for hours of life skills by schooling, on health and on career.

    Source:
        integreringsforskriften § 4 tredje og fjerde ledd.

    Reading:
        docs/law/content.md.
    """
    schooling = facts.upper_secondary
    if schooling is not None:
        amounts = _skills(facts, law, schooled=schooling)
        code = "life_skills.schooled" if schooling else "life_skills.others"
        health, career = (int(amount.least or 0) for amount in amounts)
        return _by_the_end(facts, amounts, Reason(code, (("health", health), ("career", career))))
    by_most = _by_the_end(facts, _skills(facts, law, schooled=False), Reason("life_skills.either"))
    if _is_reached(by_most):
        return by_most
    by_least = _by_the_end(facts, _skills(facts, law, schooled=True), Reason("life_skills.either"))
    return unknown(Fact.UPPER_SECONDARY) if _is_reached(by_least) else by_most


@DUTIES.rule("intf-4-2021")
def regulation_4_before_2026(facts: PersonFacts, law: LawAt) -> Duty:
    """Judge nothing: the former amounts are not held.

    Source:
        integreringsforskriften § 4 as it read until 31 December 2025.
    """
    return not_bound(Reason("not_held.older_text", (("day", law.day),)))


@DUTIES.rule("intl-37c-livsmestring")
def former_37c_life_skills(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask nothing of those with collective protection, whose programme needed no life skills.

    Source:
        integreringsloven § 37 c as it read until 31 December 2025.
    """
    return not_bound(Reason("life_skills.not_required"))


@DUTIES.rule("intf-3-4")
def regulation_3_parental_guidance(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask parents for meetings in a group or talks alone; one of them is enough.

    Source:
        integreringsloven § 14 andre ledd; integreringsforskriften § 3 fjerde ledd.

    Reading:
        docs/law/parental-guidance.md.
    """
    return _parental_guidance(facts, law.value("parental_meetings"), "parental_guidance.asked")


@DUTIES.rule("intf-3-6")
def regulation_3_with_the_exception(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for fewer where the municipality has made the exception for want of capacity.

    Source:
        integreringsloven § 14 a andre ledd; integreringsforskriften § 3 fjerde og sjette ledd.

    Reading:
        docs/law/parental-guidance.md.
    """
    if law.value("parental_capacity_exception") == "used":
        least = law.value("parental_meetings_at_least")
        return _parental_guidance(facts, least, "parental_guidance.exception")
    return _parental_guidance(facts, law.value("parental_meetings"), "parental_guidance.asked")


def _parental_guidance(facts: PersonFacts, least: Mapping[str, int], code: str) -> Duty:
    if facts.has_children is None:
        return unknown(Fact.HAS_CHILDREN)
    if not facts.has_children:
        return not_bound(Reason("parental_guidance.no_children"))
    group = Amount("parental_group", facts.group_meetings, Unit.MEETINGS, least["group"])
    alone = Amount("parental_alone", facts.individual_meetings, Unit.MEETINGS, least["individual"])
    numbers = (("group", least["group"]), ("individual", least["individual"]))
    return _by_the_end(facts, (group, alone), Reason(code, numbers), one_is_enough=True)


@DUTIES.rule("intl-37c-foreldre")
def former_37c_parental_guidance(facts: PersonFacts, law: LawAt) -> Duty:
    """Judge nothing of those with collective protection: the former wording is not held.

    Source:
        integreringsloven § 37 c as it read until 31 December 2025.
    """
    return not_bound(Reason("not_held.older_text", (("day", law.day),)))


@DUTIES.rule("intf-73-3")
def regulation_73_social_studies(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the fewer hours of those whose permit is older.

    Source:
        integreringsforskriften § 73 tredje ledd.

    Reading:
        docs/law/social-studies.md.
    """
    return _social_studies(facts, law, is_dated=False)


@DUTIES.rule("intl-33-2022")
def act_33_before_august_2023(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the hours, without a day: the day of the former wording is not held.

    Source:
        integreringsloven § 33; integreringsforskriften §§ 73 femte ledd and 74.

    Reading:
        docs/law/social-studies.md.
    """
    return _social_studies(facts, law, is_dated=False)


@DUTIES.rule("intl-33-1")
def act_33_social_studies(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the hours within a year of the offer, approved leave added.

    Source:
        integreringsloven § 33 første ledd.

    Reading:
        docs/law/social-studies.md.
    """
    return _social_studies(facts, law, is_dated=True)


@DUTIES.rule("intl-37d-1")
def act_37d_social_studies(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask nothing of those with collective protection.

    Source:
        integreringsloven § 37 d første ledd.
    """
    return not_bound(Reason("social_studies.collective"))


def _social_studies(facts: PersonFacts, law: LawAt, *, is_dated: bool) -> Duty:
    hours: int = law.value("social_studies_hours")
    amount = Amount("social_studies", facts.social_studies_hours, Unit.HOURS, least=hours)
    asked = Reason("social_studies.asked", (("hours", hours),))
    offered = facts.norwegian_offered_on
    if not is_dated:
        return Duty(amounts=(amount,), reasons=(asked, Reason("not_held.older_deadline")))
    if offered is None:
        missing = (Fact.NORWEGIAN_OFFERED_ON,) if amount.is_short else ()
        return Duty(amounts=(amount,), missing=missing, reasons=() if missing else (asked,))
    found = stretches(facts.leaves, first_day=offered, last_day=None, on=offered)
    months: int = law.value("social_studies_months")
    moved = lengthened_by_days((*found.sure, *found.maybe))(add_months(offered, months))
    within = (("months", months), ("day", offered), ("days", moved.added))
    return Duty(
        due=moved.last_day,
        amounts=(amount,),
        left_out=found.left_out,
        reasons=(asked, Reason("social_studies.within", within)),
    )


def _work_or_education(facts: PersonFacts) -> Amount:
    rows = sum(row.activity not in _NORWEGIAN for row in facts.hours)
    return Amount("content_work_or_education", rows or None, Unit.TIMES, least=1)


def _norwegian(facts: PersonFacts) -> Amount:
    rows = sum(row.activity in _NORWEGIAN for row in facts.hours)
    return Amount("content_norwegian", rows or None, Unit.TIMES, least=1)


def _social(facts: PersonFacts) -> Amount:
    return Amount("content_social_studies", _some(facts.social_studies_hours), Unit.TIMES, least=1)


def _life_skills(facts: PersonFacts) -> Amount:
    known = [hours for hours in (facts.health_hours, facts.career_hours) if hours is not None]
    return Amount("content_life_skills", _some(sum(known) if known else None), Unit.TIMES, least=1)


def _some(hours: int | None) -> int | None:
    return None if hours is None else int(hours > 0)


def _skills(facts: PersonFacts, law: LawAt, *, schooled: bool) -> tuple[Amount, ...]:
    part = "upper_secondary" if schooled else "below_upper_secondary"
    health, career = law.value("health_hours")[part], law.value("career_hours")[part]
    return (
        Amount("health_hours", facts.health_hours, Unit.HOURS, least=health),
        Amount("career_hours", facts.career_hours, Unit.HOURS, least=career),
    )


def _by_the_end(
    facts: PersonFacts, amounts: tuple[Amount, ...], reason: Reason, *, one_is_enough: bool = False
) -> Duty:
    """Ask for amounts by the last day of the programme."""
    due = facts.actual_end or facts.planned_end
    duty = Duty(due=due, amounts=amounts, one_is_enough=one_is_enough, reasons=(reason,))
    if due is None and not _is_reached(duty):
        return Duty(amounts=amounts, one_is_enough=one_is_enough, missing=(Fact.END,))
    return duty


def _is_reached(duty: Duty) -> bool:
    short = [amount.is_short for amount in duty.amounts]
    return not all(short) if duty.one_is_enough else not any(short)
