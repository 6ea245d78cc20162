"""No page and no export carries a field that the viewer's role may not read."""

import io
import json
import zipfile
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from innpass.casework.exports.canonical import canonical
from innpass.casework.exports.workbook import overview_workbook
from innpass.casework.results.queries import as_json
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.policy import may_export, readable
from tests.web.access.town import OPEN, STAFF, TODAY, Town, markers

pytestmark = pytest.mark.django_db


def pages(town: Town) -> dict[str, str]:
    """Every address that shows something about people, by name."""
    person = [town.people[OPEN.number]]
    return {
        "overview": reverse("overview:overview"),
        "overview by need": reverse("overview:overview") + "?sorter=behov&vis=alle",
        "overview export": reverse("overview:export") + "?vis=alle",
        "participant": reverse("participant:participant", args=person),
        "questions": reverse("questions:questions"),
        "results": reverse("results:results"),
        "behind a figure": reverse("results:people", args=["placed_municipal"]),
        "behind contracts": reverse("results:people", args=["tests_taken"]),
        "imports": reverse("imports:imports"),
        "an import applied": reverse("imports:batch", args=[town.applied.pk]),  # type: ignore[union-attr]
        "a preview": reverse("imports:batch", args=[town.ready.pk]),  # type: ignore[union-attr]
        "protection": f"{reverse('administration:protection')}?deltaker={person[0]}",
    }


def text_of(content: bytes) -> str:
    """Return what a page or a workbook says."""
    if not content.startswith(b"PK"):
        return unescape(content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def outputs(town: Town, user: str, browser: Client) -> dict[str, str]:
    """Everything that a user gets to see about the open person, by where."""
    found = {}
    for place, href in pages(town).items():
        response = browser.get(href)
        if response.status_code == 200:
            found[place] = text_of(response.content)
    actor = town.actor(user)
    with scope(municipality=town.municipality):
        results = as_json(actor=actor, on=TODAY)
        if may_export(actor):
            found["JSON"] = json.dumps(
                canonical(actor=actor, results=results), ensure_ascii=False, indent=1
            )
            content, _ = overview_workbook(actor=actor, on=TODAY)
            found["XLSX"] = text_of(content)
    return found


@pytest.mark.parametrize("user", STAFF)
def test_what_a_role_may_not_read_is_in_no_output(user: str, town: Town, client_of: Any) -> None:
    may = readable(town.actor(user))

    said = outputs(town, user, client_of(user))

    leaks = {
        (name, mark, place)
        for name, marks in markers(OPEN).items()
        if name not in may
        for mark in marks
        for place, text in said.items()
        if mark in text
    }
    assert leaks == set()
    assert len(said) > 2


def test_every_mark_is_found_where_it_may_be_read(town: Town, client_of: Any) -> None:
    """Otherwise the test above would look for what is never there."""
    said = outputs(town, "programme_adviser", client_of("programme_adviser"))

    missing = {
        name
        for name, marks in markers(OPEN).items()
        if not any(mark in text for mark in marks for text in said.values())
    }
    assert missing == set()
    assert set(markers(OPEN)) <= set(FIELDS)


@pytest.mark.parametrize("user", STAFF)
def test_no_identity_number_is_in_any_output(user: str, town: Town, client_of: Any) -> None:
    """Masked for all; JSON holds them for those who may read them."""
    said = outputs(town, user, client_of(user))
    said.pop("JSON", None)

    assert [place for place, text in said.items() if OPEN.fnr in text or OPEN.duf in text] == []
