"""Hours, the placement and the test are edited in the list where only one can be meant."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import CellEdit, Way
from innpass.casework.organisations.queries import operator
from innpass.casework.overview.columns import check_may_edit, editable_columns
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Element
from innpass.casework.reconciliation.entering_rows import add_detail, withdraw
from innpass.casework.training.models import LanguageTest
from innpass.domain.access.policy import MayNot
from innpass.domain.sheets.records import TableKind
from tests.factories.cast import KARI, LEA, LIV, NINA, ODD, PER, RAGNHILD, Town

HOURS = "activity.hours_per_week"
UNIT, FIRST, LAST = (f"placement.{name}" for name in ("unit", "first_day", "last_day"))


def texts(town: Town, who: str, person: Participant) -> dict[str, str]:
    """Return what the list says stands in a person's cells."""
    page = town.browser(who).get(reverse("overview:overview"), {"vis": "alle"}).content.decode()
    (cells,) = re.findall(rf'data-person="{person.pk}" data-cells="([^"]*)"', page)
    found: dict[str, str] = json.loads(unescape(cells))
    return found


def sent(town: Town, who: str, person: Participant, name: str, text: str) -> dict[str, str]:
    """Return what the script sends when a cell that stands in the list is typed in."""
    shown = texts(town, who, person)
    change = {"person": str(person.pk), "field": name, "text": text, "seen": shown.get(name, "")}
    return change | {"about": shown.get(f"@{name.partition('.')[0]}", "")}


def save(town: Town, who: str, *changes: dict[str, str]) -> dict[str, Any]:
    answer = town.browser(who).post(
        reverse("overview:save_cells"), {"changes": json.dumps(changes)}
    )
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def add(town: Town, person: Participant, table: TableKind, **values: Any) -> None:
    named = {f"{table}.{name}": value for name, value in values.items()}
    add_detail(person, table, named, by=operator(town.municipality))


def busy(town: Town, person: Participant) -> None:
    """Give somebody an activity more."""
    values = {"kind": "trade_course", "first_day": date(2026, 6, 1), "hours_per_week": 5.0}
    add(town, person, TableKind.ACTIVITY, **values)


def placed(town: Town, person: Participant, unit: str = "Kiwi", **more: Any) -> None:
    values = {"kind": "private", "unit": unit, "first_day": date(2026, 3, 2)} | more
    add(town, person, TableKind.PLACEMENT, **values)


def hours_of(person: Participant) -> float:
    (hours,) = Element.objects.filter(participant=person).values_list("hours_per_week", flat=True)
    return float(hours)


@pytest.mark.parametrize(
    ("typed", "hours", "shown"),
    [
        ("20", 20, "20"),
        ("15,5", 15.5, "15,5"),
        ("15.5", 15.5, "15,5"),
        ("15 t", 15, "15"),
        ("15:30", 15.5, "15,5"),
        ("37½ timer", 37.5, "37,5"),
        ("22,5 t/uke", 22.5, "22,5"),
    ],
)
def test_hours_are_typed_as_people_type_them(
    town: Town, typed: str, hours: float, shown: str
) -> None:
    amina = town.people("Amina")
    assert texts(town, KARI, amina)[HOURS] == "16"

    told = save(town, KARI, sent(town, KARI, amina, HOURS, typed))

    assert (told["left"], hours_of(amina)) == ([], hours)
    assert f"«{shown}»" in told["said"]
    assert texts(town, KARI, amina)[HOURS] == shown


def test_the_hours_of_an_activity_are_taken_back(town: Town) -> None:
    amina = town.people("Amina")
    told = save(town, LIV, sent(town, LIV, amina, HOURS, "20"))

    town.browser(LIV).post(reverse("overview:undo"), {"act": told["act"]})

    assert hours_of(amina) == 16


def test_the_second_gets_both_hours_and_who(town: Town) -> None:
    amina = town.people("Amina")
    late = sent(town, LIV, amina, HOURS, "18")
    save(town, KARI, sent(town, KARI, amina, HOURS, "20"))

    (left,) = save(town, LIV, late)["left"]

    assert (left["code"], left["theirs"], hours_of(amina)) == ("conflict", "20", 20)
    assert "Kari Lunde endret dette til «20»" in left["sentence"]
    save(town, LIV, late | {"seen": left["theirs"]})
    assert hours_of(amina) == 18


