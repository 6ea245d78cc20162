"""The law of one person: whole for those who may read it, and never an oracle for others."""

import random
from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from innpass.casework.programme.explained import Explained, in_words
from innpass.casework.programme.explaining import (
    EXPLANATION,
    FIELDS_OF,
    answer_about,
    fields_used,
)
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor, Role
from innpass.domain.law.clocks import NORWEGIAN, PROGRAMME
from innpass.domain.law.duty import State
from innpass.domain.law.facts import AbsenceRow, DecisionRow, HoursRow, LeaveRow, PersonFacts
from innpass.domain.law.findings import findings
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.rules.work_oriented import TOPIC as HOURS
from innpass.domain.law.watched import WatchedFacts
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

DAY = date(2026, 6, 30)
# What is computed and has a field of its own says itself who reads it (access/fields.yml).
OWN_FIELDS = {HOURS, PROGRAMME, NORWEGIAN}
EVERYTHING = frozenset(FIELDS)


def eyes(role: Role, body: str) -> frozenset[str]:
    nobody = UUID(int=0)
    return readable(Actor(nobody, "Noen", nobody, body, frozenset({role})))


VIEWERS = {
    "teacher": eyes(Role.TEACHER, "learning"),
    "leader_learning": eyes(Role.LEADER, "learning"),
    "nav_adviser": eyes(Role.NAV_ADVISER, "nav"),
    "practice_supervisor": eyes(Role.PRACTICE_SUPERVISOR, "refugee"),
}


def anybody(seed: int) -> PersonFacts:
    """Make somebody of whom anything may be known, or not."""
    chance = random.Random(seed)
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(1200))

    def day(before: int, after: int) -> date | None:
        return chance.choice([None, start + timedelta(days=chance.randrange(-before, after))])

    def span() -> Period:
        first = start + timedelta(days=chance.randrange(300))
        return Period(first, first + timedelta(days=chance.randrange(60)))

    leaves = tuple(
        LeaveRow(chance.choice([None, *LeaveKind]), span()) for _ in range(chance.randrange(3))
    )
    return PersonFacts(
        start=chance.choice([None, start, start]),
        planned_end=day(-300, 700),
        actual_end=chance.choice([None, day(-200, 500)]),
        protection=chance.choice([None, *Protection]),
        upper_secondary=chance.choice([None, True, False]),
        end_goal=chance.choice([None, *EndGoal]),
        hours=tuple(
            HoursRow(chance.choice(list(Activity)), span(), 20.0)
            for _ in range(chance.randrange(3))
        ),
        leave=tuple(leave.period for leave in leaves),
        leaves=leaves,
        absences=tuple(
            AbsenceRow(chance.choice([None, *AbsenceKind]), span())
            for _ in range(chance.randrange(3))
        ),
        decisions=tuple(
            DecisionRow(chance.choice(list(DecisionKind)), day(100, 100), day(100, 300), None)
            for _ in range(chance.randrange(4))
        ),
        birth_date=chance.choice([None, date(1985, 3, 1), date(2007, 5, 1)]),
        settled_on=day(200, 1),
        permit_on=day(400, 1),
        offered_on=day(60, 1),
        has_children=chance.choice([None, True, False]),
        mapping_on=day(100, 60),
        contract_on=day(30, 60),
        norwegian_offered_on=day(30, 60),
        health_hours=chance.choice([None, 4, 40]),
        end_reason=chance.choice([None, *EndReason]),
    )


OTHER_VALUES: dict[str, list[Any]] = {
    "protection": [None, *Protection],
    "permit_on": [None, date(2021, 5, 1), date(2024, 5, 1)],
    "absences": [(), (AbsenceRow(AbsenceKind.UNAUTHORISED, Period(DAY, DAY)),)],
    "leaves": [(), (LeaveRow(LeaveKind.LONG_ILLNESS, Period(date(2025, 1, 1), DAY)),)],
    "decisions": [(), (DecisionRow(DecisionKind.PROGRAMME, date(2025, 2, 3)),)],
}


