"""Each limit: what keeps it, what breaks it, what is not known, and what would have to change."""

from typing import Any

import pytest

from innpass.domain.matching.limits import LIMITS, Hindrance, LimitKind, hindrances
from innpass.domain.matching.problem import Opening, Problem, Rules, Window
from innpass.domain.matching.reasons import Level
from tests.domain.matching.pair import MONDAY, THURSDAY, TUESDAY, WEDNESDAY, pair, told

HALF_DAY = tuple(Window(day, 720, 960) for day in (MONDAY, TUESDAY, WEDNESDAY))
CERTIFICATE = frozenset({"politiattest"})


def only(problem: Problem) -> Hindrance:
    """Give the one limit that is not kept; the answer of its own function is the same."""
    seeker, offer = problem.seekers[0], problem.offers[0]
    (found,) = hindrances(problem, seeker, offer)
    assert LIMITS[found.limit](problem, seeker, offer) == found
    return found


def test_a_pair_that_keeps_all_limits_has_nothing_in_the_way() -> None:
    problem = pair()

    assert hindrances(problem, problem.seekers[0], problem.offers[0]) == ()


@pytest.mark.parametrize(
    ("changed", "kind", "why", "change"),
    [
        (
            {"offer": {"level_at_start": Level.B1}},
            LimitKind.LANGUAGE,
            "Krever B1. Har A2.",
            "Går hvis stedet tar imot på A2, eller etter bestått B1.",
        ),
        (
            {"seeker": {"free": (Window(MONDAY, 480, 960), Window(THURSDAY, 700, 900))}},
            LimitKind.WEEK,
            "Trenger 2 dager i uka. Uka til deltakeren har plass på mandag.",
            "Går hvis stedet godtar 1 dag i uka, eller hvis uka får plass på torsdag også.",
        ),
        (
            {"seeker": {"free": HALF_DAY}},
            LimitKind.WEEK,
            "Trenger 2 dager i uka. Uka til deltakeren har ikke plass på noen av dem.",
            "Går hvis uka får plass på mandag og tirsdag i åpningstida.",
        ),
        (
            {"offer": {"openings": (Opening(MONDAY, 420, 900, 2),)}},
            LimitKind.WEEK,
            "Vil ha noen 2 dager i uka, men har bare åpent 1 dag.",
            "Spør stedet om færre dager, eller om det har åpent på flere.",
        ),
        (
            {"minutes": 75},
            LimitKind.TRAVEL,
            "Reisetida er 75 minutter hver vei. Den lengste er satt til 60 minutter.",
            "Går hvis det finnes en raskere vei, eller hvis deltakeren selv vil reise lenger.",
        ),
        (
            {"minutes": None, "rules": Rules(unregistered_is_far=True)},
            LimitKind.TRAVEL,
            "Reiseveien er ikke ført, og regnes som for lang.",
            "Før reisetida hvis den er høyst 60 minutter.",
        ),
        (
            {"offer": {"seats": 0}},
            LimitKind.CAPACITY,
            "Ingen plass er ledig.",
            "Går når noen slutter, eller hvis stedet tar imot en til.",
        ),
        (
            {
                "offer": {
                    "openings": (
                        Opening(MONDAY, 420, 900, 1),
                        Opening(TUESDAY, 420, 900, 0),
                        Opening(THURSDAY, 420, 900, 1),
                    )
                }
            },
            LimitKind.CAPACITY,
            "Det er fullt på tirsdag. Trenger 2 dager i uka. Ledig og mulig er 1 dag.",
            "Går når det blir ledig på tirsdag.",
        ),
        (
            {"seeker": {"demands_met": frozenset(), "demands_lacking": CERTIFICATE}},
            LimitKind.DEMANDS,
            "Krever politiattest, og det har ikke deltakeren.",
            "Går når dette er på plass, eller hvis stedet ikke krever det.",
        ),
        (
            {"seeker": {"refused_employers": frozenset({"solbakken"})}},
            LimitKind.OWN_NO,
            "Deltakeren har sagt nei til Solbakken sykehjem.",
            "Går bare hvis deltakeren selv vil likevel.",
        ),
        (
            {"seeker": {"refused_offers": frozenset({"kjøkken"})}},
            LimitKind.OWN_NO,
            "Deltakeren har sagt nei til Kjøkkenet.",
            "Går bare hvis deltakeren selv vil likevel.",
        ),
        (
            {"seeker": {"refused_localities": frozenset({"nord"})}},
            LimitKind.OWN_NO,
            "Deltakeren har sagt nei til Nordbyen.",
            "Går bare hvis deltakeren selv vil likevel.",
        ),
        (
            {
                "seeker": {"refused_tasks": frozenset({"svinekjøtt"})},
                "offer": {"tasks": frozenset({"svinekjøtt", "oppvask"})},
            },
            LimitKind.OWN_NO,
            "Deltakeren har sagt nei til svinekjøtt.",
            "Går hvis oppgavene kan byttes ut, eller hvis deltakeren selv vil likevel.",
        ),
        (
            {"employer": {"cap_left": 0, "running": 3}},
            LimitKind.CAP,
            "Solbakken sykehjem har nådd taket sitt og har 3 i praksis nå.",
            "Går når noen slutter der, eller hvis taket blir hevet.",
        ),
    ],
)
def test_a_broken_limit_says_why_and_what_would_have_to_change(
    changed: dict[str, Any], kind: LimitKind, why: str, change: str
) -> None:
    found = only(pair(**changed))

    assert (found.limit, found.falls_out) == (kind, True)
    assert (told(found.reason), told(found.change)) == (why, change)
    assert found.effort > 0


