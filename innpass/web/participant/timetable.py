"""What the person's timetables say, where they take the place of the sheets' hours."""

from datetime import date

from django.utils.translation import gettext as _

from innpass.casework.overview.queries import Case
from innpass.casework.timetable.telling import Planned, planned_for
from innpass.domain.periods import IsoWeek
from innpass.web.design.templatetags.design import hours
from innpass.web.design.words import in_words
from innpass.web.participant.pages import PlannedNote

_SHOWN = 2  # what holds now, and what comes next


def planned_notes(case: Case, *, on: date, may: frozenset[str]) -> tuple[PlannedNote, ...]:
    """Return what the timetables say now and next; nothing for those who do not read them."""
    if "timetable.week" not in may:
        return ()
    found = planned_for(case.participant.pk, on=on, start=case.enrolment.first_day)
    tells_stated = "activity.hours_per_week" in may
    return tuple(_note(each, on=on, tells_stated=tells_stated) for each in found[:_SHOWN])


def _note(planned: Planned, *, on: date, tells_stated: bool) -> PlannedNote:
    told = {"hours": hours(planned.hours), "oriented": hours(planned.oriented)}
    text = _("%(when)s gjelder timeplanen: %(hours)s, %(oriented)s arbeidsrettet.") % {
        **told,
        "when": _when(planned, on=on),
    }
    if not tells_stated or planned.stated is None:
        return PlannedNote(text)
    text += " " + _("Timene i arkene, %(stated)s, teller ikke så lenge.") % {
        "stated": hours(planned.stated)
    }
    if not planned.differing:
        return PlannedNote(text)
    kinds = [in_words("activity.kind", each.value) for each in planned.differing]
    *first, last = kinds
    joined = _("%(first)s og %(last)s") % {"first": ", ".join(first), "last": last}
    return PlannedNote(
        text,
        _("Timeplanen og arkene sier ikke det samme om %(kinds)s. Rett det som er feil.")
        % {"kinds": joined if first else last},
    )


def _when(planned: Planned, *, on: date) -> str:
    first = IsoWeek.of(planned.first_day).number
    last = IsoWeek.of(planned.last_day).number if planned.last_day else None
    if planned.first_day <= on:
        return _("Til og med uke %(last)s") % {"last": last} if last else _("Nå")
    if last is None:
        return _("Fra uke %(first)s") % {"first": first}
    if last == first:
        return _("I uke %(first)s") % {"first": first}
    return _("I ukene %(first)s til %(last)s") % {"first": first, "last": last}
