"""An import is undone in the browser; a merge and a split are made and taken back."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.jobs.running import run_one
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import exported, take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE, DARIA
from tests.casework.reconciliation.test_becoming_one import MISTAKEN

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[], None]


@pytest.fixture
def town(settings: Any) -> Iterator[Municipality]:
    """A town with three people of whom one stands there twice, and a second import."""
    settings.INNPASS_TODAY = date(2026, 6, 30)
    make_staffed_municipality()
    made = Municipality.objects.get()
    with scope(municipality=made):
        take_in(made, {"flyktning.xlsx": little.refugee()})
        take_in(made, {"skole.xlsx": little.learning([AMINA, BOHDAN], MISTAKEN)})
        yield made


def signs_in(page: Page, name: str = "Kari Lunde") -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_title("Deltakere – Innpass")


def person(name: str) -> Participant:
    found: Participant = Participant.objects.get(name=name, absorbed_by=None)
    return found


def test_an_import_is_undone(page: Page, accessible: Check, town: Municipality) -> None:
    before = exported(town)
    newer = little.refugee([AMINA, BOHDAN, CELINE, DARIA], {BOHDAN: {"Omfang (%)": 50}})
    take_in(town, {"flyktning juli.xlsx": newer})
    signs_in(page)

    page.get_by_role("banner").get_by_text("Mer", exact=True).click()
    page.get_by_role("banner").get_by_role("link", name="Import").click()
    page.get_by_role("main").locator("tbody a").first.click()
    accessible()
    page.get_by_role("link", name="Angre importen").click()
    expect(page.get_by_role("main")).to_contain_text("Daria Savenko")
    expect(page.get_by_role("main")).to_contain_text("Ingenting er angret ennå")
    accessible()
    page.get_by_role("button", name="Angre importen").click()
    expect(page.get_by_label("Hvorfor angres importen?")).to_be_focused()
    page.get_by_label("Hvorfor angres importen?").fill("Det var fila for en annen kommune")
    page.get_by_role("button", name="Angre importen").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    accessible()
    assert run_one(worker="journey")
    expect(page.get_by_role("heading", name="Importen er angret")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Kari Lunde")
    expect(page.get_by_role("main")).to_contain_text("en annen kommune")
    accessible()

    assert exported(town) == before


def test_two_are_joined_and_it_is_taken_back(
    page: Page, accessible: Check, town: Municipality
) -> None:
    before = exported(town)
    signs_in(page)
    page.goto(f"/deltakere/{person('Amina Haddad').pk}/historikk/")
    accessible()
    page.get_by_role("link", name="Slå sammen med en annen").click()
    accessible()
    page.get_by_label("Finn den andre").fill("saleh")
    page.get_by_role("button", name="Søk").click()
    page.get_by_role("link", name="Mina Saleh").click()
    expect(page.get_by_role("table")).to_contain_text("Ulikt")
    accessible()
    expect(page.get_by_role("main")).to_contain_text("Ingen del av navnene er lik")
    page.get_by_label("Begrunnelse").fill("Skolen skrev feil navn")
    page.get_by_label("Jeg er sikker").check()
    page.get_by_role("button", name="Slå dem sammen").click()
    expect(page.get_by_role("heading", name="Slått sammen med en annen")).to_be_visible()
    assert Participant.objects.filter(absorbed_by=None).count() == 3
    accessible()

    page.get_by_role("button", name="Ta tilbake").first.click()
    expect(page.get_by_role("main")).to_contain_text("Gjelder ikke lenger")
    accessible()
    assert exported(town) == before


def test_rows_are_parted_and_it_is_taken_back(
    page: Page, accessible: Check, town: Municipality
) -> None:
    before = exported(town)
    signs_in(page)
    page.goto(f"/deltakere/{person('Bohdan Kovalenko').pk}/skill-ut/")
    accessible()
    page.get_by_label("skole.xlsx").check()
    page.get_by_role("button", name="Skill ut").click()
    expect(page.get_by_label("Begrunnelse")).to_be_focused()
    expect(page.get_by_label("skole.xlsx")).to_be_checked()
    accessible()
    page.get_by_label("Begrunnelse").fill("To med samme navn")
    page.get_by_role("button", name="Skill ut").click()
    expect(page.get_by_role("heading", name="Skilt fra en annen")).to_be_visible()
    assert Participant.objects.filter(name="Bohdan Kovalenko", absorbed_by=None).count() == 2

    page.get_by_role("button", name="Ta tilbake").first.click()
    expect(page.get_by_role("main")).to_contain_text("Gjelder ikke lenger")
    assert exported(town) == before


def test_the_leader_sees_who_has_looked(page: Page, accessible: Check, town: Municipality) -> None:
    signs_in(page, "Ragnhild Moe")
    page.goto(f"/deltakere/{person('Amina Haddad').pk}/historikk/")
    page.get_by_role("link", name="Hvem har sett på").click()
    expect(page.get_by_role("table")).to_contain_text("Ragnhild Moe")
    expect(page.get_by_role("table")).to_contain_text("Historikken")
    accessible()
