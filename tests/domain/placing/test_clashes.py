"""What does not go together with an agreement, one thing at a time."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.domain.periods import Period
from innpass.domain.placing.clashes import Around, Elsewhere, Place, Wanted, busiest, clashes
from innpass.domain.placing.states import CaseKind
from innpass.domain.placing.usual import usual

TODAY = date(2026, 6, 30)
JULY, OCTOBER = date(2026, 7, 6), date(2026, 10, 5)
DAYS = ((0, 480, 900), (1, 480, 900))
MONDAYS = ((0, 480, 900),)


def wanted(**values: Any) -> Wanted:
    usual = {
        "kind": CaseKind.MUNICIPAL_PRACTICE,
        "first_day": JULY,
        "last_day": OCTOBER,
        "days": DAYS,
        "minutes_per_week": 840,
    }
    return Wanted(**{**usual, **values})


def found(want: Wanted | None = None, **around: Any) -> dict[str, str]:
    return {each.code: each.text for each in clashes(want or wanted(), Around(**around), on=TODAY)}


def place(**values: Any) -> Place:
    usual = {
        "name": "Kjøkkenet",
        "weekdays": (0, 1),
        "seats": 2,
        "taken": {0: 1},
        "offered_from": date(2026, 1, 1),
    }
    return Place(**{**usual, **values})


def test_nothing_is_said_where_everything_goes_together() -> None:
    assert found(place=place(), cap=2, at_employer=1, programme_first=date(2026, 1, 5)) == {}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"last_day": JULY - timedelta(days=1)}, "reversed"),
        ({"days": ()}, "no_days"),
        ({"days": ((0, 900, 480),), "minutes_per_week": 0}, "day_reversed"),
        ({"days": ((0, 480, 600), (0, 660, 900)), "minutes_per_week": 300}, "day_twice"),
        ({"minutes_per_week": 900}, "more_than_days"),
        ({"days": tuple((d, 480, 960) for d in range(5)), "minutes_per_week": 2400}, "full_time"),
        ({"first_day": TODAY - timedelta(days=15)}, "dated_back"),
    ],
)
def test_what_is_wrong_in_itself(values: dict[str, Any], code: str) -> None:
    assert code in found(wanted(**values))


@pytest.mark.parametrize(
    ("around", "code"),
    [
        ({"elsewhere": [Elsewhere("Skolen", JULY, None)]}, "overlap_unknown"),
        ({"elsewhere": [Elsewhere("Skolen", JULY, OCTOBER, MONDAYS, 420)]}, "overlap"),
        ({"elsewhere": [Elsewhere("Skolen", JULY, OCTOBER, ((3, 0, 1440),), 1440)]},
         "full_time_together"),
        ({"place": place(weekdays=(0,))}, "place_closed"),
        ({"place": place(taken={1: 2})}, "place_full"),
        ({"place": place(offered_until=JULY)}, "place_not_offered"),
        ({"place": place(offered_from=OCTOBER)}, "place_not_offered"),
        ({"cap": 1, "at_employer": 1}, "cap"),
        ({"closed_on": OCTOBER}, "employer_closed"),
        ({"has_programme": False}, "no_programme"),
        ({"programme_ended": TODAY}, "programme_ended"),
        ({"programme_first": OCTOBER}, "programme_not_begun"),
        ({"leaves": [Period(JULY, JULY)]}, "on_leave"),
        ({"leaves": [Period(OCTOBER, OCTOBER)]}, "leave_within"),
        ({"programme_planned": JULY}, "planned_end"),
    ],
)  # fmt: skip
def test_what_is_around(around: dict[str, Any], code: str) -> None:
    said = found(employer="Solbakken", **around)

    assert list(said) == [code]
    assert said[code].endswith(".")
    assert said[code][0].isupper()
    assert "{" not in said[code]


@pytest.mark.parametrize(
    "elsewhere",
    [
        Elsewhere("Skolen", OCTOBER + timedelta(days=1), None),
        Elsewhere("Skolen", date(2026, 1, 5), JULY - timedelta(days=1)),
        Elsewhere("Skolen", JULY, OCTOBER, ((0, 900, 960), (3, 480, 900)), 480),
    ],
)
def test_a_placement_at_another_time_is_no_clash(elsewhere: Elsewhere) -> None:
    assert found(elsewhere=[elsewhere]) == {}


def test_warnings_come_last_and_say_so() -> None:
    around = Around(programme_planned=JULY, place=place(taken={0: 2}))
    marks = [each.is_warning for each in clashes(wanted(), around, on=TODAY)]

    assert marks == [False, True]


@pytest.mark.parametrize(
    ("kind", "last_day", "is_too_long"),
    [
        (CaseKind.WORK_TRAINING, date(2027, 7, 5), False),
        (CaseKind.WORK_TRAINING, date(2027, 7, 6), True),
        (CaseKind.SUMMER_JOB, date(2026, 8, 2), False),
        (CaseKind.SUMMER_JOB, date(2026, 8, 3), True),
        (CaseKind.PRIVATE_PRACTICE, date(2028, 1, 1), False),
    ],
)
def test_a_measure_of_nav_lasts_no_longer_than_the_regulation_says(
    kind: CaseKind, last_day: date, is_too_long: bool
) -> None:
    said = found(wanted(kind=kind, last_day=last_day))

    assert ("measure_too_long" in said) is is_too_long


def test_a_measure_of_nav_may_go_on_after_the_programme() -> None:
    assert found(wanted(kind=CaseKind.WORK_TRAINING), programme_ended=TODAY) == {}


def test_the_busiest_day_counts_those_who_are_there_together() -> None:
    stays = [(JULY, JULY), (JULY, None), (OCTOBER, OCTOBER), (date(2027, 1, 1), None)]

    assert busiest(stays, first_day=JULY, last_day=OCTOBER) == 2
    assert busiest([], first_day=JULY, last_day=OCTOBER) == 0


def test_an_agreement_beyond_a_year_needs_a_reason() -> None:
    year = wanted(last_day=date(2027, 7, 5))
    longer = wanted(last_day=date(2027, 7, 6))

    assert found(year) == {}
    (told,) = clashes(longer, Around(), on=TODAY)
    assert (told.code, told.is_warning, told.needs_reason) == ("long", True, True)
    assert "12 måneder, som er til 05.07.2027" in told.text
    assert found(wanted(kind=CaseKind.WORK_TRAINING, last_day=date(2027, 7, 6))).keys() != {"long"}


def test_a_practice_that_goes_on_is_judged_from_the_day_after_its_last() -> None:
    begun, until = TODAY - timedelta(days=45), TODAY + timedelta(days=5)
    longer = wanted(first_day=begun)
    over, coming = Period(begun, begun + timedelta(days=9)), Period(until, until + timedelta(9))
    own = Period(begun, until)

    assert found(longer, leaves=[over]).keys() == {"on_leave", "dated_back"}
    assert found(longer, leaves=[over], own=own) == {}
    assert found(longer, leaves=[over], own=Period(begun, None)) == {}
    assert found(longer, leaves=[coming], own=own).keys() == {"leave_within"}
    moved = Period(begun - timedelta(days=1), until)
    assert found(longer, own=moved).keys() == {"dated_back"}


def test_the_usual_length_is_dated() -> None:
    assert usual("agreement_months", on=TODAY) == 3
    with pytest.raises(KeyError):
        usual("nothing", on=TODAY)


def test_the_hours_of_all_that_go_on_at_once_are_added() -> None:
    half = 5 * 240
    at_night = tuple((day, 1200, 1440) for day in range(5))
    evenings = tuple((day, 960, 1200) for day in range(5))
    both = [
        Elsewhere("Skolen", JULY, OCTOBER, evenings, half),
        Elsewhere("Kaféen", JULY, OCTOBER, at_night, half),
    ]
    apart = [both[0], Elsewhere("Kaféen", OCTOBER + timedelta(days=1), None, at_night, half)]

    assert "Skolen og Kaféen (40 timer)" in found(elsewhere=both)["full_time_together"]
    assert found(elsewhere=apart) == {}


def test_nothing_is_added_where_there_is_nothing_beside() -> None:
    much = wanted(days=tuple((day, 420, 1140) for day in range(5)), minutes_per_week=3600)

    assert found(much).keys() == {"full_time"}


def test_what_has_no_last_day_is_told_in_words() -> None:
    leave = Period(JULY, None)

    assert "fra 06.07.2026 uten sluttdato" in found(leaves=[leave])["on_leave"]
    unknown = found(elsewhere=[Elsewhere("Skolen", JULY, None)])["overlap_unknown"]
    assert "hos Skolen fra 06.07.2026 uten sluttdato" in unknown


def test_earlier_days_of_the_same_measure_are_added() -> None:
    begun = date(2026, 6, 1)
    job = wanted(kind=CaseKind.SUMMER_JOB, last_day=JULY + timedelta(days=20))
    before = Elsewhere("Skolen", begun, begun + timedelta(days=13), kind=CaseKind.SUMMER_JOB)
    practice = Elsewhere("Skolen", begun, begun + timedelta(days=13))
    last_year = Elsewhere("Skolen", date(2025, 7, 1), date(2025, 7, 28), kind=CaseKind.SUMMER_JOB)

    told = found(job, elsewhere=[before])

    assert list(told) == ["measure_together"]
    assert (
        "kan vare 28 dager. Deltakeren har hatt 14 dager før, og med denne blir det 35"
        in (told["measure_together"])
    )
    assert found(job, elsewhere=[practice, last_year]) == {}
