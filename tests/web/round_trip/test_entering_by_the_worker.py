"""A sheet that came back is entered by the worker: at work, done, stopped, refused."""

from datetime import date

import pytest
from django.urls import reverse

from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.running import run_one
from innpass.casework.programme.models import Enrolment
from innpass.casework.round_trip import services
from innpass.casework.round_trip.models import SheetExport, SheetOrder, SheetReturn
from tests.casework.reconciliation import little
from tests.casework.round_trip.editing import Cells, put
from tests.factories.cast import KARI, NINA, RAGNHILD, Town
from tests.web.round_trip.test_pages import AMINA, address, advisers, come_back, enter, export

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_shared_sheet(town: Town) -> None:
    town.take_in({"oversikt.xlsx": little.overview()})


def adviser(town: Town) -> str:
    found: str = Enrolment.objects.get(participant=town.people("Amina")).adviser
    return found


def test_at_work_the_page_shows_how_far_it_has_come(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)
    browser.post(address(batch, "apply"))

    answer = browser.get(address(batch))

    assert answer.context["page"].now == "Venter på tur"
    assert "Fører inn arket" in answer.content.decode()
    part = browser.get(address(batch), headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith("<section")
    assert part in answer.content.decode()
    assert adviser(town) == "Hege Nygård"
    run_one(worker="w")
    done = browser.get(address(batch), headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == address(batch)
    assert "2 celler er ført inn." in browser.get(address(batch)).content.decode()
    assert adviser(town) == "Nora Vik"


def test_pressed_twice_it_is_entered_once(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)
    for _ in range(2):
        browser.post(address(batch, "apply"))

    assert Job.objects.filter(kind="sheet.apply").count() == 1
    run_one(worker="w")
    assert SheetReturn.objects.count() == 1
    assert SheetOrder.objects.get().chosen is None
    assert "Ingenting ble endret." in enter(browser, batch)
    assert SheetReturn.objects.count() == 1


def test_stopped_nothing_is_entered_and_it_can_be_asked_for_again(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)
    browser.post(address(batch, "apply"))

    said = browser.post(address(batch, "stop"), follow=True).content.decode()

    assert "Stoppet. Ingenting er ført inn." in said
    assert run_one(worker="w") is None
    assert adviser(town) == "Hege Nygård"
    assert "2 celler er ført inn." in enter(browser, batch)


def test_stopped_at_work_nothing_is_entered(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)
    browser.post(address(batch, "apply"))
    before = services.apply_returned

    def stopped(*args: object, **values: object) -> object:
        applied = before(*args, **values)  # type: ignore[arg-type]
        Job.objects.filter(kind="sheet.apply").update(status=JobStatus.CANCELLED)
        return applied

    monkeypatch.setattr(services, "apply_returned", stopped)
    run_one(worker="w")

    assert adviser(town) == "Hege Nygård"
    assert not SheetReturn.objects.exists()
    assert SheetOrder.objects.get().outcome is None


def test_what_cannot_be_entered_says_why(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)
    browser.post(address(batch, "apply"))
    SheetExport.objects.update(keep_until=date(2020, 1, 1))

    run_one(worker="w")

    said = browser.get(address(batch)).content.decode()
    assert "Arket ble ikke ført inn." in said
    assert "vi finner ikke igjen eksporten" in said
    others = town.browser(KARI).get(address(batch)).content.decode()
    assert "Den som ba om det, ser hvorfor." in others
    assert adviser(town) == "Hege Nygård"


def test_why_a_value_was_refused_only_who_asked_reads(town: Town) -> None:
    def number(rows: Cells) -> None:
        advisers(rows)
        put(rows, AMINA, "Visma flyktning", little.BOHDAN)

    batch = come_back(town, export(town), number)

    said = enter(town.browser(RAGNHILD), batch)

    assert "Nummeret står allerede på en annen deltaker." in said
    assert "2 celler er ført inn." in said
    others = town.browser(KARI).get(address(batch)).content.decode()
    assert "2 celler er ført inn." in others
    assert "Nummeret" not in others


def test_taken_back_the_page_no_longer_says_that_it_is_entered(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    browser = town.browser(RAGNHILD)
    enter(browser, batch)

    browser.post(reverse("round_trip:take_back", args=[SheetReturn.objects.get().pk]))

    assert "er ført inn." not in browser.get(address(batch)).content.decode()


def test_who_may_not_import_may_not_stop(town: Town) -> None:
    batch = come_back(town, export(town), advisers)
    town.browser(RAGNHILD).post(address(batch, "apply"))

    assert town.browser(NINA).post(address(batch, "stop")).status_code == 403
    assert run_one(worker="w")
