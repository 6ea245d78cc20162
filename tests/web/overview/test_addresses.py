"""What stands in the overview's address: no name, and nothing that the database cannot take."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.urls import reverse

from innpass.casework.overview.columns import readable_columns
from innpass.domain.access.policy import may_export
from innpass.web.design.tokens import token_of
from innpass.web.overview.addresses import FILTER_WORDS
from tests.factories.cast import RAGNHILD, ROLES, Town

pytestmark = pytest.mark.django_db
NAMES = ("Hege", "Nyg", "Lars", "deg")  # of "Hege Nygård" and "Lars Ødegård"


def page(town: Town, query: str) -> Any:
    return town.browser(RAGNHILD).get(reverse("overview:overview") + query)


def hrefs(shown: Any) -> list[str]:
    return [
        shown.clear_href,
        shown.export_href,
        *(chip.remove_href for chip in shown.chips),
        *(heading.sort_href for heading in shown.headings),
        *(choice.value for each in shown.filters for choice in each.choices),
    ]


@pytest.mark.parametrize(
    ("word", "name"), [("praksisveileder", "Lars Ødegård"), ("programradgiver", "Hege Nygård")]
)
def test_staff_are_filtered_by_without_their_names_in_the_address(
    town: Town, word: str, name: str
) -> None:
    offered = next(each for each in page(town, "").context["page"].filters if each.name == word)
    (choice,) = offered.choices
    assert choice.label == name

    response = page(town, f"?{word}={choice.value}")

    shown = response.context["page"]
    assert [chip.value for chip in shown.chips] == [name]
    assert len(shown.rows) == 3
    assert next(each for each in shown.filters if each.name == word).choices[0].is_selected
    assert f"{word}={choice.value}" in shown.export_href
    assert not [href for href in hrefs(shown) for part in NAMES if part in href]
    assert not [part for part in NAMES if part in response.cookies["list"].value]


def test_a_token_is_of_one_municipality() -> None:
    one, other = UUID(int=1), UUID(int=2)

    assert token_of("Kari", municipality=one) == token_of("Kari", municipality=one)
    assert token_of("Kari", municipality=one) != token_of("Kari", municipality=other)
    assert token_of("Kari", municipality=one) != token_of("Lars", municipality=one)


@pytest.mark.parametrize("value", ["Lars Ødegård", "0123456789"])
def test_what_is_no_token_filters_nothing(town: Town, value: str) -> None:
    shown = page(town, f"?praksisveileder={quote(value)}").context["page"]

    assert shown.chips == ()
    assert len(shown.rows) == 3


@pytest.mark.parametrize("word", FILTER_WORDS)
@pytest.mark.parametrize("value", ["a%00b", "%00", "1%0a", "%1b[0m"])
def test_control_characters_are_left_out(town: Town, word: str, value: str) -> None:
    """PostgreSQL takes no NUL; no value of a sheet has such characters."""
    response = page(town, f"?{word}={value}")

    assert response.status_code == 200
    assert response.context["page"].chips == ()


@pytest.mark.parametrize(
    "address",
    ["results:results", "results:people", "administration:protection", "imports:imports"],
)
@pytest.mark.parametrize("word", ["dato", "side", "deltaker"])
def test_they_do_no_harm_elsewhere(town: Town, address: str, word: str) -> None:
    where = reverse(address, args=["units"] if address == "results:people" else [])

    response = town.browser(RAGNHILD).get(f"{where}?{word}=1%00")

    assert response.status_code in (200, 404)


def test_a_search_goes_without_control_characters(town: Town) -> None:
    town.browser(RAGNHILD).post(reverse("overview:search"), {"search": "Ami\x00na"})

    assert [row.name for row in page(town, "").context["page"].rows] == ["Amina Haddad"]


@pytest.mark.parametrize("name", ROLES)
def test_what_may_not_be_read_has_no_column(town: Town, name: str) -> None:
    """An empty cell would look as if it were not known."""
    response = town.browser(name).get(reverse("overview:overview"))

    if response.status_code == 200:
        shown, actor = response.context["page"], town.actor(name)
        may = readable_columns(actor)
        html = response.content.decode()
        assert {heading.key for heading in shown.headings} <= may | {"name"}
        assert ("Status denne uken" in html) == shown.columns.status == ("status" in may)
        assert shown.columns.step == ("step" in may)
        assert ("Eksporter til Excel" in html) == may_export(actor)
        body = html.split("<tbody>")[1].split("</tr>")[0]
        assert body.count("<td") + 1 == len(shown.headings) + shown.may_edit  # marked by a box
