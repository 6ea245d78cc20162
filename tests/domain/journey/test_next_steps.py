"""What is next in a case, whose it is, and by when."""

from datetime import date

import pytest

from innpass.domain.access.roles import Role
from innpass.domain.journey.facts import CaseFacts, PlacementFacts
from innpass.domain.journey.next_steps import Code, Reason, next_steps
from innpass.domain.journey.outlook import Attention, Level, attention, outlook
from innpass.domain.journey.rules import OwnRules
from innpass.domain.sheets.fields import EndGoal, EndReason

START = date(2025, 8, 11)
END = date(2026, 8, 10)
DEMAND = date(2025, 11, 11)
LONG_END = date(2026, 12, 31)


def case(**facts: object) -> CaseFacts:
    return CaseFacts(**{"start": START, "planned_end": END, **facts})  # type: ignore[arg-type]


def spell(first: date | None, last: date | None, **facts: object) -> PlacementFacts:
    return PlacementFacts(unit="Biblioteket", first_day=first, last_day=last, **facts)  # type: ignore[arg-type]


AUTUMN = spell(date(2025, 11, 11), date(2026, 2, 7))
VISITED = spell(date(2025, 11, 11), date(2026, 2, 7), evaluation_visit=date(2025, 12, 9))
BOOKED = spell(date(2025, 11, 11), date(2026, 2, 7), evaluation_visit=date(2025, 12, 15))
HIRED = spell(date(2025, 11, 11), date(2026, 2, 7), contract=date(2026, 2, 8), has_contract=True)
SHORT = spell(date(2025, 11, 11), date(2025, 11, 21))
OPEN = spell(date(2025, 11, 11), None, evaluation_visit=date(2025, 12, 9))
UNDATED = spell(None, None)
SPRING = spell(date(2026, 2, 16), date(2026, 5, 15))

