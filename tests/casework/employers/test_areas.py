"""A reorganisation moves units from a day on; the past stays."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.employers.areas import AreaRow, keep_areas, move_units, set_rules
from innpass.casework.employers.models import Belonging, MapRules, ServiceArea
from innpass.casework.employers.queries import (
    CONFIRM_DAYS,
    ChangedMeanwhile,
    area_name_of,
    confirm_days,
)
from innpass.casework.timetable.keeping import CannotKeep
from tests.factories.people import TODAY

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)


def test_a_unit_belongs_where_the_sheets_say_until_it_is_moved(the_map: Any) -> None:
    unit = the_map.kindergarten
    moved = move_units([unit], area=the_map.culture, first_day=NEW_YEAR, by=the_map.nina)

    assert moved == 1
    assert area_name_of(unit, on=NEW_YEAR - timedelta(days=1)) == "Oppvekst"
    assert area_name_of(unit, on=NEW_YEAR) == "Kultur"


def test_moving_again_ends_what_was_and_keeps_it(the_map: Any) -> None:
    units = [the_map.kindergarten, the_map.school]
    move_units(units, area=the_map.culture, first_day=NEW_YEAR, by=the_map.nina)

    moved = move_units(units, area=the_map.upbringing, first_day=TODAY, by=the_map.nina)
    again = move_units(units, area=the_map.upbringing, first_day=TODAY, by=the_map.nina)

    assert (moved, again) == (2, 0)
    assert area_name_of(units[0], on=TODAY - timedelta(days=1)) == "Kultur"
    assert area_name_of(units[0], on=TODAY) == "Oppvekst"
    assert Belonging.objects.count() == 4


def test_what_cannot_be_moved_gets_a_sentence_and_nothing_moves(the_map: Any) -> None:
    nina, unit, culture = the_map.nina, the_map.kindergarten, the_map.culture
    move_units([unit], area=culture, first_day=TODAY, by=nina)
    culture.first_day = NEW_YEAR
    culture.save()

    for units, day, told in (
        ([], TODAY, "minst én enhet"),
        ([the_map.bakery], TODAY, "hører ikke til et tjenesteområde"),
        ([the_map.school], date(2025, 12, 31), "finnes ikke 31.12.2025"),
    ):
        with pytest.raises(CannotKeep, match=told):
            move_units(units, area=culture, first_day=day, by=nina)
    with pytest.raises(CannotKeep, match="flyttet senere allerede: Bakken barnehage"):
        move_units([unit], area=the_map.upbringing, first_day=NEW_YEAR, by=nina)
    assert Belonging.objects.count() == 1


def row(area: ServiceArea | None, name: str, **other: Any) -> AreaRow:
    values = {"name": name, "employees": 10, "first_day": None, "last_day": None, **other}
    return AreaRow(area.pk if area else None, area.version if area else 0, values)


def test_areas_are_kept_whole_or_not_at_all(the_map: Any) -> None:
    with pytest.raises(CannotKeep) as no:
        keep_areas(
            [
                row(the_map.culture, "Kultur og idrett"),
                row(None, "oppvekst"),
                row(None, "Ny", first_day=TODAY, last_day=NEW_YEAR),
            ],
            by=the_map.nina,
        )

    assert [each.place for each in no.value.faults] == ["1.name", "2.last_day"]
    assert set(ServiceArea.objects.values_list("name", flat=True)) == {"Oppvekst", "Kultur"}
    keep_areas([row(the_map.culture, "Kultur og idrett"), row(None, "Ny")], by=the_map.nina)
    with pytest.raises(ChangedMeanwhile):
        keep_areas([row(the_map.culture, "Kultur")], by=the_map.nina)
    assert ServiceArea.objects.get(pk=the_map.culture.pk).name == "Kultur og idrett"


def test_how_long_is_waited_holds_from_its_day(the_map: Any) -> None:
    assert confirm_days(on=TODAY) == CONFIRM_DAYS == 90
    set_rules(confirm_days=60, first_day=TODAY, by=the_map.nina)
    set_rules(confirm_days=30, first_day=TODAY, by=the_map.nina)

    assert confirm_days(on=TODAY - timedelta(days=1)) == 90
    assert confirm_days(on=TODAY) == 30
    assert MapRules.objects.count() == 1
    with pytest.raises(CannotKeep):
        set_rules(confirm_days=0, first_day=TODAY, by=the_map.nina)
