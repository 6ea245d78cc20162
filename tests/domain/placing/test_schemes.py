"""Schemes around a placement: who says what after what, how long, and what goes with what."""

from datetime import date
from itertools import product

import pytest

from innpass.domain.access.roles import Role
from innpass.domain.law.scheme_limits import scheme_numbers
from innpass.domain.placing.schemes import (
    MOVES,
    Around,
    Asked,
    Bounds,
    SchemeKind,
    SchemeState,
    next_states,
    refusals,
    refusals_of_move,
    scheme_name,
    state_name,
    told,
    warnings,
)
from innpass.domain.placing.states import CaseKind

ON = date(2026, 6, 30)
NAV, SUPERVISOR, TEACHER = Role.NAV_ADVISER, Role.PRACTICE_SUPERVISOR, Role.TEACHER
APPLIED, GRANTED = SchemeState.APPLIED, SchemeState.GRANTED
HIRED = Around(CaseKind.MUNICIPAL_PRACTICE, date(2026, 1, 5), date(2026, 6, 30))
AFTER = (date(2026, 7, 1), date(2026, 12, 31))


def against(
    kind: SchemeKind,
    first: date | None = None,
    last: date | None = None,
    *,
    around: Around = HIRED,
    bounds: Bounds | None = None,
    to: SchemeState = GRANTED,
) -> list[str]:
    return list(refusals(Asked(kind, first, last), to=to, around=around, bounds=bounds or Bounds()))


@pytest.mark.parametrize("kind", SchemeKind)
def test_every_scheme_tells_what_it_may_give_with_its_numbers(kind: SchemeKind) -> None:
    lines = told(kind, scheme_numbers(kind, on=ON).numbers)

    assert lines
    assert scheme_name(kind)
    assert [line for line in lines if "{" in line or not line.endswith(".")] == []


def test_the_wage_subsidy_says_the_percentages_in_their_order() -> None:
    line = told(SchemeKind.WAGE_SUBSIDY, scheme_numbers("wage_subsidy", on=ON).numbers)[0]

    assert line.startswith(
        "Tilskuddet kan være 40 prosent av lønna i inntil 6 måneder, og deretter"
    )
    assert "30 prosent. Ved nedsatt arbeidsevne kan det være 60 prosent i inntil 12" in line


@pytest.mark.parametrize(
    ("state", "to", "role"), list(product([None, *SchemeState], SchemeState, Role))
)
def test_every_move_is_permitted_or_refused_in_a_sentence(
    state: SchemeState | None, to: SchemeState, role: Role
) -> None:
    said = list(refusals_of_move(state, to, [role]))

    who, after = MOVES[to]
    assert (said == []) is (role in who and state in after) is (to in next_states(state, [role]))
    assert [line for line in said if not line.endswith(".") or "{" in line] == []


def test_only_nav_grants_and_refuses() -> None:
    able = {to: {role for role in Role if to in next_states(APPLIED, [role])} for to in SchemeState}

    assert able[GRANTED] == able[SchemeState.REFUSED] == {NAV}
    assert list(refusals_of_move(APPLIED, GRANTED, [SUPERVISOR])) == [
        "Bare Nav-veileder kan føre at ordningen er innvilget."
    ]
    assert next_states(None, [TEACHER]) == ()
    assert state_name(SchemeState.WITHDRAWN) == "trukket"


def test_a_refused_scheme_may_be_applied_for_again_and_not_granted() -> None:
    assert next_states(SchemeState.REFUSED, [NAV]) == (APPLIED,)
    assert list(refusals_of_move(SchemeState.REFUSED, GRANTED, [NAV])) == [
        "Ordningen er avslått. Da kan den ikke bli innvilget nå."
    ]


YEAR = Bounds(months=12, longest_months=24, source="tiltaksforskriften § 9-4")
SUMMER = Bounds(weeks=4, first_month=6, last_month=8, younger_than=30, source="kapittel 8")


@pytest.mark.parametrize(
    ("kind", "first", "last", "bounds", "said"),
    [
        (SchemeKind.WAGE_SUBSIDY, date(2026, 7, 1), date(2028, 6, 30), YEAR, ""),
        (SchemeKind.WAGE_SUBSIDY, date(2026, 7, 1), date(2028, 7, 1), YEAR, "enn til 30.6.2028"),
        (SchemeKind.WAGE_SUBSIDY, date(2026, 7, 1), None, YEAR, "enn til 30.6.2028"),
        (SchemeKind.WAGE_SUBSIDY, None, None, YEAR, "Skriv første dag for midlertidig"),
        (SchemeKind.WAGE_SUBSIDY, date(2026, 8, 1), date(2026, 7, 31), YEAR, "slutter før"),
        (SchemeKind.SUMMER_JOB, date(2026, 7, 1), date(2026, 7, 28), SUMMER, ""),
        (SchemeKind.SUMMER_JOB, date(2026, 7, 1), date(2026, 7, 29), SUMMER, "enn til 28.7.2026"),
        (SchemeKind.SUMMER_JOB, date(2026, 8, 25), date(2026, 9, 1), SUMMER, "1. juni og 31."),
        (SchemeKind.SUMMER_JOB, date(2026, 5, 31), date(2026, 6, 10), SUMMER, "1. juni og 31."),
        (SchemeKind.PERMANENT_WAGE_SUBSIDY, date(2026, 7, 1), None, Bounds(), ""),
    ],
)
def test_days_outside_the_regulation_are_refused_in_a_sentence(
    kind: SchemeKind, first: date | None, last: date | None, bounds: Bounds, said: str
) -> None:
    around = Around(CaseKind.MUNICIPAL_PRACTICE, date(2026, 1, 5), date(2026, 5, 1))
    if first is None:
        around = Around(CaseKind.WORK_TRAINING)

    lines = against(kind, first, last, around=around, bounds=bounds)

    assert [line for line in lines if said in line] == lines
    assert bool(lines) is bool(said)


