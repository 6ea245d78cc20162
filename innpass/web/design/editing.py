"""How forms of several parts are shown, refused and saved: nothing typed is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.timetable.keeping import CannotKeep, Fault
from innpass.web.design.pages import Tab


@dataclass(frozen=True, slots=True)
class Problem:
    """What must be put right, and the id of the field; empty where it is about the whole."""

    href: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form, with what stands around it.

    Attributes:
        version: of what is changed, as it is on the screen.
        note: that somebody else saved meanwhile.
        facts: what the page shows beside the form.
    """

    title: str
    lead: str
    back_href: str
    back: str
    form: Any = None
    version: int = 0
    tabs: tuple[Tab, ...] = ()
    problems: tuple[Problem, ...] = ()
    note: str = ""
    facts: Any = None


def answer(
    request: HttpRequest,
    template: str,
    page: EditPage,
    *,
    parts: Sequence[Form],
    is_valid: Callable[[], bool],
    save: Callable[[], str],
    rows: Callable[[], Sequence[Form]] = tuple,
    tells: bool = True,
) -> HttpResponse:
    """Show a form, draw it with more rows, or save what was typed; nothing typed is lost.

    Args:
        parts: the forms that the page is made of, in its order.
        save: stores what was typed and says where to go.
        rows: those that ``Fault.place`` counts.
        tells: whether it says that it is saved; where not, ``save`` does, once.
    """
    if request.method != "POST":
        return render(request, template, {"page": page})
    page = replace(page, version=expected(request))
    if request.POST.get("act") == "more":
        for part in parts:  # nobody has tried to save it yet
            part._errors = ErrorDict()  # type: ignore[attr-defined]
        return render(request, template, {"page": page})
    status = 422
    if is_valid():
        try:
            href = save()
        except CannotKeep as no:
            _tell(parts[0] if parts else None, rows(), no.faults)
        except ChangedMeanwhile as no:
            status = 409
            page = replace(page, note=_CHANGED, version=getattr(no.current, "version", 0))
        else:
            if tells:
                messages.success(request, _("Lagret."))
            return HttpResponseRedirect(href)
    page = replace(page, problems=problems_in(parts))
    return render(request, template, {"page": page}, status=status)


def answer_from_a_day(
    request: HttpRequest,
    template: str,
    page: EditPage,
    *,
    made: Callable[..., Form],
    now: Mapping[str, Any],
    on: date,
    keep: Callable[..., object],
    then: str,
) -> HttpResponse:
    """Show, refuse or save what the municipality goes by from a day on.

    Args:
        page: what stands around the form, which is made here.
        made: the form; it has a field ``first_day``, and one for each name in ``now``.
        now: what holds on the day, by name of the field.
        keep: stores the fields of the form, which it takes by name.
        then: where to go.
    """
    form = made(posted(request), initial={**now, "first_day": f"{on:%d.%m.%Y}"})

    def save() -> str:
        keep(**form.cleaned_data)
        return then

    page = replace(page, form=form)
    return answer(request, template, page, parts=[form], is_valid=form.is_valid, save=save)


def expected(request: HttpRequest) -> int:
    """Return the version that was on the screen; 0 where none can be read."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def posted(request: HttpRequest) -> Any:
    """Return what was sent with a form; ``None`` where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def problems_in(parts: Iterable[Form]) -> tuple[Problem, ...]:
    """List what must be put right, in the order of the page; nothing is said twice."""
    found = []
    for part in parts:
        if not part.is_bound or part._errors is None:  # type: ignore[attr-defined]
            continue
        found += [Problem("", "", str(error)) for error in part.non_field_errors()]
        for bound in part:
            href = f"#{bound.id_for_label or bound.auto_id}"
            label = ", ".join(filter(None, (getattr(part, "called", ""), str(bound.label))))
            found += [Problem(href, label, str(error)) for error in bound.errors]
    return tuple(dict.fromkeys(found))


_CHANGED = (
    "Noen andre lagret dette mens du skrev. Det du skrev, står her fortsatt. Se først hva den "
    "andre lagret. Lagrer du igjen, gjelder det som står her."
)


def _tell(first: Form | None, rows: Sequence[Form], faults: Iterable[Fault]) -> None:
    for fault in faults:
        number, _dot, name = fault.place.rpartition(".")
        form = rows[int(number)] if number and int(number) < len(rows) else first
        if form is not None:
            form.add_error(name if name in form.fields else None, fault.text)
