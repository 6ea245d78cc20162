"""Editing a model: what is typed is kept, errors stand beside the field, nobody is overwritten."""

from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.training.course_models import latest_of
from innpass.casework.training.models import CourseModelVersion
from innpass.domain.courses.choosing import cell_of
from innpass.domain.courses.model import CourseModel, Unit
from tests.factories.cast import LIV, RAGNHILD, Town

pytestmark = pytest.mark.django_db
CELL = ("autumn-2025", "b", "2")
SPACE = "\N{NO-BREAK SPACE}"


def href(name: str, *args: str) -> str:
    return reverse(f"courses:{name}", args=args)


def sent(town: Town, address: str, **changes: str) -> dict[str, Any]:
    """What a browser would send of a form as it stands, with some fields typed over."""
    page = town.browser(LIV).get(address).context["page"]
    form, data = page.form, {"expected": str(page.expected)}
    parts = [form, *getattr(form, "tracks", ()), *getattr(form, "phases", ())]
    for week in getattr(form, "weeks", ()):
        parts += [week, *week.blocks.forms]
        data[f"{week.blocks.prefix}-rows"] = str(week.blocks.rows)
    if hasattr(form, "count"):
        data["weeks"] = str(form.count)
    for part in parts:
        for bound in part:
            value = bound.value()
            if value not in (None, False):
                data[bound.html_name] = "on" if value is True else value
    return data | changes


def model(key: str = "autumn-2025") -> CourseModel:
    found = latest_of(key)
    assert found is not None
    return found.model


def test_a_cell_that_is_saved_is_the_next_version(town: Town) -> None:
    before, address = model(), href("cell", *CELL)
    data = sent(town, address, **{"week-0-0-days": "4 x 5,5", "week-0-0-unit": "clock_hour"})

    answer = town.browser(LIV).post(address, data | {"reason": "Fire dager fra i høst"})

    assert answer["Location"] == href("model", "autumn-2025")
    after = cell_of(model(), "b", "2").alternatives
    assert after[0].template.blocks[0].hours_per_day == (5.5,) * 4
    assert after[0].template.blocks[0].unit is Unit.CLOCK_HOUR
    assert after[0].reading == ""
    assert after[1] == cell_of(before, "b", "2").alternatives[1]
    assert cell_of(model(), "b", "1") == cell_of(before, "b", "1")
    page = town.browser(LIV).get(answer["Location"]).content.decode()
    assert "Fire dager fra i høst" in page
    assert "Endret av kommunen" in page


def test_a_form_sent_as_it_stands_changes_nothing_and_says_so(town: Town) -> None:
    for address in (href("cell", *CELL), href("frame", "autumn-2025")):
        answer = town.browser(LIV).post(address, sent(town, address, reason="x"))

        assert answer.status_code == 422
        assert "Modellen er som før" in answer.content.decode()
    assert not CourseModelVersion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"week-0-0-days": "seks"}, "week-0-0-days", "Vi forstår ikke «seks»"),
        ({"week-0-0-days": "25"}, "week-0-0-days", "over 0 og høyst 24"),
        ({"week-0-0-days": "8 x 2"}, "week-0-0-days", "Vi forstår ikke «8 x 2»"),
        ({"week-0-1-days": "5 x 6"}, "week-0-name", "Uka får 8 dager"),
        ({"week-0-0-levels": "A3"}, "week-0-0-levels", "er ikke et nivå"),
        ({"week-0-0-activity": "yoga"}, "week-0-0-activity", "Velg en av aktivitetene"),
        ({"week-0-0-hours_at_most": "3"}, "week-0-0-days", "mindre enn summen"),
        ({"week-0-name": ""}, "week-0-name", "Gi uka et navn"),
        ({"week-0-from_step": "3"}, "week-0-name", "ikke er i fasen"),
        ({"reason": ""}, "reason", "Skriv hvorfor"),
        ({"tracks": "9"}, "tracks", "Velg blant sporene"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    town: Town, changes: dict[str, str], field: str, said: str
) -> None:
    address = href("cell", *CELL)

    answer = town.browser(LIV).post(address, sent(town, address, reason="x") | changes)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html
    assert said in html
    typed = next(iter(changes.values()))
    assert not typed or field == "tracks" or f'"{typed}"' in html or "yoga" in typed
    assert not CourseModelVersion.objects.exists()


def test_a_cell_without_a_week_says_why(town: Town) -> None:
    address = href("cell", *CELL)
    gone = {"week-0-is_gone": "on", "week-1-is_gone": "on", "reason": "Retten er brukt opp"}

    refused = town.browser(LIV).post(address, sent(town, address, **gone))
    saved = town.browser(LIV).post(
        address, sent(town, address, **gone, says="Retten er brukt opp.")
    )

    assert "En rute uten uke må si hvorfor" in refused.content.decode()
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert cell_of(model(), "b", "2").says == "Retten er brukt opp."


