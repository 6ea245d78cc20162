"""Reading placements."""

from innpass.casework.placements.models import Placement


def area_of(placement: Placement) -> str:
    """Return the service area of a placement: its own, else that of its employer."""
    own = str(getattr(placement, "area", ""))
    return own or (placement.employer.area if placement.employer else "")
