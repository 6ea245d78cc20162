"""Rewrite the sample municipality as others keep theirs, import it, and score it.

python -m tests.scoring.layouts [--set clean|messy] [--persons N] [--keep FOLDER] [NAME…]

A layout (`municipalities/NAME.yml`) gives other file, sheet and heading names, other orders, code
words and ways of writing; the truth follows by construction, its values stay.
"""

import argparse
import functools
import json
import os
import re
import string
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.score import INNPASS
from tests.scoring.books import Area, Sheet, Value, csv_path, write
from tests.scoring.score_import import score as score_export

ROOT = Path(__file__).resolve().parent.parent.parent
LAYOUTS = Path(__file__).resolve().parent / "municipalities"
SAMPLE = ROOT / "innpass" / "demo" / "municipality_a"
MEASURES = (
    "person_precision",
    "person_recall",
    "link_precision",
    "link_recall",
    "duplicate_precision",
    "duplicate_recall",
    "field_accuracy",
    "needs_human_asked",
    "questions_needed",
    "needs_human_left_empty",
    "weeks_agreement",
    "results_equal",
    "goals_equal",
)

#: What each column of the sample means, in its order; a layout names the meanings it shows.
NOW = {
    "Deltakere": "visma_f family given native birth idnr duf country protection upper start planned"
    " actual reason goal extent adviser supervisor",
    "Praksis": "visma_f name birth kind area unit from to extended hours",
    "Timeplan": "visma_f name birth activity from to hours",
    "Permisjon": "visma_f name birth from to cause",
    "Brukere": "socio name idnr birth",
    "Tiltak": "socio activity from to hours",
    "Elever": "visma_l name birth idnr duf class track lytte lese skrive snakke",
    "Undervisning": "visma_l subject from to hours",
    "Norskprøver": "visma_l date goal lytte lese skrive snakke reached",
}
OVERVIEW_MEANS = (
    "name birth idnr socio visma_f visma_l adviser supervisor class track start planned"
    " k_unit k_start k_end k_hours k_visit n_unit n_start n_end n_visit"
    " p_unit p_start p_end p_hours p_visit p_contract info handover remark"
)
OVERVIEW = OVERVIEW_MEANS.split()
HEADER_ROWS = 4
SUMMARY = "Oppsummering"
NOT_ALL_READ = 3

Place = tuple[str, str, int]
Truth = dict[str, Any]


@dataclass(slots=True)
class Municipality:
    """A municipality as some layout keeps it, with the truth about it."""

    files: list[Path]
    truth: Truth


@dataclass(slots=True)
class Rewriting:
    """What is known while one municipality is rewritten."""

    layout: dict[str, Any]
    truth: Truth
    people: dict[str, dict[str, Any]]
    at: dict[Place, str]
    mess: dict[tuple[str, str, str], str]
    rows: dict[Place, Place] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


# -- ways of writing ---------------------------------------------------------------------------


def letters(column: int) -> str:
    """Give the name of a column: 0 is A, 26 is AA."""
    higher, last = divmod(column, 26)
    return (letters(higher - 1) if higher else "") + string.ascii_uppercase[last]


def name_parts(name: str, person: dict[str, Any]) -> tuple[str, str]:
    """Part a spelling of a person's name into given and family name."""
    words = name.replace(",", " ").split()
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        return given, family
    count = len(str(person["given_name"]).split())
    return " ".join(words[:count]), " ".join(words[count:])


def write_name(value: str, style: str, person: dict[str, Any]) -> str:
    """Write a name in a style such as `FAMILY, Given`, keeping its stray spaces."""
    given, family = name_parts(value, person)
    if family.isupper():
        family = (
            person["family_name"]
            if family.casefold() == (person["family_name"].casefold())
            else family.title()
        )
    words = {"FAMILY": family.upper(), "Family": family, "GIVEN": given.upper(), "Given": given}
    written = re.sub("[A-Za-z]+", lambda m: words[m[0]], style)
    before, after = re.match(r"^(\s*).*?(\s*)$", value, re.DOTALL).groups()  # type: ignore[union-attr]
    if re.search(r"\S(\s\s+)\S", value):
        written = written.replace(" ", "  ", 1)
    return before + written + after


def write_number(value: Value, style: str | None) -> Value:
    """Write an identity or DUF number as the layout does."""
    text = str(value or "")
    if not text.isdigit() or not style:
        return value
    if style == "number":
        return int(text)
    return f"{text[:6]} {text[6:]}" if len(text) == 11 else f"{text[:4]} {text[4:10]} {text[10:]}"


