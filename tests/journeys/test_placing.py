"""A placement from the campaign to the contract with every party, and what stops it on the way."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Browser, Page, expect

from innpass.casework.agreements.models import AgreementVersion, PlacementCase, Signature
from innpass.casework.employers.models import EmployerCard, PracticePlace
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.programme.models import Enrolment
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in

pytestmark = pytest.mark.django_db(transaction=True)

UNIT = "Solbakken sykehjem"
SCAN = {"name": "signert.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signert"}


@pytest.fixture(autouse=True)
def lillevik(settings: Any) -> Municipality:
    settings.INNPASS_TODAY = date(2026, 6, 30)
    make_staffed_municipality()
    municipality = Municipality.objects.get()
    with scope(municipality=municipality):
        take_in(municipality, {"flyktning.xlsx": little.refugee()})
        unit = Employer.objects.create(
            municipality=municipality, kind="municipal", name=UNIT, area="Helse og velferd"
        )
        EmployerCard.objects.create(municipality=municipality, employer=unit)
    return municipality


def sign_in(page: Page, name: str = "Ingrid Tveit") -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_title("Deltakere – Innpass")


def next_step(page: Page, button: str, **typed: str) -> None:
    """Follow what the case's page says is next, and note it."""
    page.get_by_role("link", name=button).click()
    for label, value in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    page.get_by_role("button", name="Før det").click()


def propose(page: Page, given_name: str, where: str) -> None:
    page.goto(reverse("agreements:propose"))
    page.get_by_label("Navn").fill(given_name)
    page.get_by_role("button", name="Søk").click()
    page.get_by_role("main").get_by_role("link", name=given_name).click()
    page.get_by_label("Sted").select_option(label=where)
    page.get_by_role("button", name="Foreslå").click()


def write(page: Page, first: str, last: str) -> None:
    page.get_by_label("Første dag").fill(first)
    page.get_by_label("Siste dag").fill(last)
    page.get_by_role("button", name="Lagre avtalen").click()


def sign(page: Page, party: str, name: str) -> None:
    """Hand the screen over, let somebody sign, and take it back."""
    page.get_by_role("link", name=re.compile(rf"^Skriv under\s*: {party}$")).click()
    page.get_by_label("Skriv navnet ditt").fill(name)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Skriv under").click()


