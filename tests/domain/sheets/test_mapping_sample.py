"""Choosing what was understood anyway changes nothing."""

from pathlib import Path

import pytest

import innpass.demo
from innpass.domain.sheets.mapping import column_keys, form_of
from innpass.domain.sheets.reading import read_file, understand_file
from innpass.exchange.workbooks.reading import read_workbook

SAMPLE = Path(innpass.demo.__file__).parent / "municipality_a" / "messy"


@pytest.mark.parametrize("file", sorted(SAMPLE.glob("*.xlsx")), ids=lambda file: file.stem)
def test_choosing_the_automatic_meaning_changes_nothing(file: Path) -> None:
    workbook = read_workbook(file.read_bytes(), file=file.name)
    mapping = {
        form_of(readable.table): {
            column_keys(readable.table)[column.column.index]: column.name
            for column in readable.columns
        }
        for readable in understand_file(workbook).tables
    }

    assert mapping
    assert read_file(workbook, mapping=mapping) == read_file(workbook)
