"""A stored answer may stand until the day that ``changes_after`` names, and not longer."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from innpass.domain.journey.facts import CaseFacts, PlacementFacts
from innpass.domain.journey.next_steps import next_steps
from innpass.domain.journey.outlook import attention, changes_after, outlook
from innpass.domain.journey.place import place
from innpass.domain.journey.rules import OwnRules
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import EndGoal, EndReason

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
# Later than any window opens or closes after the last day of a fact.
HORIZON_DAYS = 900

days = st.dates(FIRST, LAST)
maybe_day = st.none() | days
placements = st.builds(
    PlacementFacts,
    unit=st.just("Biblioteket"),
    first_day=maybe_day,
    last_day=maybe_day,
    evaluation_visit=maybe_day,
    contract=maybe_day,
    has_contract=st.booleans(),
)
courses = st.tuples(days, days).map(lambda two: Period(min(two), max(two)))
cases = st.builds(
    CaseFacts,
    start=maybe_day,
    planned_end=maybe_day,
    actual_end=maybe_day,
    end_reason=st.none() | st.sampled_from(EndReason),
    end_goal=st.none() | st.sampled_from(EndGoal),
    counts_from=maybe_day,
    verdict=st.sampled_from([None, "met", "below", "unknown"]),
    missing_facts=st.sampled_from([(), ("programme.end_goal",)]),
    placements=st.lists(placements, max_size=3).map(tuple),
    work_life_course=st.none() | courses,
    info_meeting=maybe_day,
    handover=maybe_day,
    last_contact=maybe_day,
    sheet_next_step=st.sampled_from([None, "Ring leder"]),
    sheet_next_step_due=maybe_day,
    own_rules=st.lists(
        st.builds(
            OwnRules,
            holds_from=days,
            evaluation_visit_after=st.integers(1, 60),
            contact_within=st.integers(1, 60),
        ),
        max_size=2,
        unique_by=lambda each: each.holds_from,
    ).map(lambda some: tuple(sorted(some, key=lambda each: each.holds_from))),
)


def answers(facts: CaseFacts, on: date) -> tuple[object, ...]:
    return place(facts, on=on), next_steps(facts, on=on), attention(facts, on=on)


@settings(max_examples=150, deadline=None)
@given(facts=cases, on=days)
def test_nothing_changes_before_the_day_and_something_does_on_it(
    facts: CaseFacts, on: date
) -> None:
    now = answers(facts, on)

    changed = changes_after(facts, on=on)

    until = on + timedelta(HORIZON_DAYS) if changed is None else changed
    assert until > on
    unchanged_days = ((on + timedelta(n)) for n in range(1, (until - on).days))
    assert all(answers(facts, day) == now for day in unchanged_days)
    if changed is not None:
        assert answers(facts, changed) != now


@settings(deadline=None)
@given(facts=cases, on=days)
def test_the_cheaper_answer_is_never_too_late(facts: CaseFacts, on: date) -> None:
    exact, cheap = changes_after(facts, on=on), outlook(facts, on=on).holds_before

    assert exact is None or (cheap is not None and on < cheap <= exact)


def test_a_case_that_waits_for_nothing_never_changes() -> None:
    assert changes_after(CaseFacts(), on=FIRST) is None


def test_the_edge_of_the_calendar_is_no_error() -> None:
    """A sheet may hold any day that a date can be."""
    facts = CaseFacts(
        start=date.max,
        planned_end=date.max,
        actual_end=date.max,
        counts_from=date.min,
        last_contact=date.max,
        placements=(PlacementFacts(first_day=date.min, last_day=date.max),),
    )

    assert changes_after(facts, on=FIRST) is not None
    assert outlook(facts, on=date.max).place.steps


def test_a_visit_that_comes_due_names_the_day() -> None:
    facts = CaseFacts(placements=(PlacementFacts(first_day=date(2025, 3, 3)),))

    # Fourteen days before the visit of 31 March it is soon; the day after, it is overdue.
    assert changes_after(facts, on=date(2025, 3, 3)) == date(2025, 3, 17)
    assert changes_after(facts, on=date(2025, 3, 17)) == date(2025, 4, 1)
    assert changes_after(facts, on=date(2025, 4, 1)) is None
