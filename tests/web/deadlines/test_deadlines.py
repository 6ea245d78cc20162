"""The page of deadlines: who stands on which list, for whom, and how often it asks the database."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.programme.deadlines import (
    CLOCKS,
    Of,
    Selection,
    Within,
    counts,
    facts_missing,
)
from innpass.casework.programme.models import Clock, Enrolment
from innpass.casework.training.models import Schooling
from innpass.web.design.tokens import token_of
from tests.casework.plans.plan import agreed
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LIV, ODD, RAGNHILD, Town

MOST = 14


def person(
    town: Town,
    name: str,
    *,
    programme: int | None = None,
    norwegian: int | None = None,
    missing: dict[str, list[str]] | None = None,
    **enrolment: Any,
) -> Participant:
    """Make somebody whose clocks end so many days from today."""

    def day(days: int | None) -> date | None:
        return None if days is None else TODAY + timedelta(days=days)

    made: Participant = Participant.objects.create(municipality=town.municipality, name=name)
    of: dict[str, Any] = {"municipality": town.municipality, "participant": made}
    Enrolment.objects.create(**of, **{"first_day": date(2025, 9, 1), **enrolment})
    Schooling.objects.create(**of, norwegian_offered_on=date(2025, 9, 1))
    Clock.objects.create(
        **of,
        programme_until=day(programme),
        programme_possible_until=day(programme),
        norwegian_until=day(norwegian),
        missing=missing or {},
    )
    return made


@pytest.fixture(autouse=True)
def nobody_else(town: Town) -> None:
    Clock.objects.all().delete()


def page(town: Town, user: str = RAGNHILD, **asked: str) -> str:
    answer = town.browser(user).get(reverse("deadlines:deadlines"), asked)
    assert answer.status_code == 200
    said: str = answer.content.decode()
    return said


def counted(town: Town, of: Of) -> dict[str, int]:
    found = counts(Selection(of=of), actor=town.actor(RAGNHILD), on=TODAY)
    return {str(within): number for (each, within), number in found.items() if each is of}


@pytest.mark.parametrize(
    ("days", "lists"),
    [
        (-1, {"out"}),
        (0, {"30", "60", "90"}),
        (30, {"30", "60", "90"}),
        (31, {"60", "90"}),
        (60, {"60", "90"}),
        (61, {"90"}),
        (90, {"90"}),
        (91, set()),
    ],
)
def test_the_last_day_tells_the_lists(town: Town, days: int, lists: set[str]) -> None:
    person(town, "Zoia Zed", programme=days, norwegian=days)
    for of in CLOCKS:
        assert {name for name, number in counted(town, of).items() if number} == lists
    for name in ("ute", "30", "60", "90"):
        is_there = {"ute": "out"}.get(name, name) in lists
        assert ("Zoia Zed" in page(town, klokke="norsk", liste=name)) == is_there


def test_an_ended_programme_runs_out_no_more_but_the_right_does(town: Town) -> None:
    ended = TODAY - timedelta(days=10)
    person(town, "Ferdig", programme=10, norwegian=10, actual_last_day=ended)
    person(town, "Flyttet", norwegian=10, actual_last_day=ended, end_reason="moved")
    person(town, "Ute", programme=-5, norwegian=-5, actual_last_day=ended)
    person(town, "Slutter i dag", programme=10, actual_last_day=TODAY)

    assert counted(town, Of.PROGRAMME)["90"] == 1
    assert counted(town, Of.PROGRAMME)["out"] == 0
    assert counted(town, Of.NORWEGIAN)["90"] == 1
    assert counted(town, Of.NORWEGIAN)["out"] == 0


def test_it_says_which_fact_is_missing_and_of_how_many(town: Town) -> None:
    person(town, "Uten grunnlag", missing={"programme": ["programme.protection"]})
    person(
        town,
        "Uten to",
        missing={"programme": ["programme.protection", "programme.end_goal"]},
    )
    person(town, "Uten norsk", missing={"norwegian": ["norwegian.offered_on"]})
    actor = town.actor(RAGNHILD)

    facts = facts_missing(Selection(within=Within.MISSING), actor=actor, on=TODAY)

    assert facts == {"programme.protection": 2, "programme.end_goal": 1}
    said = page(town, liste="mangler", mangel="programme.end_goal")
    assert "Uten to" in said
    assert "Uten grunnlag" not in said
    assert "Uten norsk" in page(town, klokke="norsk", liste="mangler")


def test_it_is_narrowed_to_an_adviser_and_the_counts_with_it(town: Town) -> None:
    person(town, "Hos Hege", programme=5, adviser="Hege Nygård")
    person(town, "Hos Siri", programme=5, adviser="Siri Aasheim", nav_adviser="Nils Nav")

    hege, nils = (
        token_of(name, municipality=town.municipality.pk) for name in ("Hege Nygård", "Nils Nav")
    )
    said = page(town, liste="30", radgiver=hege)

    assert "Hos Hege" in said
    assert "Hos Siri" not in said
    assert "1 person." in said
    assert "Hos Siri" in page(town, liste="30", nav=nils)


@pytest.mark.parametrize("odd", ["Hege Nygård", "\x00", "x" * 500])
def test_no_name_stands_in_an_address_and_what_is_no_token_asks_for_nobody(
    town: Town, odd: str
) -> None:
    person(town, "Hos Hege", programme=5, adviser="Hege Nygård", nav_adviser="Nils Nav")
    person(town, "Hos Siri", programme=5, adviser="Siri Aasheim")
    hege = token_of("Hege Nygård", municipality=town.municipality.pk)

    said = page(town, liste="30", radgiver=hege)
    assert f'<option value="{hege}" selected>Hege Nygård</option>' in said
    assert all("Hege" not in address for address in re.findall('href="([^"]*)"', said))
    assert f"radgiver={hege}" in said
    assert 'value="Hege' not in said
    everybody = page(town, liste="30", radgiver=odd, nav=odd)
    assert "Hos Hege" in everybody
    assert "Hos Siri" in everybody


def test_the_first_list_that_holds_anybody_is_shown(town: Town) -> None:
    person(town, "Snart", programme=45)
    assert "Snart" in page(town)
    person(town, "Alt ute", programme=-3)
    said = page(town)
    assert "Alt ute" in said
    assert "Snart" not in said


def test_nobody_sees_a_hidden_person_or_counts_one(town: Town) -> None:
    amina = town.people("Amina")
    Clock.objects.create(municipality=town.municipality, participant=amina, programme_until=TODAY)
    assert "Amina" in page(town, KARI)
    town.protect("Amina", named=(RAGNHILD,))

    assert "Amina" not in page(town, KARI)
    assert counts(Selection(), actor=town.actor(KARI), on=TODAY)[Of.PROGRAMME, Within.DAYS_30] == 0
    assert "Amina" in page(town, RAGNHILD)


def test_a_teacher_is_told_who_could_and_has_no_such_link(town: Town) -> None:
    answer = town.browser(LIV).get(reverse("deadlines:deadlines"))
    assert answer.status_code == 403
    assert "Du har ikke lov" in answer.content.decode()
    grid = town.browser(LIV).get(reverse("overview:overview")).content.decode()
    assert reverse("deadlines:deadlines") not in grid
    assert reverse("deadlines:deadlines") in page(town, ODD)


def asked_for(town: Town, **asked: str) -> int:
    page(town, **asked)
    with CaptureQueriesContext(connection) as caught:
        page(town, **asked)
    return len(caught)


@pytest.mark.parametrize("name", ["ute", "30", "mangler"])
def test_more_people_take_no_more_queries(town: Town, name: str) -> None:
    def more(number: int) -> None:
        for each in range(number):
            missing = {"programme": ["programme.protection"]}
            person(town, f"Ute {each}", programme=-each - 1, adviser=f"Rådgiver {each}")
            person(town, f"Snart {each}", programme=each % 30, nav_adviser=f"Nav {each}")
            person(town, f"Mangler {each}", missing=missing)

    more(1)
    few = asked_for(town, liste=name)
    more(40)
    assert asked_for(town, liste=name) == few <= MOST


def test_a_page_too_far_is_the_last_one(town: Town) -> None:
    for each in range(51):
        person(town, f"Deltaker {each:02}", programme=each % 30)
    assert page(town, liste="30", side="2").count('<th scope="row">') == 1
    assert page(town, liste="30", side="99").count('<th scope="row">') == 1


def listed(town: Town, within: str, user: str = RAGNHILD, **asked: str) -> list[str]:
    answer = town.browser(user).get(
        reverse("deadlines:deadlines"), {"klokke": "plan", "liste": within, **asked}
    )
    shown = answer.context["page"]
    assert shown.paging.total == len(shown.people)
    assert next(each.count for each in shown.clocks if each.is_current) == shown.paging.total
    return [each.name for each in shown.people]


def planned(who: Participant, review_on: date | None, agreed_on: date) -> None:
    version = agreed(who, agreed_on, review_on=review_on, reason="Nytt yrke")
    assert version.review_on == review_on


def test_the_latest_plan_tells_when_it_is_assessed_again(town: Town) -> None:
    late, soon, none, undated, ended = (
        person(town, name, **more)
        for name, more in (
            ("Late Zed", {}),
            ("Soon Zed", {"adviser": "Kari Lunde"}),
            ("None Zed", {}),
            ("Undated Zed", {}),
            ("Ended Zed", {"actual_last_day": TODAY - timedelta(days=1)}),
        )
    )
    spring = TODAY - timedelta(days=200)
    planned(late, TODAY - timedelta(days=1), spring)
    planned(soon, TODAY - timedelta(days=1), spring)
    planned(soon, TODAY + timedelta(days=45), TODAY - timedelta(days=10))
    planned(undated, None, spring)
    planned(ended, TODAY - timedelta(days=1), spring)

    assert listed(town, "ute") == ["Late Zed"]
    assert listed(town, "30") == []
    assert listed(town, "60") == listed(town, "90") == ["Soon Zed"]
    kari = token_of("Kari Lunde", municipality=town.municipality.pk)
    assert (listed(town, "ute", radgiver=kari), listed(town, "90", radgiver=kari)) == (
        *([], ["Soon Zed"]),
    )
    lacking = {none.name, undated.name}
    assert {name for name in listed(town, "mangler") if name.endswith("Zed")} == lacking
    assert listed(town, "mangler", mangel="plan.review_on") == ["Undated Zed"]


def test_a_protected_persons_plan_is_on_no_others_list(town: Town) -> None:
    planned(town.people("Amina"), TODAY, TODAY)
    assert len(listed(town, "30")) == 1
    town.protect("Amina")
    assert listed(town, "30", KARI) == []
