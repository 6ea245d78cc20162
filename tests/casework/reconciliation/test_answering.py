"""Answers to questions: they hold, close, can be taken back, and become rules."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from innpass.casework.imports.models import CellEdit, LinkDecision, Question, ReadingRule, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.answering import (
    AnsweredAlready,
    HasNumber,
    IsNewPerson,
    IsNoneOfThem,
    IsPerson,
    answer_cells,
    answer_link,
    take_answer_back,
)
from innpass.casework.reconciliation.ruling import end_rule, make_rule, rule_offers
from innpass.casework.reconciliation.taking_back import CannotTakeBack
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import exported, take_in, workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE

WEEK = {AMINA: {"Infomøte": "ca. uke 34"}}


def only_question(**filters: Any) -> Question:
    found: Question = Question.objects.get(closed_at=None, **filters)
    return found


def answer(municipality: Municipality, question: Question, value: Any) -> UUID:
    return answer_cells(
        [question.pk],
        {"nav.info_meeting" if question.field.startswith("nav") else question.field: value},
        municipality_id=municipality.pk,
        by=operator(municipality),
    )


def decide(municipality: Municipality, question: Question, said: Any) -> UUID:
    return answer_link(
        question.pk, said, municipality_id=municipality.pk, by=operator(municipality)
    )


def meeting_of(number: str) -> Any:
    return Enrolment.objects.get(participant__identifiers__plain=number).info_meeting


# Cells


@pytest.fixture
def asked(municipality: Municipality) -> Question:
    """A question about the day of Amina's meeting."""
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview(changes=WEEK)})
    return only_question()


def test_an_answer_holds_and_closes_the_question(
    municipality: Municipality, asked: Question
) -> None:
    act = answer(municipality, asked, date(2026, 8, 19))

    assert meeting_of(AMINA) == date(2026, 8, 19)
    asked.refresh_from_db()
    assert (asked.closed_because, asked.answer) == ("answered", act)
    assert CellEdit.objects.get(act=act).way == Way.ANSWER


def test_an_answer_holds_when_the_next_file_asks_the_same(
    municipality: Municipality, asked: Question
) -> None:
    answer(municipality, asked, date(2026, 8, 19))

    changes = {**WEEK, BOHDAN: {"Programrådgiver": "Nora Vik"}}
    take_in(municipality, {"o juli.xlsx": little.overview(changes=changes)})

    assert meeting_of(AMINA) == date(2026, 8, 19)
    assert not Question.objects.filter(closed_at=None).exists()


def test_a_file_that_says_something_new_is_heard(
    municipality: Municipality, asked: Question
) -> None:
    answer(municipality, asked, date(2026, 8, 19))

    changes = {AMINA: {"Infomøte": "ca. uke 36"}}
    take_in(municipality, {"o juli.xlsx": little.overview(changes=changes)})

    assert only_question().text == "ca. uke 36"


def test_that_a_cell_has_no_value_is_an_answer(municipality: Municipality, asked: Question) -> None:
    answer(municipality, asked, None)

    assert meeting_of(AMINA) is None
    assert not Question.objects.filter(closed_at=None).exists()


def test_an_answer_taken_back_leaves_all_as_it_was(
    municipality: Municipality, asked: Question
) -> None:
    before = exported(municipality)
    answer(municipality, asked, date(2026, 8, 19))

    take_answer_back(asked.pk, municipality_id=municipality.pk, by=operator(municipality))

    asked.refresh_from_db()
    assert (asked.closed_at, asked.closed_because, asked.answer) == (None, "", None)
    assert exported(municipality) == before


def test_an_answer_is_taken_back_once(municipality: Municipality, asked: Question) -> None:
    act = answer(municipality, asked, date(2026, 8, 19))
    take_answer_back(asked.pk, municipality_id=municipality.pk, by=operator(municipality))
    Question.objects.update(answer=act)

    with pytest.raises(CannotTakeBack):
        take_answer_back(asked.pk, municipality_id=municipality.pk, by=operator(municipality))


def test_the_second_to_answer_is_told_and_changes_nothing(
    municipality: Municipality, asked: Question
) -> None:
    answer(municipality, asked, date(2026, 8, 19))

    with pytest.raises(AnsweredAlready, match="Noen andre har svart"):
        answer(municipality, asked, date(2026, 8, 20))

    assert meeting_of(AMINA) == date(2026, 8, 19)


