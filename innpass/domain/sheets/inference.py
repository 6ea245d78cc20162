"""Columns whose meaning their cells tell, where the heading is silent or wrong."""

from dataclasses import replace

from innpass.domain.sheets.days import with_days
from innpass.domain.sheets.evidence import Evidence, share_of_codes, weigh
from innpass.domain.sheets.tables import Table, TableColumn

SKILLS = ("listening", "reading", "writing", "speaking")
ENOUGH = 0.7
NAMES = frozenset({"name", "family_name", "given_name"})
PERSONAL = frozenset({"birth_date", "identity", "duf", "socio", "visma", "student_number"})

NUMBERS = frozenset({"duf", "identity", "socio", "visma"})
GOALS = frozenset({"test_goal", "goal", "end_goal", "level"})
WORDS = frozenset({"unit", "area", "country", "adviser", "supervisor", "class"})
NUMBER_OF_BODY = {"nav": "socio", "refugee": "refugee_number", "learning": "student_number"}
PLAIN = 0.8
FEW = 3
FAILING = 0.1

_CODES = {"activity": "activity.kind", "type": "placement.kind"}


def with_inferred_meanings(table: Table) -> Table:
    """Let the cells supply or overrule the meaning of columns that cannot be anything else."""
    evidence = {column.index: weigh(table.contents(column.index)) for column in table.columns}
    columns = [_by_content(table, column, evidence[column.index]) for column in table.columns]
    columns = _missing_skill(columns, evidence)
    columns = _wanted_level(columns, evidence)
    columns = _second_unit(columns)
    known = {column.meaning for column in columns}
    for position, column in enumerate(columns):
        if column.meaning is None and evidence[column.index].filled:
            meaning = _by_code_words(table, column)
            if meaning and meaning not in known:
                columns[position] = replace(column, meaning=meaning)
                known.add(meaning)
    columns = with_days(table, columns, evidence)
    if not known & NAMES and known & PERSONAL:
        columns = _name_without_heading(columns, evidence)
    return replace(table, columns=tuple(columns))


def _by_content(table: Table, column: TableColumn, evidence: Evidence) -> TableColumn:
    """Let a column's content overrule or supply its meaning where it cannot be anything else."""
    meaning = column.meaning
    if evidence.is_identity and meaning in {
        None,
        "birth_date",
        "own_number",
        "duf",
        "ignored",
        "socio",
    }:
        return replace(column, meaning="identity")
    if (
        evidence.filled
        and evidence.duf >= 0.6
        and meaning in {None, "identity", "own_number", "ignored"}
    ):
        return replace(column, meaning="duf")
    if meaning == "identity" and evidence.dates >= 0.8 and evidence.identity < 0.1:
        return replace(column, meaning="birth_date")
    if meaning in {None, "name"} and evidence.filled and evidence.foreign_script >= 0.7:
        return replace(column, meaning="native_name")
    if meaning in {"own_number", "student_number"} and evidence.names >= 0.6:
        return replace(column, meaning="name")
    if meaning in {"own_number", "student_number", "refugee_number"} and evidence.numbers < 0.5:
        return replace(column, meaning=None if evidence.filled else meaning)
    if meaning in {"area", "unit"} and _are_kinds(table, column):
        return replace(column, meaning="type")
    if meaning is None and evidence.filled and evidence.numbers >= PLAIN:
        bodies = set(column.heading.ideas) & set(NUMBER_OF_BODY)
        if len(bodies) == 1 and not evidence.is_running and not evidence.dates:
            return replace(column, meaning=NUMBER_OF_BODY[bodies.pop()])
    if meaning in NUMBERS and evidence.filled >= FEW and evidence.numbers < FAILING:
        return replace(column, meaning=None)
    if meaning in WORDS and evidence.filled >= FEW and evidence.dates >= ENOUGH:
        return replace(column, meaning=None)
    return column


def _are_kinds(table: Table, column: TableColumn) -> bool:
    """Say whether a column only says municipal or private, again and again."""
    texts = [one for one in table.contents(column.index) if isinstance(one, str) and one.strip()]
    if column.meaning == "unit" and (len(texts) < FEW or len(set(texts)) > FEW):
        return False
    return share_of_codes(texts, "placement.kind") >= ENOUGH


def _missing_skill(columns: list[TableColumn], evidence: dict[int, Evidence]) -> list[TableColumn]:
    """Name the fourth column of levels when the other three skills are there."""
    present = {column.meaning for column in columns} & set(SKILLS)
    unnamed = [
        column
        for column in columns
        if column.meaning is None and evidence[column.index].levels >= ENOUGH
    ]
    if len(present) != len(SKILLS) - 1 or len(unnamed) != 1:
        return columns
    (missing,) = set(SKILLS) - present
    return [replace(one, meaning=missing) if one is unnamed[0] else one for one in columns]


def _wanted_level(columns: list[TableColumn], evidence: dict[int, Evidence]) -> list[TableColumn]:
    """Take the one column of levels beside the four skills of a test as what was aimed at."""
    present = {column.meaning for column in columns}
    unnamed = [
        column
        for column in columns
        if column.meaning is None and evidence[column.index].levels >= ENOUGH
    ]
    if not {*SKILLS, "test_date"} <= present or present & GOALS or len(unnamed) != 1:
        return columns
    return [replace(one, meaning="test_goal") if one is unnamed[0] else one for one in columns]


def _second_unit(columns: list[TableColumn]) -> list[TableColumn]:
    """Take a column such as ``Avdeling/område`` as the area where another names the unit."""
    units = [one for one in columns if one.meaning == "unit" and not one.groups]
    areas = [one for one in units if "area" in one.heading.ideas]
    if len(units) < 2 or len(areas) != 1 or any(one.meaning == "area" for one in columns):
        return columns
    return [replace(one, meaning="area") if one is areas[0] else one for one in columns]


def _by_code_words(table: Table, column: TableColumn) -> str | None:
    for meaning, field in _CODES.items():
        if share_of_codes(table.contents(column.index), field) >= ENOUGH:
            return meaning
    return None


def _name_without_heading(
    columns: list[TableColumn], evidence: dict[int, Evidence]
) -> list[TableColumn]:
    """Take the first column of names under a heading that is not understood as the name."""
    for column in columns:
        found = evidence[column.index]
        if column.meaning in {None, "next_step_owner"} and found.filled > 1 and found.names >= 0.9:
            return [replace(one, meaning="name") if one is column else one for one in columns]
    return columns
