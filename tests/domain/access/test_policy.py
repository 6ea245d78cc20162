"""Who may see whom and do what, and what the refusal says."""

from uuid import UUID

import pytest

from innpass.domain.access import policy
from innpass.domain.access.fields import FIELDS, UnknownField
from innpass.domain.access.policy import Act, MayNot
from innpass.domain.access.roles import Actor, Role
from tests.domain.access.eyes import OPERATOR, USER, eyes

ADVISER = eyes(Role.PROGRAMME_ADVISER, "refugee")
SUPERVISOR = eyes(Role.PRACTICE_SUPERVISOR, "refugee")
TEACHER = eyes(Role.TEACHER, "learning")
NAV = eyes(Role.NAV_ADVISER, "nav")
COORDINATOR = eyes(Role.COORDINATOR, "refugee")
LEADER = eyes(Role.LEADER, "refugee")
ADMINISTRATOR = eyes(Role.ADMINISTRATOR, "refugee")
NOBODY = eyes(None, None)
ALL = [ADVISER, SUPERVISOR, TEACHER, NAV, COORDINATOR, LEADER, ADMINISTRATOR]
SOMEBODY_ELSE = UUID(int=99)


# actor, protected, named staff, may see
PERSONS = [
    # The staff of the three bodies see every participant.
    *[(actor, False, (), True) for actor in ALL],
    # Somebody who works nowhere sees nobody.
    (NOBODY, False, (), False),
    # A protected person: only those who are named, whatever their role.
    *[(actor, True, (SOMEBODY_ELSE,), False) for actor in ALL],
    *[(actor, True, (USER,), True) for actor in ALL],
    # The command line sees all; each run is an audit event.
    (OPERATOR, True, (), True),
]


@pytest.mark.parametrize(("actor", "is_protected", "named", "expected"), PERSONS)
def test_who_sees_a_person(
    actor: Actor, is_protected: bool, named: tuple[UUID, ...], expected: bool
) -> None:
    seen = policy.may_see_person(actor, is_protected=is_protected, named_staff=named)

    assert seen is expected


def test_the_refusal_of_a_protected_person_does_not_tell_that_there_is_one() -> None:
    with pytest.raises(MayNot) as refusal:
        policy.check_may_see_person(LEADER, is_protected=True, named_staff=())

    assert str(refusal.value) == "Vi fant ingen deltaker her som du kan se."


def test_the_operator_reads_every_field() -> None:
    assert policy.readable(OPERATOR) == frozenset(FIELDS)


def test_two_roles_read_what_either_reads() -> None:
    both = Actor(USER, "Ola", UUID(int=1), "refugee", frozenset({Role.TEACHER, Role.COORDINATOR}))

    assert policy.readable(both) >= policy.readable(COORDINATOR)
    assert policy.may_read(both, "level.reading")


def test_reading_is_kept_per_role_and_body() -> None:
    assert policy.readable(ADVISER) is policy.readable(eyes(Role.PROGRAMME_ADVISER, "refugee"))


def test_the_refusal_of_a_field_says_which_role_could() -> None:
    with pytest.raises(MayNot) as refusal:
        policy.check_may_read(TEACHER, "leave.reason")

    assert str(refusal.value) == (
        "Du har ikke lov til å se årsak til permisjon. "
        "Det kan programrådgiver eller leder (flyktningtjenesten)."
    )


def test_an_undeclared_field_raises_for_the_operator_too() -> None:
    with pytest.raises(UnknownField):
        policy.may_read(OPERATOR, "shoe_size")


# actor, field, may write
WRITING = [
    # The owner of a field writes it.
    (SUPERVISOR, "placement.unit", True),
    (TEACHER, "level.reading", True),
    (NAV, "identifier.socio", True),
    # A leader acts little.
    (LEADER, "placement.unit", False),
    # Reading is not writing.
    (TEACHER, "placement.unit", False),
    # Nobody writes what is computed, the operator neither.
    (ADVISER, "status.verdict", False),
    (OPERATOR, "status.verdict", False),
    (OPERATOR, "placement.unit", True),
]


@pytest.mark.parametrize(("actor", "name", "expected"), WRITING)
def test_who_writes_a_field(actor: Actor, name: str, expected: bool) -> None:
    assert policy.may_write(actor, name) is expected


