"""A week made by hand: looked at, kept, refused, and held against what another kept."""

from typing import Any

from innpass.casework.timetable.models import Timetable
from innpass.casework.timetable.queries import weeks_in_force
from tests.factories.cast import RAGNHILD
from tests.factories.weeks import WEEK
from tests.web.timetable.conftest import Centre


def typed(centre: Centre, **more: str) -> dict[str, Any]:
    return {
        "group": str(centre.norwegian.pk),
        "start-3": "08.00",
        "end-3": "15.30",
        "expected": "",
        "act": "keep",
        **more,
    }


def send(centre: Centre, data: dict[str, Any], **more: Any) -> Any:
    return centre.town.browser(RAGNHILD).post(centre.href("edit"), data, **more)


def test_the_week_is_kept_as_typed(centre: Centre) -> None:
    answer = send(centre, typed(centre, scope="only", **{"start-4": "kl. 9", "end-4": "15"}))

    assert answer.status_code == 302
    week = weeks_in_force([centre.zahra.pk], week=WEEK)[centre.zahra.pk]
    assert week.last_sunday == WEEK.sunday
    assert [(each.day, each.start, each.end) for each in week.blocks if each.employer] == [
        (3, 480, 930),
        (4, 540, 900),
    ]


def test_a_week_that_cannot_be_lived_is_refused_with_what_was_typed(centre: Centre) -> None:
    answer = send(centre, typed(centre, **{"start-0": "08.15", "end-0": "16.00"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Solbakken barnehage tar ikke imot deltakere på mandag." in page
    assert 'value="08.15"' in page
    assert not Timetable.objects.exists()


def test_a_time_that_is_none_is_told_at_its_field(centre: Centre) -> None:
    answer = send(centre, typed(centre, **{"start-4": "halv ni", "end-4": "15"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-describedby="problem-4"' in page
    assert "Vi forstår ikke «halv ni»" in page
    assert 'value="halv ni"' in page


def test_what_htmx_gets_is_the_part_of_the_page_and_keeps_nothing(centre: Centre) -> None:
    data = typed(centre, act="look")
    page, part = send(centre, data), send(centre, data, headers={"HX-Request": "true"})

    said = " ".join(part.content.decode().split())
    assert "<html" not in said
    assert 'data-announce="27,5 t av 37,5 t i alt' in said
    assert said in " ".join(page.content.decode().split())
    assert not Timetable.objects.exists()


def test_who_comes_second_sees_both_weeks_and_chooses(centre: Centre) -> None:
    theirs = centre.keep()

    answer = send(centre, typed(centre))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Noen andre har endret uka mens du holdt på" in page
    assert "har satt en annen timeplan i kraft" in page
    assert f'name="expected" value="{theirs.pk}"' in " ".join(page.split())
    assert page.count("Solbakken barnehage") >= 3  # two days of theirs, one of mine
    assert Timetable.objects.count() == 1

    assert send(centre, typed(centre, expected=str(theirs.pk))).status_code == 302
    assert Timetable.objects.count() == 2


def test_free_places_are_told_and_a_full_group_is_refused(centre: Centre) -> None:
    centre.norwegian.capacity = 1
    centre.norwegian.save()
    centre.keep(centre.participant("Yusuf"), stays=())

    page = centre.town.browser(RAGNHILD).get(centre.href("edit")).content.decode()
    assert "Ingen ledige plasser" in page

    answer = send(centre, typed(centre))
    assert answer.status_code == 422
    assert "Det er plass til 1 i Norsk A1, og det trengs 2 plasser." in answer.content.decode()
