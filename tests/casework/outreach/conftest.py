"""Lillevik with its staff, a campaign, and employers to ask."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django_scopes import scope

from innpass.casework.outreach.campaigns import add_recipients, save_campaign
from innpass.casework.outreach.models import Campaign
from innpass.casework.placements.models import Employer
from tests.factories.cast import NINA, Town, make_town

TODAY = date(2026, 6, 30)
CAMPAIGN = {
    "name": "Juni 2026",
    "sender": "Kommunedirektøren",
    "text": "Kan dere ta imot noen?",
    "reply_by": date(2026, 7, 10),
    "remind_after_days": 10,
}


@pytest.fixture(scope="module")
def staffed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Lillevik with its staff and nobody else, made once for a module."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_town()
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


@pytest.fixture
def town(staffed: Town, db: None) -> Iterator[Town]:
    """The town; what a test does to it is undone."""
    with scope(municipality=staffed.municipality):
        yield staffed


@pytest.fixture
def units(town: Town) -> list[Employer]:
    """Three units of two areas, and a firm."""
    return [
        Employer.objects.create(municipality=town.municipality, kind=kind, name=name, area=area)
        for kind, name, area in (
            ("municipal", "Bakken barnehage", "Oppvekst"),
            ("municipal", "Elva skole", "Oppvekst"),
            ("municipal", "Renhold nord", "Teknisk"),
            ("private", "Havnekafeen AS", ""),
        )
    ]


@pytest.fixture
def campaign(town: Town, units: list[Employer]) -> Campaign:
    """A campaign to the three units, not sent yet."""
    by = town.actor(NINA)
    made = save_campaign(values=CAMPAIGN, by=by)
    add_recipients(made, [each.pk for each in units[:3]], by=by, on=TODAY)
    return made
