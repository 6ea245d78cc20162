"""The grid's rows: what they say, when they are written anew, and how few queries a page takes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.overview import services
from innpass.casework.overview.building import build_rows
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.queries import (
    SORTS,
    Selection,
    count,
    counters,
    offered_choices,
    ordered,
    selected,
    total_of,
)
from innpass.casework.overview.services import due_rows, refresh_due, refresh_rows
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Clock, Element, StatusSpan
from innpass.casework.programme.services import reassess
from innpass.casework.training.models import LanguageTest
from tests.factories.people import TODAY, ParticipantFactory, settle

pytestmark = pytest.mark.django_db
COLUMNS = [
    field.attname
    for field in OverviewRow._meta.concrete_fields
    if field.name not in ("id", "version", "as_of", "changes_on", "added_on")
]


@pytest.fixture
def lillevik() -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def somebody(municipality: Municipality, name: str, **situation: Any) -> Participant:
    """A person in a situation, with weeks judged and a row; traits stand in the factory."""
    traits = set(ParticipantFactory._meta.parameters)
    wanted = {
        key if key in traits else f"enrolment__{key}": value for key, value in situation.items()
    }
    made = ParticipantFactory.create(municipality=municipality, name=name, **wanted)
    settle([made])
    return made


def as_stored() -> dict[Any, dict[str, Any]]:
    return {row["participant_id"]: row for row in OverviewRow.objects.values(*COLUMNS)}


def as_built(on: date) -> dict[Any, dict[str, Any]]:
    """What the rows would say if all were written on that day."""
    ids = list(Participant.objects.values_list("pk", flat=True))
    return {
        row.participant_id: {name: getattr(row, name) for name in COLUMNS}
        for row in build_rows(ids, on=on)
    }


@pytest.mark.slow
def test_rows_written_when_due_say_what_rows_written_daily_would(lillevik: Municipality) -> None:
    """Each day, only the rows that say they change are written; the others must not differ."""
    somebody(lillevik, "Amina", ending_soon=True)
    somebody(lillevik, "Bohdan", last_contact=date(2026, 6, 12), handover=date(2026, 7, 20))
    somebody(lillevik, "Celine", first_day=date(2026, 7, 15), planned_last_day=date(2026, 9, 11))
    somebody(
        lillevik, "Daria", next_step="Ring", next_step_due=date(2026, 7, 22), next_step_owner="Eva"
    )
    written = 0

    for days in range(1, 90):
        on = TODAY + timedelta(days=days)
        written += OverviewRow.objects.filter(due_rows(on=on)).count()
        refresh_due(municipality=lillevik, on=on)
        assert as_stored() == as_built(on), on

    assert written < 4 * 89 / 2  # else it would prove nothing


def test_a_day_turned_back_writes_the_rows_anew(lillevik: Municipality) -> None:
    somebody(lillevik, "Amina")
    refresh_due(municipality=lillevik, on=date(2026, 12, 1))

    refresh_due(municipality=lillevik, on=TODAY)

    assert as_stored() == as_built(TODAY)


def test_a_counter_counts_the_list_it_opens(lillevik: Municipality) -> None:
    somebody(lillevik, "Amina", ending_soon=True)
    somebody(lillevik, "Bohdan", overdue=True)
    somebody(lillevik, "Celine", ended=True)
    by = operator(lillevik)

    counts = count(Selection(), actor=by, on=TODAY)

    listed = {
        name: selected(Selection(counter=name), actor=by, on=TODAY).count()
        for name in counters(TODAY)
    }
    assert counts.counters == listed
    assert (listed["placement_ends"], listed["ending"]) == (2, 1)
    assert 0 < listed["overdue"] < 3
    assert counts.groups == {"active": 2, "ended": 1, "all": 3}
    assert counts.visible == 3


def test_whoever_is_below_the_hours_of_the_law_stands_first(lillevik: Municipality) -> None:
    """Then who is overdue; somebody who has ended is not below any more."""
    late = {"next_step": "Ring", "next_step_due": date(2026, 6, 1)}
    somebody(lillevik, "Amina", **late)
    somebody(lillevik, "Bohdan")
    somebody(lillevik, "Celine", ended=True)
    somebody(lillevik, "Daria")
    somebody(lillevik, "Emil", **late)
    few = Element.objects.filter(participant__name__in=("Bohdan", "Celine", "Emil"))
    few.update(hours_per_week=4)
    ids = list(Participant.objects.values_list("pk", flat=True))
    reassess(participants=ids, municipality=lillevik, on=TODAY)
    refresh_rows(participants=ids, municipality=lillevik, on=TODAY)
    by, everybody = operator(lillevik), Selection(group="all")

    rows = list(ordered(selected(everybody, actor=by, on=TODAY), everybody))

    below = {row.name for row in rows if row.verdict == "below" and row.is_active}
    assert below == {row.name for row in rows[:2]} == {"Bohdan", "Emil"}
    assert [row.attention for row in rows] == [0, 0, 1, 1, 1]
    overdue = selected(Selection(counter="overdue"), actor=by, on=TODAY)
    assert {"Amina", "Emil"} <= {row.name for row in overdue}


@pytest.mark.parametrize("group", ["active", "ended", "all"])
@pytest.mark.parametrize("search", ["", "bodan", "solbakken"])
@pytest.mark.parametrize("filters", [{}, {"status": "below"}, {"term": "2026-01", "step": "6"}])
def test_what_is_counted_is_what_the_lists_show(
    filters: dict[str, str], search: str, group: str, lillevik: Municipality
) -> None:
    somebody(lillevik, "Amina", ending_soon=True)
    somebody(lillevik, "Bohdan", overdue=True)
    somebody(lillevik, "Celine", ended=True)
    by = operator(lillevik)
    chosen = Selection(filters=filters, search=search, group=group)

    with CaptureQueriesContext(connection) as caught:
        counts = count(chosen, actor=by, on=TODAY)

    assert len(caught) <= 2
    assert counts.visible == 3
    for name, counted in counts.counters.items():
        listed = replace(chosen, counter=name)
        assert counted == selected(listed, actor=by, on=TODAY).count(), name
        assert total_of(listed, counts) == counted
    for name, counted in counts.groups.items():
        listed = replace(chosen, group=name)
        assert counted == selected(listed, actor=by, on=TODAY).count(), name
    assert total_of(chosen, counts) == counts.groups[group]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_every_order_shows_everybody_once(
    sort: str, descending: bool, lillevik: Municipality
) -> None:
    made = {somebody(lillevik, name).pk for name in ("Amina", "Bohdan")}
    made.add(Participant.objects.create(municipality=lillevik, name="Uten noe").pk)
    refresh_rows(participants=made, municipality=lillevik, on=TODAY)
    selection = Selection(group="all", sort=sort, descending=descending)

    rows = ordered(selected(selection, actor=operator(lillevik), on=TODAY), selection)

    assert sorted(row.participant_id for row in rows) == sorted(made)
    if sort == "name":
        names = [row.name for row in rows]
        assert names == sorted(names, reverse=descending)


def test_the_number_of_queries_does_not_grow_with_the_rows(lillevik: Municipality) -> None:
    by = operator(lillevik)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            selection = Selection()
            count(Selection(), actor=by, on=TODAY)
            list(ordered(selected(selection, actor=by, on=TODAY), selection)[:50])
            offered_choices(actor=by)
        return len(caught)

    somebody(lillevik, "Amina")
    few = queries()
    for name in ("Bohdan", "Celine", "Daria"):
        somebody(lillevik, name)

    assert queries() == few <= 4


def test_somebody_found_to_be_another_loses_the_row(lillevik: Municipality) -> None:
    amina, again = somebody(lillevik, "Amina"), somebody(lillevik, "Amina igjen")
    again.absorbed_by = amina
    again.save_version(expected=again.version, fields=("absorbed_by",))

    refresh_rows(participants=[amina.pk, again.pk], municipality=lillevik, on=TODAY)

    assert [row.participant_id for row in OverviewRow.objects.all()] == [amina.pk]


def test_a_test_to_come_is_shown_on_its_day(lillevik: Municipality) -> None:
    """Celine's programme is over, so nothing else wakes her row."""
    celine = somebody(lillevik, "Celine", actual_last_day=date(2026, 5, 1))
    LanguageTest.objects.create(
        municipality=lillevik, participant=celine, day=date(2026, 9, 2), goal="B1"
    )
    refresh_rows(participants=[celine.pk], municipality=lillevik, on=TODAY)

    for on in (date(2026, 9, 1), date(2026, 9, 2)):
        refresh_due(municipality=lillevik, on=on)
        assert as_stored() == as_built(on), on

    assert OverviewRow.objects.get().test_day == date(2026, 9, 2)


