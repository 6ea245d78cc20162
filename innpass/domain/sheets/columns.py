"""Which field each column supplies, by its heading, its group, its table's kind and owner."""

from collections.abc import Mapping
from dataclasses import dataclass

from innpass.domain.sheets.evidence import Evidence, weigh
from innpass.domain.sheets.fields import EndGoal, Protection, numbered
from innpass.domain.sheets.headings import ideas_of
from innpass.domain.sheets.placement_groups import placement_groups
from innpass.domain.sheets.records import Owner, TableKind, UnreadColumn
from innpass.domain.sheets.tables import Table, TableColumn
from innpass.domain.sheets.workbook import cell_name

IDENTITY = "identity"
"""Stands for ``ids.fnr`` and ``ids.dnr``: the digits of each cell tell which."""
PERIOD = ".period"
"""Stands for a first and a last day in one column."""

_ANYWHERE = {
    "name": "name",
    "family_name": "family_name",
    "given_name": "given_name",
    "birth_date": "birth_date",
    "identity": IDENTITY,
    "duf": "ids.duf",
    "socio": "ids.socio",
}
_PERSON = {
    "native_name": "native_name",
    "country": "country",
    "start": "programme.start",
    "start_programme": "programme.start",
    "planned_end": "programme.planned_end",
    "actual_end": "programme.actual_end",
    "period": "programme" + PERIOD,
    "end_reason": "programme.end_reason",
    "reason": "programme.end_reason",
    "protection": "programme.protection",
    "upper_secondary": "programme.upper_secondary",
    "end_goal": "programme.end_goal",
    "goal": "programme.end_goal",
    "extent": "programme.extent_percent",
    "adviser": "programme.adviser",
    "supervisor": "programme.supervisor",
    "nav_adviser": "nav.adviser",
    "teacher": "teacher",
    "class": "programme.class_name",
    "track": "programme.track",
    "info_meeting": "nav.info_meeting",
    "handover": "nav.handover",
    "last_contact": "last_contact",
    "next_step": "next_step",
    "next_step_due": "next_step_due",
    "next_step_owner": "next_step_owner",
    "remark": "remark",
    "listening": "level.listening",
    "reading": "level.reading",
    "writing": "level.writing",
    "speaking": "level.speaking",
}
_DETAILS = {
    TableKind.PLACEMENT: {
        "type": "placement.kind",
        "area": "placement.area",
        "unit": "placement.unit",
        "extended": "placement.extended",
        "hours": "placement.hours_per_week",
        "evaluation_visit": "placement.evaluation_visit",
        "contract": "placement.contract",
    },
    TableKind.ACTIVITY: {
        "activity": "activity.kind",
        "type": "activity.kind",
        "hours": "activity.hours_per_week",
    },
    TableKind.LEAVE: {
        "reason": "leave.reason",
        "leave_reason": "leave.reason",
        "type": "leave.reason",
        "end_reason": "leave.reason",
        "remark": "leave.reason",
    },
    TableKind.TEST: {
        "test_date": "test.date",
        "date": "test.date",
        "start": "test.date",
        "test_goal": "test.goal",
        "goal": "test.goal",
        "level": "test.goal",
        "reached": "test.reached",
        "listening": "test.listening",
        "reading": "test.reading",
        "writing": "test.writing",
        "speaking": "test.speaking",
    },
}
_FIRST_DAYS = ("start", "start_programme")
_LAST_DAYS = ("end", "actual_end", "planned_end")
_OWN_NUMBER = {
    Owner.NAV: "ids.socio",
    Owner.REFUGEE: "ids.visma_refugee",
    Owner.LEARNING: "ids.visma_learning",
    Owner.OVERVIEW: "ids.visma_refugee",
}


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column and the field it supplies; ``group`` numbers a placement in a person's row.

    ``answers`` are the codes that yes and no mean where the heading asks a question.
    """

    column: TableColumn
    field: str
    group: int | None = None
    family_first: bool = False
    answers: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The field's name as in ``Row.readings``."""
        return self.field if self.group is None else numbered(self.field, self.group)


@dataclass(frozen=True, slots=True)
class ReadableTable:
    """A table whose columns are understood.

    ``implied`` gives, per field, a code that headings or names imply and the cell that says so;
    the readings appear only in rows where another column of the same group is filled.
    """

    table: Table
    kind: TableKind
    columns: tuple[FieldColumn, ...]
    implied: Mapping[str, tuple[str, str]]
    unread: tuple[UnreadColumn, ...]


