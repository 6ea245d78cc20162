"""The same people, written down by municipalities that share no heading, order or code word."""

from collections.abc import Iterable
from functools import cache

import pytest

from innpass.domain.sheets.reading import read_file
from innpass.domain.sheets.records import FileReading, Owner, Row, TableKind
from tests.domain.sheets.people import PEOPLE, Person, Place
from tests.domain.sheets.rendering import LAYOUTS, workbooks

ALL = LAYOUTS
SKILLS = ("listening", "reading", "writing", "speaking")


@cache
def readings(layout: str) -> tuple[FileReading, ...]:
    return tuple(read_file(workbook) for workbook in workbooks(layout))


def rows(layout: str, owner: Owner, kind: TableKind) -> list[Row]:
    return [
        row
        for reading in readings(layout)
        for row in reading.rows
        if reading.owner is owner and row.kind is kind and not row.is_hidden
    ]


def by_name(found: Iterable[Row]) -> dict[str, Row]:
    return {str(row.value("name")): row for row in found}


def number_field(person: Person) -> str:
    return "ids.dnr" if person.number[0] in "4567" else "ids.fnr"


def places_in(row: Row) -> list[tuple[object, ...]]:
    names = (
        "kind",
        "unit",
        "first_day",
        "last_day",
        "hours_per_week",
        "evaluation_visit",
        "contract",
    )
    groups = sorted({name.split(".")[1] for name in row.readings if name.startswith("placements.")})
    return [tuple(row.value(f"placements.{group}.{name}") for name in names) for group in groups]


def place_values(place: Place) -> tuple[object, ...]:
    return (
        place.kind,
        place.unit,
        place.first_day,
        place.last_day,
        place.hours,
        place.visit,
        place.contract,
    )


@pytest.mark.parametrize("layout", ALL)
def test_no_cell_of_a_clean_file_is_doubtful_and_no_heading_unread(layout: str) -> None:
    for reading in readings(layout):
        assert reading.owner is not None
        assert [one for row in reading.rows for one in row.readings.values() if one.issue] == []
        assert reading.unread_columns == ()


@pytest.mark.parametrize("layout", ALL)
def test_the_overview_says_the_same_in_every_layout(layout: str) -> None:
    found = by_name(rows(layout, Owner.OVERVIEW, TableKind.PERSON))

    assert set(found) == {person.name for person in PEOPLE}
    for person in PEOPLE:
        row = found[person.name]
        expected = {
            "birth_date": person.born,
            number_field(person): person.number,
            "ids.socio": person.socio,
            "ids.visma_refugee": person.visma_refugee,
            "ids.visma_learning": person.visma_learning,
            "programme.start": person.start,
            "programme.planned_end": person.planned_end,
            "programme.adviser": person.adviser,
            "programme.supervisor": person.supervisor,
            "nav.info_meeting": person.info,
            "nav.handover": person.handover,
        }
        assert {name: row.value(name) for name in expected} == expected
        assert places_in(row) == [place_values(place) for place in person.places if place]


@pytest.mark.parametrize("layout", ALL)
def test_the_refugee_department_says_the_same_in_every_layout(layout: str) -> None:
    found = by_name(rows(layout, Owner.REFUGEE, TableKind.PERSON))

    assert set(found) == {person.name for person in PEOPLE}
    for person in PEOPLE:
        row = found[person.name]
        expected = {
            "family_name": person.family,
            "given_name": person.given,
            "native_name": person.native,
            "birth_date": person.born,
            number_field(person): person.number,
            "ids.duf": person.duf,
            "ids.visma_refugee": person.visma_refugee,
            "country": person.country,
            "programme.protection": "collective" if person.collective else "other",
            "programme.upper_secondary": person.upper_secondary,
            "programme.start": person.start,
            "programme.planned_end": person.planned_end,
            "programme.actual_end": person.actual_end,
            "programme.end_reason": person.end_reason,
            "programme.end_goal": person.goal,
            "programme.extent_percent": person.percent,
            "programme.adviser": person.adviser,
            "programme.supervisor": person.supervisor,
        }
        if layout == "f":  # its one column for names does not tell the parts
            del expected["family_name"], expected["given_name"]
        assert {name: row.value(name) for name in expected} == expected


