"""The law's numbers and readings, dated, from the YAML files beside this module."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from innpass.domain.yaml_text import read_yaml


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
    """One parameter.

    Args:
        name: its name, the same in every file.
        term: what it is called in Norwegian.
        unit: what a value is measured in.
        decides: which date of the person its values are looked up by.
        source: the paragraph, or where else it comes from.
        page: the page that discusses it, where the text leaves doubt.
        readings: the values the engine knows, where it is a reading; else empty.
        unsettled: the parts of a value that the text leaves open, each true or false; else empty.
        values: in time.
    """

    name: str
    term: str
    unit: str
    decides: str
    source: str
    page: str | None
    readings: tuple[Any, ...]
    unsettled: tuple[str, ...]
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

    def with_value(self, value: Any, *, first_day: date | None = None) -> "Parameter":
        """Give the parameter with another value: from a day on, or whenever it has one.

        Raises:
            UnknownReading: it is a reading, and the engine does not know this one.
        """
        self._check(value)
        if first_day is None:
            return replace(self, values=tuple(replace(old, value=value) for old in self.values))
        kept = tuple(old for old in self.values if (old.first_day or date.min) < first_day)
        return replace(self, values=(*kept, DatedValue(first_day, None, value, None, None)))

    def with_part(self, part: str, value: bool) -> "Parameter":
        """Give the parameter with another answer for one of the parts that the text leaves open.

        Raises:
            UnknownReading: the text leaves no such part open, or the answer is not yes or no.
        """
        if part not in self.unsettled or not isinstance(value, bool):
            raise UnknownReading(f"{self.name} has no reading {value!r} of {part!r}")
        return replace(
            self, values=tuple(replace(old, value=old.value | {part: value}) for old in self.values)
        )

    def _check(self, value: Any) -> None:
        if self.readings and value not in self.readings:
            raise UnknownReading(f"{self.name} has no reading {value!r}")


def raw_parameters() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each parameter's block by name, in the order of the files and of their lines."""
    entries = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(".yml"):
            blocks = cast(
                dict[str, dict[str, Any]],
                read_yaml(entry.read_text("utf-8")),
            )
            yield from blocks.items()


def read_parameters() -> Mapping[str, Parameter]:
    """Read every parameter from the files.

    Raises:
        UnknownReading: a value is not among the readings that the engine knows.
    """
    return MappingProxyType({name: _parameter(name, block) for name, block in raw_parameters()})


def _parameter(name: str, block: Mapping[str, Any]) -> Parameter:
    parameter = Parameter(
        name=name,
        term=block["term"],
        unit=block["unit"],
        decides=block["decides"],
        source=block["source"],
        page=block.get("reading"),
        readings=tuple(block.get("readings", ())),
        unsettled=tuple(block.get("unsettled", ())),
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
    for dated in parameter.values:
        parameter._check(dated.value)
    return parameter
