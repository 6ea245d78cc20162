"""Which track and level are suggested for somebody who starts. The teacher decides."""

from collections.abc import Collection
from dataclasses import dataclass

from innpass.domain.intake.reasons import Reason, reason

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
_SOME_NORWEGIAN = LEVELS.index("A2")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A track (spor) and a level (CEFR), as far as they can be told, and why."""

    track: int | None
    level: str
    reasons: tuple[Reason, ...]


def suggest(
    levels: Collection[str], *, upper_secondary: bool | None, track: int | None
) -> Suggestion:
    """Suggest by expected progress: what stands already, then schooling, then Norwegian.

    Args:
        levels: of the skills that are known; what is no level of ``LEVELS`` is passed over.
        upper_secondary: whether upper secondary school is completed; ``None``: not known.
        track: the track the person stands in already.

    Example:
        >>> found = suggest(["A2", "A1"], upper_secondary=True, track=None)
        >>> found.track, found.level, [one.code for one in found.reasons]
        (3, 'A1', ['place.upper_secondary', 'place.level'])
    """
    known = sorted({level for level in levels if level in LEVELS}, key=LEVELS.index)
    lowest = known[0] if known else ""
    chosen, why = _track(lowest, upper_secondary, track)
    of_level = reason("place.level", level=lowest) if lowest else reason("place.no_level")
    return Suggestion(chosen, lowest, (why, of_level))


def _track(
    lowest: str, upper_secondary: bool | None, track: int | None
) -> tuple[int | None, Reason]:
    if track is not None:
        return track, reason("place.keeps_track", track=track)
    if upper_secondary is None:
        return None, reason("place.unknown_schooling")
    if upper_secondary:
        return 3, reason("place.upper_secondary")
    if lowest and LEVELS.index(lowest) >= _SOME_NORWEGIAN:
        return 2, reason("place.some_norwegian", level=lowest)
    return 1, reason("place.begins")
