"""Situations one by one. A row is written as the body, what it states, and its key."""

from datetime import date

import pytest

from innpass.domain.linking import (
    LinkNote,
    LinkQuestion,
    NewPerson,
    QuestionKind,
    Reason,
    SameAs,
    link_rows,
)
from innpass.domain.linking.sentences import sentence
from innpass.domain.sheets.records import Owner, TableKind
from tests.domain.linking.rows import (
    BORN,
    OLENA,
    OTHER_DAY,
    TARAS,
    asked,
    learning,
    nav,
    overview,
    refugee,
    row,
    together,
)


def test_one_identity_number_joins_in_spite_of_the_spelling():
    linking = link_rows([OLENA, nav("n1", "Aliona Bondarjenko-Moe", ids={"fnr": "A"})])

    assert together(linking) == {("n1", "r1")}
    assert "same_fnr" in {reason.code for reason in linking.links[0].reasons}


def test_a_d_number_at_nav_is_linked_by_name_and_birth_date():
    linking = link_rows([OLENA, TARAS, nav("n1", "Elena Bondarenco", ids={"dnr": "X"})])

    assert together(linking) == {("n1", "r1")}
    assert linking.questions == ()


def test_a_sibling_is_another_person():
    linking = link_rows([OLENA, nav("n1", "Maryna Bondarenko")])

    assert len(linking.people) == 2
    assert linking.questions == ()


def test_two_of_the_same_name_and_birth_date_are_asked_about():
    twin = refugee("r3", "Olena Bondarenko", number="403", ids={"fnr": "C"})

    linking = link_rows([OLENA, twin, nav("n1", "Olena Bondarenko", number="301")])

    assert asked(linking) == [("n1", "name", QuestionKind.MAYBE_SAME_PERSON)]
    assert set(linking.questions[0].candidates) == {0, 1}
    assert linking.questions[0].asks == (Owner.REFUGEE, Owner.NAV)
    assert len(linking.people) == 2


def test_two_different_fnr_never_become_one_person():
    linking = link_rows([OLENA, nav("n1", "Olena Bondarenko", OTHER_DAY, ids={"fnr": "C"})])

    assert together(linking) == set()


def test_a_contradicting_fnr_with_the_same_name_and_birth_date_is_asked_about():
    linking = link_rows([OLENA, nav("n1", "Olena Bondarenko", ids={"fnr": "C"})])

    assert together(linking) == set()
    assert asked(linking) == [("n1", "name", QuestionKind.MAYBE_SAME_PERSON)]
    assert "other_fnr" in {reason.code for reason in linking.questions[0].reasons}


def test_one_number_on_two_persons_is_one_question_to_both_bodies():
    linking = link_rows(
        [OLENA, TARAS, nav("n1", "Ahmad Noori", date(1999, 9, 9), ids={"fnr": "A"})]
    )

    assert together(linking) == set()
    assert [key for key, _, _ in asked(linking)] == ["n1"]
    assert linking.questions[0].kind is QuestionKind.ONE_NUMBER_TWO_PERSONS
    assert linking.questions[0].field == "ids.fnr"
    assert linking.questions[0].asks == (Owner.REFUGEE, Owner.NAV)


def test_a_duplicate_in_one_list_is_one_person():
    again = refugee("r3", "Olena Bondarenko", number="409", ids={"fnr": "A"})

    assert together(link_rows([OLENA, again])) == {("r1", "r3")}


def test_twins_who_share_a_number_by_mistake_are_not_joined():
    twin = refugee("r3", "Maryna Bondarenko", number="409", ids={"fnr": "A"})

    linking = link_rows([OLENA, twin])

    assert together(linking) == set()
    assert [kind for _, _, kind in asked(linking)] == [QuestionKind.ONE_NUMBER_TWO_PERSONS]


def test_rows_of_two_listed_persons_are_never_bridged():
    other = refugee("r3", "Olena Bondarenko", number="409", ids={"fnr": "C", "duf": "E"})

    linking = link_rows(
        [OLENA, other, learning("l1", "Olena Bondarenko", ids={"fnr": "A", "duf": "E"})]
    )

    assert not any({"r1", "r3"} <= set(keys) for keys in linking.people)


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Olena Bondarenko", date(1984, 3, 28)),
        ("Elena Bondarenco", date(1985, 3, 27)),
        ("Олена Бондаренко", date(1984, 3, 21)),
        ("Elena Bondarenco", None),
        ("O Bondarenko", BORN),
        ("Elena Bondarenkova", BORN),
    ],
)
def test_a_listed_row_that_may_be_a_known_person_is_asked_about(name, born):
    linking = link_rows([OLENA, TARAS, nav("n1", name, born, number="301")])

    assert linking.people == (("r1",), ("r2",))
    assert asked(linking) == [("n1", "name", QuestionKind.MAYBE_SAME_PERSON)]
    assert linking.questions[0].candidates == (0,)
    assert linking.questions[0].reasons


