"""Practice periods: the department's table and the shared sheet's groups of columns become one."""

from datetime import date
from typing import Any

import pytest

from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.records import Issue, Owner, Reading, TableKind
from tests.domain.deriving.rows import row, unclear

R, S = Owner.REFUGEE, Owner.OVERVIEW
SPRING = (date(2026, 1, 12), date(2026, 4, 10))
AUTUMN = (date(2026, 8, 17), date(2026, 11, 13))
VISIT, CONTRACT = date(2026, 2, 20), date(2026, 12, 1)
UNIT = "Solbakken barnehage"


def owned(days: tuple[date, date] = SPRING, kind: str = "municipal", **cells: Any) -> KnownRow:
    """A row of the department's table."""
    usual: dict[str, Any] = {
        "placement__kind": kind,
        "placement__unit": UNIT,
        "placement__first_day": days[0],
        "placement__last_day": days[1],
    }
    return row(R, TableKind.PLACEMENT, **(usual | cells))


def groups(*periods: dict[str, Any]) -> KnownRow:
    """A row of the shared sheet with a group of columns for each period."""
    return row(
        S,
        **{
            f"placements.{number}.{name}": content
            for number, period in enumerate(periods)
            for name, content in period.items()
        },
    )


def told(*rows: KnownRow) -> list[tuple[Any, ...]]:
    """Each period with what was joined into it."""
    return [
        (p.unit, p.first_day, p.last_day, p.evaluation_visit, p.has_contract)
        for p in derive(rows).placements
    ]


def test_the_shared_sheet_adds_a_visit_to_the_departments_period() -> None:
    group: dict[str, Any] = {
        "kind": "municipal",
        "unit": UNIT,
        "first_day": SPRING[0],
        "evaluation_visit": VISIT,
    }

    assert told(owned(), groups(group)) == [(UNIT, *SPRING, VISIT, False)]


# cells of the group, how they differ from the owner's row
SPELLINGS = [
    ({"unit": "Solbaken barnehage"}, "one letter"),
    ({"unit": "SOLBAKKEN  BARNEHAGE"}, "case and spaces"),
    ({"first_day": date(2026, 1, 14)}, "begun two days later"),
    ({"unit": None}, "no unit"),
]


@pytest.mark.parametrize(("cells", "_how"), SPELLINGS, ids=[how for _, how in SPELLINGS])
def test_two_spellings_of_one_period_are_one(cells: dict[str, Any], _how: str) -> None:
    usual = {"kind": "municipal", "unit": UNIT, "first_day": SPRING[0], "evaluation_visit": VISIT}
    group = {name: content for name, content in (usual | cells).items() if content}

    assert told(owned(), groups(group)) == [(UNIT, *SPRING, VISIT, False)]


def test_two_periods_at_one_unit_stay_two_each_with_its_visit() -> None:
    later = date(2026, 9, 30)
    first = {"kind": "municipal", "unit": UNIT, "first_day": SPRING[0], "evaluation_visit": VISIT}
    second = {"kind": "municipal", "unit": UNIT, "first_day": AUTUMN[0], "evaluation_visit": later}

    expected = [(UNIT, *SPRING, VISIT, False), (UNIT, *AUTUMN, later, False)]
    assert told(owned(SPRING), owned(AUTUMN), groups(first, second)) == expected
    assert told(owned(AUTUMN), owned(SPRING), groups(second, first)) == expected


def test_private_and_municipal_are_never_one() -> None:
    group: dict[str, Any] = {
        "kind": "private",
        "unit": UNIT,
        "first_day": SPRING[0],
        "last_day": SPRING[1],
    }

    assert len(told(owned(), groups(group))) == 2


def test_a_period_that_only_the_shared_sheet_knows_is_one_of_its_own() -> None:
    group: dict[str, Any] = {"kind": "private", "unit": "Sola Sveis AS", "first_day": AUTUMN[0]}

    assert told(owned(), groups(group)) == [
        (UNIT, *SPRING, None, False),
        ("Sola Sveis AS", AUTUMN[0], None, None, False),
    ]


def test_the_departments_days_go_before_the_shared_sheets() -> None:
    group: dict[str, Any] = {
        "kind": "municipal",
        "unit": UNIT,
        "first_day": date(2026, 1, 19),
        "last_day": SPRING[1],
    }

    assert told(groups(group), owned()) == [(UNIT, *SPRING, None, False)]


def test_the_same_row_twice_is_one_period() -> None:
    assert told(owned(), owned()) == [(UNIT, *SPRING, None, False)]


def test_a_private_period_has_no_area() -> None:
    (period,) = derive([owned(kind="private", placement__area="Kultur")]).placements

    assert period.area is None


def test_an_empty_group_is_no_period() -> None:
    assert told(groups({"kind": "municipal"})) == []


# What stands in the contract column, whether there is a contract, its day
CONTRACTS = [
    (CONTRACT, True, CONTRACT),
    (unclear("1. des", Issue.DATE_WITHOUT_YEAR), True, None),
    (unclear("desember", Issue.MONTH_ONLY), True, None),
    (unclear("uke 49", Issue.WEEK_ONLY), True, None),
    (unclear("?", Issue.UNCERTAIN), True, None),
    (unclear("31.11.2026", Issue.IMPOSSIBLE_DATE), True, None),
    # A note shows no contract.
    (unclear("snakket med leder", Issue.NOTE), False, None),
    (None, False, None),
]


@pytest.mark.parametrize(("content", "has", "day"), CONTRACTS)
def test_what_a_contract_cell_shows(
    content: Reading | date | None, has: bool, day: date | None
) -> None:
    group: dict[str, Any] = {"kind": "private", "unit": "Sola Sveis AS", "first_day": SPRING[0]}
    if content is not None:
        group["contract"] = content

    (period,) = derive([groups(group)]).placements

    assert (period.has_contract, period.contract) == (has, day)


def test_an_unclear_start_that_the_department_settles_is_a_note() -> None:
    group: dict[str, Any] = {
        "kind": "municipal",
        "unit": UNIT,
        "first_day": unclear("jan.", Issue.MONTH_ONLY),
        "last_day": SPRING[1],
    }

    alone, settled = derive([groups(group)]), derive([groups(group), owned()])

    assert [q.field for q in alone.questions] == ["placements.0.first_day"]
    assert settled.questions == ()
    assert [note.field for note in settled.notes] == ["placements.0.first_day"]


def test_reversed_days_of_a_period_give_no_hours() -> None:
    backwards = owned((SPRING[1], SPRING[0]), placement__hours_per_week=15.0)

    assert derive([backwards]).activities == ()
