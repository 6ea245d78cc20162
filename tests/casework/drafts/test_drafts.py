"""A draft is its user's alone, sealed, replaced by the next, and gone when it is old or saved."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from innpass.casework.drafts.models import Draft
from innpass.casework.drafts.queries import draft_of
from innpass.casework.drafts.services import discard_draft, keep_draft
from innpass.casework.organisations.models import Municipality
from tests.factories.cast import user

pytestmark = pytest.mark.django_db
FORM = "oppfolging:1"


def keep(municipality: Municipality, who: object, text: str, form: str = FORM) -> bool:
    return keep_draft(
        form,
        {"next_step": [text]},
        user_id=who.pk,  # type: ignore[attr-defined]
        municipality_id=municipality.pk,
    )


def test_the_latest_of_a_user_and_form_is_kept(municipality: Municipality) -> None:
    kari, odd = user("kari", "Kari Lunde"), user("odd", "Odd Berge")
    keep(municipality, kari, "Ring")
    keep(municipality, kari, "Ring barnehagen")
    keep(municipality, odd, "Avtal møte")

    draft = draft_of(FORM, user_id=kari.pk)

    assert draft is not None
    assert draft.content == {"next_step": ["Ring barnehagen"]}
    assert draft_of("oppfolging:2", user_id=kari.pk) is None


def test_what_is_kept_is_sealed(municipality: Municipality) -> None:
    keep(municipality, user("kari", "Kari Lunde"), "Ring barnehagen")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM drafts_draft")
        assert "barnehagen" not in str(cursor.fetchall())


def test_what_is_discarded_or_old_is_gone(municipality: Municipality) -> None:
    kari = user("kari", "Kari Lunde")
    keep(municipality, kari, "Ring")
    keep(municipality, kari, "Ring", form="kontakter:1")
    discard_draft(FORM, user_id=kari.pk)
    assert draft_of(FORM, user_id=kari.pk) is None

    Draft.objects.update(kept_at=timezone.now() - timedelta(days=15))
    assert draft_of("kontakter:1", user_id=kari.pk) is None
    keep(municipality, kari, "Ring")
    assert Draft.objects.count() == 1


def test_more_than_a_form_can_hold_is_not_kept(municipality: Municipality) -> None:
    kari = user("kari", "Kari Lunde")

    assert keep(municipality, kari, "x" * 40_001) is False
    assert not Draft.objects.exists()
