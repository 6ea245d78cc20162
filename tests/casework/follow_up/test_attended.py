"""Which hours an attest counts: those agreed, and what is noted of who came."""

from datetime import date
from typing import Any

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up.attest_paper import fact_rows, note_of, words
from innpass.casework.follow_up.attests import facts_of_case
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.attended import Attendance
from tests.casework.follow_up.staying import ago, followed_case
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import Town

EIGHT, THREE = 480, 900


def came(case: PlacementCase, on: date, *, absent: int = 0, **values: Any) -> None:
    Attendance.objects.create(
        municipality_id=case.municipality_id,
        participant=case.participant,
        on=on,
        **{
            "start": EIGHT,
            "end": THREE,
            "part": "workplace",
            "activity": "practice",
            "name": "Praksis",
            "employer": case.employer,
            "counted_minutes": THREE - EIGHT,
            "absent_minutes": absent,
            **values,
        },
    )


def lines(case: PlacementCase) -> dict[str, str]:
    facts = facts_of_case(case, on=TODAY)
    return {label[0]: value[0] for label, value in fact_rows(facts)}


def test_every_language_has_every_word() -> None:
    (_norwegian, *others) = words()

    assert {code: set(words()[code]) ^ set(words()["nb"]) for code in others} == {
        code: set() for code in others
    }


def test_nothing_noted_counts_what_is_agreed_and_says_so(town: Town) -> None:
    case = followed_case(town, begun=70)

    assert "Avtalte timer til sammen" in lines(case)
    assert "Oppmøte som er ført" not in lines(case)
    assert note_of(facts_of_case(case, on=TODAY))[0].startswith("Timene er de avtalte")


def test_an_attest_signed_before_attendance_was_told_says_nothing_of_it(town: Town) -> None:
    facts = facts_of_case(followed_case(town, begun=70), on=TODAY)
    before = {name: value for name, value in facts.items() if not name.startswith("attended")}

    assert note_of(facts)[0] == "Timene er de avtalte."  # nothing of our registers on the paper
    assert note_of(before)[0] == "Timene er de avtalte."


def test_what_is_noted_stands_beside_what_is_agreed(town: Town) -> None:
    case = followed_case(town, begun=70)
    elsewhere = Employer.objects.create(
        municipality_id=case.municipality_id, kind="municipal", name="Et annet sted"
    )
    came(case, ago(10))
    came(case, ago(9), absent=210)
    came(case, ago(8), absent=THREE - EIGHT)  # did not come
    came(case, ago(7), employer=elsewhere)
    came(case, ago(6), employer=None)  # a class
    came(case, ago(75))  # before the first day

    told = lines(case)

    assert told["Oppmøte som er ført"] == "10,5\N{NO-BREAK SPACE}t på 2 dager"
    assert "Avtalte timer til sammen" in told
    assert "Dager uten føring" in note_of(facts_of_case(case, on=TODAY))[0]


def test_that_nobody_came_is_told_too(town: Town) -> None:
    case = followed_case(town, begun=70)
    came(case, ago(8), absent=THREE - EIGHT)

    assert lines(case)["Oppmøte som er ført"] == "0\N{NO-BREAK SPACE}t på 0 dager"
