"""What headings, titles and sheets' names say about cells beside which field they are."""

from innpass.domain.sheets.codes import known_code
from innpass.domain.sheets.evidence import Evidence
from innpass.domain.sheets.fields import EndGoal, Protection
from innpass.domain.sheets.headings import ideas_of
from innpass.domain.sheets.readable import FieldColumn
from innpass.domain.sheets.records import TableKind
from innpass.domain.sheets.tables import Table, TableColumn
from innpass.domain.sheets.workbook import cell_name

_CODE_OF_TABLE = {
    TableKind.PLACEMENT: "placement.kind",
    TableKind.ACTIVITY: "activity.kind",
    TableKind.DECISION: "decision.kind",
}


def answers_of(name: str, column: TableColumn, evidence: Evidence) -> tuple[str, str] | None:
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


def is_surname_first(text: str, ideas: frozenset[str]) -> bool:
    """Say whether a heading names the family name before the given name."""
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


def imply_from_names(
    table: Table,
    kind: TableKind,
    chosen: dict[str, FieldColumn],
    implied: dict[str, tuple[str, str]],
) -> None:
    """Take the code of a table without a code column from its sheet's name or title."""
    name = _CODE_OF_TABLE.get(kind)
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
