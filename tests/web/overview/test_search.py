"""A search keeps what is filtered, and finds names however they are spelt."""

import re
from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.overview.models import OverviewRow
from tests.factories.cast import RAGNHILD, Town

pytestmark = pytest.mark.django_db
WHERE = reverse("overview:overview")


def next_of(html: str) -> list[str]:
    return [
        value.replace("&amp;", "&") for value in re.findall(r'name="next"\s+value="([^"]*)"', html)
    ]


def search(town: Town, words: str, back: str) -> Any:
    data = {"search": words, "next": back}
    return town.browser(RAGNHILD).post(reverse("overview:search"), data, follow=True)


@pytest.mark.parametrize("part", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    "query",
    ["?status=below", "?steg=1&utvalg=uten-praksis&sorter=-navn", "?status=unknown&vis=alle"],
)
def test_a_search_keeps_the_filters(town: Town, query: str, part: dict[str, str]) -> None:
    """The list itself says where the search returns to, so that a part of the page does too."""
    browser = town.browser(RAGNHILD)
    html = browser.get(f"{WHERE}{query}&side=2", headers=part).content.decode()
    assert 'form="search-form"' in html
    assert next_of(html)[0] == f"{WHERE}{query}"

    found = search(town, "Amina", next_of(html)[0])

    page = found.context["page"]
    assert found.redirect_chain == [(f"{WHERE}{query}", 302)]
    assert page.search == "Amina"
    assert next_of(found.content.decode())[:2] == [f"{WHERE}{query}"] * 2


def test_taking_a_search_away_keeps_the_filters_and_empties_the_field(town: Town) -> None:
    search(town, "Amina", f"{WHERE}?vis=alle")

    page = search(town, "", f"{WHERE}?vis=alle")

    assert page.context["page"].search == ""
    assert len(page.context["page"].rows) == 3
    assert [chip.value for chip in page.context["page"].chips] == ["Alle"]
    assert "Amina" not in page.content.decode().split("<table")[0]


def test_a_counter_keeps_the_filters_and_shows_as_many_as_it_says(town: Town) -> None:
    browser = town.browser(RAGNHILD)
    search(town, "a", WHERE)
    query = "?termin=2025-08&vis=alle"

    counters = browser.get(WHERE + query).context["page"].counters

    assert len(counters) == 7
    for counter in counters:
        opened = browser.get(counter.href).context["page"]
        assert opened.paging.total == counter.count, counter.label
        assert [chip.label for chip in opened.chips] == ["Utvalg", "Termin", "Vis"]
        assert opened.search == "a"
        (current,) = (each for each in opened.counters if each.is_current)
        assert current.href == opened.chips[0].remove_href == WHERE + query


def test_a_part_of_the_page_brings_the_counters_along(town: Town) -> None:
    browser, part = town.browser(RAGNHILD), {"HX-Request": "true"}

    chosen = browser.get(f"{WHERE}?utvalg=under-kravet", headers=part).content.decode()
    taken_away = browser.get(WHERE, headers=part).content.decode()

    for html in (chosen, taken_away):
        assert html.count('id="parts"') == html.count('<ul class="counters') == 1
        assert "<h1" not in html
    assert "counter is-current" in chosen
    assert "counter is-current" not in taken_away
    back = browser.get(WHERE, headers=part | {"HX-History-Restore-Request": "true"})
    assert "<h1" in back.content.decode()


def test_taking_all_away_takes_the_group_and_the_search_too(town: Town) -> None:
    shown = search(town, "ingen", f"{WHERE}?vis=alle&termin=2025-08&sorter=-navn")
    page = shown.context["page"]
    assert page.rows == ()
    assert shown.content.decode().count("Fjern alle filtre") == 2

    cleared = search(town, "", page.clear_href).context["page"]

    assert page.clear_href == f"{WHERE}?sorter=-navn"
    assert (cleared.search, cleared.chips) == ("", ())
    assert len(cleared.rows) == 3


def test_a_search_that_finds_only_among_the_ended_says_so(town: Town) -> None:
    amina = town.people("Amina")
    OverviewRow.objects.filter(participant=amina).update(is_active=False)

    page = search(town, "Amina", WHERE).context["page"]

    assert page.rows == ()
    assert page.elsewhere == "Ingen i programmet passer. 1 passer blant avsluttede."
    found = search(town, "Amina", page.elsewhere_href).context["page"]
    assert [row.name for row in found.rows] == ["Amina Haddad"]
    assert found.elsewhere == search(town, "ingen", WHERE).context["page"].elsewhere == ""
