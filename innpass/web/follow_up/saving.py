"""How every form here is saved: what was typed stays, and what is in the way is told."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from innpass.casework.follow_up.services import Refused
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.web.follow_up.pages import FormPage

CHANGED = _(
    "Noen andre lagret dette mens du skrev. Det du skrev, står her fortsatt. Se først hva den "
    "andre lagret. Lagrer du igjen, gjelder det som står her."
)


def expected(request: HttpRequest) -> int:
    """Return the version that was on the screen; 0 where none can be read."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def posted(request: HttpRequest) -> Any:
    """Return what was sent with a form; ``None`` where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def saved(
    request: HttpRequest,
    parts: Sequence[Form],
    save: Callable[[], str],
    *,
    said: str,
    again: Callable[[int, str, int], HttpResponse],
) -> HttpResponse:
    """Save what was typed and go on, or show it again with what is in the way.

    Args:
        save: stores it and says where to go.
        said: what is told when it is saved.
        again: draws the page with a status, a note and the version that is stored now.
    """
    if not all([part.is_valid() for part in parts]):  # noqa: C419, each part is to tell its own
        return again(422, "", expected(request))
    try:
        href = save()
    except Refused as no:
        tell(parts, no)
        return again(422, "", expected(request))
    except ChangedMeanwhile as no:
        return again(409, str(CHANGED), getattr(no.current, "version", 0))
    messages.success(request, said)
    return HttpResponseRedirect(href)


def tell(parts: Sequence[Form], no: Refused) -> None:
    """Put what is in the way where it is about; what is about none of the fields, on top."""
    for fault in no.faults:
        for part in parts:
            name = fault.field.removeprefix(f"{part.prefix}_") if part.prefix else fault.field
            if name in part.fields and (not part.prefix or name != fault.field):
                part.add_error(name, fault.text)
                break
        else:
            parts[0].add_error(None, fault.text)


def answer(
    request: HttpRequest,
    template: str,
    parts: Sequence[Form],
    save: Callable[[], str],
    page: Callable[[str, int], FormPage],
    *,
    version: int,
    said: str,
) -> HttpResponse:
    """Show a page with a form, or save what was typed."""
    if request.method != "POST":
        return render(request, template, {"page": page("", version)})
    return saved(
        request,
        parts,
        save,
        said=said,
        again=lambda status, note, now: render(
            request, template, {"page": page(note, now)}, status=status
        ),
    )
