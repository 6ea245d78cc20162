"""Reading terms: who is in them, as far as the asker may see; groups and sessions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from innpass.casework.intake.models import (
    BookingState,
    Came,
    Intake,
    IntakeGroup,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
    SessionPoint,
    SessionQuestion,
)
from innpass.casework.participants import queries as persons
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import (
    OWNER,
    OWNERS,
    family_of,
    people_hidden_from,
    visible_participants,
)
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.training.models import Schooling
from innpass.domain.access.roles import Actor
from innpass.domain.intake.forecast import PersonDays, Starter, TermDays, forecast
from innpass.domain.intake.placing import Suggestion, suggest
from innpass.domain.sheets.fields import Activity
from innpass.exchange.clock import minute_of

_AWAY = (Came.STAYED_AWAY, Came.EXCUSED)
_SKILLS = ("listening", "reading", "writing", "speaking")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a term, with what is known of schooling.

    Attributes:
        person: who it is now: of somebody who turned out to be another's second, that other.
        suggestion: the track and level by expected progress.
        has_own: invited to a session alone. ``has_come``: has been to a session.
    """

    intake: Intake
    person: Participant
    class_name: str
    suggestion: Suggestion
    has_own: bool
    has_come: bool

    @property
    def level(self) -> str:
        """The track to be shared evenly among groups: as decided, or else as suggested."""
        track = self.intake.track or self.suggestion.track
        return f"spor {track}" if track else self.suggestion.level


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may start in a term and is in none yet."""

    person: Participant
    starter: Starter


def terms() -> "QuerySet[IntakeTerm]":
    """Return every term, in time."""
    found: QuerySet[IntakeTerm] = IntakeTerm.objects.order_by("first_day", "name")
    return found


def find_term(pk: UUID) -> IntakeTerm | None:
    """Return a term, or ``None``."""
    return terms().filter(pk=pk).first()


def seen_by(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for intakes of people whom the actor may see.

    ``prefix`` leads from the queried model to the intake (``intake__``). Somebody who turned out to
    be another's second is seen by those who may see that other.
    """
    hidden = people_hidden_from(actor)
    condition = Q()
    for path in OWNERS:
        condition &= Q(**{f"{prefix}{path}": None}) | ~Q(**{f"{prefix}{path}__in": hidden})
    return condition


def protected(prefix: str = "") -> Q:
    """Return the condition for intakes of people with a protected address."""
    condition = Q()
    for path in OWNERS:
        condition |= Q(**{f"{prefix}{path}__is_protected": True})
    return condition


def owner_of(intake: Intake) -> Participant:
    """Return who an intake is about now."""
    return persons.owner_of(intake.participant)


def intakes(actor: Actor) -> "QuerySet[Intake]":
    """Return who is in a term, of those whom the actor may see; whoever has left is left out.

    ``has_own`` tells who has a session alone, and ``has_come`` who has been to one.
    """
    own = Invitation.objects.filter(session__is_individual=True)
    found: QuerySet[Intake] = (
        Intake.objects.filter(left_on=None)
        .filter(seen_by(actor))
        .annotate(
            has_own=Exists(own.filter(intake=OuterRef("pk"))),
            has_come=Exists(Invitation.objects.filter(intake=OuterRef("pk"), state=Came.CAME)),
        )
        .select_related(*OWNERS, "group__session", "term", "teaching_group", "moved_from")
    )
    return found


def find_intake(pk: UUID, *, actor: Actor) -> Intake | None:
    """Return one person's intake, or ``None`` where there is none that the actor may see."""
    return intakes(actor).filter(pk=pk).first()


def intakes_of(person: UUID, *, actor: Actor) -> list[Intake]:
    """Return every term that a person was ever in, as far as the actor may see. One query."""
    rows = Intake.objects.filter(seen_by(actor), family_of([person]))
    return list(
        rows.select_related("term", "teaching_group", "placed_by").order_by("taken_in_on", "pk")
    )


