"""Everything by hand: a new person, a placement, and a draft that survives whatever happens."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.accounts.models import User
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "en lang setning om ost"


@pytest.fixture(autouse=True)
def amina(settings: object) -> str:
    """Let the demo's staff have three participants; return where Amina's page is."""
    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]
    make_staffed_municipality()
    municipality = Municipality.objects.get()
    with scope(municipality=municipality):
        take_in(municipality, {"flyktning.xlsx": little.refugee()})
        person = Participant.objects.get(given_name="Amina")
    return reverse("participant:participant", args=[person.pk])


def sign_in(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_title("Deltakere – Innpass")


def test_a_new_person_who_may_be_known_already(page: Page, accessible: Callable[[], None]) -> None:
    sign_in(page, "Kari Lunde")
    page.get_by_role("link", name="Ny deltaker").click()
    accessible()

    page.get_by_label("Fornavn").fill("Amina")
    page.get_by_label("Etternavn").press_sequentially("Hadad")
    alike = page.get_by_role("region", name="Kanskje finnes deltakeren fra før")
    expect(alike).to_contain_text("Amina Haddad")
    expect(page.locator("#announcement")).to_have_text("En deltaker ligner. Se listen.")
    accessible()

    page.get_by_label("Programstart").fill("uke 34")
    page.get_by_role("button", name="Legg til deltaker").click()
    expect(page.get_by_role("alert").first).to_contain_text("sier bare hvilken uke")
    expect(page.get_by_label("Programstart")).to_have_value("uke 34")
    accessible()

    page.get_by_label("Programstart").fill("17.8.2026")
    page.get_by_role("button", name="Legg til deltaker").click()
    expect(alike).to_be_focused()
    accessible()
    page.get_by_label("Det er en annen person").check()
    page.get_by_role("button", name="Legg til deltaker").click()
    expect(page.get_by_role("heading", name="Amina Hadad", level=1)).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("Amina Hadad er lagt til.")


def test_a_placement_is_added_corrected_and_withdrawn(
    page: Page, accessible: Callable[[], None], amina: str
) -> None:
    sign_in(page, "Ingrid Tveit")
    page.goto(amina)
    page.get_by_role("link", name="Endre praksis").click()
    accessible()
    page.get_by_role("link", name="Legg til praksis").click()

    page.get_by_text("Kommunal", exact=True).click()
    page.get_by_label("Enhet eller bedrift").fill("Solbakken barnehage")
    page.get_by_label("Første dag").fill("2.3.26")
    page.get_by_label("Siste dag").fill("1.3.26")
    page.get_by_label("Timer per uke").fill("99")
    page.get_by_role("button", name="Lagre").click()
    problems = page.get_by_role("alert").first
    expect(problems).to_be_focused()
    expect(problems).to_contain_text("Siste dag er før første dag (2. mar. 2026)")
    expect(problems).to_contain_text("Skriv timer per uke som et tall fra 0 til 60")
    accessible()

    page.get_by_label("Siste dag").fill("29.5.26")
    page.get_by_label("Timer per uke").fill("22,5")
    page.get_by_role("button", name="Lagre").click()
    lines = page.get_by_role("main").get_by_role("listitem")
    expect(page.get_by_role("main")).to_contain_text("2. mar. 2026 – 29. mai 2026")
    expect(page.get_by_role("main")).to_contain_text("22,5 timer i uken")
    accessible()

    page.get_by_role("link", name="Rett Solbakken barnehage").click()
    page.get_by_label("Siste dag").fill("30.6.2026")
    page.get_by_role("button", name="Lagre").click()
    expect(lines.filter(has_text="Solbakken")).to_contain_text("30. jun. 2026")

    page.get_by_role("link", name="Rett Solbakken barnehage").click()
    page.get_by_text("Trekk praksisen tilbake").click()
    accessible()
    page.get_by_label("Hvorfor?").fill("Ført på feil person")
    page.get_by_role("button", name="Trekk tilbake").click()
    expect(lines.filter(has_text="Solbakken")).to_have_count(0)
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("status").first).to_contain_text("Endringen er tatt tilbake.")
    expect(page.get_by_role("main")).to_contain_text("Solbakken barnehage")
    with scope(municipality=Municipality.objects.get()):
        assert Placement.objects.filter(employer__name="Solbakken barnehage").count() == 1


def test_what_was_typed_survives_reload_leaving_and_the_end_of_the_session(
    page: Page, accessible: Callable[[], None], amina: str
) -> None:
    ingrid = User.objects.get(full_name="Ingrid Tveit")
    ingrid.set_password(PASSWORD)
    ingrid.save()
    sign_in(page, "Ingrid Tveit")
    form = f"{amina}endre/oppfolging/"
    step = page.get_by_label("Hva skal skje?")

    # It reached the server: a draft.
    page.goto(form)
    step.press_sequentially("Ring barnehagen")
    expect(page.get_by_text("Kladd lagret kl.")).to_be_visible()
    page.reload()
    expect(step).to_have_value("Ring barnehagen")
    expect(page.get_by_role("status").first).to_contain_text("Her står kladden din")
    accessible()
    page.get_by_role("button", name="Forkast kladden").click()
    expect(step).to_have_value("")

    # It did not: the tab remembers it.
    step.press_sequentially("Send brev")
    page.goto(amina)
    page.goto(form)
    page.get_by_role("button", name="Sett det inn igjen").click()
    expect(step).to_have_value("Send brev")

    # The session ended before it was saved.
    step.fill("Send brev til Nav")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_label("Brukernavn").fill(ingrid.username)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page).to_have_url(f"{page.url.split('/deltakere')[0]}{form}")
    expect(step).to_have_value("Send brev til Nav")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("status").first).to_contain_text("Oppfølging er lagret.")

    # Saved: nothing is offered back.
    page.goto(form)
    expect(step).to_have_value("Send brev til Nav")
    expect(page.get_by_role("button", name="Sett det inn igjen")).to_be_hidden()
    expect(page.get_by_text("Her står kladden din")).to_have_count(0)


def test_every_form_fits_a_phone_in_the_dark(
    page: Page, accessible: Callable[[], None], amina: str
) -> None:
    sign_in(page, "Kari Lunde")
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    forms = ("hvem", "program", "kontakter", "oppfolging")
    for path in (*(f"endre/{slug}/" for slug in forms), "timer/", "timer/ny/", "permisjon/ny/"):
        page.goto(f"{amina}{path}")
        accessible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path
