"""The overview asks the database as often for sixty people as for three."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from innpass.casework.overview.models import OverviewRow, SavedView
from innpass.casework.overview.queries import Selection
from innpass.casework.overview.saved_views import save_view
from innpass.casework.overview.services import refresh_rows
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.programme.services import reassess
from innpass.web.design.tokens import token_of
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LIV, RAGNHILD, Town

# Who asks takes three, the list four, and what waits one; one more where something is filtered.
MOST = 8
MOST_FILTERED = 9
ADDRESSES = (
    "",
    "?sorter=navn",
    "?sorter=-timer&vis=alle",
    "?utvalg=under-kravet",
    "?steg=1&programradgiver={kari}",
    "?vis=alle&side=2",
)


def asked(town: Town, name: str, address: str, **headers: str) -> int:
    """How many queries a page takes once its session knows the address."""
    browser = town.browser(name)
    kari = token_of("Kari Lunde", municipality=town.municipality.pk)
    where = reverse("overview:overview") + address.format(kari=kari)
    browser.get(where, headers=headers)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(where, headers=headers).status_code == 200
    return len(caught)


def add_people(town: Town, count: int) -> None:
    people = [
        Participant(municipality=town.municipality, name=f"Deltaker {number}")
        for number in range(count)
    ]
    Participant.objects.bulk_create(people)
    Enrolment.objects.bulk_create(
        Enrolment(
            municipality=town.municipality,
            participant=person,
            first_day=date(2025, 1, 6) + timedelta(weeks=number),
            planned_last_day=date(2027, 1, 3),
            end_goal="work",
            adviser="Kari Lunde",
            supervisor=f"Veileder {number}",
        )
        for number, person in enumerate(people)
    )
    ids = [person.pk for person in people]
    reassess(participants=ids, municipality=town.municipality, on=TODAY)
    refresh_rows(participants=ids, municipality=town.municipality, on=TODAY)


@pytest.mark.parametrize("name", [RAGNHILD, LIV])
def test_sixty_people_take_no_more_queries_than_three(town: Town, name: str) -> None:
    assert OverviewRow.objects.count() == 3
    few = [asked(town, name, address) for address in ADDRESSES]
    add_people(town, 57)

    many = [asked(town, name, address) for address in ADDRESSES]

    assert OverviewRow.objects.count() == 60
    assert many == few
    filtered = [address for address in ADDRESSES if "radgiver" in address]
    assert max(n for n, where in zip(many, ADDRESSES, strict=True) if where not in filtered) <= MOST
    assert max(many) <= MOST_FILTERED


def test_a_search_takes_no_more_either(town: Town) -> None:
    town.browser(RAGNHILD).post(reverse("overview:search"), {"search": "deltaker"})
    add_people(town, 3)
    few = asked(town, RAGNHILD, "?vis=alle")
    add_people(town, 57)
    assert asked(town, RAGNHILD, "?vis=alle") == few <= MOST_FILTERED


def test_a_search_that_finds_nobody_asks_no_more(town: Town) -> None:
    town.browser(RAGNHILD).post(reverse("overview:search"), {"search": "finnes ikke"})
    assert asked(town, RAGNHILD, "") <= MOST_FILTERED


def test_a_saved_view_takes_no_more(town: Town) -> None:
    view = save_view(
        "Uten praksis",
        selection=Selection(counter="without_placement"),
        columns=["step"],
        is_shared=True,
        by=town.actor(RAGNHILD),
    )
    assert asked(town, RAGNHILD, f"?visning={view.pk}&utvalg=uten-praksis") <= MOST


def test_a_part_of_the_page_asks_for_no_frame(town: Town) -> None:
    assert asked(town, RAGNHILD, "?sorter=navn", hx_request="true") <= MOST - 1


def test_the_second_visit_takes_no_more_while_nobody_has_changed_anything(town: Town) -> None:
    town.browser(RAGNHILD).get(reverse("overview:overview"))
    SavedView.objects.update(seen_until=timezone.now())
    assert asked(town, RAGNHILD, "") <= MOST


def test_somebody_hidden_takes_two_more_for_what_waits(town: Town) -> None:
    town.protect("Amina", named=(RAGNHILD,))
    assert asked(town, RAGNHILD, "") <= MOST
    assert asked(town, KARI, "") <= MOST + 2
