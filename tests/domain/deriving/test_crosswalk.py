"""What is amiss in the crosswalk: each gap and double, and nothing where all is well."""

from collections.abc import Iterable
from typing import Any

from innpass.domain.deriving.crosswalk import LISTS, Task, TaskKind, body_of, tasks_of
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.records import Owner, TableKind
from tests.domain.deriving.rows import row

R, N, L, S = Owner.REFUGEE, Owner.NAV, Owner.LEARNING, Owner.OVERVIEW
ALL = {"ids.fnr", "ids.socio", "ids.visma_refugee", "ids.visma_learning"}
EVERYWHERE = [row(owner, name="Amina Haddad") for owner in LISTS]


def tasks(rows: Iterable[KnownRow], **more: Any) -> list[tuple[TaskKind, Owner]]:
    asked: dict[str, Any] = {"numbers": ALL, "present": set(LISTS), "has_ended": False, **more}
    return [(task.kind, task.system) for task in tasks_of(rows, **asked)]


def test_whoever_is_everywhere_with_every_number_has_no_task() -> None:
    assert tasks(EVERYWHERE) == []


def test_a_number_is_missing_in_whose_list_the_person_stands() -> None:
    assert tasks(EVERYWHERE, numbers=ALL - {"ids.visma_learning"}) == [(TaskKind.NUMBER_MISSING, L)]
    assert tasks(EVERYWHERE[:1] + EVERYWHERE[3:], numbers=ALL - {"ids.visma_learning"}) == []


def test_a_d_number_does_instead_of_a_birth_number() -> None:
    assert tasks(EVERYWHERE, numbers=ALL - {"ids.fnr"}) == [(TaskKind.IDENTITY_MISSING, R)]
    assert tasks(EVERYWHERE, numbers=ALL - {"ids.fnr"} | {"ids.dnr"}) == []


def test_everybody_is_expected_in_the_department_that_owns_the_cases() -> None:
    assert tasks([row(N, name="Amina Haddad")]) == [(TaskKind.NOT_IN_LIST, R)]


def test_who_has_ended_need_not_be_in_the_shared_sheet() -> None:
    assert tasks(EVERYWHERE[:3]) == [(TaskKind.NOT_IN_LIST, S)]
    assert tasks(EVERYWHERE[:3], has_ended=True) == []


def test_nobody_is_missed_at_the_centre_or_nav_unless_another_states_their_number() -> None:
    rows = [EVERYWHERE[0], row(S, name="Amina Haddad", ids__socio="91234")]

    assert tasks(rows) == [(TaskKind.NOT_IN_LIST, N)]
    assert tasks(rows, present={R, S}) == []


def test_two_rows_of_one_list_are_told_but_not_rows_of_two_files() -> None:
    other = row(L, name="Amina Haddad")
    levels = KnownRow("x", _in_file(other, "nivå.xlsx"))

    assert tasks([*EVERYWHERE, other]) == [(TaskKind.TWO_ROWS, L)]
    assert tasks([*EVERYWHERE, levels]) == []


def test_rows_that_are_gone_hidden_or_of_details_are_no_doubles() -> None:
    more = [
        row(R, name="Amina Haddad", gone=True),
        row(R, name="Amina Haddad", hidden=True),
        row(R, TableKind.LEAVE, name="Amina Haddad"),
        row(R, TableKind.LEAVE, name="Amina Haddad"),
    ]

    assert tasks([*EVERYWHERE, *more]) == []


def test_the_shared_sheet_is_the_refugee_departments_work() -> None:
    assert body_of(S) is R
    assert body_of(N) is N


def test_tasks_come_in_a_fixed_order() -> None:
    found = tasks_of(EVERYWHERE[:1], numbers=(), present=set(LISTS), has_ended=False)

    assert found == sorted(found)
    assert Task(TaskKind.IDENTITY_MISSING, R) in found


def _in_file(known: KnownRow, file: str) -> Any:
    row = known.row
    return type(row)(file, row.sheet, row.number, row.owner, row.kind, False, row.readings)