@pytest.mark.parametrize(
    ("known", "born"),
    [(None, BORN), (date(1984, 4, 3), date(1984, 3, 4)), (date(1984, 3, 4), date(1994, 3, 4))],
)
def test_a_doubtful_birth_date_is_met_in_spite_of_the_spelling(known, born):
    rows = [
        refugee("r1", "Tsegereda Berhanemeskel", known),
        nav("n1", "Tsegereda Berhanemesgel", born),
    ]

    for each in (rows, rows[::-1]):
        assert asked(link_rows(each)) == [("n1", "name", QuestionKind.MAYBE_SAME_PERSON)]


@pytest.mark.parametrize("name", ["Olena Bondarenko", "Elena Bondarenco"])
def test_somebody_who_may_stand_twice_in_one_list_is_asked_about(name):
    again = refugee("r3", name, number="405")

    linking = link_rows([again, OLENA])

    assert linking.people == (("r1",),)
    assert asked(linking) == [("r3", "name", QuestionKind.MAYBE_SAME_PERSON)]


@pytest.mark.parametrize(
    "again",
    [
        refugee("r3", "Olena Bondarenko", number="405", ids={"fnr": "C"}),
        refugee("r3", "Olena Bondarenko", number="405", ids={"duf": "E"}),
        refugee("r3", "Olena Bondarenko", date(1984, 3, 28), number="405"),
        refugee("r3", "Olena Bondarenko", None, number="405"),
        refugee("r3", "Maryna Bondarenko", number="405"),
    ],
)
def test_two_in_one_list_whom_their_body_tells_apart_are_two(again):
    linking = link_rows([OLENA, again])

    assert len(linking.people) == 2
    assert linking.questions == ()


def test_a_list_with_a_row_for_each_course_names_one_person():
    rows = [learning(f"l{number}", "Olena Bondarenko") for number in range(3)]

    assert link_rows(rows).people == (("l0", "l1", "l2"),)


def test_what_has_the_number_of_a_row_that_may_be_a_repetition_waits_with_it():
    rows = [
        OLENA,
        refugee("r3", "Olena Bondarenko", number="405"),
        refugee("d1", "Olena Bondarenko", kind=TableKind.ACTIVITY, number="405"),
        overview("o1", "Olena Bondarenko", BORN, visma_refugee="405"),
    ]

    linking = link_rows(rows)

    assert linking.people == (("r1",),)
    assert asked(linking) == [("r3", "name", QuestionKind.MAYBE_SAME_PERSON)]
    assert [(note.key, note.code) for note in linking.notes] == [
        ("d1", "row_follows"),
        ("o1", "row_follows"),
    ]
    same = link_rows(rows, decided={"r3": [SameAs("r1")]})
    assert same.people == (("d1", "o1", "r1", "r3"),)
    other = link_rows(rows, decided={"r3": [NewPerson()]})
    assert other.people == (("d1", "o1", "r3"), ("r1",))


# The shared sheet


def test_the_number_of_another_person_is_asked_about_and_the_row_is_linked():
    linking = link_rows(
        [OLENA, TARAS, overview("o1", "Olena Bondarenko", BORN, visma_refugee="402")]
    )

    assert together(linking) == {("o1", "r1")}
    assert asked(linking) == [("o1", "ids.visma_refugee", QuestionKind.NUMBER_OF_ANOTHER_PERSON)]
    assert linking.questions[0].candidates == (0, 1)
    assert linking.questions[0].asks == (Owner.REFUGEE,)


def test_a_mistyped_number_is_only_noted():
    linking = link_rows(
        [OLENA, TARAS, overview("o1", "Olena Bondarenko", BORN, visma_refugee="481")]
    )

    assert together(linking) == {("o1", "r1")}
    assert linking.questions == ()
    assert [(note.key, note.field, note.code) for note in linking.notes] == [
        ("o1", "ids.visma_refugee", "number_mistyped")
    ]
    assert linking.notes[0].values == {"known": "401"}


def test_a_second_row_with_a_number_or_a_birth_date_is_the_same_person():
    linking = link_rows(
        [
            OLENA,
            overview("o1", "Olena Bondarenko", BORN, visma_refugee="401"),
            overview("o2", "Elena Bondarenko", BORN),
            overview("o3", "Elena Bondarenco", visma_refugee="401"),
        ]
    )

    assert together(linking) == {("o1", "o2", "o3", "r1")}
    assert linking.questions == ()


