"""The page of one question: what it shows, how it is answered, and what it keeps back."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from innpass.casework.imports.models import Question, ReadingRule
from innpass.casework.programme.models import Enrolment
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE
from tests.factories.cast import KARI, LEA, LIV, ODD, PER, RAGNHILD, SIRI, Town
from tests.web.menu import waits

pytestmark = pytest.mark.django_db

# Synthetic: 80 is added to the month.
FNR = "17838800033"
DNR = "57838800027"


@pytest.fixture
def asked(town: Town) -> Question:
    """A question for Nav about the day of Amina's meeting."""
    changes = {AMINA: {"Infomøte": "uke 34"}}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    return Question.objects.get(closed_at=None)


def href(question: Question, act: str = "question") -> str:
    return reverse(f"questions:{act}", args=[question.pk])


def shown(town: Town, who: str, question: Question) -> Any:
    return town.browser(who).get(href(question)).context["page"]


def send(town: Town, who: str, question: Question, **sent: str) -> HttpResponse:
    answer: Any = town.browser(who).post(href(question), sent)
    found: HttpResponse = answer
    return found


def type_in(town: Town, who: str, question: Question, text: str) -> HttpResponse:
    return send(town, who, question, answer="typed", text=text)


def meeting(town: Town) -> date | None:
    found: date | None = Enrolment.objects.get(participant=town.people("Amina")).info_meeting
    return found


# What it shows


def test_the_readings_are_choices_with_what_each_leads_to(town: Town, asked: Question) -> None:
    choices = shown(town, ODD, asked).choices

    assert [each.key for each in choices] == ["1", "2", "3", "4", "5", "T"]
    assert choices[0].label == "Mandag 17. aug. 2026"
    assert choices[0].outcome == ("Informasjonsmøte om Nav: 17. aug. 2026",)
    assert choices[-1].outcome == ("Endrer ingenting vi viser om deltakeren i dag.",)


def test_a_choice_says_how_the_status_of_the_week_would_change(town: Town) -> None:
    town.take_in({"a 2.xlsx": little.refugee(changes={AMINA: {"Sluttmål": "Zkvpl"}})})
    asked = Question.objects.get(closed_at=None, kind="unknown_word")

    verdicts = {each.label: each.verdicts for each in shown(town, KARI, asked).choices}

    assert verdicts["Utdanning"] == ("unknown", "no_requirement")
    assert verdicts["Cellen har ingen verdi"] is None


def test_the_cell_stands_among_the_rows_around_it(town: Town, asked: Question) -> None:
    around = shown(town, ODD, asked).surroundings

    assert [line.cells[0][0] for line in around.lines] == [
        "Amina Haddad",
        "Bohdan Kovalenko",
        "Celine Mukendi",
    ]
    assert [line.is_asked for line in around.lines] == [True, False, False]
    (heading,) = [column.heading for column in around.columns if column.is_asked]
    assert heading == "Infomøte"
    assert [text for text, is_asked in around.lines[0].cells if is_asked] == ["uke 34"]


def test_a_protected_persons_row_is_not_among_them(town: Town, asked: Question) -> None:
    town.protect("Bohdan")

    said = town.browser(ODD).get(href(asked)).content.decode()

    assert "Celine Mukendi" in said
    assert "Kovalenko" not in said
    assert "23.11.1985" not in said
    assert "Kovalenko" in town.browser(RAGNHILD).get(href(asked)).content.decode()


def test_other_columns_are_cut_to_what_the_viewer_may_read(town: Town) -> None:
    """A teacher reads who takes part, and not why somebody may stay."""
    changes = {AMINA: {"Fullført videregående eller høyere": "Zkvpl"}}
    town.take_in({"a 2.xlsx": little.refugee(changes=changes)})
    asked = Question.objects.get(closed_at=None)

    def headings(who: str) -> set[str]:
        return {column.heading for column in shown(town, who, asked).surroundings.columns}

    assert "Beskyttelse" in headings(KARI)
    assert "Beskyttelse" not in headings(LIV)


def test_identity_numbers_are_masked(town: Town) -> None:
    changes = {AMINA: {"Fødselsnummer": FNR, "Navn": "Zaminah Hadad"}}
    town.take_in({"nav.xlsx": little.nav(changes=changes)})
    changes = {AMINA: {"Infomøte": "uke 34"}}
    rows = [{"Navn": "Amina Haddad", "Fnr": FNR, "Født": date(1990, 5, 4), "Infomøte": "uke 34"}]
    town.take_in({"oversikt.xlsx": workbook(("2026", rows))})
    for question in Question.objects.filter(closed_at=None):
        said = town.browser(ODD).get(href(question)).content.decode()
        assert FNR not in said
        assert FNR[:6] not in said


