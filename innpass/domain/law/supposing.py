"""What if: a passed text is in force, a number is another, or a silent text is read otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from innpass.domain.law.duty import State
from innpass.domain.law.law import Law, LawText
from innpass.domain.law.parameters import NoSuchParameter, Parameter

SHORT = frozenset({State.BROKEN, State.NOT_SHOWN})
"""The states in which somebody falls short of what a text asks."""


class CannotSuppose(ValueError):
    """The law cannot be thought of so; the message says why, in the code's own words."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed: a text from a day, a number with another value, or another reading.

    Args:
        text: the id of a text that is only passed; empty where a number is supposed.
        first_day: the first day, inclusive, of the deciding date for which it would bind.
        number: a parameter, or ``parameter.part``; empty where none is supposed.
        value: its value, whenever it has one.
        reading: a reading; empty where none is supposed.
        answer: how it would be read.
    """

    text: str = ""
    first_day: date | None = None
    number: str = ""
    value: float | None = None
    reading: str = ""
    answer: Any = None

    def as_json(self) -> dict[str, Any]:
        """Return it for storing."""
        day = self.first_day.isoformat() if self.first_day else None
        return {
            "text": self.text,
            "first_day": day,
            "number": self.number,
            "value": self.value,
            **({"reading": self.reading, "answer": self.answer} if self.reading else {}),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return what ``as_json`` stored."""
        day = stored["first_day"]
        return cls(
            text=stored["text"],
            first_day=date.fromisoformat(day) if day else None,
            number=stored["number"],
            value=stored["value"],
            reading=stored.get("reading", ""),
            answer=stored.get("answer"),
        )


def passed_texts(law: Law) -> tuple[LawText, ...]:
    """List the texts that are passed and not in force."""
    return tuple(text for texts in law.topics.values() for text in texts if text.is_passed_only)


def numbers(law: Law) -> tuple[str, ...]:
    """List what can be supposed to be another: numbers that a text works with, by part."""
    used = {name for texts in law.topics.values() for text in texts for name in text.parameters}
    found: list[str] = []
    for name, parameter in law.parameters.items():
        if name not in used or parameter.readings:
            continue
        parts = {
            part: None
            for dated in parameter.values
            for part, value in _parts(dated.value).items()
            if _is_number(value)
        }
        found += [f"{name}.{part}" if part else name for part in parts]
    return tuple(found)


def value_now(law: Law, number: str) -> float:
    """Give the latest value of a number.

    Raises:
        NoSuchParameter: it is none of ``numbers``.
    """
    name, _, part = number.partition(".")
    for dated in reversed(law.parameter(name).values):
        value = _parts(dated.value).get(part)
        if value is not None and _is_number(value):
            return float(value)
    raise NoSuchParameter(number)


def suppose(law: Law, what: Supposition) -> Law:
    """Give the law as it would be.

    Raises:
        CannotSuppose: the text is in force, or would begin before the one it follows; or a number
            that is whole would not be.
        NoSuchText, NoSuchParameter: the register does not hold it.
        UnknownReading: the engine does not know the answer.
    """
    if what.reading:
        return law.with_reading(what.reading, what.answer)
    if what.text:
        if what.first_day is None:
            raise CannotSuppose("a text needs a first day")
        try:
            return law.with_text_in_force(what.text, what.first_day)
        except ValueError as error:
            raise CannotSuppose(str(error)) from None
    if what.number not in numbers(law):
        raise NoSuchParameter(what.number)
    if what.value is None:
        raise CannotSuppose("a number needs a value")
    name, _, part = what.number.partition(".")
    other = _with(law.parameter(name), part, what.value)
    return replace(law, parameters=MappingProxyType({**law.parameters, name: other}))


def topics_of(law: Law, what: Supposition) -> tuple[str, ...]:
    """List the topics whose answers may be others."""
    if what.text:
        return (law.text(what.text).topic,)
    name = (what.reading or what.number).partition(".")[0]
    return tuple(
        topic
        for topic, texts in law.topics.items()
        if any(name in (text.readings if what.reading else text.parameters) for text in texts)
    )


def begins_after(law: Law, rule: str) -> date | None:
    """Give the first day of the text that a passed one follows; it must begin after that day.

    Raises:
        NoSuchText: no topic has it.
    """
    new = law.text(rule)
    before = [text for text in law.texts(new.topic) if text.only_for is new.only_for]
    return before[-1].first_day if before else None


def _parts(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {"": value}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with(parameter: Parameter, part: str, value: float) -> Parameter:
    """Give the parameter with another value of a part, on all days on which it has one."""
    dated = []
    for old in parameter.values:
        before = _parts(old.value).get(part)
        if not _is_number(before):
            dated.append(old)
            continue
        if isinstance(before, int) and value != int(value):
            raise CannotSuppose(f"{parameter.name} is a whole number")
        new = int(value) if isinstance(before, int) else float(value)
        dated.append(replace(old, value={**old.value, part: new} if part else new))
    return replace(parameter, values=tuple(dated))