def assign(table: Table, kind: TableKind, *, owner: Owner) -> ReadableTable:
    """Decide which field each column of a table supplies."""
    evidence = {column.index: weigh(table.contents(column.index)) for column in table.columns}
    columns = list(table.columns)
    chosen: dict[str, FieldColumn] = {}
    implied: dict[str, tuple[str, str]] = {}
    if kind is TableKind.PERSON:
        groups = placement_groups(columns)
        for group in groups:
            for column, field in group.fields:
                _choose(chosen, FieldColumn(column, field, group.number))
            if group.kind and group.fields:
                cell = cell_name(group.fields[0][0].row, group.fields[0][0].index)
                implied[numbered("placement.kind", group.number)] = (group.kind, cell)
        taken = {column.index for group in groups for column, _ in group.fields}
        columns = [column for column in columns if column.index not in taken]
    for column in columns:
        name = _field(column, kind, owner, columns, evidence[column.index], table)
        if name:
            ideas = column.heading.ideas
            family_first = name == "name" and _surname_first(column.heading.text, ideas)
            answers = _answers(name, column, evidence[column.index])
            _choose(chosen, FieldColumn(column, name, None, family_first, answers))
    _imply_from_names(table, kind, chosen, implied)
    read = {one.column.index for one in chosen.values()}
    unread = tuple(
        UnreadColumn(
            table.sheet.name,
            cell_name(column.row, column.index),
            column.heading.text,
            evidence[column.index].filled,
        )
        for column in table.columns
        if column.index not in read and not evidence[column.index].is_running
    )
    ordered = tuple(sorted(chosen.values(), key=lambda one: one.column.index))
    return ReadableTable(table, kind, ordered, implied, unread)


def _field(
    column: TableColumn,
    kind: TableKind,
    owner: Owner,
    columns: list[TableColumn],
    evidence: Evidence,
    table: Table,
) -> str | None:
    meaning = column.meaning
    if meaning is None:
        return None
    if meaning in _ANYWHERE:
        return _ANYWHERE[meaning]
    if meaning in {"visma", "own_number", "student_number", "refugee_number"}:
        return None if evidence.is_running else _number_field(column, owner, columns)
    if kind is TableKind.PERSON:
        return _person_field(column, owner, columns, evidence)
    if meaning == "reached" and evidence.levels > evidence.yes_no:
        return None
    if meaning == "extent" or (meaning == "goal" and kind is not TableKind.TEST):
        return None
    if field := _DETAILS[kind].get(meaning):
        return (
            field
            if not (meaning == "type" and kind is TableKind.ACTIVITY and _has(columns, "activity"))
            else None
        )
    if kind is TableKind.TEST:
        return None
    prefix = str(kind)
    if meaning == "period":
        return prefix + PERIOD
    if meaning in _FIRST_DAYS:
        return f"{prefix}.first_day"
    if meaning in _LAST_DAYS:
        rivals = [one for one in _LAST_DAYS if _has(columns, one)]
        return f"{prefix}.last_day" if rivals[0] == meaning else None
    return None


def _answers(name: str, column: TableColumn, evidence: Evidence) -> tuple[str, str] | None:
    """Return what yes and no mean under a heading that names one of two codes."""
    if evidence.yes_no < 0.6:
        return None
    if name == "programme.protection" and "collective" in column.heading.ideas:
        return Protection.COLLECTIVE, Protection.OTHER
    if name == "programme.end_goal" and "employed" in column.heading.ideas:
        return EndGoal.WORK, EndGoal.EDUCATION
    if name == "programme.end_goal" and "schooling" in column.heading.ideas:
        return EndGoal.EDUCATION, EndGoal.WORK
    return None


def _number_field(column: TableColumn, owner: Owner, columns: list[TableColumn]) -> str | None:
    """Tell whose system a number belongs to: by its words, else by the file it stands in."""
    if "learning" in column.ideas or column.meaning == "student_number":
        return "ids.visma_learning"
    if "refugee" in column.ideas or column.meaning == "refugee_number":
        return "ids.visma_refugee"
    if "nav" in column.ideas and column.meaning == "own_number":
        return "ids.socio"
    if owner is not Owner.OVERVIEW:
        if owner is Owner.NAV and column.meaning == "visma":
            return None
        return _OWN_NUMBER[owner]
    others = [
        one
        for one in columns
        if one is not column and one.meaning in {"visma", "student_number", "refugee_number"}
    ]
    if any("refugee" in one.ideas or one.meaning == "refugee_number" for one in others):
        return "ids.visma_learning" if column.meaning == "visma" else None
    if len(others) > 1 or (
        others
        and not any("learning" in one.ideas for one in others)
        and others[0].meaning != "student_number"
    ):
        return None  # two series with nothing to tell them apart
    return "ids.visma_refugee"


