"""Two side by side before they are joined: what would hold, and a brake where they differ."""

from typing import Any

from django.urls import reverse

from innpass.casework.participants.models import Participant
from tests.factories.cast import RAGNHILD, Town


def where(town: Town) -> tuple[str, Participant, Participant]:
    one, other = town.people("Amina"), town.people("Bohdan")
    return reverse("joining:join", args=[one.pk]), one, other


def post(town: Town, **more: Any) -> Any:
    href, _one, other = where(town)
    form = {"act": "join", "other": str(other.pk), "reason": "Samme person", **more}
    return town.browser(RAGNHILD).post(href, form)


def test_the_page_says_what_will_stand_and_why(town: Town) -> None:
    href, _one, other = where(town)

    page = town.browser(RAGNHILD).get(href, {"med": str(other.pk)}).context["page"]

    by_field = {each.field: each for each in page.comparisons}
    name = by_field["Navn"]
    assert name.held in ("Amina Haddad", "Bohdan Kovalenko")
    assert name.why.startswith(f"Fra {name.held}: raden som sier mest.")
    assert all(each.why for each in page.comparisons if each.held)


def test_no_identity_number_is_shown(town: Town) -> None:
    href, _one, other = where(town)

    page = town.browser(RAGNHILD).get(href, {"med": str(other.pk)}).context["page"]

    held = {each.field: each.held for each in page.comparisons}
    for field, text in held.items():
        if field in ("Fødselsnummer", "D-nummer", "DUF-nummer"):
            assert set(text) <= {"•"}


def test_two_who_are_plainly_different_are_not_joined_without_a_tick(town: Town) -> None:
    answer = post(town)

    page = answer.context["page"]
    assert answer.status_code == 422
    assert "De har hver sin fødselsdato." in page.differences
    assert "Kryss av hvis du er sikker" in answer.content.decode()
    assert "Samme person" in answer.content.decode()
    assert Participant.objects.filter(absorbed_by=None).count() == 3


def test_with_a_tick_they_are(town: Town) -> None:
    answer = post(town, is_sure="on")

    assert answer.status_code == 302
    assert Participant.objects.filter(absorbed_by=None).count() == 2
