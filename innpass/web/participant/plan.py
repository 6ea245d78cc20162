"""The integration plan as a card on the person's page."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.plans.queries import versions_of
from innpass.casework.plans.services import lacks
from innpass.domain.access.policy import may_write, readable
from innpass.domain.access.roles import Actor
from innpass.web.design.plan_words import (
    LABELS,
    access_field,
    element_in_words,
    is_late,
    lacks_in_words,
    value_in_words,
)
from innpass.web.participant.pages import Plan

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

_SHOWN = ("end_goal", "occupation", "long_term_goal", "length_months")


def plan_of(person: "Participant", *, actor: Actor, on: date) -> Plan:
    """Return the card: the plan in force, when it is reviewed, and what it lacks. Two queries."""
    may = readable(actor)
    versions = versions_of(person)
    href = reverse("entering:plan", args=[person.pk])
    # One written for somebody who turned out to be this person cannot be continued.
    is_begun = any(each.is_draft and not each.is_of_another for each in versions)
    has_draft = is_begun and may_write(actor, "plan.content")
    version = next((each for each in versions if each.is_in_force), None)
    if version is None:
        return Plan(href, has_draft=has_draft)
    plan = version.plan
    lines = (
        (str(LABELS[name]), value_in_words(name, getattr(plan, name)))
        for name in _SHOWN
        if access_field(name) in may
    )
    reads_content = "plan.content" in may
    return Plan(
        href=href,
        title=_("Plan %(number)s") % {"number": plan.number},
        agreed_on=plan.agreed_on,
        review_on=plan.review_on,
        is_late=is_late(plan.review_on, plan.last_day, on=on),
        lines=tuple((label, value) for label, value in lines if value),
        elements=tuple(": ".join(filter(None, element_in_words(e))) for e in version.elements)
        if reads_content
        else (),
        lacks=lacks_in_words(lacks(version)) if reads_content else (),
        has_draft=has_draft,
    )