def test_the_refusal_to_write_what_is_computed_names_no_role() -> None:
    with pytest.raises(MayNot, match="Det kan ingen rolle"):
        policy.check_may_write(ADVISER, "status.verdict")


# actor, kind, may unmask
REVEALING = [
    (ADVISER, "fnr", True),
    (ADVISER, "duf", True),
    (NAV, "dnr", True),
    # Nav does not read DUF at all.
    (NAV, "duf", False),
    # Reads it masked.
    (SUPERVISOR, "fnr", False),
    (LEADER, "fnr", False),
    # System numbers are not masked, so there is nothing to unmask.
    (ADVISER, "socio", False),
    (OPERATOR, "socio", False),
    (OPERATOR, "fnr", True),
]


@pytest.mark.parametrize(("actor", "kind", "expected"), REVEALING)
def test_who_unmasks_a_number(actor: Actor, kind: str, expected: bool) -> None:
    assert policy.may_reveal_identifier(actor, kind) is expected


# act, who may
ACTS = {
    # A file is full of cases: those who work with cases.
    Act.IMPORT: [ADVISER, SUPERVISOR, TEACHER, NAV],
    Act.APPLY_IMPORT: [ADVISER, SUPERVISOR, TEACHER, NAV],
    Act.ANSWER_QUESTION: [ADVISER, SUPERVISOR, TEACHER, NAV],
    Act.SEE_QUESTIONS: [ADVISER, SUPERVISOR, TEACHER, NAV, LEADER],
    # The body that owns the case.
    Act.UNDO_LINK: [ADVISER, SUPERVISOR],
    # Those who learn of an address that must be protected.
    Act.SET_PROTECTION: [ADVISER, NAV, LEADER],
    Act.LIFT_PROTECTION: [ADVISER, NAV, LEADER],
    # Cut by the field table.
    Act.EXPORT: [ADVISER, SUPERVISOR, TEACHER, NAV, COORDINATOR, LEADER],
    Act.SEE_RESULTS: [ADVISER, SUPERVISOR, TEACHER, NAV, COORDINATOR, LEADER],
    # The leader is shown who reads; the administrator follows up misuse of accounts.
    Act.SEE_ACCESS_LOG: [LEADER, ADMINISTRATOR],
    Act.MANAGE_USERS: [ADMINISTRATOR],
    # How long a sealed file is kept, without opening it: housekeeping, not casework.
    Act.REVIEW_FILES: [ADMINISTRATOR],
    Act.CHANGE_SETTINGS: [ADMINISTRATOR],
    # The municipality tells the national register (§ 43), Nav does not.
    Act.SEE_REGISTRATION: [ADVISER, SUPERVISOR, TEACHER, LEADER],
    Act.REGISTER: [ADVISER, SUPERVISOR, TEACHER],
    # Those who answer for the cases.
    Act.INSPECT: [LEADER],
    Act.EDIT_COURSE_MODELS: [TEACHER, ADMINISTRATOR],
    # Classes and rooms are the learning centre's, the work-life course the refugee department's.
    Act.KEEP_GROUPS: [ADVISER, TEACHER],
    Act.KEEP_WORKPLACES: [ADVISER, SUPERVISOR],
    # The map is about nobody; the coordinator keeps the register of employers.
    Act.SEE_EMPLOYERS: [ADVISER, SUPERVISOR, TEACHER, NAV, COORDINATOR, LEADER],
    Act.KEEP_EMPLOYERS: [ADVISER, SUPERVISOR, COORDINATOR],
    # Asking employers and meeting them is about employers. All who meet them know of the meetings.
    Act.KEEP_OUTREACH: [ADVISER, SUPERVISOR, COORDINATOR],
    Act.SEE_CAMPAIGNS: [ADVISER, SUPERVISOR, COORDINATOR, LEADER],
    Act.SEE_MEETINGS: [ADVISER, SUPERVISOR, TEACHER, NAV, COORDINATOR, LEADER],
    Act.NOTE_DIALOGUE: [ADVISER, SUPERVISOR, NAV, COORDINATOR],
    Act.SEE_DIALOGUE: [ADVISER, SUPERVISOR, NAV, COORDINATOR, LEADER],
    Act.KEEP_RHYTHM: [SUPERVISOR, COORDINATOR],
    Act.KEEP_TERMS: [COORDINATOR, ADMINISTRATOR],
}


