"""The overview as the place to work: a sitting at the keyboard, two people, a block from Excel."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled
from playwright.sync_api import Browser, Locator, Page, expect

from innpass.casework.imports.models import CellEdit
from innpass.casework.overview.columns import EDITED_FIELDS
from innpass.casework.overview.models import SavedView
from innpass.casework.participants.models import Identifier
from innpass.casework.programme.models import Element, Enrolment
from tests.journeys.conftest import DESKTOP
from tests.journeys.demo import DAY, put_demo

pytestmark = pytest.mark.usefixtures("sheets")

EVERYBODY = "/deltakere/?vis=alle&sorter=navn"


@pytest.fixture
def sheets(settings: Any, transactional_db: None) -> Iterator[None]:
    """The demo municipality as its sheets tell it, on their day; with no agreement laid over them.

    So hours are of one activity, which is what can be typed in the grid.
    """
    settings.INNPASS_TODAY = DAY
    put_demo(without=("write_cases", "write_doors", "write_following", "choose_some"))
    with scopes_disabled():
        yield


class Sitting:
    """Somebody who works in the grid."""

    def __init__(self, page: Page, username: str, address: str = EVERYBODY) -> None:
        self.page = page
        page.set_default_timeout(20_000)
        page.goto("/")
        persona = page.locator(f"input[name=persona][value={username}]")
        persona.locator("..").get_by_role("button").click()
        page.wait_for_url("**/deltakere/**")
        page.goto(address)
        self.grid = page.get_by_role("grid")
        heads = self.grid.locator("thead th")
        self.columns = heads.evaluate_all("all => all.map(head => head.dataset.column ?? 'pick')")

    def cell(self, row: int, column: str) -> Locator:
        """Find a cell; rows count from 0."""
        place = self.columns.index(column)
        return self.grid.locator("tbody tr").nth(row).locator("> td, > th").nth(place)

    def person(self, row: int) -> str:
        """Name the person of a row by id."""
        return str(self.grid.locator("tbody tr").nth(row).get_attribute("data-person"))

    def types(self, *keys: str) -> None:
        """Type text, or press a key that has a name."""
        for key in keys:
            if key in ("Enter", "Tab", "Escape", "F2", "Delete") or "+" in key or "Arrow" in key:
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.type(key)

    def hears(self, text: str) -> None:
        """Wait until the live region says it."""
        expect(self.page.locator("#announcement")).to_contain_text(text)

    def pastes(self, text: str) -> None:
        """Copy elsewhere, and paste here."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")


@contextmanager
def another_browser(browser: Browser, live_server: object) -> Iterator[Page]:
    context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        base_url=str(live_server),
    )
    yield context.new_page()
    context.close()


def has_focus(cell: Locator) -> bool:
    return bool(cell.evaluate("cell => cell.contains(document.activeElement)"))


def test_forty_rows_in_one_sitting(page: Page, accessible: Callable[[], None]) -> None:
    ingrid = Sitting(page, "ingrid")
    accessible()
    first = ingrid.cell(0, "last_contact")
    first.click()

    for row in range(40):
        ingrid.types(f"{row % 28 + 1}.6.26", "Enter")
    expect(ingrid.grid.locator(".editor")).to_have_count(0)

    assert has_focus(ingrid.cell(40, "last_contact"))
    expect(first).to_have_text("1. jun. 2026")
    ingrid.hears("Lagret: ")
    with_date = {
        str(pk): day for pk, day in Enrolment.objects.values_list("participant_id", "last_contact")
    }
    assert all(with_date[ingrid.person(row)] == date(2026, 6, row % 28 + 1) for row in range(40))
    # A cell of three fields: Tab goes through them, saves, and moves on.
    ingrid.cell(2, "next_step").click()
    ingrid.types("Enter", "Ring Skogly", "Tab", "Per Hauge", "Tab", "3.7.26")
    accessible()
    ingrid.types("Tab")
    ingrid.hears("Ring Skogly")
    assert has_focus(ingrid.cell(2, "last_contact"))
    step = Enrolment.objects.get(participant=ingrid.person(2))
    assert (step.next_step, step.next_step_owner) == ("Ring Skogly", "Per Hauge")
    assert step.next_step_due == date(2026, 7, 3)
    # What was wrong is taken back by a key.
    ingrid.types("1.1.26", "Enter")
    ingrid.hears("01.01.2026")
    ingrid.types("Control+z")
    ingrid.hears("Angret")
    expect(ingrid.cell(2, "last_contact")).to_have_text("3. jun. 2026")
    # Escape leaves things as they were.
    ingrid.cell(3, "last_contact").click()
    ingrid.types("tull", "Escape")
    expect(ingrid.cell(3, "last_contact")).to_have_text("4. jun. 2026")
    assert has_focus(ingrid.cell(3, "last_contact"))
    accessible()