def write_hours(value: Value, style: str | None) -> Value:
    """Write hours as a number, or as text with a comma."""
    if not style or not isinstance(value, int | float):
        return value
    text = f"{value:g}".replace(".", ",")
    return f"{text} t" if style == "unit text" else text


def write_extent(value: Value, style: str | None) -> Value:
    """Write a share of full time."""
    if not style or not isinstance(value, int | float):
        return value
    return value / 100 if style == "fraction" else f"{value:g} %"


def write_date(value: Value, style: str | None) -> Value:
    """Write a day as a date, or as text."""
    if not isinstance(value, date) or not style:
        return value
    return value.isoformat() if style == "iso text" else value.strftime("%d.%m.%Y")


def written(value: Value, key: str, layout: dict[str, Any], formats: dict[str, str]) -> Value:
    """Write one value as the layout does."""
    code = layout["codes"].get(key)
    if code and value in code:
        found: Value = code[value]
        return found
    if key in ("idnr", "duf"):
        return write_number(value, formats.get(key))
    if key.endswith("hours"):
        return write_hours(value, formats.get("hours"))
    if key == "extent":
        return write_extent(value, formats.get("extent"))
    if key == "track" and isinstance(value, int | float) and "track" in formats:
        return formats["track"].format(int(value))
    return write_date(value, formats.get("dates"))


# -- the three bodies' exports -----------------------------------------------------------------


def read_book(path: Path) -> dict[str, tuple[list[list[Value]], list[Area], bool]]:
    """Read a workbook of the sample: rows, merged areas and whether hidden, by sheet."""
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for sheet in book.sheets_metadata:
        page = book.get_sheet_by_name(sheet.name)
        rows = [[plain(v) for v in row] for row in page.to_python(skip_empty_area=False)]
        merged = [(*first, *last) for first, last in page.merged_cell_ranges or []]
        found[sheet.name] = (rows, merged, sheet.visible != SheetVisibleEnum.Visible)
    return found


def plain(value: Any) -> Value:
    """Give a cell's value: whole numbers as such, nothing for an empty text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def place_of(file: str, sheet: str) -> tuple[str, str]:
    """Name a file and sheet as a source does: a .csv file has one sheet, named as the file."""
    if file.endswith(".csv"):
        path = csv_path(Path(file), sheet)
        return path.name, path.stem
    return file, sheet


def rewrite_export(source: str, folder: Path, work: Rewriting, target: Path) -> list[Path]:
    """Write one body's export in the layout."""
    plan = work.layout["files"][source]
    formats = work.layout.get("formats", {}) | plan.get("formats", {})
    titles = plan.get("titles", [])
    sheets = []
    for old, (rows, _merged, hidden) in read_book(folder / f"{source}.xlsx").items():
        now = plan["sheets"][old]
        file, name = place_of(plan["file"], now["sheet"])
        page = Sheet(now["sheet"], [[line] for line in titles], hidden=hidden)
        page.rows.append(list(now["columns"]))
        for index, row in enumerate(rows[1:], 2):
            person = work.people.get(work.at.get((f"{source}.xlsx", old, index), ""))
            if person is None and (f"{source}.xlsx", old, index) in work.at:
                continue
            cells = dict(zip(NOW[old].split(), row, strict=False))
            page.rows.append(
                [
                    export_cell(key, cells, person, plan.get("names"), work.layout, formats)
                    for key in now["columns"].values()
                ]
            )
            work.rows[f"{source}.xlsx", old, index] = (file, name, len(page.rows))
        sheets.append(page)
    return write(target / plan["file"], sheets)


def export_cell(
    key: str,
    cells: dict[str, Value],
    person: dict[str, Any] | None,
    names: str | None,
    layout: dict[str, Any],
    formats: dict[str, str],
) -> Value:
    """Write one cell of an export."""
    if "amily" in key.lower() and key != "family":
        whole = f"{cells['given']} {cells['family']}"
        return write_name(whole, key, person or {"given_name": cells["given"], "family_name": ""})
    value = cells.get(key)
    if key == "name" and isinstance(value, str) and person:
        return write_name(value, names or "Given Family", person)
    return written(value, key, layout, formats)


# -- the overview ------------------------------------------------------------------------------


