"""Keeping and discarding drafts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from innpass.casework.drafts.models import Draft
from innpass.casework.drafts.queries import KEPT_FOR

MOST_CHARACTERS = 40_000  # of all that is typed; the longest field holds 10 000


def keep_draft(
    form: str, content: Mapping[str, Sequence[str]], *, user_id: UUID, municipality_id: UUID
) -> bool:
    """Keep what a user has typed into a form, in place of what was kept before.

    It may come from somebody whose session has ended, hence the ids and no actor: the caller has
    made sure that this user was shown the form. Drafts that are too old go.

    Returns:
        Whether it was kept; more than ``MOST_CHARACTERS`` is not.
    """
    if sum(len(text) for texts in content.values() for text in texts) > MOST_CHARACTERS:
        return False
    with scope(municipality=municipality_id), transaction.atomic():
        now = timezone.now()
        Draft.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
        Draft.objects.update_or_create(
            municipality_id=municipality_id,
            user_id=user_id,
            form=form,
            defaults={
                "content": {name: list(texts) for name, texts in content.items()},
                "kept_at": now,
            },
        )
    return True


def discard_draft(form: str, *, user_id: UUID | None) -> None:
    """Forget what a user has typed into a form: it was saved, or is not wanted."""
    Draft.objects.filter(user=user_id, form=form).delete()
