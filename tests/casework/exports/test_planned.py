"""The canonical form holds plans, timetables and intakes, cut to what may be read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from innpass.casework.exports.canonical import canonical
from innpass.casework.intake.models import Intake, IntakeTerm
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.plans.models import IntegrationPlan, PlanElement
from innpass.casework.timetable.models import Appointment, Block, Timetable
from innpass.domain.access.roles import Actor, Role
from tests.casework.intake.people import TERM
from tests.domain.access.eyes import eyes
from tests.factories.people import ParticipantFactory, become_second

pytestmark = pytest.mark.django_db


@pytest.fixture
def lillevik(db: None) -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


@pytest.fixture
def amina(lillevik: Municipality) -> Participant:
    amina: Participant = ParticipantFactory.create(municipality=lillevik, name="Amina")
    of: dict[str, Any] = {"municipality": lillevik, "participant": amina}
    plan = IntegrationPlan.objects.create(
        **of, number=1, made_on=date(2026, 3, 2), end_goal="work", length_months=12
    )
    PlanElement.objects.create(
        municipality=lillevik, plan=plan, place=1, kind="norwegian", text="Kveldskurs"
    )
    doctor = Appointment.objects.create(
        **of, name="Psykolog", day=2, start=900, end=960, first_day=date(2026, 1, 1)
    )
    week = Timetable.objects.create(**of, first_monday=date(2026, 6, 8), reason="Barnet er sykt")
    for name, values in (
        ("Norsk A1", {"part": "course", "activity": "norwegian", "counted_minutes": 450}),
        ("Psykolog", {"part": "appointment", "appointment": doctor, "counted_minutes": 0}),
    ):
        Block.objects.create(
            municipality=lillevik, timetable=week, day=2, start=510, end=810, name=name, **values
        )
    term = IntakeTerm.objects.create(municipality=lillevik, **TERM)
    Intake.objects.create(**of, term=term, taken_in_on=date(2026, 5, 4), reason="Vil", level="A2")
    return amina


def of(person: Participant, actor: Actor) -> dict[str, Any]:
    found = canonical(actor=actor, results={})["participants"]
    (one,) = [each for each in found if each["id"] == str(person.pk)]
    return dict(one)


def test_all_that_was_planned_is_in_the_form(amina: Participant) -> None:
    told = of(amina, operator(amina.municipality))

    (plan,) = told["plans"]
    assert (plan["version"], plan["status"], plan["length_months"]) == (1, "draft", 12)
    assert [each["text"] for each in plan["elements"]] == ["Kveldskurs"]
    (week,) = told["timetables"]
    assert (week["from"], week["reason"]) == ("2026-06-08", "Barnet er sykt")
    assert {(each["name"], each["start"], each["weekday"]) for each in week["blocks"]} == {
        *(("Norsk A1", "08:30", 3), ("Psykolog", "08:30", 3))
    }
    (intake,) = told["intakes"]
    assert (intake["term"], intake["reason"], intake["level"]) == ("August", "Vil", "A2")


def test_what_may_not_be_read_is_none_and_an_appointment_is_a_taken_time(
    amina: Participant,
) -> None:
    here = amina.municipality_id
    teacher = replace(eyes(Role.TEACHER, "learning"), municipality_id=here)
    nav = replace(eyes(Role.NAV_ADVISER, "nav"), municipality_id=here)

    told = of(amina, teacher)
    assert {each["name"] for each in told["timetables"][0]["blocks"]} == {"Norsk A1", "opptatt"}
    assert (told["intakes"][0]["term"], told["intakes"][0]["reason"]) == ("August", None)
    assert "Psykolog" not in str(told)
    assert of(amina, nav)["intakes"] == []
    assert of(amina, nav)["timetables"][0]["reason"] is None


def test_rows_of_a_second_are_the_firsts(amina: Participant) -> None:
    first = ParticipantFactory.create(municipality=amina.municipality, name="Bohdan")
    become_second(amina, first)

    told = of(first, operator(amina.municipality))

    assert [len(told[part]) for part in ("plans", "timetables", "intakes")] == [1, 1, 1]
