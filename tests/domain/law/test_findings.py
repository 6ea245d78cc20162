"""The cases of the other topics, laid by the day from which their text binds."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from innpass.domain.law.clocks import NORWEGIAN, PROGRAMME, norwegian_clock, programme_clock
from innpass.domain.law.facts import (
    AbsenceRow,
    DecisionRow,
    HoursRow,
    LeaveRow,
    PersonFacts,
    PlanFacts,
    SittingRow,
)
from innpass.domain.law.findings import finding, findings
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.plan import PlanContent
from innpass.domain.law.registered import Registered
from innpass.domain.law.sentences import render
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import (
    AbsenceKind,
    Activity,
    DecisionKind,
    EndGoal,
    EndReason,
    LeaveKind,
    Protection,
)

CASES = Path(__file__).parent / "cases_of_topics"
USUAL_DAY = date(2026, 6, 30)
LEAST_NUMBER_OF_CASES = 340
NEEDED = {"name", "topic", "note", "source", "facts", "expect"}
EXPECTATIONS = {
    *("state", "text", "due", "done", "missing", "reasons", "counted", "left_out", "amounts"),
    *("last_day", "last_possible_day", "possible", "added_days", "months", "warnings"),
}


def read(file: Path) -> list[dict[str, Any]]:
    cases: list[dict[Any, Any]] = yaml.safe_load(file.read_text()) or []
    # YAML reads a bare `on` as yes.
    named = [{"on" if key is True else key: value for key, value in case.items()} for case in cases]
    return [case | {"folder": file.parent.name} for case in named]


ALL = [case for file in sorted(CASES.rglob("*.yml")) for case in read(file)]


def facts_of(facts: dict[str, Any]) -> PersonFacts:
    """Build facts: enumerations by their value, rows as short lists."""
    given = dict(facts)
    rows: dict[str, Any] = {
        "hours": tuple(
            HoursRow(Activity(activity), Period(first, last), hours)
            for activity, first, last, hours in given.pop("hours", ())
        ),
        "leaves": tuple(
            LeaveRow(LeaveKind(kind) if kind else None, Period(first, last))
            for kind, first, last in given.pop("leave", ())
        ),
        "absences": tuple(
            AbsenceRow(AbsenceKind(kind) if kind else None, Period(first, last))
            for kind, first, last in given.pop("absences", ())
        ),
        "decisions": tuple(
            DecisionRow(DecisionKind(kind), *days) for kind, *days in given.pop("decisions", ())
        ),
    }
    rows["tests"] = tuple(SittingRow(day, tuple(levels)) for day, *levels in given.pop("tests", ()))
    rows["plans"] = tuple(
        PlanFacts(
            number,
            agreed_on,
            agreed_on,
            contents=frozenset(PlanContent) - {PlanContent(each) for each in lacking},
            to_be_reasoned=to_be_reasoned,
            reasoned=reasoned,
        )
        for number, (agreed_on, lacking, to_be_reasoned, reasoned) in enumerate(
            given.pop("plans", ()), start=1
        )
    )
    rows["leave"] = tuple(row.period for row in rows["leaves"])
    rows["registered"] = frozenset(
        (Registered(kind), day) for kind, day in given.pop("registered", ())
    )
    if "protection" in given:
        given["protection"] = Protection(given["protection"])
    if "end_reason" in given:
        given["end_reason"] = EndReason(given["end_reason"])
    if "end_goal" in given:
        given["end_goal"] = EndGoal(given["end_goal"])
    return PersonFacts(**{"start": None, **given}, **rows)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"].replace(" ", "-"))
def test_case(case: dict[str, Any]) -> None:
    facts, expected, on = facts_of(case["facts"]), case["expect"], case.get("on", USUAL_DAY)

    answer = finding(case["topic"], facts, on=on)

    found: dict[str, Any] = {
        "state": answer.state,
        "text": answer.text and answer.text.rule,
        "due": answer.due,
        "done": answer.done,
        "missing": list(answer.missing),
        "reasons": [reason.code for reason in answer.reasons],
        "counted": [reason.code for reason in answer.duty.counted],
        "left_out": [reason.code for reason in answer.duty.left_out],
        "amounts": {amount.of: amount.value for amount in answer.duty.amounts},
    }
    if case["topic"] in (PROGRAMME, NORWEGIAN):
        ask = programme_clock if case["topic"] == PROGRAMME else norwegian_clock
        clock = ask(facts, on=on)
        found |= {
            "last_day": clock.last_day,
            "last_possible_day": clock.last_possible_day,
            "possible": list(clock.possible),
            "added_days": clock.added.days,
            "months": clock.months,
            "warnings": [reason.code for reason in clock.warnings],
        }
    for name in expected:
        assert found[name] == expected[name], name
    assert answer.sentence() or not answer.reasons
    for reason in answer.duty.counted + answer.duty.left_out:
        assert render(reason)


def test_cases_are_many_and_each_tells_its_source() -> None:
    assert len(ALL) >= LEAST_NUMBER_OF_CASES
    assert all(case["note"] and case["source"] and case["expect"] for case in ALL)
    assert {name for case in ALL for name in case["expect"]} <= EXPECTATIONS
    assert all(NEEDED <= case.keys() <= NEEDED | {"on", "folder"} for case in ALL)
    assert max(Counter(case["name"] for case in ALL).values()) == 1


def test_every_text_is_in_a_case_that_it_binds_and_in_one_that_it_does_not_reach() -> None:
    of_text: dict[str, set[str]] = {}
    for case in ALL:
        answer = finding(case["topic"], facts_of(case["facts"]), on=case.get("on", USUAL_DAY))
        if answer.text:
            of_text.setdefault(answer.text.rule, set()).add(str(answer.state))
    in_force = {
        text.rule
        for topic in THE_LAW.topics
        for text in THE_LAW.texts(topic)
        if topic != "work_oriented_hours"
    }

    assert in_force <= of_text.keys()


def test_of_nobody_anything_is_known_and_nothing_is_called_broken() -> None:
    states = {answer.state for answer in findings(PersonFacts(None), on=USUAL_DAY)}

    assert states <= {"unknown", "not_bound", "not_shown", "due"}
