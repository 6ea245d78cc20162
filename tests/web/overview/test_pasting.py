"""Blocks from a spreadsheet and changes of many: shown first, saved as one act, taken back."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.imports.models import CellEdit, Way
from innpass.casework.programme.models import Enrolment
from innpass.web.overview.pasting import block
from tests.factories.cast import LIV, PER, RAGNHILD, Town


def people(town: Town) -> list[str]:
    return [str(town.people(name).pk) for name in ("Amina", "Bohdan", "Celine")]


def pasted(town: Town, who: str, text: str, **more: Any) -> Any:
    form = {"person": people(town), "first": "next_step", "text": text} | more
    answer = town.browser(who).post(reverse("overview:paste"), form)
    assert answer.status_code == 200
    return answer.context["page"]


def applied(town: Town, who: str, changes: str, way: str = "paste") -> Any:
    form = {"changes": changes, "way": way}
    return town.browser(who).post(reverse("overview:apply"), form, follow=True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Ring\tPer\r\nMøte\t\r\n", [["Ring", "Per"], ["Møte", ""]]),
        ('"to\nlinjer"\tx', [["to linjer", "x"]]),
        ('5" rør\tx', [['5" rør', "x"]]),
        ('"aldri lukket\tx', [['"aldri lukket', "x"]]),
        ("\x00Ring", [["Ring"]]),
    ],
)
def test_a_block_is_taken_apart_as_excel_puts_it(text: str, lines: list[list[str]]) -> None:
    assert block(text) == lines


def test_the_preview_says_old_new_and_what_is_wrong_and_saves_nothing(town: Town) -> None:
    page = pasted(town, PER, "Ring\tPer Hauge\t1.7.26\nMøte\t12\tsnart\n")

    amina, bohdan = page.proposals.rows[:2]
    assert [(c.old, c.new, c.is_change) for c in amina.cells] == [
        ("", "Ring", True),
        ("", "Per Hauge", True),
        ("", "01.07.2026", True),
    ]
    assert [bool(c.problem) for c in bohdan.cells] == [False, True, True]
    assert (page.proposals.changing, page.proposals.problems, page.proposals.people) == (4, 2, 2)
    assert not CellEdit.objects.exists()


def test_what_was_shown_is_saved_as_one_act_and_taken_back(town: Town) -> None:
    page = pasted(town, PER, "Ring\tPer Hauge\t1.7.26\nMøte\n")

    answer = applied(town, PER, page.proposals.changes)

    assert "Lagret: 4 verdier for 2 deltakere" in answer.content.decode()
    amina = Enrolment.objects.get(participant=town.people("Amina"))
    assert (amina.next_step, amina.next_step_due) == ("Ring", date(2026, 7, 1))
    assert set(CellEdit.objects.values_list("way", flat=True)) == {Way.PASTE}
    (act,) = set(CellEdit.objects.values_list("act", flat=True))
    town.browser(PER).post(reverse("overview:undo"), {"act": str(act)})
    assert not Enrolment.objects.exclude(next_step="").exists()


def test_more_than_there_is_room_for_is_said(town: Town) -> None:
    page = pasted(town, PER, "a\n" * 5)
    assert len(page.proposals.rows) == 3
    assert "5 rader" in page.notices[0]


def test_columns_can_be_chosen(town: Town) -> None:
    page = pasted(town, PER, "x\t1.6.26\n", **{"column-0": "-", "column-1": "last_contact"})
    assert page.proposals.headings == ("Siste kontakt",)
    assert page.proposals.rows[0].cells[0].new == "01.06.2026"


def test_the_same_number_for_two_is_wrong_for_both(town: Town) -> None:
    page = pasted(town, RAGNHILD, "999\n999\n", first="ids.visma_refugee")
    assert [row.cells[0].problem for row in page.proposals.rows[:2]] == [
        "Det samme nummeret står på flere deltakere."
    ] * 2


def test_what_somebody_changed_meanwhile_is_shown_beside_mine(town: Town) -> None:
    page = pasted(town, PER, "Ring\nMøte\n")
    changes = [
        {
            "person": people(town)[0],
            "field": "next_step",
            "text": "Besøk",
            "seen": "",
        }
    ]
    applied(town, RAGNHILD, json.dumps(changes))

    answer = applied(town, PER, page.proposals.changes)

    assert answer.status_code == 409
    (left,) = answer.context["page"].left
    assert (left.theirs, left.mine, answer.context["page"].saved) == ("Besøk", "Ring", 1)
    assert "Ragnhild Moe" in left.sentence
    applied(town, PER, left.again)
    assert Enrolment.objects.get(participant=town.people("Amina")).next_step == "Ring"


# Many at once


def bulk(town: Town, name: str, **form: Any) -> Any:
    return town.browser(name).post(reverse("overview:bulk") + "?vis=alle", form)


def test_the_marked_get_one_value(town: Town) -> None:
    marked = people(town)[:2]
    form = {"person": marked, "who": "marked", "field": "programme.supervisor", "text": "Nora Vik"}
    page = bulk(town, PER, **form).context["page"]

    assert (page.proposals.changing, page.proposals.people) == (2, 2)
    applied(town, PER, page.proposals.changes, "bulk")

    found = Enrolment.objects.filter(supervisor="Nora Vik").values_list("participant", flat=True)
    assert {str(pk) for pk in found} == set(marked)
    assert set(CellEdit.objects.values_list("way", flat=True)) == {Way.BULK}


def test_all_on_the_list_are_all_that_the_filters_let_through(town: Town) -> None:
    page = bulk(town, PER, who="all", field="last_contact", text="1.6.26").context["page"]
    assert (page.on_list, page.proposals.changing) == (3, 3)


def test_an_empty_value_is_asked_for_twice(town: Town) -> None:
    form = {"person": people(town), "who": "marked", "field": "programme.supervisor", "text": ""}
    answer = bulk(town, PER, **form)
    assert answer.status_code == 422
    assert "kryss av for at feltet skal tømmes" in answer.content.decode()
    page = bulk(town, PER, **form, empty="1").context["page"]
    assert page.proposals.changing == 3


def test_a_number_is_not_offered_for_many(town: Town) -> None:
    page = bulk(town, RAGNHILD).context["page"]
    assert not [f.name for f in page.fields if f.name.startswith("ids.") or f.name == "name"]


def test_a_teacher_is_offered_what_a_teacher_writes(town: Town) -> None:
    names = {field.name for field in bulk(town, LIV).context["page"].fields}
    assert "programme.class_name" in names
    assert "programme.supervisor" not in names


def test_several_fields_are_emptied_at_once(town: Town) -> None:
    names = ["programme.supervisor", "programme.adviser", "name", "ids.socio"]
    form = {"person": people(town)[:2], "who": "marked", "field": names, "text": ""}
    answer = bulk(town, RAGNHILD, **form, empty="1")
    page = answer.context["page"]

    assert [field.name for field in page.several] == names[:2]
    assert (page.proposals.changing, page.text, page.left_out) == (4, "", True)
    assert "Navn og numre" in answer.content.decode()
    applied(town, RAGNHILD, page.proposals.changes, "bulk")

    emptied = Enrolment.objects.filter(supervisor="", adviser="")
    assert {str(pk) for pk in emptied.values_list("participant", flat=True)} == set(form["person"])
    assert CellEdit.objects.values("act").distinct().count() == 1


def test_marked_without_anybody_is_nobody(town: Town) -> None:
    form = {"who": "marked", "field": "programme.supervisor", "text": "Nora Vik"}

    answer = bulk(town, PER, person="x", **form)

    assert answer.status_code == 422
    assert answer.context["page"].proposals is None
    assert "Ingen deltakere er merket." in answer.content.decode()


def test_an_empty_column_left_out_is_no_loss(town: Town) -> None:
    page = pasted(town, PER, "\tRing\n", **{"column-0": "-", "column-1": "next_step"})
    assert page.notices == ()