def _person_field(
    column: TableColumn, owner: Owner, columns: list[TableColumn], evidence: Evidence
) -> str | None:
    meaning = column.meaning or ""
    if meaning == "end":
        return "programme.actual_end" if _has(columns, "planned_end") else "programme.planned_end"
    if (
        meaning == "planned_end"
        and "planned" not in column.ideas
        and _planned_elsewhere(column, columns)
    ):
        return "programme.actual_end"
    if meaning in {"goal", "end_goal"} and evidence.levels >= 0.5:
        return None
    if meaning == "remark" and "info" in column.ideas and evidence.dates >= 0.6:
        return "nav.info_meeting"
    if (
        meaning == "info_meeting"
        and evidence.filled
        and evidence.dates < 0.2
        and evidence.names < 0.2
    ):
        return (
            "nav.info_meeting" if "meeting" in column.ideas or "nav" in column.ideas else "remark"
        )
    if meaning in {"guide", "adviser"}:
        return _adviser_field(column, owner, columns)
    return _PERSON.get(meaning)


def _adviser_field(column: TableColumn, owner: Owner, columns: list[TableColumn]) -> str:
    if "nav" in column.ideas or owner is Owner.NAV:
        return "nav.adviser"
    if owner is Owner.LEARNING:
        return "teacher"
    if column.meaning == "guide" and (
        column.ideas & {"practice", "private", "municipal"} or _has(columns, "adviser")
    ):
        return "programme.supervisor"
    return "programme.adviser"


def _planned_elsewhere(column: TableColumn, columns: list[TableColumn]) -> bool:
    return any(
        one is not column and one.meaning == "planned_end" and "planned" in one.ideas
        for one in columns
    )


def _has(columns: list[TableColumn], meaning: str) -> bool:
    return any(column.meaning == meaning for column in columns)


def _choose(chosen: dict[str, FieldColumn], column: FieldColumn) -> None:
    """Take a column unless another supplies the field as well; identity numbers may stand twice."""
    name = column.name
    if name == IDENTITY and name in chosen:
        name = f"{IDENTITY}.2"
    rival = chosen.get(name)
    if rival is None or rival.column.heading.score < column.column.heading.score - 0.15:
        chosen[name] = column


def _surname_first(text: str, ideas: frozenset[str]) -> bool:
    plain = text.casefold()
    if "surname" not in ideas or "givenname" not in ideas:
        return False
    family = min(
        (
            plain.find(word)
            for word in ("etternavn", "etternamn", "surname", "last", "family")
            if word in plain
        ),
        default=99,
    )
    given = min(
        (
            plain.find(word)
            for word in ("fornavn", "førenamn", "fornamn", "first", "given")
            if word in plain
        ),
        default=99,
    )
    return family < given


def _imply_from_names(
    table: Table,
    kind: TableKind,
    chosen: dict[str, FieldColumn],
    implied: dict[str, tuple[str, str]],
) -> None:
    """Take the code of a table without a code column from its sheet's name or title."""
    from innpass.domain.sheets.codes import known_code

    name = {TableKind.PLACEMENT: "placement.kind", TableKind.ACTIVITY: "activity.kind"}.get(kind)
    if name is None or name in chosen or not table.columns:
        return
    first = table.columns[0]
    for text in (table.sheet.name, table.title):
        ideas = ideas_of(text) if text else frozenset()
        code = known_code(text, name) if text else None
        if name == "placement.kind" and code is None and len(ideas & {"municipal", "private"}) == 1:
            code = "municipal" if "municipal" in ideas else "private"
        if code:
            implied[name] = (code, cell_name(first.row, first.index))
            return
    units = [one for one in chosen.values() if one.field == "placement.unit"]
    if name == "placement.kind" and units:
        ideas = units[0].column.ideas
        if "company" in ideas and "unit" not in ideas:
            implied[name] = ("private", cell_name(units[0].column.row, units[0].column.index))
