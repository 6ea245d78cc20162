"""A version of the integration plan as a document: what its page shows, for the participant."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from innpass.web.design.templatetags.design import day
from innpass.web.entering.plan_pages import PlanPage


def document(page: PlanPage, *, municipality: str, made_at: datetime) -> dict[str, Any]:
    """Return what the template ``plan`` of ``exchange.pdf`` asks for, without other versions."""
    return {
        "title": f"{_('Integreringsplan')}, {page.person.name}",
        "heading": _("Integreringsplan"),
        "name": page.person.name,
        "line": ". ".join(filter(None, (page.title, page.status, page.note, municipality))),
        "is_draft": page.is_draft,
        "draft": _("Kladd. Planen er ikke avtalt."),
        "sections": [
            {
                "title": section.heading,
                "rows": [[row.label, row.value or "–"] for row in section.rows],
            }
            for section in page.sections
        ],
        "elements": {
            "title": _("Elementer i programmet"),
            "empty": _("Planen har ingen elementer."),
            "lines": [
                {"title": each.title, "when": each.when, "reason": each.reason}
                for each in page.elements
                if each.change != "gone"
            ],
        },
        "signing": [_("Sted og dato"), _("Deltakeren"), _("Kommunen")],
        "footer": _("Skrevet ut av Innpass %s") % day(localtime(made_at).date()),
        "page_word": _("Side"),
    }
