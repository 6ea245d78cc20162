"""The history tells of plans, timetables and the intake, each to those who may read it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from innpass.casework.intake.models import Intake, IntakeTerm
from innpass.casework.participants.models import Participant
from innpass.casework.plans.models import IntegrationPlan
from innpass.casework.timetable.models import Timetable
from tests.casework.intake.people import TERM
from tests.factories.cast import KARI, LIV, ODD, RAGNHILD, Town
from tests.factories.people import become_second

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(town: Town) -> Participant:
    """Amina has an agreed plan, a week that was withdrawn, and a place in a term and a class."""
    amina: Participant = town.people("Amina")
    of: dict[str, Any] = {"municipality": town.municipality, "participant": amina}
    IntegrationPlan.objects.create(
        **of,
        number=1,
        status="agreed",
        made_on=date(2026, 3, 2),
        agreed_on=date(2026, 3, 4),
        reason="Nytt mål",
        end_goal="work",
        long_term_goal="Kokk",
        **{f"goal_{skill}": "A2" for skill in ("listening", "reading", "writing", "speaking")},
        norwegian_hours=600,
        social_studies_hours=75,
        length_months=12,
        complaint_informed=True,
    )
    Timetable.objects.create(
        **of,
        first_monday=date(2026, 6, 8),
        reason="Barnet er sykt",
        made_by=town.users[KARI],
        withdrawn_at=timezone.now(),
        withdrawn_from=date(2026, 6, 15),
        withdrawn_because="Frisk igjen",
        withdrawn_by=town.users[KARI],
    )
    term = IntakeTerm.objects.create(municipality=town.municipality, **TERM)
    Intake.objects.create(
        **of, term=term, taken_in_on=date(2026, 5, 4), reason="Vil begynne", level="A2"
    )
    return amina


def events(town: Town, person: Participant, user: str, asked: str = "") -> dict[str, list[Any]]:
    page = town.browser(user).get(reverse("history:history", args=[person.pk]) + asked)
    found: dict[str, list[Any]] = {}
    for event in page.context["page"].events:
        found.setdefault(event.heading, []).append(event)
    return found


def told(some: list[Any]) -> list[tuple[str, str, str]]:
    return [(each.changes[0].after, each.by, each.reason) for each in some]


def test_what_was_planned_stands_with_when_by_whom_and_why(town: Town, amina: Participant) -> None:
    found = events(town, amina, KARI)

    assert told(found["Integreringsplan"]) == [("Versjon 1, avtalt 4. mar. 2026", "", "Nytt mål")]
    assert sorted(told(found["Timeplan"])) == [
        ("Fra uke 24 i 2026", str(town.users[KARI]), "Barnet er sykt"),
        ("Trukket fra uke 25 i 2026", str(town.users[KARI]), "Frisk igjen"),
    ]
    assert told(found["Inntak"]) == [("August", "", "Vil begynne")]
    assert found["Inntak"][0].is_day


def test_the_history_is_cut_to_what_somebody_may_read(town: Town, amina: Participant) -> None:
    teacher, nav = events(town, amina, LIV), events(town, amina, ODD)

    assert told(teacher["Inntak"]) == [("August", "", "")]
    assert "Inntak" not in nav
    assert {each.reason for each in nav["Timeplan"]} == {""}


def test_one_field_alone_can_be_a_planned_one(town: Town, amina: Participant) -> None:
    assert set(events(town, amina, RAGNHILD, "?felt=timetable.week")) == {"Timeplan"}


def test_what_was_made_for_a_second_stands_in_the_history_of_the_first(
    town: Town, amina: Participant
) -> None:
    bohdan = town.people("Bohdan")
    become_second(amina, bohdan)

    assert {"Integreringsplan", "Timeplan", "Inntak"} <= set(events(town, bohdan, KARI))


def test_more_timetables_take_no_more_queries(town: Town, amina: Participant) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            events(town, amina, KARI)
        return len(caught)

    asked()
    few = asked()
    for week in range(10):
        Timetable.objects.create(
            municipality=town.municipality,
            participant=amina,
            first_monday=date(2026, 1, 5 + week),
            made_by=town.users[KARI],
        )

    assert asked() == few
