"""The register in words: areas of topics, dates that decide, numbers with their unit, readings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from innpass.domain.law import topics as register
from innpass.domain.law.law import THE_LAW, Law, LawText
from innpass.domain.law.parameters import DatedValue, Parameter
from innpass.domain.law.sentences import FALLBACK, day_text, sentences
from innpass.domain.yaml_text import read_yaml

_ELSEWHERE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Area:
    """Topics that stand together, under a title."""

    title: str
    topics: tuple[str, ...]


@lru_cache(maxsize=8)
def areas(language: str = FALLBACK) -> tuple[Area, ...]:
    """Give the topics of the register by area, in the register's order. Read from files once."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in sorted(files(register).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yml"):
            number_and_name = entry.name.removesuffix(".yml")
            code = f"area.{number_and_name.partition('_')[2]}"
            title = sentences(language).get(code) or sentences(language)["area.elsewhere"]
            blocks = cast(dict[str, Any], read_yaml(entry.read_text("utf-8")))
            known = (topic for topic in blocks if topic in THE_LAW.topics)
            found[title] = (*found.get(title, ()), *known)
    return tuple(Area(title, topics) for title, topics in found.items())


def title(topic: str, language: str = FALLBACK) -> str:
    """Give the title of a topic."""
    return sentences(language)[f"topic.{topic}"]


def decides_words(text: LawText, language: str = FALLBACK) -> str:
    """Say which date of the person decides whether a text binds."""
    return sentences(language)[f"decides.{text.decides}"]


def state_word(state: str, language: str = FALLBACK) -> str:
    """Give the word for how something stands."""
    return sentences(language)[f"state.{state}"]


def days_words(first: date | None, last: date | None) -> str:
    """Say from and to which day something holds, both inclusive.

    Example:
        >>> days_words(date(2026, 1, 1), None), days_words(None, None)
        ('fra 1. januar 2026', 'hele tiden')
    """
    if first is None and last is None:
        return "hele tiden"
    begin = f"fra {day_text(first)}" if first else ""
    end = f"til og med {day_text(last)}" if last else ""
    return f"{begin} {end}".strip()


def unit_words(parameter: Parameter, language: str = FALLBACK) -> str:
    """Give the word for what a parameter is measured in; empty where there is none."""
    words = sentences(language)
    known = [code for code in words if code.startswith("unit.")]
    fits = [code for code in known if parameter.unit.startswith(code.removeprefix("unit."))]
    return words[max(fits, key=len)] if fits else ""


def values_in_time(parameter: Parameter) -> tuple[DatedValue, ...]:
    """Give the values, each until the day before the next one's first where it names no last."""
    nexts = [value.first_day for value in parameter.values[1:]]
    ends = [day - timedelta(days=1) if day else None for day in nexts]
    return tuple(
        replace(value, last_day=value.last_day or end)
        for value, end in zip(parameter.values, [*ends, None], strict=True)
    )


def part_words(part: str, language: str = FALLBACK) -> str:
    """Give the word for a part of a value, such as what holds for those with schooling."""
    return sentences(language).get(f"part.{part}") or part.replace("_", " ")


def value_words(parameter: Parameter, value: Any, language: str = FALLBACK) -> tuple[str, ...]:
    """Write a value, one line for each of its parts.

    Example:
        >>> value_words(THE_LAW.parameter("months_to_start"), 3)
        ('3',)
    """
    if parameter.readings:
        return (reading_answer(parameter.name, value, language),)
    if isinstance(value, Mapping):
        return tuple(
            f"{part_words(part, language)}: {_written(each)}" for part, each in value.items()
        )
    return (_written(value),)


def _written(value: Any) -> str:
    if value is None:
        return _ELSEWHERE
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def reading_question(name: str, language: str = FALLBACK) -> str:
    """Ask what a reading, or a part that a text leaves open, answers."""
    whole, _, part = name.partition(".")
    words = sentences(language)
    if part:
        return words[f"reading.{whole}.part"].format(activity=words[f"part.{part}"])
    return words[f"reading.{whole}"]


def reading_answer(name: str, value: Any, language: str = FALLBACK) -> str:
    """Give the answer that a reading is."""
    words = sentences(language)
    if isinstance(value, bool):
        return words["reading.yes" if value else "reading.no"]
    return words[f"reading.{name}.{value}"]


def reading_doubt(name: str, language: str = FALLBACK) -> str:
    """Say what speaks against the reading we ship; empty where nothing is written."""
    return sentences(language).get(f"doubt.{name.partition('.')[0]}", "")


def reading_answers(name: str, law: Law = THE_LAW) -> tuple[Any, ...]:
    """List the answers that the engine knows."""
    whole, _, part = name.partition(".")
    return (True, False) if part else law.parameter(whole).readings


def readings_of(text: LawText, law: Law = THE_LAW) -> tuple[str, ...]:
    """List the readings of a text, a part that it leaves open for itself."""
    names: list[str] = []
    for name in text.readings:
        parameter = law.parameter(name)
        names += [f"{name}.{part}" for part in parameter.unsettled] or [name]
    return tuple(names)


def readings_in_words(text: LawText, law: Law) -> tuple[tuple[str, str], ...]:
    """Say how the places where a text is silent are read in ``law``, as question and answer."""
    return tuple(
        (reading_question(name), reading_answer(name, law.reading(name)))
        for name in readings_of(text, law)
    )
