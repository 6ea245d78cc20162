"""A search keeps what is filtered, and finds names however they are spelt."""

import re
from typing import Any

import pytest
from django.urls import reverse

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
    assert set(next_of(html)) == {f"{WHERE}{query}"}

    found = search(town, "Amina", next_of(html)[0])

    page = found.context["page"]
    assert found.redirect_chain == [(f"{WHERE}{query}", 302)]
    assert page.search == "Amina"
    assert set(next_of(found.content.decode())) >= {f"{WHERE}{query}"}


def test_taking_a_search_away_keeps_the_filters_and_empties_the_field(town: Town) -> None:
    search(town, "Amina", f"{WHERE}?vis=alle")

    page = search(town, "", f"{WHERE}?vis=alle")

    assert page.context["page"].search == ""
    assert len(page.context["page"].rows) == 3
    assert [chip.value for chip in page.context["page"].chips] == ["Alle"]
    assert "Amina" not in page.content.decode().split("<table")[0]