@pytest.mark.parametrize(
    ("changed", "kind", "why"),
    [
        (
            {"seeker": {"level": None}},
            LimitKind.LANGUAGE,
            "Norsknivået er ikke ført. Stedet krever A2.",
        ),
        (
            {"offer": {"level_at_start": None}},
            LimitKind.LANGUAGE,
            "Stedet har ikke sagt hvor mye norsk som trengs.",
        ),
        ({"seeker": {"free": None}}, LimitKind.WEEK, "Uka til deltakeren er ikke kjent."),
        ({"offer": {"openings": ()}}, LimitKind.WEEK, "Åpningstidene er ikke ført."),
        ({"seeker": {"home": None}}, LimitKind.TRAVEL, "Bostedet er ikke ført."),
        ({"offer": {"locality": None}}, LimitKind.TRAVEL, "Det er ikke ført hvor stedet er."),
        (
            {"minutes": None},
            LimitKind.TRAVEL,
            "Reisetida mellom sentrum og Nordbyen er ikke ført.",
        ),
        (
            {"seeker": {"demands_met": frozenset()}},
            LimitKind.DEMANDS,
            "Krever politiattest. Vi vet ikke om deltakeren har det.",
        ),
    ],
)
def test_a_missing_fact_drops_nobody_and_must_be_clarified(
    changed: dict[str, Any], kind: LimitKind, why: str
) -> None:
    found = only(pair(**changed))

    assert (found.limit, found.falls_out, found.effort) == (kind, False, 0)
    assert told(found.reason) == why
    assert found.change.code.startswith("clarify.")


def test_where_no_norwegian_is_demanded_the_level_is_not_asked_for() -> None:
    problem = pair(seeker={"level": None}, offer={"level_at_start": Level.NONE})

    assert hindrances(problem, problem.seekers[0], problem.offers[0]) == ()


def test_the_way_takes_from_both_ends_of_what_is_free() -> None:
    three_hours = tuple(Window(day, 600, 600 + 180 + 40) for day in (MONDAY, TUESDAY))

    problem = pair(seeker={"free": three_hours})
    assert hindrances(problem, problem.seekers[0], problem.offers[0]) == ()
    assert only(pair(seeker={"free": three_hours}, minutes=21)).limit is LimitKind.WEEK


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ({"offer": {"level_at_start": Level.B1}}, {"offer": {"level_at_start": Level.B2}}),
        ({"seeker": {"free": (Window(MONDAY, 480, 960),)}}, {"seeker": {"free": ()}}),
        ({"minutes": 61}, {"minutes": 90}),
        ({"minutes": 90}, {"seeker": {"refused_offers": frozenset({"kjøkken"})}}),
    ],
)
def test_the_further_from_a_limit_the_more_effort(
    near: dict[str, Any], far: dict[str, Any]
) -> None:
    assert only(pair(**near)).effort < only(pair(**far)).effort
