"""Where the tables are in a sheet: by what the headings mean, not by position."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from innpass.domain.sheets.headings import Heading, understand
from innpass.domain.sheets.words import fold, squash, tidy
from innpass.domain.sheets.workbook import Area, CellContent, Sheet

MOST_DIGITS = 3
MOST_ODD = 0.1  # of the texts of a header, such as ``Omfang (1 = 100 %)``
LONGEST_HEADING = 70
MOST_GROUP_ROWS = 3
GENERIC = frozenset(
    {
        "start",
        "end",
        "date",
        "own_number",
        "guide",
        "adviser",
        "type",
        "reason",
        "goal",
        "name",
        "unit",
        "remark",
        "level",
        "planned_end",
        "actual_end",
    }
)
PLACEMENT_IDEAS = frozenset({"municipal", "private", "practice", "company"})
PLACEMENT_MEANINGS = frozenset(
    {
        "unit",
        "area",
        "start",
        "end",
        "period",
        "extended",
        "hours",
        "evaluation_visit",
        "contract",
        "type",
        "planned_end",
        "actual_end",
        "supervisor",
    }
)
IDENTITY_MEANINGS = frozenset(
    {
        "name",
        "family_name",
        "given_name",
        "identity",
        "duf",
        "socio",
        "visma",
        "own_number",
        "student_number",
        "refugee_number",
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading above several headings, and the columns it covers (inclusive)."""

    text: str
    ideas: frozenset[str]
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table. ``meaning`` takes the group's heading into account."""

    index: int
    row: int
    heading: Heading
    meaning: str | None
    groups: tuple[Group, ...] = ()

    @property
    def ideas(self) -> frozenset[str]:
        """All ideas in the column's own heading and those above it."""
        return self.heading.ideas.union(*(group.ideas for group in self.groups))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet: its columns, and its data rows counted from 0, ``last_row`` inclusive."""

    sheet: Sheet
    columns: tuple[TableColumn, ...]
    first_row: int
    last_row: int
    title: str = ""
    repeated_headers: frozenset[int] = field(default=frozenset())
    spread: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, tuple[CellContent, ...]]]:
        """Yield the rows with their index; cells of merged areas hold the area's content."""
        rows = self.sheet.rows
        spread_rows: dict[int, list[tuple[int, tuple[int, int]]]] = {}
        for (row, column), source in self.spread.items():
            spread_rows.setdefault(row, []).append((column, source))
        for index in range(self.first_row, self.last_row + 1):
            if index in self.repeated_headers:
                continue
            cells = rows[index]
            for column, (from_row, from_column) in spread_rows.get(index, ()):
                padded = list(cells) + [None] * (column + 1 - len(cells))
                if _is_blank(padded[column]):
                    padded[column] = next(iter(rows[from_row][from_column:]), None)
                cells = tuple(padded)
            yield index, cells

    def contents(self, column: int) -> Iterator[CellContent]:
        """Yield the contents of a column."""
        for _, cells in self.rows():
            yield cells[column] if column < len(cells) else None

    @property
    def meanings(self) -> frozenset[str]:
        """The meanings of the columns."""
        return frozenset(column.meaning for column in self.columns if column.meaning)


def find_tables(sheet: Sheet) -> tuple[Table, ...]:
    """Find the tables of a sheet, from the top down.

    A header is the last of the rows standing together whose texts are mostly understood as
    headings; rows above it that cover several of its columns are groups. The same header again is
    skipped, another one begins a new table.
    """
    headers = _header_rows(sheet)
    tables: list[Table] = []
    for position, header in enumerate(headers):
        before = headers[position + 1] if position + 1 < len(headers) else len(sheet.rows)
        columns = _columns(sheet, header, earliest=tables[-1].last_row + 1 if tables else 0)
        if tables and _same(tables[-1].columns, columns):
            last = tables[-1]
            repeated = last.repeated_headers | _block(sheet, header)
            tables[-1] = Table(
                last.sheet,
                last.columns,
                last.first_row,
                before - 1,
                last.title,
                repeated,
                last.spread,
            )
            continue
        if tables:
            tables[-1] = _without_groups_of_next(tables[-1], columns)
        tables.append(
            Table(
                sheet,
                columns,
                header + 1,
                before - 1,
                _title(sheet, header),
                spread=_spread(sheet, header),
            )
        )
    return tuple(tables)


