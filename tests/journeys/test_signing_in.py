"""Signing in, as a caseworker does each morning."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

PASSWORD = "riktig hest batteri stift"


@pytest.mark.main_path
@pytest.mark.django_db(transaction=True)
def test_a_caseworker_signs_in_by_keyboard(page: Page, accessible: Callable[[], None]) -> None:
    get_user_model().objects.create_user("ragnhild", password=PASSWORD)

    page.goto("/logg-inn/")
    accessible()
    page.locator("input[name=login]").focus()
    page.keyboard.type("ragnhild")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page).not_to_have_url("**/logg-inn/**")
