"""How a form is shown, refused and saved; nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.outreach.refusing import Refused

MEANWHILE = _(
    "Noen andre lagret dette mens du skrev. Det du skrev, står her fortsatt. Lagrer du igjen, "
    "gjelder det som står her."
)


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page ``outreach/form.html``: one form with a heading and a way back.

    Attributes:
        version: of what is changed, as it is on the screen; 0 of something new.
        note: that somebody else saved meanwhile.
        facts: what the page shows beside the form.
    """

    heading: str
    form: Any
    save: str
    back_href: str
    back_label: str
    intro: str = ""
    version: int = 0
    note: str = ""
    facts: Any = None


def posted(request: HttpRequest) -> Any:
    """Return what was sent with a form; ``None`` where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def sent_version(request: HttpRequest) -> int:
    """Read the version that was on the screen; 0 where it says none."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


def tell(form: Any, refusal: Refused) -> None:
    """Say in a form why it is not saved, at the field it is about."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def answer(
    request: HttpRequest,
    page: FormPage,
    *,
    save: Callable[[], str],
    template: str = "outreach/form.html",
) -> HttpResponse:
    """Show a form, or save what was typed; ``save`` stores it and says where to go."""
    if request.method != "POST":
        return render(request, template, {"page": page})
    status = 422
    page = replace(page, version=sent_version(request))
    if page.form.is_valid():
        try:
            return HttpResponseRedirect(save())
        except Refused as refusal:
            tell(page.form, refusal)
        except ChangedMeanwhile as no:
            status = 409
            page = replace(page, note=str(MEANWHILE), version=getattr(no.current, "version", 0))
    return render(request, template, {"page": page}, status=status)
