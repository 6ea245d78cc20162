"""Whole municipalities with siblings, namesakes, slips and many spellings."""

import random
from collections import Counter
from itertools import combinations

import pytest

from innpass.domain.linking import link_rows
from tests.domain.linking.town import town

SOURCES = ("refugee", "nav", "learning", "overview")
SUBSETS = [keep for size in range(1, 5) for keep in combinations(SOURCES, size)]


def outcome(built, rows):
    """Return the linking, wrongly linked keys, and keys that are not with their person."""
    linking = link_rows(rows)
    owners = [
        Counter(built.truth.get(key) for key in keys).most_common(1)[0][0]
        for keys in linking.people
    ]
    largest: dict[int | None, int] = {}
    for index, keys in enumerate(linking.people):
        best = largest.get(owners[index])
        if best is None or len(keys) > len(linking.people[best]):
            largest[owners[index]] = index
    wrong = [link.key for link in linking.links if built.truth.get(link.key) != owners[link.person]]
    right = {link.key for link in linking.links if largest[owners[link.person]] == link.person}
    lost = [row.key for row in rows if row.key in built.truth and row.key not in right]
    return linking, wrong, lost


@pytest.mark.parametrize("seed", range(4))
def test_four_files_are_linked_without_a_mistake_and_all_slips_are_asked_about(seed):
    built = town(seed)

    linking, wrong, lost = outcome(built, built.rows)

    asked = {(question.key, question.field) for question in linking.questions}
    assert wrong == []
    assert lost == []
    assert asked == set(built.must_ask.items())
    assert not built.without_link & {link.key for link in linking.links}


@pytest.mark.parametrize("keep", SUBSETS, ids="+".join)
def test_any_files_alone_are_linked_without_a_mistake(keep):
    built = town(11)
    rows = [row for row in built.rows if row.source in keep]

    _, wrong, lost = outcome(built, rows)

    assert wrong == []
    assert len(lost) <= 0.01 * len(rows)


@pytest.mark.parametrize("keep", SUBSETS, ids="+".join)
def test_the_order_of_rows_does_not_matter(keep):
    built = town(7, count=120)
    rows = [row for row in built.rows if row.source in keep]
    shuffled = random.Random(1).sample(rows, len(rows))

    assert link_rows(shuffled) == link_rows(rows)


def test_links_cover_exactly_the_people():
    linking = link_rows(town(3, count=100).rows)

    assert [link.key for link in linking.links] == sorted(k for p in linking.people for k in p)
    assert all(link.key in linking.people[link.person] for link in linking.links)
    assert [people[0] for people in linking.people] == sorted(p[0] for p in linking.people)
