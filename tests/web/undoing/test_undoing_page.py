"""Undoing an import on its pages: asked for, at work, done, stopped and refused."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.drafts.models import Draft
from innpass.casework.imports.models import ImportBatch
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.running import run_one
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation import undo_preview
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.reaching import NOTHING_LEFT
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


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many rows to be worked out while somebody waits."""
    monkeypatch.setattr(undo_preview, "MOST_AT_ONCE", 0)


SAID = ("changed_total", "changed", "erased_total", "erased", "kept_total", "kept", "since")


def said(answer: Any) -> list[Any]:
    return [getattr(answer.context["page"], name) for name in SAID]


def test_of_many_rows_the_worker_finds_out_the_same(
    town: Town, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = town.browser(RAGNHILD)
    at_once = browser.get(undoing(batch))
    monkeypatch.setattr(undo_preview, "MOST_AT_ONCE", 0)

    before = browser.get(undoing(batch))
    assert before.context["page"].changed_total == 0
    assert "Vis hva som endres" in text(before)
    assert "Hvorfor angres importen?" in text(before)
    asked = browser.post(undoing(batch), {"foresee": "1"})
    assert asked["Location"] == browser.get(undoing(batch))["Location"]
    at_work = browser.get(asked["Location"])
    assert "Regner ut hva som endres" in text(at_work)
    part = browser.get(asked["Location"], headers={"HX-Request": "true"})
    assert text(part).strip() in text(at_work)
    browser.post(undoing(batch), {"foresee": "1"})
    assert Job.objects.filter(kind="import.preview_undo").count() == 1

    job = run_one(worker="w")

    assert job
    assert job.status == JobStatus.DONE
    part = browser.get(asked["Location"], headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == undoing(batch)
    found = browser.get(undoing(batch))
    assert said(found) == said(at_once)
    assert found.context["page"].erased_total == 1
    assert "Hva endres?" not in text(found)


def test_what_was_found_out_says_when_something_has_changed_since(
    town: Town, batch: ImportBatch, many: None
) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), {"foresee": "1"})
    run_one(worker="w")
    enter_values(
        [Wanted(town.people("Bohdan").pk, "programme.extent_percent", 75)],
        municipality_id=town.municipality.pk,
        by=town.actor(RAGNHILD),
    )

    page = browser.get(undoing(batch))

    assert "Noe er endret i Innpass siden" in text(page)
    assert [person.name for person in page.context["page"].since] == ["Bohdan Kovalenko"]


def test_what_was_found_out_is_gone_when_it_is_undone(
    town: Town, batch: ImportBatch, many: None
) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), {"foresee": "1"})
    run_one(worker="w")
    browser.post(undoing(batch), WHY)
    run_one(worker="w")

    batch.refresh_from_db()

    assert batch.undo_preview is None
    refused = browser.post(undoing(batch), {"foresee": "1"})
    assert refused.status_code == 422
    assert NOTHING_LEFT in text(refused)


def test_that_nothing_was_found_out_says_why(town: Town, batch: ImportBatch, many: None) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), {"foresee": "1"})
    Job.objects.filter(kind="import.preview_undo").update(
        status=JobStatus.FAILED, error="Det gikk ikke."
    )

    page = text(browser.get(undoing(batch)))

    assert "Det gikk ikke." in page
    assert "Vis hva som endres" in page


def test_who_may_not_undo_may_not_have_it_found_out(town: Town, batch: ImportBatch) -> None:
    assert town.browser(LIV).post(undoing(batch), {"foresee": "1"}).status_code == 403
    assert not Job.objects.filter(kind="import.preview_undo").exists()


def test_what_was_typed_stands_there_when_the_worker_is_done(
    town: Town, batch: ImportBatch, many: None
) -> None:
    browser = town.browser(RAGNHILD)
    browser.post(undoing(batch), {"foresee": "1", "reason": "Det var feil fil"})
    run_one(worker="w")

    form = browser.get(undoing(batch)).context["page"].form
    assert form["reason"].value() == "Det var feil fil"

    browser.post(undoing(batch), WHY)
    assert not Draft.objects.filter(form__startswith="undo:").exists()