def test_with_several_activities_nobody_can_tell_which(town: Town) -> None:
    amina = town.people("Amina")
    save_as_before = sent(town, KARI, amina, HOURS, "20")
    busy(town, amina)

    shown = texts(town, KARI, amina)
    assert (shown["@activity"], HOURS in shown) == ("several", False)
    (left,) = save(town, KARI, save_as_before)["left"]
    assert left["sentence"].startswith("Flere aktiviteter teller i timene denne uken.")
    page = town.browser(KARI).get(reverse("overview:cell", args=[amina.pk, "hours"]))
    assert "Flere aktiviteter" in page.content.decode()
    assert reverse("entering:details", args=[amina.pk, "timer"]) in page.content.decode()


def test_where_there_is_none_the_form_for_a_new_one_is_offered(town: Town) -> None:
    amina = town.people("Amina")
    assert "@placement" not in texts(town, PER, amina)

    page = town.browser(PER).get(reverse("overview:cell", args=[amina.pk, "placement"]))

    assert page.content.decode().count("Deltakeren har ingen praksis nå.") == 1
    assert reverse("entering:add", args=[amina.pk, "praksis"]) in page.content.decode()
    (left,) = save(town, PER, sent(town, PER, amina, UNIT, "Kiwi"))["left"]
    assert "ingen praksis nå" in left["sentence"]
    assert not Placement.objects.exists()


def test_the_placement_is_edited_field_by_field(town: Town) -> None:
    amina = town.people("Amina")
    placed(town, amina)
    shown = texts(town, PER, amina)
    assert (shown[UNIT], shown[FIRST], LAST in shown) == ("Kiwi", "02.03.2026", False)

    told = save(
        town,
        PER,
        sent(town, PER, amina, UNIT, "Rema 1000"),
        sent(town, PER, amina, LAST, "1.9.26"),
    )

    placement = Placement.objects.get()
    assert told["left"] == []
    assert (placement.employer.name, placement.last_day) == ("Rema 1000", date(2026, 9, 1))
    town.browser(PER).post(reverse("overview:undo"), {"act": told["act"]})
    assert Placement.objects.get().employer.name == "Kiwi"


def test_a_placement_does_not_end_before_it_begins(town: Town) -> None:
    amina = town.people("Amina")
    placed(town, amina)

    (left,) = save(town, PER, sent(town, PER, amina, LAST, "1.1.26"))["left"]

    assert "kan ikke slutte før den begynner" in left["sentence"]
    both = save(
        town,
        PER,
        sent(town, PER, amina, FIRST, "1.1.26"),
        sent(town, PER, amina, LAST, "1.8.26"),
    )
    assert both["left"] == []


def test_what_is_typed_never_goes_to_another_placement_than_the_one_on_the_screen(
    town: Town,
) -> None:
    amina = town.people("Amina")
    placed(town, amina, last_day=date(2026, 8, 31))
    late = sent(town, PER, amina, LAST, "1.10.26")
    save(town, KARI, sent(town, KARI, amina, LAST, "1.4.26"))
    placed(town, amina, "Rema 1000", first_day=date(2026, 5, 4), last_day=date(2026, 8, 31))

    (left,) = save(town, PER, late)["left"]

    assert (left["code"], "Last siden på nytt" in left["sentence"]) == ("problem", True)
    assert set(Placement.objects.values_list("last_day", flat=True)) == {
        date(2026, 4, 1),
        date(2026, 8, 31),
    }


def test_the_hours_of_a_placement_are_the_placements(town: Town) -> None:
    celine = town.people("Celine")
    (element,) = Element.objects.filter(participant=celine)
    withdraw(element.row_id, by=town.actor(RAGNHILD), reason="Feil")
    placed(town, celine, hours_per_week=10.0, last_day=date(2026, 12, 31))
    assert texts(town, PER, celine)[HOURS] == "10"

    told = save(town, PER, sent(town, PER, celine, HOURS, "14,5"))

    assert (told["left"], Placement.objects.get().hours_per_week) == ([], 14.5)
    assert hours_of(celine) == 14.5


