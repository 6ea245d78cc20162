"""What humans answer: each answer does what it says, and its question is asked no more."""

import random
from datetime import date

import pytest

from innpass.domain.linking import (
    Decision,
    NewPerson,
    NotSame,
    QuestionKind,
    SameAs,
    WrongNumber,
    link_rows,
)
from innpass.domain.sheets.records import Owner, TableKind
from tests.domain.linking.rows import (
    BORN,
    OLENA,
    OTHER_DAY,
    TARAS,
    asked,
    nav,
    overview,
    refugee,
    row,
    together,
)
from tests.domain.linking.town import town

NUMBERS = (QuestionKind.ONE_NUMBER_TWO_PERSONS, QuestionKind.NUMBER_OF_ANOTHER_PERSON)
TWIN = refugee("r3", "Olena Bondarenko", number="403", ids={"fnr": "C"})


def answers(linking, question):
    """Return every answer there is to a question: what it is called, and what is then decided."""
    people = [linking.people[index] for index in question.candidates]
    for number, keys in enumerate(people):
        if question.key not in keys:
            yield f"same as {number}", {question.key: [SameAs(keys[0])]}
    if question.kind not in NUMBERS:
        yield "new", {question.key: [NewPerson()]}
        if people:
            yield "none of them", {question.key: [NotSame(keys[0]) for keys in people]}
        for number, keys in enumerate(people):
            yield f"not {number}", {question.key: [NotSame(keys[0])]}
        return
    waits = () if any(question.key in keys for keys in people) else (question.key,)
    for number, holders in enumerate((*question.holders, waits)):
        wrong = {key for keys in (*question.holders, waits) for key in keys} - set(holders)
        if holders:
            yield f"{number} has it", {key: [WrongNumber(question.field)] for key in wrong}


def person_of(linking, key):
    return next((keys for keys in linking.people if key in keys), ())


def test_a_human_may_say_that_a_row_is_a_known_person():
    rows = [OLENA, overview("o1", "Elena Bondarenko")]

    linking = link_rows(rows, decided={"o1": [SameAs("r1")]})

    assert linking.people == (("o1", "r1"),)
    assert linking.questions == ()


def test_details_follow_a_row_that_a_human_has_placed():
    rows = [
        OLENA,
        nav("n1", "Helen Olsen", OTHER_DAY, number="301"),
        row("d1", Owner.NAV, kind=TableKind.ACTIVITY, number="301"),
    ]

    assert link_rows(rows, decided={"n1": [SameAs("r1")]}).people == (("d1", "n1", "r1"),)


def test_a_human_may_say_that_a_row_is_a_person_of_its_own():
    rows = [OLENA, overview("o1", "Elena Bondarenko")]

    linking = link_rows(rows, decided={"o1": [NewPerson()]})

    assert linking.people == (("o1",), ("r1",))
    assert linking.questions == ()


def test_a_human_may_join_two_rows_that_were_nobody():
    rows = [overview("o1", "Olena"), overview("o2", "Helen")]

    assert link_rows(rows, decided={"o2": [SameAs("o1")]}).people == (("o1", "o2"),)


def test_a_decision_about_a_row_that_is_gone_changes_nothing():
    assert link_rows([OLENA], decided={"o1": [SameAs("r1")], "r1": [SameAs("x")]}).people == (
        ("r1",),
    )


