"""What if the law were another: asked by a form, answered by the worker, stored nowhere else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from innpass.casework.audit.models import AuditEvent, ReadEvent
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.services import claim_next
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Element, Enrolment, WhatIf
from innpass.casework.programme.standings import Unwatched
from innpass.casework.programme.what_if import answer
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.supposing import begins_after, numbers, passed_texts
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LEA, LIV, ODD, RAGNHILD, Town
from tests.web.access.outputs import text_of

pytestmark = pytest.mark.django_db
FORM = "regulations:suppose"


@pytest.fixture
def hours(town: Town) -> Town:
    """Amina has 25 hours, Bohdan 17 and Celine 10, when 15 are asked for."""
    begins, ends = TODAY - timedelta(days=300), TODAY + timedelta(days=200)
    Enrolment.objects.update(
        first_day=begins, planned_last_day=ends, actual_last_day=None, protection="collective",
        upper_secondary=True, end_goal="work", adviser="Kari Lunde",
    )  # fmt: skip
    Element.objects.all().delete()
    for person, amount in zip(Participant.objects.order_by("name"), (25, 17, 10), strict=True):
        Element.objects.create(
            municipality=town.municipality, participant=person, kind="practice",
            first_day=begins, last_day=ends, hours_per_week=amount,
        )  # fmt: skip
    return town


def post(town: Town, who: str = KARI, **sent: str) -> Any:
    return town.browser(who).post(reverse(FORM), sent)


def twenty(town: Town, who: str = KARI) -> str:
    """Ask what if 20 hours were asked for, and have it answered; return where the answer is."""
    href = post(town, who, act="number", number="minimum_hours", value="20").headers["Location"]
    answer(WhatIf.objects.latest("asked_at"), by=town.actor(who), progress=Unwatched())
    return str(href)


def test_the_form_offers_every_number_and_every_passed_text(town: Town) -> None:
    page = town.browser(KARI).get(reverse(FORM)).content.decode()

    assert [name for name in numbers(THE_LAW) if f'value="{name}"' not in page] == []
    assert [each.rule for each in passed_texts(THE_LAW) if f'value="{each.rule}"' not in page] == []


def test_the_answer_tells_who_comes_short_by_contact(hours: Town) -> None:
    page = hours.browser(KARI).get(twenty(hours)).context["page"]

    assert (page.short_now, page.short_then, page.newly, page.no_longer) == (1, 2, 1, 0)
    assert [(row.name, row.now, row.then, row.difference) for row in page.by_contact] == [
        ("Kari Lunde", 1, 2, 1)
    ]
    assert [line.name.split()[0] for row in page.by_contact for line in row.lines] == [
        "Bohdan",
        "Celine",
    ]
    assert "20 og ikke 15" in page.title


@pytest.mark.parametrize("contact", ["programme.adviser", "nav.adviser", "teacher", "x", ""])
def test_it_can_be_read_by_each_contact(hours: Town, contact: str) -> None:
    found = hours.browser(KARI).get(twenty(hours), {"etter": contact, "side": "-3"})

    assert found.status_code == 200
    assert sum(row.then for row in found.context["page"].by_contact) == 2


def test_who_is_hidden_is_not_told_of(hours: Town) -> None:
    hours.protect("Bohdan")

    assert "Bohdan" not in hours.browser(ODD).get(twenty(hours, ODD)).content.decode()
    assert "Bohdan" in hours.browser(RAGNHILD).get(twenty(hours, RAGNHILD)).content.decode()


def test_the_workbook_holds_the_same_and_is_logged(hours: Town) -> None:
    href = twenty(hours) + "xlsx/"
    found = hours.browser(KARI).get(href)
    words = text_of(found.content)

    assert "20 og ikke 15" in words
    assert "Bohdan" in words
    assert "Kommer under kravet" in words
    assert "Amina" not in words
    assert AuditEvent.objects.get(action="export_what_if").changes["people"] == [None, 2]
    assert ReadEvent.objects.filter(page="export").count() == 2


def test_while_the_worker_judges_the_page_tells_how_far(hours: Town) -> None:
    href = post(hours, act="number", number="minimum_hours", value="20").headers["Location"]
    claim_next(worker="w")
    Job.objects.update(progress_done=1, progress_total=4)
    whole = hours.browser(KARI).get(href)
    part = hours.browser(KARI).get(href, headers={"HX-Request": "true"})

    assert whole.context["page"].percent == 25
    assert part.content.decode().strip() in whole.content.decode()
    assert hours.browser(KARI).get(href + "xlsx/").status_code == 404


def test_once_answered_the_waiting_page_leads_on(hours: Town) -> None:
    href = twenty(hours)

    assert hours.browser(KARI).get(href, headers={"HX-Request": "true"})["HX-Redirect"] == href


@pytest.mark.parametrize("status", [JobStatus.FAILED, JobStatus.CANCELLED])
def test_an_answer_that_never_comes_is_said(hours: Town, status: JobStatus) -> None:
    href = post(hours, act="number", number="minimum_hours", value="20").headers["Location"]
    Job.objects.update(status=status)

    assert "Spør på nytt" in hours.browser(KARI).get(href).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"act": "number", "number": "", "value": "20"}, "Velg et tall."),
        ({"act": "number", "number": "leave_weeks", "value": "1"}, "Velg et av tallene i listen."),
        ({"act": "number", "number": "minimum_hours", "value": ""}, "Skriv et tall"),
        ({"act": "number", "number": "minimum_hours", "value": "mange"}, "forstår ikke «mange»"),
        ({"act": "number", "number": "minimum_hours", "value": "nan"}, "Skriv et tall fra 0"),
        ({"act": "number", "number": "minimum_hours", "value": "inf"}, "Skriv et tall fra 0"),
        ({"act": "number", "number": "minimum_hours", "value": "-1"}, "Skriv et tall fra 0"),
        ({"act": "number", "number": "minimum_hours", "value": "17,5"}, "Skriv et helt tall."),
        ({"act": "number", "number": "minimum_hours", "value": "15"}, "tallet loven har nå"),
        ({"act": "text", "text": "intl-14a-3", "first_day": "2026-01-01"}, "Velg en av tekstene"),
        ({"act": "text", "text": "intl-8-1-lov-2025-35", "first_day": "x"}, "som en dato"),
        ({"act": "text", "text": "intl-8-1-lov-2025-35", "first_day": ""}, "Velg en dag."),
        ({"act": "text", "text": "intl-8-1-lov-2025-35", "first_day": "01.01.1990"}, "dag etter"),
        ({}, "Velg et tall."),
    ],
)
def test_wrong_input_gets_a_sentence_and_asks_nothing(
    town: Town, sent: dict[str, str], sentence: str
) -> None:
    found = post(town, **sent)

    assert found.status_code == 422
    assert sentence in found.content.decode()
    assert not WhatIf.objects.exists()


def test_a_passed_text_can_be_tried(hours: Town) -> None:
    assert begins_after(THE_LAW, "intl-8-1-lov-2025-35")
    found = post(hours, act="text", text="intl-8-1-lov-2025-35", first_day="01.06.2026")
    answer(WhatIf.objects.get(), by=hours.actor(KARI), progress=Unwatched())
    page = hours.browser(KARI).get(found.headers["Location"])

    assert page.status_code == 200
    assert "Målgruppen" in page.context["page"].title


def test_it_is_the_askers_alone(hours: Town) -> None:
    href = twenty(hours)

    assert hours.browser(LEA).get(href).status_code == 404
    assert hours.browser(LEA).get(href + "xlsx/").status_code == 404
    assert hours.browser(LIV).get(href).status_code == 403
    assert (
        hours.browser(KARI).get(reverse("regulations:outcome", args=[UUID(int=1)])).status_code
        == 404
    )
