"""Who may do what with a placement case, and when: one table, and one sentence for every no."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from innpass.domain.access.roles import Role
from innpass.domain.placing.agreement import Party, waits_for
from innpass.domain.placing.sentences import choice, say
from innpass.domain.placing.states import CaseKind, State, Step


class Move(StrEnum):
    """Something that is done with a case."""

    PROPOSE = "propose"
    PRESENT = "present"
    PREPARE_INTERVIEW = "prepare_interview"
    HOLD_FIRST_MEETING = "hold_first_meeting"
    SEE_DEMAND = "see_demand"
    GIVE_EXPECTATIONS = "give_expectations"
    MAKE_VERSION = "make_version"
    EDIT_VERSION = "edit_version"
    DISCARD_VERSION = "discard_version"
    SIGN = "sign"  # for the participant or the employer
    CLOSE = "close"  # the supervisor's signature, the last
    LIFT = "lift"
    END = "end"
    CORRECT_END = "correct_end"
    WITHDRAW = "withdraw"


STEP_OF: Mapping[Move, Step] = {
    Move.PRESENT: Step.PRESENTED,
    Move.PREPARE_INTERVIEW: Step.INTERVIEW_PREPARED,
    Move.HOLD_FIRST_MEETING: Step.FIRST_MEETING,
}
MOVE_OF: Mapping[Step, Move] = {step: move for move, step in STEP_OF.items()}
# These lay a measure of Nav into the weeks, which is not the supervisor's to write or to end.
OF_NAV = frozenset({CaseKind.WORK_TRAINING, CaseKind.SUMMER_JOB})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the conditions ask about.

    Attributes:
        state: ``None`` where there is no case yet.
        steps: what has been done on the way.
        has_open_version: a version waits for signatures; ``signed`` says whose it has.
        has_second_signer: two must sign it for the employer.
        party: who would sign; ``None`` of other moves.
        lacking_demands: what the place demands and nobody has seen, in words.
    """

    state: State | None = None
    kind: CaseKind = CaseKind.MUNICIPAL_PRACTICE
    steps: Collection[Step] = ()
    has_open_version: bool = False
    signed: Collection[Party] = ()
    has_second_signer: bool = False
    has_expectations: bool = False
    has_ending: bool = False
    is_withdrawn: bool = False
    party: Party | None = None
    lacking_demands: tuple[str, ...] = ()


class Condition(StrEnum):
    """What must hold besides the state; each has one sentence for when it does not."""

    NOT_WITHDRAWN = "not_withdrawn"
    NO_ENDING = "no_ending"
    HAS_ENDING = "has_ending"
    NO_OPEN_VERSION = "no_open_version"
    OPEN_VERSION = "open_version"
    UNSIGNED = "unsigned"
    SOMEBODY_SIGNED = "somebody_signed"
    PARTY_OF_AGREEMENT = "party_of_agreement"
    PARTY_UNSIGNED = "party_unsigned"
    OTHERS_SIGNED = "others_signed"
    EXPECTATIONS_GIVEN = "expectations_given"
    DEMANDS_SEEN = "demands_seen"


_HOLDS: Mapping[Condition, Callable[[Standing], bool]] = {
    Condition.NOT_WITHDRAWN: lambda s: not s.is_withdrawn,
    Condition.NO_ENDING: lambda s: not s.has_ending,
    Condition.HAS_ENDING: lambda s: s.has_ending,
    Condition.NO_OPEN_VERSION: lambda s: not s.has_open_version,
    Condition.OPEN_VERSION: lambda s: s.has_open_version,
    Condition.UNSIGNED: lambda s: not s.signed,
    Condition.SOMEBODY_SIGNED: lambda s: bool(s.signed),
    Condition.PARTY_OF_AGREEMENT: lambda s: (
        s.party is not Party.SECOND_EMPLOYER or s.has_second_signer
    ),
    Condition.PARTY_UNSIGNED: lambda s: s.party not in s.signed,
    Condition.OTHERS_SIGNED: lambda s: not _missing(s),
    Condition.EXPECTATIONS_GIVEN: lambda s: s.has_expectations,
    Condition.DEMANDS_SEEN: lambda s: not s.lacking_demands,
}


