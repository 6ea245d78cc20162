"""Reading placements."""

from innpass.casework.placements.models import Placement


def area_of(placement: Placement) -> str:
    """Return the service area of a placement: its own, else that of its employer."""
    return placement.area or (placement.employer.area if placement.employer else "")