def test_an_answer_to_what_a_file_settled_meanwhile_is_told_so(
    municipality: Municipality, asked: Question
) -> None:
    changes = {AMINA: {"Infomøte": date(2026, 8, 18)}}
    take_in(municipality, {"o juli.xlsx": little.overview(changes=changes)})

    with pytest.raises(AnsweredAlready, match="avklart i en nyere fil"):
        answer(municipality, asked, date(2026, 8, 19))


# Whom rows are about


@pytest.fixture
def unsure(municipality: Municipality) -> Question:
    """A row that may be about Amina."""
    take_in(municipality, {"a.xlsx": little.refugee()})
    rows = [{"Navn": "Aminah Hadad", "Overføringsmøte": date(2026, 9, 1), "Merknad": "x"}]
    take_in(municipality, {"o.xlsx": workbook(("2026", rows))})
    return only_question(kind="maybe_same_person")


def test_a_row_is_about_whom_a_human_says(municipality: Municipality, unsure: Question) -> None:
    (candidate,) = unsure.values["candidates"]

    decide(municipality, unsure, IsPerson(UUID(candidate)))

    assert Enrolment.objects.get(participant__identifiers__plain=AMINA).handover == date(2026, 9, 1)
    unsure.refresh_from_db()
    assert unsure.closed_because == "answered"
    assert Participant.objects.filter(absorbed_by=None).count() == 3


def test_a_row_is_about_a_new_person(municipality: Municipality, unsure: Question) -> None:
    decide(municipality, unsure, IsNewPerson())

    assert Participant.objects.filter(absorbed_by=None).count() == 4
    take_answer_back(unsure.pk, municipality_id=municipality.pk, by=operator(municipality))
    assert Participant.objects.filter(absorbed_by=None).count() == 3
    assert only_question().pk == unsure.pk


def test_a_row_that_only_tells_more_may_be_about_none_of_them(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee()})
    test = {"Navn": "Aminah Hadad", "Prøvedato": date(2026, 5, 19), "Mål": "B1", "Mål nådd": "Ja"}
    take_in(municipality, {"prøver.xlsx": workbook(("Norskprøver", [test]))})

    decide(municipality, only_question(kind="maybe_same_person"), IsNoneOfThem())

    assert Participant.objects.filter(absorbed_by=None).count() == 3
    assert LinkDecision.objects.get().kind == "not_same"
    assert not Question.objects.filter(closed_at=None).exists()


def test_an_answer_names_people_one_may_see(municipality: Municipality, unsure: Question) -> None:
    from innpass.domain.access.policy import MayNot

    with pytest.raises(MayNot):
        decide(municipality, unsure, IsPerson(unsure.row_id))


@pytest.fixture
def disputed(municipality: Municipality) -> Question:
    """Bohdan's row in the shared sheet carries Amina's number."""
    changes = {BOHDAN: {"Visma flyktning": AMINA}}
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview(changes=changes)})
    return only_question(field="ids.visma_refugee")


@pytest.mark.parametrize("place", [0, 1])
def test_a_number_belongs_to_whom_a_human_says(
    municipality: Municipality, disputed: Question, place: int
) -> None:
    owner = UUID(disputed.values["candidates"][place])

    decide(municipality, disputed, HasNumber(owner))

    disputed.refresh_from_db()
    assert disputed.closed_because == "answered"
    wrong = LinkDecision.objects.values_list("row", flat=True)
    stating = {UUID(row) for rows in disputed.values["holders"] for row in rows}
    theirs = {UUID(row) for row in disputed.values["holders"][place]}
    assert set(wrong) == stating - theirs


def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_kept(
    municipality: Municipality, disputed: Question
) -> None:
    with pytest.raises(ValueError, match="does not answer"):
        decide(municipality, disputed, IsNewPerson())
    with pytest.raises(ValueError, match="does not answer"):
        decide(municipality, disputed, HasNumber(UUID(int=1)))

    assert not LinkDecision.objects.exists()


# Rules

MOVED = {
    number: {"Faktisk slutt": date(2026, 5, 1), "Sluttårsak": "Zkvpl"} for number in (AMINA, BOHDAN)
}


