"""The field table: complete, resolved for every role, and cut where need to know ends."""

import pytest

from innpass.domain.access.fields import (
    BODY_NAMES,
    FIELDS,
    MASKED,
    ROLE_PURPOSES,
    Holder,
    UnknownField,
    access_name,
    field,
    holders,
)
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Role
from innpass.domain.sheets.fields import FIELDS as SHEET_FIELDS
from innpass.domain.sheets.fields import numbered
from tests.domain.access.eyes import eyes

BODIES_OF = {
    Role.PRACTICE_SUPERVISOR: ["refugee"],
    Role.PROGRAMME_ADVISER: ["refugee"],
    Role.TEACHER: ["learning"],
    Role.NAV_ADVISER: ["nav"],
    Role.COORDINATOR: ["refugee"],
    Role.LEADER: list(BODY_NAMES),
    Role.ADMINISTRATOR: ["refugee"],
}


def test_every_field_that_a_sheet_carries_is_declared() -> None:
    undeclared = [name for name in SHEET_FIELDS if access_name(name) not in FIELDS]

    assert undeclared == []


def test_a_numbered_column_group_falls_under_the_placements_row() -> None:
    assert access_name(numbered("placement.unit", 3)) == "placement.unit"


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("role", Role)
def test_every_role_resolves_for_every_field(role: Role, name: str) -> None:
    for body in BODIES_OF[role]:
        assert may_read(eyes(role, body), name) in {True, False}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_read_by_somebody(name: str) -> None:
    assert FIELDS[name].readers


@pytest.mark.parametrize("name", FIELDS)
def test_whoever_writes_or_unmasks_a_field_also_reads_it(name: str) -> None:
    row = FIELDS[name]

    for one in row.writers + row.revealers:
        assert one in row.readers or Holder(one.role) in row.readers


@pytest.mark.parametrize("name", FIELDS)
def test_only_identity_numbers_are_masked(name: str) -> None:
    assert (name in MASKED) == (name in {"identifier.fnr", "identifier.dnr", "identifier.duf"})


def test_every_role_says_what_it_is_for() -> None:
    assert set(ROLE_PURPOSES) == set(Role)


def test_an_undeclared_field_is_an_error_and_not_a_no() -> None:
    with pytest.raises(UnknownField, match="shoe_size"):
        field("shoe_size")


def test_a_misspelt_body_is_found() -> None:
    with pytest.raises(ValueError, match="leader/navv"):
        holders(["leader/navv"], {})


def test_a_circle_within_a_circle_is_resolved_once() -> None:
    found = holders(["outer", "teacher"], {"outer": ["inner"], "inner": ["teacher", "leader/nav"]})

    assert found == (Holder(Role.TEACHER), Holder(Role.LEADER, "nav"))


# role, body, field, may read; the comment says why
CUTS = [
    # Teaching needs neither numbers of other systems, nor the ground, nor why somebody is away.
    (Role.TEACHER, "learning", "identifier.visma_learning", True),
    (Role.TEACHER, "learning", "identifier.fnr", False),
    (Role.TEACHER, "learning", "identifier.duf", False),
    (Role.TEACHER, "learning", "identifier.socio", False),
    (Role.TEACHER, "learning", "identifier.visma_refugee", False),
    (Role.TEACHER, "learning", "programme.protection", False),
    (Role.TEACHER, "learning", "leave.first_day", True),
    (Role.TEACHER, "learning", "leave.reason", False),
    (Role.TEACHER, "learning", "remark", False),
    # The explanation quotes the text that binds, and so gives the ground away.
    (Role.TEACHER, "learning", "status.explanation", False),
    (Role.TEACHER, "learning", "status.verdict", True),
    # Teachers visit the workplace.
    (Role.TEACHER, "learning", "placement.unit", True),
    # DUF is the immigration authorities'; leave is the municipality's decision.
    (Role.NAV_ADVISER, "nav", "identifier.fnr", True),
    (Role.NAV_ADVISER, "nav", "identifier.duf", False),
    (Role.NAV_ADVISER, "nav", "leave.reason", False),
    (Role.NAV_ADVISER, "nav", "remark", True),
    # The adviser decides on leave.
    (Role.PROGRAMME_ADVISER, "refugee", "leave.reason", True),
    (Role.PRACTICE_SUPERVISOR, "refugee", "leave.reason", False),
    (Role.PRACTICE_SUPERVISOR, "refugee", "placement.evaluation_visit", True),
    # Figures and employers, no case notes.
    (Role.COORDINATOR, "refugee", "placement.contract", True),
    (Role.COORDINATOR, "refugee", "test.reached", True),
    (Role.COORDINATOR, "refugee", "next_step", False),
    (Role.COORDINATOR, "refugee", "remark", False),
    (Role.COORDINATOR, "refugee", "leave.first_day", False),
    (Role.COORDINATOR, "refugee", "birth_date", False),
    (Role.COORDINATOR, "refugee", "identifier.fnr", False),
    # Users and settings: names alone.
    (Role.ADMINISTRATOR, "refugee", "name", True),
    (Role.ADMINISTRATOR, "refugee", "programme.start", False),
    (Role.ADMINISTRATOR, "refugee", "status.verdict", False),
    # A leader reads what the own body needs.
    (Role.LEADER, "refugee", "leave.reason", True),
    (Role.LEADER, "nav", "leave.reason", False),
    (Role.LEADER, "nav", "programme.protection", True),
    (Role.LEADER, "learning", "programme.protection", False),
    (Role.LEADER, "learning", "read_log", True),
]


@pytest.mark.parametrize(("role", "body", "name", "expected"), CUTS)
def test_a_role_reads_what_it_needs(role: Role, body: str, name: str, expected: bool) -> None:
    assert may_read(eyes(role, body), name) is expected


def test_an_administrator_reads_names_and_the_log_alone() -> None:
    administrator = eyes(Role.ADMINISTRATOR, "refugee")

    seen = {name for name in FIELDS if may_read(administrator, name)}

    assert seen == {"name", "family_name", "given_name", "read_log"}
