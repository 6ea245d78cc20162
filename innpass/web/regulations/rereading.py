"""What reading a silent text otherwise would change, and what it did."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.programme.readings import law_here
from innpass.casework.programme.what_if import WhatIf, changes_of, lines_of
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.supposing import Supposition
from innpass.domain.law.words import (
    reading_answer,
    reading_answers,
    reading_question,
    state_word,
    title,
)
from innpass.web.design.pages import paging
from innpass.web.design.words import capitalised
from innpass.web.regulations.pages import Change, ChangedPerson, RereadingPage

PAGE_SIZE = 50


def rereading_page(asked: WhatIf, *, actor: Actor, shown: int) -> RereadingPage:
    """Return how many would stand otherwise; who they are only for those who may read it."""
    what = Supposition.from_json(asked.supposed)
    law = law_here()
    changes = changes_of(asked, actor=actor)
    people = lines_of(asked, actor=actor) if may_read(actor, "status.explanation") else []
    here = reverse("regulations:outcome", args=[asked.pk])
    pages = paging(
        number=shown, size=PAGE_SIZE, total=len(people), href=lambda n: f"{here}?side={n}"
    )
    start = max(pages.first - 1, 0)
    answers = reading_answers(what.reading, law)
    is_still_asked = what.answer in answers and law.reading(what.reading) != what.answer
    return RereadingPage(
        title=_("Hva endrer det å lese teksten slik?"),
        question=reading_question(what.reading),
        now=reading_answer(what.reading, law.reading(what.reading)),
        then=reading_answer(what.reading, what.answer),
        as_of=asked.as_of,
        judged=asked.people or 0,
        changes=tuple(
            Change(title(topic), state_word(now).capitalize(), state_word(then).capitalize(), n)
            for (topic, now, then), n in changes.most_common()
        ),
        people=tuple(
            ChangedPerson(
                line.name,
                reverse("participant:participant", args=[line.participant]),
                title(line.topic),
                capitalised(state_word(line.now)),
                capitalised(state_word(line.then)),
            )
            for line in people[start : start + PAGE_SIZE]
        ),
        paging=pages,
        may_read_names=may_read(actor, "status.explanation"),
        save_href=reverse("regulations:reading", args=[what.reading]) if is_still_asked else "",
        answer=str(answers.index(what.answer)) if is_still_asked else "",
        reason=str(asked.supposed.get("reason", "")),
        back_href=reverse("regulations:reading", args=[what.reading]),
    )


def changed_in_words(changed: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Say what a choice changed, one line for each topic and pair of states."""
    if changed is None:
        return (_("Deltakerne er ikke vurdert etter dette ennå."),)
    if not changed:
        return ()
    if not changed["lines"]:
        return (_("Ingen står annerledes."),)
    return tuple(
        _("%(number)s fra %(now)s til %(then)s: %(topic)s")
        % {
            "number": n,
            "now": state_word(now).lower(),
            "then": state_word(then).lower(),
            "topic": title(topic),
        }
        for topic, now, then, n in changed["lines"]
    )
