"""The list of questions: who should answer, what it says, and what it keeps back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.imports.models import Question
from innpass.domain.deriving.sentences import texts
from innpass.domain.deriving.state import Unsettled
from innpass.domain.linking.rows import QuestionKind
from innpass.domain.sheets.records import Issue
from innpass.web.questions import assembling
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE
from tests.factories.cast import ADA, KARI, LEA, LIV, NINA, ODD, PER, RAGNHILD, SIRI, Town

pytestmark = pytest.mark.django_db

STRANGE = "Zvrqx mplk"


def page_of(town: Town, who: str) -> Any:
    return town.browser(who).get(reverse("questions:questions")).context["page"]


def listed(town: Town, who: str) -> list[Any]:
    return [q for g in page_of(town, who).groups for k in g.kinds for q in k.questions]


def ask_about_meeting(town: Town, text: str = "ca. uke 34") -> None:
    """Let the shared sheet say something about Amina's meeting that has no one reading."""
    town.take_in({"oversikt.xlsx": little.overview(changes={AMINA: {"Infomøte": text}})})


def ask_about_number(town: Town) -> None:
    """Let the shared sheet give Bohdan the number of Amina."""
    town.take_in({"oversikt.xlsx": little.overview(changes={BOHDAN: {"Visma flyktning": AMINA}})})


def test_every_kind_of_question_has_a_place_and_a_sentence() -> None:
    kinds = {kind.value for kinds in (Issue, Unsettled, QuestionKind) for kind in kinds}

    assert kinds == set(assembling.KINDS)
    assert kinds == set(texts())


def test_a_question_says_where_what_and_whom(town: Town) -> None:
    ask_about_meeting(town)

    (group,) = page_of(town, KARI).groups
    (kind,) = group.kinds
    (question,) = kind.questions

    assert (group.key, group.label, kind.label, kind.total) == ("nav", "Nav", "Bare uke", 1)
    assert (question.file, question.sheet) == ("oversikt.xlsx", "2026")
    assert question.field == "Informasjonsmøte om Nav"
    assert "«ca. uke 34» sier bare uken." in question.sentence
    assert question.person == "Amina Haddad"
    assert str(town.people("Amina").pk) in question.person_href


def test_possible_readings_are_offered(town: Town) -> None:
    ask_about_meeting(town, "uke 34")

    (question,) = listed(town, KARI)

    assert len(question.readings) == 5
    assert question.readings[0] == "17. aug. 2026"


def test_a_question_about_a_number_shows_who_else_has_it(town: Town) -> None:
    ask_about_number(town)

    questions = [q for q in listed(town, KARI) if q.evidence]

    assert questions
    assert any("Amina Haddad" in line for q in questions for line in q.evidence)


def test_ones_own_body_comes_first(town: Town) -> None:
    changes = {AMINA: {"Infomøte": "ca. uke 34"}, BOHDAN: {"Visma flyktning": AMINA}}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})

    assert page_of(town, ODD).groups[0].key == "nav"
    assert page_of(town, KARI).groups[0].key == "refugee"


def test_a_question_that_names_nobody_falls_to_the_refugee_department(town: Town) -> None:
    ask_about_meeting(town)
    Question.objects.update(asks=[])
    one = Question.objects.get()

    assert town.browser(KARI).get(reverse("questions:questions")).status_code == 200
    assert listed(town, KARI)
    assert listed(town, LEA)
    for who in (KARI, LEA):
        page = town.browser(who).get(reverse("questions:question", args=[one.pk]))
        assert page.status_code == 200


def test_a_question_for_two_bodies_is_listed_once_under_ones_own(town: Town) -> None:
    ask_about_meeting(town)
    Question.objects.update(asks=["nav", "refugee"])

    page = page_of(town, KARI)

    assert [(group.key, group.total) for group in page.groups] == [("refugee", 1)]
    assert page.total == 1


def test_no_more_than_can_be_read_are_listed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembling, "LISTED", 1)
    changes = {number: {"Infomøte": "ca. uke 34"} for number in (AMINA, BOHDAN)}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})

    response = town.browser(KARI).get(reverse("questions:questions"))

    (kind,) = response.context["page"].groups[0].kinds
    assert (len(kind.questions), kind.total) == (1, 2)
    assert "De 1 første av 2." in response.content.decode()


