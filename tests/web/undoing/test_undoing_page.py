"""Undoing an import on its pages: asked for, at work, done, stopped and refused."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import ImportBatch
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.running import run_one
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.undoing import CHANGED
from tests.casework.reconciliation import little
from tests.casework.reconciliation.little import AMINA, BOHDAN, DARIA
from tests.factories.cast import LIV, MONTH, RAGNHILD, Town

pytestmark = pytest.mark.django_db
WHY = {"reason": "Det var feil fil"}


@pytest.fixture
def batch(town: Town) -> ImportBatch:
    """Next month's file: Celine is gone, Daria is new, Bohdan has another extent."""
    people = little.refugee((AMINA, BOHDAN, DARIA), {BOHDAN: {"Omfang (%)": 50}})
    town.take_in({MONTH: people})
    found: ImportBatch = ImportBatch.objects.order_by("-created_at").first()
    return found


def undoing(batch: ImportBatch) -> str:
    return reverse("undoing:undo", args=[batch.pk])


def page_of(batch: ImportBatch) -> str:
    return reverse("imports:batch", args=[batch.pk])


def text(answer: Any) -> str:
    said: str = answer.content.decode()
    return said


def test_asking_leads_to_the_page_that_shows_it_at_work(town: Town, batch: ImportBatch) -> None:
    browser = town.browser(RAGNHILD)

    asked = browser.post(undoing(batch), WHY)

    assert asked["Location"] == page_of(batch)
    answer = browser.get(page_of(batch))
    page = answer.context["page"]
    assert (page.state, page.now) == ("undoing", "Venter på tur")
    assert [stage.label for stage in page.stages][-1] == "Angrer importen"
    assert "Leser filene" not in text(answer)
    part = browser.get(page_of(batch), headers={"HX-Request": "true"})
    assert text(part).strip().startswith("<section")
    assert text(part).strip() in text(answer)


def test_pressed_twice_it_is_asked_for_once(town: Town, batch: ImportBatch) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), WHY)

    again = browser.post(undoing(batch), WHY)

    assert again["Location"] == page_of(batch)
    assert browser.get(undoing(batch))["Location"] == page_of(batch)
    assert Job.objects.filter(kind="import.undo").count() == 1


def test_done_it_says_who_and_why(town: Town, batch: ImportBatch) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), WHY)

    run_one(worker="w")

    part = browser.get(page_of(batch), headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == page_of(batch)
    assert "Det var feil fil" in text(browser.get(page_of(batch)))
    assert not Participant.objects.filter(name="Daria Savenko").exists()


def test_stopped_it_says_that_the_import_holds(town: Town, batch: ImportBatch) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), WHY)

    said = browser.post(reverse("imports:cancel", args=[batch.pk]), follow=True)

    assert "Ingenting er angret, og importen gjelder som før." in text(said)
    assert "ble ikke angret" not in text(said)
    assert run_one(worker="w") is None


def test_refused_meanwhile_it_says_why_and_can_be_asked_for_again(
    town: Town, batch: ImportBatch
) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), WHY)
    enter_values(
        [Wanted(town.people("Bohdan").pk, "programme.extent_percent", 75)],
        municipality_id=town.municipality.pk,
        by=town.actor(RAGNHILD),
    )

    run_one(worker="w")

    said = text(browser.get(page_of(batch)))
    assert "Importen ble ikke angret." in said
    assert CHANGED in said
    assert "Angre også for" in text(browser.get(undoing(batch)))


def test_a_failed_job_says_its_sentence(town: Town, batch: ImportBatch) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), WHY)
    Job.objects.filter(kind="import.undo").update(status=JobStatus.FAILED, error="Det gikk ikke.")

    assert "Det gikk ikke." in text(browser.get(page_of(batch)))
    browser.post(undoing(batch), WHY)
    assert Job.objects.filter(kind="import.undo").count() == 2


def test_asking_derives_nothing(town: Town, batch: ImportBatch) -> None:
    """Whom it is about is found out without deriving anything; the worker does that."""
    with CaptureQueriesContext(connection) as queries:
        town.browser(RAGNHILD).post(undoing(batch), WHY)

    assert not any("programme_element" in each["sql"] for each in queries)


def test_who_may_not_apply_may_not_undo(town: Town, batch: ImportBatch) -> None:
    assert town.browser(LIV).post(undoing(batch), WHY).status_code == 403
    assert not Job.objects.filter(kind="import.undo").exists()
