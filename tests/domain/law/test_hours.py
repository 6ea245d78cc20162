"""One week explained, the projection, the early warning, and many persons at once."""

from datetime import date, timedelta

import numpy as np
import pytest

from innpass.domain.law import grid as grid_module
from innpass.domain.law import weeks as weeks_module
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.columns import columns_of
from innpass.domain.law.facts import Fact, HoursRow, PersonFacts
from innpass.domain.law.hours import assess_week, assess_weeks, project, requirement_for, spans
from innpass.domain.law.weeks import assess_week_rows
from innpass.domain.periods import IsoWeek, Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection

ON = date(2026, 6, 30)


def person(
    *hours: HoursRow,
    upper_secondary: bool | None = True,
    end_goal: EndGoal | None = EndGoal.WORK,
    planned_end: date | None = date(2026, 12, 31),
    leave: tuple[Period, ...] = (),
) -> PersonFacts:
    return PersonFacts(
        date(2026, 1, 5),
        planned_end,
        protection=Protection.OTHER,
        upper_secondary=upper_secondary,
        end_goal=end_goal,
        extent_percent=100,
        hours=hours,
        leave=leave,
    )


def row(
    activity: Activity, first_day: date, last_day: date | None, hours: float | None
) -> HoursRow:
    return HoursRow(activity, Period(first_day, last_day), hours)


def test_a_week_is_explained_with_what_counts_and_what_does_not() -> None:
    facts = person(
        row(Activity.PRACTICE, date(2026, 4, 6), date(2026, 4, 12), 12.5),
        row(Activity.NORWEGIAN, date(2026, 4, 8), None, 20),
    )

    week = assess_week(facts, IsoWeek(2026, 15), on=ON)

    assert week is not None
    assert week.verdict is Verdict.BELOW
    assert (week.hours, week.total_hours) == (12.5, 24.5)
    assert (week.average, week.minimum, week.counts_from) == (12.5, 15, date(2026, 4, 5))
    assert week.counted == ((Activity.PRACTICE, 12.5),)
    assert week.not_counted == ((Activity.NORWEGIAN, 12.0, "not_counted.norwegian"),)
    assert week.rule == "intl-14a-3"
    assert week.source is not None
    assert week.source.paragraph == "integreringsloven § 14 a tredje ledd"
    assert week.sentence() == (
        "Kravet er ikke oppfylt: I snitt 12,5 t arbeidsrettet i uka siden 5. april 2026. "
        "Kravet er 15 t. Sluttmålet er arbeid, og deltakeren har utdanning på videregående nivå "
        "eller høyere. Da er kravet minst 15 t i snitt i uka etter 3 måneder i programmet."
    )


def test_a_week_to_come_says_that_it_is_planned() -> None:
    week = assess_week(person(), IsoWeek(2026, 40), on=ON)

    assert week is not None
    assert week.is_planned
    assert week.sentence().startswith("Planlagt: ")


def test_a_week_outside_the_programme_has_no_answer() -> None:
    assert assess_week(person(), IsoWeek(2026, 1), on=ON) is None
    assert assess_week(person(), IsoWeek(2027, 1), on=ON) is None


def test_without_a_start_every_week_is_unknown() -> None:
    week = assess_week(PersonFacts(None), IsoWeek(2026, 20), on=ON)

    assert week is not None
    assert week.verdict is Verdict.UNKNOWN
    assert week.missing == (Fact.START,)
    assert week.rule is None
    assert week.source is None
    assert "programstart" in week.sentence()


def test_a_verdict_that_no_missing_fact_can_change_says_so() -> None:
    below = assess_week(person(upper_secondary=None), IsoWeek(2026, 30), on=ON)
    not_yet = assess_week(person(upper_secondary=None), IsoWeek(2026, 3), on=ON)

    assert below is not None
    assert (below.verdict, below.average, below.minimum) == (Verdict.BELOW, None, None)
    assert below.sentence().startswith("Kravet er ikke oppfylt, uansett")
    assert not_yet is not None
    assert not_yet.sentence().startswith("Timekravet gjelder ikke ennå.")


