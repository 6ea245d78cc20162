"""A week is moved by mouse and by keys, kept, and the planner asked for another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Locator, Page, expect

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.models import Availability, Block
from innpass.casework.timetable.queries import weeks_in_force
from innpass.domain.periods import IsoWeek
from tests.journeys.test_every_page import fits, show, sign_in

WEEK = IsoWeek(2026, 36)
THEN = f"?uke={WEEK}"
OPENS = 7 * 60  # where the calendar begins, in minutes after midnight


@pytest.fixture
def person(demo: None) -> Any:
    """Somebody of the demo who is at a workplace in the week, and has a day off from it.

    They begin so late that the calendar has room above every stay. What is made here can be lived:
    nobody fetches children, and a stay made anew is as long as the one it takes the place of.
    """
    with scope(municipality=Municipality.objects.get()):
        weeks = weeks_in_force(None, week=WEEK)
        bound = Availability.objects.exclude(care=None).values("participant")
        free = Participant.objects.filter(pk__in=weeks).exclude(pk__in=bound)
        # By name: keys are drawn anew with each demo, and the journey is to be the same.
        for pk in free.order_by("given_name", "family_name").values_list("pk", flat=True):
            times = [(each.start, each.end) for each in weeks[pk].blocks if each.employer]
            if 2 <= len(times) < 5 and len(set(times)) == 1 and times[0][0] > OPENS:
                return pk
    raise AssertionError("nobody of the demo is at a workplace")


def stays(page: Page) -> list[str]:
    """Return the times of the stays in the calendar."""
    return page.locator("[data-move] .block__time").all_inner_texts()


def drag(page: Page, what: Locator, down: float) -> None:
    """Drag something so many pixels down."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + down, steps=4)
    page.mouse.up()


def test_a_week_is_moved_kept_and_proposed(
    page: Page, person: Any, accessible: Callable[[], None]
) -> None:
    sign_in(page, "kari")
    page.goto(reverse("timetable:week", args=[person]) + THEN)
    accessible()
    page.get_by_role("link", name="Endre uka").click()
    before = stays(page)
    accessible()

    # By keys: a quarter later, told with what it does to the hours; and taken back.
    page.locator("[data-move]").first.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("#announcement")).to_contain_text("i alt")
    assert stays(page) != before
    expect(page.locator("[data-move]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#announcement")).to_contain_text("i alt")
    assert stays(page) == before

    # What is kept has the focus still when the week is drawn anew.
    for key in ("ArrowUp", "ArrowDown"):
        page.wait_for_timeout(1000)  # what was judged before is drawn, and has given focus back
        page.locator("[data-move]").first.focus()
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(page.locator("#announcement")).to_contain_text("Beholdt")
        expect(page.locator("#announcement")).to_contain_text("i alt")
        expect(page.locator("[data-move]").first).to_be_focused()
    # Kept only after the answer is there, it says both at once, and once.
    page.locator("[data-move]").first.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#announcement")).not_to_contain_text("Beholdt")
    expect(page.locator("#announcement")).to_contain_text("i alt")
    page.keyboard.press("Enter")
    expect(page.locator("#announcement")).to_contain_text("Beholdt")
    expect(page.locator("#announcement")).to_contain_text("i alt")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#announcement")).to_contain_text("i alt")
    page.keyboard.press("Enter")
    assert stays(page) == before

    # A stay is taken away and made by keys, and by the mouse.
    times = page.locator("[data-move] .block__time")
    page.locator("[data-move]").first.focus()
    page.keyboard.press("Delete")
    expect(times).to_have_count(len(before) - 1)
    expect(page.locator(".calendar__add:focus")).to_have_count(1)
    accessible()
    page.keyboard.press("Enter")
    expect(times).to_have_count(len(before))
    expect(page.locator("[data-move]:focus")).to_have_count(1)
    page.locator(".block__remove").first.click()
    expect(times).to_have_count(len(before) - 1)
    drag(page, page.locator(".can-draw.calendar__none").first, 160)
    expect(page.locator("[data-move]:focus")).to_have_count(1)
    page.keyboard.press("Backspace")
    expect(times).to_have_count(len(before) - 1)
    expect(page.locator(".calendar__add:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(times).to_have_count(len(before))

    # By the mouse: an hour shorter.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        drag(page, page.locator("[data-grip=end]").first, -60)
    expect(page.locator("#outcome")).to_contain_text("Uka er ikke full")
    changed = stays(page)
    assert changed != before
    accessible()
    page.get_by_label("Bare uke 36").check()
    page.get_by_role("button", name="Lagre uka").click()
    expect(page.get_by_role("status").first).to_contain_text("lagret")
    with scope(municipality=Municipality.objects.get()):
        kept = Block.objects.filter(timetable__first_monday=WEEK.monday).exclude(employer=None)
        assert kept.count() == len(before)

    # The planner would rather have the hour back.
    page.get_by_role("button", name="Foreslå en uke").click()
    expect(page.get_by_role("heading", name="Uka i dag")).to_be_visible()
    for width in (1440, 390, 320):
        show(page, width, "light")
        accessible()
        assert fits(page)
    show(page, 1440, "light")
    page.get_by_role("button", name="Ta i bruk forslaget").click()
    expect(page.get_by_role("status").first).to_contain_text("satt i kraft")

    # Taken back again before it begins, the week made by hand holds.
    page.get_by_role("link", name="Trekk timeplanen tilbake").click()
    expect(page.get_by_text("har ikke begynt")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Trekk tilbake").click()
    expect(page.get_by_role("status").first).to_contain_text("Den som gjaldt før, gjelder igjen")
    expect(page.get_by_text("Gjelder bare uke 36")).to_be_visible()
