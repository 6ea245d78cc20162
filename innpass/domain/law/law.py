"""The law as Innpass holds it: dated parameters and dated texts, in one way of reading them.

``THE_LAW`` is what stands in the YAML files. A municipality that reads a silent text otherwise,
or someone who asks "what if", works with a copy in which a value or a day is another; nothing
else in the engine knows of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from innpass.domain.law.parameters import (
    NoSuchParameter,
    Parameter,
    UnknownReading,
    read_parameters,
)
from innpass.domain.law.topics import raw_topics
from innpass.domain.sheets.fields import Protection


class Decides(StrEnum):
    """The date of a person that says which text of a topic binds."""

    PROGRAMME_START = "programme_start"
    OFFERED_ON = "offered_on"
    DECIDED_ON = "decided_on"
    PERMIT_ON = "permit_on"
    NORWEGIAN_OFFERED_ON = "norwegian_offered_on"
    DAY_ASKED_ABOUT = "day_asked_about"


class NoSuchText(LookupError):
    """A text is asked for that the register does not hold."""


@dataclass(frozen=True, slots=True)
class LegalSource:
    """Where a rule stands: the paragraph in Norwegian form, and the acts that put it in force."""

    paragraph: str
    in_force_by: str


@dataclass(frozen=True, slots=True)
class LawText:
    """One text of a topic.

    Args:
        topic: the topic's name.
        rule: the text's id in the register.
        first_day: first day of the deciding date for which it binds, inclusive; ``None`` for the
            time before the first text, and for a text that is not in force.
        last_day: last such day, inclusive; ``None`` while no successor is known.
        decides: which date of the person decides.
        source: the paragraph; ``None`` where there was no rule.
        is_passed_only: passed, and no day is set from which it is in force: it binds nobody.
        sets: values of parameters that the text brings, once it is in force.
        parameters: names of the numbers it works with.
        readings: names of the readings it is read with.
        only_for: the ground of residence it makes an exception for; ``None`` for a general text.
    """

    topic: str
    rule: str
    first_day: date | None
    last_day: date | None
    decides: Decides
    source: LegalSource | None
    is_passed_only: bool = False
    sets: tuple[tuple[str, Any], ...] = ()
    parameters: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    only_for: Protection | None = None

    def __hash__(self) -> int:
        # What is computed of a text is kept by it; the hash of every part would cost more.
        return hash(self.rule)

    def binds_on(self, day: date) -> bool:
        """Say whether it binds one whose deciding date is ``day``."""
        return (
            not self.is_passed_only
            and (self.first_day is None or self.first_day <= day)
            and (self.last_day is None or day <= self.last_day)
        )


@dataclass(frozen=True, slots=True)
class LawAt:
    """The parameters as they stand for a deciding date.

    Example:
        >>> THE_LAW.at(date(2026, 1, 1)).value("full_time_hours") > 0
        True
    """

    law: "Law"
    day: date

    def value(self, name: str) -> Any:
        """Give the value of the parameter ``name``.

        Raises:
            NoSuchParameter: there is none of that name, or it has no value for the day.
        """
        return _value(self.law, name, self.day)


@dataclass(frozen=True, eq=False, slots=True)
class Law:
    """Every parameter by name and the texts of every topic in time.

    Two laws are the same only if they are one object, so that what is computed from a law can be
    kept beside it.
    """

    parameters: Mapping[str, Parameter]
    topics: Mapping[str, tuple[LawText, ...]]

    def parameter(self, name: str) -> Parameter:
        """Give a parameter.

        Raises:
            NoSuchParameter: there is none of that name.
        """
        if name not in self.parameters:
            raise NoSuchParameter(name)
        return self.parameters[name]

    def at(self, day: date) -> LawAt:
        """Give the parameters as they stand for a deciding date."""
        return LawAt(self, day)

    def texts(self, topic: str) -> tuple[LawText, ...]:
        """List the texts of a topic that bind or have bound somebody, in time."""
        return tuple(text for text in self.topics[topic] if not text.is_passed_only)

    def text(self, rule: str) -> LawText:
        """Give a text by its id.

        Raises:
            NoSuchText: no topic has it.
        """
        for texts in self.topics.values():
            for text in texts:
                if text.rule == rule:
                    return text
        raise NoSuchText(rule)

    def text_for(self, topic: str, day: date, protection: Protection | None = None) -> LawText:
        """Pick the text of a topic that binds one whose deciding date is ``day``.

        A text for the person's ground of residence goes before a general one.

        Raises:
            NoSuchText: nothing in the register reaches back to the day.
        """
        bind = [text for text in reversed(self.topics[topic]) if text.binds_on(day)]
        for wanted in (protection, None):
            for text in bind:
                if text.only_for is wanted:
                    return text
        raise NoSuchText(f"{topic} on {day}")

    def with_value(self, name: str, value: Any, *, first_day: date | None = None) -> "Law":
        """Give a law in which a parameter has another value from a day on, or at any time.

        Raises:
            NoSuchParameter: there is none of that name.
            UnknownReading: the parameter is a reading, and the engine does not know this one.
        """
        other = self.parameter(name).with_value(value, first_day=first_day)
        return replace(self, parameters=MappingProxyType({**self.parameters, name: other}))

    def with_reading(self, name: str, value: Any) -> "Law":
        """Give a law in which a silent text is read otherwise.

        Args:
            name: of a reading, or of a part that a text leaves open: ``parameter.part``.
            value: one that the engine knows; true or false for a part.

        Raises:
            NoSuchParameter: there is none of that name.
            UnknownReading: the law says this itself, or the engine does not know the reading.
        """
        whole, _, part = name.partition(".")
        parameter = self.parameter(whole)
        if part:
            other = parameter.with_part(part, value)
        elif parameter.readings:
            other = parameter.with_value(value)
        else:
            raise UnknownReading(f"{name} is no reading")
        return replace(self, parameters=MappingProxyType({**self.parameters, whole: other}))

    def readings(self) -> tuple[str, ...]:
        """List what a silent text lets people read otherwise, by the names of ``with_reading``."""
        names: list[str] = []
        for name, parameter in self.parameters.items():
            names += [name] if len(parameter.readings) > 1 else []
            names += [f"{name}.{part}" for part in parameter.unsettled]
        return tuple(names)

    def reading(self, name: str) -> Any:
        """Give how a silent text is read now, by the names of ``with_reading``."""
        whole, _, part = name.partition(".")
        value = self.parameter(whole).values[-1].value
        return value[part] if part else value

    def with_text_in_force(self, rule: str, first_day: date) -> "Law":
        """Give a law in which a text that is passed only binds from ``first_day``, inclusive.

        Raises:
            NoSuchText: no topic has it.
            ValueError: it is in force already, or the day lies before the text it follows.
        """
        new = self.text(rule)
        if not new.is_passed_only:
            raise ValueError(f"{rule} is in force")
        same = [text for text in self.texts(new.topic) if text.only_for is new.only_for]
        before = same[-1]
        if before.first_day is not None and first_day <= before.first_day:
            raise ValueError(f"{rule} follows {before.rule}, which begins {before.first_day}")
        texts = tuple(
            replace(text, is_passed_only=False, first_day=first_day)
            if text is new
            else replace(text, last_day=first_day - timedelta(days=1))
            if text is before
            else text
            for text in self.topics[new.topic]
        )
        law = replace(self, topics=MappingProxyType({**self.topics, new.topic: texts}))
        for name, value in new.sets:
            law = law.with_value(name, value, first_day=first_day)
        return law


def read_topics() -> Mapping[str, tuple[LawText, ...]]:
    """Read the texts of every topic from the files."""
    return MappingProxyType(
        {
            topic: tuple(_text(topic, block, text) for text in block["texts"])
            for topic, block in raw_topics()
        }
    )


def _text(topic: str, block: Mapping[str, Any], text: Mapping[str, Any]) -> LawText:
    source = text.get("source")
    return LawText(
        topic=topic,
        rule=text["rule"],
        first_day=text.get("first_day"),
        last_day=text.get("last_day"),
        decides=Decides(block["decides"]),
        source=LegalSource(source, text.get("in_force_by") or "") if source else None,
        is_passed_only=bool(text.get("passed")),
        sets=tuple(text.get("sets", {}).items()),
        parameters=tuple(text.get("parameters", ())),
        readings=tuple(text.get("readings", ())),
        only_for=Protection(text["only_for"]) if "only_for" in text else None,
    )


THE_LAW = Law(read_parameters(), read_topics())
"""The law in our own reading."""


# Thousands of people share few days, and few texts.
@lru_cache(maxsize=1 << 14)
def _value(law: Law, name: str, day: date) -> Any:
    return law.parameter(name).dated(day).value


def law_of(law: Law, text: LawText) -> LawAt:
    """Give the parameters of a text.

    Before the first text nothing defines what it would measure; the next text's values are used to
    show it. A text that has always been has the values of today.
    """
    return _law_from(law, text.topic, text.first_day)


@lru_cache(maxsize=1024)
def _law_from(law: Law, topic: str, first_day: date | None) -> LawAt:
    later = (other.first_day for other in law.texts(topic) if other.first_day)
    return law.at(first_day or next(later, date.max))


def full_time_hours(*, start: date, law: Law = THE_LAW) -> float:
    """Say how many hours a week full time is for a programme that started on ``start``.

    Source:
        IMDi's guidance; neither the Act nor the regulation states a number.

    Reading:
        docs/law/full-time.md.
    """
    return float(law.at(start).value("full_time_hours"))
