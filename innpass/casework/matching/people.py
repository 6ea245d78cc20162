"""Who seeks, as matching may know them: nothing is read here but what ``domain.matching`` asks for.

Every column that is read about a person stands in the constants below, and a test holds the
queries against a list of what may count.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from innpass.casework.agreements.models import DemandSeen, PlacementCase
from innpass.casework.follow_up.models import ContractCheck, EmploymentContract
from innpass.casework.matching.models import WorkProfile
from innpass.casework.matching.rows import FEW, about, as_hex
from innpass.casework.matching.weeks import Free, free_weeks
from innpass.casework.participants.queries import (
    OWNER,
    family_of,
    owner_expression,
    people_hidden_from,
    visible_participants,
)
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.training.models import Schooling
from innpass.domain.access.roles import Actor
from innpass.domain.matching.problem import Seeker, Supervisor
from innpass.domain.matching.reasons import Level

_LEVELS = {"pre-A1": Level.NONE} | {each.name: each for each in Level if each}
# Listening and speaking: what one needs among colleagues. Reading and writing are learnt there.
_SCHOOLING = ("of", "listening", "speaking")
_PROFILE = (
    *("goal", "experience", "wished_occupations", "wished_areas", "wished_employers"),
    *("refused_employers", "refused_places", "refused_localities", "refused_occupations"),
    *("demands", "hours_wanted"),
)
_LISTS = tuple(name for name in _PROFILE if name not in ("goal", "hours_wanted"))
_NOTHING: frozenset[str] = frozenset()
NOT_MET = "no"  # of a demand that is known to be lacking


@dataclass(frozen=True, slots=True)
class Lacks:
    """What is not held about somebody, and would make the advice better."""

    profile: bool
    goal: bool
    level: bool
    home: bool
    week: bool


def looking(actor: Actor, *, on: date) -> list[UUID]:
    """Return those whom an actor may see who look for a place, who has waited longest first.

    They are in the programme and not on leave that day, at no employer on the day or later, have no
    contract of work, and nothing is proposed for them. Three queries.

    Args:
        on: the day on which a place would begin.
    """
    rows = in_need(on).filter(participant__in=visible_participants(actor))
    busy = set(on_the_way().annotate(owner=OWNER).values_list("owner", flat=True))
    found = rows.order_by("first_day", "participant").values_list("participant", flat=True)
    return [pk for pk in found if pk not in busy]


def in_need(on: date) -> "QuerySet[Enrolment]":
    """Return whose programme goes on, who is not on leave, and has neither practice nor work.

    A place may be proposed for them: ``on_the_way`` says.
    """
    away = on_leave(on).values("participant")
    return without_place(on).filter(first_day__lte=on).exclude(participant__in=away)


def without_place(on: date, *, among: Collection[UUID] | None = None) -> "QuerySet[Enrolment]":
    """Return whose programme has not ended by a day, and who has neither practice nor work then.

    Also who begins later, or is on leave that day.

    Args:
        among: a few people who are asked about; ``None`` for everybody.
    """
    some = Q() if among is None else Q(participant__in=among)
    there = Placement.objects.filter(some, Q(last_day=None) | Q(last_day__gte=on))
    found: QuerySet[Enrolment] = without_work(on, among=among).exclude(
        participant__in=there.values("participant")
    )
    return found


def without_work(on: date, *, among: Collection[UUID] | None = None) -> "QuerySet[Enrolment]":
    """Return whose programme has not ended by a day, and who has no contract of work then.

    Also who has practice that day.

    Args:
        among: as ``without_place`` has it.
    """
    some = Q() if among is None else Q(participant__in=among)
    found: QuerySet[Enrolment] = (
        Enrolment.objects.filter(
            some,
            Q(actual_last_day=None) | Q(actual_last_day__gt=on),
            Q(planned_last_day=None) | Q(planned_last_day__gt=on),
        )
        .exclude(participant__in=hired().filter(some).values("participant"))
        .exclude(participant__in=at_work(on).values("owner"))
    )
    return found


def on_leave(on: date) -> "QuerySet[Leave]":
    """Return the leaves that a day is in."""
    found: QuerySet[Leave] = Leave.objects.filter(first_day__lte=on, last_day__gte=on)
    return found


def hired() -> "QuerySet[Placement]":
    """Return the placements that ended in a contract of work, with none that began later."""
    later = Placement.objects.filter(
        participant=OuterRef("participant"), first_day__gt=OuterRef("first_day")
    )
    found: QuerySet[Placement] = Placement.objects.filter(
        ~Exists(later), Q(has_contract=True) | Q(contract__isnull=False)
    )
    return found


def at_work(on: date) -> "QuerySet[Any, Any]":
    """Return the contracts of work that hold on a day or begin later, with whose they are.

    One of which somebody heard that it came to nothing holds no longer.
    """
    gone = ContractCheck.objects.filter(contract=OuterRef("pk"), is_there=False)
    found: QuerySet[Any, Any] = EmploymentContract.objects.filter(
        ~Exists(gone), Q(last_day=None) | Q(last_day__gte=on), taken_back_on=None
    ).annotate(owner=OWNER)
    return found


def on_the_way() -> "QuerySet[PlacementCase]":
    """Return the cases in which nothing is agreed yet; the others are placements."""
    found: QuerySet[PlacementCase] = PlacementCase.objects.filter(
        ending=None, withdrawn_at=None, row=None
    )
    return found


def seekers(people: Collection[UUID], *, monday: date) -> dict[UUID, Seeker]:
    """Return some people as matching knows them, in the order given. A fixed number of queries."""
    levels = _levels(people)
    profiles = profiles_in(people)
    free = free_weeks(people, monday=monday)
    supervisors = _supervisors(people)
    seen = _demands_seen(people)
    return {
        pk: _seeker(
            pk,
            levels.get(pk),
            profiles.get(pk, {}),
            free[pk],
            supervisors.get(pk, ""),
            seen.get(pk, set()),
        )
        for pk in people
    }


def alike(people: Collection[UUID], *, monday: date) -> list[tuple[Seeker, list[UUID]]]:
    """Return some people in groups of whom the same is known: one of each, and who is in it.

    As ``seekers``, in less time where there are very many: most share a class and so a week, and
    many have nothing in their profile. A fixed number of queries.
    """
    levels, supervisors, seen = _levels(people), _supervisors(people), _demands_seen(people)
    profiles, free = _profiles_as_text(people), free_weeks(people, monday=monday)
    groups: dict[Any, list[UUID]] = defaultdict(list)
    for pk in people:
        demands = frozenset(seen[pk]) if pk in seen else _NOTHING
        known = profiles.get(pk), levels.get(pk), free[pk], supervisors.get(pk, ""), demands
        groups[known].append(pk)
    return [
        (_seeker(several[0], level, _as_profile(texts), week, supervisor, demands), several)
        for (texts, level, week, supervisor, demands), several in groups.items()
    ]


def _profiles_as_text(people: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
    """Return what ``profiles_in`` does with the lists as they are stored, to be told apart."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in _LISTS}
    rows = about(WorkProfile.objects, people).annotate(**texts).order_by("pk")
    found: dict[UUID, tuple[Any, ...]] = {}
    for owner, participant, *values in rows.values_list(
        "owner", "participant", "goal", "hours_wanted", *texts
    ):
        if owner == participant or owner not in found:
            found[owner] = tuple(values)
    return found


