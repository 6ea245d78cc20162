"""Putting all who began in a term on a model: seen first, done in one act, taken back."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.course_models import latest_of, save_model
from innpass.casework.training.models import CourseChoice, Schooling
from innpass.domain.courses.editing import with_cell
from innpass.domain.courses.model import Alternative, Block, WeekTemplate
from innpass.domain.sheets.fields import Activity
from tests.factories.cast import KARI, LIV, RAGNHILD, Town

pytestmark = pytest.mark.django_db
TERM = {"termin": "2025-08", "modell": "", "fra": "", "hvorfor": ""}


@pytest.fixture
def term(town: Town) -> Town:
    """Four began in August 2025: Bohdan without a track, Celine with a protected address."""
    Enrolment.objects.update(first_day=date(2025, 8, 4))
    Schooling.objects.all().delete()
    tenant = town.municipality
    dora = Participant(municipality=tenant, name="Dora Nilsen", given_name="Dora")
    dora.save()
    Enrolment.objects.create(municipality=tenant, participant=dora, first_day=date(2025, 8, 11))
    for name in ("Amina", "Celine", "Dora"):
        Schooling.objects.create(municipality=tenant, participant=town.people(name), track=2)
    town.protect("Celine", by=RAGNHILD)
    return town


def post(town: Town, who: str = LIV, **more: Any) -> Any:
    return town.browser(who).post(reverse("courses:placing"), TERM | more)


def test_the_preview_says_for_each_what_would_be_and_stores_nothing(term: Town) -> None:
    page = post(term, act="preview").context["page"]

    assert {line.name.split()[0]: (line.model, line.track) for line in page.lines} == {
        "Amina": ("Modell 3, høsten 2025", "Spor 2"),
        "Dora": ("Modell 3, høsten 2025", "Spor 2"),
    }
    assert [line.why for line in page.left] == ["Sporet er ikke kjent. Før det inn først."]
    assert not CourseChoice.objects.exists()


def test_those_ticked_are_put_in_one_act_that_is_taken_back(term: Town) -> None:
    lines = post(term, act="preview").context["page"].lines

    done = post(term, act="choose", person=[line.mark for line in lines])
    assert [row.first_day for row in CourseChoice.objects.order_by("first_day")] == [
        date(2025, 8, 4),
        date(2025, 8, 11),
    ]
    assert "2 deltakere er satt" in term.browser(LIV).get(done["Location"]).content.decode()
    again = post(term, act="preview").context["page"]
    assert again.lines == ()
    act = CourseChoice.objects.values_list("act_id", flat=True).distinct().get()
    back = term.browser(KARI).post(reverse("courses:take_back", args=[act]))

    assert back.status_code == 302
    assert not CourseChoice.objects.filter(withdrawn_at=None).exists()
    assert len(post(term, act="preview").context["page"].lines) == 2


def test_a_line_that_says_something_else_by_now_is_left_out(term: Town) -> None:
    lines = post(term, act="preview").context["page"].lines
    Schooling.objects.filter(participant=term.people("Dora")).update(track=1)

    post(term, act="choose", person=[line.mark for line in lines])

    assert CourseChoice.objects.get().participant == term.people("Amina")


def test_nobody_is_promised_a_choice_from_a_day_that_has_one(term: Town) -> None:
    lines = post(term, act="preview").context["page"].lines
    post(term, act="choose", person=[line.mark for line in lines])
    move = {"modell": "autumn-2024:0", "fra": "11.08.2025", "hvorfor": "Flyttes"}

    page = post(term, act="preview", **move).context["page"]
    post(term, act="choose", person=[line.mark for line in page.lines], **move)

    moved = CourseChoice.objects.filter(key="autumn-2024")
    assert [row.participant.given_name for row in moved] == ["Amina"]
    assert [line.name.split()[0] for line in page.lines] == ["Amina"]
    assert {line.name: line.why for line in page.left}["Dora Nilsen"] == (
        "Det er alt valgt modell og spor fra 11.08.2025. Rett det valget, eller velg en annen dag."
    )


def test_a_term_is_moved_to_a_new_version_with_a_reason(term: Town) -> None:
    lines = post(term, act="preview").context["page"].lines
    post(term, act="choose", person=[line.mark for line in lines])
    found = latest_of("autumn-2025")
    assert found is not None
    week = Alternative("w", "Ny uke", "", WeekTemplate((Block(Activity.NORWEGIAN, (6.0,)),)))
    save_model(
        municipality=term.municipality,
        model=with_cell(found.model, "b", ["2"], [week]),
        reason="Ny uke",
        expected=0,
        on=date(2026, 6, 1),
        by=term.actor(LIV),
    )
    amina = reverse("courses:person", args=[term.people("Amina").pk])
    assert term.browser(LIV).get(amina).context["page"].now.week == "Norsk A2 og praksis"
    move = {"modell": "autumn-2025:1", "fra": "30.06.2026", "hvorfor": ""}
    refused = post(term, act="preview", **move)
    numbered = post(term, act="preview", **move | {"hvorfor": "Se 010190 12345"})
    lines = post(term, act="preview", **move | {"hvorfor": "Ny plan"}).context["page"].lines
    marks = [line.mark for line in lines]
    post(term, act="choose", person=marks, **move | {"hvorfor": "Ny plan"})

    assert refused.status_code == 422
    assert "annet langt nummer" in numbered.context["page"].form.errors["hvorfor"][0]
    assert len(marks) == 2
    assert term.browser(LIV).get(amina).context["page"].now.week == "Ny uke"
    moved = post(term, act="preview", **move | {"hvorfor": "Ny plan"}).context["page"]
    assert [line.why for line in moved.left if line.why.startswith("Er på")] == [
        "Er på versjonen fra før."
    ] * 2


def test_who_is_hidden_is_neither_counted_shown_nor_taken_back(term: Town) -> None:
    hers = post(term, RAGNHILD, act="preview").context["page"].lines
    done = post(term, RAGNHILD, act="choose", person=[line.mark for line in hers])
    assert len(hers) == CourseChoice.objects.count() == 3

    seen = term.browser(LIV).get(done["Location"])
    model = term.browser(LIV).get(reverse("courses:model", args=["autumn-2025"]))
    term.browser(LIV).post(done["Location"] + "tilbake/")

    assert "Celine" not in seen.content.decode()
    assert model.context["page"].versions[0].chosen == 2
    assert CourseChoice.objects.get(withdrawn_at=None).participant == term.people("Celine")
