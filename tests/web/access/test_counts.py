"""Counts and lists are the same with a hidden person as without."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from innpass.casework.exports.canonical import canonical
from innpass.casework.results.queries import as_json
from innpass.domain.access.policy import may_export
from tests.web.access import town as towns
from tests.web.access.town import NAMED, STAFF, TODAY, Town, lasting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def growing_town(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Town, Any]]:
    """What everybody saw before somebody was hidden in the town, and the town as it is since."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        town = towns.build()
        seen = {user: views_of(town, user) for user in STAFF}
        towns.hide_somebody(town)
        yield town, seen
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


def views_of(town: Town, user: str) -> dict[str, str]:
    """What somebody sees of people and counts."""
    browser = Client()
    browser.force_login(town.users[user])
    found = {}
    for href in (
        reverse("overview:overview"),
        reverse("overview:overview") + "?vis=alle",
        reverse("questions:questions"),
        reverse("results:results"),
        reverse("results:people", args=["placed_municipal"]),
    ):
        found[href] = lasting(browser.get(href).content.decode())
    export = browser.get(reverse("overview:export") + "?vis=alle")
    if export.status_code == 200:
        with zipfile.ZipFile(io.BytesIO(export.content)) as archive:
            found["XLSX"] = "".join(
                archive.read(name).decode() for name in archive.namelist() if "core" not in name
            )
    actor = town.actor(user)
    if may_export(actor):
        with scope(municipality=town.municipality):
            results = as_json(actor=actor, on=TODAY)
            found["JSON"] = json.dumps(canonical(actor=actor, results=results), default=str)
    return found


@pytest.mark.parametrize("user", STAFF)
def test_counts_and_lists_are_as_if_the_hidden_person_were_not_there(
    user: str, growing_town: tuple[Town, Any], db: None
) -> None:
    town, before = growing_town

    now = views_of(town, user)

    for place, said in before[user].items():
        assert now[place] == said, place


def test_who_is_named_sees_one_person_more(growing_town: tuple[Town, Any], db: None) -> None:
    """Otherwise the test above would hold because nobody came."""
    town, before = growing_town

    now, then = views_of(town, NAMED), before["programme_adviser"]

    for place in now:
        assert now[place] != then[place], place