@pytest.mark.parametrize("act", Act)
def test_who_may_act(act: Act) -> None:
    allowed = [actor for actor in ALL if policy.may(actor, act)]

    assert {next(iter(a.roles)) for a in allowed} == {next(iter(a.roles)) for a in ACTS[act]}
    assert policy.may(OPERATOR, act)
    assert not policy.may(NOBODY, act)


TWINS = [
    (policy.may_import, policy.check_may_import, Act.IMPORT),
    (policy.may_apply_import, policy.check_may_apply_import, Act.APPLY_IMPORT),
    (policy.may_set_protection, policy.check_may_set_protection, Act.SET_PROTECTION),
    (policy.may_see_questions, policy.check_may_see_questions, Act.SEE_QUESTIONS),
    (policy.may_undo_link, policy.check_may_undo_link, Act.UNDO_LINK),
    (policy.may_export, policy.check_may_export, Act.EXPORT),
    (policy.may_see_results, policy.check_may_see_results, Act.SEE_RESULTS),
    (policy.may_see_access_log, policy.check_may_see_access_log, Act.SEE_ACCESS_LOG),
    (policy.may_manage_users, policy.check_may_manage_users, Act.MANAGE_USERS),
]


@pytest.mark.parametrize(("may", "check", "act"), TWINS)
@pytest.mark.parametrize("actor", [*ALL, NOBODY, OPERATOR])
def test_a_check_refuses_where_its_twin_says_no(may, check, act: Act, actor: Actor) -> None:
    assert may(actor) is policy.may(actor, act)
    if may(actor):
        check(actor)
    else:
        with pytest.raises(MayNot, match=r"Du har ikke lov til å .+\. Det kan .+\."):
            check(actor)


# actor, owners of the files, may apply
APPLYING = [
    # The refugee department owns the cases and the shared sheet.
    (ADVISER, ["refugee", "nav", "learning", "overview"], True),
    # The others apply their own.
    (NAV, ["nav"], True),
    (NAV, ["nav", "overview"], False),
    (TEACHER, ["learning"], True),
    (TEACHER, ["nav"], False),
    (LEADER, ["refugee"], False),
    (OPERATOR, ["overview"], True),
]


@pytest.mark.parametrize(("actor", "owners", "expected"), APPLYING)
def test_who_applies_whose_file(actor: Actor, owners: list[str], expected: bool) -> None:
    assert policy.may_apply_import(actor, owners=owners) is expected


def test_the_refusal_of_another_bodys_file_says_who_could() -> None:
    with pytest.raises(MayNot, match="flyktningtjenesten"):
        policy.check_may_apply_import(NAV, owners=["overview"])


# actor, who should answer, may answer
ANSWERING = [
    (ADVISER, "refugee", True),
    (SUPERVISOR, "overview", True),
    (ADVISER, "nav", False),
    (NAV, "nav", True),
    (NAV, "overview", False),
    (TEACHER, "learning", True),
    (LEADER, "refugee", False),
    (OPERATOR, "nav", True),
]


@pytest.mark.parametrize(("actor", "owner", "expected"), ANSWERING)
def test_who_answers_a_question(actor: Actor, owner: str, expected: bool) -> None:
    assert policy.may_answer_question(actor, owner=owner) is expected
    if not expected:
        with pytest.raises(MayNot):
            policy.check_may_answer_question(actor, owner=owner)


def test_the_refusal_of_another_bodys_question_names_the_body() -> None:
    with pytest.raises(MayNot, match="flyktningtjenesten"):
        policy.check_may_answer_question(NAV, owner="overview")


def test_only_named_staff_lift_a_protection_mark() -> None:
    assert policy.may_lift_protection(LEADER, named_staff=[USER])
    assert not policy.may_lift_protection(LEADER, named_staff=[SOMEBODY_ELSE])
    # Named, but the role does not lift.
    assert not policy.may_lift_protection(TEACHER, named_staff=[USER])
    with pytest.raises(MayNot, match="oppheve adressesperren"):
        policy.check_may_lift_protection(TEACHER, named_staff=[USER])