# facts, on, the steps as (code, due)
OPEN_STEPS = [
    # Nothing to do.
    (case(), date(2025, 9, 1), []),
    (CaseFacts(), date(2025, 9, 1), []),
    # Visit about four weeks after the first day; asked for as soon as the placement is known.
    (case(placements=(AUTUMN,)), date(2025, 10, 1), [(Code.EVALUATION_VISIT, date(2025, 12, 9))]),
    (case(placements=(AUTUMN,)), date(2026, 1, 5), [(Code.EVALUATION_VISIT, date(2025, 12, 9))]),
    # A shorter placement: before it is over.
    (case(placements=(SHORT,)), date(2025, 10, 1), [(Code.EVALUATION_VISIT, date(2025, 11, 21))]),
    # Booked, held on the day, and of no use once the placement is over.
    (case(placements=(BOOKED,)), date(2025, 12, 14),
     [(Code.EVALUATION_BOOKED, date(2025, 12, 15))]),
    (case(placements=(BOOKED,)), date(2025, 12, 15), []),
    (case(placements=(AUTUMN, SPRING)), date(2026, 2, 8),
     [(Code.EVALUATION_VISIT, date(2026, 3, 16))]),
    # Hired: no visit once the work has begun, and nothing to decide.
    (case(placements=(HIRED,)), date(2026, 2, 7), [(Code.EVALUATION_VISIT, date(2025, 12, 9))]),
    (case(placements=(HIRED,)), date(2026, 2, 8), []),
    # No place, and the demand begins within six weeks.
    (case(counts_from=DEMAND), date(2025, 9, 29), []),
    (case(counts_from=DEMAND), date(2025, 9, 30), [(Code.FIND_PLACEMENT, DEMAND)]),
    (case(counts_from=DEMAND), date(2026, 1, 1), [(Code.FIND_PLACEMENT, DEMAND)]),
    # Hours met in another way need no place; a placement of unknown days may be one.
    (case(counts_from=DEMAND, verdict="met"), date(2026, 1, 1), []),
    (case(counts_from=DEMAND, placements=(UNDATED,)), date(2026, 1, 1), []),
    # Ends within thirty days with nothing following; stays until something does.
    (case(placements=(VISITED,)), date(2026, 1, 7), []),
    (case(placements=(VISITED,)), date(2026, 1, 8), [(Code.PLACEMENT_ENDS, date(2026, 2, 7))]),
    (case(placements=(VISITED,)), date(2026, 3, 1), [(Code.PLACEMENT_ENDS, date(2026, 2, 7))]),
    # Something follows, or may.
    (case(placements=(VISITED, OPEN)), date(2026, 1, 20), []),
    (case(placements=(VISITED, UNDATED)), date(2026, 1, 20), []),
    # Below the demand, dated from the day it began; not known when, from the start.
    (case(verdict="below", counts_from=DEMAND, placements=(OPEN,)), date(2026, 1, 1),
     [(Code.HOURS_BELOW, DEMAND)]),
    (case(verdict="below", placements=(OPEN,)), date(2026, 1, 1), [(Code.HOURS_BELOW, START)]),
    # Missing facts were needed when the programme began.
    (case(verdict="unknown", missing_facts=("programme.end_goal",)), date(2025, 9, 1),
     [(Code.MISSING_FACTS, START)]),
    (CaseFacts(missing_facts=("programme.start",)), date(2025, 9, 1),
     [(Code.MISSING_FACTS, None)]),
    # Fourteen days without contact, only while in practice.
    (case(placements=(OPEN,), last_contact=date(2026, 1, 1)), date(2026, 1, 14), []),
    (case(placements=(OPEN,), last_contact=date(2026, 1, 1)), date(2026, 1, 15),
     [(Code.CONTACT, date(2026, 1, 15))]),
    (case(last_contact=date(2025, 9, 1)), date(2025, 10, 31), []),
    # The plan in force is assessed again, from thirty days before the day it names.
    (case(plan_review=date(2026, 3, 1)), date(2026, 1, 29), []),
    (case(plan_review=date(2026, 3, 1)), date(2026, 1, 30),
     [(Code.REVIEW_PLAN, date(2026, 3, 1))]),
    (case(plan_review=date(2026, 3, 1)), date(2026, 5, 1),
     [(Code.REVIEW_PLAN, date(2026, 3, 1))]),
    # Sixty and thirty days before the end.
    (case(planned_end=LONG_END), date(2026, 10, 31), []),
    (case(planned_end=LONG_END), date(2026, 11, 1), [(Code.INFO_MEETING, date(2026, 12, 17))]),
    (case(planned_end=LONG_END), date(2026, 12, 1),
     [(Code.INFO_MEETING, date(2026, 12, 17)), (Code.HANDOVER, LONG_END)]),
    # Booked, then held.
    (case(planned_end=LONG_END, info_meeting=date(2026, 12, 8), handover=date(2026, 12, 20)),
     date(2026, 12, 1),
     [(Code.INFO_MEETING_BOOKED, date(2026, 12, 8)), (Code.HANDOVER_BOOKED, date(2026, 12, 20))]),
    (case(planned_end=LONG_END, info_meeting=date(2026, 12, 8), handover=date(2026, 12, 20)),
     date(2026, 12, 20), []),
    # Handed over: no information meeting is needed any more.
    (case(planned_end=LONG_END, handover=date(2026, 11, 20)), date(2026, 12, 1), []),
    # To school, or to work: not handed over to Nav.
    (case(planned_end=LONG_END, end_goal=EndGoal.EDUCATION), date(2026, 12, 1),
     [(Code.INFO_MEETING, date(2026, 12, 17))]),
    (case(planned_end=LONG_END, placements=(HIRED,)), date(2026, 12, 1),
     [(Code.INFO_MEETING, date(2026, 12, 17))]),
    # Past the planned end and nothing recorded; the last day itself is not past.
    (case(info_meeting=START, handover=START), END, []),
    (case(info_meeting=START, handover=START), date(2026, 8, 11), [(Code.END_NOT_RECORDED, END)]),
    # Ended: the reason within two months, the handover asked for during half a year.
    (case(actual_end=END), date(2026, 8, 11),
     [(Code.ENDED_WITHOUT_HANDOVER, END), (Code.END_REASON_MISSING, date(2026, 10, 10))]),
    (case(actual_end=END, end_reason=EndReason.NAV), date(2027, 2, 6),
     [(Code.ENDED_WITHOUT_HANDOVER, END)]),
    (case(actual_end=END, end_reason=EndReason.NAV), date(2027, 2, 7), []),
    (case(actual_end=END, end_reason=EndReason.WORK), date(2026, 8, 11), []),
    (case(actual_end=END, end_reason=EndReason.OTHER), date(2026, 8, 11), []),
    (case(actual_end=END, end_reason=EndReason.NAV, handover=date(2026, 8, 20)),
     date(2026, 8, 11), [(Code.HANDOVER_BOOKED, date(2026, 8, 20))]),
    # Ended: nothing of the programme is asked for any more.
    (case(actual_end=END, end_reason=EndReason.MOVED, verdict="below",
          missing_facts=("programme.end_goal",), placements=(AUTUMN,)), date(2026, 8, 11), []),
    # The sheet's own words, with and without a deadline.
    (case(sheet_next_step="Ring leder", sheet_next_step_due=date(2025, 9, 10)), date(2025, 9, 1),
     [(Code.SHEET_NEXT_STEP, date(2025, 9, 10))]),
    (case(sheet_next_step="Ring leder"), date(2025, 9, 1), [(Code.SHEET_NEXT_STEP, None)]),
    (case(sheet_next_step=""), date(2025, 9, 1), []),
    # Earliest deadline first, the weightier first on one day, without a deadline last.
    (case(verdict="below", counts_from=DEMAND, sheet_next_step="Ring leder", placements=(AUTUMN,)),
     date(2025, 11, 20),
     [(Code.HOURS_BELOW, DEMAND), (Code.EVALUATION_VISIT, date(2025, 12, 9)),
      (Code.SHEET_NEXT_STEP, None)]),
    (case(verdict="below", counts_from=DEMAND), date(2025, 11, 20),
     [(Code.HOURS_BELOW, DEMAND), (Code.FIND_PLACEMENT, DEMAND)]),
    # What people have agreed goes first, until its deadline has passed.
    (case(verdict="below", counts_from=DEMAND, sheet_next_step="Ring leder",
          sheet_next_step_due=date(2025, 12, 1), placements=(AUTUMN,)), date(2025, 11, 20),
     [(Code.SHEET_NEXT_STEP, date(2025, 12, 1)), (Code.HOURS_BELOW, DEMAND),
      (Code.EVALUATION_VISIT, date(2025, 12, 9))]),
    (case(verdict="below", counts_from=DEMAND, sheet_next_step="Ring leder",
          sheet_next_step_due=date(2025, 12, 1), placements=(AUTUMN,)), date(2025, 12, 2),
     [(Code.HOURS_BELOW, DEMAND), (Code.SHEET_NEXT_STEP, date(2025, 12, 1)),
      (Code.EVALUATION_VISIT, date(2025, 12, 9))]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "on", "expected"), OPEN_STEPS)
