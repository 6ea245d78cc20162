"""Groups of columns in a person's row that each describe one placement."""

from dataclasses import dataclass, field

from innpass.domain.sheets.tables import PLACEMENT_IDEAS, TableColumn

_FIELDS = {
    "unit": "placement.unit",
    "area": "placement.area",
    "start": "placement.first_day",
    "end": "placement.last_day",
    "planned_end": "placement.last_day",
    "actual_end": "placement.last_day",
    "start_programme": "placement.first_day",
    "period": "placement.period",
    "extended": "placement.extended",
    "hours": "placement.hours_per_week",
    "evaluation_visit": "placement.evaluation_visit",
    "contract": "placement.contract",
    "type": "placement.kind",
}
_SURE = frozenset({"unit", "area", "extended", "hours", "evaluation_visit", "contract", "type"})
_DAYS = frozenset({"start", "end", "period", "hours", "planned_end", "actual_end"})
_LATE = frozenset({"evaluation_visit", "contract", "extended", "hours"})


@dataclass(slots=True)
class PlacementGroup:
    """One group, numbered from 0 in the order of the columns. ``kind`` is what its words imply."""

    number: int
    key: object
    kind: str | None = None
    fields: list[tuple[TableColumn, str]] = field(default_factory=list)

    def holds(self, name: str) -> bool:
        """Say whether the group has a column for a field already."""
        return any(one == name for _, one in self.fields)


def placement_groups(columns: list[TableColumn]) -> list[PlacementGroup]:
    """Find the placement groups among a person table's columns.

    Columns belong together by the heading above them; failing that by the words or the number in
    their own headings; failing that by standing side by side, a repeated meaning beginning a new
    group.
    """
    groups: list[PlacementGroup] = []
    current: PlacementGroup | None = None
    previous = -2
    for column in columns:
        name = _FIELDS.get(column.meaning or "")
        if name is None:
            if column.meaning is not None:
                current = None
            continue
        key = _key(column)
        is_sure = column.meaning in _SURE or key is not None
        if not is_sure and not (
            current and column.index == previous + 1 and column.meaning in _DAYS
        ):
            current = None
            continue
        if (
            column.groups
            and key is None
            and column.meaning in {"start", "end", "planned_end", "period"}
        ):
            current = None
            continue
        group = _find(groups, current, key, name, column)
        if group is None:
            continue
        if not group.holds(name):
            group.fields.append((column, name))
        group.kind = group.kind or _kind(column)
        current, previous = group, column.index
    return _numbered([group for group in groups if _is_placement(group)])


def _find(
    groups: list[PlacementGroup],
    current: PlacementGroup | None,
    key: object,
    name: str,
    column: TableColumn,
) -> PlacementGroup | None:
    """Return the group a column belongs to, made if need be."""
    if key is not None:
        matching = [group for group in groups if group.key == key]
        if matching and not (matching[-1].holds(name) and not column.groups):
            return matching[-1]
    elif current is not None and not current.holds(name):
        return current
    elif column.meaning in _LATE and groups and current is None:
        free = [group for group in groups if not group.holds(name)]
        if column.meaning == "contract":
            free = [group for group in free if group.kind == "private"] or free[-1:]
        return free[-1] if free else None
    group = PlacementGroup(len(groups), key)
    groups.append(group)
    return group


def _key(column: TableColumn) -> object:
    """Tell columns of different placements apart; ``None`` when the words say nothing."""
    for group in reversed(column.groups):
        if group.ideas & PLACEMENT_IDEAS:
            return ("above", group.first_column, column.heading.ordinal or 0)
    own = column.heading.ideas
    kind = "private" if "private" in own else "municipal" if "municipal" in own else None
    if (
        kind is None
        and not ("practice" in own and column.meaning != "unit")
        and column.heading.ordinal is None
    ):
        return None
    if column.heading.ordinal is not None and column.meaning == "evaluation_visit" and kind is None:
        return None
    if kind is None and column.heading.ordinal is None:
        return None if column.meaning in _SURE else ("practice",)
    return ("own", kind, "new" in own, column.heading.ordinal or 0)


def _kind(column: TableColumn) -> str | None:
    ideas = column.ideas
    if "private" in ideas and "municipal" not in ideas:
        return "private"
    if "municipal" in ideas and "private" not in ideas:
        return "municipal"
    if "company" in column.heading.ideas and "unit" not in column.heading.ideas:
        return "private"
    if any("company" in group.ideas for group in column.groups):
        return "private"
    return None


def _is_placement(group: PlacementGroup) -> bool:
    names = {name for _, name in group.fields}
    return bool(names & {"placement.unit", "placement.area"}) or len(names) >= 2


def _numbered(groups: list[PlacementGroup]) -> list[PlacementGroup]:
    for number, group in enumerate(sorted(groups, key=lambda one: one.fields[0][0].index)):
        group.number = number
    return groups
