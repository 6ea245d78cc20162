"""Filling a participant's history, cut to what the viewer may read."""

from collections.abc import Iterable
from datetime import date, time
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.accounts.queries import names_of
from innpass.casework.participants.history import (
    IMPORT,
    Event,
    FieldChange,
    history_of,
    in_time,
    readings_about,
)
from innpass.casework.participants.queries import Participant
from innpass.domain.access.fields import FIELDS, access_name
from innpass.domain.access.policy import (
    may_import,
    may_see_access_log,
    may_undo_link,
    may_write,
    readable,
)
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import plain
from innpass.web.design.pages import Link, paging
from innpass.web.design.templatetags.design import moment
from innpass.web.design.words import capitalised, code_in_words, field_label
from innpass.web.history import pages
from innpass.web.history.planned import INTAKE, PLAN, TIMETABLE, events_of_plans

PAGE_SIZE = 25
_KEPT_ALONE = "undo"  # what was entered when an import was undone: without it nobody knows who

HEADINGS = {
    IMPORT: gettext_lazy("Importert"),
    "cell": gettext_lazy("Endret i oversikten"),
    "form": gettext_lazy("Ført i et skjema"),
    "paste": gettext_lazy("Limt inn"),
    "bulk": gettext_lazy("Endret for flere på én gang"),
    "answer": gettext_lazy("Svar på et spørsmål"),
    "sheet": gettext_lazy("Endret i et eksportert regneark"),
    "join": gettext_lazy("Slått sammen med en annen"),
    "part": gettext_lazy("Skilt fra en annen"),
    "settle": gettext_lazy("Avgjort uenighet"),
    PLAN: gettext_lazy("Integreringsplan"),
    TIMETABLE: gettext_lazy("Timeplan"),
    INTAKE: gettext_lazy("Inntak"),
    _KEPT_ALONE: gettext_lazy("Beholdt da en import ble angret"),
}
_DECISIONS = {
    "same_as": gettext_lazy("Rader gjelder samme person."),
    "not_same": gettext_lazy("Rader gjelder to forskjellige personer."),
    "new_person": gettext_lazy("Raden gjelder en person for seg."),
    "wrong_number": gettext_lazy("Nummeret i raden er ikke denne personens."),
}
_PAGES = {
    "participant": gettext_lazy("Deltakersiden"),
    "rules": gettext_lazy("Reglene for deltakeren"),
    "course": gettext_lazy("Norskmodellen"),
    "history": gettext_lazy("Historikken"),
    "readings": gettext_lazy("Innsynsloggen"),
    "reveal_identifier": gettext_lazy("Viste et nummer"),
    "attendance": gettext_lazy("Oppmøtet"),
    "calendar": gettext_lazy("Kalenderen"),
    "matching": gettext_lazy("Matching"),
    "work_profile": gettext_lazy("Yrkesprofilen"),
    "cv": gettext_lazy("CV og samtykke"),
    "presentation": gettext_lazy("Presentasjonen for en arbeidsgiver"),
    "calendar_file": gettext_lazy("Kalenderen, lastet ned"),
    "week_on_paper": gettext_lazy("Uka for utskrift"),
    "week_as_pdf": gettext_lazy("Uka som PDF"),
    "disagreement": gettext_lazy("En uenighet"),
    "join": gettext_lazy("Slå sammen"),
    "export": gettext_lazy("Tatt ut i en fil"),
    "part": gettext_lazy("Skill fra hverandre"),
}


def _page_in_words(page: str) -> str:
    """Name a page that was opened; each of the forms is one of ``web.entering``."""
    if page.startswith("entering_"):
        return _("Et skjema for å endre")
    return str(_PAGES.get(page, page))


def history_page(
    person: Participant, *, actor: Actor, field: str, number: int, list_href: str
) -> pages.HistoryPage:
    """Return one page of the history; ``field`` as the access table names it, or empty."""
    may = readable(actor)
    planned = events_of_plans(person, actor=actor)
    every = in_time([*history_of(person, readable=may), *planned])
    known = {access_name(plain(c.field)) for event in every for c in event.changes}
    chosen = field if field in known else ""
    events = every
    if chosen:
        own = (e for e in planned if any(access_name(c.field) == chosen for c in e.changes))
        events = in_time([*history_of(person, readable=may, field=chosen), *own])
    here = reverse("history:history", args=[person.pk])

    def address(page: int) -> str:
        query = {"felt": chosen} if chosen else {}
        asked = urlencode(query | ({"side": page} if page > 1 else {}))
        return f"{here}?{asked}" if asked else here

    pager = paging(number=number, size=PAGE_SIZE, total=len(events), href=address)
    start = max(pager.first - 1, 0)
    return pages.HistoryPage(
        id=person.pk,
        name=person.name,
        href=reverse("participant:participant", args=[person.pk]),
        list_href=list_href,
        events=tuple(_event(each, actor) for each in events[start : start + PAGE_SIZE]),
        fields=tuple(
            pages.FieldChoice(key, capitalised(FIELDS[key].label), key == chosen)
            for key in FIELDS
            if key in known
        ),
        paging=pager,
        field=FIELDS[chosen].label if chosen else "",
        readings_href=reverse("history:readings", args=[person.pk])
        if may_see_access_log(actor)
        else "",
        acts=tuple(_acts(person, actor)),
    )


