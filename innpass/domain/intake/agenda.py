"""The points of an intake session; the data is ``agenda.yml``."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.yaml_text import read_yaml

_AGENDAS = Path(__file__).with_name("agenda.yml")


@dataclass(frozen=True, slots=True)
class Point:
    """Something to be told. ``code`` stays when the text is reworded."""

    code: str
    text: str


@cache
def _agendas() -> list[dict[str, Any]]:
    agendas: list[dict[str, Any]] = read_yaml(_AGENDAS.read_text(encoding="utf-8"))
    return sorted(agendas, key=lambda agenda: agenda["first_day"])


def agenda_on(day: date) -> tuple[Point, ...]:
    """Give the points of a session held on a day; before the first agenda, those of the first.

    Example:
        >>> agenda_on(date(2026, 8, 10))[0].code
        'programme'
    """
    begun = [agenda for agenda in _agendas() if agenda["first_day"] <= day]
    chosen = begun[-1] if begun else _agendas()[0]
    return tuple(Point(**point) for point in chosen["points"])