def told(facts: PersonFacts, may: frozenset[str]) -> Iterator[Explained]:
    for topic in THE_LAW.topics:
        if topic not in OWN_FIELDS:
            yield in_words(answer_about(topic, facts, on=DAY, law=THE_LAW, may=may), THE_LAW)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_may_not_be_read_changes_nothing_that_is_shown(viewer: str) -> None:
    """No answer, and not whether there is one, lets anybody find a value out by looking."""
    may = VIEWERS[viewer]
    unreadable = [fact for fact in OTHER_VALUES if not FIELDS_OF[fact] <= may]
    assert unreadable
    shown = 0
    for seed in range(12):
        facts = anybody(seed)
        # Days of leave and absence may be read by all of these; their kinds may not.
        before = list(told(facts, may))
        shown += sum(1 for each in before if each.state)
        for fact in unreadable:
            for value in OTHER_VALUES[fact]:
                assert list(told(replace(facts, **{fact: value}), may)) == before, fact
    assert shown > 12


def test_whoever_may_read_everything_reads_what_the_law_finds() -> None:
    for seed in range(12):
        facts = anybody(seed)
        for found in findings(facts, on=DAY):
            answer = answer_about(found.topic, facts, on=DAY, law=THE_LAW, may=EVERYTHING)
            assert answer.finding == found
            said = in_words(answer, THE_LAW)
            assert said.state == found.state
            assert len(said.reasons) == len({*said.reasons}) > 0 or not found.reasons
            if found.text and found.text.source:
                assert found.text.source.paragraph == said.source
                assert "Teksten gjelder" in said.binds_because


@pytest.mark.parametrize("viewer", ["teacher", "leader_learning"])
def test_without_the_explanation_no_text_and_no_reason_is_told(viewer: str) -> None:
    may = VIEWERS[viewer]
    assert EXPLANATION not in may
    for seed in range(12):
        for said in told(anybody(seed), may):
            parts = (said.says, said.source, said.binds_because, said.readings, said.amounts)
            assert not any((*parts, said.reasons, said.counted, said.left_out))


def test_a_teacher_is_not_told_the_clocks_and_nav_not_what_was_counted() -> None:
    leave = (LeaveRow(LeaveKind.PARENTAL, Period(date(2025, 9, 1), date(2025, 10, 30))),)
    facts = PersonFacts(
        start=date(2025, 8, 11),
        protection=Protection.COLLECTIVE,
        upper_secondary=True,
        end_goal=EndGoal.WORK,
        offered_on=date(2025, 8, 1),
        leaves=leave,
        leave=tuple(each.period for each in leave),
    )

    def seen(may: frozenset[str]) -> Explained:
        answer = answer_about(PROGRAMME, facts, on=DAY, law=THE_LAW, may=may)
        return in_words(answer, THE_LAW)

    assert seen(VIEWERS["teacher"]).state == ""
    assert seen(VIEWERS["nav_adviser"]).due == seen(EVERYTHING).due
    assert seen(EVERYTHING).counted
    assert not seen(VIEWERS["nav_adviser"]).counted
    assert seen(VIEWERS["nav_adviser"]).reasons


def test_every_fact_of_the_law_says_which_fields_it_is_made_of() -> None:
    assert set(FIELDS_OF) == {field.name for field in fields(PersonFacts)}
    assert frozenset().union(*FIELDS_OF.values()) <= set(FIELDS)


def test_watched_facts_are_the_facts_and_note_what_is_asked() -> None:
    facts = anybody(3)
    watched = WatchedFacts(facts)
    assert watched.asked == frozenset()
    assert (watched.start, watched.leaves) == (facts.start, facts.leaves)
    assert watched.asked == {"start", "leaves"}
    assert watched.last_day(on=DAY) == facts.last_day(on=DAY)
    assert "actual_end" in watched.asked
    assert watched != WatchedFacts(facts)
    assert len({watched, WatchedFacts(facts)}) == 2


def test_the_fields_of_a_topic_are_those_that_its_rule_reads() -> None:
    facts = PersonFacts(start=date(2025, 8, 11), settled_on=date(2025, 7, 1))

    def used(topic: str) -> Collection[str]:
        return fields_used(topic, facts, on=DAY, law=THE_LAW)

    assert "settled_on" in used("norwegian_in_time")
    assert "birth_date" not in used("norwegian_in_time")
    assert used(PROGRAMME) == {"clock.programme_until"}


def test_a_topic_that_does_not_reach_the_person_says_so() -> None:
    facts = PersonFacts(start=date(2025, 8, 11))
    said = {each.topic: each for each in told(facts, EVERYTHING)}
    others = [each for each in said.values() if not each.applies]
    assert others
    assert all(each.state == State.NOT_BOUND and each.reasons for each in others)
