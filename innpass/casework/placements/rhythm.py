"""The municipality's own rhythm of visits and contact, by day: one for all who ask."""

from datetime import date

from innpass.casework.placements.models import VisitRhythm
from innpass.domain.following.visits import Rhythm
from innpass.domain.journey.rules import OwnRules

USUAL = Rhythm()


def rhythm_on(on: date) -> Rhythm:
    """Return the rhythm that holds on a day: the municipality's own, else the usual. One query."""
    found = VisitRhythm.objects.filter(holds_from__lte=on).order_by("-holds_from").first()
    return found.rhythm if found else USUAL


def rhythms() -> list[VisitRhythm]:
    """Return all that were set, the latest first, with who set them."""
    return list(VisitRhythm.objects.select_related("set_by").order_by("-holds_from"))


def own_rules() -> tuple[OwnRules, ...]:
    """Return what the journey asks of the rhythms, in the order of their days. One query."""
    rows = VisitRhythm.objects.order_by("holds_from")
    return tuple(
        OwnRules(*each) for each in rows.values_list("holds_from", "first_after", "without_contact")
    )
