"""Somebody edits a workbook in LibreOffice: opened, typed into, and saved again."""

import json
import subprocess
from datetime import date
from pathlib import Path

from tests.casework.round_trip.editing import Cells, edit
from tests.machine import libreoffice

Edit = tuple[str, str, str | date]


def edited(content: bytes, edits: list[Edit], *, folder: Path, suffix: str = ".xlsx") -> Path:
    """Return a file with some cells edited: in LibreOffice, or without it where it is missing."""
    before, after = folder / "oversiktsark.xlsx", folder / f"redigert{suffix}"
    before.write_bytes(content)
    found = libreoffice()
    if found is None:
        after = after.with_suffix(".xlsx")
        after.write_bytes(edit(content, lambda sheets: _type(sheets, edits)))
        return after
    office, python = found
    told = json.dumps([[sheet, cell, str(value)] for sheet, cell, value in edits])
    script = Path(__file__).with_name("steering.py")
    command = [python, str(script), office, str(folder / "profil"), str(before), str(after), told]
    subprocess.run(command, check=True, timeout=120)
    return after


def _type(sheets: dict[str, Cells], edits: list[Edit]) -> None:
    for sheet, cell, value in edits:
        letters = "".join(sign for sign in cell if sign.isalpha())
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - ord("A") + 1
        row = sheets[sheet][int(cell[len(letters) :]) - 1]
        row += [None] * (column - len(row))
        row[column - 1] = value
