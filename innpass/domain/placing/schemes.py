"""Nav's schemes around a placement: how far each has come, how long, and what goes with what.

Nav decides, and no sum is worked out here. What the regulation sets is handed in as ``Bounds``
(``domain.law.scheme_limits`` holds the numbers, dated and with their source); every refusal is a
sentence of ``schemes.yml``.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from innpass.domain.access.roles import ROLE_NAMES, Role
from innpass.domain.periods import add_months, age_on
from innpass.domain.placing.states import CaseKind
from innpass.domain.yaml_text import read_yaml


class SchemeKind(StrEnum):
    """A scheme of Nav's around a placement, in the order they are shown."""

    WORK_TRAINING = "work_training"
    WAGE_SUBSIDY = "wage_subsidy"
    PERMANENT_WAGE_SUBSIDY = "permanent_wage_subsidy"
    MENTOR = "mentor"
    INCLUSION_GRANT = "inclusion_grant"
    SUMMER_JOB = "summer_job"


class SchemeState(StrEnum):
    """How far a scheme has come."""

    DISCUSSED = "discussed"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_ADVISERS = (Role.PRACTICE_SUPERVISOR, Role.PROGRAMME_ADVISER, Role.NAV_ADVISER)
# Who may say so, and after what (``None``: nothing was said before). Nav decides.
MOVES: Mapping[SchemeState, tuple[tuple[Role, ...], frozenset[SchemeState | None]]] = {
    SchemeState.DISCUSSED: (_ADVISERS, frozenset({None, SchemeState.WITHDRAWN})),
    SchemeState.APPLIED: (
        _ADVISERS,
        frozenset({None, SchemeState.DISCUSSED, SchemeState.REFUSED, SchemeState.WITHDRAWN}),
    ),
    SchemeState.GRANTED: ((Role.NAV_ADVISER,), frozenset({SchemeState.APPLIED})),
    SchemeState.REFUSED: ((Role.NAV_ADVISER,), frozenset({SchemeState.APPLIED})),
    SchemeState.WITHDRAWN: (
        _ADVISERS,
        frozenset({SchemeState.DISCUSSED, SchemeState.APPLIED, SchemeState.GRANTED}),
    ),
}
# Asked for or given: what others must go with.
BINDING = frozenset({SchemeState.APPLIED, SchemeState.GRANTED})
_WAGES = frozenset(
    {SchemeKind.WAGE_SUBSIDY, SchemeKind.PERMANENT_WAGE_SUBSIDY, SchemeKind.SUMMER_JOB}
)
# What a mentor may be given beside (training is none of ours).
_WITH_MENTOR = _WAGES | {SchemeKind.WORK_TRAINING}
_UNPAID = frozenset({CaseKind.MUNICIPAL_PRACTICE, CaseKind.PRIVATE_PRACTICE})

