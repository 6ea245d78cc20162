"""A teacher notes a class on a phone; an adviser gives a participant the week to take home."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from innpass.casework.timetable.attended import Attendance
from tests.journeys.test_every_page import fits, sign_in

PHONE = {"width": 390, "height": 844}
DAY = "/oppmote/?dag=2026-06-29"


@contextmanager
def slow_line(page: Page) -> Iterator[None]:
    """Let every answer take most of a second, as on a poor mobile line."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", line | {"latency": 800})
    yield
    session.send("Network.emulateNetworkConditions", line | {"latency": 0})
    session.detach()


@pytest.mark.usefixtures("demo")
def test_a_class_is_noted_and_a_week_taken_out(page: Page, accessible: Callable[[], None]) -> None:
    note_a_class(page, accessible)
    subscribe_and_print(page, accessible)


def note_a_class(page: Page, accessible: Callable[[], None]) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, "liv")
    page.goto(DAY)
    accessible()
    assert fits(page)
    own = page.get_by_role("region", name="Dine grupper")
    expect(own.get_by_text("Ikke ført")).to_be_visible()
    own.get_by_role("link", name="Norsk A1").click()
    accessible()
    assert fits(page)
    for state in page.locator(".came__state:visible").all():
        box = state.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44

    page.get_by_role("button", name="Alle var her").click()
    expect(page.get_by_text("Oppmøtet er ført.")).to_be_visible()
    expect(page.locator("#tally")).to_have_text("3 var her hele tiden, 0 hadde fravær.")

    first, second = page.locator(".came").nth(0), page.locator(".came").nth(1)
    # On a slow line she does not wait for the answer to one before she chooses the next.
    with slow_line(page):
        first.get_by_role("radio", name="Borte").check()
        first.get_by_label("Grunn").select_option("doctors_note")
        expect(first.get_by_text("ført: borte, sykmelding")).to_be_visible()
    second.get_by_role("radio", name="Sent").check()
    expect(second.get_by_text("Skriv hvor mange minutter")).to_be_visible()
    accessible()
    second.get_by_label("Minutter").fill("15")
    second.get_by_label("Minutter").press("Tab")
    expect(second.get_by_text("ført: kom 15 min for sent")).to_be_visible()
    expect(page.locator("#tally")).to_have_text("1 var her hele tiden, 2 hadde fravær.")
    assert fits(page)
    accessible()
    # What was tapped by mistake is taken away, and whoever uses keys goes on where they were.
    third = page.locator(".came").nth(2)
    third.get_by_role("radio", name="Ikke ført").check()
    expect(page.locator("#tally")).to_contain_text("1 er ikke ført.")
    expect(page.get_by_role("button", name="Resten var her")).to_be_visible()
    expect(third.get_by_role("radio", name="Her")).to_be_focused()
    third.get_by_role("radio", name="Her").check()
    expect(third.get_by_text("ført: her")).to_be_visible()

    first.locator(".came__name").click()
    expect(page.get_by_role("heading", name="Oppmøte de siste fire ukene")).to_be_visible()
    accessible()
    assert fits(page)
    page.goto("/oppmote/oppfolging/")
    accessible()
    assert fits(page)
    with scopes_disabled():
        rows = Attendance.objects.filter(on=date(2026, 6, 29), name="Norsk A1")
        assert sorted(rows.values_list("absent_minutes", flat=True)) == [0, 15, 300]


def subscribe_and_print(page: Page, accessible: Callable[[], None]) -> None:
    sign_in(page, "kari")
    page.goto("/oppmote/oppfolging/")
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    person = page.url.rstrip("/").rsplit("/", 1)[-1]
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"/kalender/deltaker/{person}/")
        accessible()
        assert fits(page)
        page.goto(f"/kalender/deltaker/{person}/utskrift/ar/?uke=2026-W26")
        accessible()
        assert fits(page)
    # On paper there is the week alone.
    page.emulate_media(media="print")
    expect(page.locator("article.paper")).to_be_visible()
    expect(page.get_by_role("link", name="Last ned PDF")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"/kalender/deltaker/{person}/")
    page.get_by_role("button", name="Lag en hemmelig adresse").click()
    address = page.get_by_label("Hemmelig adresse").input_value()
    accessible()
    assert fits(page)
    answer = page.request.get(address)
    assert answer.text().startswith("BEGIN:VCALENDAR\r\n")
    page.get_by_role("button", name="Trekk tilbake").click()
    assert page.request.get(address).status == 404
