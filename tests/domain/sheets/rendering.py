"""Render the same people in a layout: an invented municipality's headings, order and words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from innpass.domain.sheets.workbook import Area, CellContent, Sheet, Workbook
from tests.domain.sheets.people import PEOPLE, Person

FOLDER = Path(__file__).parent / "layouts"
LAYOUTS = tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))

_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_SKILLS = ("listening", "reading", "writing", "speaking")
_SYSTEM_NUMBERS = {"socio", "visma_refugee", "visma_learning", "duf"}

DAYS: Mapping[str, Callable[[date], CellContent]] = {
    "cell": lambda day: day,
    "short": lambda day: f"{day:%d.%m.%y}",
    "slashed": lambda day: f"{day.day}/{day.month}-{day:%y}",
    "named": lambda day: f"{day.day}. {_MONTHS[day.month - 1]} {day.year}",
    "iso": lambda day: day.isoformat(),
    "serial": lambda day: float((day - date(1899, 12, 30)).days),
}
HOURS: Mapping[str, Callable[[float], CellContent]] = {
    "number": lambda hours: hours,
    "comma": lambda hours: f"{hours:.1f}".replace(".", ","),
    "comma_t": lambda hours: f"{hours:.1f} t".replace(".", ","),
    "per_week": lambda hours: f"{hours:g} t/uke".replace(".", ","),
}
NUMBERS: Mapping[str, Callable[[str], CellContent]] = {
    "text": lambda number: number,
    "as_number": float,
    "spaced": lambda number: f"{number[:6]} {number[6:]}",
    "hyphened": lambda number: f"{number[:6]}-{number[6:]}",
}
PERCENTS: Mapping[str, Callable[[int], CellContent]] = {
    "number": float,
    "sign": lambda percent: f"{percent} %",
    "share": lambda percent: percent / 100,
    "comma_share": lambda percent: f"{percent / 100:.1f}".replace(".", ","),
}
NAMES: Mapping[str, Callable[[Person], str]] = {
    "plain": lambda person: person.name,
    "comma": lambda person: f"{person.family}, {person.given}",
    "shouted_comma": lambda person: f"{person.family.upper()}, {person.given}",
    "shouted_all": lambda person: f"{person.family}, {person.given}".upper(),
    "family_first": lambda person: f"{person.family} {person.given}",
}


@cache
def workbooks(layout: str) -> tuple[Workbook, ...]:
    """Render a layout's files."""
    content = yaml.safe_load((FOLDER / f"{layout}.yml").read_text(encoding="utf-8"))
    pen = Pen(content["style"], content["words"])
    return tuple(
        Workbook(file["file"], tuple(pen.sheet(sheet) for sheet in file["sheets"]))
        for file in content["files"]
    )


