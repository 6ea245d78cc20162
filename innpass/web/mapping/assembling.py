"""Filling the screen of a file's columns."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.imports.queries import ImportBatch, SourceFile, state_of
from innpass.casework.reconciliation.columns import (
    CannotRead,
    ColumnOfFile,
    TableOfFile,
    check_may_choose,
    tables_of,
)
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.mapping import NOT_USED
from innpass.domain.sheets.readable import IDENTITY, PERIOD
from innpass.domain.sheets.records import TableKind
from innpass.web.design.words import BODIES, capitalised, field_label
from innpass.web.mapping.pages import ColumnLine, ColumnsPage, Option, TableLines

AUTOMATIC, LEFT_OUT = "auto", "ingen"

_KINDS = {
    TableKind.PERSON: gettext_lazy("Én rad per person"),
    TableKind.PLACEMENT: gettext_lazy("Praksisperioder"),
    TableKind.ACTIVITY: gettext_lazy("Aktiviteter"),
    TableKind.LEAVE: gettext_lazy("Permisjoner"),
    TableKind.ABSENCE: gettext_lazy("Fravær"),
    TableKind.DECISION: gettext_lazy("Vedtak"),
    TableKind.TEST: gettext_lazy("Norskprøver"),
}
_UNDER = {
    "placement": gettext_lazy("Praksis"),
    "activity": gettext_lazy("Aktivitet"),
    "leave": gettext_lazy("Permisjon"),
    "absence": gettext_lazy("Fravær"),
    "decision": gettext_lazy("Vedtak"),
    "test": gettext_lazy("Norskprøve"),
    "level": gettext_lazy("Nivå"),
    "programme": gettext_lazy("Program"),
}


def columns_page(file: SourceFile, batch: ImportBatch, *, actor: Actor) -> ColumnsPage:
    """Return what each column of a file is understood as."""
    problem, tables, owner = "", [], ""
    may = True
    try:
        check_may_choose(batch, by=actor)
    except MayNot as refusal:
        problem, may = str(refusal), False
    if may and state_of(batch).code not in ("ready", "failed"):
        problem = _(
            "Importen venter ikke lenger på å bli tatt i bruk. Kolonnene kan ses, ikke velges."
        )
        may = False
    try:
        told, found = tables_of(file, actor=actor)
    except CannotRead as trouble:
        problem, may = str(trouble), False
    else:
        owner = str(BODIES.get(str(told), "")) if told else ""
        tables = [_table(number, table, may=may) for number, table in enumerate(found)]
        if not tables and not problem:
            problem, may = _("Vi fant ingen tabeller i filen."), False
    return ColumnsPage(file.pk, batch.pk, file.name, owner, tuple(tables), problem, may)


def wanted_in(
    file: SourceFile, posted: dict[str, str], *, actor: Actor
) -> dict[tuple[str, str], str | None]:
    """Return what a form chooses, by form of sheet and column.

    Raises:
        CannotRead: the file cannot be read.
    """
    _told, tables = tables_of(file, actor=actor)
    meaning = {AUTOMATIC: None, LEFT_OUT: NOT_USED}
    return {
        (table.form, column.key): meaning.get(posted[name], posted[name])
        for number, table in enumerate(tables)
        for place, column in enumerate(table.columns)
        if (name := _name(number, place)) in posted
    }


def _name(table: int, column: int) -> str:
    return f"column-{table}-{column}"


def _table(number: int, table: TableOfFile, *, may: bool) -> TableLines:
    return TableLines(
        sheet=table.sheet,
        about=str(_KINDS[table.kind]),
        columns=tuple(
            _line(_name(number, place), column, table, may=may)
            for place, column in enumerate(table.columns)
        ),
    )


def _line(name: str, column: ColumnOfFile, table: TableOfFile, *, may: bool) -> ColumnLine:
    choice = column.choice
    note = ""
    if column.is_cut:
        note = _("Verdiene vises ikke for deg.")
    elif column.is_secret:
        note = _("Identitetsnumre vises ikke her.")
    elif not column.samples:
        note = _("Ingen verdier.")
    return ColumnLine(
        name=name if may and not column.is_cut else "",
        cell=column.cell,
        heading=column.heading,
        groups=" › ".join(column.groups),
        samples=column.samples,
        note=note,
        understood=meaning_in_words(column.automatic),
        chosen=meaning_in_words(choice.field or None) if choice else "",
        chosen_at=choice.chosen_at if choice else None,
        chosen_by=str(choice.chosen_by or _("Kommandolinjen")) if choice else "",
        options=_options(column, table),
    )


def _options(column: ColumnOfFile, table: TableOfFile) -> tuple[Option, ...]:
    chosen = None if column.choice is None else column.choice.field
    automatic = _("Automatisk: %(meaning)s") % {"meaning": meaning_in_words(column.automatic)}
    fields = () if column.is_secret else table.offered
    return (
        Option(AUTOMATIC, automatic, chosen is None),
        Option(LEFT_OUT, _("Ikke bruk kolonnen"), chosen == NOT_USED),
        *sorted(
            (
                Option(name, meaning_in_words(name), chosen == name)
                for name in fields
                if name != column.automatic
            ),
            key=lambda option: option.label.casefold(),
        ),
    )


def meaning_in_words(name: str | None) -> str:
    """Name what a column supplies.

    Example:
        >>> meaning_in_words(None)
        'brukes ikke'
    """
    if name is None:
        return _("brukes ikke")
    base = plain(name)
    number = f" {int(name.split('.')[1]) + 1}" if name.startswith("placements.") else ""
    if base == IDENTITY:
        return _("Fødselsnummer eller D-nummer")
    part = base.partition(".")[0]
    if base.endswith(PERIOD):
        return _("%(what)s: fra og til") % {"what": f"{_UNDER.get(part, part)}{number}"}
    label = field_label(base)
    if part in ("placement", "activity", "leave", "absence", "decision", "test"):
        return f"{_UNDER[part]}{number}: {label}"
    return capitalised(label)
