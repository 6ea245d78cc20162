"""Why somebody without practice is not among those who look for a place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from innpass.casework.matching.people import (
    at_work,
    hired,
    in_need,
    looking,
    on_leave,
    on_the_way,
)
from innpass.casework.overview.queries import counters, rows_for
from innpass.casework.participants.queries import OWNER, family_of
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody who is not matched, and why, in a sentence."""

    participant: UUID
    name: str
    why: str


def apart(actor: Actor, *, monday: date, on: date, most: int) -> tuple[int, tuple[Apart, ...]]:
    """Count those whom the overview has as without practice and who look for no place.

    The first by name with why. A fixed number of queries.

    Args:
        monday: from when places are looked for.
        on: the day of the overview.
        most: how many are told of.

    Raises:
        MayNot: advice is not theirs to read.
    """
    check_may_read(actor, "match.advice")
    rows = rows_for(actor).filter(counters(on)["without_placement"])
    names = dict(rows.order_by("name", "participant").values_list("participant", "name"))
    still = set(looking(actor, on=monday))
    left = [pk for pk in names if pk not in still]
    shown = left[:most]
    why = reasons(shown, monday=monday)
    return len(left), tuple(Apart(pk, names[pk], why.get(pk) or _unclear()) for pk in shown)


def reasons(people: Collection[UUID], *, monday: date) -> dict[UUID, str]:
    """Say of some people why they look for no place from a Monday on. Six queries.

    Of people whom the viewer may see; those who look are not in the answer.
    """
    found: dict[UUID, str] = {}
    for pk, first, planned, actual in Enrolment.objects.filter(participant__in=people).values_list(
        "participant", "first_day", "planned_last_day", "actual_last_day"
    ):
        if text := _of_programme(first, planned, actual, monday):
            found[pk] = text
    away = on_leave(monday).filter(participant__in=people)
    for pk, last in away.values_list("participant", "last_day"):
        found[pk] = _("Har permisjon til %(day)s.") % {"day": _as_day(last)}
    there = Placement.objects.filter(Q(last_day=None) | Q(last_day__gte=monday))
    for pk, first, employer in there.filter(participant__in=people).values_list(
        "participant", "first_day", "employer__name"
    ):
        told = {"employer": employer or _("et sted uten navn")}
        if first is None:
            found[pk] = _("Har praksis hos %(employer)s.") % told
        else:
            text = _("Har praksis hos %(employer)s fra %(day)s.")
            found[pk] = text % (told | {"day": _as_day(first)})
    for pk, day in hired().filter(participant__in=people).values_list("participant", "contract"):
        text = _("Har arbeidskontrakt fra %(day)s.") if day else _("Har arbeidskontrakt.")
        found[pk] = text % ({"day": _as_day(day)} if day else {})
    working = at_work(monday).filter(family_of(people))
    for pk, day in working.order_by("first_day", "pk").values_list("owner", "first_day"):
        found[pk] = _("Har arbeidskontrakt fra %(day)s.") % {"day": _as_day(day)}
    cases = on_the_way().annotate(owner=OWNER).filter(owner__in=people)
    for pk, employer in cases.values_list("owner", "employer__name"):
        found[pk] = _("Er foreslått for %(employer)s.") % {"employer": employer}
    return found


def why_apart(participant: UUID, *, monday: date) -> str:
    """Say why somebody looks for no place from a Monday on; empty where she or he does."""
    why = reasons([participant], monday=monday).get(participant, "")
    if why or in_need(monday).filter(participant=participant).exists():
        return why
    return _unclear()


def _of_programme(
    first: date | None, planned: date | None, actual: date | None, monday: date
) -> str:
    ends = [day for day in (planned, actual) if day is not None and day <= monday]
    if ends:
        return _("Siste dag i programmet er %(day)s.") % {"day": _as_day(min(ends))}
    if first is None:
        return _("Første dag i programmet er ikke ført.")
    if first > monday:
        return _("Programmet begynner først %(day)s.") % {"day": _as_day(first)}
    return ""


def _unclear() -> str:
    return _("Er ikke ført i programmet fra denne dagen.")


def _as_day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