def test_from_the_campaign_to_the_contract(
    page: Page, accessible: Callable[..., None], browser: Browser, settings: Any
) -> None:
    sign_in(page)

    # The municipality asks its units, and one offers a place.
    page.goto(reverse("outreach:new_campaign"))
    page.get_by_label("Navn på kampanjen").fill("Oppfordring juni 2026")
    page.get_by_label("Fra hvem").fill("Kommunedirektøren")
    page.get_by_label("Tekst").fill("Kan dere ta imot en deltaker i praksis?")
    page.get_by_role("button", name="Lagre, og velg mottakere").click()
    page.get_by_label(UNIT).check()
    page.get_by_role("button", name="Legg til de valgte").click()
    page.get_by_role("link", name=re.compile("Ferdig|Oppfordring")).first.click()
    page.get_by_role("link", name=re.compile("^Send")).first.click()
    page.get_by_label(UNIT).check()  # it has no address of e-mail
    page.get_by_label("Hvordan").select_option("letter")
    page.get_by_role("button", name="Merk som sendt").click()
    page.get_by_role("link", name=re.compile("^Før svar")).click()
    page.get_by_label("Ja", exact=False).first.check()
    page.get_by_label("Antall plasser").fill("1")
    page.get_by_label("Hva slags plass").fill("Kjøkken og vaskeri")
    page.get_by_label("Når").fill("30.06.2026")
    page.get_by_role("button", name="Lagre svaret").click()
    with scope(municipality=Municipality.objects.get()):
        assert PracticePlace.objects.get().employer.name == UNIT

    # Amina is proposed for it, and every step on the way is noted.
    propose(page, "Amina", "Kjøkken og vaskeri")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"hos {UNIT}")
    accessible()
    next_step(page, "Før: presentert for stedet", Hva_ble_sagt="Lederen vil gjerne møte henne.")
    next_step(page, "Før: forberedt til intervju")
    next_step(page, "Før: første møte holdt")
    next_step_link = page.get_by_role("link", name="Skriv avtalen")
    next_step_link.click()
    accessible()
    write(page, "01.07.2026", "30.09.2026")

    # The participant signs in her own language, the employer on paper, the supervisor last.
    handing_over = page.get_by_role("link", name=re.compile(r"^Skriv under\s*: Deltakeren$"))
    expect(handing_over).to_be_visible()
    case_page = page.url
    page.get_by_role("link", name=re.compile(r"^Skriv under\s*: Deltakeren$")).click()
    page.get_by_role("link", name="українська").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Угода про практику")
    accessible()
    page.get_by_label("Напишіть своє ім’я").fill("Amina Haddad")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Підписати").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Дякуємо")
    accessible()
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(0)
    page.goto(case_page)
    page.get_by_role("link", name=re.compile(r"^På papir\s*: Arbeidsgiveren$")).click()
    page.get_by_label("Hvem skrev under?").fill("Jan Nygård")
    page.get_by_label("Skannet kopi").set_input_files(SCAN)  # type: ignore[arg-type]
    page.get_by_role("button", name="Før underskriften").click()
    page.get_by_role("link", name="Før at forventningene er gitt").click()
    page.get_by_label("Med tolk").check()
    page.get_by_role("textbox", name="Språk").fill("arabisk")
    page.get_by_role("button", name="Før det").click()
    sign(page, "Praksisveilederen", "Ingrid Tveit")
    expect(page.get_by_text("Alt er underskrevet.")).to_be_visible()
    accessible()
    case_href = page.url
    with scope(municipality=Municipality.objects.get()):
        laid = Placement.objects.get()
        assert (laid.employer.name, laid.first_day) == (UNIT, date(2026, 7, 1))

    # The employer opens a page of its own, without an account.
    page.get_by_role("link", name=re.compile("^Arbeidsgiverens side")).click()
    page.get_by_role("button", name="Lag lenke").click()
    link = page.get_by_label("Lenke til arbeidsgiveren").input_value()
    outside = browser.new_context(locale="nb-NO").new_page()
    outside.goto(link)
    outside.get_by_role("button", name="Åpne siden").click()
    expect(outside.get_by_role("heading", level=1)).to_have_text("Amina i praksis hos dere")
    expect(outside.get_by_text("Haddad")).to_have_count(0)
    outside.context.close()

    # Four weeks on the supervisor visits, and then there is a contract.
    settings.INNPASS_TODAY = date(2026, 7, 28)
    page.goto(case_href)
    expect(page.get_by_text("Praksisen pågår.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Oppfølging").click()
    accessible()
    page.get_by_role("link", name="Før evalueringsbesøk").first.click()
    page.get_by_label("Med deltakerens egne ord").fill("Jeg trives, og forstår mer norsk.")
    page.get_by_label("Med arbeidsgiverens egne ord").fill("Hun kommer alltid presis.")
    for name in ("participant-given_by", "participant-interpreter", "employer-given_by"):
        page.locator(f"input[name={name}]").first.check(force=True)
    page.get_by_role("button", name="Lagre besøket").click()
    expect(page.get_by_role("main")).to_contain_text("Jeg trives, og forstår mer norsk.")
    page.get_by_role("link", name="Før arbeidskontrakt").click()
    page.get_by_label("Arbeidsgiver", exact=True).fill(UNIT)
    page.get_by_label(re.compile("^fast$", re.IGNORECASE)).check()
    page.get_by_label("Stillingsprosent").fill("60")
    page.get_by_label("Første dag").fill("03.08.2026")
    page.get_by_label("Avslutt praksisen som «ansatt»").check()
    page.get_by_role("button", name="Før kontrakten").click()
    page.goto(case_href)
    expect(page.get_by_role("main")).to_contain_text("Fikk jobb")
    accessible()
    with scope(municipality=Municipality.objects.get()):
        assert Placement.objects.get().contract == date(2026, 8, 3)


def test_what_stops_a_placement_at_each_stage(
    page: Page, accessible: Callable[..., None], lillevik: Municipality
) -> None:
    with scope(municipality=lillevik):
        unit = Employer.objects.get(name=UNIT)
        PracticePlace.objects.create(
            municipality=lillevik,
            employer=unit,
            name="Vaskeriet",
            weekdays=[0, 1, 2, 3, 4],
            demands=["police_certificate"],
            offered_from=date(2026, 1, 1),
        )
        bohdan = Participant.objects.get(given_name="Bohdan")
        Enrolment.objects.filter(participant=bohdan).update(actual_last_day=date(2026, 6, 1))
    sign_in(page)

    # A stopped programme is not proposed a place.
    propose(page, "Bohdan", "Vaskeriet")
    expect(page.get_by_role("alert")).to_contain_text("Programmet ble avsluttet 01.06.2026")
    accessible()

    # A step that is to come is not noted, and what was typed is there still.
    propose(page, "Amina", "Vaskeriet")
    page.get_by_role("link", name="Før: presentert for stedet").click()
    page.get_by_label("Dag").fill("01.07.2026")
    page.get_by_label("Hva ble sagt").fill("De vil møte henne")
    page.get_by_role("button", name="Før det").click()
    expect(page.get_by_role("alert")).to_contain_text("ikke kommet ennå")
    expect(page.get_by_label("Hva ble sagt")).to_have_value("De vil møte henne")
    page.get_by_role("link", name="Avbryt").click()

    # Days that do not go together are told before anything is kept.
    page.get_by_role("link", name="Skriv avtalen").click()
    page.get_by_label("Lørdag").fill("08.00-15.00")
    write(page, "13.07.2026", "01.07.2026")
    expect(page.get_by_role("alert")).to_contain_text("er før første dag")
    write(page, "13.07.2026", "13.10.2026")
    expect(page.get_by_role("alert")).to_contain_text("Vaskeriet tar ikke imot på lørdag")
    accessible()
    page.get_by_label("Lørdag").fill("")
    write(page, "13.07.2026", "13.10.2026")

    # The supervisor cannot sign first; nobody signs for another without saying why.
    expect(page.get_by_text("må skrive under før praksisveilederen").first).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^På vegne av\s*: Arbeidsgiveren$")).click()
    page.get_by_label("På vegne av", exact=True).fill("Jan Nygård")
    page.get_by_role("button", name="Før underskriften").click()
    expect(page.get_by_role("alert")).to_contain_text("Hvorfor?")
    accessible()
    page.get_by_label("Har sagt ja på telefon eller i møte").check()
    page.get_by_role("button", name="Før underskriften").click()

    # What is signed is locked; the last signature waits for what must be there before the start.
    handing_over = page.get_by_role("link", name=re.compile(r"^Skriv under\s*: Deltakeren$"))
    expect(handing_over).to_be_visible()
    case_page = page.url
    sign(page, "Deltakeren", "Amina Haddad")
    page.goto(case_page)
    page.get_by_text("Dette kan ikke gjøres nå, og hvorfor").click()
    expect(page.get_by_role("main")).to_contain_text("innholdet er låst")
    expect(page.get_by_role("main")).to_contain_text("krav, forventninger og rettigheter")
    with scope(municipality=lillevik):
        assert Signature.objects.count() == 2
        assert not Placement.objects.exists()

    # It comes to nothing, and the participant hears why in other words.
    page.get_by_role("link", name="Avslutt", exact=True).click()
    page.get_by_label("Ble ikke noe av").check()
    page.get_by_label("Arbeidsgiveren", exact=True).check()
    page.get_by_label("Årsak").select_option(label="Ansatt på stedet")
    page.get_by_role("button", name="Avslutt").click()
    expect(page.get_by_role("alert")).to_contain_text("Velg en årsak som hører til utfallet")
    page.get_by_label("Årsak").select_option(label="Stedet valgte en annen")
    page.get_by_label("Til deltakeren").fill("De valgte en annen denne gangen.")
    page.get_by_role("button", name="Avslutt").click()
    expect(page.get_by_role("main")).to_contain_text("Ble ikke noe av")
    accessible()
    with scope(municipality=lillevik):
        assert PlacementCase.objects.get().ending.told == "De valgte en annen denne gangen."
        assert AgreementVersion.objects.get().discarded_at is not None