def overview_header(plan: dict[str, Any]) -> tuple[list[list[Value]], list[Area], list[str]]:
    """Give the header rows, their merged areas, and the meaning of each column."""
    titles: list[list[Value]] = [[line] for line in plan["titles"]]
    if plan["header"] == "one row":
        return [*titles, list(plan["columns"])], [], list(plan["columns"].values())
    upper: list[Value] = []
    lower: list[Value] = []
    keys: list[str] = []
    merged: list[Area] = []
    at = len(titles)
    for group, columns in plan["groups"]:
        if group and len(columns) > 1:
            merged.append((at, len(keys), at, len(keys) + len(columns) - 1))
        upper += [group, *[None] * (len(columns) - 1)]
        lower += list(columns)
        keys += columns.values()
    return [*titles, upper, lower], merged, keys


def rewrite_overview(folder: Path, work: Rewriting, target: Path) -> list[Path]:
    """Write the overview sheet in the layout."""
    plan = work.layout["overview"]
    formats = work.layout.get("formats", {}) | plan.get("formats", {})
    book = read_book(folder / "oversiktsark.xlsx")
    header, header_merged, keys = overview_header(plan)
    for key in OVERVIEW:
        shown = key if key in keys else "family"
        work.columns[key] = letters(keys.index(shown)) if shown in keys else ""
    pages = []
    for name, olds in plan["sheets"].items():
        page = Sheet(name, hidden=all(book[old][2] for old in olds))
        pages.append(page)
        if olds == [SUMMARY]:
            page.rows = [list(row) for row in book[SUMMARY][0]]
            continue
        page.rows = [list(row) for row in header]
        page.merged = list(header_merged)
        for old in olds:
            rows, merged, _hidden = book[old]
            for index, row in enumerate(rows[HEADER_ROWS:], HEADER_ROWS + 1):
                place = ("oversiktsark.xlsx", old, index)
                person = work.people.get(work.at.get(place, ""))
                if person is None:
                    continue
                page.rows.append(overview_row(keys, row, person, place, work, formats))
                work.rows[place] = (plan["file"], name, len(page.rows))
            page.merged += moved_areas(old, merged, keys, work)
    return write(target / plan["file"], pages)


def overview_row(
    keys: list[str],
    row: list[Value],
    person: dict[str, Any],
    place: Place,
    work: Rewriting,
    formats: dict[str, str],
) -> list[Value]:
    """Write one row of the overview; what was written by mistake or by hand stays as it was."""
    cells = dict(zip(OVERVIEW, row, strict=False))
    raw = {
        key
        for at, key in enumerate(OVERVIEW)
        if (place[0], place[1], f"{letters(at)}{place[2]}") in work.mess and key != "name"
    }
    found: list[Value] = []
    for key in keys:
        name = str(cells["name"] or "")
        if key in ("given", "family"):
            found.append(write_name(name, key.title(), person))
        elif key == "name":
            style = work.layout["overview"].get("names") or "Given Family"
            found.append(write_name(name, style, person))
        else:
            value = cells.get(key)
            found.append(value if key in raw else written(value, key, work.layout, formats))
    return found


def moved_areas(old: str, merged: Iterable[Area], keys: list[str], work: Rewriting) -> list[Area]:
    """Give the merged areas among the rows of persons, where they are now."""
    found = []
    for row, column, last, _right in merged:
        first = work.rows.get(("oversiktsark.xlsx", old, row + 1))
        end = work.rows.get(("oversiktsark.xlsx", old, last + 1))
        if row >= HEADER_ROWS and first and end:
            at = keys.index(OVERVIEW[column])
            found.append((first[2] - 1, at, end[2] - 1, at))
    return found


# -- the whole ---------------------------------------------------------------------------------


def layout_names() -> list[str]:
    """Name all layouts there are."""
    return sorted(path.stem for path in LAYOUTS.glob("*.yml"))


@functools.cache
def read_layout(name: str) -> dict[str, Any]:
    """Read one layout."""
    found: dict[str, Any] = yaml.safe_load((LAYOUTS / f"{name}.yml").read_text("utf-8"))
    return found


def build(name: str, kind: str, target: Path, persons: int | None = None) -> Municipality:
    """Write the clean or messy sample in a layout; `persons` takes only the first so many."""
    folder = SAMPLE / kind
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    kept = truth["participants"][:persons]
    work = Rewriting(
        layout=read_layout(name),
        truth=truth,
        people={person["id"]: person for person in kept},
        at={(x["file"], x["sheet"], x["row"]): x["person"] for x in truth["links"]},
        mess={(m["file"], m["sheet"], m["cell"]): m["kind"] for m in truth["mess"]},
    )
    files: list[Path] = []
    for source in ("flyktning", "nav", "laeringssenter"):
        files += rewrite_export(source, folder, work, target)
    files += rewrite_overview(folder, work, target)
    return Municipality(files, moved_truth(work, kept))


