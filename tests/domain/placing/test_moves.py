"""Every move from every state by every role, and every condition."""

from itertools import product
from pathlib import Path
from uuid import UUID

import pytest

from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor, Role
from innpass.domain.placing.agreement import Given, Goal, Ground, Party, VersionKind, Way
from innpass.domain.placing.document import document
from innpass.domain.placing.endings import REASONS
from innpass.domain.placing.moves import (
    OF_NAV,
    RULES,
    Condition,
    Move,
    Standing,
    refusal,
    refusals,
    roles_for,
)
from innpass.domain.placing.sentences import say, sentences
from innpass.domain.placing.states import CaseKind, Initiative, Outcome, State, Step

ROOT = Path(__file__).resolve().parents[3]
_ID = UUID(int=1)
SUPERVISOR = [Role.PRACTICE_SUPERVISOR]
BEFORE: set[State | None] = {
    State.PROPOSED,
    State.PRESENTED,
    State.INTERVIEW_PREPARED,
    State.FIRST_MEETING_HELD,
}
WRITERS = {Role.PRACTICE_SUPERVISOR, Role.PROGRAMME_ADVISER}
# Where the arrangement is Nav's.
THE_ADVISERS = (Move.CLOSE, Move.END, Move.CORRECT_END, Move.WITHDRAW)
# What holds where a move is asked about by itself.
READY: dict[Move, dict[str, object]] = {
    Move.EDIT_VERSION: {"has_open_version": True},
    Move.DISCARD_VERSION: {"has_open_version": True},
    Move.SIGN: {"has_open_version": True, "party": Party.PARTICIPANT},
    Move.CLOSE: {
        "has_open_version": True,
        "party": Party.SUPERVISOR,
        "signed": (Party.PARTICIPANT, Party.EMPLOYER),
        "has_expectations": True,
    },
    Move.LIFT: {"has_open_version": True, "signed": (Party.EMPLOYER,)},
    Move.CORRECT_END: {"has_ending": True},
}
# Written by hand, apart from the table: where each move may be made.
STATES: dict[Move, set[State | None]] = {
    Move.PROPOSE: {None},
    Move.PRESENT: BEFORE,
    Move.PREPARE_INTERVIEW: BEFORE,
    Move.HOLD_FIRST_MEETING: BEFORE,
    Move.SEE_DEMAND: BEFORE | {State.AGREED, State.RUNNING},
    Move.GIVE_EXPECTATIONS: BEFORE | {State.AGREED, State.RUNNING},
    **{
        move: set(State)
        for move in (
            *(Move.MAKE_VERSION, Move.EDIT_VERSION, Move.DISCARD_VERSION, Move.SIGN, Move.CLOSE),
            *(Move.LIFT, Move.END, Move.CORRECT_END, Move.WITHDRAW),
        )
    },
}


