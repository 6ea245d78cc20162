"""The course model on the person's page: the one in use at the start, and the phase now."""

from datetime import date

import pytest
from django.urls import reverse

from innpass.casework.programme.models import Enrolment
from innpass.casework.training.models import Schooling
from innpass.web.participant.course import course_of
from tests.factories.cast import KARI, Town

pytestmark = pytest.mark.django_db


def test_who_began_with_a_model_keeps_it(town: Town) -> None:
    before = course_of(start=date(2025, 7, 31), month=8, track=1)
    after = course_of(start=date(2025, 8, 1), month=8, track=1)

    assert before is not None
    assert after is not None
    assert (before.model, after.model) == ("Modell 2, høsten 2024", "Modell 3, høsten 2025")


def test_the_phase_its_weeks_and_what_follows(town: Town) -> None:
    course = course_of(start=date(2025, 8, 1), month=12, track=2)

    assert course is not None
    assert course.phase == "+6 mnd (måned 7 til 12)"
    assert course.weeks == (
        (
            "Norsk A2 og praksis: 35\N{NO-BREAK SPACE}t i programmet,"
            " 15\N{NO-BREAK SPACE}t av dem arbeidsrettet"
        ),
        (
            "Norsk A2, én kursdag mindre: 37,5\N{NO-BREAK SPACE}t i programmet,"
            " 22,5\N{NO-BREAK SPACE}t av dem arbeidsrettet"
        ),
    )
    assert course.following == "+6 mnd, intro er nå slutt (måned 13 til 18)"


def test_a_used_up_right_is_told_in_the_guides_words(town: Town) -> None:
    course = course_of(start=date(2025, 8, 1), month=19, track=3)

    assert course is not None
    assert course.weeks[0].startswith("Ikke rettigheter til mer norsk")


@pytest.mark.parametrize("track", [None, 9])
def test_without_a_known_track_no_week_is_guessed(town: Town, track: int | None) -> None:
    course = course_of(start=date(2025, 8, 1), month=1, track=track)

    assert course is not None
    assert (course.track, course.weeks) == ("", ())
    assert course.phase


def test_one_who_began_before_the_law_asked_for_hours_gets_no_sums(town: Town) -> None:
    course = course_of(start=date(2023, 9, 1), month=2, track=1)

    assert course is not None
    assert course.weeks == ("Fire dager norsk", "Tre dager norsk")


def test_all_phases_are_over_after_the_last_month(town: Town) -> None:
    course = course_of(start=date(2023, 9, 1), month=37, track=1)

    assert course is not None
    assert course.phase == ""


@pytest.mark.parametrize(
    ("start", "month"), [(None, None), (date(2023, 7, 31), 5), (date(2026, 9, 1), None)]
)
def test_without_a_model_or_a_month_there_is_no_card(
    town: Town, start: date | None, month: int | None
) -> None:
    assert course_of(start=start, month=month, track=1) is None


def test_the_card_stands_on_the_page(town: Town) -> None:
    amina = town.people("Amina")
    Enrolment.objects.update_or_create(
        participant=amina,
        defaults={"municipality": town.municipality, "first_day": date(2026, 1, 5)},
    )
    Schooling.objects.update_or_create(
        participant=amina, defaults={"municipality": town.municipality, "track": 1}
    )

    page = town.browser(KARI).get(reverse("participant:participant", args=[amina.pk]))

    assert page.context["page"].course.model == "Modell 3, høsten 2025"
    assert "Modell 3, høsten 2025" in page.content.decode()
