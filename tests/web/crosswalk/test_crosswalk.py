"""The crosswalk: who is where, what is amiss, whose work it is, and who sees which system."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.imports.models import Question, Way
from innpass.casework.participants.models import CrosswalkTask
from innpass.casework.reconciliation.entering import Wanted, enter_values
from tests.casework.reconciliation import little
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE
from tests.factories.cast import KARI, LIV, ODD, Town

pytestmark = pytest.mark.django_db

HREF = reverse("crosswalk:crosswalk")


def shown(town: Town, who: str = KARI, query: str = "") -> Any:
    return town.browser(who).get(HREF + query).context["page"]


def names(page: Any) -> list[str]:
    return [person.name for person in page.people]


def cells(page: Any, name: str) -> dict[str, Any]:
    (person,) = [person for person in page.people if person.name.startswith(name)]
    return dict(zip(page.headings, person.cells, strict=True))


@pytest.fixture
def everywhere(town: Town) -> Town:
    """Everybody is in all lists, but Celine has no number at Nav and is twice in the sheet."""
    sheet = little.overview(numbers=(AMINA, BOHDAN, CELINE))
    town.take_in(
        {
            "nav.xlsx": little.nav(changes={CELINE: {"Socionr": None}}),
            "skole.xlsx": little.learning(numbers=(AMINA, BOHDAN)),
            "oversikt.xlsx": sheet,
        }
    )
    return town


def test_the_place_and_number_in_each_system_stand_side_by_side(everywhere: Town) -> None:
    found = cells(shown(everywhere, query="?vis=alle"), "Amina")

    assert (found["Visma, flyktning"].number, found["Socio"].number) == (AMINA, f"9{AMINA}")
    assert found["Visma, læring"].places == ("Elever, rad 2",)
    assert found["Oversiktsark"].places == ("2026, rad 2",)


def test_a_number_that_is_missing_is_the_work_of_the_body_that_has_the_list(
    everywhere: Town,
) -> None:
    page = shown(everywhere, ODD, "?feil=uten-nummer")

    assert names(page) == ["Celine Mukendi"]
    work = next(w for w in page.people[0].work if "Socionummer" in w.sentence)
    assert (work.body, work.who) == ("Nav", "Nav-veileder")
    celine = everywhere.people("Celine").pk
    assert work.action.href == reverse("entering:part", args=[celine, "hvem"])
    other = shown(everywhere, KARI, "?feil=uten-nummer").people[0].work
    assert next(w for w in other if "Socionummer" in w.sentence).action.label == "Se deltakeren"


def test_a_number_entered_by_hand_closes_the_gap(everywhere: Town) -> None:
    enter_values(
        [Wanted(everywhere.people("Celine").pk, "ids.socio", "93999")],
        municipality_id=everywhere.municipality.pk,
        by=everywhere.actor(ODD),
        way=Way.FORM,
    )

    assert names(shown(everywhere, ODD, "?feil=uten-nummer")) == []


def test_the_counts_are_those_of_the_lists(everywhere: Town) -> None:
    page = shown(everywhere)

    for kind in page.kinds:
        query = kind.href.removeprefix(HREF)
        assert len(shown(everywhere, query=query).people) == kind.count, kind.label
    for body in page.bodies:
        query = body.href.removeprefix(HREF)
        assert len(shown(everywhere, query=query).people) == body.count, body.label
    assert page.groups[1].count == 3


def test_a_teacher_sees_the_own_systems_column_alone(everywhere: Town) -> None:
    page = shown(everywhere, LIV, "?vis=alle")

    assert page.headings == ("Visma, læring",)
    assert all(work.body == "Voksenopplæringen" for p in page.people for work in p.work)
    said = everywhere.browser(LIV).get(f"{HREF}?vis=alle").content.decode()
    assert AMINA not in said.replace(f"7{AMINA}", "")
    assert f"9{AMINA}" not in said


def test_two_rows_of_a_list_are_told_with_their_numbers(town: Town) -> None:
    CrosswalkTask.objects.create(
        municipality=town.municipality,
        participant=town.people("Amina"),
        kind="two_rows",
        system="refugee",
    )

    (person,) = shown(town, query="?feil=to-rader").people
    said = [work.sentence for work in person.work]
    assert any("Står på flere rader i listen til flyktningtjenesten" in each for each in said)


def test_an_open_question_about_a_number_is_a_collision_of_all_it_touches(town: Town) -> None:
    town.take_in({"nav.xlsx": little.nav()})
    link = town.people("Amina").row_links.filter(row__owner="nav").get()
    other = town.people("Bohdan").row_links.filter(row__owner="nav").get()
    Question.objects.create(
        municipality=town.municipality,
        row=link.row,
        field="ids.socio",
        cell="A2",
        kind="number_of_another_person",
        asks=["nav"],
        values={"candidates": [str(other.row_id)]},
    )

    page = shown(town, ODD, "?feil=kollisjon")

    assert names(page) == ["Amina Haddad", "Bohdan Kovalenko"]
    assert page.people[0].work[0].action.label == "Svar på spørsmålet"
    assert shown(town, ODD, "?feil=kollisjon&eier=learning").people == ()
    assert shown(town, LIV, "?feil=kollisjon").people == ()


def test_a_protected_person_is_absent_for_others(everywhere: Town) -> None:
    everywhere.protect("Celine", named=(KARI,))

    assert "Celine Mukendi" in names(shown(everywhere, KARI))
    page = shown(everywhere, ODD)
    assert "Celine Mukendi" not in names(page)
    assert page.groups[1].count == 2


def test_nonsense_in_the_address_shows_the_whole_list(everywhere: Town) -> None:
    whole = names(shown(everywhere))

    assert names(shown(everywhere, query="?feil=x&eier=y&side=0&vis=z")) == whole
    assert names(shown(everywhere, query="?side=99")) == whole


def test_more_people_ask_no_more_of_the_database(everywhere: Town) -> None:
    def queries(query: str) -> int:
        browser = everywhere.browser(KARI)
        with CaptureQueriesContext(connection) as asked:
            browser.get(HREF + query)
        return len(asked)

    queries("?vis=alle")
    assert queries("?vis=alle") == queries("?feil=uten-nummer&eier=nav")
