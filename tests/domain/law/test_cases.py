"""The cases of the law, laid by the day from which their text binds."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from innpass.domain.law.assessment import RequirementAnswer, Verdict
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.law.hours import assess_week, assess_weeks, requirement_for
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import IsoWeek, Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection

CASES = Path(__file__).parent / "cases"
LEAST_NUMBER_OF_CASES, LEAST_NUMBER_ON_THE_ACT = 40, 12
USUAL_DAY = date(2026, 6, 30)
OF_A_WEEK = ("weeks", "hours", "averages", "planned", "missing_in_week")
EXPECTATIONS = {
    *("requirement", "rule", "reasons", "missing", "warnings"),
    *("every_week", "no_weeks", "first_week", "last_week", *OF_A_WEEK),
}


def read(file: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(file.read_text())
    return [case | {"folder": file.parent.name} for case in cases]


ALL = [case for file in sorted(CASES.rglob("*.yml")) for case in read(file)]


def facts_of(facts: dict[str, Any]) -> PersonFacts:
    simple = ("start", "planned_end", "actual_end", "upper_secondary", "extent_percent")
    given: dict[str, Any] = {name: facts.get(name) for name in (*simple, "part_time_decision")}
    return PersonFacts(
        **given,
        protection=Protection(facts["protection"]) if "protection" in facts else None,
        end_goal=EndGoal(facts["end_goal"]) if "end_goal" in facts else None,
        hours=tuple(
            HoursRow(Activity(activity), Period(first, last), hours)
            for activity, first, last, hours in facts.get("hours", ())
        ),
        leave=tuple(Period(first, last) for first, last in facts.get("leave", ())),
    )


def requirement_found(answer: RequirementAnswer) -> object:
    if not answer.is_known:
        return "unknown"
    if answer.requirement is None:
        return "none"
    found = answer.requirement
    return {"hours_per_week": found.hours_per_week, "counts_from": found.counts_from}


def codes(reasons: Sequence[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"].replace(" ", "-"))
def test_case(case: dict[str, Any]) -> None:
    facts, expected = facts_of(case["facts"]), case["expect"]
    on = case.get("asked_on", USUAL_DAY)

    answer = requirement_for(facts)
    verdicts = assess_weeks([facts], on=on).verdicts(0)

    weeks = [str(week) for week in verdicts]
    found = {
        "requirement": requirement_found(answer),
        "rule": answer.text and answer.text.rule,
        "reasons": codes(answer.reasons),
        "missing": list(answer.missing),
        "warnings": codes(answer.requirement.warnings) if answer.requirement else [],
        "every_week": next(iter(verdicts.values())) if len(set(verdicts.values())) == 1 else None,
        "no_weeks": not verdicts,
        "first_week": weeks[0] if weeks else None,
        "last_week": weeks[-1] if weeks else None,
    }
    for name in expected.keys() & found.keys():
        assert found[name] == expected[name], name
    for week in {week for name in OF_A_WEEK for week in expected.get(name, ())}:
        explained = assess_week(facts, IsoWeek.parse(week), on=on)
        assert explained is not None
        assert explained.verdict == verdicts[explained.week]
        assert explained.sentence()
        found_in_week: dict[str, Any] = {
            "weeks": explained.verdict,
            "hours": [explained.hours, explained.total_hours],
            "averages": explained.average,
            "planned": explained.is_planned,
            "missing_in_week": list(explained.missing),
        }
        for name in OF_A_WEEK:
            if week in expected.get(name, ()):
                value = expected[name][week]
                is_number = name in ("hours", "averages")
                right = pytest.approx(value) if is_number else value
                assert found_in_week[name] == right, (name, week)


def test_cases_are_many_and_each_tells_its_source() -> None:
    folders = Counter(case["folder"] for case in ALL)

    assert sum(folders.values()) >= LEAST_NUMBER_OF_CASES
    assert folders["2026-01-01"] >= LEAST_NUMBER_ON_THE_ACT
    assert all(case["note"] and case["source"] and case["expect"] for case in ALL)
    assert {name for case in ALL for name in case["expect"]} <= EXPECTATIONS
    assert {name for case in ALL for name in case} == {
        *("name", "note", "source", "facts", "asked_on", "expect", "folder")
    }
    assert max(Counter(case["name"] for case in ALL).values()) == 1


def test_every_verdict_is_in_a_case() -> None:
    found = {
        verdict
        for case in ALL
        for verdict in assess_weeks([facts_of(case["facts"])], on=USUAL_DAY).verdicts(0).values()
    }

    assert found == set(Verdict)
