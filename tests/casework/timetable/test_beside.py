"""What others have is counted alike for a few people as by reading everybody's weeks."""

from datetime import date
from uuid import UUID

import pytest

from innpass.casework.timetable import beside
from innpass.casework.timetable.judging import week_by_hand
from innpass.casework.timetable.models import TeachingGroup, Timetable
from innpass.casework.timetable.problems import Assembled, assemble
from innpass.casework.timetable.services import Hand, keep_week
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.seats import Seat, seats_in
from tests.casework.timetable.conftest import Centre
from tests.factories.people import become_second
from tests.factories.weeks import LATER, WEEK, group

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def looks_at_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planner hands in two groups of a course, and first asks about two."""
    monkeypatch.setattr(beside, "MOST_GROUPS", 2)
    monkeypatch.setattr(beside, "_NEAR", 2)


@pytest.fixture
def evenings(centre: Centre) -> list[TeachingGroup]:
    """Six groups of one course with a seat each, two of them in one room, and who has some."""
    made = [
        group(
            centre.amina.municipality,
            f"Kveld {number}",
            activity="vocational_norwegian",
            capacity=1,
            sessions=((Weekday.MONDAY, 840 + 30 * number, 900 + 30 * number, 1),),
        )
        for number in range(6)
    ]
    room = made[0].sessions.get().room
    made[1].sessions.update(room=room, start=840)
    return made


def have(centre: Centre, name: str, groups: list[TeachingGroup]) -> None:
    """Let somebody else have seats in some groups, and one at the workplace on a day."""
    centre.employer.workplace.openings.update(seats=9)
    keep_week(
        participant=centre.participant(name),
        week=WEEK,
        hand=Hand(frozenset(each.pk for each in groups), ((Weekday.THURSDAY, 480, 900),)),
        only_this_week=False,
        reason="",
        expected=None,
        by=centre.by,
    )


def in_turn(centre: Centre, groups: list[TeachingGroup]) -> list[TeachingGroup]:
    """Return the groups as Amina is offered them."""
    by_name = sorted(groups, key=lambda each: each.name)
    start = UUID(str(centre.amina.pk)).int % len(groups)
    return by_name[start:] + by_name[:start]


def offered(assembled: Assembled) -> set[str]:
    (amina,) = assembled.problem.participants
    needs = {need.course: need.groups for need in amina.courses}
    return set(needs["yrkesrettet norsk"])


def left(assembled: Assembled) -> dict[Seat, int]:
    return dict(seats_in(assembled.problem).left_by(assembled.others))


def both_ways(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> tuple[Assembled, Assembled]:
    few = assemble([centre.amina.pk], week=WEEK)
    monkeypatch.setattr(beside, "_FEW", 0)
    return few, assemble([centre.amina.pk], week=WEEK)


@pytest.mark.parametrize("taken", [0, 1, 2, 4, 6])
def test_a_few_are_offered_what_everybody_leaves(
    centre: Centre,
    evenings: list[TeachingGroup],
    taken: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number, each in enumerate(in_turn(centre, evenings)[:taken]):
        have(centre, f"Bohdan {number}", [each])

    few, everybody = both_ways(centre, monkeypatch)

    assert offered(few) == offered(everybody)
    seats = left(few)
    assert seats == {seat: left(everybody)[seat] for seat in seats}
    free = {str(each.pk) for each in in_turn(centre, evenings)[taken : taken + 2]}
    assert offered(few) == (free or {str(in_turn(centre, evenings)[0].pk)})


def test_a_week_apart_and_a_second_are_counted_once(
    centre: Centre, evenings: list[TeachingGroup], monkeypatch: pytest.MonkeyPatch
) -> None:
    have(centre, "Bohdan", [evenings[0]])
    celine = centre.participant("Celine")
    have(centre, "Daria", [evenings[1]])
    row = Timetable.objects.get(participant__name="Daria")
    become_second(row.participant, celine)
    keep_week(
        participant=celine,
        week=WEEK,
        hand=Hand(frozenset({evenings[2].pk}), ()),
        only_this_week=True,
        reason="",
        expected=row.pk,
        by=centre.by,
    )
    few, everybody = both_ways(centre, monkeypatch)
    assert offered(few) == offered(everybody)
    assert left(few) == {seat: left(everybody)[seat] for seat in left(few)}


def test_a_group_that_is_over_that_day_has_its_seats_back(
    centre: Centre, evenings: list[TeachingGroup], monkeypatch: pytest.MonkeyPatch
) -> None:
    have(centre, "Bohdan", evenings[:1])
    TeachingGroup.objects.filter(pk=evenings[0].pk).update(last_day=date(2026, 6, 10))

    few, everybody = both_ways(centre, monkeypatch)
    assert left(few) == {seat: left(everybody)[seat] for seat in left(few)}
    assert str(evenings[0].pk) not in assemble([centre.amina.pk], week=LATER).problem.group


def test_all_groups_chosen_by_hand_are_in_the_week(
    centre: Centre, evenings: list[TeachingGroup]
) -> None:
    pk, chosen = centre.amina.pk, {each.pk for each in evenings}

    assembled = assemble([pk], week=WEEK, chosen={pk: chosen})

    week = week_by_hand(assembled, pk, groups=chosen, stays=())
    assert {each.what for each in week} == {str(each) for each in chosen}


def test_only_groups_that_matter_are_in_the_problem_of_a_few(
    centre: Centre, evenings: list[TeachingGroup]
) -> None:
    some = assemble([centre.amina.pk], week=WEEK).problem.group
    every = assemble([centre.amina.pk], week=WEEK, every_group=True).problem.group

    assert str(centre.norwegian.pk) in some
    assert len(some) < len(every) == 1 + len(evenings)