def test_sums_follow_what_is_typed_with_and_without_htmx(town: Town) -> None:
    address = href("cell", *CELL)
    data = sent(town, address, act="count", **{"week-0-0-days": "6 6 6"})

    page = town.browser(LIV).post(address, data)
    part = town.browser(LIV).post(address, data, headers={"HX-Request": "true"})

    assert (page.status_code, part.status_code) == (200, 200)
    assert f"37,5{SPACE}t" in part.content.decode()
    assert part.content.decode().strip() in page.content.decode()
    assert "ds-error-summary" not in page.content.decode()
    assert not CourseModelVersion.objects.exists()


def test_a_week_and_a_line_more_keep_what_was_typed(town: Town) -> None:
    address = href("cell", *CELL)
    data = sent(town, address, act="more:weeks", **{"week-0-name": "Ny uke"})

    page = town.browser(LIV).post(address, data)
    form = page.context["page"].form

    assert (form.count, page.status_code) == (3, 200)
    assert 'value="Ny uke"' in page.content.decode()
    assert "ds-error-summary" not in page.content.decode()


def test_two_editors_never_overwrite_each_other(town: Town) -> None:
    address = href("cell", *CELL)
    first = sent(town, address, reason="En", **{"week-0-name": "Fra Liv"})
    second = sent(town, address, reason="To", **{"week-1-name": "Fra en annen"})
    town.browser(LIV).post(address, first)

    clash = town.browser(LIV).post(address, second)

    assert clash.status_code == 409
    assert "Noen andre lagret versjon 1" in clash.content.decode()
    assert 'value="Fra en annen"' in clash.content.decode()
    again = second | {"expected": str(clash.context["page"].expected)}
    assert town.browser(LIV).post(address, again).status_code == 302
    assert [row.number for row in CourseModelVersion.objects.order_by("number")] == [1, 2]


def test_the_frame_gets_a_track_and_a_phase(town: Town) -> None:
    address = href("frame", "autumn-2025")
    more = {
        "track-3-name": "Spor 4",
        "phase-6-name": "Etterpå",
        "phase-6-length": "6",
        "last_day": "31.12.2026",
        "reason": "Ny modell kommer",
    }

    answer = town.browser(LIV).post(address, sent(town, address, **more))

    assert answer.status_code == 302
    assert [track.name for track in model().tracks][-1] == "Spor 4"
    assert (model().phases[-1].first, model().phases[-1].last) == (37, 42)
    assert f"{model().last_day}" == "2026-12-31"


@pytest.mark.parametrize(
    ("first_day", "said"),
    [("01.08.2026", "begynner fra 01.08.2026"), ("04.08.2025", "begynner fra i dag")],
)
def test_whom_a_new_version_is_for_is_said(town: Town, first_day: str, said: str) -> None:
    address = href("frame", "autumn-2025")
    data = sent(town, address, first_day=first_day, last_day="31.12.2026", reason="x")

    answer = town.browser(LIV).post(address, data, follow=True)

    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": "01.01.2020"}, "Siste dag for oppstart er før første dag"),
        ({"first_day": "i høst"}, "Vi forstår ikke «i høst»"),
        ({"phase-0-length": ""}, "Skriv hvor lenge fasen varer"),
        ({"phase-0-length": "3"}, "som ikke er i fasen"),
        ({"name": "Modell 2, høsten 2024"}, "Det er alt en modell som heter"),
        ({"track-0-name": "", "track-1-name": "", "track-2-name": ""}, "Modellen har ingen spor"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(town: Town, changes: dict[str, str], said: str) -> None:
    address = href("frame", "autumn-2025")

    answer = town.browser(LIV).post(address, sent(town, address, reason="x") | changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_model_of_ones_own_is_shown_with_the_others(town: Town) -> None:
    data = {
        "source": "autumn-2025",
        "name": "Modell 4, høsten 2026",
        "first_day": "1. august 2026",
        "reason": "Nytt skoleår",
        "expected": "0",
    }

    answer = town.browser(LIV).post(href("new"), data)

    assert answer["Location"] == href("model", "modell-4-hosten-2026")
    assert "Modell 4, høsten 2026" in town.browser(RAGNHILD).get(href("models")).content.decode()


def test_an_older_version_is_shown_and_not_edited(town: Town) -> None:
    address = href("frame", "autumn-2025")
    town.browser(LIV).post(address, sent(town, address, reason="x", name="Modell 3, ny"))

    page = town.browser(LIV).get(f"{href('model', 'autumn-2025')}?versjon=0").content.decode()

    assert "Modell 3, høsten 2025" in page
    assert "Dette er en eldre versjon" in page
    assert href("cell", "autumn-2025", "a", "1") not in page