def standing(move: Move, state: State | None, kind: CaseKind) -> Standing:
    return Standing(state=state, kind=kind, **READY.get(move, {}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("move", "role"), list(product(Move, Role)))
def test_every_move_by_every_role_from_every_state(move: Move, role: Role) -> None:
    states = [None] if move is Move.PROPOSE else list(State)
    for state, kind in product(states, CaseKind):
        is_theirs = role in WRITERS
        of_nav = (CaseKind.WORK_TRAINING, CaseKind.SUMMER_JOB)
        if move in THE_ADVISERS and kind in of_nav:
            is_theirs = role is Role.PROGRAMME_ADVISER
        may = is_theirs and state in STATES[move]

        said = refusal(move, standing(move, state, kind), [role])

        assert bool(said) is not may, (state, kind, said)
        if not is_theirs:
            assert said.startswith("Du har ikke lov til å ")
            assert "programrådgiver" in said


@pytest.mark.parametrize(
    ("move", "condition", "broken"),
    [
        (Move.PRESENT, "trukket tilbake", {"is_withdrawn": True}),
        (Move.MAKE_VERSION, "er avsluttet", {"has_ending": True}),
        (Move.MAKE_VERSION, "venter på underskrift", {"has_open_version": True}),
        (Move.EDIT_VERSION, "Ingen versjon", {"has_open_version": False}),
        (Move.EDIT_VERSION, "låst", {"signed": (Party.EMPLOYER,)}),
        (Move.DISCARD_VERSION, "låst", {"signed": (Party.EMPLOYER,)}),
        (Move.SIGN, "allerede skrevet under", {"signed": (Party.PARTICIPANT,)}),
        (Move.SIGN, "bare ha én underskrift", {"party": Party.SECOND_EMPLOYER}),
        (Move.CLOSE, "Arbeidsgiveren må skrive under", {"signed": (Party.PARTICIPANT,)}),
        (Move.CLOSE, "andre underskriver må", {"has_second_signer": True}),
        (Move.CLOSE, "forventninger", {"has_expectations": False}),
        (Move.CLOSE, "krever politiattest", {"lacking_demands": ("politiattest",)}),
        (Move.LIFT, "åpen", {"signed": ()}),
        (Move.CORRECT_END, "ikke avsluttet ennå", {"has_ending": False}),
        (Move.WITHDRAW, "er avsluttet", {"has_ending": True}),
    ],
)
def test_every_condition_is_told_in_a_sentence(
    move: Move, condition: str, broken: dict[str, object]
) -> None:
    values = {"state": State.PROPOSED, **READY.get(move, {}), **broken}

    said = refusal(move, Standing(**values), SUPERVISOR)  # type: ignore[arg-type]

    assert condition in said
    assert said.endswith(".")
    assert "{" not in said


def test_a_step_is_taken_once() -> None:
    done = Standing(state=State.PRESENTED, steps=(Step.PRESENTED,))

    assert "allerede ført" in refusal(Move.PRESENT, done, SUPERVISOR)
    assert not refusal(Move.HOLD_FIRST_MEETING, done, SUPERVISOR)


def test_every_reason_is_told_not_the_first_alone() -> None:
    found = list(refusals(Move.CLOSE, Standing(state=State.PROPOSED), [Role.TEACHER]))

    assert len(found) == 4


def test_every_condition_is_asked_by_some_move() -> None:
    assert {each for rule in RULES.values() for each in rule.conditions} == set(Condition)
    assert set(RULES) == set(Move)


def test_whoever_may_make_a_move_may_write_what_it_writes() -> None:
    """The table of moves and the table of fields are two texts of one truth."""
    for move, kind in product(Move, CaseKind):
        for role in roles_for(move, kind):
            fields = ["agreement.state", "agreement.content", "agreement.signature"]
            fields += ["placement.unit", "placement.last_day"]
            if move in THE_ADVISERS and kind in OF_NAV:
                fields.append("activity.kind")
            somebody = Actor(_ID, "", _ID, "refugee", frozenset({role}))
            assert [name for name in fields if not may_write(somebody, name)] == []


def test_every_code_has_its_words() -> None:
    codes = [
        *(f"state.{each}" for each in State),
        *(f"step.{each}" for each in Step),
        *(f"kind.{each}" for each in CaseKind),
        *(f"outcome.{each}" for each in Outcome),
        *(f"initiative.{each}" for each in Initiative),
        *(f"reason.{each}" for reasons in REASONS.values() for each in reasons),
        *(f"version.{each}" for each in VersionKind),
        *(f"goal.{each}" for each in Goal),
        *(f"party.{each}" for each in Party),
        *(f"way.{each}" for each in Way),
        *(f"ground.{each}" for each in Ground),
        *(f"given.{each}" for each in Given),
        *(f"role.{each}" for each in Role),
        *(f"move.{each}" for each in Move),
    ]

    assert [code for code in codes if not say(code)] == []
    assert set(REASONS) == set(Outcome)
    assert not {each for each in sentences() if each.startswith("reason.")} - set(codes)


def test_the_reference_is_what_the_table_says() -> None:
    written = (ROOT / "docs" / "reference" / "placements.md").read_text(encoding="utf-8")

    assert written == document(), "run python -m innpass.domain.placing.document"
