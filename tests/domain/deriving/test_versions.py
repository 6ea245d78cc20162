"""Which file is a newer version of which, and what of the older one goes on holding."""

import doctest
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from innpass.domain.deriving import versions
from innpass.domain.deriving.state import KnownRow
from innpass.domain.deriving.versions import (
    FileRows,
    age_in_name,
    heirs,
    kept_from,
    replaced_by,
    stem,
)
from innpass.domain.sheets.records import Owner, TableKind
from tests.domain.deriving.rows import row

LEVELS = {"level__listening": "A2", "level__reading": "A2", "level__writing": "A1"}
CLASS = {"programme__class_name": "2B", "programme__track": 2, "teacher": "Siri Aasheim"}


def pupil(number: int, **cells: Any) -> KnownRow:
    return row(
        Owner.LEARNING,
        ids__visma_learning=str(number),
        name=f"Elev {number}",
        birth_date=date(1990, 1, number),
        **cells,
    )


def hours(number: int) -> KnownRow:
    return row(Owner.LEARNING, TableKind.ACTIVITY, ids__visma_learning=str(number))


def file(name: str, rows: Sequence[KnownRow], owner: Owner = Owner.LEARNING) -> FileRows:
    return FileRows(uuid4(), name, owner, rows)


def is_version(new: FileRows, old: FileRows) -> bool:
    return replaced_by(new, [old]) == [old]


def test_the_examples_hold() -> None:
    assert doctest.testmod(versions).failed == 0


# Names


@pytest.mark.parametrize(
    "name",
    [
        *("Elever.xlsx", "elever 2026-07.xlsx", "Elever juli 2026.xlsx", "elever_07.2026.xls"),
        *("Elever (2).xlsx", "elever - kopi.xlsx", "Elever_kopi.ods", "elever uke 26.csv"),
        *("2026-07-01 Elever ny versjon.xlsx", "elever.2026.07.xlsx", "ELEVER sept.xlsx"),
    ],
)
def test_dates_and_copies_are_no_part_of_a_name(name: str) -> None:
    assert stem(name) == "elever"


def test_what_is_no_date_is_part_of_a_name() -> None:
    assert stem("klasser.xlsx") != stem("nivå.xlsx")
    assert stem("Elever 2A.xlsx") != stem("Elever 2B.xlsx")
    assert stem("Marsvin.xlsx") == "marsvin"  # no month


@pytest.mark.parametrize(
    "names",
    [
        ["elever juni.xlsx", "elever juli.xlsx", "elever desember.xlsx"],
        ["elever.xlsx", "elever (2).xlsx", "elever (10).xlsx"],
        ["elever 2025-12.xlsx", "elever 2026-01.xlsx", "elever 2026-07-01.xlsx"],
        ["elever 31.12.2025.xlsx", "elever 01.01.2026.xlsx", "elever februar 2026.xlsx"],
        ["elever 2025 desember.xlsx", "elever 2026 januar.xlsx", "elever 20260201.xlsx"],
        ["elever uke 9.xlsx", "elever uke 26.xlsx"],
        ["elever a.xlsx", "elever b.xlsx"],
    ],
)
def test_versions_are_ordered_by_the_dates_and_numbers_in_their_names(names: list[str]) -> None:
    upside_down = names[::-1]

    assert sorted(upside_down, key=age_in_name) == names


# Which file is a version of which


def test_the_same_name_but_for_the_date_is_a_version_whatever_it_tells() -> None:
    june = file("elever juni.xlsx", [pupil(1, **CLASS), pupil(2, **CLASS)])
    july = file("elever juli.xlsx", [pupil(1, **LEVELS), pupil(3, **LEVELS), pupil(4, **LEVELS)])

    assert is_version(july, june)
    assert not is_version(july, file("elever juni.xlsx", [pupil(5)]))
    assert not is_version(july, file("elever juni.xlsx", june.rows, Owner.NAV))


def test_another_name_is_a_version_when_people_and_fields_are_the_same() -> None:
    june = file("juni.xlsx", [pupil(1, **CLASS), pupil(2, **CLASS)])

    assert is_version(file("uttrekk.xlsx", [pupil(1, **CLASS), pupil(3, **CLASS)]), june)
    assert is_version(file("uttrekk.xlsx", [pupil(1, **CLASS, remark="ny")]), june)
    many = [pupil(number, **CLASS) for number in (1, 3, 4)]
    assert not is_version(file("uttrekk.xlsx", many), file("x.xlsx", [*june.rows, pupil(9)]))


def test_lists_that_tell_of_different_things_both_hold() -> None:
    classes = file("klasser.xlsx", [pupil(1, **CLASS), pupil(2, **CLASS)])
    levels = file("nivå.xlsx", [pupil(1, **LEVELS), pupil(2, **LEVELS)])

    assert not is_version(levels, classes)
    assert not is_version(classes, levels)


def test_names_of_nothing_but_dates_are_no_names_in_common() -> None:
    assert not is_version(
        file("2026-07.xlsx", [pupil(1, **LEVELS)]), file("2026-06.xlsx", [pupil(1, **CLASS)])
    )


def test_groups_of_columns_that_repeat_count_as_one() -> None:
    once: Any = {"placements__0__unit": "Solsikken", "remark": "x"}
    again = {**once, "placements__1__unit": "Kiwi", "placements__2__unit": "Solsikken"}

    one = row(Owner.OVERVIEW, name="A", birth_date=date(1990, 1, 1), **once)
    other = row(Owner.OVERVIEW, name="A", birth_date=date(1990, 1, 1), **again)

    assert is_version(file("b.xlsx", [other]), file("a.xlsx", [one]))


# What goes on holding


def test_rows_of_people_who_left_are_gone() -> None:
    june = file("juni.xlsx", [pupil(1), pupil(2), hours(1), hours(2)])

    kept = kept_from(june, file("juli.xlsx", [pupil(1), hours(1)]))

    assert kept.gone == (june.rows[1], june.rows[3])
    assert kept.untouched == ()


def test_rows_of_a_kind_that_the_new_file_lacks_are_untouched() -> None:
    june = file("juni.xlsx", [pupil(1), pupil(2), hours(1), hours(2)])

    kept = kept_from(june, file("juli.xlsx", [pupil(1)]))

    assert kept.gone == (june.rows[1],)
    assert kept.untouched == (june.rows[2], june.rows[3])


# Where a row went


def test_a_row_went_to_the_row_with_its_name_and_birth_date_else_with_its_number() -> None:
    named = pupil(1)
    renumbered = row(
        Owner.LEARNING, ids__visma_learning="9", name="elev  1", birth_date=date(1990, 1, 1)
    )
    somebody_else = row(
        Owner.LEARNING, ids__visma_learning="1", name="En annen", birth_date=date(1980, 1, 1)
    )

    assert heirs([named], file("b", [renumbered, somebody_else])) == {named.key: [renumbered.key]}
    assert heirs([named], file("b", [somebody_else])) == {named.key: [somebody_else.key]}
    assert heirs([named], file("b", [pupil(2)])) == {named.key: []}


def test_only_rows_about_people_are_followed() -> None:
    hidden = row(Owner.LEARNING, hidden=True, ids__visma_learning="1")
    new = file("b", [pupil(1), hours(1)])

    assert heirs([hours(1), hidden], new) == {}