def members(term: IntakeTerm | None, *, actor: Actor, only: UUID | None = None) -> list[Member]:
    """Return who is in a term (``None``: in any), by name, each person once. Three queries."""
    rows = intakes(actor).order_by("taken_in_on", "pk")
    if term is not None:
        rows = rows.filter(term=term)
    if only is not None:
        rows = rows.filter(pk=only)
    found: dict[tuple[UUID, UUID], Intake] = {}
    for row in rows:
        found.setdefault((row.term_id, owner_of(row).pk), row)
    people = {owner_of(row).pk for row in found.values()}
    schooling = {
        row.participant_id: row for row in Schooling.objects.filter(participant__in=people)
    }
    secondary = dict(
        Enrolment.objects.filter(participant__in=people).values_list(
            "participant_id", "upper_secondary"
        )
    )
    return sorted(
        (
            _member(row, schooling.get(owner_of(row).pk), secondary.get(owner_of(row).pk))
            for row in found.values()
        ),
        key=lambda one: (one.person.name, str(one.intake.pk)),
    )


def _member(row: Any, school: Schooling | None, upper_secondary: bool | None) -> Member:
    return Member(
        intake=row,
        person=owner_of(row),
        class_name=school.class_name if school else "",
        suggestion=suggest(
            [getattr(school, skill) for skill in _SKILLS] if school else [],
            upper_secondary=upper_secondary,
            track=school.track if school else None,
        ),
        has_own=row.has_own,
        has_come=row.has_come,
    )


# Who is likely to come.


def likely(*, actor: Actor, on: date) -> dict[UUID, list[Likely]]:
    """Return who may start in each coming term, by name; whoever is in one is left out.

    Four queries, whatever the number of people.
    """
    coming = list(terms().filter(first_day__gt=on))
    if not coming:
        return {}
    taken = {owner_of(row).pk for row in intakes(actor).filter(term__in=coming)}
    away = Leave.objects.filter(first_day__lte=on, last_day__gte=on)
    rows = (
        Enrolment.objects.filter(participant__in=visible_participants(actor), actual_last_day=None)
        .filter(
            Q(first_day=None) & ~Q(settled_on=None, offered_on=None)
            | Q(first_day__gt=on)
            | Q(participant__in=away.values("participant"))
        )
        .select_related("participant")
        .order_by("participant__name", "participant_id")
    )
    people = {row.participant_id: row for row in rows if row.participant_id not in taken}
    leaves: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    every = Leave.objects.filter(participant__in=list(people)).exclude(last_day=None)
    for participant, first, last in every.exclude(first_day=None).values_list(
        "participant_id", "first_day", "last_day"
    ):
        leaves[participant].append((first, last))
    days = [
        PersonDays(
            str(pk),
            settled_on=row.settled_on,
            offered_on=row.offered_on,
            first_day=row.first_day,
            leaves=tuple(leaves[pk]),
        )
        for pk, row in people.items()
    ]
    found: dict[UUID, list[Likely]] = {term.pk: [] for term in coming}
    for starter in forecast(
        days, [TermDays(str(t.pk), t.first_day, t.cut_off) for t in terms()], on=on
    ):
        person = people[UUID(starter.person)].participant
        found[UUID(starter.term)].append(Likely(person, starter))
    return found


# Sessions.


def sessions(actor: Actor) -> "QuerySet[IntakeSession]":
    """Return the sessions the actor may see, in time.

    A session of one person is seen by those who may see that person, also when nobody is invited
    to it any more.
    """
    seen = Intake.objects.filter(seen_by(actor)).values("pk")
    found: QuerySet[IntakeSession] = (
        IntakeSession.objects.filter(Q(is_individual=False) | Q(intake__in=seen))
        .select_related("term", "leader", "supervisor", "group")
        .order_by("day", "start", "pk")
    )
    return found


def find_session(pk: UUID, *, actor: Actor) -> IntakeSession | None:
    """Return one session, or ``None`` where there is none that the actor may see."""
    return sessions(actor).filter(pk=pk).first()


