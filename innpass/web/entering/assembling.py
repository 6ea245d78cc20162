"""Filling the forms with what holds, cut to what the viewer may read and write."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.reconciliation.cards import stored_cards, value_of
from innpass.casework.reconciliation.details import Detail
from innpass.casework.reconciliation.duplicates import people_alike
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.linking.sentences import sentence
from innpass.domain.sheets.records import TableKind, Value
from innpass.web.design.pages import Link
from innpass.web.design.words import capitalised, in_words, source_name
from innpass.web.entering import pages
from innpass.web.entering.clashing import overlaps_another
from innpass.web.entering.controls import Control, control
from innpass.web.entering.forms import (
    FORMS,
    NEW_PERSON,
    PARTS,
    Form,
    may_open,
    shown,
    writable,
)
from innpass.web.entering.suggestions import suggestions_for

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant


def person_controls(form: Form, person: "Participant", *, actor: Actor, on: date) -> list[Control]:
    """Return the controls of a part with what holds of a person."""
    card = stored_cards([person])[person.pk]
    return _controls(form, {name: value_of(card, name) for name in form.fields}, actor=actor, on=on)


def detail_controls(form: Form, detail: Detail | None, *, actor: Actor, on: date) -> list[Control]:
    """Return the controls of a period or test, empty for a new one."""
    return _controls(form, detail.values if detail else {}, actor=actor, on=on)


def new_controls(*, actor: Actor, on: date) -> list[Control]:
    """Return the empty controls of a new person: what the actor may write."""
    found = _controls(NEW_PERSON, {}, actor=actor, on=on)
    return [each for each in found if each.is_writable]


def _controls(form: Form, values: Mapping[str, Any], *, actor: Actor, on: date) -> list[Control]:
    mine = writable(form, actor)
    suggested = suggestions_for(mine, actor=actor, on=on)
    return [
        control(
            name,
            values.get(name),
            is_writable=name in mine,
            is_required=name in form.required,
            suggestions=suggested.get(name, ()),
        )
        for name in shown(form, actor)
    ]


def sections_of(form: Form, controls: Sequence[Control]) -> tuple[pages.Fields, ...]:
    """Put controls under the form's headings; a section of nothing is left out."""
    by_name = {each.name: each for each in controls}
    found = (
        pages.Fields(
            str(section.heading),
            tuple(by_name[name] for name in section.fields if name in by_name),
        )
        for section in form.sections
    )
    return tuple(section for section in found if section.controls)


def person_of(person: "Participant") -> pages.Person:
    """Return whom a form is about."""
    return pages.Person(
        person.name, reverse("participant:participant", args=[person.pk]), person.pk
    )


def trail_to(person: "Participant | None", *links: Link, list_href: str) -> tuple[Link, ...]:
    """Return the way from the list to a form."""
    first = Link(_("Deltakere"), list_href)
    if person is None:
        return (first, *links)
    return (first, Link(person.name, person_of(person).href), *links)


def forms_for(person: "Participant", *, actor: Actor, current: str) -> tuple[Link, ...]:
    """Return the person's forms that the actor may open; the current one leads nowhere."""
    return tuple(
        Link(str(form.title), "" if form.slug == current else form_href(person.pk, form))
        for form in FORMS.values()
        if may_open(form, actor)
    )


def form_href(pk: UUID, form: Form) -> str:
    """Return where a part, or the list of periods of a kind, is."""
    name = "entering:part" if form.slug in PARTS else "entering:details"
    return reverse(name, args=[pk, form.slug])


def detail_href(pk: UUID, form: Form, detail: Detail) -> str:
    """Return where one period or test is corrected."""
    if detail.group is None:
        return reverse("entering:detail", args=[pk, form.slug, detail.row])
    return reverse("entering:detail", args=[pk, form.slug, detail.row, detail.group])


def list_page(
    person: "Participant",
    form: Form,
    details: Sequence[Detail],
    *,
    actor: Actor,
    on: date,
    list_href: str,
) -> pages.ListPage:
    """Return the list of a person's periods or tests of a kind."""
    may = frozenset(shown(form, actor))
    return pages.ListPage(
        person=person_of(person),
        title=str(form.title),
        trail=trail_to(person, Link(str(form.title)), list_href=list_href),
        lines=tuple(_line(person, form, each, details, may=may, on=on) for each in details),
        empty=str(form.empty),
        add=str(form.add),
        add_href=reverse("entering:add", args=[person.pk, form.slug]),
        forms=forms_for(person, actor=actor, current=form.slug),
    )


_DAYS = {
    TableKind.PLACEMENT: ("placement.first_day", "placement.last_day"),
    TableKind.ACTIVITY: ("activity.first_day", "activity.last_day"),
    TableKind.LEAVE: ("leave.first_day", "leave.last_day"),
    TableKind.ABSENCE: ("absence.first_day", "absence.last_day"),
    TableKind.DECISION: ("decision.day",),
    TableKind.TEST: ("test.date",),
}
_TITLES = {
    TableKind.PLACEMENT: "placement.unit",
    TableKind.ACTIVITY: "activity.kind",
    TableKind.LEAVE: "leave.kind",
    TableKind.ABSENCE: "absence.kind",
    TableKind.DECISION: "decision.kind",
    TableKind.TEST: "test.goal",
}