@pytest.mark.parametrize("name", ["Elena Bondarenco", "Olena Bondarenko", "O. Bondarenko"])
def test_a_row_with_only_a_similar_name_is_asked_about_and_makes_no_person(name):
    linking = link_rows([OLENA, overview("o1", "Olena Bondarenko", BORN), overview("o2", name)])

    assert asked(linking) == [("o2", "name", QuestionKind.MAYBE_SAME_PERSON)]
    assert len(linking.people) == 1


def test_a_row_with_only_a_name_that_resembles_nobody_is_a_person():
    linking = link_rows([OLENA, overview("o1", "Ahmad Noori")])

    assert len(linking.people) == 2
    assert linking.questions == ()


def test_a_row_that_says_too_little_is_asked_about():
    linking = link_rows([OLENA, overview("o1", None, socio="999")])

    assert asked(linking) == [("o1", "name", QuestionKind.ROW_WITHOUT_PERSON)]


def test_the_shared_sheet_alone_keeps_persons_with_other_numbers_apart():
    linking = link_rows(
        [
            overview("o1", "Mohammad Rahimi", BORN, socio="301", visma_refugee="401"),
            overview("o2", "Muhammed Raheemi", BORN, socio="302", visma_refugee="402"),
        ]
    )

    assert together(linking) == set()


def test_the_shared_sheet_joins_two_lists_that_spell_a_name_too_differently():
    linking = link_rows(
        [
            nav("n1", "Tsekereda Berhanemesgel", number="301"),
            learning("l1", "Tsegerega Berhamemeskel", number="501"),
            overview("o1", "Tsegereda Berhanemeskel", BORN, socio="301", visma_learning="501"),
        ]
    )

    assert together(linking) == {("l1", "n1", "o1")}


# Hidden rows and details


def test_a_hidden_row_is_linked_but_makes_no_person():
    hidden = [
        row("h1", Owner.OVERVIEW, "Olena Bondarenko", BORN, is_hidden=True),
        row("h2", Owner.OVERVIEW, "Ahmad Noori", BORN, is_hidden=True),
    ]

    linking = link_rows([OLENA, *hidden])

    assert linking.people == (("h1", "r1"),)
    assert [(note.key, note.code) for note in linking.notes] == [("h2", "row_without_person")]
    assert linking.questions == ()


def test_details_follow_the_number_of_their_body():
    details = [
        row("d1", Owner.NAV, kind=TableKind.ACTIVITY, number="301"),
        row("d2", Owner.LEARNING, kind=TableKind.TEST, number="301"),
    ]

    linking = link_rows([OLENA, nav("n1", "Olena Bondarenko", number="301"), *details])

    assert linking.people == (("d1", "n1", "r1"),)
    assert [(note.key, note.code) for note in linking.notes] == [("d2", "row_without_person")]


@pytest.mark.parametrize("number", [None, "777"])
def test_a_detail_without_a_known_number_is_linked_by_name_and_birth_date(number):
    detail = refugee("d1", "Olena Bondarenko", kind=TableKind.LEAVE, number=number)

    assert together(link_rows([OLENA, TARAS, detail])) == {("d1", "r1")}


def test_a_detail_with_the_number_of_another_person_is_asked_about():
    detail = refugee("d1", "Olena Bondarenko", kind=TableKind.LEAVE, number="402")

    linking = link_rows([OLENA, TARAS, detail])

    assert together(linking) == {("d1", "r1")}
    assert asked(linking) == [("d1", "ids.visma_refugee", QuestionKind.NUMBER_OF_ANOTHER_PERSON)]


def test_details_alone_make_persons():
    details = [
        refugee(f"d{index}", "Olena Bondarenko", kind=TableKind.ACTIVITY, number="401")
        for index in range(3)
    ]

    assert link_rows(details).people == (("d0", "d1", "d2"),)


def test_everything_that_is_said_has_a_sentence():
    rows = [
        OLENA,
        TARAS,
        nav("n1", "Elena Bondarenco", number="301"),
        overview("o1", "Olena Bondarenko", date(1984, 3, 22), visma_refugee="409", socio="301"),
        overview("o2", "Elena Bondarenco"),
        overview("o3", None, socio="999"),
        overview("o4", "Taras Zjuk", OTHER_DAY, visma_refugee="401"),
        row("d2", Owner.LEARNING, kind=TableKind.TEST, number="301"),
    ]

    linking = link_rows(rows)

    said: list[Reason | LinkQuestion | LinkNote] = [*linking.questions, *linking.notes]
    said += [reason for link in linking.links for reason in link.reasons]
    said += [reason for question in linking.questions for reason in question.reasons]
    sentences = [sentence(each) for each in said]
    assert len(sentences) > len(rows)
    assert all(text[-1] in ".?" and "{" not in text for text in sentences)
