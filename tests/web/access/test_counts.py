"""Counts and lists are the same with a hidden person as without."""

import pytest

from tests.web.access.seen import views_of
from tests.web.access.town import NAMED, STAFF, Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("user", STAFF)
def test_counts_and_lists_are_as_if_the_hidden_person_were_not_there(user: str, town: Town) -> None:
    now = views_of(town, user)

    for place, said in town.seen[user].items():
        assert now[place] == said, place


def test_who_is_named_sees_one_person_more(town: Town) -> None:
    """Otherwise the test above would hold because nobody came."""
    now, then = views_of(town, NAMED), town.seen["programme_adviser"]

    for place in now:
        assert now[place] != then[place], place