def _line(
    person: "Participant",
    form: Form,
    detail: Detail,
    details: Sequence[Detail],
    *,
    may: Collection[str],
    on: date,
) -> pages.Line:
    kind = form.kind
    if kind is None:
        raise ValueError(f"{form.slug} has no periods")
    values = {name: value for name, value in detail.values.items() if name in may}
    days = [values.get(name) for name in _DAYS[kind]]
    title = in_words(_TITLES[kind], values.get(_TITLES[kind]))
    return pages.Line(
        title=capitalised(_title(kind, title)),
        when=" – ".join(in_words(_DAYS[kind][0], day) for day in days),
        more=(
            *_lacking(kind, detail, may=may),
            *_overlapping(kind, detail, details, may=may),
            *_more(kind, values),
        ),
        source=source_name(str(detail.owner)),
        href=detail_href(person.pk, form, detail),
        is_current=_is_current(days, on) and len(_DAYS[kind]) > 1,
    )


def _title(kind: TableKind, title: str) -> str:
    if kind is TableKind.TEST:
        return _("Mål %s") % title if title else _("Norskprøve")
    if kind is TableKind.LEAVE:
        return title or _("Permisjon")
    if kind is TableKind.ABSENCE:
        return title or _("Fravær")
    if kind is TableKind.DECISION:
        return title or _("Vedtak")
    return title or _("Ukjent sted")


def _lacking(kind: TableKind, detail: Detail, *, may: Collection[str]) -> tuple[str, ...]:
    """Say that nobody told the kind, to those who would read it; the law goes by it."""
    name = _TITLES[kind]
    if kind not in (TableKind.LEAVE, TableKind.ABSENCE) or name not in may:
        return ()
    if detail.values.get(name):
        return ()
    return (_("Slag mangler: uten det kan ingen si om dagene forlenger programmet"),)


def _overlapping(
    kind: TableKind, detail: Detail, details: Sequence[Detail], *, may: Collection[str]
) -> tuple[str, ...]:
    """Say that a file tells of days that are told of already; the form takes no such days."""
    if not set(_DAYS[kind]) <= set(may) or not overlaps_another(detail, details, kind):
        return ()
    return (_("Overlapper en annen periode i listen: dagene regnes én gang"),)


def _more(kind: TableKind, values: Mapping[str, Value]) -> tuple[str, ...]:
    found = []
    hours = values.get(f"{kind}.hours_per_week")
    if hours is not None:
        found.append(_("%s timer i uken") % in_words(f"{kind}.hours_per_week", hours))
    if kind is TableKind.PLACEMENT:
        found += [
            capitalised(in_words(name, values[name]))
            for name in ("placement.kind", "placement.area")
            if values.get(name)
        ]
        if values.get("placement.extended"):
            found.append(_("Forlenget"))
        for name, label in (
            ("placement.evaluation_visit", _("besøk %s")),
            ("placement.contract", _("kontrakt fra %s")),
        ):
            if values.get(name):
                found.append(capitalised(label % in_words(name, values[name])))
    if values.get("leave.reason"):
        found.append(capitalised(in_words("leave.reason", values["leave.reason"])))
    if kind is TableKind.DECISION:
        found += [
            label % in_words(name, values[name])
            for name, label in (
                ("decision.first_day", _("Gjelder fra %s")),
                ("decision.last_day", _("Gjelder til %s")),
            )
            if values.get(name)
        ]
    if kind is TableKind.TEST and values.get("test.reached") is not None:
        found.append(_("Mål nådd") if values["test.reached"] else _("Mål ikke nådd"))
    return tuple(found)


def _is_current(days: Sequence[Any], on: date) -> bool:
    first, last = (*days, None)[:2]
    return bool(first and first <= on and (last is None or last >= on))


def alike_people(
    values: Mapping[str, Value], *, actor: Actor, rejected: Collection[UUID]
) -> tuple[tuple[pages.AlikePerson, ...], dict[UUID, UUID]]:
    """Return who a new person may already be, and a row of each, by participant."""
    found = people_alike(values, by=actor)
    may = readable(actor)
    people = tuple(
        pages.AlikePerson(
            id=each.participant.pk,
            name=each.participant.name,
            href=reverse("participant:participant", args=[each.participant.pk]),
            birth_date=each.participant.birth_date if "birth_date" in may else None,
            country=each.participant.country if "country" in may else "",
            reasons=tuple(sentence(reason) for reason in each.reasons),
            numbers=each.numbers,
            is_rejected=each.participant.pk in rejected,
        )
        for each in found
    )
    return people, {each.participant.pk: each.row for each in found}


def with_holders(controls: Sequence[Control], barred: Collection[str], said: str) -> list[Control]:
    """Say beside the numbers that cannot be used that they cannot."""
    return [replace(each, problem=said) if each.name in barred else each for each in controls]
