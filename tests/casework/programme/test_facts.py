"""What the law may know of a person is what is stored, in time."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.programme.queries import facts_of
from innpass.casework.training.models import LanguageTest
from innpass.domain.law.facts import SittingRow
from innpass.domain.sheets.fields import EndReason

pytestmark = pytest.mark.django_db


def test_the_end_reason_and_the_tests_sat_are_known_in_time() -> None:
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        amina, bohdan = (
            Participant.objects.create(municipality=lillevik, name=name)
            for name in ("Amina", "Bohdan")
        )
        for person, reason in ((amina, "moved"), (bohdan, "")):
            common: dict[str, Any] = {"municipality": lillevik, "participant": person}
            Enrolment.objects.create(first_day=date(2026, 1, 5), end_reason=reason, **common)
        for day, speaking in ((date(2026, 5, 20), "B1"), (date(2025, 11, 20), "")):
            LanguageTest.objects.create(
                municipality=lillevik, participant=amina, day=day, listening="A2", speaking=speaking
            )

        with CaptureQueriesContext(connection) as both:
            facts = facts_of([amina.pk, bohdan.pk])
        with CaptureQueriesContext(connection) as one:
            facts_of([bohdan.pk])

    assert facts[amina.pk].end_reason is EndReason.MOVED
    assert facts[amina.pk].tests == (
        SittingRow(date(2025, 11, 20), ("A2", "", "", "")),
        SittingRow(date(2026, 5, 20), ("A2", "", "", "B1")),
    )
    assert facts[bohdan.pk].end_reason is None
    assert facts[bohdan.pk].tests == ()
    assert len(both) == len(one) == 9
