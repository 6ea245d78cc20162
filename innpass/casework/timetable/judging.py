"""Judging a person's week without the solver, and measuring it against the law, with reasons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from innpass.casework.timetable.problems import Assembled
from innpass.casework.timetable.queries import Week
from innpass.casework.timetable.seeing import BUSY, told
from innpass.domain.planning.checks import SHARED, Severity, check_week
from innpass.domain.planning.counting import counted_minutes, is_work_oriented, session_block
from innpass.domain.planning.explain import why_short
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block, Part, Plan, WeekPlan

# What is told of something that stands in a week, with its name and without.
_ANY = gettext_lazy("En egen avtale er ikke lenger som i uka.")
_OVER: Mapping[Part, tuple[Any, Any]] = {
    Part.COURSE: (gettext_lazy("Gruppa %(name)s er avsluttet."), ""),
    Part.PRACTICE: (gettext_lazy("Praksisen hos %(name)s er over."), ""),
    Part.APPOINTMENT: (
        gettext_lazy("Avtalen «%(name)s» er over."),
        gettext_lazy("En egen avtale er over."),
    ),
}
_GONE: Mapping[Part, tuple[Any, Any]] = {
    Part.COURSE: (gettext_lazy("Gruppa %(name)s møtes ikke lenger denne uka."), ""),
    Part.PRACTICE: (gettext_lazy("Praksisen hos %(name)s gjelder ikke lenger denne uka."), ""),
    Part.APPOINTMENT: (gettext_lazy("Avtalen «%(name)s» er ikke lenger som i uka."), _ANY),
}
_MOVED: Mapping[Part, tuple[Any, Any]] = {
    Part.COURSE: (
        gettext_lazy("Gruppa %(name)s møtes ikke slik lenger: tid eller sted er endret."),
        "",
    ),
    Part.PRACTICE: (gettext_lazy("%(name)s har byttet sted siden uka ble laget."), ""),
    Part.APPOINTMENT: (gettext_lazy("Avtalen «%(name)s» er ikke lenger som i uka."), _ANY),
}
_UNKNOWN: Mapping[Part, Any] = {
    Part.COURSE: gettext_lazy("Gruppe som ikke finnes lenger"),
    Part.PRACTICE: gettext_lazy("Arbeidssted som ikke finnes lenger"),
    Part.APPOINTMENT: gettext_lazy("Avtale som ikke finnes lenger"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A block of a week and what it counts as, in clock minutes of programme time."""

    block: Block
    name: str
    minutes: int
    is_work_oriented: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """What a week holds and what it should hold, in counted minutes.

    Attributes:
        counted: block by block, in order of time.
        at_most: what the week may hold.
    """

    counted: tuple[Counted, ...]
    full_time: int
    work_oriented: int
    at_most: int

    @property
    def total(self) -> int:
        """All programme time."""
        return sum(each.minutes for each in self.counted)

    @property
    def total_work_oriented(self) -> int:
        """What counts against the work-oriented minimum."""
        return sum(each.minutes for each in self.counted if each.is_work_oriented)

    @property
    def is_met(self) -> bool:
        """Whether the week holds what it should."""
        return self.total >= self.full_time and self.total_work_oriented >= self.work_oriented


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a week, in sentences.

    Attributes:
        broken: it cannot be lived like that, or what stands in it is no more.
        short: it holds less than it should.
        why_short: why nothing better is to be had, or which demands clash.
        changed: of a week that holds, what is over or otherwise since it was made.
    """

    broken: tuple[str, ...]
    short: tuple[str, ...]
    why_short: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def meter(assembled: Assembled, pk: UUID, week: WeekPlan) -> Meter:
    """Measure a week against what the law asks of the person.

    Raises:
        KeyError: the person is not in the problem.
    """
    problem = assembled.problem
    participant = problem.participant[str(pk)]
    return Meter(
        counted=tuple(
            Counted(
                block,
                name_of(assembled, pk, block),
                counted_minutes(problem, participant, block),
                is_work_oriented(problem, participant, block),
            )
            for block in sorted(week)
        ),
        full_time=participant.demand.full_time,
        work_oriented=participant.demand.work_oriented,
        at_most=participant.demand.at_most,
    )


def missing_minutes(found: Meter) -> int:
    """Say how much a week lacks of what it should hold; of its two demands, the one it lacks most.

    Example:
        >>> missing_minutes(Meter((), full_time=600, work_oriented=900, at_most=2250))
        900
    """
    lacks = found.full_time - found.total, found.work_oriented - found.total_work_oriented
    return max(0, *lacks)


def judge(
    assembled: Assembled,
    pk: UUID,
    week: WeekPlan,
    *,
    is_alone: bool = False,
    explained_beside: Plan | None = None,
) -> Judgement:
    """Judge a person's week beside all the others' weeks.

    Args:
        is_alone: do not ask about what is shared; ``shared_clashes`` does, for many at once.
        explained_beside: say why it is short, too, where these are the others' weeks; that takes a
            few milliseconds more.

    Raises:
        KeyError: the person is not in the problem.
    """
    problem, key = assembled.problem, str(pk)
    gone = overtaken(assembled, pk, week)
    left = tuple(each for each in week if _thing(each) not in gone)
    alone = check_week(problem, problem.participant[key], left)
    broken = list(gone.values())
    broken += [told(assembled, one.reason) for one in alone if one.severity is Severity.BROKEN]
    if not is_alone:
        broken += shared_clashes(assembled, {key: week})
    short = tuple(told(assembled, one.reason) for one in alone if one.severity is Severity.SHORT)
    why: tuple[str, ...] = ()
    if short and explained_beside is not None:
        reasons = why_short(problem, {**explained_beside, key: week}, key)
        why = tuple(told(assembled, one) for one in reasons)
    return Judgement(tuple(broken), short, why)


def judge_in_force(assembled: Assembled, pk: UUID, week: Week) -> Judgement:
    """Judge a week that holds, whatever others have; that was asked when it came into force.

    What has changed since is told as that, and nothing about hours then: those that it counts with
    are told by its meter.

    Raises:
        KeyError: the person is not in the problem.
    """
    over = {
        _thing(each.slot): _sentence(_OVER, each.part, _name_to_tell(assembled, pk, each.slot))
        for each in week.over
    }
    gone = {**overtaken(assembled, pk, week.plan), **over}
    left = tuple(each for each in week.plan if _thing(each) not in gone)
    judged = judge(assembled, pk, left, is_alone=True, explained_beside=weeks_beside(assembled))
    counted = sum(each.counted_minutes for each in week.blocks)
    is_counted_alike = meter(assembled, pk, left).total == counted
    return replace(
        judged,
        short=judged.short if is_counted_alike else (),
        why_short=judged.why_short if is_counted_alike else (),
        changed=tuple(dict.fromkeys(gone.values())),
    )


def overtaken(assembled: Assembled, pk: UUID, week: WeekPlan) -> dict[tuple[Part, str], str]:
    """Name what stands in a week and is no longer so, each thing with one sentence.

    Raises:
        KeyError: the person is not in the problem.
    """
    problem = assembled.problem
    participant = problem.participant[str(pk)]
    known = {
        Block(each.day, each.start, each.end, Part.APPOINTMENT, each.key, each.place)
        for each in participant.appointments
    }
    known |= {session_block(each, one) for each in problem.groups for one in each.sessions}
    place = participant.placement and problem.workplace[participant.placement.workplace]
    found: dict[tuple[Part, str], str] = {}
    for block in week:
        is_there = block.part is Part.PRACTICE and place and place.key == block.what
        if block in known or (is_there and place and place.place == block.where):
            continue
        is_moved = is_there or (block.part is Part.COURSE and block.what in problem.group)
        words = _MOVED if is_moved else _GONE
        found[_thing(block)] = _sentence(words, block.part, _name_to_tell(assembled, pk, block))
    return found


def _thing(block: Block) -> tuple[Part, str]:
    return block.part, block.what


def _name_to_tell(assembled: Assembled, pk: UUID, block: Block) -> str:
    name = name_of(assembled, pk, block)
    return "" if block.part is Part.APPOINTMENT and name == BUSY else name


def _sentence(words: Mapping[Part, tuple[Any, Any]], part: Part, name: str) -> str:
    named, unnamed = words[part]
    return str(named) % {"name": name} if name else str(unnamed)


def weeks_beside(assembled: Assembled) -> Plan:
    """Give everybody's weeks in force, as far as they matter to the problem."""
    return {**assembled.others, **{str(pk): each.plan for pk, each in assembled.now.items()}}