def test_two_browsers_on_the_same_cell(
    page: Page, browser: Browser, live_server: object, accessible: Callable[[], None]
) -> None:
    ingrid = Sitting(page, "ingrid")
    with another_browser(browser, live_server) as other:
        kari = Sitting(other, "kari")
        kari.cell(1, "supervisor").click()
        kari.types("Nora Vik", "Enter")
        kari.hears("Nora Vik")

        cell = ingrid.cell(1, "supervisor")
        cell.click()
        ingrid.types("Odd Berg", "Enter")

        expect(cell).to_contain_text("Kari Lunde endret dette til «Nora Vik»")
        expect(cell.locator("input")).to_have_value("Odd Berg")
        accessible()
        cell.get_by_role("button", name="Bruk det jeg skrev").click()
        ingrid.hears("Odd Berg")
        assert Enrolment.objects.get(participant=ingrid.person(1)).supervisor == "Odd Berg"

        # Kari still sees her own, and keeps what now stands there.
        cell = kari.cell(1, "supervisor")
        cell.click()
        kari.types("Siri Aas", "Enter")
        expect(cell).to_contain_text("endret dette til «Odd Berg»")
        cell.get_by_role("button", name="Behold det som står").click()
        expect(cell).to_have_text("Odd Berg")
        assert has_focus(cell)


BLOCK = [
    [f"Ring virksomhet {row}", "Per Hauge", "15.8.26", f"{row % 28 + 1}.6.26", "", "1.2.27"]
    for row in range(50)
]


