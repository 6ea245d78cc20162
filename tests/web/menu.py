"""What the menu of an answered page says."""

from typing import Any


def waits(answer: Any, address: str) -> int:
    """Return how many things the menu counts behind an entry."""
    (number,) = (
        entry.waits.number
        for entry in answer.context["chrome"].menu
        if entry.address == address and entry.waits
    )
    return int(number)
