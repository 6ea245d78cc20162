"""The law of one person in words: what a page prints, and the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from innpass.casework.programme.explaining import TopicAnswer
from innpass.domain.law.clocks import NORWEGIAN, PROGRAMME
from innpass.domain.law.duty import Amount, State, Unit
from innpass.domain.law.findings import Finding
from innpass.domain.law.law import Law, LawText
from innpass.domain.law.reasons import Reason
from innpass.domain.law.sentences import day_text, hours_text, render, sentences, word
from innpass.domain.law.telling import says
from innpass.domain.law.words import (
    days_words,
    decides_words,
    readings_in_words,
    state_word,
    title,
)

_RUNS_OUT = (PROGRAMME, NORWEGIAN)
_UNITS = {
    Unit.HOURS: "{} t",
    Unit.WORKING_DAYS: "{} virkedager",
    Unit.CALENDAR_DAYS: "{} dager",
    Unit.MONTHS: "{} måneder",
    Unit.MEETINGS: "{} møter",
    Unit.TIMES: "{}",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """What one topic says of a person in words; empty is what is not, or is not to be read.

    Attributes:
        state: the code (``domain.law.duty.State``), empty where the answer may not be read;
            ``stands`` is its word.
        due: the last day in time, or on which something runs out, and ``due_words`` which of them.
        done: the day on which it was done.
        says: what the binding text says; ``source`` its paragraph, ``in_force_by`` what put it in
            force, and ``binds_because`` why it is this text.
        amounts: what is counted beside what must be reached, or not passed.
        reasons, counted, left_out: one sentence each.
        missing: the facts that would tell.
        readings: how silent texts are read here, as question and answer.
    """

    topic: str
    title: str
    state: str
    stands: str
    due: date | None = None
    due_words: str = ""
    done: date | None = None
    says: str = ""
    source: str = ""
    in_force_by: str = ""
    binds_because: str = ""
    amounts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def applies(self) -> bool:
        """Whether a text reaches the person, as far as can be said."""
        return self.state != State.NOT_BOUND


def in_words(answer: TopicAnswer, law: Law) -> Explained:
    """Write an answer in words."""
    found = answer.finding
    if found is None:
        return Explained(answer.topic, title(answer.topic), "", "Ikke for din rolle")
    text = found.text
    shown = text if text and text.source else None
    return Explained(
        topic=answer.topic,
        title=title(answer.topic),
        state=str(found.state),
        stands=state_word(found.state),
        due=found.due,
        due_words="Siste dag" if answer.topic in _RUNS_OUT else "Frist",
        done=found.done,
        says=says(text, law=law) if text else "",
        source=shown.source.paragraph if shown and shown.source else "",
        in_force_by=shown.source.in_force_by if shown and shown.source else "",
        binds_because=_why(text, answer) if shown and text else "",
        amounts=tuple(_amount(amount) for amount in found.duty.amounts),
        reasons=_rendered(found.reasons),
        counted=_rendered(found.duty.counted),
        left_out=_rendered(found.duty.left_out),
        missing=tuple(word(fact) for fact in found.missing),
        readings=_readings(text, found, law) if text else (),
    )


def _rendered(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(render(reason) for reason in reasons))


def _why(text: LawText, answer: TopicAnswer) -> str:
    """Say which date of the person picks the text, and from and to when the text binds."""
    said = decides_words(text).rstrip(".")
    days = days_words(text.first_day, text.last_day)
    if answer.decided_on is None:
        return f"{said}. Datoen er ikke ført. Teksten gjelder {days}."
    return f"{said}: {day_text(answer.decided_on)}. Teksten gjelder {days}."


def _amount(amount: Amount) -> str:
    """Write an amount beside its least and its most."""
    unit = _UNITS[amount.unit]

    def written(value: float) -> str:
        return unit.format(hours_text(value).partition("\N{NO-BREAK SPACE}")[0])

    name = sentences("nb")[f"amount.{amount.of}"]
    has = "ikke ført" if amount.value is None else written(amount.value)
    bounds = [
        f"{label} {written(bound)}"
        for label, bound in (("minst", amount.least), ("høyst", amount.most))
        if bound is not None
    ]
    said = f" ({', '.join(bounds)})" if bounds else ""
    return f"{name}: {has}{said}"


def _readings(text: LawText, found: Finding, law: Law) -> tuple[tuple[str, str], ...]:
    if found.state is State.NOT_BOUND:
        return ()
    return readings_in_words(text, law)