def test_what_is_open(facts: CaseFacts, on: date, expected: list[tuple[Code, date | None]]) -> None:
    assert [(step.code, step.due) for step in next_steps(facts, on=on)] == expected


NAMED = {"adviser": "Ada", "supervisor": "Petter", "nav_adviser": "Nina", "teacher": "Tor"}

# facts, owner's role, owner's name
OWNERS = [
    (case(verdict="below", **NAMED), Role.PROGRAMME_ADVISER, "Ada"),
    (case(placements=(AUTUMN,), **NAMED), Role.PRACTICE_SUPERVISOR, "Petter"),
    (case(handover=date(2025, 12, 1), **NAMED), Role.NAV_ADVISER, "Nina"),
    # The role is known though no name is.
    (case(verdict="below"), Role.PROGRAMME_ADVISER, None),
    # The sheet names somebody: whoever of the four that is.
    (case(sheet_next_step="Prøve", sheet_next_step_owner=" tor ", **NAMED), Role.TEACHER, " tor "),
    (case(sheet_next_step="Prøve", sheet_next_step_owner="Ukjent", **NAMED), None, "Ukjent"),
    (case(sheet_next_step="Prøve", **NAMED), None, None),
    # Two of one name: no guess.
    (case(sheet_next_step="Prøve", sheet_next_step_owner="Kim", adviser="Kim", teacher="Kim"),
     None, "Kim"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "role", "name"), OWNERS)
