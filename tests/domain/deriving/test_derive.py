"""One person's rows become one state: the owner's value first, nothing guessed, whatever order."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.owners import order_of
from innpass.domain.deriving.state import KnownRow, Unsettled
from innpass.domain.sheets.fields import FIELDS, PlacementKind
from innpass.domain.sheets.records import Issue, Owner, TableKind
from tests.domain.deriving.rows import row, unclear

R, N, L, S = Owner.REFUGEE, Owner.NAV, Owner.LEARNING, Owner.OVERVIEW
START, END = date(2025, 8, 11), date(2026, 8, 10)
PLACEMENT, ACTIVITY, LEAVE, TEST = (
    *(TableKind.PLACEMENT, TableKind.ACTIVITY),
    *(TableKind.LEAVE, TableKind.TEST),
)
IN_PROGRAMME: dict[str, Any] = {"programme__start": START, "programme__planned_end": END}


# Whose value holds

# field, owners that state a value, whose holds
OWNERS = [
    ("programme.start", [S, R], R),
    ("programme.start", [S, L], S),
    ("programme.class_name", [R, S, L], L),
    ("level.reading", [S, L], L),
    ("nav.handover", [R, S, N], N),
    ("nav.handover", [R, S], S),
    ("teacher", [S, L], L),
    ("remark", [N, S], S),
    ("birth_date", [N, L, R], R),
    ("ids.fnr", [N, L], L),
]


@pytest.mark.parametrize(("field", "stating", "holds"), OWNERS)
def test_the_owner_of_a_field_goes_first(field: str, stating: list[Owner], holds: Owner) -> None:
    cells = [row(owner, **{field.replace(".", "__"): f"of {owner}"}) for owner in stating]

    found = derive(cells)

    assert found.values[field].owner is holds
    assert found.value(field) == f"of {holds}"


def test_sources_that_differ_are_told_with_the_one_that_holds_first() -> None:
    found = derive([row(S, programme__start=START), row(R, programme__start=date(2025, 8, 18))])

    (differing,) = found.disagreements
    assert differing.field == "programme.start"
    assert [each.owner for each in differing.values] == [R, S]


def test_sources_that_agree_but_for_case_do_not_differ() -> None:
    found = derive([row(S, country="UKRAINA"), row(R, country="Ukraina")])

    assert found.disagreements == ()
    assert found.value("country") == "Ukraina"


def test_a_hidden_row_supplies_nothing() -> None:
    found = derive([row(S, hidden=True, name="Amina Haddad", country="Syria")])

    assert found.values == {}


def test_a_row_that_is_gone_gives_way_to_one_that_is_there() -> None:
    found = derive(
        [row(R, gone=True, country="Syria", name="A B", birth_date=START), row(R, country="Irak")]
    )

    assert found.value("country") == "Irak"
    assert found.value("birth_date") == START


def test_the_parts_of_a_name_come_from_one_row() -> None:
    found = derive(
        [
            row(L, name="Olexandr Kovalenko", given_name="Olexandr", family_name="Kovalenko"),
            row(R, given_name="Oleksandr", family_name="Kovalenko"),
        ]
    )

    assert [found.value(name) for name in ("name", "given_name", "family_name")] == [
        *("Oleksandr Kovalenko", "Oleksandr", "Kovalenko"),
    ]


def test_a_detail_row_says_who_but_not_what() -> None:
    found = derive([row(R, LEAVE, name="Amina Haddad", country="Syria")])

    assert found.value("name") == "Amina Haddad"
    assert found.value("country") is None


# A system's number counts from its own system


def test_a_systems_number_counts_from_its_own_export_alone_once_that_is_there() -> None:
    rows = [row(S, ids__socio="330042"), row(N, name="A B")]

    assert derive(rows, present=[N]).value("ids.socio") is None
    assert derive(rows, present=[R]).value("ids.socio") == "330042"


def test_a_town_with_the_shared_sheet_alone_has_its_numbers_and_periods() -> None:
    found = derive(
        [
            row(
                S,
                ids__visma_refugee="42401",
                **{
                    "placements.0.kind": PlacementKind.MUNICIPAL,
                    "placements.0.unit": "Solbakken barnehage",
                    "placements.0.first_day": date(2026, 1, 12),
                    "placements.0.last_day": date(2026, 4, 10),
                    "placements.0.hours_per_week": 15.0,
                },
            )
        ],
        present=[S],
    )

    assert found.value("ids.visma_refugee") == "42401"
    (period,) = found.placements
    assert (period.unit, period.hours_per_week) == ("Solbakken barnehage", 15.0)
    # No schedule: the period stands in for the hours.
    (hours,) = found.activities
    assert (hours.kind, hours.hours_per_week, hours.owner) == ("practice", 15.0, S)


def test_a_disputed_cell_supplies_nothing_and_asks_nothing_more() -> None:
    known = row(N, ids__fnr="04859000016", name="A B")

    found = derive([known], disputed=[(known.key, "ids.fnr")])

    assert found.value("ids.fnr") is None
    assert found.questions == ()


# Dates without a year


def test_a_date_without_a_year_is_the_one_day_it_can_be_in_the_programme() -> None:
    known = row(S, **IN_PROGRAMME, nav__handover=unclear("12. mars", Issue.DATE_WITHOUT_YEAR))

    found = derive([known])

    assert found.value("nav.handover") == date(2026, 3, 12)
    assert found.questions == ()
    assert [(note.field, note.code) for note in found.notes] == [
        ("nav.handover", "date_once_in_programme")
    ]


def test_a_date_without_a_year_that_may_be_two_days_is_asked_about() -> None:
    known = row(
        S,
        programme__start=START,
        programme__planned_end=date(2027, 8, 10),
        nav__handover=unclear("12. mars", Issue.DATE_WITHOUT_YEAR),
    )

    found = derive([known])

    assert found.value("nav.handover") is None
    (question,) = found.questions
    assert question.possible == (date(2026, 3, 12), date(2027, 3, 12))
    assert question.asks == (N,)


def test_a_date_without_a_year_is_not_settled_where_the_programme_is_unknown() -> None:
    found = derive([row(S, nav__handover=unclear("12. mars", Issue.DATE_WITHOUT_YEAR))])

    assert found.value("nav.handover") is None
    assert [question.kind for question in found.questions] == [Issue.DATE_WITHOUT_YEAR]


def test_a_birthday_without_a_year_is_never_in_the_programme() -> None:
    known = row(S, **IN_PROGRAMME, birth_date=unclear("12. mars", Issue.DATE_WITHOUT_YEAR))

    assert derive([known]).value("birth_date") is None


# Questions and notes

UNCLEAR = [
    Issue.MONTH_ONLY,
    Issue.WEEK_ONLY,
    Issue.UNCERTAIN,
    Issue.NOTE,
    Issue.IMPOSSIBLE_DATE,
    Issue.AMBIGUOUS_DATE,
]


@pytest.mark.parametrize("issue", UNCLEAR)
def test_a_cell_that_nobody_settles_is_a_question_and_never_a_guess(issue: Issue) -> None:
    known = row(S, **IN_PROGRAMME, nav__handover=unclear("avtales", issue, date(2026, 6, 1)))

    found = derive([known])

    assert found.value("nav.handover") is None
    (question,) = found.questions
    assert (question.key, question.field, question.cell) == (
        *(known.key, "nav.handover"),
        known.row.readings["nav.handover"].cell,
    )
    assert (question.kind, question.text) == (issue, "avtales")


@pytest.mark.parametrize("issue", UNCLEAR)
def test_what_another_source_settles_is_a_note_and_no_question(issue: Issue) -> None:
    sure = row(R, programme__start=START)

    found = derive([row(S, programme__start=unclear("august", issue)), sure])

    assert found.value("programme.start") == START
    assert found.questions == ()
    assert [(note.code, note.other_key) for note in found.notes] == [("settled_by", sure.key)]


@pytest.mark.parametrize("flag", ["hidden", "gone"])
def test_nobody_is_asked_about_a_row_that_is_hidden_or_gone(flag: str) -> None:
    found = derive([row(S, nav__handover=unclear("?", Issue.UNCERTAIN), **{flag: True})])

    assert found.questions == ()


def test_a_number_of_either_kind_settles_a_bad_identity_number() -> None:
    bad = row(S, ids__fnr=unclear("", Issue.BAD_IDENTITY_NUMBER))

    assert [q.kind for q in derive([bad]).questions] == [Issue.BAD_IDENTITY_NUMBER]
    assert derive([bad, row(R, ids__dnr="44859000190")]).questions == ()


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_an_order_of_all_owners(name: str) -> None:
    assert sorted(order_of(name)) == sorted(Owner)


# Hours, leave, tests


def hours(owner: Owner = R, **cells: Any) -> KnownRow:
    usual: dict[str, Any] = {
        "activity__kind": "practice",
        "activity__first_day": date(2026, 1, 12),
        "activity__last_day": date(2026, 4, 10),
        "activity__hours_per_week": 15.0,
    }
    return row(owner, ACTIVITY, **(usual | cells))


def test_the_hours_of_all_bodies_count_and_the_same_row_once() -> None:
    found = derive([hours(), hours(), hours(N, activity__kind="nav_measure"), hours(L)])

    assert sorted((a.owner, a.kind) for a in found.activities) == [
        *((L, "practice"), (N, "nav_measure"), (R, "practice")),
    ]


def test_periods_give_no_hours_where_the_department_keeps_a_schedule() -> None:
    place = row(
        R,
        PLACEMENT,
        placement__kind="municipal",
        placement__first_day=date(2026, 1, 12),
        placement__last_day=date(2026, 4, 10),
        placement__hours_per_week=20.0,
    )

    assert [a.hours_per_week for a in derive([place]).activities] == [20.0]
    assert [a.hours_per_week for a in derive([place, hours()]).activities] == [15.0]


# cells that differ, the field asked about, why
IMPOSSIBLE = [
    ({"activity__last_day": date(2025, 12, 1)}, "activity.last_day", Unsettled.REVERSED_DAYS),
    ({"activity__hours_per_week": 169.0}, "activity.hours_per_week", Unsettled.HOURS_OUT_OF_RANGE),
    ({"activity__hours_per_week": -1.0}, "activity.hours_per_week", Unsettled.HOURS_OUT_OF_RANGE),
]


@pytest.mark.parametrize(("cells", "field", "why"), IMPOSSIBLE)
def test_impossible_hours_are_asked_about_and_not_counted(
    cells: dict[str, Any], field: str, why: Unsettled
) -> None:
    found = derive([hours(**cells)])

    assert found.activities == ()
    assert [(q.field, q.kind, q.asks) for q in found.questions] == [(field, why, (R,))]


def test_reversed_leave_is_asked_about_and_not_counted() -> None:
    found = derive([row(R, LEAVE, leave__first_day=END, leave__last_day=START)])

    assert found.leave == ()
    assert [(q.field, q.kind) for q in found.questions] == [
        ("leave.last_day", Unsettled.REVERSED_DAYS)
    ]


def test_a_test_is_told_once_though_two_rows_tell_it() -> None:
    cells: dict[str, Any] = {
        "test__date": date(2026, 5, 5),
        "test__goal": "B1",
        "test__reached": True,
    }

    found = derive([row(L, TEST, **cells), row(L, TEST, **cells)])

    assert [(t.day, t.goal, t.reached) for t in found.tests] == [(date(2026, 5, 5), "B1", True)]


def test_being_at_the_learning_centre_is_told_by_its_own_list() -> None:
    assert derive([row(L, name="A B")]).at_learning_centre
    assert not derive([row(L, TEST, test__date=END), row(R, name="A B")]).at_learning_centre


# Whatever order the rows come in

_days = st.dates(date(2025, 6, 1), date(2026, 12, 31))
_clear = {
    "programme__start": _days,
    "programme__planned_end": _days,
    "nav__handover": _days,
    "country": st.sampled_from(["Syria", "Ukraina"]),
    "ids__socio": st.sampled_from(["1", "2"]),
    "name": st.sampled_from(["Amina Haddad", "Amina Hadad"]),
}
_cells = {
    name: values | st.just(unclear("12. mars", Issue.DATE_WITHOUT_YEAR))
    if name in ("programme__start", "nav__handover")
    else values
    for name, values in _clear.items()
}
_places = {
    "placement__kind": st.sampled_from(PlacementKind),
    "placement__unit": st.sampled_from(["Solbakken", "Solbakkn", "Brannstasjonen"]),
    "placement__first_day": _days,
    "placement__last_day": _days,
    "placement__hours_per_week": st.sampled_from([7.5, 15.0]),
}
_groups = {
    f"placements.{n}.{name.partition('__')[2]}": values
    for n in (0, 1)
    for name, values in _places.items()
}


def _rows_of(owner: Owner, kind: TableKind, cells: dict[str, Any]) -> Any:
    made = st.fixed_dictionaries({}, optional=cells)
    flags = st.sampled_from([{}, {"hidden": True}, {"gone": True}])
    return st.builds(lambda filled, flag: (owner, kind, filled, flag), made, flags)


_any_row = st.one_of(
    *(_rows_of(owner, TableKind.PERSON, _cells) for owner in (R, N, L)),
    _rows_of(S, TableKind.PERSON, _cells | _groups),
    _rows_of(R, TableKind.PLACEMENT, _places),
    _rows_of(
        R,
        TableKind.LEAVE,
        {"leave__first_day": _days, "leave__last_day": _days, "leave__reason": st.just("x")},
    ),
)


@given(
    st.lists(_any_row, max_size=7),
    st.randoms(use_true_random=False),
    st.sets(st.sampled_from(Owner)),
)
def test_the_order_of_the_rows_does_not_matter(
    made: list[Any], random: Any, present: set[Owner]
) -> None:
    rows = [
        row(owner, kind, number=at, **cells, **flag)
        for at, (owner, kind, cells, flag) in enumerate(made, start=2)
    ]
    shuffled = random.sample(rows, len(rows))

    one, other = derive(rows, present=present), derive(shuffled, present=present)

    assert one.values == other.values
    assert one.placements == other.placements
    assert one.activities == other.activities
    assert one.leave == other.leave
    assert sorted(one.questions, key=str) == sorted(other.questions, key=str)
    assert sorted(one.notes, key=str) == sorted(other.notes, key=str)
    # Who says what holds is the same, whatever else was said.
    assert all(value.owner in Owner for value in one.values.values())


def test_two_names_differ_also_where_one_stands_in_two_cells() -> None:
    whole = row(L, name="Bohdan Kovalenko")
    parted = row(R, given_name="Petro", family_name="Savchenko")

    found = derive([whole, parted])

    (differing,) = found.disagreements
    assert differing.field == "name"
    assert [each.value for each in differing.values] == ["Petro Savchenko", "Bohdan Kovalenko"]
    assert found.value("name") == "Petro Savchenko"


def test_leave_absence_and_decisions_are_told_once_and_in_order() -> None:
    first, last = date(2026, 3, 2), date(2026, 3, 6)
    absence = {"absence__first_day": first, "absence__last_day": last}
    decision = {"decision__kind": "extension", "decision__first_day": first}

    found = derive(
        [
            row(R, LEAVE, leave__first_day=first, leave__last_day=last, leave__kind="holiday"),
            row(R, TableKind.ABSENCE, **absence, absence__kind="self_declared"),
            row(L, TableKind.ABSENCE, **absence),
            row(R, TableKind.DECISION, **decision, decision__day=last),
            row(R, TableKind.DECISION, **decision, decision__day=first),
            row(R, TableKind.DECISION, decision__day=last, decision__reason="nothing decided"),
        ]
    )

    assert [(p.first_day, p.kind) for p in found.leave] == [(first, "holiday")]
    assert [(a.first_day, a.last_day) for a in found.absences] == [(first, last)]
    assert [(d.kind, d.day) for d in found.decisions] == [("extension", first), ("extension", last)]


@pytest.mark.parametrize("kind", [TableKind.LEAVE, TableKind.ABSENCE, TableKind.DECISION])
def test_days_the_wrong_way_round_are_asked_about(kind: TableKind) -> None:
    days = {f"{kind}__first_day": date(2026, 3, 6), f"{kind}__last_day": date(2026, 3, 2)}
    more = {"decision__kind": "leave"} if kind is TableKind.DECISION else {}

    found = derive([row(R, kind, **days, **more)])

    assert [(q.field, q.kind) for q in found.questions] == [
        (f"{kind}.last_day", Unsettled.REVERSED_DAYS)
    ]
    assert (found.leave, found.absences, found.decisions) == ((), (), ())
