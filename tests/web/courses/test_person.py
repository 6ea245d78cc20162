"""One person's course: choosing, correcting, deviating, taking back, and who may see why."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.models import CourseChoice, CourseDeviation, Schooling
from innpass.domain.periods import IsoWeek
from tests.factories.cast import LIV, ODD, RAGNHILD, Town
from tests.factories.weeks import timetable_of

pytestmark = pytest.mark.django_db
CHOICE = {
    "model": "autumn-2025:0",
    "track": "2",
    "first_day": "04.08.2025",
    "reason": "",
    "version": "0",
}
OWN = {
    "alternative": "own-week",
    "first_day": "01.06.2026",
    "last_day": "31.08.2026",
    "reason": "Sommerjobb",
    "own-rows": "2",
    "own-0-activity": "part_time_work",
    "own-0-days": "5 x 7,5",
    "own-0-unit": "clock_hour",
    "own-0-form": "day",
    "own-1-unit": "lesson",
    "own-1-form": "day",
    "version": "0",
}


@pytest.fixture
def amina(town: Town) -> Participant:
    """She began in August 2025 on track 2, so on 30 June 2026 she is in month 11."""
    person = town.people("Amina")
    Enrolment.objects.filter(participant=person).update(first_day=date(2025, 8, 4))
    Schooling.objects.update_or_create(
        participant=person, defaults={"municipality": town.municipality, "track": 2}
    )
    return person


def href(name: str, person: Participant, *more: UUID) -> str:
    return reverse(f"courses:{name}", args=[person.pk, *more])


def post(town: Town, address: str, data: dict[str, Any], who: str = LIV) -> Any:
    return town.browser(who).post(address, data)


def test_a_choice_is_suggested_made_corrected_and_taken_back(
    town: Town, amina: Participant
) -> None:
    form = town.browser(LIV).get(href("choose", amina)).context["page"].form
    assert {name: form[name].value() for name in ("model", "track", "first_day")} == {
        "model": "autumn-2025:0",
        "track": "2",
        "first_day": "04.08.2025",
    }

    assert post(town, href("choose", amina), CHOICE).status_code == 302
    row = CourseChoice.objects.get()
    correct = href("correct_choice", amina, row.pk)
    changed = CHOICE | {"track": "1", "version": "1"}
    refused = post(town, correct, changed)
    saved = post(town, correct, changed | {"reason": "Lærerne vurderte på nytt"})
    stale = post(town, correct, changed | {"reason": "Jeg også"})
    page = town.browser(LIV).get(href("person", amina)).content.decode()
    gone = post(town, correct, {"act": "withdraw", "version": "2"})

    assert refused.status_code == 422
    assert "et annet valg enn det Innpass foreslår" in refused.content.decode()
    assert saved.status_code == 302
    assert stale.status_code == 409
    assert "Jeg også" in stale.content.decode()
    assert "Modell 3, høsten 2025, Spor 1" in page
    assert "Lærerne vurderte på nytt" in page
    assert gone.status_code == 302
    after = town.browser(LIV).get(href("person", amina))
    assert after.context["page"].now.is_suggested
    assert "Trukket tilbake" in after.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"first_day": "i går"}, "first_day", "Vi forstår ikke «i går»"),
        ({"first_day": "01.08.2025"}, "first_day", "Programmet begynner 04.08.2025"),
        ({"model": "autumn-2025:9"}, "model", "Velg en av modellene"),
        ({"model": "pilot-2025:0", "track": "3", "reason": "x"}, "track", "har ikke dette sporet"),
        ({"track": ""}, "track", "Velg et spor"),
    ],
)
def test_a_choice_that_cannot_be_is_told_beside_its_field(
    town: Town, amina: Participant, changes: dict[str, str], field: str, said: str
) -> None:
    answer = post(town, href("choose", amina), CHOICE | changes)

    assert answer.status_code == 422
    assert said in answer.context["page"].form.errors[field][0]
    assert not CourseChoice.objects.exists()


def test_a_week_of_ones_own_is_summed_stored_and_ended(town: Town, amina: Participant) -> None:
    address = href("deviate", amina)
    part = town.browser(LIV).post(address, OWN | {"act": "count"}, headers={"HX-Request": "true"})
    saved = post(town, address, OWN)

    assert "37,5\N{NO-BREAK SPACE}t" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert saved.status_code == 302
    row = CourseDeviation.objects.get()
    assert row.template["week"][0]["days"] == [7.5] * 5
    shown = town.browser(LIV).get(href("correct_deviation", amina, row.pk)).content.decode()
    assert "5 × 7,5" in shown
    ended = OWN | {"version": "1", "last_day": "15.06.2026"}
    assert post(town, href("correct_deviation", amina, row.pk), ended).status_code == 302
    assert CourseDeviation.objects.get().last_day == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"last_day": "01.05.2026"}, "last_day", "Siste dag er før første dag"),
        ({"reason": ""}, "reason", "Skriv hvorfor uka er en annen"),
        ({"alternative": "course"}, "alternative", "som ikke har denne uka. Velg"),
        ({"own-0-activity": "", "own-0-days": ""}, "alternative", "Uka er tom"),
    ],
)
def test_a_deviation_that_cannot_be_is_told_beside_its_field(
    town: Town, amina: Participant, changes: dict[str, str], field: str, said: str
) -> None:
    answer = post(town, href("deviate", amina), OWN | changes)

    assert answer.status_code == 422
    assert said in answer.context["page"].form.errors[field][0]
    assert not CourseDeviation.objects.exists()


def test_hours_of_an_own_week_that_cannot_be_are_told_beside_them(
    town: Town, amina: Participant
) -> None:
    answer = post(town, href("deviate", amina), OWN | {"own-0-days": "30"})

    assert answer.status_code == 422
    assert 'id="id_own-0-days_error"' in answer.content.decode()


def test_an_overlap_names_the_other(town: Town, amina: Participant) -> None:
    post(town, href("deviate", amina), OWN)

    answer = post(town, href("deviate", amina), OWN | {"first_day": "01.08.2026", "last_day": ""})

    assert "fra 01.06.2026 til 31.08.2026" in answer.content.decode()
    assert CourseDeviation.objects.count() == 1


def test_why_is_read_by_those_who_decide_and_the_week_by_the_team(
    town: Town, amina: Participant
) -> None:
    post(town, href("deviate", amina), OWN)

    pages = {
        who: town.browser(who).get(href("person", amina)).content.decode()
        for who in (RAGNHILD, ODD)
    }

    assert all("Egen uke" in html for html in pages.values())
    assert "Sommerjobb" in pages[RAGNHILD]
    assert "Sommerjobb" not in pages[ODD]
    assert href("choose", amina) not in pages[ODD]


def test_a_timetable_of_other_hours_is_told_beside_the_week_of_the_model(
    town: Town, amina: Participant
) -> None:
    liv, address = town.browser(LIV), href("person", amina)
    assert "Dette er uka etter norskmodellen" in liv.get(address).content.decode()
    assert not liv.get(address).context["page"].planned

    timetable_of(amina, minutes=600, activity="norwegian", week=IsoWeek(2026, 24))

    page = liv.get(address)
    assert "10\N{NO-BREAK SPACE}t, 0\N{NO-BREAK SPACE}t" in page.context["page"].planned
    assert reverse("timetable:week", args=[amina.pk]) in page.content.decode()


def test_the_weeks_in_the_list_are_those_of_the_day_that_was_typed(
    town: Town, amina: Participant
) -> None:
    """One week has a name in each phase; the refusal names it as the list does."""
    wanted = OWN | {"alternative": "course", "first_day": "01.03.2026"}

    answer = post(town, href("deviate", amina), wanted)

    form = answer.context["page"].form
    offered = " ".join(label for _, label in form.fields["alternative"].choices)
    named = re.findall("«([^»]+)»", form.errors["alternative"][0].partition("Velg")[2])
    assert named
    assert [name for name in named if name not in offered] == []


def test_a_reason_holds_no_long_number(town: Town, amina: Participant) -> None:
    number = {"reason": "Se 010190 12345"}

    for address, data in (("deviate", OWN), ("choose", CHOICE)):
        answer = post(town, href(address, amina), data | number)
        assert answer.status_code == 422
        assert "annet langt nummer" in answer.context["page"].form.errors["reason"][0]

    assert not CourseDeviation.objects.exists()


def test_what_belongs_to_somebody_else_is_not_found(town: Town, amina: Participant) -> None:
    post(town, href("choose", amina), CHOICE)
    row = CourseChoice.objects.get()

    other = href("correct_choice", town.people("Bohdan"), row.pk)

    assert town.browser(LIV).get(other).status_code == 404
    assert post(town, other, {"act": "withdraw", "version": "1"}).status_code == 404


def test_more_history_takes_no_more_queries(town: Town, amina: Participant) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            town.browser(LIV).get(href("person", amina))
        return len(queries)

    asked()
    post(town, href("choose", amina), CHOICE)
    few = asked()
    for month in range(1, 6):
        more = {"first_day": f"01.0{month}.2026", "reason": "Nytt", "track": str(month % 3 + 1)}
        assert post(town, href("choose", amina), CHOICE | more).status_code == 302

    assert asked() == few
