"""Which field each column supplies, by its heading, its group, its table's kind and owner."""

from collections.abc import Mapping
from types import MappingProxyType

from innpass.domain.sheets.evidence import (
    Evidence,
    holds_only_marks,
    holds_only_yes,
    share_of_codes,
    weigh,
)
from innpass.domain.sheets.fields import FIELDS, FieldType, numbered
from innpass.domain.sheets.implied import answers_of, imply_from_names, is_surname_first
from innpass.domain.sheets.mapping import NOT_USED
from innpass.domain.sheets.placement_groups import placement_groups
from innpass.domain.sheets.plausibility import field_by_content, is_plausible
from innpass.domain.sheets.readable import IDENTITY, PERIOD, FieldColumn, ReadableTable
from innpass.domain.sheets.records import Owner, TableKind, UnreadColumn
from innpass.domain.sheets.tables import Table, TableColumn
from innpass.domain.sheets.workbook import CellContent, cell_name

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
    "settled_on": "settled_on",
    "permit_on": "permit_on",
    "programme_offered": "programme.offered_on",
    "norwegian_offered": "norwegian.offered_on",
    "has_children": "programme.has_children",
    "mapping": "mapping_on",
    "career_guidance": "career_guidance_on",
    "integration_contract": "contract_on",
    "certificate": "certificate_on",
    "life_health": "lifeskills.health_hours",
    "life_career": "lifeskills.career_hours",
    "parental_groups": "parental.group_meetings",
    "parental_alone": "parental.individual_meetings",
    "social_hours": "social_studies.hours",
}
_COUNTED = frozenset({"life_health", "life_career", "parental_groups", "parental_alone"}) | {
    "social_hours"
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
    TableKind.ABSENCE: {
        "reason": "absence.kind",
        "leave_reason": "absence.kind",
        "type": "absence.kind",
        "end_reason": "absence.kind",
    },
    TableKind.DECISION: {
        "decision": "decision.kind",
        "type": "decision.kind",
        "decision_day": "decision.day",
        "date": "decision.day",
        "decision_reason": "decision.reason",
        "reason": "decision.reason",
        "end_reason": "decision.reason",
        "remark": "decision.reason",
    },
    TableKind.TEST: {
        "test_date": "test.date",
        "date": "test.date",
        "start": "test.date",
        "test_goal": "test.goal",
        "goal": "test.goal",
        "end_goal": "test.goal",
        "level": "test.goal",
        "reached": "test.reached",
        "end_reason": "test.reached",
        "listening": "test.listening",
        "reading": "test.reading",
        "writing": "test.writing",
        "speaking": "test.speaking",
    },
}
KINDS_OF_LEAVE = 0.6  # of a column's words, for it to tell what leave is for
_NOTHING_CHOSEN: Mapping[int, str] = MappingProxyType({})
_DAYS_OF_ANYTHING = frozenset({"start", "end", "planned_end", "period"})
_FIRST_DAYS = ("start", "start_programme")
_LAST_DAYS = ("end", "actual_end", "planned_end")
_OWN_NUMBER = {
    Owner.NAV: "ids.socio",
    Owner.REFUGEE: "ids.visma_refugee",
    Owner.LEARNING: "ids.visma_learning",
    Owner.OVERVIEW: "ids.visma_refugee",
}


def assign(
    table: Table, kind: TableKind, *, owner: Owner, chosen: Mapping[int, str] = _NOTHING_CHOSEN
) -> ReadableTable:
    """Decide which field each column of a table supplies.

    Args:
        chosen: the fields that people have chosen, by column; ``NOT_USED`` for none.
    """
    evidence = {column.index: weigh(table.contents(column.index)) for column in table.columns}
    columns = list(table.columns)
    fields: dict[str, FieldColumn] = {}
    implied: dict[str, tuple[str, str]] = {}
    if kind is TableKind.PERSON:
        groups = placement_groups(columns)
        for group in groups:
            for column, field in group.fields:
                _choose(fields, FieldColumn(column, field, group.number))
            if group.kind and group.fields:
                cell = cell_name(group.fields[0][0].row, group.fields[0][0].index)
                implied[numbered("placement.kind", group.number)] = (group.kind, cell)
        taken = {column.index for group in groups for column, _ in group.fields}
        columns = [column for column in columns if column.index not in taken]
    for column in columns:
        name = _field(column, kind, owner, columns, evidence[column.index], table)
        if not name:
            continue
        answers = answers_of(name, column, evidence[column.index])
        if answers or is_plausible(name, table.contents(column.index)):
            ideas = column.heading.ideas
            family_first = name == "name" and is_surname_first(column.heading.text, ideas)
            crosses = _blank_means_no(name, list(table.contents(column.index)))
            _choose(fields, FieldColumn(column, name, None, family_first, answers, crosses))
    if kind is TableKind.PERSON:
        _infer(fields, [c for c in columns if c.index not in chosen], table)
    _take_choices(fields, chosen, table, evidence)
    imply_from_names(table, kind, fields, implied)
    read = {one.column.index for one in fields.values()}
    unread = tuple(
        UnreadColumn(
            table.sheet.name,
            cell_name(column.row, column.index),
            column.heading.text,
            evidence[column.index].filled,
        )
        for column in table.columns
        if column.index not in read
        and column.index not in chosen
        and not evidence[column.index].is_running
    )
    ordered = tuple(sorted(fields.values(), key=lambda one: one.column.index))
    return ReadableTable(table, kind, ordered, implied, unread)