_TEXTS: dict[str, Any] = read_yaml(Path(__file__).with_name("schemes.yml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the regulation sets of one scheme, as it stands on a day; ``None`` where it sets none.

    Attributes:
        months: the most that anybody may have; ``longest_months`` on special grounds.
        weeks: the most, where weeks count.
        first_month, last_month: of the year, within which all its days must lie.
        younger_than: years of age on the first day.
        source: the paragraph or chapter.
    """

    months: int | None = None
    longest_months: int | None = None
    weeks: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    younger_than: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A scheme as it is asked for or given; days are inclusive, ``None`` where nobody said."""

    kind: SchemeKind
    first_day: date | None = None
    last_day: date | None = None

    def meets(self, first_day: date | None, last_day: date | None) -> bool:
        """Say whether some day may be of both: an unknown end is open."""
        begins_late = last_day is not None and self.first_day is not None
        ends_early = self.last_day is not None and first_day is not None
        return not (
            (begins_late and self.first_day > last_day)  # type: ignore[operator]
            or (ends_early and self.last_day < first_day)  # type: ignore[operator]
        )


@dataclass(frozen=True, slots=True)
class Around:
    """What the scheme stands around.

    Attributes:
        case: the kind of the placement; its days, inclusive.
        others: the other schemes of the placement that are applied for or granted.
        elsewhere: those of the participant's other placements.
        birth_date: of the participant; ``None`` where it is not known.
    """

    case: CaseKind
    first_day: date | None = None
    last_day: date | None = None
    others: Collection[Asked] = ()
    elsewhere: Collection[Asked] = ()
    birth_date: date | None = None


def scheme_name(kind: SchemeKind) -> str:
    """Return what a scheme is called, as it stands within a sentence."""
    return str(_TEXTS["schemes"][kind]["name"])


def state_name(state: SchemeState) -> str:
    """Return how far it has come in a word or two."""
    return str(_TEXTS["states"][state])


def told(kind: SchemeKind, numbers: Mapping[str, int]) -> tuple[str, ...]:
    """Say what a scheme is, what it may give and how long, with the numbers filled in.

    Raises:
        KeyError: a number is missing that the sentences name.
    """
    return tuple(line.format(**numbers) for line in _TEXTS["schemes"][kind]["told"])


def next_states(state: SchemeState | None, roles: Collection[Role]) -> tuple[SchemeState, ...]:
    """Return what somebody may say of a scheme now.

    Example:
        >>> next_states(SchemeState.APPLIED, [Role.PRACTICE_SUPERVISOR])
        (<SchemeState.WITHDRAWN: 'withdrawn'>,)
    """
    return tuple(
        to
        for to, (who, after) in MOVES.items()
        if state in after and any(role in who for role in roles)
    )


def refusals_of_move(
    state: SchemeState | None, to: SchemeState, roles: Collection[Role]
) -> Iterator[str]:
    """Say in sentences why somebody may not say so now; nothing where it may be said."""
    who, after = MOVES[to]
    if not any(role in who for role in roles):
        names = [ROLE_NAMES[role] for role in who]
        able = f"{', '.join(names[:-1])} eller {names[-1]}" if len(names) > 1 else names[0]
        yield _say("not_theirs", state=state_name(to), able=able)
    if state not in after:
        now = state_name(state) if state else _TEXTS["states"]["none"]
        yield _say("not_from_there", now=now, state=state_name(to))


def refusals(asked: Asked, *, to: SchemeState, around: Around, bounds: Bounds) -> Iterator[str]:
    """Say in sentences what speaks against applying for or granting a scheme; nothing if nothing.

    What is only discussed, refused or withdrawn is held against nothing.
    """
    if to not in BINDING:
        return
    is_given = to is SchemeState.GRANTED
    if is_given and asked.first_day is None:
        yield _say("days_needed", name=scheme_name(asked.kind))
    yield from _against_days(asked, bounds, around, is_given=is_given)
    yield from _against_others(asked, around)


def warnings(asked: Asked, *, bounds: Bounds) -> Iterator[str]:
    """Say what may be granted on special grounds only."""
    usual, longest = bounds.months, bounds.longest_months
    if asked.first_day is None or asked.last_day is None or usual is None or longest is None:
        return
    last = _last_of(asked.first_day, usual)
    if asked.last_day > last:
        yield _say(
            "special_grounds", name=_capital(asked.kind), last=_day(last), source=bounds.source
        )


def _against_days(asked: Asked, bounds: Bounds, around: Around, *, is_given: bool) -> Iterator[str]:
    first, last, name = asked.first_day, asked.last_day, _capital(asked.kind)
    if first and last and last < first:
        yield _say("ends_before_start", name=name)
        return
    used = _days_elsewhere(asked, around)
    whole = _limit(first, bounds)
    limit = whole - timedelta(days=used) if whole else None
    if first and limit and (is_given if last is None else last > limit):
        code = "used_up" if limit < first else "too_long_in_all" if used else "too_long"
        yield _say(code, name=name, last=_day(limit), days=used, source=bounds.source)
    if bounds.first_month and bounds.last_month and first:
        months = range(bounds.first_month, bounds.last_month + 1)
        end = last or first
        if first.month not in months or end.month not in months or end.year != first.year:
            yield _say("outside_season", name=name, source=bounds.source)
    birth_date = around.birth_date
    too_old = bounds.younger_than and first and birth_date
    if too_old and age_on(first, birth_date) >= bounds.younger_than:  # type: ignore[arg-type,operator]
        yield _say("too_old", name=name, years=bounds.younger_than, source=bounds.source)


def _against_others(asked: Asked, around: Around) -> Iterator[str]:
    beside = [each for each in around.others if each.meets(asked.first_day, asked.last_day)]
    kinds = {each.kind for each in beside}
    there = {each.kind for each in around.elsewhere if each.meets(asked.first_day, asked.last_day)}
    if asked.kind is SchemeKind.MENTOR:
        training = {CaseKind.WORK_TRAINING, CaseKind.SUMMER_JOB}
        if around.case not in training and not kinds & _WITH_MENTOR:
            yield _say("mentor_alone")
        return
    if asked.kind in _WAGES:
        for other in sorted((kinds | there) & _WAGES):
            yield _say("one_wage_subsidy", name=_capital(asked.kind), other=scheme_name(other))
        last = around.last_day if around.case in _UNPAID else None
        if last is not None and asked.meets(around.first_day, last):
            yield _say("in_practice", name=_capital(asked.kind), last=_day(last))
    paid = _WAGES if asked.kind is SchemeKind.WORK_TRAINING else {SchemeKind.WORK_TRAINING}
    if asked.kind in _WITH_MENTOR and (kinds | there) & paid:
        yield _say("not_employed")


def _days_elsewhere(asked: Asked, around: Around) -> int:
    """Count the days that somebody has had of the same elsewhere, with both ends known."""
    if asked.kind not in _WITH_MENTOR:
        return 0
    return sum(
        (each.last_day - each.first_day).days + 1
        for each in around.elsewhere
        if each.kind is asked.kind and each.first_day and each.last_day
    )


def _limit(first: date | None, bounds: Bounds) -> date | None:
    if first is None:
        return None
    if bounds.weeks:
        return first + timedelta(weeks=bounds.weeks, days=-1)
    months = bounds.longest_months or bounds.months
    return _last_of(first, months) if months else None


def _last_of(first: date, months: int) -> date:
    return add_months(first, months) - timedelta(days=1)


def _capital(kind: SchemeKind) -> str:
    name = scheme_name(kind)
    return name[0].upper() + name[1:]


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _say(code: str, **values: object) -> str:
    return str(_TEXTS["refusals"][code]).format(**values)
