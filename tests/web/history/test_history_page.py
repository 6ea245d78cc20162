"""The history page: cut, paged, and what can be taken back from it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import CellEdit, ImportBatch, Way
from innpass.casework.jobs.running import run_one
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.web.history.assembling import HEADINGS
from tests.casework.reconciliation import little
from tests.factories.cast import KARI, LIV, Town

pytestmark = pytest.mark.django_db


def enter(town: Town, field: str, value: Any, given: str = "Amina") -> None:
    actor = town.actor(KARI)
    (outcome,) = enter_values(
        [Wanted(town.people(given).pk, field, value)],
        municipality_id=town.municipality.pk,
        by=actor,
        way=Way.CELL,
    )
    assert outcome.code == "saved"


def address(town: Town, name: str = "history:history") -> str:
    return reverse(name, args=[town.people("Amina").pk])


def test_an_edit_is_taken_back_from_the_page(town: Town) -> None:
    enter(town, "programme.adviser", "Nina Ny")
    browser = town.browser(KARI)
    event = browser.get(address(town)).context["page"].events[0]
    assert (event.changes[0].after, event.act) == ("Nina Ny", CellEdit.objects.get().act)

    answer = browser.post(address(town, "history:take_back"), {"act": event.act}, follow=True)

    assert "Det er tatt tilbake" in answer.content.decode()
    assert answer.context["page"].events[0].undone.startswith("Tatt tilbake av")
    assert not Enrolment.objects.filter(adviser="Nina Ny").exists()


def test_what_somebody_may_not_change_has_no_button(town: Town) -> None:
    enter(town, "programme.adviser", "Nina Ny")
    browser = town.browser(LIV)

    event = browser.get(address(town)).context["page"].events[0]
    answer = browser.post(
        address(town, "history:take_back"), {"act": CellEdit.objects.get().act}, follow=True
    )

    assert event.act is None
    assert "Du kan ikke ta dette tilbake" in answer.content.decode()
    assert Enrolment.objects.filter(adviser="Nina Ny").exists()


def test_one_field_alone(town: Town) -> None:
    enter(town, "programme.adviser", "Nina Ny")
    enter(town, "next_step", "Ring")

    page = town.browser(KARI).get(address(town) + "?felt=next_step").context["page"]

    assert page.field == "neste steg"
    assert {change.after for event in page.events for change in event.changes} == {"Ring"}


def test_a_long_history_is_paged_with_as_many_queries(town: Town) -> None:
    browser = town.browser(KARI)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address(town)).status_code == 200
        return len(caught)

    enter(town, "next_step", "Ring")
    asked()
    few = asked()
    for number in range(30):
        enter(town, "next_step", f"Ring {number}")

    assert asked() == few
    page = browser.get(address(town) + "?side=2").context["page"]
    assert page.paging.first == 26
    assert browser.get(address(town) + "?side=tull").status_code == 200


def test_the_persons_page_says_who_entered_a_value(town: Town) -> None:
    enter(town, "programme.adviser", "Nina Ny")

    answer = town.browser(KARI).get(address(town, "participant:participant"))

    said = [v for v in answer.context["page"].provenance if v.value == "Nina Ny"]
    assert [(v.entered.startswith("Ført i Innpass av"), v.file) for v in said] == [(True, "")]
    fact = next(f for f in answer.context["page"].facts if f.value == "Nina Ny")
    assert fact.past.changes[0].after == "Nina Ny"
    assert f"{address(town)}?felt=programme.adviser" in answer.content.decode()


def test_an_import_is_undone_for_those_who_are_chosen(town: Town) -> None:
    half = {"Omfang (%)": 50}
    newer = little.refugee(changes={little.AMINA: half, little.BOHDAN: half})
    town.take_in({"flyktning juli.xlsx": newer})
    enter(town, "programme.extent_percent", 75)
    batch = ImportBatch.objects.latest("applied_at")
    where = reverse("undoing:undo", args=[batch.pk])
    browser = town.browser(KARI)

    page = browser.get(where).context["page"]
    assert [since.name for since in page.since] == ["Amina Haddad"]
    refused = browser.post(where, {"reason": "Feil fil"})
    browser.post(where, {"reason": "Feil fil", "others": "on"})
    while run_one(worker="w"):
        pass
    done = browser.get(reverse("imports:batch", args=[batch.pk]))

    assert refused.status_code == 422
    assert "Velg minst én person" in refused.content.decode()
    assert "Angret for noen av personene" in done.content.decode()
    extents = dict(Enrolment.objects.values_list("participant__given_name", "extent_percent"))
    assert (extents["Amina"], extents["Bohdan"]) == (75, 100)


@pytest.mark.parametrize("way", Way)
def test_every_way_of_saying_something_has_a_heading(way: Way) -> None:
    assert str(way) in HEADINGS
