"""Nobody finds out by asking: searches, filters and orders tell what may be read alone."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from innpass.casework.overview.columns import readable_columns
from innpass.casework.overview.queries import Selection, selected
from innpass.domain.access.policy import readable
from innpass.web.design.tokens import token_of
from tests.web.access.town import ABROAD, HIDDEN, OPEN, STAFF, TODAY, Town, lasting

pytestmark = pytest.mark.django_db

# what is searched for, the field it stands in
SEARCHES = [
    (OPEN.family, "name"),
    (OPEN.given.upper(), "name"),
    ("Зміна0", "native_name"),
    (f"{OPEN.word('enh')} barnehage", "placement.unit"),
    ("330004", "identifier.socio"),
    ("42400", "identifier.visma_refugee"),
    ("71000", "identifier.visma_learning"),
]


@pytest.mark.parametrize("user", STAFF)
def test_a_search_finds_by_what_may_be_read(user: str, town: Town, client_of: Any) -> None:
    browser = client_of(user)
    may = readable(town.actor(user))

    found = []
    for words, _field in SEARCHES:
        browser.post(reverse("overview:search"), {"search": words})
        page = browser.get(reverse("overview:overview")).content.decode()
        if OPEN.family in page.replace(f'value="{words}"', "").split("<table", 1)[-1]:
            found.append(words)

    assert found == [words for words, field in SEARCHES if field in may]


@pytest.mark.parametrize("life", [HIDDEN, ABROAD])
def test_a_search_finds_nobody_hidden_or_abroad(life: Any, town: Town) -> None:
    actor = town.actor("programme_adviser")

    with scope(municipality=town.municipality):
        for words in (life.family, life.word("enh"), f"4240{life.number}", f"3300{life.number}4"):
            selection = Selection(search=words, group="all")
            assert not selected(selection, actor=actor, on=TODAY).exists()


# query, the grid's column that it asks about
QUESTIONS = [
    ("?status=met", "status"),
    ("?steg=6", "step"),
    ("?praksisveileder={supervisor}", "supervisor"),
    ("?spor=1", "track"),
    ("?utvalg=over-fristen", "next_step"),
    ("?utvalg=besok", "next_step"),
    ("?vis=avsluttet", "programme"),
]


@pytest.mark.parametrize("user", ["teacher", "coordinator", "administrator"])
def test_a_filter_on_what_may_not_be_read_filters_nothing(
    user: str, town: Town, client_of: Any
) -> None:
    browser = client_of(user)
    pia = token_of(f"Pia {OPEN.word('vei')}", municipality=town.municipality.pk)
    without = lasting(browser.get(reverse("overview:overview")).content.decode())
    columns = readable_columns(town.actor(user))

    for query, column in QUESTIONS:
        href = reverse("overview:overview") + query.format(supervisor=pia)
        with_it = lasting(browser.get(href).content.decode())
        assert (with_it != without) == (column in columns), query


@pytest.mark.parametrize("user", ["coordinator", "administrator"])
def test_the_order_does_not_tell_who_needs_action(user: str, town: Town, client_of: Any) -> None:
    page = client_of(user).get(reverse("overview:overview") + "?sorter=behov")

    assert page.context["page"].headings[0].direction == "ascending"  # by name
