"""No export of the command line carries a field that the role may not read; marks are real.

Pages are looked at by ``test_addresses``.
"""

import json
from typing import Any

import pytest
from django_scopes import scope

from innpass.casework.exports.canonical import canonical
from innpass.casework.exports.workbook import overview_workbook
from innpass.casework.results.queries import as_json
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.policy import may_export, readable
from tests.web.access.address import ADVISER
from tests.web.access.addresses import ADDRESSES
from tests.web.access.outputs import text_of, unreadable
from tests.web.access.town import OPEN, STAFF, TODAY, Town, markers

pytestmark = pytest.mark.django_db


def exports(town: Town, user: str) -> dict[str, str]:
    """What the command line writes for somebody, by format."""
    actor = town.actor(user)
    with scope(municipality=town.municipality):
        results = as_json(actor=actor, on=TODAY)
        if not may_export(actor):
            return {}
        content, _ = overview_workbook(actor=actor, on=TODAY)
        told = canonical(actor=actor, results=results)
    return {"JSON": json.dumps(told, ensure_ascii=False, indent=1), "XLSX": text_of(content)}


@pytest.mark.parametrize("user", STAFF)
def test_what_a_role_may_not_read_is_in_no_export(user: str, town: Town) -> None:
    may = readable(town.actor(user))

    said = exports(town, user)

    assert {
        kind: unreadable(text, may) for kind, text in said.items() if unreadable(text, may)
    } == {}
    # Masked for all; JSON holds them for those who may read them.
    assert OPEN.fnr not in said.get("XLSX", "")
    assert OPEN.duf not in said.get("XLSX", "")


def test_every_mark_is_found_where_it_may_be_read(town: Town, client_of: Any) -> None:
    """Otherwise we would look for what is never there."""
    pages = [a for a in ADDRESSES if a.method == "get" and a.shows_people and not a.is_public]
    browser = client_of(ADVISER)

    said = [text_of(address.ask(browser, town).content) for address in pages]
    said += exports(town, ADVISER).values()

    missing = {
        name
        for name, marks in markers(OPEN).items()
        if not any(mark in text for mark in marks for text in said)
    }
    assert missing == set()
    assert set(markers(OPEN)) <= set(FIELDS)