def test_a_practice_supervisor_writes_no_hours_of_an_activity(town: Town) -> None:
    amina = town.people("Amina")

    (left,) = save(town, PER, sent(town, PER, amina, HOURS, "20"))["left"]

    assert "Du har ikke lov til å endre timer per uke" in left["sentence"]
    assert hours_of(amina) == 16


def test_the_last_test_is_edited(town: Town) -> None:
    amina = town.people("Amina")
    add(town, amina, TableKind.TEST, date=date(2026, 5, 4), goal="A2")

    told = save(
        town,
        LIV,
        sent(town, LIV, amina, "test.goal", "b1"),
        sent(town, LIV, amina, "test.reached", "ja"),
    )

    test = LanguageTest.objects.get()
    assert (told["left"], test.goal, test.reached) == ([], "B1", True)
    assert texts(town, LIV, amina)["test.reached"] == "ja"
    save(town, LIV, sent(town, LIV, amina, "test.reached", "nei"))
    assert LanguageTest.objects.get().reached is False


@pytest.mark.parametrize(
    ("name", "sentence"),
    [(HOURS, "Skriv timer per uke"), (UNIT, "Skriv navnet"), (FIRST, "Skriv dagen praksisen")],
)
def test_what_a_cell_cannot_do_without_is_not_emptied(town: Town, name: str, sentence: str) -> None:
    amina = town.people("Amina")
    placed(town, amina)
    edits = CellEdit.objects.count()

    (left,) = save(town, KARI, sent(town, KARI, amina, name, ""))["left"]

    assert left["sentence"].startswith(sentence)
    assert CellEdit.objects.count() == edits


# Of many at once


def test_hours_are_pasted_with_a_preview_as_one_act(town: Town) -> None:
    people = [town.people(name) for name in ("Amina", "Bohdan", "Celine")]
    busy(town, people[2])
    form = {"person": [str(p.pk) for p in people], "first": HOURS, "text": "20 t\n99\n15\n"}

    page = town.browser(KARI).post(reverse("overview:paste"), form).context["page"]

    cells = [row.cells[0] for row in page.proposals.rows]
    assert [(c.old, c.new, c.is_change) for c in cells] == [
        ("16", "20", True),
        ("16", "99", False),
        ("", "15", False),
    ]
    assert "et tall fra 0 til 60" in cells[1].problem
    assert "Flere aktiviteter" in cells[2].problem
    town.browser(KARI).post(
        reverse("overview:apply"), {"changes": page.proposals.changes, "way": "paste"}
    )
    assert [hours_of(p) for p in people[:2]] == [20, 16]
    (edit,) = CellEdit.objects.filter(way=Way.PASTE)
    town.browser(KARI).post(reverse("overview:undo"), {"act": str(edit.act)})
    assert hours_of(people[0]) == 16


def test_hours_of_many_are_changed_at_once(town: Town) -> None:
    form = {"who": "all", "field": HOURS, "text": "22,5"}
    page = town.browser(KARI).post(reverse("overview:bulk") + "?vis=alle", form).context["page"]
    assert page.proposals.changing == 3

    with CaptureQueriesContext(connection) as caught:
        town.browser(KARI).post(
            reverse("overview:apply"), {"changes": page.proposals.changes, "way": "bulk"}
        )

    assert set(Element.objects.values_list("hours_per_week", flat=True)) == {22.5}
    assert CellEdit.objects.values("act").distinct().count() == 1
    assert len(caught) < 150


def test_the_preview_says_what_cannot_be_emptied(town: Town) -> None:
    form = {"who": "all", "field": HOURS, "text": "", "empty": "1"}
    page = town.browser(KARI).post(reverse("overview:bulk") + "?vis=alle", form).context["page"]
    assert (page.proposals.changing, page.proposals.problems) == (0, 3)


