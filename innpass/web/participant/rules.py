"""Filling the page with the law of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.participants.queries import Participant
from innpass.casework.programme.explained import Explained, in_words
from innpass.casework.programme.explaining import EXPLANATION, explain
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.law.duty import State
from innpass.domain.law.words import areas
from innpass.domain.sheets.dates import read_date
from innpass.exchange.clock import today

# The icon and the colour of a state; the word stands beside it.
LOOKS = {
    State.BROKEN: ("ExclamationmarkTriangleFill", "danger"),
    State.NOT_SHOWN: ("ExclamationmarkTriangle", "warning"),
    State.UNKNOWN: ("QuestionmarkCircle", "brand1"),
    State.DUE: ("Hourglass", "accent"),
    State.KEPT: ("CheckmarkCircleFill", "success"),
    State.NOT_BOUND: ("MinusCircle", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with how its state looks."""

    said: Explained
    icon: str
    colour: str


@dataclass(frozen=True, slots=True)
class Total:
    """How many topics stand in one way."""

    label: str
    count: int
    icon: str
    colour: str


@dataclass(frozen=True, slots=True)
class Area:
    """Topics that stand together: those that reach the person, and those that do not.

    ``hidden`` names those whose answer rests on what the viewer may not read.
    """

    title: str
    topics: tuple[Topic, ...]
    others: tuple[Topic, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The page ``participant/rules.html``.

    Attributes:
        typed: what was written and is no date; ``error`` says so.
        explains: whether the viewer may read texts and reasons.
        is_known: whether there is an enrolment to judge.
    """

    name: str
    case_href: str
    list_href: str
    here: str
    on: date
    typed: str
    error: str
    explains: bool
    is_known: bool
    totals: tuple[Total, ...]
    areas: tuple[Area, ...]


def read_day(query: Mapping[str, str]) -> tuple[date, str]:
    """Return the day asked about in any usual way of writing it, or today and what was typed."""
    typed = query.get("dag", "").strip()[:40]
    found = read_date(typed) if typed else None
    if found and isinstance(found.value, date):
        return found.value, ""
    return today(), typed


def rules_page(
    person: Participant, *, actor: Actor, on: date, typed: str, list_href: str
) -> RulesPage:
    """Return the page, cut to what the viewer may read."""
    may = readable(actor)
    answers, law = explain(person, on=on, may=may)
    topics = {answer.topic: _topic(in_words(answer, law)) for answer in answers}
    return RulesPage(
        name=person.name,
        case_href=reverse("participant:participant", args=[person.pk]),
        list_href=list_href,
        here=reverse("participant:rules", args=[person.pk]),
        on=on,
        typed=typed,
        error=_(
            "Vi forstår ikke «%(typed)s» som en dato. Skriv den som 30.06.2026. Siden viser dagen "
            "i dag."
        )
        % {"typed": typed}
        if typed
        else "",
        explains=EXPLANATION in may,
        is_known=bool(answers),
        totals=_totals(topics),
        areas=tuple(
            Area(
                area.title,
                tuple(each for each in some if each.said.state and each.said.applies),
                tuple(each for each in some if not each.said.applies),
                tuple(each.said.title for each in some if not each.said.state),
            )
            for area in areas()
            if (some := [topics[topic] for topic in area.topics if topic in topics])
        ),
    )


def _topic(said: Explained) -> Topic:
    return Topic(said, *(LOOKS[State(said.state)] if said.state else ("", "")))


def _totals(topics: Mapping[str, Topic]) -> tuple[Total, ...]:
    found = []
    for state, (icon, colour) in LOOKS.items():
        some = [topic for topic in topics.values() if topic.said.state == state]
        if some:
            found.append(Total(some[0].said.stands, len(some), icon, colour))
    return tuple(found)