def test_the_number_of_queries_does_not_grow(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    changes = {number: {"Infomøte": "ca. uke 34"} for number in (AMINA, BOHDAN, CELINE)}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    town.protect("Celine")
    browser = town.browser(KARI)
    browser.get(reverse("questions:questions"))

    with django_assert_max_num_queries(20):
        browser.get(reverse("questions:questions"))


def test_questions_that_closed_themselves_are_counted(town: Town) -> None:
    ask_about_meeting(town)
    town.take_in(
        {"oversikt.xlsx": little.overview(changes={AMINA: {"Infomøte": date(2026, 8, 19)}})}
    )

    page = page_of(town, KARI)

    assert (page.total, page.settled) == (0, 1)


# What is kept back


def test_the_text_of_a_field_one_may_not_read_is_not_shown(town: Town) -> None:
    changes = {AMINA: {"Beskyttelse": STRANGE}}
    town.take_in({"flyktning 2.xlsx": little.refugee(changes=changes)})
    assert any(STRANGE in q.sentence for q in listed(town, KARI))

    response = town.browser(LIV).get(reverse("questions:questions"))

    assert STRANGE not in response.content.decode()
    assert "«…»" in response.content.decode()


def test_a_protected_person_leaves_no_question_to_others(town: Town) -> None:
    ask_about_meeting(town)

    town.protect("Amina", named=(PER,))

    assert [page_of(town, who).total for who in (RAGNHILD, PER, KARI, ODD)] == [1, 1, 0, 0]
    said = town.browser(KARI).get(reverse("questions:questions")).content.decode()
    assert "Haddad" not in said
    assert "uke 34" not in said


def test_a_question_that_names_a_protected_person_as_candidate_is_hidden(town: Town) -> None:
    """Bohdan's row carries Amina's number: the question would give her away."""
    ask_about_number(town)
    before = page_of(town, KARI).total

    town.protect("Amina")

    assert before > 0
    assert page_of(town, KARI).total == 0
    assert "Haddad" not in town.browser(KARI).get(reverse("questions:questions")).content.decode()
    assert page_of(town, RAGNHILD).total == before


def test_a_row_without_a_person_shows_no_name_it_does_not_have(town: Town) -> None:
    rows = [{"Navn": "A. Haddad", "Prøvedato": date(2026, 5, 19), "Mål": "B1", "Mål nådd": "Ja"}]
    town.take_in({"prøver.xlsx": workbook(("Norskprøver", rows))})

    assert all(not q.person or q.person_href for q in listed(town, LIV))


def test_another_municipality_sees_none(town: Town) -> None:
    ask_about_meeting(town)

    response = town.browser(SIRI).get(reverse("questions:questions"))

    assert response.context["page"].total == 0
    assert "Ingen spørsmål venter" in response.content.decode()


# Who may


@pytest.mark.parametrize("who", [ADA, NINA])
def test_who_may_not_see_questions_is_told_who_may(town: Town, who: str) -> None:
    response = town.browser(who).get(reverse("questions:questions"))

    assert response.status_code == 403
    assert "Du har ikke lov til å se spørsmålene. Det kan" in response.content.decode()


@pytest.mark.parametrize("who", [KARI, LIV, ODD, PER, LEA])
def test_who_works_with_people_sees_them(town: Town, who: str) -> None:
    assert town.browser(who).get(reverse("questions:questions")).status_code == 200


def test_nobody_and_the_wrong_method(town: Town, client: Client) -> None:
    assert client.get(reverse("questions:questions")).status_code == 302
    assert town.browser(KARI).post(reverse("questions:questions")).status_code == 405


def test_what_others_answer_is_folded_for_whoever_has_something_to_answer(town: Town) -> None:
    weeks = {person: {"Infomøte": "uke 34"} for person in (AMINA, BOHDAN, CELINE)}
    town.take_in({"oversikt.xlsx": little.overview(changes=weeks)})
    town.take_in({"a 2.xlsx": little.refugee(changes={AMINA: {"Sluttmål": "Zkvpl"}})})

    html = {
        who: town.browser(who).get(reverse("questions:questions")).content.decode()
        for who in (ODD, LEA)
    }

    assert "Vis spørsmålene til Flyktningtjenesten" in html[ODD]
    assert "Vis spørsmålene til Nav" not in html[ODD]
    assert "Vis spørsmålene til" not in html[LEA]


def test_all_questions_of_a_kind_are_on_the_page_though_few_are_unfolded(town: Town) -> None:
    one = town.browser(ODD)
    weeks = {person: {"Infomøte": "uke 34"} for person in (AMINA, BOHDAN, CELINE)}
    town.take_in({"oversikt.xlsx": little.overview(changes=weeks)})
    first = Question.objects.filter(kind="week_only").first()
    assert first is not None
    for number in range(4):
        Question.objects.create(
            municipality=first.municipality,
            row=first.row,
            field=f"placements.{number}.contract",
            kind=first.kind,
            cell=f"X{number}",
            text="uke 34",
            asks=first.asks,
        )

    html = one.get(reverse("questions:questions")).content.decode()

    assert html.count('class="question"') == 7
    assert "Vis 3 spørsmål til" in html
