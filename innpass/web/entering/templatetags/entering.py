"""Links into the forms, drawn only for those who may open them."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from innpass.domain.access.roles import Actor
from innpass.web.entering.assembling import form_href
from innpass.web.entering.forms import FORMS, NEW_PERSON, may_open

register = template.Library()


def _actor(context: Any) -> Actor | None:
    return getattr(context.get("request"), "actor", None)


@register.simple_tag(takes_context=True)
def edit_link(context: Any, pk: UUID, slug: str) -> SafeString:
    """Link to a form of a person (a slug of ``FORMS``), or nothing for who may not open it."""
    actor = _actor(context)
    if actor is None or not may_open(FORMS[slug], actor):
        return SafeString("")
    return format_html(
        '<a class="ds-link edit-link" href="{}">{}<span class="ds-sr-only"> {}</span></a>',
        form_href(pk, FORMS[slug]),
        _("Endre"),
        str(FORMS[slug].title).lower(),
    )


@register.simple_tag(takes_context=True)
def edit_button(context: Any, pk: UUID) -> SafeString:
    """Link to the first form of a person that the viewer may open, as a button; or nothing."""
    actor = _actor(context)
    form = next((form for form in FORMS.values() if actor and may_open(form, actor)), None)
    if form is None:
        return SafeString("")
    return format_html(
        '<a class="ds-button" data-variant="secondary" href="{}">{}</a>',
        form_href(pk, form),
        _("Endre"),
    )


@register.simple_tag(takes_context=True)
def new_person_link(context: Any) -> SafeString:
    """Link to the form of a new person, or nothing for who may not add one."""
    actor = _actor(context)
    if actor is None or not may_open(NEW_PERSON, actor):
        return SafeString("")
    return format_html(
        '<a class="ds-button" data-variant="secondary" href="{}">{}</a>',
        reverse("entering:new_person"),
        _("Ny deltaker"),
    )
