"""The saved views above the list, and the one that was opened."""

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.overview.saved_views import may_change
from innpass.domain.access.roles import Actor
from innpass.web.overview.addresses import Address
from innpass.web.overview.pages import OpenedView, ViewLink


def links_to_views(address: Address, readable: frozenset[str]) -> tuple[ViewLink, ...]:
    """Return the whole list and every view the viewer may open; nothing where there is no view."""
    if not address.views.saved:
        return ()
    whole = ViewLink(
        _("Alle deltakere"),
        address.opening(None, readable).href(),
        is_current=address.opened is None,
    )
    return (
        whole,
        *(
            ViewLink(
                name=view.name,
                href=address.opening(view, readable).href(),
                is_current=view == address.opened,
                is_shared=bool(view.body),
            )
            for view in address.views.saved
        ),
    )


def opened_view(address: Address, readable: frozenset[str], actor: Actor) -> OpenedView | None:
    """Describe the view that was opened, and whether something else is shown now."""
    view = address.opened
    if view is None:
        return None
    if not address.differs(readable):
        return OpenedView(view.name)
    update = address.at(1).href().partition("?")[2]
    may = may_change(view, actor)
    return OpenedView(
        view.name,
        update_href=f"{reverse('overview:update_view', args=[view.pk])}?{update}" if may else "",
        restore_href=address.opening(view, readable).href(),
    )
