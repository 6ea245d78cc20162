"""The course models as in the annex, with their hours against the law."""

import re

import pytest
from django.urls import reverse

from tests.factories.cast import KARI, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(town: Town) -> str:
    return town.browser(KARI).get(reverse("courses:models")).content.decode()


def test_each_model_has_its_table_of_phases_and_tracks(page: str) -> None:
    assert page.count('model-table"') == 4
    assert page.index("Modell 3, høsten 2025") < page.index("Modell 1, høsten 2023")
    assert "rett i 18 måneder" in page


def test_the_guides_words_stand_word_for_word_beside_our_reading(page: str) -> None:
    assert "Noen ganger reduseres norskkurset med én dag = 3 dager norskkurs" in page
    assert "Vår lesning: Setningen er fra modell 1" in page.replace("</span>", "")
    assert "Ikke rettigheter til mer norsk NAV kan dekke, men det må søkes individuelt." in page


def test_a_sum_says_its_unit_and_how_it_stands_against_the_law(town: Town) -> None:
    page = town.browser(KARI).get(reverse("courses:models")).context["page"]
    model = next(each for each in page.models if each.is_now)
    first, second = model.phases[0].cells[0].weeks

    assert model.id == "autumn-2025"
    assert [line.how_much for line in second.sums.lines] == [
        "6 + 6 + 4 undervisningstimer",
        "2 × 7,5 klokketimer",
        "2 undervisningstimer",
    ]
    assert (second.sums.total, second.sums.oriented, second.sums.as_clock_hours) == (
        "37,5\N{NO-BREAK SPACE}t",
        "15\N{NO-BREAK SPACE}t",
        "33\N{NO-BREAK SPACE}t",
    )
    assert second.sums.remark == "Full uke, og nok arbeidsrettet tid."
    # No work-oriented hours are asked in the first three months.
    assert first.tag == "Til og med måned 3"
    assert first.sums.remark == "Må fylles: 17,5\N{NO-BREAK SPACE}t til full uke."


def test_after_the_programme_the_law_asks_for_no_hours(town: Town) -> None:
    page = town.browser(KARI).get(reverse("courses:models")).context["page"]
    after = [
        week.sums.remark
        for model in page.models
        for phase in model.phases
        if not phase.is_in_programme
        for cell in phase.cells
        for week in cell.weeks
    ]

    assert set(after) == {"Programmet er slutt, så loven krever ingen timer."}


def test_the_sources_of_the_numbers_are_named(page: str) -> None:
    assert "En undervisningstime på 45 minutter regnes som 75 minutter i programmet." in page
    assert "IMDi, Varighet og beregning av timer (2018)" in page


def test_only_the_model_in_use_stands_open_in_the_list_and_one_alone_is_whole(town: Town) -> None:
    listed = town.browser(KARI).get(reverse("courses:models")).content.decode()
    alone = town.browser(KARI).get(reverse("courses:model", args=["autumn-2023"])).content.decode()

    folds = re.findall(r'<details class="ds-details model-fold"\s*(open)?\s*>', listed)
    assert len(folds) >= 3
    assert folds.count("open") == listed.count("I bruk i dag") == 1
    assert re.findall(r'model-fold"\s*(open)?\s*>', alone) == ["open"]
