"""Days whose headings say nothing known, told by how they lie beside each other."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from innpass.domain.periods import add_months
from innpass.domain.sheets.dates import read_date
from innpass.domain.sheets.evidence import Evidence
from innpass.domain.sheets.tables import PLACEMENT_IDEAS, Table, TableColumn

FEW = 4
MOSTLY_DATES = 0.8
MOSTLY_WHOLE_MONTHS = 0.6
ALMOST_ALWAYS = 0.95
PROGRAMME_MONTHS = range(3, 61)

_STARTS = frozenset({"start", "start_programme", "period"})
_ENDS = frozenset({"end", "planned_end", "actual_end", "period"})
_DETAILS = frozenset({"activity", "unit", "leave_reason", "reason", "hours"})
_OF_PERSONS = frozenset(
    {"adviser", "supervisor", "class", "track", "end_goal", "protection", "extent", "handover"}
)

Days = list[date | None]


def with_days(
    table: Table, columns: list[TableColumn], evidence: dict[int, Evidence]
) -> list[TableColumn]:
    """Name first and last days among the columns of dates that no heading explains.

    The two ends of a programme lie whole months apart, which other days do not. In a list of
    placements, hours or leave, of two days the one that always comes first is the first.
    """
    unread = [
        column
        for column in columns
        if column.meaning is None
        and evidence[column.index].filled >= FEW
        and evidence[column.index].dates >= MOSTLY_DATES
        and not column.ideas & PLACEMENT_IDEAS
    ]
    if not unread:
        return columns
    meanings = {column.meaning for column in columns}
    if meanings & _OF_PERSONS:
        found = _of_programme(table, columns, unread)
    elif meanings & _DETAILS:
        found = _of_detail(table, meanings, unread)
    else:
        found = {}
    return [replace(one, meaning=found.get(one.index, one.meaning)) for one in columns]


def _of_programme(
    table: Table, columns: list[TableColumn], unread: list[TableColumn]
) -> dict[int, str]:
    """Find the two days that lie whole months apart where one of them at least is not known."""
    own = [column for column in columns if not column.ideas & PLACEMENT_IDEAS]
    starts = [one for one in own if one.meaning in {"start", "start_programme"}]
    ends = [one for one in own if one.meaning == "planned_end"]
    days = {one.index: _days(table, one) for one in [*unread, *starts, *ends]}
    best: tuple[float, dict[int, str]] = (0.0, {})
    for first in starts or unread:
        for last in ends or unread:
            if first is last or (starts and ends):
                continue
            share = _share(
                _is_whole_months(one, two)
                for one, two in zip(days[first.index], days[last.index], strict=True)
                if one and two
            )
            if share > best[0]:
                best = (share, {first.index: "start", last.index: "planned_end"})
    return best[1] if best[0] >= MOSTLY_WHOLE_MONTHS else {}


def _of_detail(
    table: Table, meanings: set[str | None], unread: list[TableColumn]
) -> dict[int, str]:
    """Tell the first day from the last by their order."""
    has_start, has_end = bool(meanings & _STARTS), bool(meanings & _ENDS)
    if has_start and has_end:
        return {}
    if not has_start and not has_end and len(unread) == 2:
        one, two = unread
        if _precedes(table, one, two):
            return {one.index: "start", two.index: "end"}
        return {one.index: "end", two.index: "start"} if _precedes(table, two, one) else {}
    known = [one for one in table.columns if one.meaning in _STARTS | _ENDS]
    if len(unread) != 1 or len(known) != 1:
        return {}
    if has_start and _precedes(table, known[0], unread[0]):
        return {unread[0].index: "end"}
    if has_end and _precedes(table, unread[0], known[0]):
        return {unread[0].index: "start"}
    return {}


def _precedes(table: Table, first: TableColumn, last: TableColumn) -> bool:
    pairs = zip(_days(table, first), _days(table, last), strict=True)
    return _share(one <= two for one, two in pairs if one and two) >= ALMOST_ALWAYS


def _days(table: Table, column: TableColumn) -> Days:
    found = [read_date(content) for content in table.contents(column.index)]
    return [one.value if one and isinstance(one.value, date) else None for one in found]


def _share(answers: Iterable[bool]) -> float:
    given = list(answers)
    return sum(given) / len(given) if len(given) >= FEW else 0.0


def _is_whole_months(first: date, last: date) -> bool:
    months = (last.year - first.year) * 12 + last.month - first.month
    return any(
        add_months(first, count) in {last, last + timedelta(days=1)}
        for count in (months, months + 1)
        if count in PROGRAMME_MONTHS
    )