def moved_truth(work: Rewriting, kept: list[dict[str, Any]]) -> Truth:
    """Give the truth with the places of the new layout."""

    def moved(entry: dict[str, Any]) -> dict[str, Any] | None:
        place = work.rows.get((entry["file"], entry["sheet"], entry["row"]))
        return entry | dict(zip(("file", "sheet", "row"), place, strict=True)) if place else None

    mess = []
    for entry in work.truth["mess"]:
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", entry["cell"]).groups()  # type: ignore[union-attr]
        place = work.rows.get((entry["file"], entry["sheet"], int(row)))
        if place:
            at = next(i for i in range(len(OVERVIEW)) if letters(i) == column)
            cell = f"{work.columns[OVERVIEW[at]]}{place[2]}"
            mess.append(entry | {"file": place[0], "sheet": place[1], "cell": cell})
    duplicates = [
        entry | {"rows": [m for row in entry["rows"] if (m := moved(row))]}
        for entry in work.truth["duplicates"]
        if entry["person"] in work.people
    ]
    links = [m for entry in work.truth["links"] if (m := moved(entry))]
    return work.truth | {
        "participants": kept,
        "links": links,
        "duplicates": duplicates,
        "mess": mess,
    }


def run(name: str, kind: str, keep: Path | None = None) -> dict[str, Any]:
    """Build a layout, import it from nothing, and score what is exported."""
    with tempfile.TemporaryDirectory(prefix="innpass-layout-") as temporary:
        place = keep / f"{name}-{kind}" if keep else Path(temporary)
        books = place / "books"
        books.mkdir(parents=True, exist_ok=True)
        built = build(name, kind, books)
        as_of = built.truth["as_of"]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "innpass.config.settings.dev",
            "INNPASS_DATABASE_URL": f"sqlite:///{temporary}/score.sqlite3",
            "INNPASS_KEYS_FILE": f"{temporary}/keys.json",
            "INNPASS_TODAY": as_of,
        }
        exported = place / "export.json"
        for arguments in (
            ["migrate", "--verbosity=0"],
            ["import", *map(str, built.files)],
            ["export", "participants", "--format", "json", "--on", as_of, "--out", str(exported)],
        ):
            done = subprocess.run(
                [INNPASS, *arguments], env=environment, check=False, capture_output=True, text=True
            )
            if arguments[0] == "import":
                print(done.stdout, flush=True)
            if done.returncode not in (0, NOT_ALL_READ):
                raise RuntimeError(f"innpass {arguments[0]}: {done.stderr[-1500:]}")
        if keep:
            (place / "truth.json").write_text(json.dumps(built.truth, ensure_ascii=False))
        return score_export(json.loads(exported.read_text("utf-8")), built.truth)


def print_table(scores: dict[str, dict[str, Any]]) -> None:
    """Print all measures, one row a layout; a measure is named by its words' beginnings."""
    short = ["-".join(word[:4] for word in measure.split("_")) for measure in MEASURES]
    width = max(len(name) for name in scores) + 1
    print(" " * width + "".join(f"{name:>16}" for name in short))
    for name, found in scores.items():
        shares = "".join(f"{float(found[measure]):>16.4f}" for measure in MEASURES)
        print(f"{name:<{width}}{shares}")
    for name, found in scores.items():
        weak = {key: round(share, 3) for key, share in found["fields"].items() if share < 0.999}
        wrong = [key for key, right in found["results"].items() if not right]
        print(f"{name}: fields {weak or 'all right'}; results {wrong or 'all right'}")


def main() -> int:
    """Score the layouts named, or all there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--set", choices=("clean", "messy"), default=None)
    parser.add_argument("--keep", type=Path, default=None)
    chosen = parser.parse_args()
    scores: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in chosen.names or layout_names():
        for kind in [chosen.set] if chosen.set else ["clean", "messy"]:
            print(f"\n── {name}, {kind} ──", flush=True)
            scores[f"{name}/{kind}"] = run(name, kind, chosen.keep)
            print_table({f"{name}/{kind}": scores[f"{name}/{kind}"]})
    print()
    print_table(scores)
    return 0


if __name__ == "__main__":
    sys.exit(main())