@pytest.fixture
def strange(municipality: Municipality) -> list[Question]:
    """A word that nobody knows, in two cells."""
    take_in(municipality, {"a.xlsx": little.refugee(changes=MOVED)})
    return list(
        Question.objects.filter(closed_at=None, kind="unknown_word").order_by("row__number")
    )


def reasons() -> list[str]:
    return sorted(Enrolment.objects.exclude(end_reason="").values_list("end_reason", flat=True))


def test_one_answer_settles_all_cells_with_the_same_word(
    municipality: Municipality, strange: list[Question]
) -> None:
    act = answer_cells(
        [question.pk for question in strange],
        {"programme.end_reason": "moved"},
        municipality_id=municipality.pk,
        by=operator(municipality),
    )

    assert reasons() == ["moved", "moved"]
    assert set(Question.objects.values_list("answer", flat=True)) == {act}
    take_answer_back(strange[0].pk, municipality_id=municipality.pk, by=operator(municipality))
    assert Question.objects.filter(closed_at=None).count() == 2


def test_an_answer_may_be_a_rule_for_what_waits_and_what_comes(
    municipality: Municipality, strange: list[Question]
) -> None:
    by = operator(municipality)
    answer(municipality, strange[0], "moved")
    strange[0].refresh_from_db()
    (offer,) = rule_offers(strange[0], actor=by)
    assert (offer.value, offer.settles) == ("moved", 1)

    settled = make_rule(strange[0].pk, "moved", municipality_id=municipality.pk, by=by)

    assert settled == 1
    assert reasons() == ["moved", "moved"]
    strange[1].refresh_from_db()
    assert strange[1].closed_because == "read_by_rule"
    assert rule_offers(strange[0], actor=by) == []
    changes = {**MOVED, CELINE: MOVED[AMINA] | {"Sluttårsak": " ZKVPL "}}
    take_in(municipality, {"a juli.xlsx": little.refugee(changes=changes)})
    assert reasons() == ["moved", "moved", "moved"]
    assert not Question.objects.filter(closed_at=None).exists()


def test_what_an_ended_rule_read_is_asked_about_again(
    municipality: Municipality, strange: list[Question]
) -> None:
    by = operator(municipality)
    answer(municipality, strange[0], "moved")
    make_rule(strange[0].pk, "moved", municipality_id=municipality.pk, by=by)

    end_rule(ReadingRule.objects.get().pk, municipality_id=municipality.pk, by=by)

    assert reasons() == ["moved"]
    assert only_question().pk == strange[1].pk
    with pytest.raises(LookupError):
        end_rule(ReadingRule.objects.get().pk, municipality_id=municipality.pk, by=by)


def test_a_week_means_its_monday_only_where_somebody_said_monday(
    municipality: Municipality,
) -> None:
    by = operator(municipality)
    changes = {
        AMINA: {"Infomøte": "ca. uke 34"},
        BOHDAN: {"Infomøte": "uke 20"},
        CELINE: {"Infomøte": "uke 4"},  # twice in the programme: the rule cannot tell
    }
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview(changes=changes)})
    asked = only_question(text="ca. uke 34")
    answer(municipality, asked, date(2026, 8, 19))
    asked.refresh_from_db()
    assert rule_offers(asked, actor=by) == []
    take_answer_back(asked.pk, municipality_id=municipality.pk, by=by)
    answer(municipality, asked, date(2026, 8, 17))
    asked.refresh_from_db()
    (offer,) = rule_offers(asked, actor=by)
    assert (offer.value, offer.settles) == ("monday", 1)

    make_rule(asked.pk, "monday", municipality_id=municipality.pk, by=by)

    assert meeting_of(BOHDAN) == date(2026, 5, 11)
    assert meeting_of(CELINE) is None
    assert only_question().text == "uke 4"


def test_a_rule_that_was_not_offered_is_refused(
    municipality: Municipality, strange: list[Question]
) -> None:
    answer(municipality, strange[0], "moved")

    with pytest.raises(LookupError):
        make_rule(strange[0].pk, "work", municipality_id=municipality.pk, by=operator(municipality))
    assert not ReadingRule.objects.exists()
