"""How long the programme, and the right to Norwegian tuition, may last: one function per text."""

from collections.abc import Sequence

from innpass.domain.law.duty import DUTIES, Duty, not_bound
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import LawAt
from innpass.domain.law.length import LENGTHS, Length
from innpass.domain.law.reasons import Reason
from innpass.domain.sheets.fields import EndGoal

_BY_GOAL = {
    EndGoal.WORK: ("work",),
    EndGoal.PARTS_OF_UPPER_SECONDARY: ("parts",),
    EndGoal.UPPER_SECONDARY: ("whole",),
    EndGoal.TRADE: ("trade",),
}
_EDUCATION = ("parts", "whole", "trade")
_ANY = ("work", *_EDUCATION)
# Goals with which § 43d may have let the programme last a year; an unspecified one is among them.
_MAYBE_ONE_YEAR = (EndGoal.HIGHER_EDUCATION, EndGoal.EDUCATION, None)


@LENGTHS.rule("intl-13-2021")
def act_13_until_2025(facts: PersonFacts, law: LawAt) -> Length:
    """Give months by schooling and end goal, as the former § 13 did.

    Source:
        integreringsloven § 13 andre til fjerde ledd as it read until 31 December 2025.

    Reading:
        docs/law/programme-length.md: the former wording is known at second hand.
    """
    return _by_schooling(facts, law, (_general("schooled", law),))


@LENGTHS.rule("intl-13-2025")
def act_13_offered_in_2025(facts: PersonFacts, law: LawAt) -> Length:
    """Give formal education the months of § 14, and the rest those of the former § 13.

    Source:
        integreringsforskriften §§ 75 and 76.

    Reading:
        docs/law/programme-length.md.
    """
    return _by_schooling(facts, law, (_general("schooled", law),))


@LENGTHS.rule("intl-13-14")
def act_13_and_14(facts: PersonFacts, law: LawAt) -> Length:
    """Give months by schooling, and without it by end goal.

    Source:
        integreringsloven § 13 tredje ledd and § 14 fjerde to sjette ledd.

    Reading:
        docs/law/programme-length.md.
    """
    return _by_schooling(facts, law, (_general("schooled", law),))


@LENGTHS.rule("intl-37c-2022")
def act_37c_second_paragraph(facts: PersonFacts, law: LawAt) -> Length:
    """Give those with schooling half a year and as much by decision, others as § 13.

    Source:
        integreringsloven § 37 c andre and tredje ledd as they read until 31 December 2025.

    Reading:
        docs/law/programme-length.md.
    """
    return _by_schooling(facts, law, (_collective(law),))


@LENGTHS.rule("intf-43d")
def regulation_43d(facts: PersonFacts, law: LawAt) -> Length:
    """Give, beside § 37 c, a year to some whose goal is higher education.

    Who has completed upper secondary in Ukraine without a year of higher education is no fact that
    Innpass holds, so both lengths are possible where the goal allows them.

    Source:
        integreringsforskriften § 43d, in force until 31 December 2025.

    Reading:
        docs/law/programme-length.md.
    """
    return _by_schooling(facts, law, _collective_or_one_year(facts, law))


@LENGTHS.rule("intf-43d-2025")
def regulation_43d_offered_in_2025(facts: PersonFacts, law: LawAt) -> Length:
    """Do as before 2025; formal education without schooling has the months of § 14.

    Source:
        integreringsforskriften §§ 43d, 75 and 76.

    Reading:
        docs/law/programme-length.md.
    """
    return _by_schooling(facts, law, _collective_or_one_year(facts, law))


@LENGTHS.rule("intl-32-1")
def act_32_first_paragraph(facts: PersonFacts, law: LawAt) -> Length:
    """Give months by schooling, from the day on which tuition was offered.

    Source:
        integreringsloven § 32 første ledd; integreringsforskriften § 74.

    Reading:
        docs/law/norwegian-length.md.
    """
    months = law.value("norwegian_months")
    since = law.value("norwegian_counted_from_offer")
    older = facts.permit_on is not None and facts.permit_on <= since
    notes = (Reason("norwegian_length.counted_from_the_right", (("day", since),)),) if older else ()
    schooled, others = (
        Length(
            months[kind],
            reasons=(Reason(f"norwegian_length.{kind}", (("months", months[kind]),)), *notes),
        )
        for kind in ("schooled", "others")
    )
    if facts.upper_secondary is None:
        return Length(possible=(schooled, others), missing=(Fact.UPPER_SECONDARY,))
    return schooled if facts.upper_secondary else others


