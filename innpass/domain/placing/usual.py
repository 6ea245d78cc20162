"""What is usual of placements, dated: not law, but what the municipality goes by."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from innpass.domain.yaml_text import read_yaml

_NUMBERS = Path(__file__).with_name("usual.yml")


@cache
def _numbers() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found = read_yaml(_NUMBERS.read_text(encoding="utf-8"))
    return cast(Mapping[str, Sequence[Mapping[str, Any]]], found)


def usual(name: str, *, on: date) -> int:
    """Return what is usual on a day.

    Raises:
        KeyError: there is no such number.

    Example:
        >>> usual("agreement_months", on=date(2026, 6, 30))
        3
    """
    rows = [row for row in _numbers()[name] if row["first_day"] is None or row["first_day"] <= on]
    return int(rows[-1]["value"])