def shared_clashes(assembled: Assembled, weeks: Mapping[str, WeekPlan]) -> list[str]:
    """Say where groups, rooms and workplaces have too many, with some weeks beside the others.

    What was just as much before is not told: it is not these weeks' doing.
    """
    before = weeks_beside(assembled)
    had = set(_shared(assembled, before))
    return [each for each in _shared(assembled, {**before, **weeks}) if each not in had]


def name_of(assembled: Assembled, pk: UUID, block: Block) -> str:
    """Call a block as people do: the group, the workplace, the appointment.

    One that is no more has the name under which it stands in a week in force, if it does.
    """
    problem = assembled.problem
    known: str | None
    if block.part is Part.COURSE:
        known = problem.group[block.what].name if block.what in problem.group else None
    elif block.part is Part.PRACTICE:
        known = assembled.employers.get(block.what)
    else:
        own = {each.key: each.name for each in problem.participant[str(pk)].appointments}
        known = own.get(block.what)
    return known or assembled.names.get(block.what) or str(_UNKNOWN[block.part])


def week_by_hand(
    assembled: Assembled,
    pk: UUID,
    *,
    groups: Collection[UUID],
    stays: Collection[tuple[Weekday, int, int]],
) -> WeekPlan:
    """Put a week together of groups and stays that somebody chose; appointments go with it.

    Args:
        groups: all their sessions; those that do not meet that week are passed over.
        stays: at the person's workplace, as day, start and end. Without a workplace none is kept.

    Raises:
        KeyError: the person is not in the problem.
    """
    problem = assembled.problem
    participant = problem.participant[str(pk)]
    week = [
        session_block(problem.group[str(key)], each)
        for key in groups
        if str(key) in problem.group
        for each in problem.group[str(key)].sessions
    ]
    if participant.placement is not None:
        workplace = problem.workplace[participant.placement.workplace]
        week += [
            Block(day, start, end, Part.PRACTICE, workplace.key, workplace.place)
            for day, start, end in stays
        ]
    week += [
        Block(each.day, each.start, each.end, Part.APPOINTMENT, each.key, each.place)
        for each in participant.appointments
    ]
    return tuple(sorted(week))


def _shared(assembled: Assembled, plan: Plan) -> list[str]:
    problem = assembled.problem
    return [told(assembled, one) for requirement in SHARED for one in requirement(problem, plan)]
