"""What is around an agreement: the seats are counted as the map counts them."""

from datetime import date, timedelta

import pytest

from innpass.casework.agreements import services
from innpass.casework.agreements.listing import without_case
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.seats import free_seats
from innpass.casework.agreements.surroundings import clashes_of
from innpass.casework.follow_up.stays import judged
from innpass.casework.imports.models import SourceRow
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.reconciliation.entering_rows import add_detail, withdraw
from innpass.domain.placing.states import CaseKind, Initiative, Outcome
from innpass.domain.sheets.records import Owner, TableKind
from tests.casework.agreements.placing import FIRST, LAST, Placing, place_at
from tests.casework.reconciliation.importing import TODAY


def laid(here: Placing, name: str, first_day: date = TODAY, last_day: date = LAST) -> Placement:
    """Let a sheet tell that somebody is at the unit, at no named place."""
    row = add_detail(
        here.town.people(name),
        TableKind.PLACEMENT,
        {
            "placement.kind": "municipal",
            "placement.unit": here.employer.name,
            "placement.first_day": first_day,
            "placement.last_day": last_day,
        },
        by=here.per,
    )
    return Placement.objects.get(row_id=row)


def test_a_place_that_is_closed_takes_nobody_up(here: Placing) -> None:
    place_at(here.employer, seats=5, name="Gammel", offered_until=date(2026, 1, 31))
    laid(here, "Bohdan")

    assert set(free_seats(FIRST, until=LAST)[here.place.pk].values()) == {0}
    with pytest.raises(Refused, match="Kjøkkenet er full"):
        here.waiting(here.proposed("Amina"))


def test_an_old_case_that_was_ended_does_not_take_a_new_stay(here: Placing) -> None:
    old = laid(here, "Amina", date(2026, 1, 5), date(2026, 3, 5))
    case = services.case_of_placement(old, by=here.per, on=TODAY)
    services.end_case(
        case,
        outcome=Outcome.STOPPED,
        initiative=Initiative.EMPLOYER,
        reason="workplace_closed",
        last_day=date(2026, 3, 5),
        by=here.per,
        on=TODAY,
    )
    assert old.row_id is not None
    withdraw(old.row_id, by=here.per, reason="Nyere fil")

    new = services.case_of_placement(laid(here, "Amina"), by=here.per, on=TODAY)

    assert new.pk != case.pk


def test_two_who_get_placements_at_once_make_one_case_of_each(here: Placing) -> None:
    laid(here, "Amina")
    first, second = without_case(here.per, on=TODAY), without_case(here.per, on=TODAY)

    made = [services.adopt(each, by=here.per, on=TODAY) for each in (first, second)]

    assert made == [1, 0]


def test_a_placement_of_a_sheet_that_came_to_nothing_takes_no_seat(here: Placing) -> None:
    first_day = TODAY + timedelta(days=6)
    told = laid(here, "Amina", first_day)
    case = services.case_of_placement(told, by=here.per, on=TODAY)
    SourceRow.objects.filter(pk=told.row_id).update(owner=Owner.REFUGEE)
    services.end_case(
        case,
        outcome=Outcome.NOT_STARTED,
        initiative=Initiative.PARTICIPANT,
        reason="no_wish",
        last_day=TODAY,
        by=here.per,
        on=TODAY,
    )

    assert Placement.objects.filter(pk=told.pk).exists()
    assert set(free_seats(first_day)[here.place.pk].values()) == {1}
    assert judged(here.per, on=first_day, own=None) == []


def test_an_earlier_summer_job_is_told_of(here: Placing) -> None:
    told = laid(here, "Amina", date(2026, 6, 1), date(2026, 6, 21))
    earlier = services.case_of_placement(told, by=here.per, on=TODAY)
    PlacementCase.objects.filter(pk=earlier.pk).update(kind=CaseKind.SUMMER_JOB)
    other = place_at(
        Employer.objects.create(
            municipality=here.town.municipality, kind="municipal", name="Elva skole"
        )
    )
    case = here.proposed("Amina", kind=CaseKind.SUMMER_JOB, employer=other.employer, place=other)
    wanted = here.content(last_day=date(2026, 7, 26)).wanted(case.kind)

    found = clashes_of(case, wanted, place=other, by=here.per, on=TODAY)

    assert [(each.code, each.is_warning) for each in found] == [("measure_together", True)]
