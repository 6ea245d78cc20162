"""The rules on work-oriented hours, one function per text."""

from innpass.domain.law.demand import Demand
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Hours, Reason
from innpass.domain.law.register import Rules
from innpass.domain.sheets.fields import EndGoal, Protection

TOPIC = "work_oriented_hours"
DEMANDS: Rules[Demand] = Rules()


@DEMANDS.rule("no-text")
def before_the_first_text(facts: PersonFacts, law: LawAt) -> Demand:
    """Demand nothing of programmes that started before the first text.

    Source:
        forskrift 30. januar 2024 nr. 146 adds the first text.

    Reading:
        docs/law/text-that-binds.md.
    """
    return Demand(reasons=(Reason("no_requirement.before_first_text", (("day", law.day),)),))


@DEMANDS.rule("intf-43h")
def regulation_43h(facts: PersonFacts, law: LawAt) -> Demand:
    """Demand hours of those with collective protection, schooling and work as their goal.

    Part time up to a ceiling lets the municipality lower the minimum. Where nothing is recorded,
    the lower minimum is used with a warning; where it is recorded that nothing was decided, the
    full minimum holds.

    Source:
        integreringsforskriften § 43h første ledd, as added by forskrift 30. januar 2024 nr. 146.

    Reading:
        docs/law/part-time.md.
    """
    absent = (
        (facts.protection is not Protection.COLLECTIVE, "no_requirement.other_protection"),
        (not facts.upper_secondary, "no_requirement.below_upper_secondary"),
        (facts.end_goal is not EndGoal.WORK, "no_requirement.education_goal"),
    )
    if reasons := tuple(Reason(code) for is_absent, code in absent if is_absent):
        return Demand(reasons=reasons)
    months: int = law.value("months_before_required")["upper_secondary"]
    ceiling: int = law.value("part_time_ceiling")
    extent = 100 if facts.extent_percent is None else facts.extent_percent
    if extent <= ceiling and facts.part_time_decision is not False:
        warnings = (
            ()
            if facts.part_time_decision
            else (Reason("warning.part_time_without_decision", (("percent", extent),)),)
        )
        lowered = float(law.value("part_time_minimum_hours"))
        reason = Reason("requirement.part_time", (("hours", Hours(lowered)), ("percent", ceiling)))
        return Demand(lowered, months, (reason,), warnings)
    minimum = float(law.value("minimum_hours"))
    values = (("hours", Hours(minimum)), ("months", months))
    return Demand(minimum, months, (Reason("requirement.collective_protection", values),))


@DEMANDS.rule("intl-14a-3")
def act_14a_third_paragraph(facts: PersonFacts, law: LawAt) -> Demand:
    """Demand hours in every programme that shall qualify for work; schooling says from when.

    Source:
        integreringsloven § 14 a tredje ledd (added by lov 20. juni 2025 nr. 35).

    Reading:
        docs/law/average.md: over which weeks the mean is taken.
    """
    if facts.end_goal is not EndGoal.WORK:
        return Demand(reasons=(Reason("no_requirement.education_goal"),))
    schooling = "upper_secondary" if facts.upper_secondary else "below_upper_secondary"
    months: int = law.value("months_before_required")[schooling]
    minimum = float(law.value("minimum_hours"))
    values = (("hours", Hours(minimum)), ("months", months))
    return Demand(minimum, months, (Reason(f"requirement.{schooling}", values),))
