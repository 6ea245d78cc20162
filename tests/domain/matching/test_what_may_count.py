"""Nationality, sex, age, faith, health, residence and family cannot enter the matching."""

import dataclasses
import inspect
import re
from dataclasses import replace
from types import ModuleType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings

from innpass.domain.matching import columns, eligible, network, problem
from innpass.domain.matching.assign import assign
from innpass.domain.matching.problem import Problem, Seeker
from innpass.domain.matching.reasons import Level, Weekday
from innpass.domain.matching.sentences import sentences
from tests.domain.matching.problems import problems

MAY_COUNT = {
    "Seeker": {
        *("key", "level", "free", "home", "goal", "experience", "wished_occupations"),
        *("wished_areas", "wished_employers", "refused_employers", "refused_offers"),
        *("refused_localities", "refused_tasks", "demands_met", "demands_lacking"),
        *("minutes_wanted", "supervisor"),
    },
    "Offer": {
        *("key", "name", "employer", "seats", "openings", "days", "shortest_stay"),
        *("level_at_start", "can_be_learnt", "demands", "tasks", "locality", "occupation"),
        "kept_seats",
    },
    "Employer": {"key", "name", "area", "cap_left", "running", "placements", "contracts"},
    "Supervisor": {"key", "running"},
    "Window": {"day", "start", "end"},
    "Opening": {"day", "start", "end", "free_seats"},
    "Points": {
        *("goal", "experience", "wished_occupation", "other_than_goal", "wished_area"),
        *("wished_employer", "can_be_learnt", "hired", "hired_doubt", "travel_minutes"),
        *("hours_missing", "must_be_clarified", "spread", "balance"),
    },
    "Rules": {"longest_travel", "longest_stay", "unregistered_is_far", "points"},
    "Problem": {
        *("seekers", "offers", "employers", "supervisors", "travel", "rules", "locked", "words"),
    },
}
MAY_NEVER_COUNT = {
    *("nationality", "citizenship", "country", "origin", "ethnicity", "ethnic", "race", "tongue"),
    *("mother", "language", "sex", "gender", "woman", "man", "age", "birth", "born", "birthday"),
    *("religion", "faith", "belief", "church", "health", "disability", "disabled", "illness"),
    *("diagnosis", "pregnant", "permit", "ground", "residence", "protection", "asylum", "refugee"),
    *("child", "children", "family", "marital", "married", "spouse", "parent", "care", "union"),
    *("politics", "political", "crime", "person", "participant", "identity", "score", "predicted"),
}
# Nothing that could hold an object with more in it than is declared.
LEAVES = {str, int, bool, NoneType, Level, Weekday}
NESTED = {getattr(problem, name) for name in MAY_COUNT}
MODULES = (problem, columns, eligible, network)


def types_in(module: ModuleType) -> list[type]:
    return [
        one
        for _, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__
        and (dataclasses.is_dataclass(one) or hasattr(one, "_fields"))
    ]


def leaves(annotation: Any) -> set[Any]:
    if get_origin(annotation) is None and not isinstance(annotation, UnionType):
        return {annotation}
    return {leaf for part in get_args(annotation) if part is not ... for leaf in leaves(part)}


def test_every_type_has_only_the_fields_that_may_count() -> None:
    assert {one.__name__: set(get_type_hints(one)) for one in types_in(problem)} == MAY_COUNT


@pytest.mark.parametrize("kind", types_in(problem))
def test_no_field_can_hold_more_than_is_declared(kind: type) -> None:
    held = {leaf for hint in get_type_hints(kind).values() for leaf in leaves(hint)}

    assert held <= LEAVES | NESTED


@pytest.mark.parametrize("module", MODULES)
def test_no_field_is_named_after_what_may_never_count(module: ModuleType) -> None:
    named = {
        f"{kind.__name__}.{name}": word
        for kind in types_in(module)
        for name in get_type_hints(kind)
        for word in name.lower().split("_")
        if word in MAY_NEVER_COUNT
    }

    assert types_in(module)
    assert named == {}


def test_a_seeker_takes_nothing_else() -> None:
    with pytest.raises(TypeError):
        Seeker("s", nationality="x")  # type: ignore[call-arg]
    with pytest.raises((AttributeError, TypeError)):
        Seeker("s").nationality = "x"  # type: ignore[attr-defined]


def test_no_sentence_speaks_of_what_may_never_count() -> None:
    words = r"nasjonal|statsborger|land|kjønn|kvinne|mann\b|alder|tro\b|relig|syk|opphold|barn|gift"

    assert [code for code, text in sentences().items() if re.search(words, text.lower())] == []


@settings(max_examples=25, deadline=None)
@given(problems())
def test_who_somebody_is_does_not_count(given_one: Problem) -> None:
    """With other keys, which say nothing, as many are placed and the pairs are worth the same."""
    other = {one.key: f"x{99 - n}" for n, one in enumerate(given_one.seekers)}
    renamed = replace(
        given_one,
        seekers=tuple(replace(one, key=other[one.key]) for one in given_one.seekers),
        locked={other[key]: offer for key, offer in given_one.locked.items()},
    )

    one, two = assign(given_one), assign(renamed)

    assert (len(one.pairs), one.points) == (len(two.pairs), two.points)
    assert {other[key]: offer for key, offer in one.in_turn.items()} == two.in_turn
