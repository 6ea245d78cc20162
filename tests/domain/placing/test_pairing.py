"""Which placement of the sheets a case tells of."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from innpass.domain.placing.pairing import Mark, paired

ROW, OTHER_ROW, SCHOOL, SHOP = (UUID(int=number) for number in range(1, 5))
MAY, JUNE, AUGUST = date(2026, 5, 4), date(2026, 6, 1), date(2026, 8, 17)


def key(number: int) -> UUID:
    return UUID(int=100 + number)


def test_a_case_goes_with_the_placement_of_its_row() -> None:
    case = Mark(key(1), ROW, SCHOOL, MAY)
    places = [Mark(key(2), OTHER_ROW, SCHOOL, MAY), Mark(key(3), ROW, SCHOOL, AUGUST)]

    assert paired([case], places) == {key(1): key(3)}


def test_where_the_row_is_replaced_the_nearest_at_the_employer_is_meant() -> None:
    case = Mark(key(1), ROW, SCHOOL, MAY)
    places = [
        Mark(key(2), OTHER_ROW, SCHOOL, AUGUST),
        Mark(key(3), OTHER_ROW, SCHOOL, JUNE),
        Mark(key(4), OTHER_ROW, SHOP, MAY),
    ]

    assert paired([case], places) == {key(1): key(3)}


def test_one_row_may_tell_of_several_placements() -> None:
    cases = [Mark(key(1), ROW, SHOP, JUNE), Mark(key(2), ROW, SCHOOL, MAY)]
    places = [Mark(key(3), ROW, SCHOOL, MAY), Mark(key(4), ROW, SHOP, JUNE)]

    assert paired(cases, places) == {key(1): key(4), key(2): key(3)}


def test_a_row_whose_unit_was_corrected_is_still_the_cases() -> None:
    assert paired([Mark(key(1), ROW, SHOP, MAY)], [Mark(key(2), ROW, SCHOOL, MAY)]) == {
        key(1): key(2)
    }


def test_a_case_that_no_row_tells_of_has_no_placement() -> None:
    assert paired([Mark(key(1), None, SCHOOL, MAY)], [Mark(key(2), ROW, SCHOOL, MAY)]) == {}


_MARKS = some.builds(
    Mark,
    some.uuids(),
    some.sampled_from([ROW, OTHER_ROW]),
    some.sampled_from([SCHOOL, SHOP, None]),
    some.sampled_from([MAY, JUNE, AUGUST, None]),
)


def test_a_stay_long_after_or_after_the_end_is_another_one() -> None:
    case = Mark(key(1), ROW, SCHOOL, MAY, JUNE)
    ended = Mark(key(1), ROW, SCHOOL, MAY, AUGUST, ended_on=MAY)
    in_june = Mark(key(2), OTHER_ROW, SCHOOL, JUNE, AUGUST)
    in_august = Mark(key(2), OTHER_ROW, SCHOOL, AUGUST)

    assert paired([case], [in_june]) == {key(1): key(2)}
    assert paired([case], [in_august]) == {}
    assert paired([ended], [in_june]) == {}


def test_a_stay_that_was_moved_to_before_is_the_same_within_sixty_days() -> None:
    case = Mark(key(1), ROW, SCHOOL, AUGUST)
    near = Mark(key(2), OTHER_ROW, SCHOOL, MAY, date(2026, 6, 18))
    far = Mark(key(2), OTHER_ROW, SCHOOL, MAY, date(2026, 6, 17))

    assert paired([case], [near]) == {key(1): key(2)}
    assert paired([case], [far]) == {}


@given(some.lists(_MARKS, max_size=6, unique_by=lambda m: m.key),
       some.lists(_MARKS, max_size=6, unique_by=lambda m: m.key), some.randoms())  # fmt: skip
def test_nobody_has_two_and_the_order_does_not_matter(
    cases: list[Mark], places: list[Mark], chance: object
) -> None:
    found = paired(cases, places)
    chance.shuffle(cases)  # type: ignore[attr-defined]
    chance.shuffle(places)  # type: ignore[attr-defined]

    assert len(set(found.values())) == len(found)
    assert paired(cases, places) == found
