"""The pages of what weeks are planned of, as tabs, for those who may open them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from innpass.domain.access.policy import Act, may
from innpass.domain.access.roles import Actor
from innpass.web.design.pages import Tab

_PAGES = (
    ("groups", gettext_lazy("Grupper"), None),
    ("workplaces", gettext_lazy("Arbeidssteder"), None),
    ("rooms", gettext_lazy("Rom"), Act.KEEP_GROUPS),
    ("breaks", gettext_lazy("Skoleferier"), Act.KEEP_GROUPS),
    ("places", gettext_lazy("Steder og reisetid"), Act.KEEP_WORKPLACES),
    ("rules", gettext_lazy("Regler for planlegging"), Act.KEEP_WORKPLACES),
)


def tabs_for(actor: Actor, current: str) -> tuple[Tab, ...]:
    """Return the tabs of somebody; ``current`` is the URL's name."""
    return tuple(
        Tab(str(name), reverse(f"teaching:{page}"), page == current)
        for page, name, act in _PAGES
        if act is None or may(actor, act)
    )