def invitations(actor: Actor, **wanted: Any) -> list[Invitation]:
    """Return invitations of people whom the actor may see, by name. One query.

    Who is now somebody with a protected address is not among others any more, whoever invited him
    or her; and of two who turned out to be one, there is one invitation to a session.
    """
    rows = (
        Invitation.objects.filter(**wanted)
        .filter(seen_by(actor, "intake__"), intake__left_on=None)
        .exclude(protected("intake__"), session__is_individual=False, state=Came.INVITED)
        .select_related(
            *(f"intake__{path}" for path in OWNERS),
            *("session__term", "moved_to__session", "intake__group"),
        )
    )
    found: dict[tuple[UUID, UUID], Invitation] = {}
    for row in sorted(rows, key=lambda row: (row.state == Came.INVITED, str(row.pk))):
        found.setdefault((row.session_id, owner_of(row.intake).pk), row)
    return sorted(found.values(), key=lambda row: (owner_of(row.intake).name, str(row.pk)))


def unseen_absences(actor: Actor, *, term: IntakeTerm | None = None) -> list[Invitation]:
    """Return who did not come and has not been seen to, by name."""
    wanted: dict[str, Any] = {"state__in": _AWAY, "seen_at": None}
    return invitations(actor, **wanted, **({"session__term": term} if term else {}))


def held_sessions(term: IntakeTerm, *, on: date) -> set[UUID]:
    """Return the sessions of a term that are over, or where somebody has noted who came."""
    noted = Invitation.objects.exclude(state=Came.INVITED).filter(session__term=term)
    over = IntakeSession.objects.filter(term=term).annotate(ends=F("start") + F("minutes"))
    over = over.filter(Q(day__lt=on) | Q(day=on, ends__lte=minute_of(on)))
    return {*noted.values_list("session", flat=True), *over.values_list("pk", flat=True)}


def others_at(term: IntakeTerm, *, but: Collection[UUID] | None = None) -> "Counter[UUID]":
    """Count those invited to each session of a term who are not in its group.

    Args:
        but: the intakes that are to be put into groups anew, who are not counted at all.
    """
    rows = Invitation.objects.filter(session__term=term, state__in=(Came.INVITED, Came.CAME))
    if but is None:
        rows = rows.exclude(intake__group__session=F("session"))
    else:
        rows = rows.exclude(intake__in=list(but))
    return Counter(rows.values_list("session", flat=True))


def points_of(session: IntakeSession) -> list[SessionPoint]:
    """Return the agenda of a session."""
    return list(SessionPoint.objects.filter(session=session).order_by("place"))


def told_to(intake: Intake) -> list[tuple[date, str]]:
    """Return what somebody has been told: the points of the sessions he or she came to."""
    rows = SessionPoint.objects.filter(
        is_told=True, session__invitations__intake=intake, session__invitations__state=Came.CAME
    )
    found = rows.order_by("session__day", "place").values_list("session__day", "text")
    return list(found.distinct())


def questions(actor: Actor, *, session: IntakeSession | None = None) -> list[SessionQuestion]:
    """Return the questions asked, the latest first; of a session, or of all the actor may see."""
    of = [session.pk] if session else sessions(actor).values("pk")
    rows = SessionQuestion.objects.filter(session__in=of).select_related("session__term")
    return list(rows.order_by("-session__day", "-noted_at", "pk"))


# Interpreters.


@dataclass(frozen=True, slots=True)
class Need:
    """An interpreter that a session needs, or that is ordered though it needs none any more."""

    session: IntakeSession
    language: str
    people: int
    booking: InterpreterBooking | None

    @property
    def must_be_ordered(self) -> bool:
        """Whether somebody is to order one: nobody did, or not for this time."""
        unordered = (BookingState.CANCELLED, BookingState.MOVED)
        return bool(self.people) and (self.booking is None or self.booking.state in unordered)


