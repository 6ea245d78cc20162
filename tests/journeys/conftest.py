"""A real browser, and axe, for the journeys."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.journeys.demo import DAY, put_demo
from tests.machine import chromium

# Playwright's own event loop lives in this thread; the ORM need not fear it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# The browser's own line about an answer that we give on purpose, with the form and what is wrong.
REFUSED = re.compile(r"the server responded with a status of (409|422) ")
DESKTOP = {"width": 1440, "height": 900}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, so that no worker ends alone with one; then those with the demo."""

    def place(item: pytest.Item) -> tuple[bool, bool, bool]:
        if HERE not in item.path.parents:
            return (False, False, False)
        is_slow = item.get_closest_marker("slow") is not None
        return (True, not is_slow, "demo" not in getattr(item, "fixturenames", ()))

    items.sort(key=place)


@pytest.fixture
def demo(settings: Any, transactional_db: None) -> None:
    """The demo municipality, on the day of its sheets."""
    settings.INNPASS_TODAY = DAY
    put_demo()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    """Open a page of its own; fail on anything the browser's console calls an error."""
    context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        base_url=str(live_server),
    )
    opened = context.new_page()
    complaints: list[str] = []

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error" and not REFUSED.search(said.text):
            complaints.append(f"{said.text} {said.location.get('url', '')}")

    opened.on("console", listen)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def accessible(page: Page) -> Callable[..., None]:
    """Check the page as it stands with axe; each violation is named with its places.

    ``rules`` names those to be checked; without any, all are.
    """

    def check(*rules: str) -> None:
        page.wait_for_load_state()  # a click returns when the next page has only begun
        # Evaluated by the browser's debugger, which the page's own policy does not govern.
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE.read_text())
        asked = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
        result = page.evaluate("asked => axe.run(document, asked)", asked)
        told = [
            f"{violation['id']}: {node['html']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
        assert told == []

    return check
