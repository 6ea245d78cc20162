"""What was typed comes back: after leaving, after the session ended, after another sign-in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.drafts.models import Draft
from innpass.casework.programme.models import Enrolment
from tests.factories.cast import ODD, PER, Town
from tests.web.entering.test_people import as_shown, controls_of, href

pytestmark = pytest.mark.django_db
KEEP = "entering:keep_draft"


def typed(town: Town, page: Any, **values: str) -> dict[str, str]:
    return as_shown(page, **values) | {"mark": page.context["page"].draft.mark}


def restored(town: Town, who: str) -> Any:
    return town.browser(who).get(href(town))


def test_a_draft_stands_in_the_form_again_until_it_is_saved(town: Town) -> None:
    browser = town.browser(PER)
    page = browser.get(href(town))

    kept = browser.post(reverse(KEEP), typed(town, page, next_step="Ring barne"))

    assert "Kladd lagret" in kept.content.decode()
    again = restored(town, PER)
    assert controls_of(again)["next_step"].text == "Ring barne"
    assert "Her står kladden din" in again.content.decode()
    assert controls_of(restored(town, ODD))["next_step"].text == ""
    answer = browser.post(href(town), typed(town, again, next_step="Ring barnehagen"))
    assert answer.cookies["saved_form"].value == again.context["page"].draft.form_id
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away_when_asked(town: Town) -> None:
    browser = town.browser(PER)
    browser.post(reverse(KEEP), typed(town, browser.get(href(town)), next_step="Ring"))

    answer = browser.post(href(town), {"act": "discard"})

    assert answer["Location"] == href(town)
    assert not Draft.objects.exists()


def test_a_draft_does_not_hide_that_somebody_else_was_first(town: Town) -> None:
    per, odd = town.browser(PER), town.browser(ODD)
    per.post(reverse(KEEP), typed(town, per.get(href(town)), next_step="Ring"))
    odd.post(href(town), as_shown(odd.get(href(town)), next_step="Send brev"))

    late = per.post(href(town), typed(town, restored(town, PER)))

    assert late.status_code == 409
    assert controls_of(late)["next_step"].conflict.value == "Send brev"


def test_a_post_after_the_session_ended_leads_through_sign_in_back_to_what_was_typed(
    town: Town,
) -> None:
    page = town.browser(PER).get(href(town))
    sent = typed(town, page, next_step="Ring barnehagen")

    answer = Client().post(href(town), sent)

    assert answer["Location"] == f"{reverse('account_login')}?next={href(town)}"
    assert Enrolment.objects.get(participant=town.people("Amina")).next_step == ""
    assert controls_of(restored(town, PER))["next_step"].text == "Ring barnehagen"
    assert controls_of(restored(town, ODD))["next_step"].text == ""


def test_what_is_typed_on_after_the_session_ended_is_kept_and_said(town: Town) -> None:
    page = town.browser(PER).get(href(town))

    answer = Client().post(
        reverse(KEEP),
        typed(town, page, next_step="Ring barnehagen"),
        headers={"HX-Request": "true"},
    )

    assert "Du er logget ut" in answer.content.decode()
    assert controls_of(restored(town, PER))["next_step"].text == "Ring barnehagen"


def test_a_post_with_an_old_token_is_kept_as_a_draft(town: Town) -> None:
    page = town.browser(PER).get(href(town))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(town.users[PER])

    answer = strict.post(href(town), typed(town, page, next_step="Ring barnehagen"))

    assert answer.status_code == 403
    assert "er tatt vare på som en kladd" in answer.content.decode()
    assert controls_of(restored(town, PER))["next_step"].text == "Ring barnehagen"


@pytest.mark.parametrize("mark", ["", "x", "a:b:c"])
def test_without_the_mark_of_a_form_nothing_is_kept(town: Town, mark: str) -> None:
    answer = Client().post(
        reverse(KEEP), {"mark": mark, "next_step": "Ring"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_a_sealed_number_typed_into_a_draft_stands_nowhere_open(town: Town) -> None:
    browser = town.browser("ragnhild")
    page = browser.get(href(town, "hvem"))

    browser.post(reverse(KEEP), typed(town, page, **{"ids.fnr": "07857411735"}))

    assert "07857411735" not in str(Draft.objects.values())
