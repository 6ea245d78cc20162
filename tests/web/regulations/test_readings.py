"""An administrator reads a silent text otherwise, with a reason, and everybody is judged anew."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from innpass.casework.audit.models import AuditEvent
from innpass.casework.jobs.models import Job
from innpass.casework.overview.services import judge_anew
from innpass.casework.programme.models import ReadingChoice, RuleCount, StatusSpan
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.standings import JUDGE_ANEW, judge_everyone
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.words import reading_answer, reading_answers, reading_question
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, Town

pytestmark = pytest.mark.django_db
LIST = "regulations:readings"
COURSE = "work_oriented_activities.work_life_course"


def choose(town: Town, name: str, answer: Any, reason: str = "Avklart", who: str = ADA) -> Any:
    place = str(reading_answers(name).index(answer)) if answer is not None else ""
    return town.browser(who).post(
        reverse("regulations:reading", args=[name]), {"answer": place, "reason": reason}
    )


def words(town: Town, who: str = KARI) -> str:
    return str(town.browser(who).get(reverse(LIST)).content.decode())


@pytest.mark.parametrize("name", THE_LAW.readings())
def test_each_reading_is_listed_and_has_a_form_with_every_answer(town: Town, name: str) -> None:
    assert escape(reading_question(name)) in words(town)

    form = town.browser(ADA).get(reverse("regulations:reading", args=[name])).content.decode()

    for answer in reading_answers(name):
        assert escape(reading_answer(name, answer).rstrip(".")) in form


def test_only_the_administrator_is_led_to_the_form(town: Town) -> None:
    href = reverse("regulations:reading", args=["leave_weeks"])

    assert href in words(town, ADA)
    assert href not in words(town, KARI)


def test_a_choice_is_kept_with_its_reason_logged_and_judged_in_a_job(town: Town) -> None:
    answer = choose(town, "leave_weeks", "counted", "Avklart med statsforvalteren")

    assert answer.status_code == 302
    assert law_here().reading("leave_weeks") == "counted"
    event = AuditEvent.objects.get(action="choose_reading")
    assert (event.reason, event.actor_id) == (
        "Avklart med statsforvalteren",
        town.users[ADA].pk,
    )
    assert event.changes == {"leave_weeks": ["excluded_when_whole", "counted"]}
    assert Job.objects.filter(kind=JUDGE_ANEW).count() == 1
    shown = words(town)
    assert "Valgt av kommunen" in shown
    assert "Avklart med statsforvalteren" in shown
    assert "vurdert på nytt nå" in shown


def test_it_goes_back_to_what_we_ship_and_the_history_tells_both(town: Town) -> None:
    choose(town, "leave_weeks", "counted", "Først slik")
    choose(town, "leave_weeks", "excluded_when_whole", "Så tilbake")

    assert ReadingChoice.objects.order_by("chosen_at").last().value is None
    assert law_here().reading("leave_weeks") == "excluded_when_whole"
    shown = words(town)
    assert "Valgt av kommunen" not in shown
    assert shown.index("Så tilbake") < shown.rindex("Først slik")


def test_the_job_judges_weeks_and_topics_by_the_new_reading(town: Town) -> None:
    judge_everyone(municipality=town.municipality, on=TODAY)

    def stored() -> tuple[Any, ...]:
        spans = StatusSpan.objects.order_by("participant", "first_monday")
        return tuple(spans.values_list("verdict", "hours"))

    before = stored()
    choose(town, COURSE, True)
    assert stored() == before
    told: list[tuple[int, int]] = []

    class Watch:
        def __call__(self, done: int, total: int, message: str = "") -> None:
            told.append((done, total))

        def finish(self, message: str = "") -> None:
            told.append((-1, -1))

    judge_anew(municipality=town.municipality, progress=Watch())

    assert told[-1] == (-1, -1)
    assert law_here().reading(COURSE) is True
    assert RuleCount.objects.filter(topic="").get().number == 3


@pytest.mark.parametrize(
    ("answer", "reason", "sentence"),
    [
        ("1", "", "Skriv hvorfor."),
        ("1", "   ", "Skriv hvorfor."),
        ("", "Avklart", "Velg et av svarene."),
        ("7", "Avklart", "Velg et av svarene i listen."),
        ("x", "Avklart", "Velg et av svarene i listen."),
        ("0", "Avklart", "leses alt slik"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_stored(
    town: Town, answer: str, reason: str, sentence: str
) -> None:
    found = town.browser(ADA).post(
        reverse("regulations:reading", args=["leave_weeks"]), {"answer": answer, "reason": reason}
    )

    assert found.status_code == 422
    assert sentence in found.content.decode()
    assert not ReadingChoice.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize("name", ["minimum_hours", "average_over", "months_to_start", "nothing"])
def test_what_the_law_says_itself_has_no_form(town: Town, name: str) -> None:
    href = reverse("regulations:reading", args=[name])

    assert town.browser(ADA).get(href).status_code == 404
    assert town.browser(ADA).post(href, {"answer": "1", "reason": "x"}).status_code == 404


def test_others_may_neither_see_nor_post_the_form(town: Town) -> None:
    assert town.browser(KARI).get(reverse("regulations:reading", args=[COURSE])).status_code == 403
    assert choose(town, COURSE, True, who=KARI).status_code == 403
    assert not ReadingChoice.objects.exists()