def _acts(person: Participant, actor: Actor) -> Iterable[Link]:
    if may_undo_link(actor):
        yield Link(_("Slå sammen med en annen"), reverse("joining:join", args=[person.pk]))
        yield Link(_("Skill ut rader"), reverse("joining:part", args=[person.pk]))


def may_be_taken_back(event: Event, *, actor: Actor) -> bool:
    """Say whether the actor may take an act back, as far as this person's history tells."""
    if event.act is None or event.undone_at is not None or event.way == _KEPT_ALONE:
        return False
    fields = {access_name(plain(change.field)) for change in event.changes}
    return all(may_write(actor, name) for name in fields) and (
        not event.decisions or may_undo_link(actor)
    )


def _event(event: Event, actor: Actor) -> pages.Event:
    is_import = event.way == IMPORT
    changes = [(each, _change(each, is_import)) for each in event.changes]
    apart = is_import and any(each.is_first for each in event.changes)
    return pages.Event(
        at=event.at,
        heading=str(HEADINGS.get(event.way, event.way)),
        by=event.by or ("" if event.way in (PLAN, INTAKE) else _("Kommandolinjen")),
        is_day=event.way in (PLAN, INTAKE) and localtime(event.at).time() == time(),
        source=", ".join(event.files),
        href=reverse("imports:batch", args=[event.batch])
        if event.batch and may_import(actor)
        else "",
        reason=event.reason,
        changes=tuple(shown for each, shown in changes if not (apart and each.is_first)),
        first_values=tuple(shown for each, shown in changes if apart and each.is_first),
        said=tuple(str(_DECISIONS[kind]) for kind in event.decisions if kind in _DECISIONS),
        undone=_undone(event),
        act=event.act if may_be_taken_back(event, actor=actor) else None,
    )


def _change(change: FieldChange, is_import: bool) -> pages.Change:
    label = capitalised(field_label(change.field))
    if change.is_withdrawn and is_import:
        return pages.Change(label, note=_("Står ikke lenger i arket. Personen blir værende."))
    if change.is_withdrawn:
        return pages.Change(label, note=_("Raden teller ikke lenger."))
    return pages.Change(
        label,
        before=code_in_words(change.field, change.before),
        after=code_in_words(change.field, change.after),
    )


def _undone(event: Event) -> str:
    if event.undone_at is None:
        return ""
    values = {
        "by": event.undone_by or _("kommandolinjen"),
        "at": moment(event.undone_at),
        "why": event.undone_because,
    }
    if event.way == IMPORT and event.undone_because:
        return _("Angret av %(by)s %(at)s: %(why)s") % values
    if event.way == IMPORT:
        return _("Angret av %(by)s %(at)s") % values
    return _("Tatt tilbake av %(by)s %(at)s") % values


def readings_page(
    person: Participant, *, number: int, list_href: str, on: date
) -> pages.ReadingsPage:
    """Return one page of who has opened the person's pages."""
    readings = readings_about(person)
    here = reverse("history:readings", args=[person.pk])
    pager = paging(
        number=number,
        size=PAGE_SIZE,
        total=len(readings),
        href=lambda page: f"{here}?side={page}" if page > 1 else here,
    )
    start = max(pager.first - 1, 0)
    some = readings[start : start + PAGE_SIZE]
    names = names_of({each.by for each in some if each.by})
    return pages.ReadingsPage(
        name=person.name,
        href=reverse("participant:participant", args=[person.pk]),
        list_href=list_href,
        readings=tuple(
            pages.Reading(
                at=each.at,
                by=names.get(each.by, _("Kommandolinjen")) if each.by else _("Kommandolinjen"),
                page=_page_in_words(each.page),
                purpose=each.purpose,
            )
            for each in some
        ),
        paging=pager,
    )