def test_a_block_of_fifty_by_six(page: Page, accessible: Callable[[], None]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    kari = Sitting(page, "kari")
    block = [list(line) for line in BLOCK]
    for row, line in enumerate(block):  # the start stays as it is
        line[4] = str(
            page.evaluate(
                "row => JSON.parse(document.querySelectorAll('tbody tr')[row].dataset.cells)"
                "['programme.start'] ?? ''",
                row,
            )
        )
    block[3][3] = "engang"
    block[7][2] = "99.99.2026"
    people = [kari.person(row) for row in range(50)]
    kari.cell(0, "next_step").click()

    kari.pastes("\r\n".join("\t".join(line) for line in block) + "\r\n")

    expect(page.get_by_role("heading", name="Dette blir endret")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("2 celler kan ikke lagres")
    expect(page.locator("td.wrong")).to_have_count(2)
    expect(page.locator("td.wrong").first).to_contain_text("engang")
    expect(page.locator("td.wrong").first).to_contain_text("Skriv hele datoen")
    accessible()
    assert not CellEdit.objects.filter(way="paste").exists()

    page.get_by_role("button", name="Ta i bruk").click()

    expect(page.locator("#saved")).to_contain_text("verdier for 50 deltakere")
    steps = {str(e.participant_id): e for e in Enrolment.objects.filter(participant__in=people)}
    assert [steps[pk].next_step for pk in people] == [line[0] for line in block]
    assert all(steps[pk].planned_last_day == date(2027, 2, 1) for pk in people)
    assert CellEdit.objects.filter(way="paste").values("act").distinct().count() == 1
    accessible()

    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#saved")).to_contain_text("Angret")
    assert not Enrolment.objects.filter(next_step__startswith="Ring virksomhet").exists()


def test_many_at_once_and_back(page: Page, accessible: Callable[[], None]) -> None:
    kari = Sitting(page, "kari")
    for row in (1, 3, 4):
        kari.cell(row, "pick").get_by_role("checkbox").check()
    people = [kari.person(row) for row in (1, 3, 4)]
    page.get_by_role("button", name="Endre flere").click()
    accessible()
    page.get_by_label("Hva").select_option(label="Praksisveileder")
    page.get_by_label("Ny verdi").fill("Nora Vik")
    page.get_by_role("button", name="Vis hva som blir endret").click()
    expect(page.get_by_role("main")).to_contain_text("3 verdier for 3 personer")
    accessible()
    page.get_by_role("button", name="Ta i bruk").click()
    expect(page.locator("#saved")).to_contain_text("Lagret: 3 verdier for 3 deltakere")
    found = Enrolment.objects.filter(participant__in=people)
    assert set(found.values_list("supervisor", flat=True)) == {"Nora Vik"}
    assert Enrolment.objects.filter(supervisor="Nora Vik").count() == 3

    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#saved")).to_contain_text("Angret")
    assert not Enrolment.objects.filter(supervisor="Nora Vik").exists()


def test_a_lost_connection_loses_nothing(browser: Browser, live_server: object) -> None:
    with another_browser(browser, live_server) as page:
        ingrid = Sitting(page, "ingrid")
        cell = ingrid.cell(0, "last_contact")
        page.route("**/celler/**", lambda route: route.abort())
        cell.click()
        ingrid.types("5.6.26", "Enter")

        expect(cell).to_contain_text("Ikke lagret: vi fikk ikke kontakt med Innpass.")
        expect(cell.locator("input")).to_have_value("5.6.26")
        page.unroute("**/celler/**")
        cell.get_by_role("button", name="Prøv igjen").click()
        ingrid.hears("Lagret: ")
        expect(cell).to_have_text("5. jun. 2026")


A_DATE, A_NAME = "Skriv hele datoen", "Skriv et navn"
# Something wrong for every column that can be edited.
WRONG = {
    "name": ("12345", A_NAME),
    "hours": ("99", "et tall fra 0 til 60"),
    "placement": ("x" * 201, "for lang"),
    "next_step": ("x" * 301, "for lang"),
    "last_contact": ("engang", A_DATE),
    "term": ("tull", A_DATE),
    "programme": ("32.13.2026", A_DATE),
    "track": ("99 timer", "Skriv et helt tall"),
    "level": ("B3", "Skriv et nivå fra A1 til C2"),
    "test": ("30.2.2026", A_DATE),
    "adviser": ("12345", A_NAME),
    "supervisor": ("12345", A_NAME),
    "nav_adviser": ("12345", A_NAME),
    "teacher": ("12345", A_NAME),
    "visma_refugee": ("{taken}", "Nummeret"),
    "visma_learning": ("12345678901", "Skriv nummeret"),
    "socio": ("12345678901", "Skriv nummeret"),
    "handover": ("engang", A_DATE),
}
WHO = {"kari": 12, "liv": 5, "odd": 5}  # and how many columns each edits at least


def test_something_is_wrong_for_every_column_that_can_be_edited() -> None:
    assert set(WRONG) == set(EDITED_FIELDS)


@pytest.mark.parametrize("who", WHO)
def test_what_is_wrong_is_said_beside_the_cell(
    page: Page, who: str, accessible: Callable[[], None]
) -> None:
    sitting = Sitting(page, who, f"{EVERYBODY}&sorter=-timer")
    cells = sitting.grid.locator("tbody tr").evaluate_all(
        "all => all.map(row => JSON.parse(row.dataset.cells))"
    )
    heads = sitting.grid.locator("thead th[data-fields]")
    mine = heads.evaluate_all("all => all.map(head => head.dataset.column)")
    assert len(mine) >= WHO[who]
    for column in mine:
        typed, sentence = WRONG[column]
        kind = EDITED_FIELDS[column][0].partition(".")[0]
        row = 0
        if column in ("hours", "placement", "test"):
            row = next(n for n, c in enumerate(cells) if c.get(f"@{kind}", "several") != "several")
        others = Identifier.objects.exclude(participant=sitting.person(row))
        taken = others.filter(kind="visma_refugee").values_list("plain", flat=True).first()
        typed = typed.format(taken=taken)
        cell = sitting.cell(row, column)
        cell.click(position={"x": 4, "y": 4})
        sitting.types("F2", "Control+a", typed, "Enter")

        expect(cell).to_contain_text(sentence)
        expect(cell.locator(".editor input").first).to_have_value(typed)
        sitting.types("Escape")
        assert has_focus(cell), column
    accessible()
    assert not CellEdit.objects.filter(way="cell").exists()


BY_HOURS = "/deltakere/?sorter=-timer"


def test_hours_are_typed_where_one_activity_can_be_meant(
    page: Page, browser: Browser, live_server: object, accessible: Callable[[], None]
) -> None:
    kari = Sitting(page, "kari", BY_HOURS)
    before = kari.cell(0, "hours").inner_text()
    kari.cell(0, "hours").click()
    kari.types("21,5 t")
    expect(kari.cell(0, "hours").locator(".editor")).to_contain_text("t per uke")
    accessible()
    kari.types("Enter")
    kari.hears("Timer per uke «21,5»")
    expect(kari.cell(0, "hours")).to_have_text("21,5\xa0t")

    with another_browser(browser, live_server) as other:
        odd = Sitting(other, "odd", BY_HOURS)
        page_of_odd = odd.cell(0, "hours")
        kari.cell(0, "hours").click()
        kari.types("19", "Enter")
        kari.hears("«19»")
        page_of_odd.click()
        odd.types("18", "Enter")
        expect(page_of_odd).to_contain_text("Kari Lunde endret dette til «19»")
        expect(page_of_odd.locator("input")).to_have_value("18")
        page_of_odd.get_by_role("button", name="Behold det som står").click()
        expect(page_of_odd).to_have_text("19\xa0t")
    kari.types("Control+z")
    kari.hears("Angret")
    expect(kari.cell(0, "hours")).to_have_text("21,5\xa0t")
    assert before != "21,5\xa0t"

    # Where there is none, the cell says so, and Enter opens the form.
    last = kari.grid.locator("tbody tr").count() - 1
    cell = kari.cell(last, "hours")
    cell.click()
    kari.types("Enter")
    expect(cell).to_contain_text("Ingen aktivitet teller i timene denne uken.")
    kari.hears("Ingen aktivitet teller")
    accessible()
    kari.types("Escape")
    expect(kari.grid.locator(".editor")).to_have_count(0)
    assert has_focus(cell)
    kari.types("Enter", "Enter")
    expect(page.get_by_role("heading", name="Legg til aktivitet")).to_be_visible()


def test_a_range_is_copied_pasted_onto_and_emptied(
    page: Page, accessible: Callable[[], None]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    kari = Sitting(page, "kari", BY_HOURS)
    people = [kari.person(row) for row in range(3)]
    kari.cell(0, "hours").click()
    kari.types("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight")
    kari.hears("Merket: 3 × 2 celler, fra Timer denne uken til Snitt / minstekrav.")
    expect(kari.grid.locator("[aria-selected=true]")).to_have_count(6)
    accessible()
    kari.types("Control+c")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert [len(line.split("\t")) for line in lines] == [2, 2, 2]
    stated = [line.split("\t")[0] for line in lines]
    assert [f"{hours}\xa0t" for hours in stated] == [
        kari.cell(row, "hours").inner_text() for row in range(3)
    ]
    kari.types("Escape")
    kari.hears("Ingen celler er merket.")
    expect(kari.grid.locator("[aria-selected=true]")).to_have_count(0)

    # By mouse, and one value into all of them; what cannot be edited is passed over.
    kari.cell(0, "hours").click()
    kari.cell(2, "average").click(modifiers=["Shift"])
    expect(kari.grid.locator("[aria-selected=true]")).to_have_count(6)
    kari.pastes("12,5")
    expect(page.get_by_role("heading", name="Dette blir endret")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("3 verdier for 3 personer")
    accessible()
    page.get_by_role("button", name="Ta i bruk").click()
    expect(page.locator("#saved")).to_contain_text("Lagret: 3 verdier for 3 deltakere")
    found = Element.objects.filter(participant__in=people, hours_per_week=12.5)
    assert found.values("participant").distinct().count() == 3
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#saved")).to_contain_text("Angret")

    # Emptied as a change of many, which is shown first.
    Enrolment.objects.filter(participant__in=people).update(last_contact=date(2026, 6, 1))
    before = CellEdit.objects.count()
    kari.cell(0, "last_contact").click()
    kari.types("Shift+ArrowDown", "Delete")
    expect(page.get_by_role("heading", name="Endre flere på en gang")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("2 verdier for 2 personer")
    accessible()
    assert CellEdit.objects.count() == before
    page.get_by_role("button", name="Ta i bruk").click()
    expect(page.locator("#saved")).to_contain_text("Lagret: 2 verdier for 2 deltakere")
    days = Enrolment.objects.filter(participant__in=people).values_list("last_contact", flat=True)
    assert sorted(days, key=str) == [date(2026, 6, 1), None, None]


def test_without_a_script(browser: Browser, live_server: object) -> None:
    context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]
        java_script_enabled=False,
        base_url=str(live_server),
    )
    page = context.new_page()
    page.goto("/")
    page.locator("input[name=persona][value=ingrid]").locator("..").get_by_role("button").click()
    page.goto(EVERYBODY)
    page.get_by_role("link", name="Endre", exact=False).first.click()
    page.get_by_label("Siste kontakt").fill("engang")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("main")).to_contain_text("Skriv hele datoen")
    expect(page.get_by_label("Siste kontakt")).to_have_value("engang")
    page.get_by_label("Siste kontakt").fill("5.6.2026")
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator("#saved")).to_contain_text("Siste kontakt «05.06.2026»")
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#saved")).to_contain_text("Angret")
    context.close()


def test_what_others_changed_is_marked(
    page: Page, browser: Browser, live_server: object, accessible: Callable[[], None]
) -> None:
    ingrid = Sitting(page, "ingrid")
    SavedView.objects.filter(name="").update(seen_until=timezone.now())
    with another_browser(browser, live_server) as other:
        kari = Sitting(other, "kari")
        kari.cell(1, "supervisor").click()
        kari.types("Nora Vik", "Enter")
        kari.hears("Nora Vik")
    page.reload()

    expect(ingrid.cell(1, "name")).to_contain_text("Endret siden sist: Praksisveileder")
    expect(ingrid.grid.locator("td.is-changed")).to_have_count(1)
    accessible()
    page.get_by_role("link", name="Endret siden sist").click()
    expect(page.get_by_role("main")).to_contain_text("Nora Vik")
    expect(page.get_by_role("main")).to_contain_text("Kari Lunde")
    accessible()
    page.get_by_role("button", name="Jeg har sett alt").click()
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("td.is-changed")).to_have_count(0)
