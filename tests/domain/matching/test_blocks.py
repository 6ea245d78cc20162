"""Whole blocks of pairs are judged as the functions of one pair judge each."""

import numpy as np
from hypothesis import given, settings

from innpass.domain.matching.columns import columns_of
from innpass.domain.matching.eligible import (
    BROKEN,
    KEPT,
    MISSING,
    answers,
    block_of,
    candidates,
    days_of,
)
from innpass.domain.matching.limits import LIMITS, is_eligible
from innpass.domain.matching.problem import Problem
from innpass.domain.matching.seats import layers, suiting
from innpass.domain.matching.weighing import weigh
from tests.domain.matching.problems import problems


@settings(max_examples=50, deadline=None)
@given(problems())
def test_every_limit_answers_the_same_for_a_block_and_for_a_pair(problem: Problem) -> None:
    columns = columns_of(problem)
    everywhere = np.arange(len(problem.offers), dtype=np.int32)

    for place, seeker in enumerate(problem.seekers):
        block = block_of(columns, np.array([place], np.int32), everywhere)
        days = days_of(problem.rules, columns, block)
        judged = answers(problem.rules, columns, block, days)
        for kind, limit in LIMITS.items():
            for number, offer in enumerate(problem.offers):
                found = limit(problem, seeker, offer)
                expected = KEPT if found is None else BROKEN if found.falls_out else MISSING
                assert judged[kind][0, number] == expected, (kind, seeker, offer)


@settings(max_examples=50, deadline=None)
@given(problems())
def test_candidates_are_the_eligible_pairs_with_their_points_and_seats(problem: Problem) -> None:
    found = candidates(problem)

    pairs = list(zip(found.seeker.tolist(), found.offer.tolist(), strict=True))
    assert pairs == [
        (place, number)
        for place, seeker in enumerate(problem.seekers)
        for number, offer in enumerate(problem.offers)
        if is_eligible(problem, seeker, offer)
    ]
    for (place, number), points, layer in zip(pairs, found.points, found.layer, strict=True):
        seeker, offer = problem.seekers[place], problem.offers[number]
        assert points == sum(one.points for one in weigh(problem, seeker, offer))
        seats = sum(one.seats for one in layers(offer)[: layer + 1])
        assert seats == suiting(problem, seeker, offer)