def _take_choices(
    fields: dict[str, FieldColumn],
    chosen: Mapping[int, str],
    table: Table,
    evidence: Mapping[int, Evidence],
) -> None:
    """Let columns supply what people have chosen, and no other column supply the same."""
    by_index = {one.column.index: one for one in fields.values()}
    for column in table.columns:
        if column.index not in chosen:
            continue
        name = chosen[column.index]
        before = by_index.get(column.index)
        if before is not None and before.name == name:
            continue
        for key in [key for key, one in fields.items() if one is before]:
            del fields[key]
        if name == NOT_USED:
            continue
        answers = answers_of(name, column, evidence[column.index])
        contents = list(table.contents(column.index))
        family_first = name == "name" and is_surname_first(
            column.heading.text, column.heading.ideas
        )
        fields[name] = FieldColumn(
            column, name, None, family_first, answers, _blank_means_no(name, contents)
        )


def _blank_means_no(name: str, contents: list[CellContent]) -> bool:
    """Say whether an empty cell is an answer: among crosses only, or where only more is told."""
    field = FIELDS.get(name)
    if field is None or field.type is not FieldType.YES_NO:
        return False
    return holds_only_marks(contents) or (
        name == "placement.extended" and holds_only_yes(contents, field=name)
    )


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
        return _detail_field(field, column, kind, columns, table)
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


def _detail_field(
    field: str, column: TableColumn, kind: TableKind, columns: list[TableColumn], table: Table
) -> str | None:
    """Return a detail's field, or what stands beside it where another column says the same."""
    if kind is TableKind.LEAVE and _tells_kind_of_leave(column, columns, table):
        return "leave.kind"
    if column.meaning == "type" and kind is TableKind.ACTIVITY and _has(columns, "activity"):
        return None
    return field


def _tells_kind_of_leave(column: TableColumn, columns: list[TableColumn], table: Table) -> bool:
    """Say whether a column sorts leave into kinds, beside another that says why in free words."""
    if column.meaning not in {"type", "leave_reason"}:
        return False
    if not any(_has(columns, one) for one in ("reason", "remark", "end_reason")):
        return False
    return share_of_codes(table.contents(column.index), "leave.kind") >= KINDS_OF_LEAVE


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
    if meaning in _DAYS_OF_ANYTHING and _is_of_something_else(column, owner):
        return None
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
    if meaning == "protection" and evidence.dates >= 0.6:
        return "permit_on"
    if meaning == "has_children" and evidence.filled and evidence.yes_no < 0.6:
        return None
    if meaning in _COUNTED and evidence.filled and evidence.numbers < 0.6:
        return None
    if meaning in {"guide", "adviser"}:
        return _adviser_field(column, owner, columns)
    return _PERSON.get(meaning)


def _is_of_something_else(column: TableColumn, owner: Owner) -> bool:
    """Say whether a start or an end is that of tuition or measures, not of the programme."""
    if column.heading.ideas & {"norwegian", "learning", "nav", "level"}:
        return True
    return owner in {Owner.NAV, Owner.LEARNING} and "programme" not in column.ideas


def _infer(chosen: dict[str, FieldColumn], columns: list[TableColumn], table: Table) -> None:
    """Let columns that supply nothing supply what their cells plainly are."""
    taken = {one.column.index for one in chosen.values()}
    for column in columns:
        if column.index in taken or column.meaning == "ignored":
            continue
        name = field_by_content(list(table.contents(column.index)), known=frozenset(chosen))
        if name:
            _choose(chosen, FieldColumn(column, name))


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