def test_every_open_ended_programme_is_judged_anew(
    lillevik: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also beyond the first portion: their weeks end with the day, not with a plan."""
    monkeypatch.setattr(services, "_AT_A_TIME", 2)
    for name in ("Amina", "Bohdan", "Celine", "Daria", "Emil"):
        somebody(lillevik, name, open_ended=True)
    on = TODAY + timedelta(days=70)

    assert refresh_due(municipality=lillevik, on=on) == 5

    last = dict(
        StatusSpan.objects.order_by("last_monday").values_list("participant__name", "last_monday")
    )
    assert len(last) == 5
    assert set(last.values()) == {on - timedelta(days=on.weekday())}


def test_each_portion_waits_for_an_import_first(lillevik: Municipality) -> None:
    somebody(lillevik, "Amina")

    with CaptureQueriesContext(connection) as caught:
        refresh_due(municipality=lillevik, on=TODAY + timedelta(days=7))

    asked = [query["sql"] for query in caught if query["sql"].startswith("SELECT")]
    assert 'FROM "organisations_municipality"' in asked[0]
    if connection.vendor == "postgresql":
        assert "FOR UPDATE" in asked[0]


def test_practice_at_an_unnamed_unit_is_practice(lillevik: Municipality) -> None:
    amina = somebody(lillevik, "Amina")
    Placement.objects.update(employer=None)
    refresh_rows(participants=[amina.pk], municipality=lillevik, on=TODAY)
    by = operator(lillevik)

    assert count(Selection(), actor=by, on=TODAY).counters["without_placement"] == 0

    Placement.objects.all().delete()
    refresh_rows(participants=[amina.pk], municipality=lillevik, on=TODAY)
    assert count(Selection(), actor=by, on=TODAY).counters["without_placement"] == 1


SPELLINGS = [
    ("Oleksandr", "Aleksander"),
    ("Yuliia", "Julia"),
    ("Yuliia", "Yulia"),
    ("Mykhailo", "Mikhailo"),
    ("Olena", "Elena"),
    ("Nataliia", "Natalia"),
    ("Viktoriia", "Viktoria"),
    ("Liudmyla", "Liudmila"),
    ("Tymoshchuk", "Tymosjtsjuk"),
]


@pytest.mark.parametrize("column", ["name", "native_name"])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("written", "sought"), SPELLINGS)
def test_a_search_finds_other_spellings(
    written: str, sought: str, turned: bool, column: str, lillevik: Municipality
) -> None:
    if turned:
        written, sought = sought, written
    names = {"name": "Uten Navn"} | {column: f"{written} Bondar"}
    made = Participant.objects.create(municipality=lillevik, **names)
    other = Participant.objects.create(municipality=lillevik, name="Amina Haddad")
    refresh_rows(participants=[made.pk, other.pk], municipality=lillevik, on=TODAY)

    for words in (sought, f"bondar {sought}", sought.upper(), written[:4], f"Bon {sought}"):
        selection = Selection(group="all", search=words)
        found = selected(selection, actor=operator(lillevik), on=TODAY)
        assert [row.participant_id for row in found] == [made.pk], words


def test_a_key_is_found_whole_or_not_at_all(lillevik: Municipality) -> None:
    """Oleksandra is another than Oleksandr, and a key is nothing one could type."""
    made = Participant.objects.create(municipality=lillevik, name="Oleksandra Bondar")
    refresh_rows(participants=[made.pk], municipality=lillevik, on=TODAY)

    for words in ("Aleksander", *"0123456789"):
        selection = Selection(group="all", search=words)
        assert not selected(selection, actor=operator(lillevik), on=TODAY).exists(), words


def test_nothing_is_demanded_in_a_week_after_the_programme(lillevik: Municipality) -> None:
    somebody(lillevik, "Amina")
    somebody(lillevik, "Celine", ended=True)

    rows = OverviewRow.objects.values_list("name", "verdict", "minimum")

    assert {name: (verdict, minimum) for name, verdict, minimum in rows}["Celine"] == (
        "no_requirement",
        None,
    )
    assert OverviewRow.objects.get(name="Amina").minimum == 15


def test_a_row_tells_until_when_the_law_gives_time(lillevik: Municipality) -> None:
    soon = somebody(lillevik, "Amina")
    somebody(lillevik, "Bohdan")
    until = TODAY + timedelta(days=90)
    Clock.objects.filter(participant=soon).update(programme_until=until, norwegian_until=None)
    refresh_rows(participants=[soon.pk], municipality=lillevik, on=TODAY)

    def running_out(on: date) -> list[tuple[date | None, date | None]]:
        rows = selected(Selection(counter="running_out"), actor=operator(lillevik), on=on)
        return [(row.programme_until, row.norwegian_until) for row in rows]

    assert running_out(TODAY - timedelta(days=1)) == []
    assert running_out(TODAY) == running_out(until + timedelta(days=1)) == [(until, None)]
