"""What is new in a version of an agreement, against the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from innpass.casework.agreements.models import AgreementVersion

# In the order in which they are read.
COMPARED = (
    *("place_name", "first_day", "last_day", "days", "minutes_per_week", "tasks", "goals"),
    *("goal_text", "follow_up", "contacts", "has_second_signer"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a version with its value before and after."""

    name: str
    before: Any
    after: Any


def differences(versions: Sequence[AgreementVersion]) -> dict[int, tuple[Difference, ...]]:
    """Return what is new in each version against the one in force before it, by number.

    Args:
        versions: of one case, in any order; what was put away unsigned is compared with nothing.
    """
    found: dict[int, tuple[Difference, ...]] = {}
    before: AgreementVersion | None = None
    for version in sorted(versions, key=lambda each: each.number):
        if before is not None and version.discarded_at is None:
            found[version.number] = tuple(_between(before, version))
        if version.in_force_at is not None:
            before = version
    return found


def _between(before: AgreementVersion, after: AgreementVersion) -> list[Difference]:
    return [
        Difference(name, getattr(before, name), getattr(after, name))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    ]
