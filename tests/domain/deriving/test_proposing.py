"""What is proposed where sources disagree: the owner first, then what is newest, else nothing."""

from datetime import UTC, datetime

import pytest

from innpass.domain.deriving.proposing import (
    RULES,
    Said,
    only_source,
    proposal_sentence,
    propose,
)
from innpass.domain.sheets.records import Owner

R, N, L, S = Owner.REFUGEE, Owner.NAV, Owner.LEARNING, Owner.OVERVIEW
OLD, NEW = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
CLASS = "programme.class_name"  # the learning centre's


def by_hand(value: str, at: datetime) -> Said:
    return Said(Owner.HAND, value, at, is_by_hand=True)


# what the sources say, the rule that is heard, what is proposed
CASES = [
    ([Said(L, "2B", NEW), Said(S, "2A", OLD)], "owner_said_last", "2B"),
    ([Said(L, "2B", NEW), Said(S, "2A", NEW)], "owner_said", "2B"),
    ([Said(L, "2B", OLD), Said(S, "2A", NEW)], "owner_said_before", "2B"),
    ([Said(L, "2B", OLD), Said(L, "2C", NEW), Said(S, "2A", OLD)], "owner_said_last", "2C"),
    ([Said(R, "2B", OLD), Said(S, "2A", NEW)], "said_last", "2A"),
    ([Said(L, "2B", OLD), Said(L, "2C", NEW)], "one_said_last", "2C"),
    ([Said(N, "2B", OLD), Said(N, "2C", NEW)], "one_said_last", "2C"),
    ([by_hand("2D", NEW), Said(L, "2B", OLD)], "entered_last", "2D"),
    ([by_hand("2D", OLD), Said(L, "2B", NEW)], "owner_said_last", "2B"),
    ([by_hand("2D", OLD), Said(S, "2A", NEW)], "said_last", "2A"),
]


@pytest.mark.parametrize(("said", "code", "value"), CASES)
def test_the_first_rule_that_can_tell_is_heard(said: list[Said], code: str, value: str) -> None:
    found = propose(CLASS, said)

    assert found is not None
    assert (found.code, found.said.value) == (code, value)
    assert propose(CLASS, said[::-1]) == found


@pytest.mark.parametrize(
    "said",
    [
        [Said(R, "2B", NEW), Said(S, "2A", NEW)],  # as new, and none owns it
        [Said(L, "2B", NEW), Said(L, "2A", NEW)],  # the owner says two things at once
    ],
)
def test_nothing_is_proposed_where_no_rule_can_tell(said: list[Said]) -> None:
    assert propose(CLASS, said) is None


def test_two_who_say_the_same_at_once_are_no_trouble() -> None:
    found = propose(CLASS, [Said(L, "2B", NEW), Said(L, "2b", NEW), Said(S, "2A", NEW)])

    assert found is not None
    assert found.said.value == "2B"


def test_every_rule_has_its_sentence() -> None:
    for code in RULES:
        found = next(p for said, c, _ in CASES if c == code and (p := propose(CLASS, said)))
        text = proposal_sentence(found, field="klasse", owner="læringssenteret", source="Nav")
        assert "{" not in text
        assert text.endswith(".")
    assert proposal_sentence(None, field="klasse", owner="x", source="").startswith("Kildene")


def test_a_body_that_says_two_things_is_not_told_to_ask_others() -> None:
    said = [Said(L, "2B", NEW), Said(L, "2A", NEW)]

    assert only_source(said) is L
    assert only_source([*said, Said(N, "2A", NEW)]) is None
    assert only_source([*said, by_hand("2A", NEW)]) is None
    text = proposal_sentence(
        propose(CLASS, said), field="klasse", owner="Læringssenteret", source="", only="Nav"
    )
    assert text.startswith("Alle verdiene står hos Nav, og er like nye.")


def test_the_sentence_names_the_owner() -> None:
    found = propose(CLASS, CASES[0][0])

    assert (
        proposal_sentence(found, field="klasse", owner="læringssenteret", source="")
        == "Læringssenteret eier opplysningen, og det de sier, er nyest."
    )