def _missing(standing: Standing) -> tuple[Party, ...]:
    """Return who must sign before the supervisor."""
    left = waits_for(standing.signed, has_second_signer=standing.has_second_signer)
    return tuple(each for each in left if each is not Party.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a move is permitted.

    Attributes:
        states: where a case may stand; empty for a move that makes one.
        conditions: in the order in which they are told.
        of_nav: who may instead where the arrangement is Nav's; ``None`` for the same.
    """

    states: frozenset[State]
    roles: tuple[Role, ...]
    conditions: tuple[Condition, ...] = ()
    of_nav: tuple[Role, ...] | None = None


_BOTH = (Role.PRACTICE_SUPERVISOR, Role.PROGRAMME_ADVISER)
_ADVISER = (Role.PROGRAMME_ADVISER,)
_C = Condition
_BEFORE = frozenset(
    {State.PROPOSED, State.PRESENTED, State.INTERVIEW_PREPARED, State.FIRST_MEETING_HELD}
)
_OPEN = _BEFORE | {State.AGREED, State.RUNNING}
_ANY = frozenset(State)

RULES: Mapping[Move, Rule] = {
    Move.PROPOSE: Rule(frozenset(), _BOTH),
    Move.PRESENT: Rule(_BEFORE, _BOTH, (_C.NOT_WITHDRAWN,)),
    Move.PREPARE_INTERVIEW: Rule(_BEFORE, _BOTH, (_C.NOT_WITHDRAWN,)),
    Move.HOLD_FIRST_MEETING: Rule(_BEFORE, _BOTH, (_C.NOT_WITHDRAWN,)),
    Move.SEE_DEMAND: Rule(_OPEN, _BOTH, (_C.NOT_WITHDRAWN,)),
    Move.GIVE_EXPECTATIONS: Rule(_OPEN, _BOTH, (_C.NOT_WITHDRAWN,)),
    # One whose last day has passed may still be extended, until somebody says how it ended.
    Move.MAKE_VERSION: Rule(_ANY, _BOTH, (_C.NOT_WITHDRAWN, _C.NO_ENDING, _C.NO_OPEN_VERSION)),
    Move.EDIT_VERSION: Rule(
        _ANY, _BOTH, (_C.NOT_WITHDRAWN, _C.NO_ENDING, _C.OPEN_VERSION, _C.UNSIGNED)
    ),
    Move.DISCARD_VERSION: Rule(_ANY, _BOTH, (_C.OPEN_VERSION, _C.UNSIGNED)),
    Move.SIGN: Rule(
        _ANY,
        _BOTH,
        (
            *(_C.NOT_WITHDRAWN, _C.NO_ENDING, _C.OPEN_VERSION),
            *(_C.PARTY_OF_AGREEMENT, _C.PARTY_UNSIGNED),
        ),
    ),
    Move.CLOSE: Rule(
        _ANY,
        _BOTH,
        (
            *(_C.NOT_WITHDRAWN, _C.NO_ENDING, _C.OPEN_VERSION, _C.PARTY_UNSIGNED),
            *(_C.OTHERS_SIGNED, _C.EXPECTATIONS_GIVEN, _C.DEMANDS_SEEN),
        ),
        of_nav=_ADVISER,
    ),
    Move.LIFT: Rule(_ANY, _BOTH, (_C.OPEN_VERSION, _C.SOMEBODY_SIGNED)),
    Move.END: Rule(_ANY, _BOTH, (_C.NOT_WITHDRAWN, _C.NO_ENDING), of_nav=_ADVISER),
    Move.CORRECT_END: Rule(_ANY, _BOTH, (_C.NOT_WITHDRAWN, _C.HAS_ENDING), of_nav=_ADVISER),
    Move.WITHDRAW: Rule(_ANY, _BOTH, (_C.NOT_WITHDRAWN, _C.NO_ENDING), of_nav=_ADVISER),
}


def roles_for(move: Move, kind: CaseKind) -> tuple[Role, ...]:
    """Return who may make a move in a case under an arrangement."""
    rule = RULES[move]
    return rule.of_nav if rule.of_nav is not None and kind in OF_NAV else rule.roles


def refusals(move: Move, standing: Standing, roles: Collection[Role]) -> Iterator[str]:
    """Yield why a move is not permitted, one sentence each; none where it is.

    Args:
        roles: of whoever would do it.
    """
    rule = RULES[move]
    phrase = say(f"move.{move}")
    could = roles_for(move, standing.kind)
    if not set(roles) & set(could):
        yield say("refusal.role", move=phrase, roles=choice(say(f"role.{role}") for role in could))
    if standing.state is not None and standing.state not in rule.states:
        names = choice(say(f"state.{state}") for state in State if state in rule.states)
        state = say(f"state.{standing.state}")
        yield say("refusal.state", move=phrase, state=state, states=names)
    step = STEP_OF.get(move)
    if step is not None and step in standing.steps:
        yield say("refusal.step_taken", step=say(f"step.{step}"))
    for condition in rule.conditions:
        if not _HOLDS[condition](standing):
            yield say(f"refusal.{condition}", **_values(standing))


def refusal(move: Move, standing: Standing, roles: Collection[Role]) -> str:
    """Return the first of ``refusals``; empty where the move is permitted.

    Example:
        >>> refusal(Move.LIFT, Standing(State.RUNNING), [Role.PRACTICE_SUPERVISOR])
        'Ingen versjon av avtalen venter på underskrift.'
    """
    return next(refusals(move, standing, roles), "")


def _values(standing: Standing) -> dict[str, str]:
    missing = [say(f"party.{each}") for each in _missing(standing)]
    return {
        "party": say(f"party.{standing.party}") if standing.party else "",
        "missing": _capitalised(choice(missing, last="og")),
        "demands": choice(standing.lacking_demands, last="og"),
    }


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
