"""What another reading would change, what it did, and who stands behind a figure."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.jobs.models import Job
from innpass.casework.overview.services import judge_anew
from innpass.casework.programme.models import ReadingChoice, Standing
from innpass.casework.programme.standings import Unwatched, figures_for, judge_everyone
from innpass.casework.programme.what_if import WhatIf, answer
from innpass.domain.law.words import reading_answers
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, LEA, Town

pytestmark = pytest.mark.django_db
COURSE = "work_oriented_activities.work_life_course"
TOPIC = "work_oriented_hours"


def look(town: Town, browser: Client) -> Any:
    place = reading_answers(COURSE).index(True)
    found = browser.post(
        reverse("regulations:reading", args=[COURSE]),
        {"act": "look", "answer": str(place), "reason": "Avklart med statsforvalteren"},
    )
    asked = WhatIf.objects.get()
    assert found["Location"] == reverse("regulations:outcome", args=[asked.pk])
    assert browser.get(found["Location"]).status_code == 200  # waits
    answer(asked, by=town.actor(ADA), progress=Unwatched())
    return browser.get(found["Location"])


def pretend(town: Town, state: str) -> None:
    """Let Amina stand so in the topic, the last time everybody was judged."""
    kept = Standing.objects.get(participant=town.people("Amina"))
    kept.states[TOPIC] = [state, kept.states.get(TOPIC, ["", "", None])[1], None]
    Standing.objects.filter(pk=kept.pk).update(states=kept.states)


def test_the_administrator_sees_how_many_would_stand_otherwise_and_no_names(town: Town) -> None:
    browser = town.browser(ADA)
    look(town, browser)
    asked = WhatIf.objects.get()
    amina = str(town.people("Amina").pk)
    hidden = str(town.people("Bohdan").pk)
    town.protect("Bohdan")
    WhatIf.objects.update(
        outcome={pk: {TOPIC: ["broken", "kept"]} for pk in (amina, hidden)}, people=3
    )

    found = browser.get(reverse("regulations:outcome", args=[asked.pk]))

    page = found.context["page"]
    assert [(each.now, each.then, each.count) for each in page.changes] == [("Brutt", "Oppfylt", 1)]
    assert page.people == ()
    assert "Amina" not in found.content.decode()
    assert not ReadingChoice.objects.exists()

    saved = browser.post(page.save_href, {"answer": page.answer, "reason": page.reason})
    assert saved.status_code == 302
    assert ReadingChoice.objects.get().reason == "Avklart med statsforvalteren"
    assert (
        browser.get(reverse("regulations:outcome", args=[asked.pk])).context["page"].save_href == ""
    )


def test_what_was_asked_of_a_reading_is_the_askers_alone(town: Town) -> None:
    look(town, town.browser(ADA))
    href = reverse("regulations:outcome", args=[WhatIf.objects.get().pk])
    assert town.browser(KARI).get(href).status_code == 404
    workbook = reverse("regulations:outcome_workbook", args=[WhatIf.objects.get().pk])
    assert town.browser(ADA).get(workbook).status_code == 403


def test_what_a_choice_changed_stands_with_it_once_everybody_is_judged(town: Town) -> None:
    judge_everyone(municipality=town.municipality, on=TODAY)
    place = str(reading_answers(COURSE).index(True))
    href = reverse("regulations:reading", args=[COURSE])
    town.browser(ADA).post(href, {"answer": place, "reason": "Avklart"})

    def said() -> tuple[str, ...]:
        page = town.browser(LEA).get(reverse("regulations:readings")).context["page"]
        changed: tuple[str, ...] = page.history[0].changed
        return changed

    assert said() == ("Deltakerne er ikke vurdert etter dette ennå.",)
    assert Job.objects.exists()
    pretend(town, "kept" if _stands(town) != "kept" else "broken")
    before = _stands(town)
    judge_anew(municipality=town.municipality, progress=Unwatched())

    kept = ReadingChoice.objects.get().changed
    after = _stands(town)
    assert [TOPIC, before, after, 1] in kept["lines"]
    assert any(line.startswith("1 fra ") for line in said())


def _stands(town: Town) -> str:
    state: str = Standing.objects.get(participant=town.people("Amina")).states[TOPIC][0]
    return state


def test_a_figure_and_its_list_hold_the_same_people(town: Town) -> None:
    judge_everyone(municipality=town.municipality, on=TODAY)
    town.protect("Amina", named=(KARI,))
    href = reverse("regulations:standings", args=[TOPIC])
    for who in (LEA, KARI):
        figures = figures_for(town.actor(who))
        by_state: Counter[str] = Counter()
        for (topic, _text, state), number in figures.counts.items():
            by_state[state] += number if topic == TOPIC else 0
        for state, number in by_state.items():
            page = town.browser(who).get(f"{href}?stilling={state}").context["page"]
            assert len(page.people) == number
        names = [each.name for each in town.browser(who).get(href).context["page"].people]
        assert any("Amina" in name for name in names) == (who == KARI)


def test_figures_lead_to_their_list_for_those_who_may_read_it(town: Town) -> None:
    judge_everyone(municipality=town.municipality, on=TODAY)
    href = reverse("regulations:standings", args=[TOPIC])
    assert href in town.browser(LEA).get(reverse("regulations:register")).content.decode()
    assert href not in town.browser(ADA).get(reverse("regulations:register")).content.decode()
    assert town.browser(ADA).get(href).status_code == 403