def test_what_is_asked_for_may_be_without_an_end() -> None:
    assert against(SchemeKind.WAGE_SUBSIDY, AFTER[0], bounds=YEAR, to=APPLIED) == []
    assert len(against(SchemeKind.WAGE_SUBSIDY, AFTER[0], bounds=YEAR)) == 1


@pytest.mark.parametrize(
    ("born", "is_refused"), [(date(1996, 7, 1), True), (date(1996, 7, 2), False), (None, False)]
)
def test_a_summer_job_is_for_those_under_thirty_on_its_first_day(
    born: date | None, is_refused: bool
) -> None:
    around = Around(CaseKind.SUMMER_JOB, birth_date=born)
    days = (date(2026, 7, 1), date(2026, 7, 28))

    assert bool(against(SchemeKind.SUMMER_JOB, *days, around=around, bounds=SUMMER)) is is_refused


def test_a_mentor_stands_beside_something() -> None:
    alone = against(SchemeKind.MENTOR, *AFTER)
    beside = Around(CaseKind.MUNICIPAL_PRACTICE, others=[Asked(SchemeKind.WAGE_SUBSIDY, *AFTER)])
    before = Around(
        CaseKind.MUNICIPAL_PRACTICE,
        others=[Asked(SchemeKind.WAGE_SUBSIDY, date(2026, 1, 1), date(2026, 6, 30))],
    )

    assert len(alone) == 1
    assert alone[0].startswith("Mentor kan bare gis")
    assert against(SchemeKind.MENTOR, *AFTER, around=beside) == []
    assert against(SchemeKind.MENTOR, *AFTER, around=before) == alone
    assert against(SchemeKind.MENTOR, *AFTER, around=Around(CaseKind.WORK_TRAINING)) == []


def test_one_wage_has_one_subsidy_at_a_time() -> None:
    others = [Asked(SchemeKind.PERMANENT_WAGE_SUBSIDY, date(2026, 12, 31))]
    around = Around(CaseKind.WORK_TRAINING, others=others)

    (line,) = against(SchemeKind.WAGE_SUBSIDY, *AFTER, around=around)
    assert line.startswith("Midlertidig lønnstilskudd kan ikke stå sammen med varig lønnstilskudd")
    assert against(SchemeKind.WAGE_SUBSIDY, AFTER[0], date(2026, 12, 30), around=around) == []


def test_nobody_is_employed_and_unpaid_at_once() -> None:
    in_practice = against(SchemeKind.WAGE_SUBSIDY, date(2026, 6, 30), date(2026, 9, 1))
    training = Around(
        CaseKind.WORK_TRAINING, others=[Asked(SchemeKind.WORK_TRAINING, date(2026, 7, 1))]
    )

    assert [line.split(".")[0] for line in in_practice] == [
        "Deltakeren er i praksis uten lønn til 30"
    ]
    assert against(SchemeKind.WAGE_SUBSIDY, *AFTER) == []
    (line,) = against(SchemeKind.SUMMER_JOB, *AFTER, around=training)
    assert line.startswith("Den som er i arbeidstrening, er ikke ansatt.")


@pytest.mark.parametrize("to", [SchemeState.DISCUSSED, SchemeState.REFUSED, SchemeState.WITHDRAWN])
def test_what_binds_nobody_is_held_against_nothing(to: SchemeState) -> None:
    assert against(SchemeKind.MENTOR, to=to) == []


def test_more_than_the_usual_time_is_told_and_not_refused() -> None:
    long = Asked(SchemeKind.WAGE_SUBSIDY, date(2026, 7, 1), date(2027, 7, 1))
    usual = Asked(SchemeKind.WAGE_SUBSIDY, date(2026, 7, 1), date(2027, 6, 30))

    (line,) = warnings(long, bounds=YEAR)
    assert "lenger enn til 30.6.2027 krever nedsatt arbeidsevne" in line
    assert list(warnings(usual, bounds=YEAR)) == []
    assert list(warnings(Asked(SchemeKind.MENTOR), bounds=YEAR)) == []
