"""What every page tells the browser."""

import pytest
from django.test import Client
from django.urls import reverse

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
def test_the_sign_in_page_is_private_and_strict(client: Client) -> None:
    response = client.get(reverse("account_login"))

    assert response.status_code == 200
    assert response["Cache-Control"].split(", ").count("no-store") == 1
    assert {rule.strip() for rule in response["Content-Security-Policy"].split(";")} == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_nobody_can_sign_up(client: Client) -> None:
    response = client.get("/accounts/signup/")

    assert response.status_code == 404


@pytest.mark.django_db
def test_five_wrong_passwords_lock_the_name_for_a_while(client: Client) -> None:
    from django.contrib.auth import get_user_model

    get_user_model().objects.create_user("ragnhild", password="riktig hest batteri stift")
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "ragnhild", "password": "feil"})

    right = {"login": "ragnhild", "password": "riktig hest batteri stift"}
    response = client.post(reverse("account_login"), right)

    assert response.status_code in (200, 429)
    assert "_auth_user_id" not in client.session