@dataclass(frozen=True)
class Pen:
    """Writes values as one municipality does."""

    style: Mapping[str, str]
    words: Mapping[str, str]

    def sheet(self, spec: Mapping[str, Any]) -> Sheet:
        rows: list[tuple[CellContent, ...]] = [
            tuple(line.split(" | ")) if line else () for line in spec.get("above", ())
        ]
        areas: list[Area] = []
        columns = [one.rpartition("= ")[::2] for one in spec.get("columns", ())]
        headings = [heading.strip() or None for heading, _ in columns]
        for groups in spec.get("groups", ()):
            cells, own = _group_row(groups, len(rows))
            rows.append(cells)
            areas += own if spec.get("is_merged") else []
        if columns:
            if spec.get("is_merged"):
                areas += [
                    Area(len(rows) - 1, column, len(rows), column)
                    for column, heading in enumerate(headings)
                    if heading is None
                ]
            rows.append(tuple(headings))
            rows += self._body(spec, columns, tuple(headings), len(rows), areas)
        rows += [(line,) if line else () for line in spec.get("below", ())]
        return Sheet(spec["name"], tuple(rows), bool(spec.get("is_hidden")), tuple(areas))

    def _body(
        self,
        spec: Mapping[str, Any],
        columns: list[tuple[str, str]],
        headings: tuple[CellContent, ...],
        first: int,
        areas: list[Area],
    ) -> list[tuple[CellContent, ...]]:
        found = list(_records(spec.get("of", "people")))
        merge = spec.get("merge_downwards")
        if merge:
            found.sort(key=lambda pair: str(getattr(pair[0], merge)))
        rows: list[tuple[CellContent, ...]] = []
        for number, (person, record) in enumerate(found, 1):
            if number - 1 == spec.get("repeat_header_after", -1):
                rows += [(), headings]
            rows.append(
                tuple(self.value(name.strip(), person, record, number) for _, name in columns)
            )
        if merge:
            column = [name.strip() for _, name in columns].index(merge)
            _merge_equal(rows, column, first, areas)
        return rows

    def value(
        self, name: str, person: Person, record: Mapping[str, Any], number: int
    ) -> CellContent:
        """Write one value of a person, a placement (``2.unit``) or a record."""
        if name in {"nothing", "row_number"}:
            return None if name == "nothing" else float(number)
        if match := re.fullmatch(r"([123])\.(\w+)", name):
            place = person.places[int(match[1]) - 1]
            return None if place is None else self.write(match[2], getattr(place, match[2]))
        if name in record:
            return self.write(name, record[name])
        if name in _SKILLS:
            return person.levels[_SKILLS.index(name)]
        return self._of_person(name, person)

    def _of_person(self, name: str, person: Person) -> CellContent:
        special: Mapping[str, CellContent] = {
            "styled_name": NAMES[self.style.get("name", "plain")](person),
            "shouted_family": f"{person.family.upper()} {person.given}",
            "protection": self.words["collective" if person.collective else "other"],
            "schooling": "VGS" if person.upper_secondary else "Grunnskole",
            "track_in_words": f"Spor {person.track}",
            "last_five": person.number[6:],
            "goal_in_words": "Ordinært arbeid" if person.goal == "work" else "Høyere utdanning",
        }
        return special[name] if name in special else self.write(name, getattr(person, name))

    def write(self, name: str, value: Any) -> CellContent:
        """Write a value after its name and type."""
        if name == "passed":
            return "Bestått" if value else "Ikke bestått"
        if value is None:
            return None
        if isinstance(value, bool):
            return self.style["yes" if value else "no"]
        if isinstance(value, date):
            return DAYS[self.style.get("day", "cell")](value)
        if name == "hours":
            return HOURS[self.style.get("hours", "number")](value)
        if name == "percent":
            return PERCENTS[self.style.get("percent", "number")](value)
        if name == "number":
            return NUMBERS[self.style.get("number", "text")](value)
        if name in _SYSTEM_NUMBERS:
            return NUMBERS[self.style.get("system", "text")](value)
        if name in {"kind", "goal", "end_reason"}:
            return self.words.get(value, str(value))
        return str(value) if name == "track" else value


def _records(of: str) -> list[tuple[Person, Mapping[str, Any]]]:
    """List what a sheet has one row per."""
    found: list[tuple[Person, Mapping[str, Any]]] = []
    for person in PEOPLE:
        if of == "people":
            found.append((person, {}))
        elif of.endswith("places"):
            kind = of.removesuffix("places").strip("_")
            for place in person.places:
                if place and (not kind or place.kind == kind):
                    record = {name: getattr(place, name) for name in place.__dataclass_fields__}
                    found.append((person, record))
        else:
            found += [(person, _record(of, one)) for one in getattr(person, of)]
    return found


def _record(of: str, one: tuple[Any, ...]) -> Mapping[str, Any]:
    if of == "leave":
        return dict(zip(("first_day", "last_day", "reason"), one, strict=True))
    if of == "tests":
        day, goal, reached, levels = one
        skills = dict(zip(_SKILLS, levels, strict=True))
        return {"day": day, "goal": goal, "reached": reached, "passed": reached, **skills}
    kind, first, last, hours = one
    short = DAYS["short"]
    period = f"{short(first)}-{short(last)}"
    return {"kind": kind, "first_day": first, "last_day": last, "hours": hours, "period": period}


def _group_row(groups: list[str], row: int) -> tuple[tuple[CellContent, ...], list[Area]]:
    """Spread group headings (text and width) over their columns."""
    cells: list[CellContent] = []
    areas = []
    for group in groups:
        text, width = group.rpartition(" ")[0], int(group.rpartition(" ")[2])
        if text and width > 1:
            areas.append(Area(row, len(cells), row, len(cells) + width - 1))
        cells += [text or None, *[None] * (width - 1)]
    return tuple(cells), areas


def _merge_equal(
    rows: list[tuple[CellContent, ...]], column: int, first: int, areas: list[Area]
) -> None:
    """Merge equal neighbours of a column downwards: only the topmost keeps the value."""
    start = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and rows[index][column] == rows[start][column]:
            continue
        if index - start > 1:
            areas.append(Area(first + start, column, first + index - 1, column))
            for row in range(start + 1, index):
                cells = list(rows[row])
                cells[column] = None
                rows[row] = tuple(cells)
        start = index


def with_cell(workbook: Workbook, row: int, column: int, content: CellContent) -> Workbook:
    """Return a workbook with one cell of its first sheet written over."""
    sheet = workbook.sheets[0]
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = content
    changed = replace(sheet, rows=tuple(tuple(cells) for cells in rows))
    return replace(workbook, sheets=(changed, *workbook.sheets[1:]))
