"""Where a case is among the guide's eight steps."""

from datetime import date

import pytest

from innpass.domain.journey.facts import CaseFacts, PlacementFacts
from innpass.domain.journey.place import Evidence, State, Step, place
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import EndGoal, EndReason

START = date(2025, 8, 11)
END = date(2026, 8, 10)
COURSE = Period(date(2025, 8, 25), date(2025, 10, 31))
PLACE = PlacementFacts(first_day=date(2025, 11, 11), last_day=date(2026, 2, 7))
VISITED = PlacementFacts(
    first_day=date(2025, 11, 11),
    last_day=date(2026, 2, 7),
    evaluation_visit=date(2025, 12, 9),
)
HIRED = PlacementFacts(first_day=date(2025, 11, 11), contract=date(2026, 3, 2), has_contract=True)
NAV_END = {"actual_end": END, "end_reason": EndReason.NAV}


def case(**facts: object) -> CaseFacts:
    return CaseFacts(**{"start": START, "planned_end": END, **facts})  # type: ignore[arg-type]


ON = date(2025, 12, 15)
# step, facts, on, state, day, evidence
STATES = [
    # 1: the adviser's mapping ends in a final goal.
    (Step.MAPPING, case(end_goal=EndGoal.WORK), ON, State.DONE, None, Evidence.END_GOAL),
    (Step.MAPPING, case(), date(2025, 8, 1), State.NOW, START, Evidence.BEFORE_START),
    (Step.MAPPING, case(), START, State.UNKNOWN, None, Evidence.NO_END_GOAL),
    # 2 and 4: no sheet carries them, so they are never guessed as done.
    (Step.CV, case(**NAV_END), date(2027, 1, 1), State.UNKNOWN, None, Evidence.NOT_IN_SHEETS),
    (Step.PREPARATION, case(), ON, State.UNKNOWN, None, Evidence.NOT_IN_SHEETS),
    # 3: the course as the timetable has it; the last day is inclusive.
    (Step.WORK_LIFE_COURSE, case(work_life_course=COURSE), date(2025, 8, 24), State.LATER,
     COURSE.first_day, Evidence.COURSE),
    (Step.WORK_LIFE_COURSE, case(work_life_course=COURSE), date(2025, 10, 31), State.NOW,
     COURSE.first_day, Evidence.COURSE),
    (Step.WORK_LIFE_COURSE, case(work_life_course=COURSE), date(2025, 11, 1), State.DONE,
     COURSE.last_day, Evidence.COURSE),
    (Step.WORK_LIFE_COURSE, case(work_life_course=Period(COURSE.first_day, None)), ON, State.NOW,
     COURSE.first_day, Evidence.COURSE),
    # Held within the first three months; after them no trace is left.
    (Step.WORK_LIFE_COURSE, case(), date(2025, 11, 10), State.LATER, None, Evidence.NO_COURSE_YET),
    (Step.WORK_LIFE_COURSE, case(), date(2025, 11, 11), State.SKIPPED, None, Evidence.NO_COURSE),
    (Step.WORK_LIFE_COURSE, CaseFacts(), ON, State.UNKNOWN, None, Evidence.NO_START),
    # 5: a recorded place is a match, also one to come.
    (Step.MATCHING, case(placements=(PLACE,)), START, State.DONE, PLACE.first_day,
     Evidence.PLACEMENT),
    # The search begins six weeks before hours are demanded.
    (Step.MATCHING, case(counts_from=date(2025, 11, 11)), date(2025, 9, 29), State.LATER, None,
     Evidence.NO_PLACEMENT_YET),
    (Step.MATCHING, case(counts_from=date(2025, 11, 11)), date(2025, 9, 30), State.NOW,
     date(2025, 11, 11), Evidence.NO_PLACEMENT_YET),
    # Without a demand: six weeks before the third month is past.
    (Step.MATCHING, case(), date(2025, 9, 30), State.NOW, None, Evidence.NO_PLACEMENT_YET),
    (Step.MATCHING, CaseFacts(), ON, State.LATER, None, Evidence.NO_PLACEMENT_YET),
    (Step.MATCHING, case(end_goal=EndGoal.EDUCATION), ON, State.SKIPPED, None,
     Evidence.EDUCATION_GOAL),
    (Step.MATCHING, case(**NAV_END), date(2026, 8, 11), State.SKIPPED, None,
     Evidence.NO_PLACEMENT),
    # 6: both days of a placement are inclusive.
    (Step.PRACTICE, case(), ON, State.LATER, None, Evidence.NO_PLACEMENT_YET),
    (Step.PRACTICE, case(placements=(PLACE,)), date(2025, 11, 10), State.LATER, PLACE.first_day,
     Evidence.PLACEMENT_COMING),
    (Step.PRACTICE, case(placements=(PLACE,)), date(2025, 11, 11), State.NOW, PLACE.first_day,
     Evidence.PLACEMENT_RUNNING),
    (Step.PRACTICE, case(placements=(PLACE,)), date(2026, 2, 7), State.NOW, PLACE.first_day,
     Evidence.PLACEMENT_RUNNING),
    (Step.PRACTICE, case(placements=(PLACE,)), date(2026, 2, 8), State.DONE, PLACE.last_day,
     Evidence.PLACEMENTS_OVER),
    (Step.PRACTICE, case(placements=(PlacementFacts(unit="Biblioteket"),)), ON, State.UNKNOWN,
     None, Evidence.PLACEMENT_WITHOUT_DATES),
    # An open placement does not outlive the programme here.
    (Step.PRACTICE, case(placements=(HIRED,), **NAV_END), date(2026, 9, 1), State.DONE, END,
     Evidence.PLACEMENTS_OVER),
    # 7: begins with the first evaluation, or with the end of a placement.
    (Step.JOB_SEEKING, case(), ON, State.LATER, None, Evidence.NO_PLACEMENT_YET),
    (Step.JOB_SEEKING, case(placements=(VISITED,)), date(2025, 12, 8), State.LATER, None,
     Evidence.NOT_EVALUATED),
    (Step.JOB_SEEKING, case(placements=(VISITED,)), date(2025, 12, 9), State.NOW,
     date(2025, 12, 9), Evidence.EVALUATED),
    (Step.JOB_SEEKING, case(placements=(PLACE,)), date(2026, 2, 8), State.NOW, PLACE.last_day,
     Evidence.PLACEMENTS_OVER),
    (Step.JOB_SEEKING, case(placements=(HIRED,)), ON, State.DONE, date(2026, 3, 2),
     Evidence.CONTRACT),
    (Step.JOB_SEEKING, case(actual_end=END, end_reason=EndReason.WORK), date(2026, 8, 11),
     State.DONE, END, Evidence.ENDED_TO_WORK),
    # Whether somebody sought work is in no sheet.
    (Step.JOB_SEEKING, case(**NAV_END), date(2026, 8, 11), State.UNKNOWN, None,
     Evidence.NOT_IN_SHEETS),
    # 8: begins sixty days before the end, or with the information meeting.
    (Step.CLOSING, case(), date(2026, 6, 10), State.LATER, END, Evidence.CLOSING_LATER),
    (Step.CLOSING, case(), date(2026, 6, 11), State.NOW, END, Evidence.CLOSING_BEGUN),
    (Step.CLOSING, case(info_meeting=date(2026, 3, 1)), date(2026, 3, 1), State.NOW, END,
     Evidence.CLOSING_BEGUN),
    (Step.CLOSING, case(handover=date(2026, 8, 5)), date(2026, 8, 5), State.NOW,
     date(2026, 8, 5), Evidence.HANDED_OVER),
    # The last day still belongs to the programme.
    (Step.CLOSING, case(**NAV_END), END, State.NOW, END, Evidence.CLOSING_BEGUN),
    (Step.CLOSING, case(**NAV_END), date(2026, 8, 11), State.NOW, END, Evidence.NOT_HANDED_OVER),
    (Step.CLOSING, case(handover=date(2026, 8, 5), **NAV_END), date(2026, 8, 11), State.DONE,
     date(2026, 8, 5), Evidence.HANDED_OVER),
    (Step.CLOSING, case(actual_end=END, end_reason=EndReason.MOVED), date(2026, 8, 11),
     State.DONE, END, Evidence.ENDED_ELSEWHERE),
    (Step.CLOSING, case(actual_end=END), date(2026, 8, 11), State.NOW, END,
     Evidence.NOT_HANDED_OVER),
]  # fmt: skip


