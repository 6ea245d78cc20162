"""What every topic of the law says of one person on one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from innpass.domain.law import rules  # noqa: F401  (fills the register)
from innpass.domain.law.assessment import Span, Verdict
from innpass.domain.law.clocks import NORWEGIAN, PROGRAMME, Clock, norwegian_clock, programme_clock
from innpass.domain.law.deciding import texts_that_may_bind
from innpass.domain.law.duty import DUTIES, Duty, State
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.hours import assess_week, assess_weeks
from innpass.domain.law.law import THE_LAW, Law, LawText, law_of
from innpass.domain.law.reasons import Reason
from innpass.domain.law.requirement import requirement_for
from innpass.domain.law.rules.work_oriented import TOPIC as HOURS
from innpass.domain.law.sentences import render
from innpass.domain.periods import IsoWeek

_LACKS_A_DECISION = ("programme_length.needs_extension", "programme_length.ended_after")
_OF_VERDICT = {
    Verdict.NO_REQUIREMENT: State.NOT_BOUND,
    Verdict.NOT_YET: State.DUE,
    Verdict.EXCLUDED: State.KEPT,
    Verdict.MET: State.KEPT,
    Verdict.BELOW: State.BROKEN,
    Verdict.UNKNOWN: State.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one topic says of one person on one day.

    Args:
        topic: the topic's name.
        state: how it stands.
        text: the text that binds; ``None`` where none does, or it is not known which.
        due: the last day on which it is done in time, or on which something runs out; inclusive.
        done: the day on which it was done; ``None`` where none is recorded.
        duty: the answer with its amounts, what was counted and what was left out.
        missing: facts that would tell.
        reasons: why, most important first.
    """

    topic: str
    state: State
    text: LawText | None
    due: date | None
    done: date | None
    duty: Duty
    missing: tuple[Fact, ...]
    reasons: tuple[Reason, ...]

    @property
    def binds(self) -> bool:
        """Whether a text binds the person, as far as is known."""
        return self.text is not None and self.state is not State.NOT_BOUND

    def sentence(self, language: str = "nb") -> str:
        """Explain the finding to the reader."""
        return " ".join(render(reason, language) for reason in self.reasons)


def findings(facts: PersonFacts, *, on: date, law: Law = THE_LAW) -> tuple[Finding, ...]:
    """Ask every topic of the register about one person, in the register's order."""
    return tuple(finding(topic, facts, on=on, law=law) for topic in law.topics)


def hours_states(people: Sequence[PersonFacts], *, on: date, law: Law = THE_LAW) -> list[State]:
    """Say how the hours of many people stand, as ``finding`` says of each, in their order.

    All are judged at once, which takes a fraction of the time that asking one by one does.
    """
    weeks = assess_weeks(people, on=on, law=law)
    now = weeks.at(IsoWeek.of(on)).verdict
    return [
        _hours_state(facts, verdict, spans, on=on, law=law)
        for facts, verdict, spans in zip(people, now, weeks.spans(), strict=True)
    ]


def _hours_state(
    facts: PersonFacts, verdict: Verdict | None, spans: Sequence[Span], *, on: date, law: Law
) -> State:
    answer = requirement_for(facts, law=law)
    if facts.start is None:
        return State.UNKNOWN
    if verdict is not None:
        return _OF_VERDICT[verdict]
    if answer.requirement is None:
        return State.NOT_BOUND if answer.is_known else State.UNKNOWN
    if facts.start > on:
        return State.DUE
    is_over = facts.actual_end or facts.planned_end
    return _OF_VERDICT[spans[-1].verdict] if is_over and spans else State.UNKNOWN


