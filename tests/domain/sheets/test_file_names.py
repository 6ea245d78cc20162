"""File names that carry identity numbers."""

import pytest

from innpass.domain.identifiers import is_duf
from innpass.domain.sheets.file_names import safe_file_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("13879217282.xlsx", "•••.xlsx"),
        ("plan 138792 17282.xlsx", "plan •••.xlsx"),
        ("plan_138792_17282_v2.xlsx", "plan ••• v2.xlsx"),
        ("plan-138792-17282.xlsx", "plan-•••.xlsx"),
        ("duf 202428017605.ods", "duf •••.ods"),
        ("56909265709 og 13879217282.csv", "••• og •••.csv"),
        # A mistyped number is somebody's too.
        ("13879217283.xlsx", "•••.xlsx"),
        ("13879217282 20260630121500.xlsx", "••• 20260630121500.xlsx"),
    ],
)
def test_an_identity_number_is_taken_out(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize(
    "name",
    [
        "flyktning.xlsx",
        "Flyktning_2026-07 (2).xlsx",
        "Nav_20260630.xlsx",
        "eksport_202606301215.xlsx",
        "eksport_20260630_121500.xlsx",
        "uttrekk 30.06.2026 12.15.00.xlsx",
        "tlf 12345678.csv",
    ],
)
def test_other_names_stay_as_they_are(name: str) -> None:
    assert safe_file_name(name) == name


def test_a_duf_number_that_looks_like_a_moment_is_taken_out() -> None:
    number = next(text for minute in range(60) if is_duf(text := f"2024060112{minute:02}"))
    assert safe_file_name(f"{number}.xlsx") == "•••.xlsx"
