"""Signing in and out, and trying in vain, each as an event in the log."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from innpass.casework.accounts.models import User
from innpass.casework.audit import services as audit


def _record(action: str, user: User | None) -> None:
    audit.record(
        municipality_id=None,
        actor_id=user.pk if user else None,
        action=action,
        subject_kind="user",
        subject_id=user.pk if user else None,
    )


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    """Note who signed in."""
    _record("sign_in", user)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    """Note who signed out."""
    _record("sign_out", user)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], **_: Any) -> None:
    """Note that somebody tried a user in vain; a name that is nobody's is not kept."""
    name = credentials.get("username") or ""
    _record("sign_in_failed", User.objects.filter(username=name).first())
