"""Finding the case that an address names, and refusing what may not be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from innpass.casework.agreements.queries import PlacementCase, Told, find_case, told_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.keeping import CannotKeep, Fault
from innpass.domain.access.roles import Actor

CHANGED = gettext_lazy(
    "Noen andre gjorde noe med praksisløpet mens du hadde siden oppe. Ingenting er lagret. Se hva "
    "som står nå, og prøv igjen."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A case with all that is told of it."""

    case: PlacementCase
    told: Told

    @property
    def name(self) -> str:
        """The participant's name."""
        return owner_of(self.case.participant).name

    @property
    def href(self) -> str:
        """Where the case is shown."""
        return reverse("agreements:case", args=[self.case.pk])


def open_case(request: HttpRequest, pk: UUID, *, actor: Actor, page: str = "") -> Found | None:
    """Return the case of an address and note the reading; ``None`` where there is none to see.

    Args:
        page: as the log names it; empty where what is given notes it itself.
    """
    case = find_case(pk, actor=actor)
    if case is None:
        return None
    if page and request.method == "GET":  # what is posted comes from a page whose opening was noted
        note_reading(participant=owner_of(case.participant), page=page, by=actor)
    return Found(case, told_of([case])[case.pk])


def not_found(request: HttpRequest) -> HttpResponse:
    """Say that there is no such case that one may see."""
    return render(request, "agreements/not_found.html", {"page": None}, status=404)


def kept(
    save: Callable[[], str],
    *,
    fields: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> Callable[[], str]:
    """Let an act's refusals be told at the fields of the form that it came from.

    Args:
        names: what the form calls some of them.
    """
    called = names or {}

    def saved() -> str:
        try:
            return save()
        except Refused as no:
            told = [(called.get(each.field, each.field), each.text) for each in no.faults]
            raise CannotKeep(
                Fault(field if field in fields else "", text) for field, text in told
            ) from no

    return saved


def done_or_told(
    request: HttpRequest, act: Callable[[], object], *, href: str, said: str
) -> HttpResponse:
    """Do an act that has no form, and go on; what is refused is told as a message."""
    try:
        act()
    except Refused as no:
        for fault in no.faults:
            messages.warning(request, fault.text)
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, said)
    return HttpResponseRedirect(href)
