"""What others have changed since one last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from innpass.casework.accounts.queries import users_named
from innpass.casework.overview.saved_views import views_of
from innpass.casework.overview.visits import (
    MOST_LISTED,
    Changed,
    changes_since,
    mark_all_seen,
    note_visit,
)
from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.policy import check_may_read
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.design.words import capitalised, field_label, in_words

_TABLES = {
    "placements": gettext_lazy("Praksis"),
    "elements": gettext_lazy("Aktiviteter og timer"),
    "tests": gettext_lazy("Norskprøver"),
}


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One change, in words; a table such as practice has no values of its own here."""

    label: str
    before: str
    after: str
    is_table: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """One person and what was changed, the latest first."""

    name: str
    href: str
    changes: tuple[ChangedValue, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The page ``overview/changes.html``; ``is_cut`` where only the latest are shown."""

    since: datetime | None
    people: tuple[ChangedPerson, ...]
    is_cut: bool
    back_href: str


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """List what others have changed since the last visit; or let it all be seen."""
    actor = actor_of(request)
    check_may_read(actor, "history")
    if request.method == "POST":
        mark_all_seen(actor, now=timezone.now())
        return HttpResponseRedirect(list_href(request))
    since = note_visit(views_of(actor).visit, actor=actor, now=timezone.now())
    found = changes_since(since, actor=actor)
    people = visible_participants(actor).filter(pk__in={each.participant for each in found})
    names = dict(people.values_list("pk", "name"))
    users = {user.pk: str(user) for user in users_named([c.by for c in found if c.by])}
    order = {pk: place for place, pk in enumerate(dict.fromkeys(c.participant for c in found))}
    by_person = groupby(
        sorted(found, key=lambda c: order[c.participant]), key=lambda c: c.participant
    )
    page = ChangesPage(
        since=since,
        people=tuple(
            ChangedPerson(
                name=names.get(pk, ""),
                href=reverse("participant:participant", args=[pk]),
                changes=tuple(_in_words(each, users) for each in some),
            )
            for pk, some in by_person
        ),
        is_cut=len(found) >= MOST_LISTED,
        back_href=list_href(request),
    )
    return render(request, "overview/changes.html", {"page": page})


def _in_words(change: Changed, users: Mapping[UUID, str]) -> ChangedValue:
    is_table = change.field in _TABLES
    label = str(_TABLES[change.field]) if is_table else capitalised(field_label(change.field))
    return ChangedValue(
        label=label,
        before=in_words(change.field, change.before) if not is_table else "",
        after=in_words(change.field, change.after) if not is_table else "",
        is_table=is_table,
        by=(users.get(change.by, "") if change.by else "") or _("ukjent"),
        at=change.at,
    )