def test_a_row_is_laid_beside_whom_it_may_be_about(town: Town) -> None:
    rows = [{"Navn": "Aminah Hadad", "Programrådgiver": "Hege Nygård", "Overføringsmøte": None}]
    town.take_in({"oversikt.xlsx": workbook(("2026", rows))})
    asked = Question.objects.get(closed_at=None)

    page = shown(town, KARI, asked)

    assert [name for name, _ in page.comparison.people] == ["Amina Haddad"]
    rows_ = {label: (own, others) for label, own, others in page.comparison.rows}
    assert rows_["Navn"] == ("Aminah Hadad", (("Amina Haddad", False),))
    assert rows_["Programrådgiver"] == ("Hege Nygård", (("Hege Nygård", True),))
    assert [each.key for each in page.choices] == ["1", "N"]


def test_somebody_else_is_found_by_name_and_chosen(town: Town) -> None:
    rows = [{"Navn": "Aminah Hadad", "Programrådgiver": "Hege Nygård", "Overføringsmøte": None}]
    town.take_in({"oversikt.xlsx": workbook(("2026", rows))})
    asked = Question.objects.get(closed_at=None)
    nobody = type_in(town, KARI, asked, "Zzz")
    assert nobody.status_code == 422
    assert "Vi fant ingen deltaker med det navnet." in nobody.content.decode()
    town.protect("Celine")
    assert type_in(town, KARI, asked, "Celine").status_code == 422

    page = type_in(town, KARI, asked, "Kovalenko").context["page"]  # type: ignore[attr-defined]

    assert [each.label for each in page.choices][:2] == [
        "Raden gjelder Amina Haddad",
        "Raden gjelder Bohdan Kovalenko",
    ]
    send(town, KARI, asked, answer=page.choices[1].value)
    assert asked.row.link.participant == town.people("Bohdan")


def test_who_may_not_answer_sees_who_may_and_no_buttons(town: Town, asked: Question) -> None:
    for who in (KARI, LIV, PER, LEA):
        page = shown(town, who, asked)
        assert (page.choices, page.typing) == ((), None)
        assert page.refusal
        assert send(town, who, asked, answer="none").status_code == 403
    assert meeting(town) is None
    assert Question.objects.get(pk=asked.pk).closed_at is None


def test_nobody_elsewhere_finds_it(town: Town, asked: Question) -> None:
    assert town.browser(SIRI).get(href(asked)).status_code == 404
    assert send(town, SIRI, asked, answer="none").status_code == 404
    town.protect("Amina")
    assert town.browser(ODD).get(href(asked)).status_code == 404
    assert send(town, ODD, asked, answer="none").status_code == 404