SITUATIONS = {
    "maybe, one candidate": [OLENA, overview("o1", "Elena Bondarenko")],
    "maybe, two candidates": [OLENA, TWIN, nav("n1", "Olena Bondarenko", number="301")],
    "maybe, twice in one list": [
        OLENA,
        refugee("r3", "Olena Bondarenko", number="405"),
        refugee("d1", "Olena Bondarenko", kind=TableKind.ACTIVITY, number="405"),
    ],
    "maybe, near birth date": [OLENA, nav("n1", "Elena Bondarenco", date(1985, 3, 27))],
    "maybe, similar family name": [OLENA, nav("n1", "Elena Bondarenkova", number="301")],
    "maybe, other fnr": [OLENA, nav("n1", "Olena Bondarenko", ids={"fnr": "C"})],
    "no person": [OLENA, overview("o1", None, socio="999")],
    "two listed persons": [OLENA, refugee("r4", "Maryna Bondarenko", ids={"fnr": "A"})],
    "a row that waits": [
        OLENA,
        TARAS,
        nav("n1", "Ahmad Noori", date(1999, 9, 9), ids={"fnr": "A"}),
    ],
    "another's number in the shared sheet": [
        OLENA,
        TARAS,
        overview("o1", "Olena Bondarenko", BORN, visma_refugee="402"),
    ],
    "another's number, and the row waits": [
        OLENA,
        overview("o1", "Ahmad Noori", None, visma_refugee="401"),
    ],
    "another's number in a detail": [
        OLENA,
        TARAS,
        refugee("d1", "Olena Bondarenko", kind=TableKind.LEAVE, number="402"),
    ],
    "details that say the same": [
        OLENA,
        *(row(f"d{n}", Owner.LEARNING, "O. Bondarenko", kind=TableKind.TEST) for n in range(3)),
    ],
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_answer_does_what_it_says_and_closes_its_question(name):
    rows = SITUATIONS[name]
    before = link_rows(rows)
    assert before.questions
    tried = 0

    for question in before.questions:
        for said, decided in answers(before, question):
            after = link_rows(rows, decided=decided)
            candidates = [before.people[index][0] for index in question.candidates]
            kinds = {(q.key, q.field): q for q in after.questions}
            again = kinds.get((question.key, question.field))
            tried += 1
            if said.startswith("not "):
                gone = candidates[int(said[-1])]
                assert gone not in person_of(after, question.key), said
                left = [after.people[index] for index in again.candidates] if again else []
                assert not any(gone in keys for keys in left), said
                continue
            assert again is None, said
            if said.startswith("same as"):
                assert candidates[int(said[-1])] in person_of(after, question.key), said
            elif said == "new":
                own = person_of(after, question.key)
                assert own, said
                assert not set(candidates) & set(own), said
            elif said == "none of them":
                assert not set(candidates) & set(person_of(after, question.key)), said
            else:
                for key, (wrong,) in decided.items():
                    assert (key, wrong.field, "number_wrong") in [
                        (note.key, note.field, note.code) for note in after.notes
                    ]
    assert tried


def test_not_the_one_of_two_is_the_other_when_that_is_certain():
    rows = [OLENA, TWIN, nav("n1", "Olena Bondarenko", number="301")]

    linking = link_rows(rows, decided={"n1": [NotSame("r3")]})

    assert together(linking) == {("n1", "r1")}
    assert linking.questions == ()


def test_not_the_same_may_stand_at_either_row():
    rows = [OLENA, TWIN, nav("n1", "Olena Bondarenko", number="301")]

    at_one = link_rows(rows, decided={"n1": [NotSame("r3")]})

    assert link_rows(rows, decided={"r3": [NotSame("n1")]}) == at_one


def test_not_the_same_parts_what_evidence_has_joined():
    rows = [OLENA, nav("n1", "Elena Bondarenco", ids={"fnr": "A"})]

    linking = link_rows(rows, decided={"n1": [NotSame("r1")]})

    assert linking.people == (("n1",), ("r1",))
    assert [kind for _, _, kind in asked(linking)] == [QuestionKind.ONE_NUMBER_TWO_PERSONS]


def test_not_the_same_parts_a_duplicate_in_one_list():
    again = refugee("r3", "Olena Bondarenko", number="409", ids={"fnr": "A"})

    assert len(link_rows([OLENA, again], decided={"r3": [NotSame("r1")]}).people) == 2


def test_a_person_that_a_human_has_made_is_not_joined_by_a_row_with_both_numbers():
    rows = [
        nav("n1", "Tsekereda Berhanemesgel", number="301"),
        row("l1", Owner.LEARNING, "Tsegerega Berhamemeskel", BORN, number="501"),
        overview("o1", "Tsegereda Berhanemeskel", BORN, socio="301", visma_learning="501"),
    ]

    for decided in ({"l1": [NewPerson()]}, {"l1": [NotSame("n1")]}):
        assert not any(
            {"n1", "l1"} <= set(keys) for keys in link_rows(rows, decided=decided).people
        )


def test_what_joins_holds_against_what_keeps_apart():
    rows = [OLENA, TARAS, nav("n1", "Helen Olsen", OTHER_DAY, number="301")]
    decided: dict[str, list[Decision]] = {
        "n1": [SameAs("r1"), NotSame("r2"), NewPerson()],
        "r1": [SameAs("r2"), NotSame("r2")],
    }

    assert link_rows(rows, decided=decided).people == (("n1", "r1", "r2"),)


def test_a_number_that_is_wrong_here_is_no_evidence_and_remains_that_of_the_other():
    rows = [OLENA, TARAS, nav("n1", "Ahmad Noori", date(1999, 9, 9), ids={"fnr": "A"})]

    linking = link_rows(rows, decided={"n1": [WrongNumber("ids.fnr")]})

    assert linking.people == (("n1",), ("r1",), ("r2",))
    assert linking.questions == ()
    assert [(note.key, note.field, note.code) for note in linking.notes] == [
        ("n1", "ids.fnr", "number_wrong")
    ]


def test_an_answer_is_the_reason_of_a_link():
    rows = [OLENA, overview("o1", "Elena Bondarenko"), overview("o2", "Helen Bondarenko")]

    linking = link_rows(rows, decided={"o1": [SameAs("r1")], "o2": [NewPerson()]})

    codes = {link.key: [reason.code for reason in link.reasons] for link in linking.links}
    assert "decided_same" in codes["o1"]
    assert "decided_same" in codes["r1"]
    assert codes["o2"] == ["decided_new"]


@pytest.mark.parametrize("seed", range(3))
def test_every_question_of_a_municipality_can_be_closed(seed):
    built = town(seed, count=60)
    before = link_rows(built.rows)

    for question in before.questions:
        for said, decided in answers(before, question):
            after = link_rows(built.rows, decided=decided)
            if not said.startswith("not "):
                assert (question.key, question.field) not in {
                    (q.key, q.field) for q in after.questions
                }, said


@pytest.mark.parametrize("seed", range(12))
def test_neither_the_order_of_rows_nor_that_of_answers_matters(seed):
    chance = random.Random(seed)
    rows = town(seed, count=40).rows
    keys = [row.key for row in rows]
    decided: dict[str, list[Decision]] = {}
    for key in chance.sample(keys, 12):
        choices: list[Decision] = [
            SameAs(chance.choice(keys)),
            NotSame(chance.choice(keys)),
            NewPerson(),
            WrongNumber("ids.fnr"),
        ]
        decided[key] = chance.sample(choices, chance.randint(1, 3))
    linking = link_rows(rows, decided=decided)

    shuffled = {key: decided[key][::-1] for key in chance.sample(list(decided), len(decided))}

    assert link_rows(chance.sample(rows, len(rows)), decided=shuffled) == linking
    placed = [key for people in linking.people for key in people]
    assert len(placed) == len(set(placed))
    for key, said in decided.items():
        for answer in said:
            if isinstance(answer, SameAs):
                people = person_of(linking, key)
                assert answer.key in people or not people