def _as_profile(values: tuple[Any, ...] | None) -> dict[str, Any]:
    if values is None:
        return {}
    goal, hours, *texts = values
    lists = dict(zip(_LISTS, map(json.loads, texts), strict=True))
    return {"goal": goal, "hours_wanted": hours, **lists}


def profiles_in(people: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what profiles say that can count, by person. One query."""
    rows = about(WorkProfile.objects, people).order_by("pk")
    found: dict[UUID, dict[str, Any]] = {}
    for owner, participant, *values in rows.values_list("owner", "participant", *_PROFILE):
        if owner == participant or owner not in found:
            found[owner] = dict(zip(_PROFILE, values, strict=True))
    return found


def supervisors(actor: Actor, *, on: date, only: str | None = None) -> tuple[Supervisor, ...]:
    """Return the practice supervisors with how many running placements each follows. One query.

    Args:
        only: the name of the one who is asked about; ``None`` for all.
    """
    running = Placement.objects.filter(
        Q(last_day=None) | Q(last_day__gte=on), first_day__lte=on
    ).exclude(participant__in=people_hidden_from(actor))
    if only is not None:
        running = running.filter(participant__enrolment__supervisor=only)
    rows = (
        running.order_by()
        .values("participant__enrolment__supervisor")
        .annotate(people=Count("participant", distinct=True))
        .values_list("participant__enrolment__supervisor", "people")
    )
    return tuple(Supervisor(name, count) for name, count in sorted(row for row in rows if row[0]))


def lacks_of(seeker: Seeker, *, has_profile: bool) -> Lacks:
    """Say what is not held about somebody."""
    return Lacks(
        profile=not has_profile,
        goal=seeker.goal is None,
        level=seeker.level is None,
        home=seeker.home is None,
        week=seeker.free is None,
    )


def _levels(people: Collection[UUID]) -> dict[UUID, Level]:
    rows = Schooling.objects.annotate(of=as_hex("participant"))
    if len(people) <= FEW:
        rows = rows.filter(participant__in=people)
    found = {}
    for pk, *skills in rows.values_list(*_SCHOOLING):
        known = [_LEVELS[each] for each in skills if each in _LEVELS]
        if known:
            found[pk] = min(known)
    return {pk: found[pk.hex] for pk in people if pk.hex in found}


def _supervisors(people: Collection[UUID]) -> dict[UUID, str]:
    rows = Enrolment.objects.exclude(supervisor="").annotate(of=as_hex("participant"))
    if len(people) <= FEW:
        rows = rows.filter(participant__in=people)
    found = dict(rows.values_list("of", "supervisor"))
    return {pk: found[pk.hex] for pk in people if pk.hex in found}


def _demands_seen(people: Collection[UUID]) -> dict[UUID, set[str]]:
    """Return what was seen when somebody came to a place before; what it said is not kept."""
    rows = DemandSeen.objects.annotate(owner=owner_expression("case__participant"))
    if len(people) <= FEW:
        rows = rows.filter(family_of(people, "case__participant"))
    found: dict[UUID, set[str]] = defaultdict(set)
    for owner, demand in rows.values_list("owner", "demand"):
        found[owner].add(demand)
    return found


def _seeker(
    pk: UUID,
    level: Level | None,
    profile: Mapping[str, Any],
    free: Free,
    supervisor: str,
    seen: Collection[str],
) -> Seeker:
    said = defaultdict(list, {name: value for name, value in profile.items() if value})
    demands: Mapping[str, str] = profile.get("demands") or {}
    met = frozenset(seen) - demands.keys()
    hours = profile.get("hours_wanted")
    return Seeker(
        key=str(pk),
        level=level,
        free=free.windows,
        home=str(free.home) if free.home else None,
        goal=profile.get("goal") or None,
        experience=frozenset(said["experience"]),
        wished_occupations=frozenset(said["wished_occupations"]),
        wished_areas=frozenset(said["wished_areas"]),
        wished_employers=frozenset(said["wished_employers"]),
        refused_employers=frozenset(said["refused_employers"]),
        refused_offers=frozenset(said["refused_places"]),
        refused_localities=frozenset(said["refused_localities"]),
        refused_tasks=frozenset(said["refused_occupations"]),
        demands_met=frozenset(name for name, day in demands.items() if day != NOT_MET) | met,
        demands_lacking=frozenset(name for name, day in demands.items() if day == NOT_MET),
        minutes_wanted=round(hours * 60) if hours is not None else free.minutes_left,
        supervisor=supervisor,
    )
