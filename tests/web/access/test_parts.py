"""What HTMX gets is the same part of the full page, for every role."""

from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.audit.models import ReadEvent
from innpass.domain.access.policy import may_reveal_identifier
from tests.web.access.town import OPEN, STAFF, Town, lasting

pytestmark = pytest.mark.django_db

QUERIES = ["", "?vis=alle", "?sorter=-navn", "?status=met", "?utvalg=over-fristen", "?side=9"]


def squeezed(html: str) -> str:
    return " ".join(lasting(html).split())


@pytest.mark.parametrize("user", ["programme_adviser", "teacher", "administrator"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_part_of_the_overview_is_a_part_of_the_page(
    query: str, user: str, town: Town, client_of: Any
) -> None:
    browser = client_of(user)
    href = reverse("overview:overview") + query

    page, part = browser.get(href), browser.get(href, headers={"HX-Request": "true"})

    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert len(squeezed(part.content.decode())) > 200
    assert squeezed(part.content.decode()) in squeezed(page.content.decode())
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("user", [user for user in STAFF if user != "administrator"])
def test_a_number_shown_in_a_part_is_as_in_the_page_and_noted(
    user: str, town: Town, client_of: Any
) -> None:
    may = may_reveal_identifier(town.actor(user), "fnr")
    href = reverse("participant:reveal_identifier", args=[town.people[OPEN.number]])
    before = ReadEvent.objects.count()

    part = client_of(user).post(href, {"identifier": "fnr"}, headers={"HX-Request": "true"})

    assert part.status_code == (200 if may else 403)
    assert (OPEN.fnr in part.content.decode()) is may
    assert ReadEvent.objects.count() - before == int(may)
    assert OPEN.duf not in part.content.decode()


def test_the_search_is_kept_in_the_session_and_not_in_the_address(
    town: Town, client_of: Any
) -> None:
    browser = client_of("programme_adviser")

    answer = browser.post(reverse("overview:search"), {"search": OPEN.family})

    assert OPEN.family not in answer["Location"]
    assert browser.session["overview_search"] == OPEN.family
    assert browser.get(reverse("overview:overview")).context["page"].search == OPEN.family


def test_a_search_leads_back_to_our_own_pages_alone(town: Town, client_of: Any) -> None:
    answer = client_of("programme_adviser").post(
        reverse("overview:search"), {"search": "x", "next": "https://elsewhere.example/"}
    )

    assert answer["Location"] == reverse("overview:overview")


def test_the_way_back_from_a_person_is_the_list_as_it_was(town: Town, client_of: Any) -> None:
    browser = client_of("programme_adviser")
    browser.get(reverse("overview:overview") + "?vis=alle&sorter=-navn")

    page = browser.get(reverse("participant:participant", args=[town.people[OPEN.number]]))

    assert page.context["page"].list_href == reverse("overview:overview") + "?vis=alle&sorter=-navn"


def test_the_overview_takes_few_queries(
    town: Town, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    browser = client_of("programme_adviser")
    browser.get(reverse("overview:overview"))

    with django_assert_max_num_queries(10):
        browser.get(reverse("overview:overview"))