def interpreter_needs(actor: Actor, **wanted: Any) -> list[Need]:
    """Return which interpreters sessions need, in time. Three queries.

    Args:
        wanted: which sessions, such as ``day__gte``.
    """
    chosen = {session.pk: session for session in sessions(actor).filter(**wanted)}
    counts: dict[tuple[UUID, str], int] = defaultdict(int)
    counted: set[tuple[UUID, UUID, str]] = set()
    rows = Intake.objects.filter(left_on=None, needs_interpreter=True).exclude(language="")
    rows = rows.filter(seen_by(actor)).annotate(owner=OWNER)
    in_groups = rows.filter(group__session__in=list(chosen)).values_list(
        *("owner", "group__session_id", "language")
    )
    invited = rows.filter(
        invitations__session__in=list(chosen), invitations__state__in=(Came.INVITED, Came.CAME)
    ).values_list("owner", "invitations__session_id", "language")
    for key in (*in_groups, *invited):
        _, session, language = key
        if key not in counted:
            counted.add(key)
            counts[session, language] += 1
    bookings = {
        (row.session_id, row.language): row
        for row in InterpreterBooking.objects.filter(session__in=list(chosen))
    }
    return [
        Need(chosen[pk], language, counts[pk, language], bookings.get((pk, language)))
        for pk, language in sorted(
            counts.keys() | bookings.keys(),
            key=lambda key: (chosen[key[0]].day, chosen[key[0]].start, key[1]),
        )
    ]


def languages() -> list[str]:
    """Return the languages that are in use, in order."""
    rows = Intake.objects.exclude(language="").order_by().values_list("language", flat=True)
    return sorted(set(rows))


def groups_of(term: IntakeTerm) -> list[IntakeGroup]:
    """Return a term's groups: those with a session first, in time, then by name."""
    rows: Iterable[IntakeGroup] = term.groups.select_related(
        "session__leader", "session__supervisor", "session__group"
    )
    return sorted(rows, key=_in_time)


def groups_in(wanted: Collection[UUID]) -> list[IntakeGroup]:
    """Return the groups of some terms."""
    return list(IntakeGroup.objects.filter(term__in=list(wanted)).order_by("name"))


@dataclass(frozen=True, slots=True)
class ClassPlaces:
    """A class that somebody may be placed in, and how many are in it."""

    group: TeachingGroup
    taken: int


def classes_for(term: IntakeTerm) -> list[ClassPlaces]:
    """Return the classes that go on when a term begins, by name. Three queries."""
    groups = list(
        TeachingGroup.objects.filter(activity=Activity.NORWEGIAN)
        .filter(Q(last_day=None) | Q(last_day__gte=term.first_day))
        .order_by("name", "pk")
    )
    taken = in_classes(groups)
    return [ClassPlaces(group, len(taken[group.pk])) for group in groups]


def in_classes(groups: Sequence[TeachingGroup]) -> dict[UUID, set[UUID]]:
    """Return who is in classes: placed there by the intake, or standing there in the sheets.

    Everybody is counted, also those whom nobody here may see. A programme that has ended frees the
    place; of somebody's intakes the latest tells.
    """
    found: dict[UUID, set[UUID]] = {group.pk: set() for group in groups}
    here = Intake.objects.filter(teaching_group__in=list(found), left_on=None)
    ways = set(here.annotate(owner=OWNER).values_list("owner", flat=True))
    family = family_of(ways)
    latest: dict[UUID, Intake] = {}
    theirs = Intake.objects.filter(family, left_on=None).select_related(*OWNERS)
    for row in theirs.order_by("term__first_day", "taken_in_on", "pk"):
        latest[owner_of(row).pk] = row
    ended = Enrolment.objects.filter(participant__in=ways).exclude(actual_last_day=None)
    for person in ways - set(ended.values_list("participant_id", flat=True)):
        if (group := latest[person].teaching_group_id) and group in found:
            found[group].add(person)
    names = {group.class_name: group.pk for group in groups if group.class_name}
    there = Schooling.objects.filter(
        class_name__in=list(names),
        participant__absorbed_by=None,
        participant__enrolment__actual_last_day=None,
    )
    for name, person in there.values_list("class_name", "participant_id"):
        found[names[name]].add(person)
    return found


def _in_time(group: IntakeGroup) -> tuple[Any, ...]:
    if group.session is None:
        return (1, date.max, 0, group.name)
    return (0, group.session.day, group.session.start, group.name)