def test_unknown_hours_give_no_mean_and_are_named() -> None:
    facts = person(row(Activity.PRACTICE, date(2026, 4, 6), None, None))

    week = assess_week(facts, IsoWeek(2026, 15), on=ON)

    assert week is not None
    assert (week.verdict, week.average) == (Verdict.UNKNOWN, None)
    assert week.missing == (Fact.HOURS_PER_WEEK,)
    assert "timer per uke" in week.sentence()
    assert project(facts, on=ON).verdict_at_end is Verdict.UNKNOWN


def test_the_warning_of_part_time_stands_last_in_the_sentence() -> None:
    facts = PersonFacts(
        date(2025, 1, 6), date(2025, 12, 31), protection=Protection.COLLECTIVE,
        upper_secondary=True, end_goal=EndGoal.WORK, extent_percent=50,
    )  # fmt: skip

    week = assess_week(facts, IsoWeek(2025, 20), on=ON)

    assert week is not None
    assert week.sentence().endswith(
        "Omfanget er 50 prosent, men vi finner ikke noe vedtak om lavere timekrav. "
        "Sjekk at det finnes."
    )


def test_the_projection_says_how_the_mean_ends_and_what_is_needed() -> None:
    facts = person(
        row(Activity.PRACTICE, date(2026, 4, 6), date(2026, 7, 5), 10),
        planned_end=date(2026, 10, 4),
    )

    found = project(facts, on=date(2026, 7, 5))

    assert (found.counted_so_far, found.average_so_far) == (13, 10)
    assert (found.counted_to_end, found.average_to_end) == (26, 5)
    assert found.verdict_at_end is Verdict.BELOW
    assert found.needed_per_week == 20
    assert found.sentence() == (
        "Holder planen, blir snittet bare 5 t i uka ved slutten av programmet. Kravet er 15 t. "
        "For å oppfylle kravet må ukene som er igjen, ha minst 20 t arbeidsrettet i snitt."
    )


def test_more_than_full_time_needed_is_said() -> None:
    found = project(person(planned_end=date(2026, 7, 12)), on=ON)

    assert found.sentence().endswith("Det er mer enn full tid, som er 37,5 t i uka.")


def test_a_plan_that_holds_is_met_at_the_end() -> None:
    facts = person(row(Activity.PART_TIME_WORK, date(2026, 4, 6), None, 15))

    found = project(facts, on=ON)

    assert found.verdict_at_end is Verdict.MET
    assert found.needed_per_week == 15
    assert found.sentence().startswith("Holder planen, blir snittet 15 t")


def test_nothing_more_is_needed_than_nothing() -> None:
    facts = person(row(Activity.PRACTICE, date(2026, 4, 6), date(2026, 12, 20), 37.5))

    assert project(facts, on=date(2026, 12, 20)).needed_per_week == 0


def test_the_early_warning_is_a_mean_of_four_weeks_and_no_legal_measure() -> None:
    facts = person(
        row(Activity.PRACTICE, date(2026, 4, 6), date(2026, 6, 14), 37.5),
        leave=(Period(date(2026, 6, 15), date(2026, 6, 21)),),
    )

    found = project(facts, on=date(2026, 7, 12))

    assert found.early_warning is not None
    assert found.early_warning.weeks == 4
    assert found.early_warning.average == pytest.approx(37.5 / 4)
    assert found.early_warning.is_below
    assert found.early_warning.reason.code == "early_warning.below"


def test_there_is_no_early_warning_before_a_week_has_counted() -> None:
    found = project(person(), on=date(2026, 2, 1))

    assert found.early_warning is None
    assert (found.counted_so_far, found.average_so_far) == (0, None)
    assert found.needed_per_week == 15


