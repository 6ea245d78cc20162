"""The course model on the person's page: model, track, phase and week now, and what comes next."""

from datetime import date

import pytest
from django.urls import reverse

from innpass.casework.overview.queries import case_of
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.models import Schooling
from innpass.casework.training.services import choose, deviate
from innpass.domain.courses.following import Choice, Deviation
from innpass.web.design.course_now import CourseNow
from innpass.web.participant.course import course_of
from tests.factories.cast import KARI, LIV, PER, Town

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"


def put(town: Town, *, start: date | None, track: int | None) -> Participant:
    """Let Amina begin on a day, on a track."""
    amina = town.people("Amina")
    Enrolment.objects.filter(participant=amina).delete()
    Schooling.objects.filter(participant=amina).delete()
    Enrolment.objects.create(municipality=town.municipality, participant=amina, first_day=start)
    if track:
        Schooling.objects.create(municipality=town.municipality, participant=amina, track=track)
    return amina


def card(
    town: Town, on: date, *, start: date | None = date(2025, 8, 1), track: int | None = 2
) -> CourseNow | None:
    person = put(town, start=start, track=track)
    return course_of(case_of(person, on=on), actor=town.actor(KARI), on=on)


def test_who_began_with_a_model_keeps_it(town: Town) -> None:
    before = card(town, date(2026, 3, 1), start=date(2025, 7, 31))
    after = card(town, date(2026, 3, 1))

    assert before is not None
    assert after is not None
    assert (before.model, after.model) == ("Modell 2, høsten 2024", "Modell 3, høsten 2025")
    assert after.is_suggested


def test_the_week_now_with_its_sums_and_what_follows(town: Town) -> None:
    now = card(town, date(2026, 7, 15))

    assert now is not None
    assert (now.phase, now.step) == ("+6 mnd (måned 7 til 12)", "måned 12")
    assert (now.week, now.others) == ("Norsk A2 og praksis", ("Norsk A2, én kursdag mindre",))
    assert now.sums is not None
    assert [(line.how_much, line.counted) for line in now.sums.lines] == [
        ("6 + 6 + 4 undervisningstimer", f"20{SPACE}t"),
        ("2 × 7,5 klokketimer", ""),
    ]
    assert (now.sums.total, now.sums.full_time) == (f"35{SPACE}t", f"37,5{SPACE}t")
    assert (now.sums.oriented, now.sums.least) == (f"15{SPACE}t", f"15{SPACE}t")
    assert now.following == "+6 mnd, intro er nå slutt (måned 13 til 18)"
    assert (now.next_on, now.next_week) == (date(2026, 8, 1), "Én dag norsk B1, fire dager praksis")


def test_a_used_up_right_is_told_in_the_guides_words(town: Town) -> None:
    now = card(town, date(2027, 3, 1), track=3)

    assert now is not None
    assert now.sums is None
    assert now.says.startswith("Ikke rettigheter til mer norsk")


@pytest.mark.parametrize("track", [None, 9])
def test_without_a_known_track_no_week_is_guessed(town: Town, track: int | None) -> None:
    now = card(town, date(2025, 8, 15), track=track)

    assert now is not None
    assert (now.track, now.sums, now.week) == ("", None, "")
    assert now.phase


def test_one_who_began_before_the_law_asked_for_hours_gets_no_sums(town: Town) -> None:
    now = card(town, date(2023, 10, 15), start=date(2023, 9, 1), track=1)

    assert now is not None
    assert now.sums is not None
    assert (now.week, now.sums.total) == ("Fire dager norsk", "")


def test_all_phases_are_over_after_the_last_month(town: Town) -> None:
    now = card(town, date(2026, 9, 1), start=date(2023, 9, 1))

    assert now is not None
    assert now.phase == ""


@pytest.mark.parametrize("start", [None, date(2023, 7, 31), date(2026, 9, 1)])
def test_without_a_model_or_a_month_there_is_no_card(town: Town, start: date | None) -> None:
    assert card(town, date(2026, 6, 30), start=start) is None


def test_the_card_tells_of_a_deviation_and_why_to_those_who_may_know(town: Town) -> None:
    amina = put(town, start=date(2025, 8, 1), track=2)
    teacher = town.actor(LIV)
    choose(participant=amina, choice=Choice(date(2025, 8, 1), "autumn-2025", 0, "2"), by=teacher)
    other = Deviation(date(2026, 5, 1), date(2026, 7, 31), "two-and-three", None, "Vond rygg")
    deviate(participant=amina, deviation=other, by=teacher)
    href = reverse("participant:participant", args=[amina.pk])

    said = {who: town.browser(who).get(href).content.decode() for who in (LIV, PER)}

    for html in said.values():
        assert "Norsk A2, én kursdag mindre" in html
        assert "fra 1. mai 2026 til og med 31. juli 2026" in html
        assert "Foreslått" not in html
    assert "Vond rygg" in said[LIV]
    assert "Vond rygg" not in said[PER]