@LENGTHS.rule("intl-37d-2")
def act_37d_second_paragraph(facts: PersonFacts, law: LawAt) -> Length:
    """Give a year from the first day of tuition, and what was decided under § 43g.

    Source:
        integreringsloven § 37 d andre ledd; integreringsforskriften § 43g until 30 June 2026.

    Reading:
        docs/law/norwegian-length.md.
    """
    months: int = law.value("collective_norwegian_months")
    extension = law.value("norwegian_extension_months")
    decided = law.value("norwegian_extension_decided")
    ends = law.value("running_norwegian_extensions") == "end_with_the_text"
    schooled, others = (
        Length(
            months,
            extension[kind],
            decided_from=decided["first"],
            decided_by=decided["last"],
            extension_ends=decided["last"] if ends else None,
            reasons=(Reason("norwegian_length.collective", (("months", months),)),),
        )
        for kind in ("schooled", "others")
    )
    if facts.upper_secondary is None:
        return Length(possible=(schooled, others), missing=(Fact.UPPER_SECONDARY,))
    return schooled if facts.upper_secondary else others


@DUTIES.rule("intf-10-19-2021")
def regulation_10_and_19_until_2026(facts: PersonFacts, law: LawAt) -> Duty:
    """Add leave and absence to the programme; how many days, its clock tells.

    Source:
        integreringsforskriften §§ 10 and 19 as they read until 31 December 2025.

    Reading:
        docs/law/added-days.md: the wording was not seen.
    """
    return _added(facts, law)


@DUTIES.rule("intf-10-19")
def regulation_10_and_19(facts: PersonFacts, law: LawAt) -> Duty:
    """Add leave and absence to the programme if they are enough; how many days, its clock tells.

    Source:
        integreringsforskriften §§ 10 and 19.

    Reading:
        docs/law/added-days.md.
    """
    return _added(facts, law)


def _added(facts: PersonFacts, law: LawAt) -> Duty:
    if not facts.leaves and not facts.absences:
        return not_bound(Reason("added_time.none"))
    floor: int = law.value("days_before_added")
    return Duty(reasons=(Reason("added_time.added", (("floor", floor),)),))


def _general(kind: str, law: LawAt) -> Length:
    months: int = law.value("programme_months")[kind]
    return _length(kind, months, law.value("programme_extension_months")[kind])


def _collective(law: LawAt) -> Length:
    months = law.value("collective_programme_months")
    return _length("schooled", months["schooled"], months["extension"])


def _collective_or_one_year(facts: PersonFacts, law: LawAt) -> Sequence[Length]:
    usual = _collective(law)
    if facts.end_goal not in _MAYBE_ONE_YEAR:
        return (usual,)
    return (usual, _length("one_year", law.value("one_year_programme_months"), 0))


def _length(kind: str, months: int, extension: int) -> Length:
    reasons = [Reason(f"programme_length.{kind}", (("months", months),))]
    if extension:
        reasons.append(Reason("programme_length.extension", (("months", extension),)))
    else:
        reasons.append(Reason("programme_length.no_extension"))
    return Length(months, extension, reasons=tuple(reasons))


def _by_schooling(facts: PersonFacts, law: LawAt, schooled: Sequence[Length]) -> Length:
    """Choose by schooling, and without it by end goal; give all that is possible where unknown."""
    goal = facts.end_goal
    kinds = _ANY if goal is None else _BY_GOAL.get(goal, _EDUCATION)
    others = [_general(kind, law) for kind in kinds]
    found = {True: schooled, False: others, None: [*schooled, *others]}[facts.upper_secondary]
    if len({(each.months, each.extension_months) for each in found}) == 1:
        return found[0]
    missing: tuple[Fact, ...] = ()
    if facts.upper_secondary is None:
        missing += (Fact.UPPER_SECONDARY,)
    open_goal = goal in (None, EndGoal.EDUCATION)
    if (facts.upper_secondary is not True and len(others) > 1) or open_goal:
        missing += (Fact.END_GOAL,)
    not_held = (Reason("not_held.year_of_higher_education"),) if len(schooled) > 1 else ()
    return Length(possible=tuple(found), missing=missing, reasons=not_held)
