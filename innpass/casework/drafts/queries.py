"""Reading drafts: each user sees the own ones alone."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from innpass.casework.drafts.models import Draft

KEPT_FOR = timedelta(days=14)


def draft_of(form: str, *, user_id: UUID | None) -> Draft | None:
    """Return what a user has typed into a form and not yet saved, if it is not too old."""
    found: Draft | None = Draft.objects.filter(
        user=user_id, form=form, kept_at__gt=timezone.now() - KEPT_FOR
    ).first()
    return found
