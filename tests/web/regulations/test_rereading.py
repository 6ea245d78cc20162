"""What another reading would change, what it did, and who stands behind a figure."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.jobs.models import Job
from innpass.casework.overview.services import judge_anew
from innpass.casework.programme.models import Element, ReadingChoice, Standing
from innpass.casework.programme.standings import Unwatched, figures_for, judge_everyone
from innpass.casework.programme.what_if import WhatIf, answer
from innpass.domain.law.words import reading_answers, title
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


def choose(town: Town, name: str, value: Any) -> None:
    place = str(reading_answers(name).index(value))
    town.browser(ADA).post(
        reverse("regulations:reading", args=[name]), {"answer": place, "reason": "Avklart"}
    )


def changes_said(town: Town) -> list[tuple[str, ...]]:
    page = town.browser(LEA).get(reverse("regulations:readings")).context["page"]
    return [choice.changed for choice in page.history]


def work_life(town: Town, name: str, hours: float) -> None:
    """Let all that somebody does be a work-life course."""
    person = town.people(name)
    Element.objects.filter(participant=person).delete()
    Element.objects.create(
        municipality=town.municipality,
        participant=person,
        kind="work_life_course",
        first_day=person.enrolment.first_day,
        hours_per_week=hours,
        owner="nav",
    )


def test_what_a_choice_changed_stands_with_it_once_everybody_is_judged(town: Town) -> None:
    work_life(town, "Amina", 20)
    choose(town, COURSE, True)
    assert changes_said(town) == [("Deltakerne er ikke vurdert etter dette ennå.",)]
    assert Job.objects.exists()

    judge_anew(municipality=town.municipality, progress=Unwatched())

    (said,) = changes_said(town)
    assert [line for line in said if title(TOPIC) in line] == [
        f"1 fra brutt til oppfylt: {title(TOPIC)}"
    ]


def test_what_else_changed_since_the_last_time_is_not_laid_to_a_choice(town: Town) -> None:
    judge_everyone(municipality=town.municipality, on=TODAY)
    before = Standing.objects.get(participant=town.people("Amina")).states[TOPIC]
    Element.objects.update(kind="norwegian", hours_per_week=1)
    choose(town, COURSE, True)

    judge_anew(municipality=town.municipality, progress=Unwatched())

    after = Standing.objects.get(participant=town.people("Amina")).states[TOPIC]
    assert (before[0], after[0]) == ("kept", "broken")
    assert changes_said(town) == [("Ingen står annerledes.",)]


def test_of_two_choices_each_is_told_what_it_changed_itself(town: Town) -> None:
    work_life(town, "Amina", 20)
    choose(town, COURSE, True)
    choose(town, COURSE, False)

    judge_everyone(municipality=town.municipality, on=TODAY)

    last, first = changes_said(town)
    assert f"1 fra brutt til oppfylt: {title(TOPIC)}" in first
    assert f"1 fra oppfylt til brutt: {title(TOPIC)}" in last


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
