"""Reading what was tapped and typed on the sheet of an occasion."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.attending import Expected, Mark, Missed, Sheet
from innpass.domain.sheets.fields import AbsenceKind

HERE, AWAY, LATE, EARLY = "her", "borte", "sent", "tidlig"
UNNOTED = "ikke"
STATES = {
    HERE: gettext_lazy("Her"),
    AWAY: gettext_lazy("Borte"),
    LATE: gettext_lazy("Sent"),
    EARLY: gettext_lazy("Tidlig"),
    UNNOTED: gettext_lazy("Ikke ført"),
}
_MISSED = {LATE: Missed.BEGINNING, EARLY: Missed.END}
_LONGEST = 4  # signs of a number of minutes


@dataclass(frozen=True, slots=True)
class Tapped:
    """What was sent about one person.

    Attributes:
        mark: ``None`` where what is noted is to go, or where nothing can be made of what was sent.
        problem: why that is so; otherwise empty.
    """

    state: str
    minutes: str
    kind: str
    seen: int
    mark: Mark | None
    problem: str = ""


def state_of(mark: Mark | None, minutes: int) -> str:
    """Say which of the states a mark is; none where nobody has said."""
    if mark is None:
        return ""
    if not mark.absent_minutes:
        return HERE
    if mark.absent_minutes >= minutes or mark.missed is None:
        return AWAY
    return LATE if mark.missed is Missed.BEGINNING else EARLY


def read_tapped(
    sheet: Sheet, posted: Mapping[str, str], *, only: UUID | None, rest_was_here: bool
) -> dict[UUID, Tapped]:
    """Return what was sent, by person; those about whom nothing was said are left out.

    Args:
        only: the one person that was tapped, where the others are still being thought about.
        rest_was_here: whoever nothing is said about was there.
    """
    found = {}
    for each in sheet.people:
        if only is not None and each.participant != only:
            continue
        state = posted.get(f"s-{each.participant}", "")
        if state not in STATES:
            if not rest_was_here or each.noted is not None:
                continue
            state = HERE
        found[each.participant] = _read(each, state, posted)
    return found


def _read(each: Expected, state: str, posted: Mapping[str, str]) -> Tapped:
    pk = each.participant
    minutes = " ".join(posted.get(f"m-{pk}", "").split())[:20]
    kind = posted.get(f"k-{pk}", "")
    seen = posted.get(f"v-{pk}", "")
    version = int(seen) if seen.isdecimal() and seen.isascii() and len(seen) < 7 else 0
    if kind and kind not in [one.value for one in AbsenceKind]:
        return Tapped(state, minutes, "", version, None, _("Velg en av grunnene i lista."))
    if state == UNNOTED:
        return Tapped(state, "", "", version, None)
    stated = kind if f"k-{pk}" in posted else None
    if state in (HERE, AWAY):
        absent = each.minutes if state == AWAY else 0
        return Tapped(state, "", kind, version, Mark(absent, None, stated))
    most = each.minutes - 1
    is_number = minutes.isdecimal() and minutes.isascii() and len(minutes) <= _LONGEST
    if not is_number or not 1 <= int(minutes) <= most:
        problem = _("Skriv hvor mange minutter, fra 1 til %(most)s, så lagres det.") % {
            "most": most
        }
        return Tapped(state, minutes, kind, version, None, problem)
    return Tapped(state, minutes, kind, version, Mark(int(minutes), _MISSED[state], stated))
