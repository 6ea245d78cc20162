"""Drafts of the forms, also of somebody whose session has ended.

A form carries a signed mark of who was shown it. With that mark what was typed is kept for that
user and nobody else, even where the session or its token against forgery is gone by then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure

from innpass.casework.drafts.queries import draft_of
from innpass.casework.drafts.services import discard_draft, keep_draft
from innpass.domain.access.roles import Actor

View = Callable[..., HttpResponse]

MARK = "mark"
_SALT = "innpass.web.entering.draft"
_VALID_FOR = timedelta(hours=24)
_NOT_TYPED = frozenset({MARK, "form_id", "csrfmiddlewaretoken", "act"})
SAVED_COOKIE = "saved_form"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form's page needs to keep what is typed.

    Attributes:
        mark: the signed mark of who was shown which form.
        form_id: tells this drawing of the form from others, for the browser's own memory.
        owner: whose it is, for the browser's own memory; says nothing of who that is.
        restored_at: when what stands in the form was kept, where it is a draft.
    """

    mark: str
    form_id: str
    owner: str
    restored_at: datetime | None = None


def draft_for(key: str, *, actor: Actor, restored_at: datetime | None = None) -> Draft:
    """Return what a form's page needs to keep what is typed; ``key`` tells which form of whom."""
    who = [str(actor.user_id), str(actor.municipality_id), key]
    return Draft(
        mark=signing.dumps(who, salt=_SALT),
        form_id=token_hex(8),
        owner=signing.Signer(salt=_SALT).signature(str(actor.user_id))[:12],
        restored_at=restored_at,
    )


def restored(key: str, *, actor: Actor) -> tuple[dict[str, str], datetime] | None:
    """Return what the user typed into a form and did not save, and when it was kept."""
    found = draft_of(key, user_id=actor.user_id)
    if found is None:
        return None
    return {name: texts[-1] for name, texts in found.content.items() if texts}, found.kept_at


def forget(key: str, *, actor: Actor) -> None:
    """Forget what the user typed into a form."""
    discard_draft(key, user_id=actor.user_id)


def keep_posted(request: HttpRequest) -> bool:
    """Keep what was posted for whoever was shown the form; say whether it could be kept."""
    try:
        user, municipality, key = signing.loads(
            request.POST.get(MARK, ""), salt=_SALT, max_age=_VALID_FOR
        )
    except signing.BadSignature:
        return False
    content = {name: texts for name, texts in request.POST.lists() if name not in _NOT_TYPED}
    return keep_draft(key, content, user_id=UUID(user), municipality_id=UUID(municipality))


def keeps_what_was_typed(view: View) -> View:
    """Let a form's view keep what is posted to it after the session ended, and ask to sign in.

    Signing in leads back to the form, where the draft stands.
    """

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_posted(request)
        return redirect_to_login(request.get_full_path())

    return answer


def refused_as_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a post whose token against forgery is out of date; keep what was typed (settings)."""
    if request.POST.get(MARK) and keep_posted(request):
        request.typed_is_kept = True  # type: ignore[attr-defined]
    return csrf_failure(request, reason=reason, template_name="403_csrf.html")


def remember_saved(request: HttpRequest, response: HttpResponse, *, key: str, actor: Actor) -> None:
    """Forget the draft, and tell the browser that its own copy of what was typed is saved."""
    forget(key, actor=actor)
    form_id = request.POST.get("form_id", "")
    if form_id.isalnum() and len(form_id) <= 32:
        response.set_cookie(
            SAVED_COOKIE, form_id, max_age=24 * 3600, samesite="Lax", secure=request.is_secure()
        )
