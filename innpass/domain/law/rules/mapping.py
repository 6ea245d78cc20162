"""The mapping of competence, and career guidance."""

from innpass.domain.law.deciding import decided_on
from innpass.domain.law.duty import DUTIES, Duty, unknown
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.reasons import Reason


@DUTIES.rule("intl-10-1")
def act_10_mapping(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for the mapping of competence by the decision, since the plan builds on it.

    Source:
        integreringsloven §§ 10 første ledd and 15 andre ledd.

    Reading:
        docs/law/mapping-and-guidance.md.
    """
    return _mapping(facts, law, Reason("mapping.right_and_duty"))


@DUTIES.rule("intl-37b-2")
def act_37b_mapping(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask the same of those with collective protection who take part in a programme.

    Source:
        integreringsloven § 37 b andre ledd; lov 2. juni 2023 nr. 17 del II.

    Reading:
        docs/law/mapping-and-guidance.md.
    """
    return _mapping(facts, law, Reason("mapping.duty_in_programme"))


@DUTIES.rule("intl-37b-2-2022")
def former_37b_mapping(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask nothing of those with collective protection who began before there was a duty.

    Source:
        integreringsloven § 37 b, as it read until 1 June 2023.
    """
    return Duty(binds=False, done=facts.mapping_on, reasons=(Reason("mapping.right_only"),))


def _mapping(facts: PersonFacts, law: LawAt, reason: Reason) -> Duty:
    decided = decided_on(facts)
    if decided is None and facts.mapping_on is None:
        return unknown(Fact.DECISION_DAY)
    due = decided if law.value("mapping_due") == "decision" or not facts.mapping_on else None
    return Duty(due=due, done=facts.mapping_on, reasons=(reason,))


@DUTIES.rule("intl-11-1")
def act_11_career_guidance(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask for career guidance; it should be before the decision, and later is no breach.

    Source:
        integreringsloven § 11 første ledd.

    Reading:
        docs/law/mapping-and-guidance.md.
    """
    decided, done = decided_on(facts), facts.career_guidance_on
    if done:
        reasons = [Reason("career_guidance.right_and_duty")]
        if decided and done > decided:
            reasons.append(Reason("career_guidance.after_decision", (("day", decided),)))
        return Duty(done=done, reasons=tuple(reasons))
    if decided is None:
        return unknown(Fact.DECISION_DAY)
    return Duty(due=decided, reasons=(Reason("career_guidance.right_and_duty"),))


@DUTIES.rule("intl-37b-3")
def act_37b_career_guidance(facts: PersonFacts, law: LawAt) -> Duty:
    """Ask nothing of those with collective protection: they have the right, and no duty.

    Source:
        integreringsloven § 37 b tredje ledd.
    """
    done = facts.career_guidance_on
    return Duty(binds=False, done=done, reasons=(Reason("career_guidance.right_only"),))
