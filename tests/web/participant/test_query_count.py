"""A participant's page asks the database as often whatever it has to show."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Element
from innpass.casework.training.models import LanguageTest
from tests.factories.cast import RAGNHILD, Town

MOST = 45


def asked(town: Town, person: Participant) -> int:
    browser = town.browser(RAGNHILD)
    where = reverse("participant:participant", args=[person.pk])
    browser.get(where)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(where).status_code == 200
    return len(caught)


def add_details(town: Town, person: Participant, count: int) -> None:
    """Give a person more placements, employers, hours and tests than anybody has."""
    of = {"municipality": town.municipality, "participant": person}
    for number in range(count):
        day = date(2025, 6, 2) + timedelta(weeks=4 * number)
        employer = Employer.objects.create(
            municipality=town.municipality, kind="municipal", name=f"Enhet {number}"
        )
        Placement.objects.create(**of, kind="municipal", employer=employer, first_day=day)
        LanguageTest.objects.create(**of, day=day, goal="A2", reached=True)
        Element.objects.create(
            **of, kind="practice", first_day=day, hours_per_week=7.5, owner="refugee"
        )


def test_more_to_show_takes_no_more_queries(town: Town) -> None:
    amina = town.people("Amina")
    add_details(town, amina, 1)
    few = asked(town, amina)
    Placement.objects.filter(participant=amina).delete()
    Employer.objects.filter(name__startswith="Enhet").delete()
    add_details(town, amina, 8)
    assert asked(town, amina) == few <= MOST
