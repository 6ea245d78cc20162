"""Filling the pages of the law from the register, and the figures from the job."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.programme.readings import ReadingChoice, choices, law_here
from innpass.casework.programme.standings import (
    Figures,
    figures_for,
    is_being_judged,
    stand_at,
)
from innpass.domain.access.policy import Act, may, may_read, may_see_results
from innpass.domain.access.roles import Actor
from innpass.domain.law.duty import State
from innpass.domain.law.law import THE_LAW, Law, LawText
from innpass.domain.law.telling import says
from innpass.domain.law.words import (
    areas,
    days_words,
    decides_words,
    reading_answer,
    reading_answers,
    reading_doubt,
    reading_question,
    readings_of,
    state_word,
    title,
    unit_words,
    value_words,
    values_in_time,
)
from innpass.web.design.pages import paging
from innpass.web.design.words import capitalised, in_words
from innpass.web.regulations.pages import (
    STATES,
    AreaCard,
    ChoiceLine,
    Computed,
    Counts,
    NumberCard,
    ReadingCard,
    ReadingPage,
    ReadingsPage,
    RegisterPage,
    StandingPerson,
    StandingsPage,
    TextCard,
    TopicPage,
    TopicRow,
    ValueLine,
)
from innpass.web.regulations.rereading import changed_in_words

Key = tuple[str, str, str]
PAGE_SIZE = 50


def register_page(*, actor: Actor, on: date) -> RegisterPage:
    """Return every topic by area, with the figures for those who see results."""
    law = law_here()
    figures = figures_for(actor) if may_see_results(actor) else None
    lists = may_read(actor, "status.explanation")
    return RegisterPage(
        areas=tuple(
            AreaCard(
                area.title,
                tuple(_row(topic, law, figures, on=on, lists=lists) for topic in area.topics),
            )
            for area in areas()
        ),
        texts=sum(len(texts) for texts in law.topics.values()),
        computed=_computed(figures),
        may_suppose=lists,
    )


def _computed(figures: Figures | None) -> Computed | None:
    if figures is None:
        return None
    return Computed(figures.as_of, figures.computed_at, figures.people, is_being_judged())


def _row(
    topic: str, law: Law, figures: Figures | None, *, on: date, lists: bool = False
) -> TopicRow:
    texts = law.topics[topic]
    now = [text for text in texts if text.binds_on(on) and text.source]
    return TopicRow(
        title=title(topic),
        href=reverse("regulations:topic", args=[topic]),
        source=now[0].source.paragraph if now and now[0].source else "",
        passed=sum(text.is_passed_only for text in texts),
        counts=_counts(figures, topic=topic, lists=lists),
    )


def _counts(
    figures: Figures | None, *, topic: str, text: str | None = None, lists: bool = False
) -> Counts | None:
    """Count a topic, or one of its texts; ``None`` where nobody has counted."""
    if figures is None or figures.as_of is None:
        return None
    counted = counts_of(
        {key: n for key, n in figures.counts.items() if text is None or key[1] == text}, topic
    )
    href = reverse("regulations:standings", args=[topic]) if lists else ""
    return replace(counted, href=href)


def counts_of(counts: Mapping[Key, int], topic: str) -> Counts:
    """Sum what stands in each state."""

    def of(state: State) -> int:
        return sum(n for (each, _, stands), n in counts.items() if (each, stands) == (topic, state))

    return Counts(
        kept=of(State.KEPT),
        due=of(State.DUE),
        not_shown=of(State.NOT_SHOWN),
        broken=of(State.BROKEN),
        unknown=of(State.UNKNOWN),
    )


def topic_page(topic: str, *, actor: Actor, on: date) -> TopicPage:
    """Return one topic.

    Raises:
        KeyError: there is no such topic.
    """
    law = law_here()
    texts = law.topics[topic]
    figures = figures_for(actor) if may_see_results(actor) else None
    unknown = _counts(figures, topic=topic, text="")
    names = _each_once(name for text in texts for name in text.parameters)
    readings = _each_once(name for text in texts for name in readings_of(text, law))
    return TopicPage(
        title=title(topic),
        area=next(area.title for area in areas() if topic in area.topics),
        decides=decides_words(texts[0]),
        texts=tuple(_text(text, law, figures, on=on) for text in reversed(texts)),
        numbers=tuple(_number(name, law) for name in names),
        readings=reading_cards(readings, law, may_change=may(actor, Act.CHANGE_SETTINGS)),
        counts=_counts(figures, topic=topic, lists=may_read(actor, "status.explanation")),
        unknown_text=unknown.binds if unknown else 0,
        computed=_computed(figures),
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _text(text: LawText, law: Law, figures: Figures | None, *, on: date) -> TextCard:
    return TextCard(
        rule=text.rule,
        says=says(text, law=law),
        days=capitalised(days_words(text.first_day, text.last_day)),
        is_now=text.binds_on(on),
        is_passed=text.is_passed_only,
        only_for=in_words("programme.protection", text.only_for.value) if text.only_for else "",
        source=text.source.paragraph if text.source else "",
        in_force_by=text.source.in_force_by if text.source else "",
        numbers=tuple(law.parameter(name).term for name in text.parameters),
        brings=tuple(
            f"{capitalised(law.parameter(name).term)}: {line}"
            for name, value in text.sets
            for line in value_words(law.parameter(name), value)
        ),
        counts=None if text.is_passed_only else _counts(figures, topic=text.topic, text=text.rule),
    )


def _number(name: str, law: Law) -> NumberCard:
    parameter = law.parameter(name)
    return NumberCard(
        term=capitalised(parameter.term),
        unit=unit_words(parameter),
        source=parameter.source,
        values=tuple(
            ValueLine(
                days=capitalised(days_words(dated.first_day, dated.last_day)),
                lines=value_words(parameter, dated.value),
                source=dated.source or "",
                in_force_by=dated.in_force_by or "",
            )
            for dated in reversed(values_in_time(parameter))
        ),
    )


def reading_cards(names: Iterable[str], law: Law, *, may_change: bool) -> tuple[ReadingCard, ...]:
    """Return how silent texts are read here, by whom and why."""
    latest = {choice.name: choice for choice in reversed(choices())}
    cards = []
    for name in names:
        choice = latest.get(name)
        ours, here = THE_LAW.reading(name), law.reading(name)
        can_be_changed = len(reading_answers(name, law)) > 1
        cards.append(
            ReadingCard(
                name=name,
                question=reading_question(name),
                answer=reading_answer(name, here),
                default=reading_answer(name, ours),
                is_changed=here != ours,
                doubt=reading_doubt(name),
                chosen_by=str(choice.chosen_by or "") if choice else "",
                chosen_at=choice.chosen_at if choice else None,
                reason=choice.reason if choice else "",
                href=reverse("regulations:reading", args=[name])
                if may_change and can_be_changed
                else "",
            )
        )
    return tuple(cards)


def readings_page(*, actor: Actor) -> ReadingsPage:
    """Return every reading that can be another, and every choice ever made here."""
    law = law_here()
    cards = reading_cards(law.readings(), law, may_change=may(actor, Act.CHANGE_SETTINGS))
    return ReadingsPage(
        changed=tuple(card for card in cards if card.is_changed),
        shipped=tuple(card for card in cards if not card.is_changed),
        history=tuple(_choice(choice) for choice in choices()),
        is_at_work=is_being_judged(),
    )


def _choice(choice: ReadingChoice) -> ChoiceLine:
    known = choice.name in THE_LAW.readings()
    answers = reading_answers(choice.name) if known else ()
    if choice.value is None:
        answer = _("Tilbake til slik Innpass leser den")
    elif choice.value in answers:
        answer = reading_answer(choice.name, choice.value)
    else:  # chosen under an older version, which knew it
        answer = _("Finnes ikke lenger")
    return ChoiceLine(
        question=reading_question(choice.name) if known else choice.name,
        answer=answer,
        at=choice.chosen_at,
        by=str(choice.chosen_by or ""),
        reason=choice.reason,
        changed=changed_in_words(choice.changed),
    )


def reading_page(name: str, form: Form) -> ReadingPage:
    """Return the choice of one reading."""
    (card,) = reading_cards([name], law_here(), may_change=False)
    topics = tuple(
        title(topic)
        for topic, texts in THE_LAW.topics.items()
        if any(name in readings_of(text) for text in texts)
    )
    return ReadingPage(card, form, topics)


def standings_page(
    topic: str, *, actor: Actor, state: str, shown: int, figures: Figures | None
) -> StandingsPage:
    """Return who a figure of a topic counts.

    Raises:
        MayNot: what the law says of people is not theirs to read.
    """
    chosen = state if state in STATES else ""
    here = reverse("regulations:standings", args=[topic])
    everybody = stand_at(topic, actor=actor)
    stand = [one for one in everybody if chosen in ("", one.state)]
    pages = paging(
        number=shown,
        size=PAGE_SIZE,
        total=len(stand),
        href=lambda n: f"{here}?stilling={chosen}&side={n}",
    )
    start = max(pages.first - 1, 0)
    words = {"": _("Gjelder"), **{code: capitalised(state_word(State(code))) for code in STATES}}
    counts = Counter(one.state for one in everybody)
    counts[""] = len(everybody)
    return StandingsPage(
        title=title(topic),
        topic_href=reverse("regulations:topic", args=[topic]),
        heading=words[chosen],
        states=tuple(
            (word, f"{here}?stilling={code}" if code else here, counts[code], code == chosen)
            for code, word in words.items()
        ),
        people=tuple(
            StandingPerson(
                one.name,
                reverse("participant:rules", args=[one.participant]),
                capitalised(state_word(State(one.state))),
                one.due,
            )
            for one in stand[start : start + PAGE_SIZE]
        ),
        paging=pages,
        computed=_computed(figures),
    )