def _header_rows(sheet: Sheet) -> list[int]:
    found: list[int] = []
    for index, cells in enumerate(sheet.rows):
        if not _is_header(cells):
            continue
        if found and _is_one_header(sheet, found[-1], index):
            found[-1] = index  # a header of several rows: the lowest one counts
        else:
            found.append(index)
    return found


def _is_one_header(sheet: Sheet, upper: int, lower: int) -> bool:
    """Say whether two header rows belong together: nothing but short texts stands between."""
    if lower - upper > MOST_GROUP_ROWS:
        return False
    above = [squash(text) for content in sheet.rows[upper] if (text := _text(content))]
    below = [squash(text) for content in sheet.rows[lower] if (text := _text(content))]
    if above == below:
        return False
    between = [content for cells in sheet.rows[upper + 1 : lower] for content in cells]
    texts = [content for content in between if not _is_blank(content)]
    if lower - upper > 1 and not texts:
        return False
    return all(isinstance(one, str) and not any(map(str.isdigit, one)) for one in texts)


def _is_header(cells: tuple[CellContent, ...]) -> bool:
    texts: list[str] = []
    odd = 0
    for content in cells:
        if isinstance(content, str):
            if not content or content.isspace():
                continue
            odd += len(content) > LONGEST_HEADING or sum(map(str.isdigit, content)) > MOST_DIGITS
            texts.append(content)
        elif content is not None:
            return False
    if len(texts) < 2 or odd > MOST_ODD * len(texts):
        return False
    understood = [heading for text in texts if (heading := understand(text)).meaning]
    meanings = {heading.meaning for heading in understood}
    return len(meanings) >= 2 and len(understood) >= 0.5 * len(texts) and not _is_legend(texts)


def _is_legend(texts: list[str]) -> bool:
    return bool(texts) and "legend" in understand(texts[0].rstrip(": ")).ideas


def _columns(sheet: Sheet, header: int, *, earliest: int) -> tuple[TableColumn, ...]:
    texts = {
        column: text
        for column, content in enumerate(sheet.rows[header])
        if (text := _text(content))
    }
    levels: list[list[Group]] = []
    row = header - 1
    own_rows = dict.fromkeys(texts, header)
    while row >= earliest and len(levels) < MOST_GROUP_ROWS:
        upper = {
            column: text
            for column, content in enumerate(sheet.rows[row])
            if (text := _text(content))
        }
        groups, own = _groups(sheet, row, upper, texts)
        if groups is None:
            break
        for column in own:
            texts[column], own_rows[column] = upper[column], row
        levels.insert(0, groups)
        row -= 1
    columns = []
    for column in sorted(texts):
        over = tuple(
            group
            for level in levels
            for group in level
            if group.first_column <= column <= group.last_column
        )
        heading = understand(texts[column])
        columns.append(
            TableColumn(column, own_rows[column], heading, _meaning(heading, over), over)
        )
    return tuple(columns)


def _meaning(heading: Heading, groups: tuple[Group, ...]) -> str | None:
    """Settle a heading that means little alone by the heading above it."""
    if not groups or (heading.meaning and heading.meaning not in GENERIC):
        return heading.meaning
    together = understand(f"{groups[-1].text} {heading.text}")
    if together.meaning in {"identity", "duf"}:
        return heading.meaning  # a group of numbers of several kinds
    if together.meaning and together.meaning not in GENERIC and together.score >= 0.7:
        if heading.meaning == "name" and together.meaning not in {
            "adviser",
            "supervisor",
            "teacher",
        }:
            return heading.meaning
        return together.meaning
    return heading.meaning or (together.meaning if together.score >= 0.9 else None)