@pytest.mark.parametrize(("step", "facts", "on", "state", "day", "evidence"), STATES)
def test_a_step_has_the_state_that_the_facts_show(
    step: Step, facts: CaseFacts, on: date, state: State, day: date | None, evidence: Evidence
) -> None:
    found = place(facts, on=on).steps[step - 1]

    assert (found.step, found.state, found.day, found.evidence) == (step, state, day, evidence)


# facts, on, where the case is
PLACES = [
    # Nothing is known: the beginning.
    (CaseFacts(), ON, Step.MAPPING),
    (case(end_goal=EndGoal.WORK), START, Step.MAPPING),
    (case(work_life_course=COURSE), date(2025, 9, 1), Step.WORK_LIFE_COURSE),
    # Course and search at once: the furthest that is begun.
    (case(work_life_course=COURSE), date(2025, 10, 1), Step.MATCHING),
    (case(placements=(PLACE,)), date(2025, 10, 1), Step.MATCHING),
    (case(placements=(PLACE,)), date(2025, 11, 20), Step.PRACTICE),
    (case(placements=(VISITED,)), date(2026, 1, 1), Step.JOB_SEEKING),
    (case(placements=(VISITED,)), date(2026, 7, 1), Step.CLOSING),
]


@pytest.mark.parametrize(("facts", "on", "step"), PLACES)
def test_the_case_stands_at_the_furthest_step_begun(facts: CaseFacts, on: date, step: Step) -> None:
    assert place(facts, on=on).step is step


def test_all_eight_steps_are_answered_in_order() -> None:
    assert [one.step for one in place(CaseFacts(), on=ON).steps] == list(Step)
