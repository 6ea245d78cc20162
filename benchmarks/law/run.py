"""Time the law engine beside pandas and openfisca-core; see README.md."""

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.law.rows import START, Requirements, WeekRows, columns_for, requirements, week_rows
from innpass.domain.law.columns import (
    ACTIVITIES,
    Candidates,
    Columns,
    Intervals,
    Persons,
    week_of,
    work_oriented_table,
)
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.law.hours import assess_weeks
from innpass.domain.law.weeks import Block, assess_columns, assess_week_rows
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection


def ours(rows: WeekRows, columns: Columns) -> list[Block]:
    return list(
        assess_week_rows(
            columns,
            person=rows.person,
            row=rows.week,
            activity=rows.activity,
            hours=rows.hours,
        )
    )


def median_times(calls: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Give median processor times; calls in turn, so that a busy machine disturbs all alike."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            gc.collect()
            before = time.process_time()
            call()
            times[name].append(time.process_time() - before)
    return {name: statistics.median(measured) for name, measured in times.items()}


def side_by_side(persons: int, weeks: int, repeats: int) -> None:
    from benchmarks.law.peers import system, with_openfisca, with_pandas

    rows, required = week_rows(persons, weeks), requirements(persons)
    columns = columns_for(required, weeks)
    counts = work_oriented_table(columns.law)[columns.persons.text[0]]
    rules = system(counts)
    calls = {
        "innpass": lambda: ours(rows, columns),
        "openfisca-core": lambda: with_openfisca(rows, required, weeks, rules),
        "pandas": lambda: with_pandas(rows, required, weeks, counts),
    }
    blocks = ours(rows, columns)
    verdict = np.concatenate([block.verdict for block in blocks], axis=1)
    mean = np.concatenate([block.average for block in blocks], axis=1)
    for name in ("openfisca-core", "pandas"):
        other_verdict, other_mean = calls[name]()
        assert (verdict == other_verdict).all(), name
        # openfisca-core keeps floats in single precision.
        assert np.allclose(mean, other_mean, rtol=1e-4, equal_nan=True), name
    del blocks, verdict, mean, other_verdict, other_mean
    times = median_times(calls, repeats)
    print(f"\n{persons} persons x {weeks} weeks, {len(rows.person)} rows, answers equal")
    for name, seconds in times.items():
        print(f"  {name:15} {seconds * 1000:10.1f} ms   {seconds / times['innpass']:6.1f} x")


def from_facts(persons: int, weeks: int, repeats: int) -> None:
    """From Python objects with dated intervals to verdicts and to spans for storing."""
    random = np.random.default_rng(3)
    people = [_person(random, weeks) for _ in range(persons)]
    on = START + timedelta(days=180)
    times = median_times(
        {
            "weeks": lambda: assess_weeks(people, on=on),
            "weeks and spans": lambda: assess_weeks(people, on=on).spans(),
        },
        repeats,
    )
    print(f"\n{persons} persons x {weeks} weeks from facts, {5 * persons} intervals")
    for name, seconds in times.items():
        print(f"  {name:15} {seconds * 1000:10.1f} ms")


def _person(random: np.random.Generator, weeks: int) -> PersonFacts:
    def stretch() -> Period:
        first = int(random.integers(0, 7 * weeks))
        last = first + int(random.integers(20, 200))
        return Period(START + timedelta(days=first), START + timedelta(days=last))

    leave = START + timedelta(days=int(random.integers(0, 7 * weeks)))
    return PersonFacts(
        start=START,
        planned_end=START + timedelta(days=7 * weeks - 1),
        protection=Protection.OTHER,
        upper_secondary=bool(random.integers(0, 2)),
        end_goal=EndGoal.WORK,
        extent_percent=100,
        hours=tuple(
            HoursRow(activity, stretch(), float(random.integers(4, 80)) / 4)
            for activity in random.choice(np.array(list(Activity), dtype=object), 5)
        ),
        leave=(Period(leave, leave + timedelta(days=13)),),
    )


def a_nation(persons: int, weeks: int, at_a_time: int) -> None:
    """Judge many persons whose facts come as columns, some at a time; print peak memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, cells = 0.0, 0
    for first in range(0, persons, at_a_time):
        columns = _columns(min(at_a_time, persons - first), weeks, seed=first)
        started = time.perf_counter()
        cells += sum(block.verdict.size for block in assess_columns(columns))
        seconds += time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert cells == persons * weeks
    print(f"\n{persons} persons x {weeks} weeks in blocks, {5 * persons} intervals")
    print(
        f"  {seconds:.2f} s, peak memory {peak // 1024} MiB ({(peak - before) // 1024} MiB above)"
    )


def _columns(persons: int, weeks: int, seed: int) -> Columns:
    random = np.random.default_rng(seed)
    required: Requirements = requirements(persons, seed)
    bare = columns_for(required, weeks)
    person = np.repeat(np.arange(persons), 5)
    first = date.toordinal(START) + random.integers(0, 7 * weeks, len(person))
    hours = Intervals(
        person,
        first,
        first + random.integers(5, 100, len(person)),
        random.integers(0, len(ACTIVITIES), len(person)),
        random.integers(4, 80, len(person)) / 4,
    )
    leave_first = date.toordinal(START) + random.integers(0, 7 * weeks, persons)
    none = np.empty(0, np.int64)
    leave = Intervals(np.arange(persons), leave_first, leave_first + 13, none, np.empty(0))
    persons_part = Persons(
        np.full(persons, week_of(START)), np.full(persons, weeks), bare.persons.text
    )
    candidates: Candidates = bare.candidates
    return Columns(persons_part, candidates, hours, leave)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the large sizes")
    parser.add_argument("--nation", action="store_true", help="only the last part, in this process")
    chosen = parser.parse_args()
    if chosen.nation:
        return a_nation(1_000_000, 26, at_a_time=50_000)
    if not chosen.quick:
        # First, and in a process of its own: peak memory is inherited and is that of a process.
        subprocess.run([sys.executable, "-m", "benchmarks.law.run", "--nation"], check=True)
    side_by_side(150, 104, repeats=21)
    from_facts(150, 104, repeats=21)
    if not chosen.quick:
        side_by_side(30_000, 104, repeats=5)
        from_facts(30_000, 104, repeats=3)
    return None


if __name__ == "__main__":
    main()