def _groups(
    sheet: Sheet, row: int, upper: dict[int, str], lower: dict[int, str]
) -> tuple[list[Group] | None, list[int]]:
    """Read a row above a header as groups; ``None`` when it is not one.

    Returns:
        the groups, and the columns whose heading stands in this row since the lower cell is empty.
    """
    if not upper or _is_legend(list(upper.values())):
        return None, []
    if any(
        len(text) > LONGEST_HEADING or sum(map(str.isdigit, text)) > 3 for text in upper.values()
    ):
        return None, []
    own = [column for column in upper if column not in lower and column <= max(lower) + 3]
    merged = {area.first_column: area for area in sheet.merged if area.first_row == row}
    last = max(lower)
    groups: list[Group] = []
    ordered = sorted(upper)
    for position, column in enumerate(ordered):
        following = ordered[position + 1] if position + 1 < len(ordered) else last + 1
        area = merged.get(column)
        if area is not None:
            end = area.last_column
        elif merged and any(area.last_column > area.first_column for area in merged.values()):
            end = column
        else:
            end = following - 1
        spans = [one for one in lower if column <= one <= end]
        if column in own and not any(one > column for one in spans):
            continue
        groups.append(Group(upper[column], understand(upper[column]).ideas, column, end))
    if not groups:
        return (
            (groups, own)
            if own and any(understand(upper[one]).meaning for one in own)
            else (None, [])
        )
    own = [column for column in own if not any(group.first_column == column for group in groups)]
    if len(upper) == 1 and groups[0].first_column <= min(lower):
        return None, []  # a title
    for group in groups:
        under = {
            understand(lower[one]).meaning
            for one in lower
            if group.first_column <= one <= group.last_column
        }
        if group.ideas & PLACEMENT_IDEAS and not under & PLACEMENT_MEANINGS and under:
            return None, []
    known = sum(bool(group.ideas) or bool(understand(group.text).meaning) for group in groups)
    known += sum(bool(understand(upper[column]).meaning) for column in own)
    if known < 0.4 * (len(groups) + len(own)):
        return None, []
    return groups, own


def _spread(sheet: Sheet, header: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Map the lower cells of areas merged downwards to the area's first cell."""
    spread: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged:
        if area.first_row <= header or area.last_row <= area.first_row or _is_wide(area):
            continue
        for row in range(area.first_row + 1, min(area.last_row, len(sheet.rows) - 1) + 1):
            spread[row, area.first_column] = (area.first_row, area.first_column)
    return spread


def _is_wide(area: Area) -> bool:
    return area.last_column - area.first_column > 3 or area.last_row - area.first_row > 200


def _same(one: tuple[TableColumn, ...], other: tuple[TableColumn, ...]) -> bool:
    first = {(column.index, squash(column.heading.text)) for column in one}
    second = {(column.index, squash(column.heading.text)) for column in other}
    return len(first & second) >= 0.8 * max(len(first), len(second))


def _block(sheet: Sheet, header: int) -> frozenset[int]:
    """Return the rows of a repeated header, with its groups."""
    rows = {header}
    above = [_text(content) for content in sheet.rows[header - 1]] if header else []
    groups = [text for text in above if text]
    if len(groups) > 1 and all(understand(text).ideas for text in groups):
        rows.add(header - 1)
    return frozenset(rows)


def _without_groups_of_next(table: Table, following: tuple[TableColumn, ...]) -> Table:
    top = min((column.row for column in following), default=table.last_row + 1)
    last = min(table.last_row, top - 1)
    return Table(
        table.sheet,
        table.columns,
        table.first_row,
        last,
        table.title,
        table.repeated_headers,
        table.spread,
    )


def _title(sheet: Sheet, header: int) -> str:
    """Return the nearest text above a header that stands alone in its row."""
    for row in range(header - 1, max(-1, header - 8), -1):
        texts = [text for content in sheet.rows[row] if (text := _text(content))]
        if len(texts) == 1:
            return texts[0]
    return ""


def _text(content: CellContent) -> str:
    return tidy(content) if isinstance(content, str) else ""


def _is_blank(content: CellContent) -> bool:
    return content is None or (isinstance(content, str) and not fold(content))
