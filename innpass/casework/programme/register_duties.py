"""Reading what must be registered in the national register, cut by what the viewer may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import people_hidden_from, visible_participants
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.registered import RegisterCode, Registration
from innpass.domain.access.policy import Act, check_may, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.events import Registered
from innpass.domain.law.law import law_of
from innpass.domain.law.registering import TOPIC, BeforeExit, missing_before_exit

SOON_DAYS = 14
DAYS_BEFORE_EXIT = 60

KIND_FIELD: dict[Registered, str] = {
    Registered.OFFER: "programme.offered_on",
    Registered.DECISION: "decision.day",
    Registered.START: "programme.start",
    Registered.MAPPING: "mapping_on",
    Registered.CAREER_GUIDANCE: "career_guidance_on",
    Registered.NORWEGIAN_DECISION: "decision.day",
    Registered.NORWEGIAN_OFFER: "norwegian.offered_on",
    Registered.LEAVE: "leave.first_day",
    Registered.ABSENCE: "absence.last_day",
    Registered.EXTENSION: "decision.day",
    Registered.STOP: "decision.day",
    Registered.END: "programme.actual_end",
}
# Whether the text asks for it may tell the ground of residence and more: those need the reason too.
_EXIT_FIELDS: dict[BeforeExit, tuple[str, ...]] = {
    BeforeExit.END_GOAL: ("programme.end_goal",),
    BeforeExit.END_REASON: ("programme.end_reason",),
    BeforeExit.MAPPING: ("mapping_on", "status.explanation"),
    BeforeExit.CAREER_GUIDANCE: ("career_guidance_on", "status.explanation"),
    BeforeExit.ELEMENTS: ("activity.kind",),
    BeforeExit.ELEMENT_HOURS: ("activity.hours_per_week",),
    BeforeExit.HEALTH_HOURS: ("lifeskills.health_hours", "status.explanation"),
    BeforeExit.CAREER_HOURS: ("lifeskills.career_hours", "status.explanation"),
    BeforeExit.PARENTAL_GUIDANCE: (
        *("parental.group_meetings", "parental.individual_meetings"),
        *("programme.has_children", "status.explanation"),
    ),
    BeforeExit.SOCIAL_STUDIES_HOURS: ("social_studies.hours", "status.explanation"),
    BeforeExit.CERTIFICATE: ("certificate_on",),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events somebody asks for.

    Attributes:
        state: ``open``, ``late``, ``soon``, ``done`` or ``all``.
        kind: one kind; ``None`` for all.
        adviser: the programme adviser's name as it stands; empty for all.
        until: events of this day or before; ``None`` for all.
    """

    state: str = "open"
    kind: Registered | None = None
    adviser: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many events of those one may see are late, soon due, not registered, registered."""

    late: int
    soon: int
    open: int
    done: int


def kinds_for(actor: Actor) -> tuple[Registered, ...]:
    """Return the kinds of events whose day the actor may read."""
    return tuple(kind for kind, name in KIND_FIELD.items() if may_read(actor, name))


def visible(actor: Actor) -> "QuerySet[Registration]":
    """Return the events that the actor may see: of visible people, and of kinds they may read.

    Raises:
        MayNot: the actor has nothing to do with the register.
    """
    check_may(actor, Act.SEE_REGISTRATION)
    # Few are left out, and found at once; the rows themselves are read as their index goes.
    absorbed = Participant.objects.filter(absorbed_by__isnull=False).values("pk")
    rows: QuerySet[Registration] = Registration.objects.filter(
        kind__in=kinds_for(actor), is_current=True
    ).exclude(participant__in=absorbed)
    return rows if actor.is_operator else rows.exclude(participant__in=people_hidden_from(actor))


def totals(actor: Actor, *, on: date, adviser: str = "") -> Totals:
    """Count, of one adviser's cases where one is named. One query."""
    is_open = Q(registered_at=None)
    rows = visible(actor)
    if adviser:
        rows = rows.filter(participant__enrolment__adviser=adviser)
    counted = rows.aggregate(
        late=Count("pk", filter=is_open & Q(last_day__lt=on)),
        soon=Count("pk", filter=is_open & _soon(on)),
        open=Count("pk", filter=is_open & Q(day__lte=on)),
        done=Count("pk", filter=~is_open),
    )
    return Totals(**counted)