def test_whose_the_step_is(facts: CaseFacts, role: Role | None, name: str | None) -> None:
    step = next_steps(facts, on=date(2025, 11, 20))[0]

    assert (step.owner_role, step.owner_name) == (role, name)


def test_each_placement_is_visited_once_and_says_where() -> None:
    facts = case(placements=(AUTUMN, SPRING))

    steps = next_steps(facts, on=date(2026, 1, 2))

    assert [dict(step.values)["first_day"] for step in steps] == [
        date(2025, 11, 11),
        date(2026, 2, 16),
    ]
    assert {step.reason for step in steps} == {Reason.WEEKS_AFTER_FIRST_DAY}


# on, level: one visit is due on 9 December
LEVELS = [
    (date(2025, 11, 24), Level.LATER),
    # Due within fourteen days.
    (date(2025, 11, 25), Level.SOON),
    # Due today is not yet overdue.
    (date(2025, 12, 9), Level.SOON),
    (date(2025, 12, 10), Level.OVERDUE),
]


@pytest.mark.parametrize(("on", "level"), LEVELS)
def test_a_case_becomes_more_urgent_as_the_deadline_nears(on: date, level: Level) -> None:
    assert attention(case(placements=(AUTUMN,)), on=on) == Attention(level, date(2025, 12, 9))


def test_a_step_without_a_deadline_is_for_later() -> None:
    facts = case(sheet_next_step="Ring leder")

    assert attention(facts, on=date(2025, 9, 1)) == Attention(Level.LATER, None)


def test_a_case_with_nothing_to_do_comes_last() -> None:
    assert attention(case(), on=date(2025, 9, 1)) == Attention(Level.NOTHING, None)


def test_one_pass_answers_as_the_single_questions_do() -> None:
    facts, on = case(placements=(AUTUMN,), verdict="below", counts_from=DEMAND), date(2025, 12, 1)

    answers = outlook(facts, on=on)

    assert answers.next_steps == next_steps(facts, on=on)
    assert answers.attention == attention(facts, on=on)


@pytest.mark.parametrize(
    ("on", "visit", "contact"),
    [
        (date(2025, 11, 19), date(2025, 12, 9), None),  # the usual: 28 days, and 14 without contact
        (date(2025, 11, 20), date(2025, 11, 25), date(2025, 11, 18)),  # 14 and 7
        (date(2025, 12, 1), date(2025, 12, 1), None),  # 20 and 21
    ],
)
def test_a_municipality_s_own_rules_hold_from_their_days(
    on: date, visit: date, contact: date | None
) -> None:
    own = (OwnRules(date(2025, 11, 20), 14, 7), OwnRules(date(2025, 12, 1), 20, 21))
    facts = case(placements=(AUTUMN,), last_contact=date(2025, 11, 11), own_rules=own)

    dues = {step.code: step.due for step in next_steps(facts, on=on)}

    assert (dues[Code.EVALUATION_VISIT], dues.get(Code.CONTACT)) == (visit, contact)
