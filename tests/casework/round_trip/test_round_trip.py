"""A sheet goes out, is edited, and comes in again: what was edited changes, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.imports.models import CellEdit, SourceFile, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.round_trip import comparing
from innpass.casework.round_trip.models import SheetExport, SheetReturn
from innpass.casework.round_trip.queries import (
    AS_TEXT,
    NO_KEYS,
    UNKNOWN_EXPORT,
    NotReadable,
    Returned,
    find_form,
    forms,
    read_returned,
)
from innpass.casework.round_trip.services import (
    DAYS_KEPT,
    apply_returned,
    export_sheet,
    take_back_returned,
)
from innpass.domain.access.roles import Actor, Role
from innpass.exchange.workbooks.reading import read_workbook
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import (
    TODAY,
    exported,
    receive,
    sample,
    take_in,
    workbook,
)
from tests.casework.round_trip.editing import Cells, edit, find, put

AMINA, BOHDAN, CELINE = "Amina Haddad", "Bohdan Kovalenko", "Celine Mukendi"
PRACTICE = {
    "Visma-nr": little.AMINA,
    "Type": "Kommunal",
    "Tjenesteområde": "Oppvekst",
    "Enhet/bedrift": "Åsen barnehage",
    "Fra": date(2026, 2, 2),
    "Til": date(2026, 5, 29),
    "Timer per uke": 15,
}


def overview() -> bytes:
    """The shared sheet with practice, a contract nobody can read, and a column of its own."""
    row: dict[str, Any] = {
        "Infomøte": None,
        "Merknad": None,
        "Kommunal enhet": None,
        "Fra": None,
        "Til": None,
        "Evalueringsbesøk": None,
        "Garderobeskap": None,
    }
    mine = {
        "Kommunal enhet": "Åsen barnehage",
        "Evalueringsbesøk": date(2026, 3, 3),
        "Garderobeskap": "B12",
    }
    return little.overview(
        changes={
            little.AMINA: {**row, **mine, "Infomøte": "ca. uke 34"},
            little.BOHDAN: row,
            little.CELINE: row,
        }
    )


def take_in_all(municipality: Municipality) -> None:
    refugee = workbook(little.refugee_people(), little.schedule(), ("Praksis", [PRACTICE]))
    take_in(municipality, {"a.xlsx": refugee, "o.xlsx": overview()})


def as_role(municipality: Municipality, role: Role, body: str) -> Actor:
    """Return the eyes of somebody who works as a role, and is signed in as nobody in the log."""
    return replace(operator(municipality), user_id=None, body=body, roles=frozenset({role}))


def export(municipality: Municipality, *, by: Actor | None = None) -> bytes:
    form = find_form(forms()[0].pk)
    assert form is not None
    return export_sheet(file=form, by=by or operator(municipality), on=TODAY)


def come_back(municipality: Municipality, content: bytes, *, on: date = TODAY) -> Returned:
    batch = receive(municipality, {"retur.xlsx": content})
    return read_returned(batch.files.get(), on=on)


def on_sheet(change: Callable[[Cells], None]) -> Callable[[dict[str, Cells]], None]:
    return lambda sheets: change(sheets["2026"])


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in_all(municipality)


def test_the_form_is_the_municipalitys_own(municipality: Municipality) -> None:
    sheets = read_workbook(export(municipality), file="ark.xlsx").sheets
    rows = [list(row) for row in sheets[0].rows]

    assert [sheet.name for sheet in sheets] == ["2026", "Om filen"]
    headings = next(row for row in rows if "Navn" in row)
    assert headings[:6] == [
        *("Navn", "Født", "Visma flyktning", "Start", "Planlagt slutt", "Programrådgiver"),
    ]
    row, column = find(rows, AMINA, "Start")
    assert rows[row][column] == date(2026, 1, 5)
    row, column = find(rows, AMINA, "Garderobeskap")
    assert rows[row][column] == "B12"
    row, column = find(rows, AMINA, "Infomøte")
    assert rows[row][column] == "ca. uke 34"


def test_a_sheet_that_nobody_edited_changes_nothing(municipality: Municipality) -> None:
    before = exported(municipality)
    found = come_back(municipality, export(municipality)).comparison(operator(municipality))

    assert (found.edits, found.conflicts, found.unread, found.new_rows) == ([], [], [], [])
    assert (found.removed, found.same) == ([], 0)
    assert exported(municipality) == before


def test_what_was_edited_changes_and_nothing_else(municipality: Municipality) -> None:
    by = operator(municipality)

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Programrådgiver", "Nora Vik")
        put(rows, BOHDAN, "Planlagt slutt", date(2027, 6, 30))
        put(rows, CELINE, "Merknad", "Ringer mandag")

    content = edit(export(municipality), on_sheet(change))
    returned = come_back(municipality, content)
    before = exported(municipality)
    found = returned.comparison(by)
    applied = apply_returned(returned, by=by)

    assert [(each.field, each.after) for each in found.edits] == [
        ("programme.adviser", "Nora Vik"),
        ("programme.planned_end", date(2027, 6, 30)),
        ("remark", "Ringer mandag"),
    ]
    assert (applied.cells, applied.new_people, applied.left) == (3, 0, 0)
    assert set(CellEdit.objects.values_list("way", flat=True)) == {Way.SHEET}
    assert CellEdit.objects.values("act").distinct().count() == 1
    after = exported(municipality)
    changed = [
        (one["name"], key)
        for one, other in zip(before["participants"], after["participants"], strict=True)
        for key in one
        if one[key] != other[key]
    ]
    assert {name for name, key in changed if key == "programme"} == {AMINA, BOHDAN}
    again = come_back(municipality, content).comparison(by)
    assert (again.edits, again.conflicts, again.same) == ([], [], 3)


def test_the_next_export_is_equal_but_for_what_was_edited(municipality: Municipality) -> None:
    first = export(municipality)

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Programrådgiver", "Nora Vik")

    edited = edit(first, on_sheet(change))
    apply_returned(come_back(municipality, edited), by=operator(municipality))

    def cells(content: bytes) -> list[Any]:
        sheet = read_workbook(content, file="ark.xlsx").sheets[0]
        return [row[:-1] for row in sheet.rows]  # but for the keys, which are each export's own

    assert cells(export(municipality)) == cells(edit(edited, lambda sheets: None))


def test_all_is_taken_back_together(municipality: Municipality) -> None:
    by = operator(municipality)
    before = exported(municipality)

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Programrådgiver", "Nora Vik")
        put(rows, AMINA, "Evalueringsbesøk", date(2026, 3, 10))
        put(rows, BOHDAN, "Kommunal enhet", "Skolen")
        put(rows, BOHDAN, "Fra", date(2026, 3, 2))

    apply_returned(come_back(municipality, edit(export(municipality), on_sheet(change))), by=by)
    assert exported(municipality) != before
    take_back_returned(SheetReturn.objects.get(), by=by)

    assert exported(municipality) == before


def test_a_value_changed_meanwhile_is_left_until_somebody_chooses(
    municipality: Municipality,
) -> None:
    by = operator(municipality)
    content = export(municipality)
    amina = Participant.objects.get(name=AMINA)
    enter_values(
        [Wanted(amina.pk, "programme.adviser", "Siri Dal")],
        municipality_id=municipality.pk,
        by=by,
        way=Way.CELL,
    )

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Programrådgiver", "Nora Vik")

    returned = come_back(municipality, edit(content, on_sheet(change)))
    (conflict,) = returned.comparison(by).conflicts

    assert (conflict.before, conflict.now, conflict.after) == (
        "Hege Nygård",
        "Siri Dal",
        "Nora Vik",
    )
    assert apply_returned(returned, by=by).left == 1
    assert apply_returned(returned, by=by, overrule={conflict.id: "old"}).left == 1
    assert Enrolment.objects.get(participant=amina).adviser == "Siri Dal"
    assert apply_returned(returned, by=by, overrule={conflict.id: conflict.seen}).left == 0
    assert Enrolment.objects.get(participant=amina).adviser == "Nora Vik"


def test_a_value_changed_in_innpass_alone_is_not_set_back(municipality: Municipality) -> None:
    by = operator(municipality)
    content = export(municipality)
    amina = Participant.objects.get(name=AMINA)
    enter_values(
        [Wanted(amina.pk, "programme.adviser", "Siri Dal")],
        municipality_id=municipality.pk,
        by=by,
        way=Way.CELL,
    )

    found = come_back(municipality, content).comparison(by)

    assert (found.edits, found.conflicts) == ([], [])


def test_practice_is_corrected_where_it_stands_and_added_where_there_was_none(
    municipality: Municipality,
) -> None:
    def change(rows: Cells) -> None:
        put(rows, AMINA, "Til", date(2026, 6, 26))
        put(rows, AMINA, "Evalueringsbesøk", date(2026, 3, 10))
        put(rows, BOHDAN, "Kommunal enhet", "Skolen")
        put(rows, BOHDAN, "Fra", "2.3.26")

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    found = returned.comparison(operator(municipality))
    apply_returned(returned, by=operator(municipality))

    mine = Placement.objects.get(participant__name=AMINA)
    assert (mine.last_day, mine.evaluation_visit) == (date(2026, 6, 26), date(2026, 3, 10))
    assert [(each.cell[1:], each.sentence) for each in found.unread] == []
    new = Placement.objects.get(participant__name=BOHDAN)
    assert (str(new.employer), new.first_day) == ("Skolen", date(2026, 3, 2))


def test_sorting_and_moving_columns_loses_nothing(municipality: Municipality) -> None:
    def change(rows: Cells) -> None:
        put(rows, AMINA, "Programrådgiver", "Nora Vik")
        first = find(rows, AMINA, "Navn")[0]
        width = max(len(row) for row in rows)
        rows[:] = [row + [None] * (width - len(row)) for row in rows]
        rows[first:] = sorted(rows[first:], key=lambda row: str(row[0]), reverse=True)
        for row in rows:
            row.insert(0, row.pop(4))

    found = come_back(municipality, edit(export(municipality), on_sheet(change))).comparison(
        operator(municipality)
    )

    assert [(each.field, each.after) for each in found.edits] == [("programme.adviser", "Nora Vik")]
    assert (found.unread, found.new_rows, found.removed) == ([], [], [])


def test_a_removed_row_changes_nothing_and_is_said(municipality: Municipality) -> None:
    def change(rows: Cells) -> None:
        del rows[find(rows, CELINE, "Navn")[0]]

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    found = returned.comparison(operator(municipality))

    assert [person.name for person in found.removed] == [CELINE]
    assert apply_returned(returned, by=operator(municipality)).act is None


def test_a_row_that_was_added_is_proposed_as_a_new_person(municipality: Municipality) -> None:
    by = operator(municipality)

    def change(rows: Cells) -> None:
        rows.append(["Daria Savenko", date(2000, 8, 30), None, date(2026, 6, 1)])
        copied = list(rows[find(rows, BOHDAN, "Navn")[0]])
        copied[0] = "Amina Haddad "
        rows.append(copied)

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    daria, again = returned.comparison(by).new_rows

    assert daria.values == {
        "name": "Daria Savenko",
        "birth_date": date(2000, 8, 30),
        "programme.start": date(2026, 6, 1),
    }
    assert (daria.alike, [person.name for person in again.alike]) == ((), [AMINA])
    assert apply_returned(returned, by=by).new_people == 0
    assert apply_returned(returned, by=by, new_people=[daria.id]).new_people == 1
    assert Participant.objects.filter(name="Daria Savenko", absorbed_by=None).count() == 1


def test_cells_that_cannot_be_taken_are_said_and_the_rest_is_taken(
    municipality: Municipality,
) -> None:
    def change(rows: Cells) -> None:
        put(rows, AMINA, "Planlagt slutt", "til sommeren")
        put(rows, AMINA, "Garderobeskap", "C1")
        put(rows, BOHDAN, "Programrådgiver", "Nora Vik")

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    found = returned.comparison(operator(municipality))

    assert [(each.field, each.text) for each in found.unread] == [
        ("programme.planned_end", "til sommeren"),
        ("", ""),
    ]
    assert "Garderobeskap" in found.unread[1].sentence
    assert [each.after for each in found.edits] == ["Nora Vik"]


def test_a_role_changes_only_what_it_may_write(municipality: Municipality) -> None:
    teacher = as_role(municipality, Role.TEACHER, "learning")
    teacher = replace(teacher, user_id=little_user(municipality))
    content = export(municipality, by=teacher)

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Planlagt slutt", date(2027, 6, 30))
        put(rows, AMINA, "Merknad", "hei")

    found = come_back(municipality, edit(content, on_sheet(change))).comparison(teacher)

    assert found.edits == []
    assert found.unread[0].sentence.startswith("Du har ikke lov til å endre planlagt slutt.")
    assert (found.unread[1].sentence, found.unread[1].text) == (comparing.NOT_IN_YOURS, "")


def little_user(municipality: Municipality) -> Any:
    from innpass.casework.accounts.models import User

    return User.objects.create(username="lærer", full_name="Lea Lærer").pk


def test_a_sheet_that_came_back_is_no_source(municipality: Municipality) -> None:
    rows = exported(municipality)["links"]
    preview = take_in(municipality, {"retur.xlsx": export(municipality)})

    assert preview["files"][0]["came_back"]
    assert preview["totals"]["new"] == preview["totals"]["changed"] == 0
    assert exported(municipality)["links"] == rows
    assert not SourceFile.objects.get(name="retur.xlsx").is_current


def test_what_cannot_be_compared_is_refused_with_a_sentence(municipality: Municipality) -> None:
    content = export(municipality)

    def without_keys(sheets: dict[str, Cells]) -> None:
        sheets["2026"] = [row[:-1] for row in sheets["2026"]]

    for broken, sentence, on in (
        (edit(content, without_keys), NO_KEYS, TODAY),
        (content, UNKNOWN_EXPORT, TODAY + timedelta(days=DAYS_KEPT + 1)),
        (b"#0;innpass-eksport:0\nAmina;r0123456789\n", AS_TEXT, TODAY),
    ):
        with pytest.raises(NotReadable, match=re.escape(sentence)):
            come_back(municipality, broken, on=on)


def test_what_was_kept_goes_when_its_time_is_up(municipality: Municipality) -> None:
    export(municipality)
    SheetExport.objects.update(keep_until=TODAY - timedelta(days=1))
    export(municipality)

    assert SheetExport.objects.filter(kept__isnull=True).count() == 1


def test_the_messy_sample_comes_back_as_it_went_out_to_every_role(
    municipality: Municipality,
) -> None:
    take_in(municipality, sample("messy"))
    reader = little_user(municipality)
    for role in sorted(set(Role) - {Role.ADMINISTRATOR}):  # who exports nothing
        body = {Role.TEACHER: "learning", Role.NAV_ADVISER: "nav"}.get(role, "refugee")
        by = replace(as_role(municipality, role, body), user_id=reader)
        for form in forms():
            found = find_form(form.pk)
            assert found is not None
            content = export_sheet(file=found, by=by, on=TODAY)
            back = come_back(municipality, edit(content, lambda sheets: None)).comparison(by)

            assert (back.edits, back.conflicts, back.unread, back.new_rows) == ([], [], [], []), (
                role
            )
            assert (back.removed, back.same) == ([], 0), role


def test_taking_back_takes_the_new_people_along(municipality: Municipality) -> None:
    by = operator(municipality)
    before = exported(municipality)

    def change(rows: Cells) -> None:
        rows.append(["Daria Savenko", date(2000, 8, 30)])
        put(rows, AMINA, "Programrådgiver", "Nora Vik")

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    (daria,) = returned.comparison(by).new_rows
    apply_returned(returned, by=by, new_people=[daria.id])
    take_back_returned(SheetReturn.objects.get(), by=by)

    assert exported(municipality) == before


def test_a_number_that_belongs_to_another_person_is_refused_and_the_rest_is_taken(
    municipality: Municipality,
) -> None:
    by = operator(municipality)

    def change(rows: Cells) -> None:
        put(rows, AMINA, "Visma flyktning", little.BOHDAN)
        put(rows, AMINA, "Programrådgiver", "Nora Vik")

    returned = come_back(municipality, edit(export(municipality), on_sheet(change)))
    applied = apply_returned(returned, by=by)

    assert applied.cells == 1
    assert len(applied.refused) == 1
    assert "nummer" in applied.refused[0].lower()
    assert Enrolment.objects.get(participant__name=AMINA).adviser == "Nora Vik"