def _soon(on: date) -> Q:
    return Q(last_day__gte=on, last_day__lte=on + timedelta(days=SOON_DAYS), day__lte=on)


def wanted_rows(wanted: Wanted, *, actor: Actor, on: date) -> "QuerySet[Registration]":
    """Return the events somebody asks for, late or nearest first; registered ones, latest first.

    What lies ahead of ``on`` is no duty yet, and left out.
    """
    rows = visible(actor).filter(day__lte=on)
    if wanted.state != "all":
        rows = rows.filter(registered_at__isnull=wanted.state != "done")
    if wanted.state == "late":
        rows = rows.filter(last_day__lt=on)
    if wanted.state == "soon":
        rows = rows.filter(_soon(on))
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.adviser:
        rows = rows.filter(participant__enrolment__adviser=wanted.adviser)
    if wanted.until is not None:
        rows = rows.filter(day__lte=wanted.until)
    # As the index goes, so that the first page does not wait for the rest to be sorted.
    order = ("-registered_at", "pk") if wanted.state == "done" else ("last_day", "pk")
    return rows.select_related("participant__enrolment", "registered_by").order_by(*order)


def some_of(rows: "QuerySet[Registration]", first: int, last: int) -> list[Registration]:
    """Return rows ``first`` to ``last``, not inclusive, of ``wanted_rows``. Two queries.

    Which they are is asked first, without what they are shown with: sorting that costs most.
    """
    chosen = list(rows.select_related(None).values_list("pk", flat=True)[first:last])
    found = {row.pk: row for row in rows.filter(pk__in=chosen)}
    return [found[pk] for pk in chosen if pk in found]


def advisers(actor: Actor) -> list[str]:
    """Name the advisers of people whom the actor may see; nobody where that may not be read."""
    if not may_read(actor, "programme.adviser"):
        return []
    people = visible_participants(actor).exclude(enrolment__adviser="")
    names = people.values_list("enrolment__adviser", flat=True).distinct()
    return sorted(name for name in names if name)


def months_to_register() -> int:
    """Return how long the municipality has from an event exists until it is registered."""
    law = law_here()
    months: int = law_of(law, law.texts(TOPIC)[-1]).value("months_to_register")
    return months


def register_codes() -> dict[Registered, str]:
    """Return what the municipality calls each kind in the national register, where it has said."""
    known = set(Registered)
    rows = RegisterCode.objects.values_list("kind", "code")
    return {Registered(kind): code for kind, code in rows if kind in known}


def leaving_soon(actor: Actor, *, on: date) -> "QuerySet[Participant]":
    """Return the people whose programme ends within 60 days, by the day it ends.

    Raises:
        MayNot: the actor has nothing to do with the register.
    """
    check_may(actor, Act.SEE_REGISTRATION)
    until = on + timedelta(days=DAYS_BEFORE_EXIT)
    ends = Q(enrolment__actual_last_day__gte=on, enrolment__actual_last_day__lte=until) | Q(
        enrolment__actual_last_day=None,
        enrolment__planned_last_day__gte=on,
        enrolment__planned_last_day__lte=until,
    )
    return (
        visible_participants(actor)
        .filter(ends)
        .select_related("enrolment")
        .order_by("enrolment__planned_last_day", "family_name", "pk")
    )


def missing_of(people: Iterable[UUID], *, actor: Actor) -> dict[UUID, tuple[BeforeExit, ...]]:
    """Return what is missing before the end of each person, as far as the actor may know it."""
    law = law_here()
    return {
        pk: tuple(
            each
            for each in missing_before_exit(person, law=law)
            if all(may_read(actor, name) for name in _EXIT_FIELDS[each])
        )
        for pk, person in facts_of(list(people)).items()
    }
