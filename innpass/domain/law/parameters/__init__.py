"""The law's numbers and readings, dated, from the YAML files beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import yaml


class NoSuchParameter(LookupError):
    """A parameter is asked for that does not exist, or has no value on the day."""


class UnknownReading(ValueError):
    """A reading is chosen that the engine does not know."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the days it answers for, both inclusive; ``None`` is an open side."""

    first_day: date | None
    last_day: date | None
    value: Any
    source: str | None
    in_force_by: str | None

    def holds_on(self, day: date) -> bool:
        """Say whether the value answers for ``day``."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what it is, which date of the person decides, and its values in time."""

    name: str
    unit: str
    decides: str
    source: str
    values: tuple[DatedValue, ...]

    def dated(self, day: date) -> DatedValue:
        """Give the value that answers for ``day``, the deciding date of the person.

        Raises:
            NoSuchParameter: no value answers for the day.
        """
        for value in reversed(self.values):
            if value.holds_on(day):
                return value
        raise NoSuchParameter(f"{self.name} has no value for {day}")


def raw_files() -> dict[str, dict[str, dict[str, Any]]]:
    """Read each parameter file as it stands, by file name."""
    folder = files(__name__)
    return {
        entry.name: cast(dict[str, dict[str, Any]], yaml.safe_load(entry.read_text("utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yml")
    }


@lru_cache(maxsize=1)
def all_parameters() -> Mapping[str, Parameter]:
    """Give every parameter by name.

    Raises:
        UnknownReading: a value is not among the readings that the engine knows.
    """
    parameters: dict[str, Parameter] = {}
    for blocks in raw_files().values():
        for name, block in blocks.items():
            for value in block["values"]:
                if "readings" in block and value["value"] not in block["readings"]:
                    raise UnknownReading(f"{name} has no reading {value['value']!r}")
            parameters[name] = Parameter(
                name=name,
                unit=block["unit"],
                decides=block["decides"],
                source=block["source"],
                values=tuple(
                    DatedValue(
                        value["first_day"],
                        value.get("last_day"),
                        value["value"],
                        value.get("source"),
                        value.get("in_force_by"),
                    )
                    for value in block["values"]
                ),
            )
    return parameters


@dataclass(frozen=True, slots=True)
class LawAt:
    """The parameters as they stand for a deciding date.

    Example:
        >>> LawAt(date(2026, 1, 1)).value("full_time_hours") > 0
        True
    """

    day: date

    def value(self, name: str) -> Any:
        """Give the value of the parameter ``name``.

        Raises:
            NoSuchParameter: there is none of that name, or it has no value for the day.
        """
        if name not in all_parameters():
            raise NoSuchParameter(name)
        return all_parameters()[name].dated(self.day).value


def full_time_hours(*, start: date) -> float:
    """Say how many hours a week full time is for a programme that started on ``start``.

    Source:
        IMDi's guidance; neither the Act nor the regulation states a number.

    Reading:
        docs/law/full-time.md.
    """
    return float(LawAt(start).value("full_time_hours"))
