"""Filling the page of the integration plan, cut to what the viewer may read."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.plans.queries import Version, version_with, versions_of
from innpass.casework.plans.services import lacks
from innpass.domain.access.policy import may_write, readable
from innpass.domain.access.roles import Actor
from innpass.web.design.pages import Link
from innpass.web.design.plan_words import (
    LABELS,
    access_field,
    disagreements_in_words,
    element_in_words,
    is_late,
    lacks_in_words,
    value_in_words,
)
from innpass.web.design.templatetags.design import day
from innpass.web.entering.assembling import person_of, trail_to
from innpass.web.entering.plan_controls import SECTIONS
from innpass.web.entering.plan_pages import (
    PlanElement,
    PlanPage,
    PlanRow,
    PlanSection,
    VersionLine,
)

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant
    from innpass.casework.plans.models import PlanElement as StoredElement


def plan_page(
    person: "Participant",
    *,
    actor: Actor,
    on: date,
    list_href: str,
    shown: str = "",
    against: str = "",
    refusal: str = "",
    agree_day: str = "",
) -> PlanPage:
    """Return the page.

    Args:
        shown: the id of the version to show; the one in force, else the latest, where empty.
        against: the id of the version to compare it with; the one before it where empty.
    """
    may = readable(actor)
    writes = may_write(actor, "plan.content")
    versions = [each for each in versions_of(person) if writes or not each.is_draft]
    href = reverse("entering:plan", args=[person.pk])
    title = _("Integreringsplan")
    page = PlanPage(
        person=person_of(person),
        trail=trail_to(person, Link(title), list_href=list_href),
        may_write=writes,
    )
    in_force = next((each for each in versions if each.is_in_force), None)
    version = version_with(versions, shown) or in_force or next(iter(versions), None)
    if version is None:
        return page
    agreed = [each for each in versions if not each.is_draft]
    others = [each for each in agreed if each is not version]
    other = version_with(others, against) or _before(version, agreed)
    plan = version.plan
    draft = next((each for each in versions if each.is_draft and not each.is_of_another), None)
    is_own_draft = version.is_draft and not version.is_of_another
    is_judged = is_own_draft or version.is_in_force
    reads = "plan.content" in may
    lacking = lacks(version) if is_judged else ()
    return PlanPage(
        person=page.person,
        trail=page.trail,
        versions=tuple(_line(each, href, version) for each in versions),
        title=_name(version),
        status=_status(version),
        note=_note(version),
        sections=_sections(version, other, may),
        elements=_elements(version, other) if reads else (),
        lacks=lacks_in_words(lacking) if reads else (),
        warnings=disagreements_in_words(version) if is_judged and reads else (),
        compare=tuple(_line(each, href, other) for each in others),
        compared=_name(other) if other else "",
        shown=str(plan.pk),
        is_draft=is_own_draft,
        may_discard=writes and version.is_draft,
        is_in_force=version.is_in_force,
        may_write=writes,
        draft_href=reverse("entering:plan_form", args=[person.pk]) if draft else "",
        version=plan.version,
        agree_day=agree_day or f"{on:%d.%m.%Y}",
        refusal=refusal,
        review_on=plan.review_on if version.is_in_force else None,
        is_late=version.is_in_force and is_late(plan.review_on, plan.last_day, on=on),
    )


def _before(version: Version, agreed: Sequence[Version]) -> Version | None:
    """Return the version that was in force when this one took its place."""
    if version.is_draft:
        return agreed[0] if agreed else None
    place = agreed.index(version)
    return agreed[place + 1] if place + 1 < len(agreed) else None


def _name(version: Version) -> str:
    kind = _("Kladd til plan %(number)s") if version.is_draft else _("Plan %(number)s")
    return kind % {"number": version.plan.number}


def _status(version: Version) -> str:
    if version.is_draft:
        return _("Kladd")
    return _("Gjelder nå") if version.is_in_force else _("Erstattet")


def _note(version: Version) -> str:
    said = []
    if version.plan.agreed_on:
        by = version.plan.agreed_by
        said.append(
            _("Avtalt %(day)s av %(who)s") % {"day": day(version.plan.agreed_on), "who": by}
            if by
            else _("Avtalt %(day)s") % {"day": day(version.plan.agreed_on)}
        )
    if version.is_of_another:
        said.append(_("skrevet da deltakeren sto to ganger i Innpass"))
    return ", ".join(said)


def _line(version: Version, href: str, shown: Version | None) -> VersionLine:
    return VersionLine(
        id=str(version.plan.pk),
        title=_name(version),
        status=_status(version),
        note=_note(version),
        href=f"{href}?versjon={version.plan.pk}",
        is_shown=version is shown,
    )


def _sections(
    version: Version, other: Version | None, may: frozenset[str]
) -> tuple[PlanSection, ...]:
    found = []
    for heading, names in SECTIONS:
        rows = tuple(
            _row(name, version, other)
            for name in names
            if access_field(name) in may and (name != "reason" or version.plan.number > 1)
        )
        if rows:
            found.append(PlanSection(str(heading), rows))
    return tuple(found)


def _row(name: str, version: Version, other: Version | None) -> PlanRow:
    value = value_in_words(name, getattr(version.plan, name))
    before = None
    if other is not None and name not in ("made_on", "reason"):
        then = value_in_words(name, getattr(other.plan, name))
        before = then if then != value else None
    return PlanRow(str(LABELS[name]), value, before)


def _elements(version: Version, other: Version | None) -> tuple[PlanElement, ...]:
    """Return the elements, each beside the one of the same kind and name in the other version."""
    left = list(other.elements) if other else []
    paired: dict[int, StoredElement | None] = {}
    for same in (_is_same, _is_alike):
        for place, element in enumerate(version.elements):
            if paired.get(place):
                continue
            pair = next((each for each in left if same(each, element)), None)
            paired[place] = pair
            if pair is not None:
                left.remove(pair)
    found = []
    for place, element in enumerate(version.elements):
        title, when = element_in_words(element)
        then = paired[place]
        change, before = "", ""
        if other is not None and then is None:
            change = "new"
        elif then is not None and _told(then) != _told(element):
            change, before = "changed", _told(then)
        found.append(PlanElement(title, when, element.reason, change, before))
    for each in left:
        title, when = element_in_words(each)
        found.append(PlanElement(title, when, each.reason, "gone"))
    return tuple(found)


def _is_same(one: "StoredElement", other: "StoredElement") -> bool:
    return one.kind == other.kind and one.text == other.text


def _is_alike(one: "StoredElement", other: "StoredElement") -> bool:
    return one.kind == other.kind


def _told(element: "StoredElement") -> str:
    return ". ".join(part for part in (*element_in_words(element), element.reason) if part)