def finding(topic: str, facts: PersonFacts, *, on: date, law: Law = THE_LAW) -> Finding:
    """Ask one topic about one person.

    Raises:
        KeyError: there is no such topic.
    """
    if topic == HOURS:
        return _of_hours(facts, on=on, law=law)
    if topic == PROGRAMME:
        return _of_clock(programme_clock(facts, on=on, law=law), on=on)
    if topic == NORWEGIAN:
        return _of_clock(norwegian_clock(facts, on=on, law=law), on=on)
    texts, missing = texts_that_may_bind(topic, facts, law=law, on=on)
    if not texts:
        nothing = Duty(binds=False, reasons=(Reason("not_bound.no_text"),))
        return _finding(topic, State.NOT_BOUND, None, nothing)
    answers = [DUTIES.of(text.rule)(facts, law_of(law, text)) for text in texts]
    states = {answer.state(on=on) for answer in answers}
    if len(texts) == 1:
        return _finding(topic, answers[0].state(on=on), texts[0], answers[0])
    if len(states) == 1 and State.UNKNOWN not in states:
        # Whichever of the texts binds, it says the same; the latest one is shown.
        return _finding(topic, states.pop(), texts[-1], answers[-1])
    facts_missing = (Reason("unknown.which_text", (("facts", missing),)),)
    return _finding(topic, State.UNKNOWN, None, Duty(missing=missing, reasons=facts_missing))


def _finding(topic: str, state: State, text: LawText | None, duty: Duty) -> Finding:
    reasons = duty.breaches + duty.reasons
    if duty.missing and state is State.UNKNOWN and not duty.reasons:
        reasons = (*reasons, Reason("unknown.facts", (("facts", duty.missing),)))
    return Finding(topic, state, text, duty.due, duty.done, duty, duty.missing, reasons)


def _of_hours(facts: PersonFacts, *, on: date, law: Law) -> Finding:
    answer = requirement_for(facts, law=law)
    week = assess_week(facts, IsoWeek.of(on), on=on, law=law)
    if week is not None:
        state, reasons, missing = _OF_VERDICT[week.verdict], week.reasons, week.missing
    else:
        state = State.UNKNOWN if not answer.is_known else State.NOT_BOUND
        if answer.requirement is not None:
            state = State.DUE if facts.start and facts.start > on else _at_the_end(facts, law)
        reasons, missing = answer.reasons, answer.missing
    duty = Duty(missing=missing, reasons=reasons)
    return Finding(HOURS, state, answer.text, None, None, duty, missing, reasons)


def _at_the_end(facts: PersonFacts, law: Law) -> State:
    """Give how the hours stood in the last week of a programme that is over."""
    last = facts.actual_end or facts.planned_end
    week = assess_week(facts, IsoWeek.of(last), on=last, law=law) if last else None
    return _OF_VERDICT[week.verdict] if week else State.UNKNOWN


def _of_clock(clock: Clock, *, on: date) -> Finding:
    duty = Duty(
        due=clock.last_day,
        breaches=clock.breaches,
        counted=clock.added.counted,
        left_out=clock.added.left_out,
        missing=clock.missing,
        reasons=clock.reasons,
    )
    if clock.breaches:
        state = State.BROKEN
    elif clock.last_day is None:
        # Without a text, and with its first day known, nothing in the register is asked about.
        state = State.UNKNOWN if clock.missing or clock.possible else State.NOT_BOUND
    else:
        lacks_decision = any(reason.code in _LACKS_A_DECISION for reason in clock.warnings)
        state = State.NOT_SHOWN if lacks_decision else State.KEPT
    reasons = clock.breaches + clock.reasons + clock.warnings
    if state is State.KEPT and clock.last_day and clock.ended_on is None and on > clock.last_day:
        # A right that has run out binds nobody; a programme past its time is looked at.
        state = State.NOT_SHOWN if clock.topic == PROGRAMME else State.NOT_BOUND
        reasons = (Reason(f"{clock.topic}.run_out", (("last", clock.last_day),)), *reasons)
    return Finding(
        clock.topic, state, clock.text, clock.last_day, None, duty, clock.missing, reasons
    )
