"""Being in touch, and how long nobody has been."""

from datetime import date
from enum import StrEnum

from innpass.domain.following.visits import Rhythm, Stay


class ContactWay(StrEnum):
    """How somebody was in touch."""

    PHONE = "phone"
    MESSAGE = "message"
    MEETING = "meeting"
    WORKPLACE = "workplace"  # at the workplace, without its being a visit to evaluate


def days_without_contact(stay: Stay, *, last_contact: date | None, on: date) -> int:
    """Count the days since somebody was last in touch, or since the first day where that is later.

    Whoever has just begun is not late because nobody called before; where no contact is known, the
    placement's first day is all there is to count from.
    """
    since = max(stay.first_day, last_contact) if last_contact else stay.first_day
    return max(0, (on - since).days)


def is_silent(stay: Stay, rhythm: Rhythm, *, last_contact: date | None, on: date) -> bool:
    """Say whether somebody should be in touch by now."""
    days = days_without_contact(stay, last_contact=last_contact, on=on)
    return days >= rhythm.without_contact