def test_the_queries_do_not_grow_with_the_questions(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    changes = {number: {"Infomøte": "uke 34"} for number in (AMINA, BOHDAN, CELINE)}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    asked = Question.objects.filter(closed_at=None).order_by("row__number")[0]
    shown(town, ODD, asked)

    with django_assert_max_num_queries(45):
        shown(town, ODD, asked)


# Answering


def test_one_button_answers_and_leads_to_the_next(town: Town) -> None:
    changes = {number: {"Infomøte": "uke 34"} for number in (AMINA, BOHDAN)}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    first, second = Question.objects.filter(closed_at=None).order_by("row__number")

    answer = send(town, ODD, first, answer="value:2026-08-19")

    assert answer.status_code == 302
    assert answer["Location"] == f"{href(second)}?etter={first.pk}"
    assert meeting(town) == date(2026, 8, 19)
    page = town.browser(ODD).get(answer["Location"]).context["page"]
    assert page.done.said == ("Informasjonsmøte om Nav: 19. aug. 2026",)
    last = send(town, ODD, second, answer="value:2026-08-19")
    assert last["Location"].startswith(reverse("questions:questions"))


def test_what_is_typed_is_read_as_in_a_sheet(town: Town, asked: Question) -> None:
    assert type_in(town, ODD, asked, "19/8-26").status_code == 302

    assert meeting(town) == date(2026, 8, 19)


@pytest.mark.parametrize("number", [FNR, DNR])
def test_a_number_is_typed_right_and_shown_nowhere(town: Town, number: str) -> None:
    """A D-number may be the answer where a fødselsnummer was asked for."""
    town.take_in({"nav.xlsx": little.nav(changes={AMINA: {"Fødselsnummer": "12345678901"}})})
    asked = Question.objects.get(closed_at=None)
    assert type_in(town, KARI, asked, "12345678902").status_code == 422
    assert type_in(town, ODD, asked, "12345678902").status_code == 403

    assert type_in(town, KARI, asked, number).status_code == 302

    stored = {row.kind: row.sealed for row in town.people("Amina").identifiers.all()}
    kind = "fnr" if number == FNR else "dnr"
    assert {each: sealed for each, sealed in stored.items() if sealed} == {kind: number}
    assert number not in town.browser(ODD).get(href(asked)).content.decode()


@pytest.mark.parametrize("text", ["uke 35", "tull", "32.13.2026", "", "x" * 400])
def test_what_cannot_be_read_gets_a_sentence_and_stays(
    town: Town, asked: Question, text: str
) -> None:
    answer = type_in(town, ODD, asked, text)

    assert answer.status_code == 422
    page = answer.context["page"]  # type: ignore[attr-defined]
    assert page.typing.text == text
    assert page.typing.problem
    assert page.typing.problem in answer.content.decode()
    assert Question.objects.get(pk=asked.pk).closed_at is None


@pytest.mark.parametrize("sent", ["", "value:2020-01-01", "person:x", "new", "number:own", "ø"])
def test_a_button_that_is_not_there_answers_nothing(town: Town, asked: Question, sent: str) -> None:
    answer = send(town, ODD, asked, answer=sent)

    assert answer.status_code == 422
    assert "Velg et av svarene" in answer.content.decode()
    assert Question.objects.get(pk=asked.pk).closed_at is None


def test_the_second_to_answer_sees_what_the_first_said(town: Town, asked: Question) -> None:
    send(town, ODD, asked, answer="value:2026-08-19")

    late = send(town, ODD, asked, answer="value:2026-08-20")

    assert late.status_code == 409
    said = late.content.decode()
    assert "Noen andre har svart på spørsmålet" in said
    assert "Odd Berge" in said
    assert "19. aug. 2026" in said
    assert meeting(town) == date(2026, 8, 19)


def test_a_closed_question_can_be_looked_at_and_taken_back(town: Town, asked: Question) -> None:
    send(town, ODD, asked, answer="value:2026-08-19")

    closed = shown(town, KARI, asked).closed
    assert (closed.by, closed.said) == ("Odd Berge", ("Informasjonsmøte om Nav: 19. aug. 2026",))
    assert not closed.may_take_back
    assert town.browser(KARI).post(href(asked, "take_back")).status_code == 403
    (mine,) = town.browser(ODD).get(reverse("questions:answers")).context["page"].answers
    assert (mine.id, mine.may_take_back) == (asked.pk, True)
    assert town.browser(KARI).get(reverse("questions:answers")).context["page"].answers == ()
    every = town.browser(KARI).get(reverse("questions:answers") + "?vis=alle").context["page"]
    assert [done.id for done in every.answers] == [asked.pk]

    town.browser(ODD).post(href(asked, "take_back"))

    assert meeting(town) is None
    assert shown(town, ODD, asked).closed is None


def test_a_question_that_closed_itself_says_so(town: Town, asked: Question) -> None:
    changes = {AMINA: {"Infomøte": date(2026, 8, 18)}}
    town.take_in({"oversikt juli.xlsx": little.overview(changes=changes)})

    said = town.browser(ODD).get(href(asked)).content.decode()

    assert "Spørsmålet lukket seg selv" in said
    assert "Ta tilbake" not in said


# The same text once


@pytest.fixture
def strange(town: Town) -> list[Question]:
    """A word that nobody knows, in two cells."""
    cells = {"Faktisk slutt": date(2026, 5, 1), "Sluttårsak": "Zkvpl"}
    town.take_in({"a 2.xlsx": little.refugee(changes={AMINA: cells, BOHDAN: cells})})
    return list(Question.objects.filter(closed_at=None).order_by("row__number"))


def test_one_word_in_two_cells_is_asked_once_and_counted_twice(
    town: Town, strange: list[Question]
) -> None:
    answer = town.browser(KARI).get(reverse("questions:questions"))
    page = answer.context["page"]
    (group,) = page.groups
    (kind,) = group.kinds

    assert [each.cells for each in kind.questions] == [2]
    assert page.total == group.total == kind.total == 2
    assert waits(answer, "questions:questions") == 2
    assert "Flyttet" in [each.label for each in shown(town, KARI, strange[0]).choices]
    send(town, KARI, strange[0], answer="value:moved")
    assert not Question.objects.filter(closed_at=None).exists()


def test_an_answer_becomes_a_rule_and_the_rule_ends(town: Town, strange: list[Question]) -> None:
    browser = town.browser(KARI)
    moved = send(town, KARI, strange[0], answer="value:moved")
    (offer,) = browser.get(moved["Location"]).context["page"].done.offers
    assert offer.sentence == "«zkvpl» i «sluttårsak» betyr alltid «flyttet»."

    browser.post(href(strange[0], "make_rule"), {"value": offer.value})

    (rule,) = browser.get(reverse("questions:answers")).context["page"].rules
    assert (rule.by, rule.ended_at, rule.may_end) == ("Kari Lunde", None, True)
    (same,) = town.browser(ODD).get(reverse("questions:answers")).context["page"].rules
    assert not same.may_end
    end = reverse("questions:end_rule", args=[rule.id])
    assert town.browser(ODD).post(end).status_code == 403
    assert browser.post(end).status_code == 302
    assert ReadingRule.objects.get().ended_at
    assert browser.post(end).status_code == 302


def test_a_value_read_by_a_rule_says_so_on_the_persons_page(
    town: Town, strange: list[Question]
) -> None:
    ReadingRule.objects.create(
        municipality=town.municipality,
        field="programme.end_reason",
        kind="unknown_word",
        text="zkvpl",
        value="moved",
        said_at=strange[0].opened_at,
    )
    cells = {"Faktisk slutt": date(2026, 5, 4), "Sluttårsak": "Zkvpl"}
    town.take_in({"a 3.xlsx": little.refugee(changes={AMINA: cells})})

    person = town.people("Amina")
    said = town.browser(KARI).get(reverse("participant:participant", args=[person.pk]))

    assert "lest etter regel" in said.content.decode()


def test_the_sums_of_the_groups_are_the_badge(town: Town) -> None:
    """What is asked of several bodies is listed under one."""
    changes = {AMINA: {"Infomøte": "uke 34"}, BOHDAN: {"Visma flyktning": AMINA}}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    Question.objects.update(asks=["refugee", "nav", "learning"])

    for who in (KARI, ODD, LIV):
        answer = town.browser(who).get(reverse("questions:questions"))
        page = answer.context["page"]
        kinds = [kind for group in page.groups for kind in group.kinds]
        assert sum(kind.total for kind in kinds) == page.total
        assert page.total == waits(answer, "questions:questions") == 2
        assert [group.label for group in page.groups] == [page.groups[0].label]


# Dates that are no day


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("uke 34", ["Mandag 17. aug. 2026", "Mandag 23. aug. 2027", "Mandag 18. aug. 2025"]),
        ("juli 25", ["Tirsdag 1. jul. 2025", "Torsdag 31. jul. 2025"]),
        ("fra 12.3.", ["Torsdag 12. mar. 2026", "Fredag 12. mar. 2027"]),
    ],
)
def test_a_vague_date_that_the_rows_do_not_settle_still_has_keys(
    town: Town, asked: Question, text: str, labels: list[str]
) -> None:
    kinds = {"u": "week_only", "j": "month_only", "f": "date_without_year"}
    Question.objects.filter(pk=asked.pk).update(possible=[], text=text, kind=kinds[text[0]])
    asked.refresh_from_db()

    choices = shown(town, ODD, asked).choices
    send(town, ODD, asked, answer=choices[0].value)

    assert [each.label for each in choices][: len(labels)] == labels
    assert choices[-1].key == "T"
    assert meeting(town) is not None
    asked.refresh_from_db()
    assert asked.closed_at is not None


def test_a_vague_date_of_nobody_is_near_today(town: Town, asked: Question) -> None:
    Question.objects.filter(pk=asked.pk).update(possible=[])
    asked.row.link.delete()
    asked.refresh_from_db()

    first, *_others = shown(town, ODD, asked).choices

    assert first.label.startswith("Mandag")


def test_questions_are_numbered_among_those_of_the_same_body(town: Town) -> None:
    changes = {AMINA: {"Infomøte": "uke 34"}, BOHDAN: {"Infomøte": "uke 35"}}
    town.take_in({"oversikt.xlsx": little.overview(changes=changes)})
    town.take_in({"a 2.xlsx": little.refugee(changes={AMINA: {"Sluttmål": "Zkvpl"}})})
    of_nav = Question.objects.filter(closed_at=None, kind="week_only")

    places = {(p.place, p.total) for p in (shown(town, ODD, q) for q in of_nav)}

    assert places == {(1, 2), (2, 2)}
    (other,) = Question.objects.filter(closed_at=None, kind="unknown_word")
    assert (shown(town, RAGNHILD, other).place, shown(town, RAGNHILD, other).total) == (1, 1)