def test_of_a_column_that_cannot_be_emptied_nothing_is_emptied(town: Town) -> None:
    amina = town.people("Amina")
    placed(town, amina, last_day=date(2026, 12, 18))
    form = {
        "person": str(amina.pk),
        "who": "marked",
        "field": [UNIT, FIRST, LAST],
        "text": "",
        "empty": "1",
    }

    page = town.browser(PER).post(reverse("overview:bulk") + "?vis=alle", form).context["page"]

    assert (page.proposals.changing, page.proposals.problems) == (0, 3)
    last = page.proposals.rows[0].cells[2]
    assert "fordi et felt i samme kolonne ikke kan endres" in last.problem


def test_over_what_somebody_else_wrote_only_what_was_meant_is_changed(town: Town) -> None:
    amina = town.people("Amina")
    change = sent(town, LIV, amina, HOURS, "18")
    save(town, KARI, sent(town, KARI, amina, HOURS, "20"))

    answer = town.browser(LIV).post(reverse("overview:apply"), {"changes": json.dumps([change])})

    (left,) = answer.context["page"].left
    (again,) = json.loads(left.again)
    assert (again["about"], again["seen"]) == (change["about"], "20")


def test_what_does_not_say_which_it_is_about_is_not_saved(town: Town) -> None:
    amina = town.people("Amina")
    change = sent(town, KARI, amina, HOURS, "20")
    del change["about"]

    (left,) = save(town, KARI, change)["left"]

    assert "Vi vet ikke hva som sto her" in left["sentence"]
    assert hours_of(amina) == 16


def test_a_placement_without_a_first_day_is_led_to_and_not_doubled(town: Town) -> None:
    amina = town.people("Amina")
    values = {"kind": "private", "unit": "Kiwi"}
    add(town, amina, TableKind.PLACEMENT, **values)

    assert texts(town, PER, amina)["@placement"] == "undated"
    page = town.browser(PER).get(reverse("overview:cell", args=[amina.pk, "placement"]))
    said = page.content.decode()
    assert "Praksisen mangler første dag." in said
    assert f'href="{reverse("entering:details", args=[amina.pk, "praksis"])}"' in said


# The form without a script


def test_the_form_saves_hours_and_keeps_what_was_typed_when_they_are_gone(town: Town) -> None:
    amina = town.people("Amina")
    where = reverse("overview:cell", args=[amina.pk, "hours"])
    shown = town.browser(KARI).get(where).context["page"]
    busy(town, amina)

    answer = town.browser(KARI).post(where, {"seen": shown.seen, HOURS: "20"})

    (field,) = answer.context["page"].fields
    assert (answer.status_code, field.text, field.lacking) == (422, "20", "")
    assert field.problem.startswith("Flere aktiviteter")


def test_the_form_for_a_whole_row_saves_the_placement(town: Town) -> None:
    amina = town.people("Amina")
    placed(town, amina)
    where = reverse("overview:row", args=[amina.pk])
    shown = town.browser(KARI).get(where).context["page"]

    town.browser(KARI).post(where, {"seen": shown.seen, LAST: "30.9.2026", HOURS: "12"})

    assert Placement.objects.get().last_day == date(2026, 9, 30)
    assert hours_of(amina) == 12


# Who


def test_a_column_is_edited_by_those_who_write_it(town: Town) -> None:
    def who_edits(column: str) -> set[str]:
        everybody = (KARI, PER, LIV, ODD, LEA, NINA)
        return {who for who in everybody if column in editable_columns(town.actor(who))}

    assert who_edits("hours") == {KARI, PER, LIV, ODD}
    assert who_edits("placement") == {KARI, PER}
    assert who_edits("test") == {LIV}
    for who, name in ((LIV, UNIT), (PER, "test.goal"), (LEA, HOURS)):
        with pytest.raises(MayNot):
            check_may_edit(town.actor(who), name)


def test_whoever_is_hidden_is_not_there(town: Town) -> None:
    amina = town.people("Amina")
    change = sent(town, KARI, amina, HOURS, "20")
    town.protect("Amina", named=(RAGNHILD,))

    (left,) = save(town, KARI, change)["left"]

    assert left["sentence"] == "Vi fant ingen deltaker her som du kan se."
    assert hours_of(amina) == 16