@pytest.mark.parametrize("layout", ALL)
def test_placements_are_the_same_in_every_layout(layout: str) -> None:
    found = {
        (
            row.value("ids.visma_refugee"),
            row.value("placement.kind"),
            row.value("placement.unit"),
            row.value("placement.area"),
            row.value("placement.first_day"),
            row.value("placement.last_day"),
            row.value("placement.hours_per_week"),
            bool(row.value("placement.extended")),
        )
        for row in rows(layout, Owner.REFUGEE, TableKind.PLACEMENT)
    }

    assert found == {
        (
            person.visma_refugee,
            place.kind,
            place.unit,
            place.area,
            place.first_day,
            place.last_day,
            place.hours,
            place.extended,
        )
        for person in PEOPLE
        for place in person.places
        if place
    }


@pytest.mark.parametrize("layout", ALL)
@pytest.mark.parametrize(
    ("owner", "number", "attribute", "own"),
    [
        (Owner.REFUGEE, "ids.visma_refugee", "visma_refugee", "activities"),
        (Owner.NAV, "ids.socio", "socio", "measures"),
        (Owner.LEARNING, "ids.visma_learning", "visma_learning", "lessons"),
    ],
)
def test_hours_are_the_same_in_every_layout(
    layout: str, owner: Owner, number: str, attribute: str, own: str
) -> None:
    names = (
        number,
        "activity.kind",
        "activity.first_day",
        "activity.last_day",
        "activity.hours_per_week",
    )
    found = {
        tuple(row.value(name) for name in names) for row in rows(layout, owner, TableKind.ACTIVITY)
    }

    assert found == {
        (getattr(person, attribute), *one) for person in PEOPLE for one in getattr(person, own)
    }


@pytest.mark.parametrize("layout", ALL)
def test_leave_and_tests_are_the_same_in_every_layout(layout: str) -> None:
    leave = {
        (
            row.value("ids.visma_refugee"),
            row.value("leave.first_day"),
            row.value("leave.last_day"),
            row.value("leave.reason"),
        )
        for row in rows(layout, Owner.REFUGEE, TableKind.LEAVE)
    }
    tests = {
        (
            row.value("ids.visma_learning"),
            row.value("test.date"),
            row.value("test.goal"),
            row.value("test.reached"),
            *(row.value(f"test.{skill}") for skill in SKILLS),
        )
        for row in rows(layout, Owner.LEARNING, TableKind.TEST)
    }

    assert leave == {(person.visma_refugee, *one) for person in PEOPLE for one in person.leave}
    assert tests == {
        (person.visma_learning, day, goal, reached, *levels)
        for person in PEOPLE
        for day, goal, reached, levels in person.tests
    }


@pytest.mark.parametrize("layout", ALL)
def test_nav_and_the_learning_centre_know_the_same_people_in_every_layout(layout: str) -> None:
    nav = by_name(rows(layout, Owner.NAV, TableKind.PERSON))
    learning = by_name(rows(layout, Owner.LEARNING, TableKind.PERSON))

    assert set(nav) == set(learning) == {person.name for person in PEOPLE}
    for person in PEOPLE:
        assert nav[person.name].value(number_field(person)) == person.number
        assert nav[person.name].value("ids.socio") == person.socio
        assert nav[person.name].value("birth_date") == person.born
        student = learning[person.name]
        assert student.value(number_field(person)) == person.number
        assert student.value("ids.visma_learning") == person.visma_learning
        assert student.value("ids.duf") == person.duf
        assert student.value("programme.class_name") == person.class_name
        assert student.value("programme.track") == person.track
        levels = tuple(
            student.value(f"level.{one}") for one in ("listening", "reading", "writing", "speaking")
        )
        assert levels == person.levels


@pytest.mark.parametrize("layout", ALL)
def test_no_text_carries_an_identity_number(layout: str) -> None:
    secrets = {person.number for person in PEOPLE} | {person.duf for person in PEOPLE}
    for reading in readings(layout):
        for row in reading.rows:
            for one in row.readings.values():
                digits = "".join(sign for sign in one.text if sign.isdigit())
                assert digits not in secrets
                assert not (one.field in {"ids.fnr", "ids.dnr", "ids.duf"} and one.text)