def test_the_early_warning_is_given_also_when_all_is_well() -> None:
    found = project(person(row(Activity.NAV_MEASURE, date(2026, 4, 6), None, 15)), on=ON)

    assert found.early_warning is not None
    assert found.early_warning.reason.code == "early_warning.met"


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (person(end_goal=EndGoal.EDUCATION), Verdict.NO_REQUIREMENT),
        (person(end_goal=None), Verdict.UNKNOWN),
        (person(planned_end=date(2026, 2, 28)), Verdict.NOT_YET),
        (person(planned_end=date(2025, 12, 1)), Verdict.NOT_YET),
        (PersonFacts(None), Verdict.UNKNOWN),
        (person(upper_secondary=None, planned_end=date(2025, 12, 1)), Verdict.UNKNOWN),
        (
            person(leave=(Period(date(2026, 12, 14), date(2026, 12, 31)),)),
            Verdict.BELOW,
        ),
    ],
)
def test_the_projection_of_those_who_have_no_mean(facts: PersonFacts, verdict: Verdict) -> None:
    found = project(facts, on=ON)

    assert found.verdict_at_end is verdict
    assert found.sentence()
    assert (verdict is Verdict.UNKNOWN) == bool(found.missing)


def test_nobody_gives_no_weeks() -> None:
    weeks = assess_weeks([], on=ON)

    assert len(weeks) == 0
    assert weeks.spans() == spans([], on=ON) == []
    assert weeks.at(IsoWeek(2026, 1)).verdict == ()


def test_one_wrong_date_far_ahead_makes_nobody_elses_grid_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weeks_module, "CELLS_PER_BLOCK", 5_000)
    people = [person(), person(planned_end=date(9999, 12, 31)), person()]

    weeks = assess_weeks(people, on=ON)

    assert {block.verdict.shape[1]: len(block.verdict) for block in weeks.blocks}[2] == 52
    assert [len(found) for found in weeks.spans()] == [2, 2, 2]
    assert weeks.spans()[1][-1].last_monday == date(9999, 12, 27)
    assert weeks.is_planned(IsoWeek(2026, 28))


def test_rows_of_weeks_answer_as_intervals_do() -> None:
    hours = [
        row(Activity.PRACTICE, date(2026, 4, 6), date(2026, 5, 3), 15.25),
        row(Activity.NORWEGIAN, date(2026, 1, 5), date(2026, 3, 29), 20),
    ]
    people = [person(*hours), person(), person(*hours, upper_secondary=False)]
    by_interval = assess_weeks(people, on=ON).blocks
    stated = sorted(
        (week, who, code, amount)
        for who in (0, 2)
        for week, code, amount in (
            *((n, 2, 15.25) for n in range(13, 17)),
            *((n, 0, 20.0) for n in range(12)),
        )
    )
    table = np.array(stated)

    by_row = tuple(
        assess_week_rows(
            columns_of(people, on=ON),
            person=table[:, 1].astype(np.int32),
            row=table[:, 0].astype(np.int16),
            activity=table[:, 2].astype(np.int8),
            hours=table[:, 3],
        )
    )

    for one, other in zip(by_interval, by_row, strict=True):
        assert (one.verdict == other.verdict).all()
        assert (one.work == other.work).all()
        assert (one.other == other.other).all()


@pytest.mark.parametrize("weeks", [[5, 1, 7], [60, 1, 2], [-1, 3, 4], [1, 2, 0]])
def test_rows_of_weeks_out_of_order_are_refused(
    monkeypatch: pytest.MonkeyPatch, weeks: list[int]
) -> None:
    monkeypatch.setattr(grid_module, "_ROWS_AT_A_TIME", 1)

    with pytest.raises(ValueError, match="order of their weeks"):
        list(
            assess_week_rows(
                columns_of([person()], on=ON),
                person=np.zeros(3, np.int32),
                row=np.array(weeks, np.int16),
                activity=np.zeros(3, np.int8),
                hours=np.ones(3),
            )
        )


def test_hours_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="no one spends -1 hours"):
        row(Activity.PRACTICE, ON, ON + timedelta(days=1), -1)


def test_the_requirement_names_its_text_and_its_dates() -> None:
    requirement = requirement_for(person()).requirement

    assert requirement is not None
    assert requirement.text_from == date(2026, 1, 1)
    assert requirement.text_to is None
    assert requirement.source.in_force_by.startswith("lov 20. juni 2025 nr. 35")
